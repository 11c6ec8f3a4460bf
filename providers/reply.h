/* SPDX-License-Identifier: MIT */
/*
 * What all adapters' readers share: a provider's JSON read with suspicion, and
 * the outcome and sentence of an answer that is no success. Which status means
 * what is a table that each adapter brings along.
 */
#ifndef PROVIDERS_REPLY_H
#define PROVIDERS_REPLY_H

#include <jansson.h>
#include <stdbool.h>

#include "providers/provider.h"

/* What an HTTP status means at one provider. */
struct prov_status_rule {
	int from, to; /* inclusive; from 0 ends the table and fits all */
	enum prov_outcome outcome;
	bool new_key; /* the failure is kept under the key */
	unsigned most_attempts;
	const char *meaning; /* plain words, marked for translation */
};

/* What a provider's errors call a field, and what we call it. */
struct prov_field_name {
	const char *theirs; /* NULL ends the table */
	const char *ours;
};

/* The body as JSON, an object or an array; NULL: it is none. json_decref(). */
json_t *prov_reply_json(const struct prov_reply *reply);

/* Is the body a page for people, by its type or its first character? */
bool prov_reply_is_page(const struct prov_reply *reply);

/* Nothing, or blanks? */
bool prov_reply_is_empty(const struct prov_reply *reply);

/* Has the request left whole and was it answered with STATUS? */
bool prov_reply_succeeded(const struct prov_reply *reply, int status);

/* TEXT without what a terminal would obey, MOST bytes at most; free() it. */
char *prov_clean(const char *text, size_t most);

/*
 * Member NAME of OBJECT. Text comes cleaned, at most 300 bytes, NULL when it
 * is missing, empty or no text; an id is NULL unless it fits into a path; an
 * address (of a page) is NULL unless its start would do as an endpoint, so
 * that nobody is sent to where their data goes in the clear. free() it.
 */
char *prov_json_text(const json_t *object, const char *name);
char *prov_json_id(const json_t *object, const char *name);
char *prov_json_address(const json_t *object, const char *name);

/* The text as it came, or NULL: to compare, never to show. */
const char *prov_json_word(const json_t *object, const char *name);

/*
 * PAGE becomes the first MOST customers of LIST as FILL makes them, which gets
 * an empty one each time. One that is left without an id is dropped: nothing
 * can be asked about it.
 */
void prov_page_fill(struct prov_page *page, const json_t *list, size_t most,
		    void (*fill)(const json_t *root,
				 struct prov_customer *customer));

/* RESULT of a success, with the id of what came to be in ROOT; NULL: nothing
 * did, or it is named elsewhere. */
void prov_reply_accept(struct prov_result *result, const json_t *root);

/*
 * RESULT of an answer that is no success: outcome, waiting and what it means
 * by the first of RULES that fits, the provider's own words, its log id.
 * Words about a field of NAMES or SCHEMA (each may be NULL) become problems.
 * TITLE is who speaks.
 */
void prov_reply_fail(const struct prov_reply *reply, const char *title,
		     const struct prov_status_rule *rules, int64_t now,
		     const struct form_schema *schema,
		     const struct prov_field_name *names,
		     struct prov_result *result);

/* RESULT of a success that is not what TITLE promises: unsure. */
void prov_reply_puzzles(const struct prov_reply *reply, const char *title,
			struct prov_result *result);

#endif
