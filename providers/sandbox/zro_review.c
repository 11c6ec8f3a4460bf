/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: how a review gets on and ends. It needs no timer: the time that
 * has passed is caught up with whenever somebody asks.
 *
 * A legal person goes from in_process over approved to finished, a natural
 * person from pending to finished. A file that asks to be declined (FORM_MARK
 * and a reason in it) ends it otherwise: the reasons EXPIRED, FAILED and
 * INVALID are statuses, DELAYED is one more wait, any other one is a
 * rejection with it in failed_code.
 */
#include "providers/sandbox/zro.h"

#include <ctype.h>

#include "forms/mem.h"

/* What a reason in capitals makes of a review; NULL: a rejection. */
static const char *status_for(const char *reason)
{
	if (!strcmp(reason, "EXPIRED"))
		return "expired";
	if (!strcmp(reason, "FAILED"))
		return "failed";
	return strcmp(reason, "INVALID") ? NULL : "invalid";
}

/* Is DOCUMENT looked at in the review of ONBOARDING? */
static bool is_reviewed(const json_t *record, const json_t *onboarding,
			const json_t *document)
{
	const json_t *owner;

	if (zro_flag(document, "replaced"))
		return false;
	if (!zro_is(document, "owner", "representative"))
		return zro_is(document, "of", zro_text(onboarding, "id"));
	owner = zro_by_id(json_object_get(record, "representatives"),
			  zro_text(document, "of"));
	return owner && !zro_flag(owner, "deleted");
}

/* The first file that has a reason (DELAYED alone, or any other); or NULL. */
static const json_t *declined(const json_t *record, const json_t *onboarding,
			      bool delays)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(record, "documents"), i, one)
	{
		if (*zro_text(one, "reason") &&
		    zro_is(one, "reason", "DELAYED") == delays &&
		    is_reviewed(record, onboarding, one))
			return one;
	}
	return NULL;
}

static void set_status(json_t *onboarding, const char *status, int64_t due)
{
	json_object_set_new(onboarding, "status", json_string(status));
	if (due)
		json_object_set_new(onboarding, "due", json_integer(due));
	else
		json_object_del(onboarding, "due");
}

static void reject(json_t *onboarding, const json_t *document)
{
	const char *reason = zro_text(document, "reason");
	const char *status = status_for(reason);
	char *code = mem_printf("%s%s", status ? "ONBOARDING_" : "DOCUMENT_",
				reason);

	for (char *at = code; *at; at++)
		*at = *at == '-' ? '_' : (char)toupper((unsigned char)*at);
	json_object_set_new(onboarding, "failed_code", json_string(code));
	json_object_set(onboarding, "failed_type",
			json_object_get(document, "type"));
	json_object_set(onboarding, "failed_reason",
			json_object_get(document, "reason"));
	set_status(onboarding, status ? status : "rejected", 0);
	free(code);
}

/* It is good: the account is open. */
static void finish(json_t *record, json_t *onboarding)
{
	json_t *account = json_object_get(record, "account");

	set_status(onboarding, "finished", 0);
	json_object_set_new(account, "state", json_string("active"));
	json_object_set_new(account, "active", json_true());
}

/* One step, at DUE. */
static void step(json_t *record, json_t *onboarding, int64_t due,
		 int64_t review_ms)
{
	bool legal = zro_is(json_object_get(record, "account"), "person_type",
			    ZRO_LEGAL);
	bool fresh = zro_is(onboarding, "status", "in_process");
	const json_t *bad = declined(record, onboarding, false);

	if (zro_is(onboarding, "status", "approved"))
		finish(record, onboarding);
	else if (bad)
		reject(onboarding, bad);
	else if (fresh && declined(record, onboarding, true))
		set_status(onboarding, "in_process_delayed", due + review_ms);
	else if (legal)
		set_status(onboarding, "approved", due + review_ms / 2);
	else
		finish(record, onboarding);
}

bool zro_settle(json_t *record, int64_t now, int64_t review_ms)
{
	json_t *onboarding = zro_newest(record), *due;
	bool changed = false;

	while ((due = json_object_get(onboarding, "due"))) {
		int64_t at = json_integer_value(due);

		if (now < at)
			break;
		step(record, onboarding, at, review_ms);
		changed = true;
	}
	return changed;
}
