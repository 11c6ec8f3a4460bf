/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: a customer created, corrected, edited, switched off and on.
 * https://developers.dwolla.com/docs/balance/api-reference/customers/update
 */
#include "providers/sandbox/dwolla.h"

#include <stdio.h>

#include "forms/mem.h"

/* Write RECORD down and answer with it. */
static void answer_customer(struct call *call, json_t *record)
{
	if (dwolla_keep(call, record, true))
		dwolla_answer(call, 200, dwolla_show(record, call->base));
}

/* Somebody else with this email. */
struct namesake {
	const char *email, *id;
};

static bool is_namesake(const json_t *record, const void *arg)
{
	const struct namesake *namesake = arg;

	return !dwolla_is(record, "id", namesake->id) &&
	       dwolla_is(dwolla_shape(record), "email", namesake->email);
}

/* Refused, when the email of the body belongs to somebody but ID. */
static bool email_taken(struct call *call, const char *id)
{
	struct namesake namesake = { dwolla_text(call->body, "email"), id };
	json_t *other = NULL, *list, *links;

	if (*namesake.email)
		other = world_pick(call->world, is_namesake, &namesake);
	if (!other)
		return false;
	list = json_array();
	dwolla_complain(list, "Duplicate", "/email",
			"A customer with the specified email already exists.");
	links = json_object_get(json_array_get(list, 0), "_links");
	dwolla_link(links, "about", "customer", call->base, "/customers/%s",
		    dwolla_text(other, "id"));
	json_decref(other);
	return dwolla_refuse_list(call, list);
}

/* POST /customers */

void dwolla_create(struct call *call)
{
	char id[UUID_SIZE], now[MOMENT_SIZE];
	struct err err = { 0 };
	json_t *shape, *record;

	if (!dwolla_is_json(call) ||
	    dwolla_refuse_list(call, dwolla_check_create(call->body)) ||
	    email_taken(call, ""))
		return;
	uuid_new(id);
	moment_text(call->now, now);
	shape = dwolla_shown(call->body);
	json_object_set_new(shape, "id", json_string(id));
	json_object_set_new(shape, "created", json_string(now));
	json_object_set_new(shape, "status", json_string(""));
	if (!json_object_get(shape, "type"))
		json_object_set_new(shape, "type", json_string("unverified"));
	record = dwolla_record(shape, json_deep_copy(call->body));
	dwolla_event(record, call->now, "customer_created", "customers", id);
	dwolla_judge(record, call->body, call->now);
	if (world_add(call->world, record, &err)) {
		fprintf(stderr, "kyc-sandbox: %s\n", err.text);
		dwolla_refuse(call, 500, "");
	} else {
		dwolla_created(call, "customers", id);
	}
	json_decref(record);
}

/* Correcting what a first check failed on. */

/* "a.b" below OBJECT, or NULL. */
static const json_t *dig(const json_t *object, const char *dotted)
{
	const char *dot = strchr(dotted, '.');
	char *first;

	if (!dot)
		return json_object_get(object, dotted);
	first = mem_dup_n(dotted, (size_t)(dot - dotted));
	object = json_object_get(object, first);
	free(first);
	return dig(object, dot + 1);
}

static bool differs(const json_t *body, const json_t *filed, const char *dotted)
{
	const json_t *a = dig(body, dotted), *b = dig(filed, dotted);

	return a && (!b || !json_equal(a, b));
}

/* A name is two fields, of whoever had to prove it. */
static bool corrects(const json_t *body, const json_t *filed, const char *field)
{
	if (!strcmp(field, "name"))
		return differs(body, filed, "firstName") ||
		       differs(body, filed, "lastName");
	if (!strcmp(field, "controller.name"))
		return differs(body, filed, "controller.firstName") ||
		       differs(body, filed, "controller.lastName");
	/* Whoever has a passport has no number. */
	if (!strcmp(field, "controller.ssn"))
		return differs(body, filed, field) ||
		       differs(body, filed, "controller.passport");
	return differs(body, filed, field);
}

