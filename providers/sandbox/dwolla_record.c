/* SPDX-License-Identifier: MIT */
/* Dwolla: looking into a customer's record, and moving it on. */
#include "providers/sandbox/dwolla.h"

#include <strings.h>

#define EVENTS_MOST 500

const char *dwolla_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

bool dwolla_is(const json_t *object, const char *key, const char *text)
{
	return !strcmp(dwolla_text(object, key), text);
}

bool dwolla_listed(const json_t *list, const char *text)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		if (json_is_string(one) &&
		    !strcmp(json_string_value(one), text))
			return true;
	}
	return false;
}

bool dwolla_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	while (*text) {
		size_t here = strcspn(text, " ");

		if (here == len && !strncasecmp(text, word, len))
			return true;
		text += here;
		text += strspn(text, " ");
	}
	return false;
}

json_t *dwolla_shape(const json_t *record)
{
	return json_object_get(record, "customer");
}

const char *dwolla_status(const json_t *record)
{
	return dwolla_text(dwolla_shape(record), "status");
}

bool dwolla_in(const json_t *record, const char *status)
{
	return !strcmp(dwolla_status(record), status);
}

bool dwolla_is_status(const char *text)
{
	static const char *const states[] = { "unverified",  "retry",
					      "kba",	     "document",
					      "verified",    "suspended",
					      "deactivated", NULL };
	size_t i = 0;

	while (states[i] && strcmp(states[i], text) != 0)
		i++;
	return states[i];
}

bool dwolla_is_business(const json_t *record)
{
	return dwolla_is(dwolla_shape(record), "type", "business");
}

bool dwolla_is_sole(const json_t *record)
{
	return dwolla_is(dwolla_shape(record), "businessType",
			 "soleProprietorship");
}

bool dwolla_has_owners(const json_t *record)
{
	return dwolla_is_business(record) && !dwolla_is_sole(record);
}

bool dwolla_needs(const json_t *record, const char *what)
{
	json_t *need;
	size_t i;

	json_array_foreach(json_object_get(record, "needs"), i, need)
	{
		if (dwolla_is(need, "what", what))
			return true;
	}
	return false;
}

json_t *dwolla_find(const json_t *list, const char *id)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		if (dwolla_is(one, "id", id))
			return one;
	}
	return NULL;
}

void dwolla_open_certification(json_t *record)
{
	json_t *certification = json_object_get(record, "certification");

	if (!*dwolla_text(certification, "status"))
		json_object_set_new(certification, "status",
				    json_string("uncertified"));
}

json_t *dwolla_record(json_t *shape, json_t *filed)
{
	json_t *record = json_pack(
		"{ss so so s[] s[] s{sb s[]} s[] s[] s{ss sI} ss s[]}", "id",
		dwolla_text(shape, "id"), "customer", shape, "filed", filed,
		"needs", "directives", "retry", "controller", 0, "fields",
		"documents", "owners", "certification", "status", "", "since",
		(json_int_t)0, "before", "", "events");

	if (dwolla_has_owners(record))
		dwolla_open_certification(record);
	return record;
}

/* PERSON without what is never shown of one. */
static json_t *person_shown(const json_t *person)
{
	json_t *shown = json_deep_copy(person);

	json_object_del(shown, "ssn");
	json_object_del(shown, "dateOfBirth");
	json_object_del(shown, "passport");
	return shown;
}

json_t *dwolla_shown(const json_t *body)
{
	json_t *shown = person_shown(body);
	json_t *controller = json_object_get(body, "controller");

	json_object_del(shown, "ein");
	json_object_del(shown, "ipAddress");
	if (controller)
		json_object_set_new(shown, "controller",
				    person_shown(controller));
	return shown;
}

/* Moving it on. */

/* Topics of a customer's status; the others are nobody's news. */
static const struct news {
	const char *status, *topic;
} news[] = {
	{ "verified", "customer_verified" },
	{ "retry", "customer_reverification_needed" },
	{ "kba", "customer_kba_verification_needed" },
	{ "document", "customer_verification_document_needed" },
	{ "suspended", "customer_suspended" },
	{ "deactivated", "customer_deactivated" },
};

