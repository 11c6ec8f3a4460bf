/* SPDX-License-Identifier: MIT */
/* Lumx: its routes. https://docs.lumx.io/api-reference */
#include "providers/sandbox/lumx.h"

#include "forms/mem.h"

#define PAGE_MOST    100
#define PAGE_DEFAULT 25
#define DAY_MS	     ((int64_t)24 * 60 * 60 * 1000)
#define PARTIES_MOST 200

static bool lumx_admit(struct call *call, bool sign_in)
{
	const char *key = call_bearer(call);

	(void)sign_in;
	return key && !strcmp(key, PRACTICE_SECRET);
}

static const char *status_name(int status)
{
	switch (status) {
	case 400:
		return "Bad Request";
	case 401:
		return "Unauthorized";
	case 403:
		return "Forbidden";
	case 404:
		return "Not Found";
	case 405:
		return "Method Not Allowed";
	case 409:
		return "Conflict";
	case 413:
		return "Payload Too Large";
	case 415:
		return "Unsupported Media Type";
	case 429:
		return "Too Many Requests";
	default:
		return "Internal Server Error";
	}
}

/* MESSAGE is a string or a list of them, and taken. */
static void lumx_refuse_with(struct call *call, int status, json_t *message)
{
	char log_id[UUID_SIZE];

	uuid_new(log_id);
	call_json(call, status,
		  json_pack("{so ss ss}", "message", message, "error",
			    status_name(status), "logId", log_id));
}

void lumx_refuse(struct call *call, int status, const char *message)
{
	lumx_refuse_with(call, status, json_string(message));
}

/* One field is wrong. */
void lumx_refuse_field(struct call *call, const char *sentence)
{
	lumx_refuse_with(call, 400, json_pack("[s]", sentence));
}

/* Refuse with what LIST (taken) says; false when it says nothing. */
bool lumx_refuse_list(struct call *call, int status, json_t *list)
{
	bool any = json_array_size(list) > 0;

	if (any)
		lumx_refuse_with(call, status, list);
	else
		json_decref(list);
	return any;
}

/* Settle RECORD and write it down when it changed (or CHANGED already). */
bool lumx_keep(struct call *call, json_t *record, bool changed)
{
	struct err err = { 0 };

	changed |= lumx_settle(record, call->now, call->review_ms);
	if (!changed || !world_keep(call->world, record, &err))
		return true;
	fprintf(stderr, "kyc-sandbox: %s\n", err.text);
	lumx_refuse(call, 500, "Internal Server Error");
	return false;
}

/* The customer of the path as it is now; NULL: refused. A new reference. */
json_t *lumx_customer(struct call *call)
{
	char id[UUID_SIZE];
	json_t *record;

	if (!uuid_read(call->args[0], id)) {
		lumx_refuse_field(call, "id must be a UUID");
		return NULL;
	}
	record = world_find(call->world, id);
	if (!record) {
		lumx_refuse(call, 404, "customer not found");
		return NULL;
	}
	if (!lumx_keep(call, record, false)) {
		json_decref(record);
		return NULL;
	}
	return record;
}

/* The same, when it may still send something. */
json_t *lumx_open_customer(struct call *call)
{
	json_t *record = lumx_customer(call);
	const char *status = record ? lumx_status(record) : "";

	if (!record || !strcmp(status, "NOT_STARTED") || !strcmp(status, "RFI"))
		return record;
	lumx_refuse_with(
		call, 409,
		json_sprintf("the customer is in %s and takes nothing more",
			     status));
	json_decref(record);
	return NULL;
}

/* Write RECORD down, touched, and answer with the customer. */
static void answer_customer(struct call *call, json_t *record, int status)
{
	lumx_touch(record, call->now);
	if (lumx_keep(call, record, true))
		call_json(call, status, lumx_show(record, call->base, true));
}

/* GET /customers */

/* Returns false when refused. */
static bool page_of(struct call *call, size_t *first, size_t *size)
{
	const char *size_text = call_query(call, "size");
	const char *cursor = call_query(call, "cursor");
	char id[UUID_SIZE], *end = NULL;

	*first = 0;
	*size = PAGE_DEFAULT;
	if (size_text) {
		*size = strtoul(size_text, &end, 10);
		if (*size_text < '0' || *size_text > '9' || *end || !*size ||
		    *size > PAGE_MOST) {
			lumx_refuse_field(call, "size must be from 1 to 100");
			return false;
		}
	}
	if (!cursor)
		return true;
	if (!uuid_read(cursor, id) || !world_position(call->world, id, first)) {
		lumx_refuse_field(call,
				  "cursor must come from an earlier answer");
		return false;
	}
	return true;
}

