/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: which fields a body must have.
 * https://developers.dwolla.com/docs/balance/api-reference/customers/create
 * https://developers.dwolla.com/docs/balance/api-reference/customers/update
 */
#include "providers/sandbox/dwolla.h"

#include <strings.h>

static const char *const personal[] = { "personal", NULL };
static const char *const business[] = { "business", NULL };
static const char *const plain[] = { "unverified", "receive-only", NULL };
static const char *const sole[] = { "soleProprietorship", NULL };
static const char *const companies[] = { "llc", "corporation", "partnership",
					 NULL };

#define LAST                \
	{                   \
		.key = NULL \
	}
#define MUST(key, how)                             \
	{                                          \
		(key), (how), false, 0, NULL, NULL \
	}
#define MAY(key, how)                             \
	{                                         \
		(key), (how), true, 0, NULL, NULL \
	}
#define ONE_OF(key, list)                                    \
	{                                                    \
		(key), DWOLLA_CHOICE, false, 0, (list), NULL \
	}

static const struct dwolla_row passport[] = {
	MUST("number", DWOLLA_TEXT),
	MUST("country", DWOLLA_COUNTRY),
	LAST,
};

static const struct dwolla_row address[] = {
	{ "address1", DWOLLA_STREET, false, 50, NULL, NULL },
	{ "address2", DWOLLA_TEXT, true, 50, NULL, NULL },
	{ "address3", DWOLLA_TEXT, true, 50, NULL, NULL },
	{ "city", DWOLLA_CITY, false, 50, NULL, NULL },
	MUST("stateProvinceRegion", DWOLLA_STATE),
	MUST("country", DWOLLA_COUNTRY),
	MAY("postalCode", DWOLLA_TEXT),
	LAST,
};

#define NAMES                                                  \
	{ "firstName", DWOLLA_NAME, false, 50, NULL, NULL },   \
	{                                                      \
		"lastName", DWOLLA_NAME, false, 50, NULL, NULL \
	}

/* Of a controller and an owner alike. */
#define FOREIGNER(how_ssn)                                              \
	MUST("dateOfBirth", DWOLLA_BIRTH),                              \
		{ "address", DWOLLA_ADDRESS, false, 0, NULL, address }, \
		MAY("ssn", how_ssn),                                    \
	{                                                               \
		"passport", DWOLLA_PASSPORT, true, 0, NULL, passport    \
	}

static const struct dwolla_row controller[] = {
	NAMES,
	{ "title", DWOLLA_TEXT, false, 100, NULL, NULL },
	FOREIGNER(DWOLLA_SSN),
	LAST,
};

static const struct dwolla_row new_controller[] = {
	NAMES,
	{ "title", DWOLLA_TEXT, false, 100, NULL, NULL },
	FOREIGNER(DWOLLA_SSN_SHORT),
	LAST,
};

static const struct dwolla_row owner[] = {
	NAMES,
	FOREIGNER(DWOLLA_SSN),
	LAST,
};

/* What every customer says, and where a US customer is. */
#define ACCOUNT \
	NAMES, MUST("email", DWOLLA_EMAIL), MAY("ipAddress", DWOLLA_TEXT)

#define PLACE(zip)                                                    \
	{ "address1", DWOLLA_STREET, false, 50, NULL, NULL },         \
		{ "address2", DWOLLA_TEXT, true, 50, NULL, NULL },    \
		{ "city", DWOLLA_CITY, false, 50, NULL, NULL },       \
		MUST("state", DWOLLA_STATE), MUST("postalCode", zip), \
		MAY("phone", DWOLLA_PHONE)

#define COMPANY                                                      \
	ONE_OF("type", business), MUST("businessName", DWOLLA_TEXT), \
		MUST("businessClassification", DWOLLA_UUID),         \
		MAY("doingBusinessAs", DWOLLA_TEXT),                 \
		MAY("website", DWOLLA_URL)

static const struct dwolla_row retry_personal[] = {
	ACCOUNT,
	ONE_OF("type", personal),
	PLACE(DWOLLA_ZIP),
	MUST("dateOfBirth", DWOLLA_BIRTH),
	MUST("ssn", DWOLLA_SSN),
	LAST,
};

/* One page wants the EIN of a sole proprietorship, another does not. */
static const struct dwolla_row retry_sole[] = {
	ACCOUNT,
	COMPANY,
	PLACE(DWOLLA_ZIP),
	ONE_OF("businessType", sole),
	MUST("dateOfBirth", DWOLLA_BIRTH),
	MUST("ssn", DWOLLA_SSN),
	MAY("ein", DWOLLA_EIN),
	LAST,
};

static const struct dwolla_row retry_business[] = {
	ACCOUNT,
	COMPANY,
	PLACE(DWOLLA_ZIP),
	ONE_OF("businessType", companies),
	MUST("ein", DWOLLA_EIN),
	LAST,
};

static const struct dwolla_row retry_controller[] = {
	ACCOUNT,
	COMPANY,
	PLACE(DWOLLA_ZIP),
	ONE_OF("businessType", companies),
	MUST("ein", DWOLLA_EIN),
	{ "controller", DWOLLA_PERSON, false, 0, NULL, controller },
	LAST,
};

