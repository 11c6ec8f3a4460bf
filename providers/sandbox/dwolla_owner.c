/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: beneficial owners of a business, and their certification.
 * https://developers.dwolla.com/docs/balance/api-reference/beneficial-owners/create
 * https://developers.dwolla.com/docs/balance/business-verified-customer/certify-beneficial-ownership
 */
#include "providers/sandbox/dwolla.h"

#include <stdio.h>

#define OWNERS_MOST 100

static bool is_closed(const json_t *record)
{
	return dwolla_in(record, "suspended") ||
	       dwolla_in(record, "deactivated");
}

/* The business of the path; NULL: refused. */
static json_t *business(struct call *call, int sole_status)
{
	json_t *record = dwolla_customer(call);

	if (!record || dwolla_has_owners(record))
		return record;
	dwolla_refuse(call, dwolla_is_sole(record) ? sole_status : 404, "");
	json_decref(record);
	return NULL;
}

/* What was certified is so no longer. */
static void recertify(json_t *record, int64_t now)
{
	json_t *certification = json_object_get(record, "certification");

	if (!dwolla_is(certification, "status", "certified"))
		return;
	json_object_set_new(certification, "status", json_string("recertify"));
	json_object_set_new(certification, "since",
			    json_integer((json_int_t)now));
}

void dwolla_list_owners(struct call *call)
{
	json_t *record = dwolla_customer(call), *links, *list, *owner;
	size_t i;

	if (record && !dwolla_is_business(record)) {
		dwolla_refuse(call, 404, "");
		json_decref(record);
		return;
	}
	if (!record)
		return;
	links = json_object();
	list = json_array();
	json_array_foreach(json_object_get(record, "owners"), i, owner)
	{
		json_array_append_new(list,
				      dwolla_show_owner(owner, call->base));
	}
	dwolla_link(links, "self", "beneficial-owner", call->base,
		    "/customers/%s/beneficial-owners",
		    dwolla_text(record, "id"));
	dwolla_answer(call, 200,
		      json_pack("{so s{sO} sI}", "_links", links, "_embedded",
				"beneficial-owners", list, "total",
				(json_int_t)json_array_size(list)));
	json_decref(list);
	json_decref(record);
}

static const char *judge(const json_t *body)
{
	const char *name = dwolla_text(body, "firstName");

	if (dwolla_word(name, "incomplete"))
		return "incomplete";
	return dwolla_word(name, "document") ? "document" : "verified";
}

/* OWNER says what the body says. */
static void file_owner(json_t *owner, const json_t *body)
{
	json_t *shown = dwolla_shown(body);

	json_object_update(owner, shown);
	json_object_set_new(owner, "filed", json_deep_copy(body));
	json_decref(shown);
}

static void tell(struct call *call, json_t *record, const json_t *owner)
{
	const char *topic =
		dwolla_is(owner, "verificationStatus", "verified")
			? "customer_beneficial_owner_verified"
		: dwolla_is(owner, "verificationStatus", "document")
			? "customer_beneficial_owner_verification_document_"
			  "needed"
			: "customer_beneficial_owner_reverification_needed";

	dwolla_event(record, call->now, topic, "beneficial-owners",
		     dwolla_text(owner, "id"));
}

static void add_owner(struct call *call, json_t *record)
{
	json_t *owner = json_object();
	char id[UUID_SIZE], now[MOMENT_SIZE];

	uuid_new(id);
	moment_text(call->now, now);
	file_owner(owner, call->body);
	json_object_set_new(owner, "id", json_string(id));
	json_object_set_new(owner, "created", json_string(now));
	json_object_set_new(owner, "verificationStatus",
			    json_string(judge(call->body)));
	json_array_append(json_object_get(record, "owners"), owner);
	recertify(record, call->now);
	dwolla_event(record, call->now, "customer_beneficial_owner_created",
		     "beneficial-owners", id);
	tell(call, record, owner);
	if (dwolla_keep(call, record, true))
		dwolla_created(call, "beneficial-owners", id);
	json_decref(owner);
}

