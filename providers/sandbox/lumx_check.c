/* SPDX-License-Identifier: MIT */
/* Lumx: what may be in a body. Tables of fields, and the rules they name. */
#include "providers/sandbox/lumx.h"

#include <ctype.h>

#include "forms/mem.h"
#include "forms/tax_id.h"

#define TEXT_MOST 2000
#define LIST_MOST 50

enum rule {
	RULE_TEXT,
	RULE_TEXT_ANY, /* may be empty */
	RULE_DAY,
	RULE_COUNTRY,
	RULE_EMAIL,
	RULE_PHONE,
	RULE_TAX_ID,
	RULE_AMOUNT,
	RULE_CODE, /* upper case and underscores: the list is not all known */
	RULE_CHOICE,
	RULE_CHOICES,
	RULE_BOOLEAN,
	RULE_ADDRESS,
	RULE_PERCENT,
	RULE_UUID,
	RULE_OBJECT,
};

struct row {
	const char *key;
	enum rule rule;
	bool optional;
	const char *const *choices; /* ends with NULL */
};

static const char *const individual[] = { "INDIVIDUAL", NULL };
static const char *const business[] = { "BUSINESS", NULL };
static const char *const currencies[] = { "BRL", "USD", "EUR", "MXN", NULL };
static const char *const jurisdictions[] = { "BRA",    "USA",	"EU",
					     "CANADA", "CHINA", "MEXICO",
					     "OTHERS", NULL };
static const char *const activities[] = { "NONE",     "ADULT_ENTERTAINMENT",
					  "DRUGS",    "FIREARMS",
					  "GAMBLING", "MARIJUANA",
					  "TUMBLING", NULL };
static const char *const counterparties[] = {
	"SELF",	       "MERCHANTS_SUPPLIERS",
	"CUSTOMERS",   "EMPLOYEES",
	"CONTRACTORS", "FRIENDS",
	"FAMILY",      NULL
};
static const char *const funds[] = { "EMPLOYMENT",  "SAVINGS",
				     "WINNINGS",    "MARITAL",
				     "REAL_ESTATE", "TRUST",
				     "INVESTMENT",  "OTHER",
				     "COMPANY",	    "COMPANY_CAPITAL",
				     "LOAN",	    "PRIVATE_CAPITAL",
				     "GRANT",	    NULL };
static const char *const situations[] = { "EMPLOYEE",	"SELF_EMPLOYED",
					  "UNEMPLOYED", "RETIRED",
					  "OTHER",	NULL };
static const char *const roles[] = { "UBO", "SHAREHOLDER", "REPRESENTATIVE",
				     NULL };
static const char *const company_roles[] = { "SHAREHOLDER", NULL };

/* Lumx: https://docs.lumx.io/api-reference/customers/create-a-customer */
static const struct row create_individual[] = {
	{ "type", RULE_CHOICE, false, individual },
	{ "name", RULE_TEXT, false, NULL },
	{ "taxId", RULE_TAX_ID, false, NULL },
	{ "birthDate", RULE_DAY, false, NULL },
	{ "country", RULE_COUNTRY, false, NULL },
	{ "email", RULE_EMAIL, false, NULL },
	{ "metadata", RULE_OBJECT, true, NULL },
	{ "accounts", RULE_CHOICES, true, currencies },
	{ NULL, RULE_TEXT, false, NULL },
};

static const struct row create_business[] = {
	{ "type", RULE_CHOICE, false, business },
	{ "legalName", RULE_TEXT, false, NULL },
	{ "taxId", RULE_TAX_ID, false, NULL },
	{ "incorporationDate", RULE_DAY, false, NULL },
	{ "country", RULE_COUNTRY, false, NULL },
	{ "email", RULE_EMAIL, false, NULL },
	{ "metadata", RULE_OBJECT, true, NULL },
	{ "accounts", RULE_CHOICES, true, currencies },
	{ NULL, RULE_TEXT, false, NULL },
};

/* Lumx: https://docs.lumx.io/additional-information/onboarding-fields */
#define INFORMATION_OF_BOTH                                                \
	{ "phone", RULE_PHONE, false, NULL },                              \
		{ "address", RULE_ADDRESS, false, NULL },                  \
		{ "monthlyVolumeInUSD", RULE_AMOUNT, false, NULL },        \
		{ "transactionVolumeInUSD", RULE_AMOUNT, false, NULL },    \
		{ "jurisdictions", RULE_CHOICES, false, jurisdictions },   \
		{ "involvedActivities", RULE_CHOICES, false, activities }, \
		{ "transactionCounterparties", RULE_CHOICES, false,        \
		  counterparties },                                        \
	{                                                                  \
		"sourceOfFunds", RULE_CHOICE, false, funds                 \
	}