/* Does BODY say anything new that matters to a check? */
static bool says_anew(const json_t *body, const json_t *filed)
{
	static const char *const idle[] = { "email",	"ipAddress", "phone",
					    "address2", "website",   NULL };
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)body, key, value)
	{
		size_t i = 0;

		while (idle[i] && strcmp(idle[i], key))
			i++;
		if (!idle[i] && differs(body, filed, key))
			return true;
	}
	return false;
}

static bool is_corrected(const json_t *record, const json_t *body)
{
	const json_t *filed = json_object_get(record, "filed");
	json_t *field;
	size_t i;

	json_array_foreach(
		json_object_get(json_object_get(record, "retry"), "fields"), i,
		field)
	{
		if (!corrects(body, filed, json_string_value(field)))
			return false;
	}
	return says_anew(body, filed);
}

/* What was to be corrected was: its directives and wishes go. */
static void forget_retry(json_t *record)
{
	json_t *codes = json_object_get(record, "directives");
	json_t *retry = json_object_get(record, "retry");
	size_t i = json_array_size(codes);

	json_object_set_new(retry, "controller", json_false());
	json_array_clear(json_object_get(retry, "fields"));
	while (i--) {
		const char *code = json_string_value(json_array_get(codes, i));
		enum dwolla_action action = dwolla_action(code);

		if (action == DWOLLA_CORRECT ||
		    action == DWOLLA_CORRECT_CONTROLLER)
			json_array_remove(codes, i);
	}
}

/* There is one attempt: the second failure asks for papers. */
static void fail_again(json_t *record, bool controller, int64_t now)
{
	bool company = dwolla_has_owners(record);

	json_array_clear(json_object_get(record, "needs"));
	if (!company || controller)
		dwolla_need(record, "person", "");
	if (company)
		dwolla_need(record, "business", "");
	dwolla_set_status(record, "document", now);
}

static void file_body(json_t *record, const json_t *body)
{
	json_t *shown = dwolla_shown(body);

	json_object_update(json_object_get(record, "filed"),
			   (json_t *)(uintptr_t)body);
	json_object_update(dwolla_shape(record), shown);
	json_decref(shown);
	/* It may have become, or ceased to be, one person's. */
	if (dwolla_is_sole(record))
		json_object_del(dwolla_shape(record), "controller");
	else if (dwolla_has_owners(record))
		dwolla_open_certification(record);
}

static void correct(struct call *call, json_t *record)
{
	const json_t *retry = json_object_get(record, "retry");
	bool controller = json_is_true(json_object_get(retry, "controller"));
	bool aimed = json_array_size(json_object_get(retry, "fields")) > 0;
	bool corrected;

	if (dwolla_refuse_list(call, dwolla_check_retry(call->body, record)) ||
	    email_taken(call, dwolla_text(record, "id")))
		return;
	corrected = is_corrected(record, call->body);
	file_body(record, call->body);
	forget_retry(record);
	if (corrected && aimed)
		dwolla_advance(record, call->now);
	else if (corrected)
		dwolla_judge(record, call->body, call->now);
	if (dwolla_in(record, "retry")) {
		forget_retry(record);
		fail_again(record, controller, call->now);
	}
	answer_customer(call, record);
}

/* Edits. */

/* Another address answers what only an address was asked for. */
static void settle_address(json_t *record, int64_t now)
{
	json_t *needs = json_object_get(record, "needs");
	json_t *codes = json_object_get(record, "directives");
	size_t i = json_array_size(codes), k;

	while (i--) {
		const char *code = json_string_value(json_array_get(codes, i));

		if (dwolla_action(code) != DWOLLA_SEND_OR_EDIT)
			continue;
		for (k = json_array_size(needs); k--;)
			if (dwolla_is(json_array_get(needs, k), "code", code))
				json_array_remove(needs, k);
		json_array_remove(codes, i);
	}
	dwolla_advance(record, now);
}

static bool is_other_address(const json_t *record, const json_t *body)
{
	const json_t *shape = dwolla_shape(record);

	return differs(body, shape, "address1") ||
	       differs(body, shape, "city") || differs(body, shape, "state") ||
	       differs(body, shape, "postalCode");
}