void dwolla_event(json_t *record, int64_t now, const char *topic,
		  const char *kind, const char *id)
{
	json_t *events = json_object_get(record, "events");
	char own[UUID_SIZE];

	uuid_new(own);
	if (json_array_size(events) >= EVENTS_MOST)
		json_array_remove(events, 0);
	json_array_append_new(events,
			      json_pack("{ss sI ss ss ss}", "id", own, "at",
					(json_int_t)now, "topic", topic,
					"resource", id, "kind", kind));
}

void dwolla_set_status(json_t *record, const char *status, int64_t now)
{
	bool same = dwolla_in(record, status);
	size_t i;

	json_object_set_new(dwolla_shape(record), "status",
			    json_string(status));
	for (i = 0; !same && i < sizeof(news) / sizeof(news[0]); i++)
		if (!strcmp(news[i].status, status))
			dwolla_event(record, now, news[i].topic, "customers",
				     dwolla_text(record, "id"));
}

void dwolla_need(json_t *record, const char *what, const char *code)
{
	json_array_append_new(json_object_get(record, "needs"),
			      json_pack("{ss ss}", "what", what, "code", code));
}

void dwolla_ask_retry(json_t *record, bool controller, const char *field,
		      int64_t now)
{
	json_t *retry = json_object_get(record, "retry");

	if (controller)
		json_object_set_new(retry, "controller", json_true());
	if (*field && !dwolla_listed(json_object_get(retry, "fields"), field))
		json_array_append_new(json_object_get(retry, "fields"),
				      json_string(field));
	dwolla_set_status(record, "retry", now);
}

/* A directive that only a correction answers; NULL: there is none left. */
static const struct dwolla_directive *correction(const json_t *record)
{
	json_t *code;
	size_t i;

	json_array_foreach(json_object_get(record, "directives"), i, code)
	{
		const struct dwolla_directive *directive =
			dwolla_directive(json_string_value(code));

		if (directive &&
		    (directive->action == DWOLLA_CORRECT ||
		     directive->action == DWOLLA_CORRECT_CONTROLLER))
			return directive;
	}
	return NULL;
}

void dwolla_advance(json_t *record, int64_t now)
{
	const struct dwolla_directive *directive = correction(record);

	if (json_array_size(json_object_get(record, "needs"))) {
		dwolla_set_status(record, "document", now);
	} else if (directive) {
		dwolla_ask_retry(record,
				 directive->action == DWOLLA_CORRECT_CONTROLLER,
				 directive->field, now);
	} else {
		json_array_clear(json_object_get(record, "directives"));
		dwolla_set_status(record, "verified", now);
	}
}

/*
 * What the provider's own sandbox makes of words in names:
 * https://developers.dwolla.com/docs/balance/testing/customers
 */
static void judge_person(json_t *record, const char *name, int64_t now)
{
	static const char *const states[] = { "retry", "kba", "document",
					      "suspended", NULL };
	size_t i = 0;

	while (states[i] && !dwolla_word(name, states[i]))
		i++;
	if (states[i] && !strcmp(states[i], "document"))
		dwolla_need(record, "person", "");
	dwolla_set_status(record, states[i] ? states[i] : "verified", now);
}

static void judge_business(json_t *record, const char *person,
			   const char *business, int64_t now)
{
	bool controller = dwolla_has_owners(record);

	if (dwolla_word(person, "suspended")) {
		dwolla_set_status(record, "suspended", now);
		return;
	}
	if (dwolla_word(person, "retry") || dwolla_word(business, "retry")) {
		dwolla_ask_retry(record,
				 controller && dwolla_word(person, "retry"), "",
				 now);
		return;
	}
	if (dwolla_word(person, "document"))
		dwolla_need(record, "person", "");
	if (dwolla_word(business, "document"))
		dwolla_need(record, "business", "");
	dwolla_advance(record, now);
}

void dwolla_judge(json_t *record, const json_t *body, int64_t now)
{
	const char *name = dwolla_text(body, "firstName");

	if (dwolla_has_owners(record)) {
		json_t *controller = json_object_get(body, "controller");

		/* A business alone is corrected without its controller. */
		judge_business(record, dwolla_text(controller, "firstName"),
			       dwolla_text(body, "businessName"), now);
	} else if (dwolla_is_business(record)) {
		judge_business(record, name, dwolla_text(body, "businessName"),
			       now);
	} else if (dwolla_is(body, "type", "personal")) {
		judge_person(record, name, now);
	} else {
		dwolla_set_status(record, "unverified", now);
	}
}
