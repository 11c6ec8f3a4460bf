/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: onboarding records. One at most is alive; after one that failed
 * another may be opened. What its state means is a table.
 * https://docs.zrobank.io/baas/guides/legal-person-onboarding
 * https://docs.zrobank.io/baas/guides/natural-person-onboarding
 */
#include "providers/zro.h"

#include <stdlib.h>
#include <string.h>

static const struct record_word {
	const char *word;
	enum prov_stage stage;
	enum zro_phase phase;
	const char *closed; /* why nothing can be sent; NULL: it can */
	const char *reason; /* of an end, when none is given */
	enum prov_next next;
	const char *advice; /* after the reason; NULL: none */
} record_words[] = {
	{ "pending", PROV_STAGE_NOT_STARTED, ZRO_OPEN, NULL, NULL,
	  PROV_NEXT_NONE, NULL },
	{ "in_process", PROV_STAGE_IN_REVIEW, ZRO_WATCHED,
	  N_("Z.ro Bank is reviewing this customer and takes nothing "
	     "meanwhile; wait for its answer"),
	  NULL, PROV_NEXT_WAIT, NULL },
	{ "in_process_delayed", PROV_STAGE_IN_REVIEW, ZRO_WATCHED,
	  N_("Z.ro Bank is still reviewing this customer, longer than usual, "
	     "and takes nothing meanwhile; wait for its answer"),
	  NULL, PROV_NEXT_WAIT, NULL },
	/* In the list of states, but on no page: good news, not yet the end. */
	{ "approved", PROV_STAGE_IN_REVIEW, ZRO_WATCHED,
	  N_("Z.ro Bank has approved this customer and is finishing the "
	     "onboarding; it takes nothing more"),
	  NULL, PROV_NEXT_WAIT, NULL },
	{ "finished", PROV_STAGE_APPROVED, ZRO_DONE,
	  N_("Z.ro Bank has approved this customer and takes nothing more"),
	  NULL, PROV_NEXT_NONE, NULL },
	{ "rejected", PROV_STAGE_ACTION_NEEDED, ZRO_DEAD, NULL,
	  N_("no reason given by Z.ro"), PROV_NEXT_NONE,
	  N_("what is listed goes again, as a new onboarding") },
	{ "failed", PROV_STAGE_ACTION_NEEDED, ZRO_DEAD, NULL,
	  N_("no reason given by Z.ro; ask its support before opening a new "
	     "onboarding"),
	  PROV_NEXT_NONE, NULL },
	{ "expired", PROV_STAGE_ACTION_NEEDED, ZRO_DEAD, NULL,
	  N_("the onboarding has expired"), PROV_NEXT_NONE,
	  N_("what is listed goes again, as a new onboarding") },
	{ "invalid", PROV_STAGE_ACTION_NEEDED, ZRO_DEAD, NULL,
	  N_("Z.ro calls the onboarding invalid and does not say why; ask its "
	     "support before opening a new one"),
	  PROV_NEXT_NONE, NULL },
	/* A word that is not here: shown as it is, nothing is blocked. */
	{ NULL, PROV_STAGE_UNKNOWN, ZRO_OPEN, NULL, NULL, PROV_NEXT_NONE,
	  NULL },
};

static const struct record_word *word_find(const char *word)
{
	const struct record_word *row = record_words;

	while (row->word && !prov_same_word(row->word, word))
		row++;
	return row;
}

enum zro_phase zro_phase(const struct prov_customer *customer)
{
	return customer->record ? word_find(customer->stage_word)->phase
				: ZRO_NO_RECORD;
}

enum prov_req_status zro_arrived(enum zro_phase phase)
{
	switch (phase) {
	case ZRO_OPEN:
		return PROV_REQ_SENT;
	case ZRO_WATCHED:
		return PROV_REQ_IN_REVIEW;
	default:
		/* After a rejection it stays there, and nobody says that it is
		 * to blame. */
		return PROV_REQ_ACCEPTED;
	}
}

static int ask_list(const struct prov_ctx *ctx, struct prov_request *request,
		    const char *path, struct err *err)
{
	request->method = "GET";
	mem_replace(&request->path, path);
	return zro_ask_page(ctx, request, "desc", err);
}

int zro_natural_list_build(const struct prov_ctx *ctx,
			   struct prov_request *request, struct err *err)
{
	return ask_list(ctx, request, "/v1/users/onboardings", err);
}

int zro_legal_list_build(const struct prov_ctx *ctx,
			 struct prov_request *request, struct err *err)
{
	return ask_list(ctx, request, "/v1/users/onboardings/legal-person",
			err);
}

static const char *record_of(const struct prov_ctx *ctx)
{
	return ctx->so_far ? ctx->so_far->record : NULL;
}

int zro_natural_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err, "/v1/users/onboardings/%s",
			      record_of(ctx)))
		return -1;
	return zro_headers(ctx, 0, request, err);
}

int zro_legal_build(const struct prov_ctx *ctx, struct prov_request *request,
		    struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err,
			      "/v1/users/onboardings/legal-person/%s",
			      record_of(ctx)))
		return -1;
	return zro_headers(ctx, 0, request, err);
}

static bool is_alive(const json_t *record)
{
	return word_find(prov_json_word(record, "status"))->phase != ZRO_DEAD;
}

