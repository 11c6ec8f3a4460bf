/* SPDX-License-Identifier: MIT */
/* Rejections, kept with the customer as one JSON object: digest of the
 * requirement to {"words": digest of what was said, "seen_ms"}. */
#include "cases/rejections.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cases/store_private.h"
#include "forms/form.h"
#include "providers/xfer.h"

static void digest_of(const char *const *texts, size_t count, char hex[65])
{
	struct doc_digest *digest = doc_digest_new();

	/* With their NULs: no two lists of texts spell the same bytes. */
	for (size_t i = 0; i < count; i++) {
		const char *text = texts[i] ? texts[i] : "";

		doc_digest_add(digest, text, strlen(text) + 1);
	}
	doc_digest_hex(digest, hex);
	doc_digest_free(digest);
}

static const char *kind_word(enum prov_req_kind kind)
{
	static const char *const words[] = {
		[PROV_REQ_OTHER] = "other",
		[PROV_REQ_DOCUMENT] = "document",
		[PROV_REQ_INFORMATION] = "form",
		[PROV_REQ_TERMS] = "terms",
		[PROV_REQ_START] = "start",
	};

	return words[kind];
}

static void key_of(const struct prov_requirement *req, char hex[65])
{
	const char *texts[] = {
		kind_word(req->kind),
		req->code,
		req->type ? req->type->code : "",
		req->form ? req->form->schema->name : "",
		doc_side_name(req->side),
		req->party,
	};

	digest_of(texts, sizeof(texts) / sizeof(*texts), hex);
}

static int compare_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static bool is_paper_of(const struct prov_paper *paper,
			const struct prov_requirement *req)
{
	return req->type && !compare_text(paper->type, req->type->code) &&
	       !compare_text(paper->party, req->party) &&
	       (req->side == DOC_SIDE_NONE || paper->side == req->side);
}

/* In whatever order they are listed. */
static bool is_newer(const struct prov_paper *a, const struct prov_paper *b)
{
	int order = compare_text(a->version, b->version);

	if (a->made_ms != b->made_ms)
		return a->made_ms > b->made_ms;
	return order ? order > 0 : compare_text(a->id, b->id) > 0;
}

/* What is rejected, where the provider lists what it has. */
static const struct prov_paper *paper_of(const struct prov_customer *customer,
					 const struct prov_requirement *req)
{
	const struct prov_paper *newest = NULL;

	for (size_t i = 0; i < customer->paper_count; i++) {
		const struct prov_paper *paper = &customer->papers[i];

		if (is_paper_of(paper, req) &&
		    (!newest || is_newer(paper, newest)))
			newest = paper;
	}
	return newest;
}

/* The same words about another paper are another rejection. */
static void words_of(const struct prov_customer *customer,
		     const struct prov_requirement *req, char hex[65])
{
	const struct prov_paper *paper = paper_of(customer, req);
	const char *texts[] = {
		req->reason.code,
		req->reason.message,
		req->status_word,
		paper ? paper->id : "",
		paper ? paper->version : "",
	};

	digest_of(texts, sizeof(texts) / sizeof(*texts), hex);
}

/* When REQ, rejected, was first seen so in these words; 0: not yet. */
static int64_t since_in(const json_t *kept,
			const struct prov_customer *customer,
			const struct prov_requirement *req)
{
	const json_t *entry = NULL;
	const char *words = NULL;
	char hex[65];

	key_of(req, hex);
	entry = json_object_get(kept, hex);
	words = json_string_value(json_object_get(entry, "words"));
	words_of(customer, req, hex);
	if (!words || strcmp(words, hex) != 0)
		return 0;
	return json_integer_value(json_object_get(entry, "seen_ms"));
}

static void keep(json_t *kept, const struct prov_customer *customer,
		 const struct prov_requirement *req, int64_t since)
{
	char key[65];
	char words[65];

	key_of(req, key);
	words_of(customer, req, words);
	json_object_set_new(kept, key,
			    json_pack("{ss sI}", "words", words, "seen_ms",
				      (json_int_t)since));
}

static int read_kept(struct case_store *store, const char *where,
		     const struct db_arg *args, json_t **kept, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got;

	*kept = NULL;
	if (db_query(store, &stmt, where, args, err))
		return -1;
	got = db_step(store, stmt, err);
	if (got > 0)
		*kept = json_loads(db_column(stmt, 0), 0, NULL);
	sqlite3_finalize(stmt);
	return got < 0 ? -1 : 0;
}

int rejections_note(struct case_store *store, int64_t profile,
		    const struct prov_customer *customer, struct err *err)
{
	json_t *now = json_object();
	json_t *before = NULL;
	char *text = NULL;
	int ret = -1;

	if (read_kept(store,
		      "SELECT rejections FROM customers"
		      " WHERE profile = ?1 AND id = ?2",
		      DB_ARGS(db_int(profile), db_text(customer->id)), &before,
		      err))
		goto out;
	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];
		int64_t since = since_in(before, customer, req);

		if (req->status == PROV_REQ_REJECTED)
			keep(now, customer, req,
			     since ? since : xfer_now_unix());
	}
	text = json_dumps(now, JSON_COMPACT);
	ret = db_run(store,
		     "UPDATE customers SET rejections = ?3"
		     " WHERE profile = ?1 AND id = ?2",
		     DB_ARGS(db_int(profile), db_text(customer->id),
			     db_text(text ? text : "{}")),
		     err);
out:
	free(text);
	json_decref(before);
	json_decref(now);
	return ret;
}

int rejections_load(struct case_store *store, const char *profile,
		    const struct prov_customer *customer, int64_t **since,
		    struct err *err)
{
	json_t *kept = NULL;

	if (read_kept(store,
		      "SELECT rejections FROM customers c JOIN profiles p"
		      " ON p.number = c.profile WHERE p.name = ?1"
		      " AND c.id = ?2",
		      DB_ARGS(db_text(profile), db_text(customer->id)), &kept,
		      err))
		return -1;
	*since = mem_array(customer->requirement_count, sizeof(**since));
	for (size_t i = 0; i < customer->requirement_count; i++)
		if (customer->requirements[i].status == PROV_REQ_REJECTED)
			(*since)[i] = since_in(kept, customer,
					       &customer->requirements[i]);
	json_decref(kept);
	return 0;
}