static void set_cursor(json_t *page, const char *name, struct call *call,
		       bool there, size_t at)
{
	char id[UUID_SIZE];

	if (!there) {
		json_object_set_new(page, name, json_null());
		return;
	}
	world_id_at(call->world, at, id);
	json_object_set_new(page, name, json_string(id));
}

/* A cursor is the id of the first customer of its page. */
static void list_customers(struct call *call)
{
	size_t first, size, count = world_count(call->world), i;
	json_t *page, *data;

	if (!page_of(call, &first, &size))
		return;
	page = json_object();
	data = json_array();
	json_object_set_new(page, "data", data);
	for (i = first; i < count && i < first + size; i++) {
		char id[UUID_SIZE];
		json_t *record;

		world_id_at(call->world, i, id);
		record = world_find(call->world, id);
		if (lumx_keep(call, record, false))
			json_array_append_new(
				data, lumx_show(record, call->base, false));
		json_decref(record);
	}
	set_cursor(page, "nextCursor", call, first + size < count,
		   first + size);
	set_cursor(page, "previousCursor", call, first > 0,
		   first > size ? first - size : 0);
	if (call->status)
		json_decref(page);
	else
		call_json(call, 200, page);
}

/* POST /customers */

static bool same_tax_id(const json_t *record, const void *arg)
{
	const json_t *body = arg, *other = json_object_get(record, "customer");

	return lumx_is(other, "taxId", lumx_text(body, "taxId")) &&
	       lumx_is(other, "country", lumx_text(body, "country"));
}

/* The accounts that were asked for; without any a BRL one is made. */
static json_t *make_accounts(const json_t *wanted)
{
	json_t *list = json_array(), *currency;
	size_t i, count = wanted ? json_array_size(wanted) : 1;

	for (i = 0; i < count; i++) {
		char id[UUID_SIZE];

		uuid_new(id);
		currency = wanted ? json_array_get(wanted, i) : NULL;
		json_array_append_new(
			list, json_pack("{ss ss}", "id", id, "currency",
					currency ? json_string_value(currency)
						 : "BRL"));
	}
	return list;
}

static void create_customer(struct call *call)
{
	char id[UUID_SIZE], now[MOMENT_SIZE];
	struct err err = { 0 };
	json_t *shape, *record;

	if (lumx_refuse_list(call, 400, lumx_check_customer(call->body)))
		return;
	if (world_any(call->world, same_tax_id, call->body)) {
		lumx_refuse(call, 409,
			    "a customer with this taxId exists already");
		return;
	}
	uuid_new(id);
	moment_text(call->now, now);
	shape = json_deep_copy(call->body);
	json_object_set_new(shape, "id", json_string(id));
	json_object_set_new(shape, "createdAt", json_string(now));
	json_object_set_new(shape, "accounts",
			    make_accounts(json_object_get(shape, "accounts")));
	if (!json_object_get(shape, "metadata"))
		json_object_set_new(shape, "metadata", json_object());
	record = lumx_record(id, shape);
	lumx_touch(record, call->now);
	if (world_add(call->world, record, &err)) {
		fprintf(stderr, "kyc-sandbox: %s\n", err.text);
		lumx_refuse(call, 500, "Internal Server Error");
	} else {
		call_json(call, 201, lumx_show(record, call->base, true));
	}
	json_decref(record);
}

/* GET /customers/{id} */

static void read_customer(struct call *call)
{
	const char *balances = call_query(call, "includeBalances");
	json_t *record;

	if (balances && strcmp(balances, "true") && strcmp(balances, "false")) {
		lumx_refuse_field(call,
				  "includeBalances must be true or false");
		return;
	}
	record = lumx_customer(call);
	if (!record)
		return;
	call_json(call, 200, lumx_show(record, call->base, true));
	json_decref(record);
}

/* PATCH /customers/{id}/additional-information */

static void send_information(struct call *call)
{
	json_t *record = lumx_open_customer(call), *shape;

	if (!record)
		return;
	shape = json_object_get(record, "customer");
	if (!lumx_refuse_list(call, 400,
			      lumx_check_information(
				      call->body, lumx_text(shape, "type")))) {
		json_object_set(shape, "additionalInformation", call->body);
		answer_customer(call, record, 200);
	}
	json_decref(record);
}