static const struct row information_individual[] = {
	{ "type", RULE_CHOICE, false, individual },
	{ "firstName", RULE_TEXT, false, NULL },
	{ "middleName", RULE_TEXT_ANY, true, NULL },
	{ "lastName", RULE_TEXT, false, NULL },
	INFORMATION_OF_BOTH,
	{ "professionalSituation", RULE_CHOICE, false, situations },
	{ "professionalOccupation", RULE_TEXT, false, NULL },
	{ NULL, RULE_TEXT, false, NULL },
};

static const struct row information_business[] = {
	{ "type", RULE_CHOICE, false, business },
	INFORMATION_OF_BOTH,
	{ "companyType", RULE_CODE, false, NULL },
	{ "annualRevenue", RULE_AMOUNT, false, NULL },
	{ "monthlyTransactionVolume", RULE_AMOUNT, false, NULL },
	{ "complianceAndAML", RULE_TEXT, false, NULL },
	{ "isRegulatedActivity", RULE_BOOLEAN, false, NULL },
	{ "regulatedActivityDetails", RULE_TEXT_ANY, false, NULL },
	{ "website", RULE_TEXT, false, NULL },
	{ "servicesProvided", RULE_TEXT, false, NULL },
	{ NULL, RULE_TEXT, false, NULL },
};

/* Lumx: https://docs.lumx.io/api-reference/customers/create-an-associated-party
 */
static const struct row party_individual[] = {
	{ "type", RULE_CHOICE, false, individual },
	{ "role", RULE_CHOICE, false, roles },
	{ "name", RULE_TEXT, false, NULL },
	{ "birthDate", RULE_DAY, false, NULL },
	{ "email", RULE_EMAIL, false, NULL },
	{ "taxId", RULE_TAX_ID, false, NULL },
	{ "address", RULE_ADDRESS, false, NULL },
	{ "ownershipPercentage", RULE_PERCENT, true, NULL },
	{ "parentId", RULE_UUID, true, NULL },
	{ NULL, RULE_TEXT, false, NULL },
};

static const struct row party_business[] = {
	{ "type", RULE_CHOICE, false, business },
	{ "role", RULE_CHOICE, false, company_roles },
	{ "legalName", RULE_TEXT, true, NULL },
	{ "incorporationDate", RULE_DAY, true, NULL },
	{ "email", RULE_EMAIL, true, NULL },
	{ "taxId", RULE_TAX_ID, true, NULL },
	{ "address", RULE_ADDRESS, true, NULL },
	{ "ownershipPercentage", RULE_PERCENT, true, NULL },
	{ "parentId", RULE_UUID, true, NULL },
	{ NULL, RULE_TEXT, false, NULL },
};

static const struct row address[] = {
	{ "country", RULE_COUNTRY, false, NULL },
	{ "line1", RULE_TEXT, false, NULL },
	{ "city", RULE_TEXT, false, NULL },
	{ "state", RULE_TEXT, false, NULL },
	{ "postalCode", RULE_TEXT, false, NULL },
	{ NULL, RULE_TEXT, false, NULL },
};

/* Lumx: https://docs.lumx.io/additional-information/document-types */
static const struct lumx_document documents[] = {
	{ "ID_CARD", LUMX_FOR_PERSON, true },
	{ "PASSPORT", LUMX_FOR_PERSON, true },
	{ "DRIVERS_LICENSE", LUMX_FOR_PERSON, true },
	{ "BANK_STATEMENT", LUMX_FOR_PERSON | LUMX_FOR_COMPANY, false },
	{ "INCOME_TAX_RETURN", LUMX_FOR_PERSON | LUMX_FOR_COMPANY, false },
	{ "DELIVERY_RECEIPT", LUMX_FOR_PERSON | LUMX_FOR_COMPANY, false },
	{ "SELFIE", LUMX_FOR_PERSON, false },
	{ "INCORPORATION_ARTICLES", LUMX_FOR_COMPANY, false },
	{ "SHAREHOLDER_REGISTRY", LUMX_FOR_COMPANY, false },
	{ "DIRECTORS_REGISTRY", LUMX_FOR_COMPANY, false },
	{ "POWER_OF_ATTORNEY", LUMX_FOR_COMPANY, false },
	{ "REGULATED_ACTIVITY_DOCUMENT", LUMX_FOR_COMPANY, false },
	{ "SIGNED_BALANCE_SHEET", LUMX_FOR_COMPANY, false },
	{ "SIGNED_CORPORATE_STRUCTURE_CHART", LUMX_FOR_COMPANY, false },
	{ "SIGNED_INCOME_STATEMENT", LUMX_FOR_COMPANY, false },
	{ "PROOF_OF_ADDRESS", LUMX_FOR_PERSON | LUMX_FOR_COMPANY, false },
	{ "OTHER", LUMX_FOR_PERSON | LUMX_FOR_COMPANY, false },
	{ NULL, 0, false },
};