static void edit(struct call *call, json_t *record)
{
	bool moved = is_other_address(record, call->body);

	if (dwolla_refuse_list(call, dwolla_check_edit(call->body, record)) ||
	    email_taken(call, dwolla_text(record, "id")))
		return;
	file_body(record, call->body);
	if (moved && dwolla_may_edit_address(record))
		settle_address(record, call->now);
	answer_customer(call, record);
}

/* {"status": ...} */

static void switch_status(struct call *call, json_t *record)
{
	const char *wanted = dwolla_text(call->body, "status");
	bool off = dwolla_in(record, "deactivated");
	bool fixed = dwolla_in(record, "suspended");
	json_t *list = json_array();

	if (json_object_size(call->body) != 1)
		dwolla_complain(list, "NotAllowed", "/status",
				"Status goes alone.");
	else if (strcmp(wanted, "deactivated") &&
		 strcmp(wanted, "reactivated") && strcmp(wanted, "suspended"))
		dwolla_complain(list, "Invalid", "/status",
				"Status is not a known value.");
	if (dwolla_refuse_list(call, list))
		return;
	if (fixed || off != !strcmp(wanted, "reactivated")) {
		dwolla_refuse_state(call);
		return;
	}
	if (off) {
		dwolla_set_status(record, dwolla_text(record, "before"),
				  call->now);
		dwolla_event(record, call->now, "customer_activated",
			     "customers", dwolla_text(record, "id"));
	} else {
		json_object_set_new(record, "before",
				    json_string(dwolla_status(record)));
		dwolla_set_status(record, wanted, call->now);
	}
	answer_customer(call, record);
}

/* POST /customers/{id} */

void dwolla_update(struct call *call)
{
	json_t *record;

	if (!dwolla_is_json(call))
		return;
	record = dwolla_customer(call);
	if (!record)
		return;
	if (json_object_get(call->body, "status"))
		switch_status(call, record);
	else if (dwolla_in(record, "retry"))
		correct(call, record);
	else if (dwolla_in(record, "verified") ||
		 dwolla_in(record, "unverified") ||
		 (dwolla_in(record, "document") &&
		  dwolla_may_edit_address(record)))
		edit(call, record);
	else
		dwolla_refuse_state(call);
	json_decref(record);
}

/* POST /sandbox-simulations
 * https://developers.dwolla.com/docs/balance/testing/customers */

static json_t *simulated_customer(struct call *call)
{
	const char *href = dwolla_text(
		json_object_get(json_object_get(call->body, "_links"),
				"customer"),
		"href");
	const char *id = strrchr(href, '/');

	if (!id || !strstr(href, "/customers/"))
		id = "/";
	snprintf(call->args[0], sizeof(call->args[0]), "%s", id + 1);
	return dwolla_customer(call);
}

void dwolla_simulate(struct call *call)
{
	static const char *const known[] = { "ControllerNonResidential",
					     "POBoxNotAllowed",
					     "AddressNotAssociatedWithBusiness",
					     "EINDocumentRequired", NULL };
	const char *code = dwolla_text(call->body, "errorCode");
	json_t *list = json_array(), *record, *links;
	size_t i = 0;

	while (known[i] && strcmp(known[i], code))
		i++;
	if (!dwolla_is(call->body, "type", "customer-verification"))
		dwolla_complain(list, "Invalid", "/type",
				"Type is not a known value.");
	if (!known[i])
		dwolla_complain(list, "Invalid", "/errorCode",
				"ErrorCode is not a known value.");
	if (!dwolla_is_json(call)) {
		json_decref(list);
		return;
	}
	if (dwolla_refuse_list(call, list))
		return;
	record = simulated_customer(call);
	if (!record)
		return;
	if (!dwolla_has_owners(record) || dwolla_in(record, "suspended") ||
	    dwolla_in(record, "deactivated")) {
		dwolla_refuse_state(call);
	} else {
		dwolla_direct(record, known[i], call->now);
		links = json_object();
		dwolla_link(links, "self", "sandbox-simulation", call->base,
			    "/sandbox-simulations");
		if (dwolla_keep(call, record, true))
			dwolla_answer(call, 202,
				      json_pack("{sO}", "_links", links));
		json_decref(links);
	}
	json_decref(record);
}
