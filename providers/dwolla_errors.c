/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: answers that are no success. The HTTP status decides first; codes,
 * which the pages spell in several ways, only tell rows of one status apart.
 * https://developers.dwolla.com/docs/balance/api-reference/api-fundamentals/errors
 */
#include "providers/dwolla.h"

#include <stdlib.h>
#include <string.h>

/* Thresholds are not published; the limit lasts this long.
 * https://developers.dwolla.com/docs/balance/api-reference/api-fundamentals/rate-limits
 */
#define LIMIT_MS ((int64_t)5 * 60 * 1000)

#define FOUR_WAIT                                                          \
	N_("four files wait for review already; more are taken when those" \
	   " are done")
#define TOO_LARGE N_("the file is too large: 10 MiB are taken, all included")
#define NO_TOKEN                                                              \
	N_("the access token is not taken, nor was a new one; are the client" \
	   " id and secret of this environment?")

/*
 * No failure is said to be kept under a key, so a repeat goes under the same
 * one: it may have arrived. Codes of the account come with 401 on one page and
 * with 403 on another.
 */
static const struct meaning {
	int from, to;
	const char *code; /* NULL: any */
	enum prov_outcome outcome;
	unsigned most_attempts;
	const char *words;
} meanings[] = {
	{ 400, 400, "MaximumNumberOfResources", PROV_AGAIN, 3, FOUR_WAIT },
	{ 400, 400, "MaxNumberOfResources", PROV_AGAIN, 3, FOUR_WAIT },
	{ 400, 400, "InvalidFileType", PROV_REFUSED, 0,
	  N_("this kind of file is not taken for this type of document") },
	{ 400, 400, "DuplicateResource", PROV_REFUSED, 0,
	  N_("it is there already") },
	{ 400, 400, "Duplicate", PROV_REFUSED, 0, N_("it is there already") },
	{ 400, 400, "FileTooLarge", PROV_REFUSED, 0, TOO_LARGE },
	{ 400, 400, NULL, PROV_REFUSED, 0,
	  N_("not accepted as it is; correct it and send it again") },

	{ 401, 403, "InvalidAccountStatus", PROV_DENIED, 0,
	  N_("the Dwolla account is not active, or its e-mail is not confirmed "
	     "yet") },
	{ 401, 403, "InvalidApplicationStatus", PROV_DENIED, 0,
	  N_("the application is not active at Dwolla") },
	{ 401, 403, "InvalidScopes", PROV_DENIED, 0,
	  N_("these credentials lack a scope that this needs") },
	{ 401, 403, "InvalidCredentials", PROV_DENIED, 0,
	  N_("the client id or secret is wrong or of the other environment") },
	{ 401, 403, "ExpiredAccessToken", PROV_DENIED, 0, NO_TOKEN },
	{ 401, 403, "InvalidAccessToken", PROV_DENIED, 0, NO_TOKEN },
	{ 401, 401, NULL, PROV_DENIED, 0,
	  N_("the client id or secret is missing, wrong or of the other "
	     "environment") },
	{ 403, 403, "InvalidResourceState", PROV_REFUSED, 0,
	  N_("it does not fit the present status; refresh the customer "
	     "first") },
	{ 403, 403, NULL, PROV_REFUSED, 0,
	  N_("these credentials may not do that here") },

	{ 404, 404, NULL, PROV_REFUSED, 0,
	  N_("unknown there; is it a customer of this environment?") },
	{ 406, 406, NULL, PROV_REFUSED, 0,
	  N_("this version of the API is not spoken there") },
	{ 408, 408, NULL, PROV_AGAIN, 3, N_("it did not arrive in time") },
	/* Only an earlier attempt under the same key can be what still runs:
	 * whether it succeeds is not known yet. */
	{ 409, 409, NULL, PROV_UNSURE, 0,
	  N_("an earlier attempt is still being worked on") },
	{ 413, 413, NULL, PROV_REFUSED, 0, TOO_LARGE },
	{ 429, 429, NULL, PROV_AGAIN, 0,
	  N_("too many requests at the moment") },
	{ 402, 499, NULL, PROV_REFUSED, 0, N_("it was turned down") },

	{ 500, 500, "RequestTimeout", PROV_AGAIN, 3,
	  N_("it took them too long") },
	{ 500, 599, NULL, PROV_AGAIN, 3, N_("something failed on their side") },
	{ 0, 0, NULL, PROV_UNSURE, 0,
	  N_("an answer that was not expected; is the endpoint right?") },
};