static const char countries[] =
	"ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT "
	"AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR BLZ BMU BOL "
	"BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG "
	"COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM "
	"DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR "
	"GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY "
	"HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA "
	"JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY "
	"LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL "
	"MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM "
	"NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER "
	"PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU "
	"SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR "
	"SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON "
	"TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB "
	"VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE";

bool lumx_country(const char *alpha3)
{
	const char *at = strlen(alpha3) == 3 ? strstr(countries, alpha3) : NULL;

	return at && !strchr(alpha3, ' ') && (at - countries) % 4 == 0;
}

const struct lumx_document *lumx_document_find(const char *type)
{
	const struct lumx_document *document = documents;

	while (document->type && strcmp(document->type, type))
		document++;
	return document->type ? document : NULL;
}

/* Say PREFIX.KEY WHAT. */
static void complain(json_t *list, const char *prefix, const char *key,
		     const char *what)
{
	json_array_append_new(list,
			      json_sprintf("%s%s%s %s", prefix,
					   *prefix ? "." : "", key, what));
}

static bool email_good(const char *text)
{
	const char *at = strchr(text, '@');

	return at && at > text && !strchr(at + 1, '@') && strchr(at + 1, '.') &&
	       at[1] != '.' && !strchr(text, ' ') &&
	       text[strlen(text) - 1] != '.';
}

static bool phone_good(const char *text)
{
	size_t digits = *text == '+' ? strspn(text + 1, "0123456789") : 0;

	return digits >= 7 && digits <= 15 && text[1] != '0' &&
	       !text[1 + digits];
}

static bool amount_good(const char *text)
{
	size_t whole = strspn(text, "0123456789");
	size_t part =
		text[whole] == '.' ? strspn(text + whole + 1, "0123456789") : 0;

	if (!whole || whole > 15)
		return false;
	return !text[whole] ||
	       (part >= 1 && part <= 2 && !text[whole + 1 + part]);
}

static bool tax_id_good(const char *text)
{
	size_t good = 0;

	if (strlen(text) > 40)
		return false;
	for (; *text; text++)
		good += isalnum((unsigned char)*text) != 0;
	return good >= 4;
}

static bool code_good(const char *text)
{
	return isupper((unsigned char)*text) &&
	       !text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_")];
}

static bool in(const char *const *choices, const char *text)
{
	while (*choices && strcmp(*choices, text))
		choices++;
	return *choices;
}

/* A string that is there: NULL, or what is wrong with it. */
static const char *wrong_text(const struct row *row, const char *text)
{
	char id[UUID_SIZE];

	switch (row->rule) {
	case RULE_DAY:
		return day_valid(text) ? NULL : "must be a date, YYYY-MM-DD";
	case RULE_COUNTRY:
		return lumx_country(text)
			       ? NULL
			       : "must be an ISO 3166-1 alpha-3 country code";
	case RULE_EMAIL:
		return email_good(text) ? NULL : "must be an email";
	case RULE_PHONE:
		return phone_good(text) ? NULL
					: "must be a phone number like "
					  "+5511999999999";
	case RULE_TAX_ID:
		return tax_id_good(text) ? NULL : "must be a valid tax id";
	case RULE_AMOUNT:
		return amount_good(text) ? NULL : "must be a decimal number";
	case RULE_CODE:
		return code_good(text) ? NULL : "must be a valid code";
	case RULE_CHOICE:
		return in(row->choices, text) ? NULL
					      : "must be a valid enum value";
	case RULE_UUID:
		return uuid_read(text, id) ? NULL : "must be a UUID";
	default:
		return NULL;
	}
}

static void check_text(json_t *list, const char *prefix, const struct row *row,
		       const json_t *value)
{
	const char *text = json_string_value(value), *wrong = NULL;

	if (!text)
		wrong = "must be a string";
	else if (!*text && row->rule != RULE_TEXT_ANY)
		wrong = "should not be empty";
	else if (json_string_length(value) > TEXT_MOST)
		wrong = "is too long";
	else
		wrong = wrong_text(row, text);
	if (wrong)
		complain(list, prefix, row->key, wrong);
}