/* /customers/{id}/associated-parties */

static void list_parties(struct call *call)
{
	json_t *record = lumx_customer(call), *data, *party;
	size_t i;

	if (!record)
		return;
	data = json_array();
	json_array_foreach(json_object_get(record, "parties"), i, party)
		json_array_append_new(data, lumx_show_party(party, call->base));
	call_json(call, 200, json_pack("{so}", "data", data));
	json_decref(record);
}

static void read_party(struct call *call)
{
	json_t *record = lumx_customer(call), *party = NULL;
	char id[UUID_SIZE];

	if (!record)
		return;
	if (!uuid_read(call->args[1], id)) {
		lumx_refuse_field(call, "associatedPartyId must be a UUID");
		goto out;
	}
	party = lumx_party(record, id);
	if (party)
		call_json(call, 200, lumx_show_party(party, call->base));
	else
		lumx_refuse(call, 404, "associated party not found");
out:
	json_decref(record);
}

static void add_party(struct call *call, json_t *record)
{
	json_t *party = json_deep_copy(call->body);
	char id[UUID_SIZE], now[MOMENT_SIZE];

	uuid_new(id);
	moment_text(call->now, now);
	json_object_set_new(party, "id", json_string(id));
	json_object_set_new(party, "createdAt", json_string(now));
	json_object_set_new(party, "updatedAt", json_string(now));
	json_object_set_new(party, "review",
			    json_pack("{ss}", "status", "NOT_STARTED"));
	json_array_append(json_object_get(record, "parties"), party);
	lumx_touch(record, call->now);
	if (lumx_keep(call, record, true))
		call_json(call, 201, lumx_show_party(party, call->base));
	json_decref(party);
}

static void create_party(struct call *call)
{
	json_t *record = lumx_open_customer(call);
	const char *parent = lumx_text(call->body, "parentId");

	if (!record)
		return;
	if (!lumx_is(json_object_get(record, "customer"), "type", "BUSINESS"))
		lumx_refuse(call, 400,
			    "only a business has associated parties");
	else if (lumx_refuse_list(call, 400, lumx_check_party(call->body)))
		;
	else if (*parent && !lumx_party(record, parent))
		lumx_refuse_field(call, "parentId must be an associated party");
	else if (json_array_size(json_object_get(record, "parties")) >=
		 PARTIES_MOST)
		lumx_refuse(call, 409, "there are too many parties");
	else
		add_party(call, record);
	json_decref(record);
}

/* POST /customers/{id}/tos, and the page that it links to */

static void create_tos(struct call *call)
{
	json_t *redirect = json_object_get(call->body, "redirectUrl");
	char token[UUID_SIZE], expires[MOMENT_SIZE];
	json_t *record, *terms;

	if (redirect && (!json_is_string(redirect) ||
			 !strstr(json_string_value(redirect), "://"))) {
		lumx_refuse_field(call, "redirectUrl must be a URL");
		return;
	}
	record = lumx_customer(call);
	if (!record)
		return;
	uuid_new(token);
	token[LINK_TOKEN] = '\0';
	moment_text(call->now + DAY_MS, expires);
	terms = json_object_get(record, "terms");
	json_object_set_new(terms, "token", json_string(token));
	json_object_set_new(terms, "expires", json_integer(call->now + DAY_MS));
	/* Asked again, the wait does not begin anew. */
	if (!json_object_get(terms, "asked"))
		json_object_set_new(terms, "asked", json_integer(call->now));
	if (lumx_keep(call, record, true))
		call_json(
			call, 200,
			json_pack("{so ss}", "url",
				  json_sprintf("%s/tos/%s/%s", call->base,
					       lumx_text(record, "id"), token),
				  "expiresAt", expires));
	json_decref(record);
}

