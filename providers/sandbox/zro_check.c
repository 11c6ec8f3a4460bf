/* SPDX-License-Identifier: MIT */
/* Z.ro Bank: what may be in a body. Tables of fields, and their rules. */
#include "providers/sandbox/zro.h"

#include <ctype.h>

#include "forms/mem.h"

#define TEXT_MOST 500

enum rule {
	RULE_TEXT,
	RULE_TEXT_ANY, /* may be empty */
	RULE_DATE,     /* a day, with or without a time */
	RULE_DAY,
	RULE_CPF,
	RULE_TAX_ID,
	RULE_ZIP,
	RULE_STATE,
	RULE_PHONE,
	RULE_EMAIL,
	RULE_TYPE,
	RULE_BOOLEAN,
	RULE_TRUE,
	RULE_NUMBER,
	RULE_CENTS,
	RULE_PERCENT,
	RULE_UUID,
	RULE_UUID_OR_NULL,
	RULE_ADDRESS,
	RULE_ADDRESS_NATURAL,
};

struct row {
	const char *key;
	enum rule rule;
	bool optional;
};

/* https://docs.zrobank.io/baas/guides/legal-person-onboarding */
static const struct row legal[] = {
	{ "address", RULE_ADDRESS, false },
	{ "company_revenue", RULE_CENTS, false },
	{ NULL, RULE_TEXT, false },
};

/* https://docs.zroglobal.io/baas/endpoints/
 * v-2-create-legal-person-onboarding-rest-controller-execute-v-2 */
static const struct row legal_with_terms[] = {
	{ "address", RULE_ADDRESS, false },
	{ "company_revenue", RULE_CENTS, false },
	{ "accepted_terms", RULE_TRUE, false },
	{ NULL, RULE_TEXT, false },
};

/* https://docs.zrobank.io/baas/guides/natural-person-onboarding */
static const struct row natural[] = {
	{ "address", RULE_ADDRESS_NATURAL, false },
	{ "nationality", RULE_TEXT, false },
	{ "pep", RULE_BOOLEAN, false },
	{ "pep_since", RULE_DAY, true },
	{ "occupation_cbo_code", RULE_NUMBER, true },
	{ "occupation_income", RULE_CENTS, true },
	{ "patrimony", RULE_CENTS, true },
	{ NULL, RULE_TEXT, false },
};

static const struct row address[] = {
	{ "zip_code", RULE_ZIP, false },
	{ "street", RULE_TEXT, false },
	{ "number", RULE_NUMBER, false },
	{ "neighborhood", RULE_TEXT, false },
	{ "city", RULE_TEXT, false },
	{ "federative_unit", RULE_STATE, false },
	{ "country", RULE_TEXT, false },
	{ "complement", RULE_TEXT_ANY, true },
	{ NULL, RULE_TEXT, false },
};

static const struct row address_natural[] = {
	{ "zip_code", RULE_ZIP, false },
	{ "street", RULE_TEXT, false },
	{ "number", RULE_NUMBER, false },
	{ "neighborhood", RULE_TEXT_ANY, true },
	{ "city", RULE_TEXT, false },
	{ "federative_unit", RULE_STATE, false },
	{ "country", RULE_TEXT, false },
	{ "complement", RULE_TEXT_ANY, true },
	{ NULL, RULE_TEXT, false },
};

/* https://docs.zrobank.io/baas/endpoints/
 * v-1-create-shareholder-rest-controller-execute-v-1 */
static const struct row shareholder[] = {
	{ "name", RULE_TEXT, false },
	{ "document", RULE_TAX_ID, false },
	{ "type", RULE_TYPE, false },
	{ "participation_percentage", RULE_PERCENT, true },
	{ "zip_code", RULE_ZIP, true },
	{ NULL, RULE_TEXT, false },
};

static const struct row shareholder_change[] = {
	{ "name", RULE_TEXT, true },
	{ "participation_percentage", RULE_PERCENT, true },
	{ "type", RULE_TYPE, true },
	{ "zip_code", RULE_ZIP, true },
	{ NULL, RULE_TEXT, false },
};

#define REPRESENTATIVE_OF_ALL                                       \
	{ "document", RULE_CPF, false },                            \
		{ "document_country", RULE_TEXT, true },            \
		{ "birth_date", RULE_DATE, false },                 \
		{ "income", RULE_CENTS, true },                     \
		{ "patrimony", RULE_CENTS, true },                  \
		{ "participation_percentage", RULE_PERCENT, true }, \
		{ "pep", RULE_BOOLEAN, false },                     \
		{ "is_public_server", RULE_BOOLEAN, false },        \
		{ "representor_type", RULE_TYPE, false },           \
		{ "relationship_start_date", RULE_DATE, false },    \
		{ "relationship_end_date", RULE_DATE, true },       \
		{ "registration_update_date", RULE_DATE, true },    \
	{                                                           \
		"address", RULE_ADDRESS, false                      \
	}

/* https://docs.zrobank.io/baas/endpoints/
 * v-3-create-legal-representative-rest-controller-execute-v-3 */