static const struct dwolla_row create_plain[] = {
	ACCOUNT,
	{ "type", DWOLLA_CHOICE, true, 0, plain, NULL },
	MAY("businessName", DWOLLA_TEXT),
	MAY("correlationId", DWOLLA_TEXT),
	LAST,
};

static const struct dwolla_row create_personal[] = {
	ACCOUNT,
	ONE_OF("type", personal),
	PLACE(DWOLLA_ZIP_LONG),
	MUST("dateOfBirth", DWOLLA_BIRTH),
	MUST("ssn", DWOLLA_SSN_SHORT),
	MAY("correlationId", DWOLLA_TEXT),
	LAST,
};

static const struct dwolla_row create_sole[] = {
	ACCOUNT,
	COMPANY,
	PLACE(DWOLLA_ZIP_LONG),
	ONE_OF("businessType", sole),
	MUST("dateOfBirth", DWOLLA_BIRTH),
	MUST("ssn", DWOLLA_SSN_SHORT),
	MAY("ein", DWOLLA_EIN),
	MAY("correlationId", DWOLLA_TEXT),
	LAST,
};

static const struct dwolla_row create_business[] = {
	ACCOUNT,
	COMPANY,
	PLACE(DWOLLA_ZIP_LONG),
	ONE_OF("businessType", companies),
	MUST("ein", DWOLLA_EIN),
	{ "controller", DWOLLA_PERSON, false, 0, NULL, new_controller },
	MAY("correlationId", DWOLLA_TEXT),
	LAST,
};

#define EDITABLE                                                           \
	MAY("email", DWOLLA_EMAIL), MAY("ipAddress", DWOLLA_TEXT),         \
		{ "address1", DWOLLA_STREET, true, 50, NULL, NULL },       \
		{ "address2", DWOLLA_TEXT, true, 50, NULL, NULL },         \
		{ "city", DWOLLA_CITY, true, 50, NULL, NULL },             \
		MAY("state", DWOLLA_STATE), MAY("postalCode", DWOLLA_ZIP), \
		MAY("phone", DWOLLA_PHONE)

static const struct dwolla_row edit_personal[] = {
	EDITABLE,
	LAST,
};

static const struct dwolla_row edit_business[] = {
	EDITABLE,
	MAY("doingBusinessAs", DWOLLA_TEXT),
	MAY("website", DWOLLA_URL),
	LAST,
};

static const struct dwolla_row edit_plain[] = {
	{ "firstName", DWOLLA_NAME, true, 50, NULL, NULL },
	{ "lastName", DWOLLA_NAME, true, 50, NULL, NULL },
	MAY("email", DWOLLA_EMAIL),
	MAY("businessName", DWOLLA_TEXT),
	LAST,
};

bool dwolla_is_json(struct call *call)
{
	const char *type = call_header(call, "Content-Type");
	size_t len = type ? strcspn(type, "; \t") : 0;

	if ((len == strlen("application/json") &&
	     !strncasecmp(type, "application/json", len)) ||
	    (len == strlen(DWOLLA_TYPE) &&
	     !strncasecmp(type, DWOLLA_TYPE, len)))
		return true;
	dwolla_refuse(call, 415, "");
	return false;
}

json_t *dwolla_check_create(const json_t *body)
{
	json_t *list = json_array();
	const struct dwolla_row *rows = create_plain;

	if (dwolla_is(body, "type", "personal"))
		rows = create_personal;
	else if (dwolla_is(body, "type", "business"))
		rows = dwolla_is(body, "businessType", sole[0])
			       ? create_sole
			       : create_business;
	dwolla_check_rows(list, "", rows, body);
	return list;
}

/* Is BODY about one person's business? What kind it is stays, unless just
 * that was wrong. */
static bool is_sole(const json_t *body, const json_t *record)
{
	const json_t *retry = json_object_get(record, "retry");

	if (json_object_get(body, "businessType") &&
	    dwolla_listed(json_object_get(retry, "fields"), "businessType"))
		return dwolla_is(body, "businessType", sole[0]);
	return dwolla_is_sole(record);
}

json_t *dwolla_check_retry(const json_t *body, const json_t *record)
{
	const json_t *retry = json_object_get(record, "retry");
	const struct dwolla_row *rows = retry_business;
	json_t *list = json_array();

	if (!dwolla_is_business(record))
		rows = retry_personal;
	else if (is_sole(body, record))
		rows = retry_sole;
	else if (json_is_true(json_object_get(retry, "controller")))
		rows = retry_controller;
	dwolla_check_rows(list, "", rows, body);
	return list;
}

json_t *dwolla_check_edit(const json_t *body, const json_t *record)
{
	json_t *list = json_array();
	const struct dwolla_row *rows = edit_personal;

	if (dwolla_is_business(record))
		rows = edit_business;
	else if (dwolla_in(record, "unverified"))
		rows = edit_plain;
	if (!json_object_size(body))
		dwolla_complain(list, "Required", "", "A field is required.");
	dwolla_check_rows(list, "", rows, body);
	return list;
}

json_t *dwolla_check_owner(const json_t *body)
{
	json_t *list = json_array();

	dwolla_check_rows(list, "", owner, body);
	dwolla_check_person(list, "", body);
	return list;
}
