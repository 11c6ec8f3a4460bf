/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: onboardings, and that of a legal person from its creation to its
 * submission. https://docs.zrobank.io/baas/guides/legal-person-onboarding
 */
#include "providers/sandbox/zro.h"

#include "forms/mem.h"

#define ONBOARDINGS_MOST 1000

/* The end of it lets another one begin. */
static bool is_active(const json_t *onboarding)
{
	static const char *const ended[] = { "rejected", "failed", "expired",
					     "invalid" };

	for (size_t i = 0; i < 4; i++)
		if (zro_is(onboarding, "status", ended[i]))
			return false;
	return true;
}

bool zro_begin(struct call *call, json_t *record, int active)
{
	json_t *list = json_object_get(record, "onboardings"), *made;
	const json_t *newest = zro_newest(record);
	char id[UUID_SIZE], now[ZRO_MOMENT_SIZE];

	if (!zro_transaction(call, false, id))
		return false;
	if (zro_by_id(list, id))
		return zro_deny(call, "REPLAY", "x-transaction-uuid");
	if (newest && is_active(newest))
		return zro_deny_as(call, active, "ONBOARDING_INVALID_STATUS",
				   NULL);
	if (json_array_size(list) >= ONBOARDINGS_MOST)
		return zro_deny(call, "VALIDATION", NULL);
	zro_moment(call->now, now);
	made = json_deep_copy(call->body);
	json_object_set_new(made, "id", json_string(id));
	json_object_set_new(made, "status", json_string("pending"));
	json_object_set_new(made, "created_at", json_string(now));
	json_array_append_new(list, made);
	if (!zro_keep(call, record, true))
		return false;
	zro_answer(call, record, 201,
		   json_pack("{ss ss ss}", "id", id, "status", "pending",
			     "created_at", now));
	return true;
}

static void create(struct call *call, bool with_terms)
{
	json_t *record = zro_customer_of(call, ZRO_LEGAL);

	/* Only the first version's page lists a conflict. */
	if (record && zro_check_legal(call, with_terms))
		zro_begin(call, record, with_terms ? 422 : 409);
	json_decref(record);
}

/* POST /v1/users/onboardings/legal-person */
void zro_create_legal(struct call *call)
{
	create(call, false);
}

/* POST /v2/users/onboardings/legal-person */
void zro_create_legal_v2(struct call *call)
{
	create(call, true);
}

json_t *zro_onboarding(struct call *call, const json_t *record)
{
	char id[UUID_SIZE];
	json_t *onboarding;

	if (!zro_id(call, 0, "id", id))
		return NULL;
	onboarding = zro_by_id(json_object_get(record, "onboardings"), id);
	if (!onboarding)
		zro_deny(call, "ONBOARDING_NOT_FOUND", NULL);
	return onboarding;
}

/* Why it came to its end, in the language of the call. */
static void show_failure(const struct call *call, json_t *shown)
{
	bool english = zro_english(call);
	const char *type = zro_text(shown, "failed_type");
	const char *reason = zro_text(shown, "failed_reason");
	json_t *message = NULL;

	if (zro_is(shown, "failed_code", "ONBOARDING_EXPIRED"))
		message = json_string(english ? "Onboarding is expired"
					      : "O onboarding expirou");
	else if (*type)
		message = json_sprintf(
			english ? "The document was not accepted (%s): %s."
				: "O documento não foi aceito (%s): %s.",
			type, reason);
	if (message && json_object_get(shown, "failed_code"))
		json_object_set_new(shown, "failed_message", message);
	else
		json_decref(message);
	json_object_del(shown, "failed_type");
	json_object_del(shown, "failed_reason");
}

static json_t *show(const struct call *call, const json_t *record,
		    const json_t *onboarding)
{
	const json_t *account = json_object_get(record, "account");
	json_t *shown = json_deep_copy(onboarding), *address;

	json_object_del(shown, "due");
	json_object_del(shown, "accepted_terms");
	show_failure(call, shown);
	address = json_object_get(shown, "address");
	if (zro_is(account, "person_type", ZRO_LEGAL)) {
		json_object_set_new(
			shown, "legal_person_name",
			json_string(zro_text(account, "full_name")));
		json_object_set_new(shown, "cnpj",
				    json_string(zro_text(account, "document")));
		if (address)
			json_object_set_new(address, "id", json_integer(1234));
	} else if (address && zro_flag(record, "older")) {
		json_object_set_new(shown, "address",
				    json_pack("[O]", address));
	}
	return shown;
}

static void list(struct call *call, const char *person_type)
{
	json_t *record = zro_customer(call), *all;
	json_t *account = json_object_get(record, "account");

	if (!record)
		return;
	/* An account has those of its own kind alone. */
	all = json_object_get(record, "onboardings");
	zro_answer_page(
		call, record,
		zro_is(account, "person_type", person_type) ? all : NULL, show);
	json_decref(record);
}

static void read_one(struct call *call, const char *person_type)
{
	json_t *record = zro_customer(call), *onboarding;

	if (!record)
		return;
	onboarding = zro_onboarding(call, record);
	if (onboarding && !zro_is(json_object_get(record, "account"),
				  "person_type", person_type))
		zro_deny(call, "ONBOARDING_NOT_FOUND", NULL);
	else if (onboarding)
		zro_answer(call, record, 200, show(call, record, onboarding));
	json_decref(record);
}

/* GET /v1/users/onboardings/legal-person, and …/{id} */
void zro_list_legal(struct call *call)
{
	list(call, ZRO_LEGAL);
}

void zro_read_legal(struct call *call)
{
	read_one(call, ZRO_LEGAL);
}

/* GET /v1/users/onboardings, and …/{id} */
void zro_list_natural(struct call *call)
{
	list(call, ZRO_NATURAL);
}

void zro_read_natural(struct call *call)
{
	read_one(call, ZRO_NATURAL);
}

/* POST /v1/users/onboardings/legal-person/{id}/finalize */
void zro_finalize(struct call *call)
{
	json_t *record, *onboarding;
	char unused[UUID_SIZE];
	const char *code;

	if (!zro_transaction(call, true, unused))
		return;
	record = zro_customer_of(call, ZRO_LEGAL);
	if (!record)
		return;
	onboarding = zro_onboarding(call, record);
	if (!onboarding)
		goto out;
	code = zro_lacks(record, onboarding);
	if (code) {
		zro_deny(call, code,
			 strcmp(code, "VALIDATION") ? NULL
						    : "address.zip_code");
		goto out;
	}
	json_object_set_new(onboarding, "status", json_string("in_process"));
	json_object_set_new(onboarding, "due",
			    json_integer(call->now + call->review_ms));
	if (zro_keep(call, record, true))
		zro_answer(call, record, 200,
			   json_pack("{ss ss}", "id",
				     zro_text(onboarding, "id"), "status",
				     "in_process"));
out:
	json_decref(record);
}