static const struct row representative_v3[] = {
	{ "name", RULE_TEXT, false },	{ "mother_name", RULE_TEXT, false },
	REPRESENTATIVE_OF_ALL,		{ "phone_number", RULE_PHONE, false },
	{ "email", RULE_EMAIL, false }, { "shareholder_id", RULE_UUID, false },
	{ NULL, RULE_TEXT, false },
};

static const struct row representative_v2[] = {
	{ "name", RULE_TEXT, false },  { "mother_name", RULE_TEXT, false },
	REPRESENTATIVE_OF_ALL,	       { "phone_number", RULE_PHONE, true },
	{ "email", RULE_EMAIL, true }, { "shareholder_id", RULE_UUID, false },
	{ NULL, RULE_TEXT, false },
};

static const struct row representative_v1[] = {
	{ "full_name", RULE_TEXT, false },     REPRESENTATIVE_OF_ALL,
	{ "phone_number", RULE_PHONE, true },  { "email", RULE_EMAIL, true },
	{ "shareholder_id", RULE_UUID, true }, { NULL, RULE_TEXT, false },
};

/* https://docs.zrobank.io/baas/endpoints/
 * v-2-update-legal-representative-rest-controller-execute-v-2 */
static const struct row representative_change[] = {
	{ "name", RULE_TEXT, true },
	{ "mother_name", RULE_TEXT, true },
	{ "birth_date", RULE_DATE, true },
	{ "income", RULE_CENTS, true },
	{ "patrimony", RULE_CENTS, true },
	{ "participation_percentage", RULE_PERCENT, true },
	{ "pep", RULE_BOOLEAN, true },
	{ "is_public_server", RULE_BOOLEAN, true },
	{ "representor_type", RULE_TYPE, true },
	{ "phone_number", RULE_PHONE, true },
	{ "email", RULE_EMAIL, true },
	{ "relationship_start_date", RULE_DATE, true },
	{ "relationship_end_date", RULE_DATE, true },
	{ "registration_update_date", RULE_DATE, true },
	{ "shareholder_id", RULE_UUID_OR_NULL, true },
	{ "address", RULE_ADDRESS, true },
	{ NULL, RULE_TEXT, false },
};

static bool digits_only(const char *text, size_t least, size_t most)
{
	size_t len = strspn(text, "0123456789");

	return !text[len] && len >= least && len <= most;
}

/* The check digit over the first LEN digits, whose weights run down to 2 and
 * begin again above MOST. */
static char check_digit(const char *text, size_t len, int most)
{
	int sum = 0, weight = 2;

	while (len--) {
		sum += (text[len] - '0') * weight;
		weight = weight == most ? 2 : weight + 1;
	}
	return (char)(sum % 11 < 2 ? '0' : '0' + 11 - sum % 11);
}

/* A row of one and the same digit passes the sum, and is nobody's. */
static bool checks(const char *text, size_t len, int most)
{
	const char same[] = { *text, '\0' };

	return digits_only(text, len, len) && strspn(text, same) < len &&
	       check_digit(text, len - 2, most) == text[len - 2] &&
	       check_digit(text, len - 1, most) == text[len - 1];
}

static bool is_cpf(const char *text)
{
	return checks(text, 11, 12);
}

bool zro_is_tax_id(const char *text)
{
	return is_cpf(text) || checks(text, 14, 9);
}

void zro_complete_tax_id(char text[15])
{
	size_t len = strlen(text);
	int most = len == 9 ? 12 : 9;

	for (size_t i = 0; i < 2 && len + 1 < 15; i++) {
		text[len] = check_digit(text, len, most);
		text[++len] = '\0';
	}
}

/* NULL, or what is wrong with TEXT as a CPF or CNPJ. */
static const char *wrong_tax_id(const char *text)
{
	if (zro_is_tax_id(text))
		return NULL;
	if (digits_only(text, 11, 11))
		return "INVALID_CPF_FORMAT";
	return digits_only(text, 14, 14) ? "INVALID_CNPJ_FORMAT"
					 : "IS_CPF_OR_CNPJ";
}

/* YYYY-MM-DD, or that and THH:MM:SS.mmmZ. */
static bool date_good(const char *text)
{
	char day[11];

	snprintf(day, sizeof(day), "%s", text);
	if (!day_valid(day))
		return false;
	return !text[10] ||
	       (text[10] == 'T' && strlen(text + 11) >= 9 &&
		strspn(text + 11, "0123456789:.") == strlen(text + 11) - 1 &&
		text[strlen(text) - 1] == 'Z');
}

static bool email_good(const char *text)
{
	const char *at = strchr(text, '@');

	return at && at > text && at[1] && !strchr(at + 1, '@') &&
	       !strpbrk(text, " \t\r\n");
}

static bool state_good(const char *text)
{
	return strlen(text) == 2 && isupper((unsigned char)text[0]) &&
	       isupper((unsigned char)text[1]);
}

static bool type_good(const char *text)
{
	return !strcmp(text, "PARTNER") || !strcmp(text, "ATTORNEY") ||
	       !strcmp(text, "ADMINISTRATOR") || !strcmp(text, "OTHER");
}