void dwolla_create_owner(struct call *call)
{
	json_t *record;

	if (!dwolla_is_json(call))
		return;
	record = business(call, 403);
	if (!record)
		return;
	if (is_closed(record) ||
	    json_array_size(json_object_get(record, "owners")) >= OWNERS_MOST)
		dwolla_refuse_state(call);
	else if (!dwolla_refuse_list(call, dwolla_check_owner(call->body)))
		add_owner(call, record);
	json_decref(record);
}

/* There is one corrected attempt: then an ID is wanted. */
static void correct_owner(struct call *call, json_t *record, json_t *owner)
{
	bool same = json_equal(json_object_get(owner, "filed"), call->body);
	const char *status = same ? "document" : judge(call->body);

	if (!strcmp(status, "incomplete"))
		status = "document";
	file_owner(owner, call->body);
	json_object_set_new(owner, "verificationStatus", json_string(status));
	recertify(record, call->now);
	tell(call, record, owner);
	if (dwolla_keep(call, record, true))
		dwolla_answer(call, 200, dwolla_show_owner(owner, call->base));
}

void dwolla_update_owner(struct call *call)
{
	json_t *record, *owner;

	if (!dwolla_is_json(call))
		return;
	record = dwolla_owner(call, &owner);
	if (!record)
		return;
	if (!dwolla_is(owner, "verificationStatus", "incomplete") ||
	    is_closed(record))
		dwolla_refuse_state(call);
	else if (!dwolla_refuse_list(call, dwolla_check_owner(call->body)))
		correct_owner(call, record, owner);
	json_decref(record);
}

void dwolla_remove_owner(struct call *call)
{
	json_t *owner, *record = dwolla_owner(call, &owner), *shown, *owners;
	size_t i;

	if (!record)
		return;
	shown = dwolla_show_owner(owner, call->base);
	owners = json_object_get(record, "owners");
	for (i = 0; json_array_get(owners, i) != owner; i++)
		continue;
	dwolla_event(record, call->now, "customer_beneficial_owner_removed",
		     "beneficial-owners", dwolla_text(owner, "id"));
	json_array_remove(owners, i);
	recertify(record, call->now);
	if (dwolla_keep(call, record, true))
		dwolla_answer(call, 200, json_incref(shown));
	json_decref(shown);
	json_decref(record);
}

/* Certification. */

static void answer_ownership(struct call *call, const json_t *record)
{
	json_t *links = json_object();

	dwolla_link(links, "self", "beneficial-ownership", call->base,
		    "/customers/%s/beneficial-ownership",
		    dwolla_text(record, "id"));
	dwolla_answer(
		call, 200,
		json_pack("{so ss}", "_links", links, "status",
			  dwolla_text(json_object_get(record, "certification"),
				      "status")));
}

void dwolla_read_ownership(struct call *call)
{
	json_t *record = business(call, 403);

	if (record)
		answer_ownership(call, record);
	json_decref(record);
}

static json_t *check_certificate(const json_t *body)
{
	json_t *list = json_array();

	if (!json_object_get(body, "status"))
		dwolla_complain(list, "Required", "/status",
				"Status required.");
	else if (!dwolla_is(body, "status", "certified"))
		dwolla_complain(list, "Invalid", "/status",
				"Status must be certified.");
	if (json_object_size(body) > 1)
		dwolla_complain(list, "NotAllowed", "",
				"Only status is allowed.");
	return list;
}

void dwolla_certify(struct call *call)
{
	json_t *record, *certification;

	if (!dwolla_is_json(call))
		return;
	record = business(call, 403);
	if (!record)
		return;
	if (is_closed(record)) {
		dwolla_refuse_state(call);
	} else if (!dwolla_refuse_list(call, check_certificate(call->body))) {
		certification = json_object_get(record, "certification");
		json_object_set_new(certification, "status",
				    json_string("certified"));
		json_object_set_new(certification, "since",
				    json_integer((json_int_t)call->now));
		if (dwolla_keep(call, record, true))
			answer_ownership(call, record);
	}
	json_decref(record);
}