static void page_tos(struct call *call)
{
	char id[UUID_SIZE];
	json_t *record = uuid_read(call->args[0], id)
				 ? world_find(call->world, id)
				 : NULL;
	json_t *terms = json_object_get(record, "terms");

	if (!terms || !lumx_is(terms, "token", call->args[1])) {
		call_page(call, 404, "No such link",
			  "A newer link may have taken its place.");
	} else if (json_integer_value(json_object_get(terms, "expires")) <
		   call->now) {
		call_page(call, 410, "This link has lapsed",
			  "Ask for another one.");
	} else {
		json_object_set_new(terms, "accepted", json_true());
		lumx_touch(record, call->now);
		if (lumx_keep(call, record, true))
			call_page(call, 200, "Terms accepted",
				  "This is practice: opening this page "
				  "accepted them.");
	}
	json_decref(record);
}

static void page_verify(struct call *call)
{
	call_page(call, 200, "Practice verification",
		  "At the provider a person shows their face here. In practice "
		  "that counts as passed.");
}

/* What the practice server knows of a customer, for tests and the curious. */
static void page_record(struct call *call)
{
	json_t *record = lumx_customer(call);

	if (record)
		call_json(call, 200, json_incref(record));
	json_decref(record);
}

/* /customers/{id}/verifications */

static void read_verification(struct call *call)
{
	json_t *record = lumx_customer(call);

	if (!record)
		return;
	call_json(call, 200, lumx_show_report(record));
	json_decref(record);
}

/* The parties of the body: refused when they are no good. */
static bool check_retry(struct call *call, const json_t *record,
			const json_t *parties)
{
	json_t *one;
	size_t i;

	if (!json_array_size(parties)) {
		lumx_refuse_field(call,
				  "associatedPartyIds must be a list of UUIDs");
		return false;
	}
	if (strcmp(lumx_status(record), "RFI")) {
		lumx_refuse(call, 409, "there is nothing to retry");
		return false;
	}
	json_array_foreach(parties, i, one)
	{
		if (json_is_string(one) &&
		    lumx_party(record, json_string_value(one)))
			continue;
		lumx_refuse_field(call, "associatedPartyIds must be associated "
					"parties of this customer");
		return false;
	}
	return true;
}

static void start_verification(struct call *call)
{
	json_t *parties = json_object_get(call->body, "associatedPartyIds");
	json_t *record = lumx_open_customer(call);
	char id[UUID_SIZE];

	if (!record)
		return;
	if (parties && !check_retry(call, record, parties))
		goto out;
	if (lumx_refuse_list(call, 409, lumx_missing(record, parties)))
		goto out;
	uuid_new(id);
	lumx_touch(record, call->now);
	lumx_start(record, parties, call->now + call->review_ms);
	if (lumx_keep(call, record, true))
		call_json(call, 201, json_pack("{ss}", "id", id));
out:
	json_decref(record);
}

static const struct route routes[] = {
	{ "GET", "/customers", 0, list_customers },
	{ "POST", "/customers", ROUTE_KEYED | ROUTE_JSON, create_customer },
	{ "GET", "/customers/{}", 0, read_customer },
	{ "PATCH", "/customers/{}/additional-information",
	  ROUTE_KEYED | ROUTE_JSON, send_information },
	{ "POST", "/customers/{}/documents", ROUTE_KEYED | ROUTE_FORM,
	  lumx_upload },
	{ "GET", "/customers/{}/associated-parties", 0, list_parties },
	{ "POST", "/customers/{}/associated-parties", ROUTE_KEYED | ROUTE_JSON,
	  create_party },
	{ "GET", "/customers/{}/associated-parties/{}", 0, read_party },
	{ "POST", "/customers/{}/tos", ROUTE_JSON | ROUTE_BODY_OPTIONAL,
	  create_tos },
	{ "GET", "/customers/{}/verifications", 0, read_verification },
	{ "POST", "/customers/{}/verifications",
	  ROUTE_KEYED | ROUTE_JSON | ROUTE_BODY_OPTIONAL, start_verification },
	{ "GET", "/tos/{}/{}", ROUTE_PUBLIC, page_tos },
	{ "GET", "/practice/verify/{}", ROUTE_PUBLIC, page_verify },
	{ "GET", "/practice/customers/{}", 0, page_record },
	{ NULL, NULL, 0, NULL },
};

const struct practice practice_lumx = {
	.name = "lumx",
	.routes = routes,
	.maker = {
		.seeds = LUMX_SEEDS,
		.seed = lumx_seed,
		.generate = lumx_generate,
		.adopt = lumx_adopt,
	},
	.key_header = "Idempotency-Key",
	.key_marks = true,
	.key_conflict = 409,
	.admit = lumx_admit,
	.refuse = lumx_refuse,
};