static char plain(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool dwolla_same_code(const char *a, const char *b)
{
	if (!a || !b)
		return false;
	for (;;) {
		a += strspn(a, "_ -");
		b += strspn(b, "_ -");
		if (plain(*a) != plain(*b))
			return false;
		if (!*a)
			return true;
		a++;
		b++;
	}
}

static const struct meaning *meaning_of(int status, const char *code)
{
	const struct meaning *row = meanings;

	while (row->from && (status < row->from || status > row->to ||
			     (row->code && !dwolla_same_code(row->code, code))))
		row++;
	return row;
}

/* What stands below "ValidationError" may have a row of its own, by its code
 * or, as "Invalid file type" has, by its words. */
static const struct meaning *meaning_below(int status, const json_t *entry)
{
	const struct meaning *row =
		meaning_of(status, prov_json_word(entry, "code"));

	return row->code ? row
			 : meaning_of(status, prov_json_word(entry, "message"));
}

static const struct meaning *meaning_in(int status, const json_t *root)
{
	const struct meaning *row =
		meaning_of(status, prov_json_word(root, "code"));
	const json_t *errors =
		json_object_get(json_object_get(root, "_embedded"), "errors");
	const json_t *entry = NULL;
	size_t i;

	if (!row->code && json_is_object(errors))
		row = meaning_below(status, errors);
	json_array_foreach(errors, i, entry)
	{
		if (row->code || i >= DWOLLA_LIST_MOST)
			break;
		row = meaning_below(status, entry);
	}
	return row;
}

/* The top says only that something is wrong; what it is stands below, in a
 * list or, on one page, as one object. */
static char *embedded_words(const json_t *root)
{
	const json_t *errors =
		json_object_get(json_object_get(root, "_embedded"), "errors");
	const json_t *item = NULL;
	char *words = NULL;
	size_t i;

	dwolla_join(&words, prov_json_word(errors, "message"));
	dwolla_join(&words, prov_json_word(json_object_get(root, "_embedded"),
					   "message"));
	json_array_foreach(errors, i, item) if (i < DWOLLA_LIST_MOST)
		dwolla_join(&words, prov_json_word(item, "message"));
	return words;
}

void dwolla_fail(const struct prov_reply *reply, const struct prov_ctx *ctx,
		 const struct form_schema *schema,
		 const struct prov_field_name *names,
		 struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const struct meaning *meaning = meaning_in(reply->status, root);
	/* A range that begins at 0 fits every status. */
	const struct prov_status_rule rule = {
		.outcome = meaning->outcome,
		.most_attempts = meaning->most_attempts,
		.meaning = meaning->words,
	};
	char *words = NULL;

	if (reply->status >= 200 && reply->status <= 299) {
		prov_reply_puzzles(reply, DWOLLA_TITLE, result);
		goto out;
	}
	prov_reply_fail(reply, DWOLLA_TITLE, &rule, ctx->now, schema, names,
			result);
	words = embedded_words(root);
	if (words) {
		free(result->message);
		result->message = mem_printf("%s: %s (%s)", DWOLLA_TITLE, words,
					     _(meaning->words));
	}
	result->may_be_running = reply->status == 409;
	if (result->outcome == PROV_AGAIN && result->wait_ms < 0 &&
	    reply->status <= 429)
		result->wait_ms = reply->status == 408 ? -1 : LIMIT_MS;
out:
	free(words);
	json_decref(root);
}

char *dwolla_id_in(const char *address, const char *folder)
{
	const char *at = address ? strstr(address, folder) : NULL;
	char *id = NULL;

	if (!at)
		return NULL;
	at += strlen(folder);
	id = mem_dup_n(at, strcspn(at, "/?#"));
	if (prov_id_valid(id))
		return id;
	free(id);
	return NULL;
}