/* A string that is there: NULL, or the code of what is wrong with it. */
static const char *wrong_text(enum rule rule, const char *text)
{
	switch (rule) {
	case RULE_DATE:
		return date_good(text) ? NULL : "INVALID_FORMAT";
	case RULE_DAY:
		return day_valid(text) ? NULL : "INVALID_FORMAT";
	case RULE_CPF:
		return is_cpf(text) ? NULL : "INVALID_CPF_FORMAT";
	case RULE_TAX_ID:
		return wrong_tax_id(text);
	case RULE_ZIP:
		return digits_only(text, 8, 8) ? NULL : "MATCHES";
	case RULE_STATE:
		return state_good(text) ? NULL : "MATCHES";
	case RULE_PHONE:
		return digits_only(text, 8, 15) ? NULL : "MATCHES";
	case RULE_EMAIL:
		return email_good(text) ? NULL : "MATCHES";
	case RULE_TYPE:
		return type_good(text) ? NULL : "IS_ENUM";
	case RULE_UUID:
	case RULE_UUID_OR_NULL:
		return uuid_is_v4(text) ? NULL : "IS_UUID";
	default:
		return NULL;
	}
}

static const char *wrong_string(enum rule rule, const json_t *value)
{
	const char *text = json_string_value(value);

	if (!text || json_string_length(value) > TEXT_MOST)
		return "VALIDATION";
	if (!*text && rule != RULE_TEXT_ANY)
		return "MISSING_DATA";
	return wrong_text(rule, text);
}

/* A value that is there and no address: NULL, or the code. */
static const char *wrong(enum rule rule, const json_t *value)
{
	double number = json_number_value(value);
	bool good;

	switch (rule) {
	case RULE_BOOLEAN:
		good = json_is_boolean(value);
		break;
	case RULE_TRUE:
		good = json_is_true(value);
		break;
	case RULE_NUMBER:
		good = json_is_number(value);
		break;
	case RULE_CENTS:
		good = json_is_integer(value) && number >= 0;
		break;
	case RULE_PERCENT:
		good = json_is_number(value) && number >= 0 && number <= 100;
		break;
	case RULE_UUID_OR_NULL:
		return json_is_null(value) ? NULL : wrong_string(rule, value);
	default:
		return wrong_string(rule, value);
	}
	return good ? NULL : "VALIDATION";
}

static bool deny_at(struct call *call, const char *code, const char *prefix,
		    const char *key)
{
	char *param = mem_printf("%s%s%.60s", prefix, *prefix ? "." : "", key);

	zro_deny(call, code, param);
	free(param);
	return false;
}

static bool check(struct call *call, const json_t *object, const char *prefix,
		  const struct row *rows);

static bool check_row(struct call *call, const json_t *value,
		      const char *prefix, const struct row *row)
{
	const char *code;

	if (row->rule == RULE_ADDRESS || row->rule == RULE_ADDRESS_NATURAL) {
		if (!json_is_object(value))
			return deny_at(call, "VALIDATION", prefix, row->key);
		return check(call, value, row->key,
			     row->rule == RULE_ADDRESS ? address
						       : address_natural);
	}
	code = wrong(row->rule, value);
	return !code || deny_at(call, code, prefix, row->key);
}

/* One thing that is wrong is said at a time, in the order of the rows. */
static bool check(struct call *call, const json_t *object, const char *prefix,
		  const struct row *rows)
{
	const struct row *row;
	const char *key;
	json_t *value;

	for (row = rows; row->key; row++) {
		value = json_object_get(object, row->key);
		if (!value && !row->optional)
			return deny_at(call, "MISSING_DATA", prefix, row->key);
		if (value && !check_row(call, value, prefix, row))
			return false;
	}
	json_object_foreach((json_t *)(uintptr_t)object, key, value)
	{
		for (row = rows; row->key && strcmp(row->key, key); row++)
			continue;
		if (!row->key)
			return deny_at(call, "VALIDATION", prefix, key);
	}
	return true;
}

bool zro_check_legal(struct call *call, bool with_terms)
{
	return check(call, call->body, "",
		     with_terms ? legal_with_terms : legal);
}

bool zro_check_natural(struct call *call)
{
	return check(call, call->body, "", natural);
}

bool zro_check_shareholder(struct call *call, bool whole)
{
	if (!whole && !json_object_size(call->body))
		return zro_deny(call, "MISSING_DATA", NULL);
	return check(call, call->body, "",
		     whole ? shareholder : shareholder_change);
}

bool zro_check_representative(struct call *call, int version)
{
	static const struct row *const rows[] = { representative_v1,
						  representative_v2,
						  representative_v3 };

	if (!check(call, call->body, "", rows[version - 1]))
		return false;
	/* The second version wants one of the two, the third both. */
	return version != 2 || json_object_get(call->body, "phone_number") ||
	       json_object_get(call->body, "email") ||
	       zro_deny(call, "MISSING_DATA", "phone_number");
}

bool zro_check_representative_change(struct call *call)
{
	if (!json_object_size(call->body))
		return zro_deny(call, "MISSING_DATA", NULL);
	return check(call, call->body, "", representative_change);
}