/* "NONE" of the activities stands alone. */
static void check_choices(json_t *list, const char *prefix,
			  const struct row *row, const json_t *value)
{
	size_t count = json_array_size(value), i;
	bool none = false;
	json_t *one;

	if (!json_is_array(value) || !count || count > LIST_MOST) {
		complain(list, prefix, row->key,
			 json_is_array(value) ? "should not be empty"
					      : "must be an array");
		return;
	}
	json_array_foreach(value, i, one)
	{
		const char *text = json_string_value(one);

		if (!text || !in(row->choices, text)) {
			complain(list, prefix, row->key,
				 "must hold valid enum values only");
			return;
		}
		none |= !strcmp(text, "NONE");
	}
	if (none && count > 1)
		complain(list, prefix, row->key,
			 "must hold NONE alone or not at all");
}

static void check_object(json_t *list, const char *prefix,
			 const struct row *rows, const json_t *object);

static void check_row(json_t *list, const char *prefix, const struct row *row,
		      const json_t *value)
{
	double number = json_number_value(value);

	switch (row->rule) {
	case RULE_CHOICES:
		check_choices(list, prefix, row, value);
		break;
	case RULE_BOOLEAN:
		if (!json_is_boolean(value))
			complain(list, prefix, row->key, "must be a boolean");
		break;
	case RULE_OBJECT:
		if (!json_is_object(value))
			complain(list, prefix, row->key, "must be an object");
		break;
	case RULE_PERCENT:
		if (!json_is_number(value) || number < 0 || number > 100)
			complain(list, prefix, row->key,
				 "must be a number from 0 to 100");
		break;
	case RULE_ADDRESS:
		if (json_is_object(value))
			check_object(list, row->key, address, value);
		else
			complain(list, prefix, row->key, "must be an object");
		break;
	default:
		check_text(list, prefix, row, value);
	}
}

static void check_object(json_t *list, const char *prefix,
			 const struct row *rows, const json_t *object)
{
	const struct row *row;
	const char *key;
	json_t *value;

	for (row = rows; row->key; row++) {
		value = json_object_get(object, row->key);
		if (value)
			check_row(list, prefix, row, value);
		else if (!row->optional)
			complain(list, prefix, row->key, "should not be empty");
	}
	json_object_foreach((json_t *)(uintptr_t)object, key, value)
	{
		for (row = rows; row->key && strcmp(row->key, key); row++)
			continue;
		if (!row->key)
			complain(list, prefix,
				 strlen(key) <= 60 ? key : "something",
				 "should not exist");
	}
}

static json_t *check_by_type(const json_t *body, const struct row *person,
			     const struct row *company)
{
	json_t *list = json_array();

	if (lumx_is(body, "type", "INDIVIDUAL"))
		check_object(list, "", person, body);
	else if (lumx_is(body, "type", "BUSINESS"))
		check_object(list, "", company, body);
	else
		complain(list, "", "type", "must be INDIVIDUAL or BUSINESS");
	return list;
}

static void check_past(json_t *list, const json_t *body, const char *key)
{
	const char *day = lumx_text(body, key);
	char now[MOMENT_SIZE];

	moment_text(moment_now(), now);
	if (day_valid(day) && strncmp(day, now, 10) > 0)
		complain(list, "", key, "must not be in the future");
}

/* In Brazil a company's is its CNPJ; a person's is a CPF, or the number of
 * another paper, which is shorter or has letters.
 * Lumx: https://docs.lumx.io/additional-information/tax-ids-by-country */
static bool brazilian_good(const json_t *body)
{
	char *plain = tax_id_plain(lumx_text(body, "taxId"));
	size_t len = strlen(plain);
	bool good;

	if (lumx_is_person(body))
		good = len < 10 || strspn(plain, "0123456789") < len ||
		       tax_id_is_cpf(plain);
	else
		good = tax_id_is_cnpj(plain);
	free(plain);
	return good;
}

json_t *lumx_check_customer(const json_t *body)
{
	json_t *list = check_by_type(body, create_individual, create_business);

	if (lumx_is(body, "country", "BRA") && *lumx_text(body, "taxId") &&
	    !brazilian_good(body))
		complain(list, "", "taxId", "must be valid in BRA");
	check_past(list, body, "birthDate");
	check_past(list, body, "incorporationDate");
	return list;
}

json_t *lumx_check_information(const json_t *body, const char *type)
{
	json_t *list = check_by_type(body, information_individual,
				     information_business);

	if (!json_array_size(list) && !lumx_is(body, "type", type))
		complain(list, "", "type", "must be the customer's own");
	if (json_is_true(json_object_get(body, "isRegulatedActivity")) &&
	    lumx_is(body, "regulatedActivityDetails", ""))
		complain(list, "", "regulatedActivityDetails",
			 "should not be empty");
	return list;
}

json_t *lumx_check_party(const json_t *body)
{
	json_t *list = check_by_type(body, party_individual, party_business);

	check_past(list, body, "birthDate");
	check_past(list, body, "incorporationDate");
	return list;
}