/* ISO 8601 in one spelling sorts as text; one without a date is the oldest. */
static bool is_newer(const json_t *a, const json_t *b)
{
	const char *x = prov_json_word(a, "created_at");
	const char *y = prov_json_word(b, "created_at");

	return strcmp(x ? x : "", y ? y : "") > 0;
}

/* The one that is alive, else the newest; of equals the first, for the newest
 * were asked for first. */
static const json_t *choose(const json_t *list)
{
	const json_t *best = NULL;
	const json_t *item = NULL;
	size_t i;

	json_array_foreach(list, i, item)
	{
		char *id = zro_id(item, "id");

		if (id && (!best || is_alive(item) > is_alive(best) ||
			   (is_alive(item) == is_alive(best) &&
			    is_newer(item, best))))
			best = item;
		free(id);
	}
	return best;
}

/* Which form opens an onboarding? */
static const struct form_schema *schema_of(const struct prov_ctx *ctx,
					   const struct prov_customer *customer)
{
	const char *version = prov_setting(ctx, "legal_person_version");

	if (customer->kind == PROV_INDIVIDUAL)
		return &zro_schema_natural;
	return version && strcmp(version, "v2") == 0 ? &zro_schema_legal_terms
						     : &zro_schema_legal;
}

/* An older state of the page has the address as an array. */
static json_t *with_one_address(const json_t *record)
{
	json_t *copy = json_copy((json_t *)record);
	json_t *address = json_object_get(record, "address");

	if (json_is_array(address))
		json_object_set(copy, "address", json_array_get(address, 0));
	return copy;
}

/* The form that opens an onboarding: done while one is alive, else wanted. */
static void want_opening(const struct prov_ctx *ctx,
			 struct prov_customer *customer, const json_t *record)
{
	const struct form_schema *schema = schema_of(ctx, customer);
	enum zro_phase phase = zro_phase(customer);
	struct prov_requirement *req = zro_find(customer, ZRO_OPENING, NULL);
	json_t *known = record ? with_one_address(record) : NULL;

	if (!req) {
		req = prov_customer_require(customer);
		req->kind = PROV_REQ_INFORMATION;
		req->code = mem_dup(ZRO_OPENING);
		req->form = zro_form(schema);
	}
	if (known) {
		mem_free_private(req->known);
		req->known = zro_known(schema, known);
	}
	req->status = phase == ZRO_NO_RECORD || phase == ZRO_DEAD
			      ? PROV_REQ_MISSING
			      : PROV_REQ_ACCEPTED;
	json_decref(known);
}

/* Their sentence ends with a stop or does not. */
static void add_advice(struct prov_reason *reason, const char *advice)
{
	char *old = reason->message;
	size_t len = strlen(old);

	if (!advice)
		return;
	len -= len && old[len - 1] == '.';
	reason->message = mem_printf("%.*s; %s", (int)len, old, _(advice));
	free(old);
}

static void set_reason(struct prov_customer *customer, const json_t *record,
		       const struct record_word *row)
{
	struct prov_reason *reason = &customer->reason;
	char *code = prov_json_text(record, "failed_code");
	char *message = prov_json_text(record, "failed_message");

	free(reason->code);
	free(reason->message);
	*reason = (struct prov_reason){ .next = row->next };
	if (row->phase == ZRO_DEAD) {
		reason->code = code;
		reason->message = message;
		code = message = NULL;
		if (!reason->message && reason->code)
			reason->message = mem_dup(reason->code);
		if (!reason->message)
			reason->message = mem_dup(_(row->reason));
		add_advice(reason, row->advice);
	}
	free(code);
	free(message);
}

static void apply(const struct prov_ctx *ctx, struct prov_customer *customer,
		  const json_t *record)
{
	const struct record_word *row =
		word_find(prov_json_word(record, "status"));
	char *word = prov_json_text(record, "status");
	char *id = zro_id(record, "id");

	mem_replace(&customer->record, id);
	mem_replace(&customer->stage_word, word);
	mem_replace(&customer->closed_because,
		    row->closed ? _(row->closed) : NULL);
	customer->stage = row->stage;
	set_reason(customer, record, row);
	want_opening(ctx, customer, record);
	free(word);
	free(id);
}

void zro_record_list_read(const struct prov_reply *reply,
			  const struct prov_ctx *ctx, void *into,
			  struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *list = zro_list(zro_data(root));
	struct prov_customer *customer = into;
	const json_t *record = NULL;

	if ((reply->status != 200 || !list) && !zro_is_nothing(reply, root)) {
		zro_fail(reply, ctx, result);
		goto out;
	}
	record = choose(list);
	if (record) {
		apply(ctx, customer, record);
	} else {
		customer->stage = PROV_STAGE_NOT_STARTED;
		want_opening(ctx, customer, NULL);
	}
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}

void zro_record_read(const struct prov_reply *reply, const struct prov_ctx *ctx,
		     void *into, struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *record = zro_data(root);
	struct prov_customer *customer = into;
	char *id = zro_id(record, "id");

	if (reply->status == 200 && prov_same_word(id, customer->record)) {
		apply(ctx, customer, record);
		prov_reply_accept(result, NULL);
	} else {
		zro_fail(reply, ctx, result);
	}
	free(id);
	json_decref(root);
}
