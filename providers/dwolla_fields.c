/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: the forms, as rows. Keys are spelled as Dwolla spells them; order
 * here is order on screen and in what is sent.
 * https://developers.dwolla.com/docs/balance/api-reference/customers/update
 * https://developers.dwolla.com/docs/balance/api-reference/beneficial-owners/create
 */
#include "providers/dwolla.h"

#include <string.h>

#define LINE_MOST 50
#define NAME_MOST 255

static const struct form_choice states[] = {
	{ "AL", "Alabama", NULL },
	{ "AK", "Alaska", NULL },
	{ "AZ", "Arizona", NULL },
	{ "AR", "Arkansas", NULL },
	{ "CA", "California", NULL },
	{ "CO", "Colorado", NULL },
	{ "CT", "Connecticut", NULL },
	{ "DE", "Delaware", NULL },
	{ "DC", "District of Columbia", NULL },
	{ "FL", "Florida", NULL },
	{ "GA", "Georgia", NULL },
	{ "HI", "Hawaii", NULL },
	{ "ID", "Idaho", NULL },
	{ "IL", "Illinois", NULL },
	{ "IN", "Indiana", NULL },
	{ "IA", "Iowa", NULL },
	{ "KS", "Kansas", NULL },
	{ "KY", "Kentucky", NULL },
	{ "LA", "Louisiana", NULL },
	{ "ME", "Maine", NULL },
	{ "MD", "Maryland", NULL },
	{ "MA", "Massachusetts", NULL },
	{ "MI", "Michigan", NULL },
	{ "MN", "Minnesota", NULL },
	{ "MS", "Mississippi", NULL },
	{ "MO", "Missouri", NULL },
	{ "MT", "Montana", NULL },
	{ "NE", "Nebraska", NULL },
	{ "NV", "Nevada", NULL },
	{ "NH", "New Hampshire", NULL },
	{ "NJ", "New Jersey", NULL },
	{ "NM", "New Mexico", NULL },
	{ "NY", "New York", NULL },
	{ "NC", "North Carolina", NULL },
	{ "ND", "North Dakota", NULL },
	{ "OH", "Ohio", NULL },
	{ "OK", "Oklahoma", NULL },
	{ "OR", "Oregon", NULL },
	{ "PA", "Pennsylvania", NULL },
	{ "RI", "Rhode Island", NULL },
	{ "SC", "South Carolina", NULL },
	{ "SD", "South Dakota", NULL },
	{ "TN", "Tennessee", NULL },
	{ "TX", "Texas", NULL },
	{ "UT", "Utah", NULL },
	{ "VT", "Vermont", NULL },
	{ "VA", "Virginia", NULL },
	{ "WA", "Washington", NULL },
	{ "WV", "West Virginia", NULL },
	{ "WI", "Wisconsin", NULL },
	{ "WY", "Wyoming", NULL },
	{ "AS", "American Samoa", NULL },
	{ "GU", "Guam", NULL },
	{ "MP", "Northern Mariana Islands", NULL },
	{ "PR", "Puerto Rico", NULL },
	{ "VI", "US Virgin Islands", NULL },
	{ NULL, NULL, NULL },
};

static const struct form_choice business_types[] = {
	{ "llc", N_("LLC"), N_("Limited liability company.") },
	{ "corporation", N_("Corporation"), NULL },
	{ "partnership", N_("Partnership"), NULL },
	{ NULL, NULL, NULL },
};

#define SECRET (FORM_REQUIRED | FORM_PRIVATE)

/* Fields of several forms; each list below takes them at its own place. */
#define PERSON_NAMES(what, prefix)                                             \
	{                                                                      \
		.key = prefix "firstName",                                     \
		.kind = FORM_TEXT,                                             \
		.max = LINE_MOST,                                              \
		.flags = SECRET,                                               \
		.rule = dwolla_name_rule,                                      \
		.section = what,                                               \
		.label = N_("First name"),                                     \
		.help = N_("As on the identity document."),                    \
	},                                                                     \
	{                                                                      \
		.key = prefix "lastName", .kind = FORM_TEXT, .max = LINE_MOST, \
		.flags = SECRET, .rule = dwolla_name_rule,                     \
		.label = N_("Last name"),                                      \
		.help = N_("As on the identity document."),                    \
	}
#define EMAIL(flag)                                                    \
	{                                                              \
		.key = "email", .kind = FORM_EMAIL,                    \
		.flags = (flag) | FORM_PRIVATE, .label = N_("E-mail"), \
	}
#define BIRTH(prefix)                                              \
	{                                                          \
		.key = prefix "dateOfBirth", .kind = FORM_DATE,    \
		.flags = SECRET, .rule = dwolla_birth_rule,        \
		.label = N_("Date of birth"),                      \
		.help = N_("For example 1980-12-31; Dwolla never " \
			   "shows it again."),                     \
	}
#define SSN                                                                   \
	{                                                                     \
		.key = "ssn", .kind = FORM_NUMBER, .min = 9, .max = 9,        \
		.flags = SECRET, .label = N_("Social Security number (SSN)"), \
		.help = N_("All nine digits; Dwolla never shows them "        \
			   "again."),                                         \
	}
#define US_ADDRESS(what, flag)                                                   \
	{                                                                        \
		.key = "address1",                                               \
		.kind = FORM_TEXT,                                               \
		.max = LINE_MOST,                                                \
		.flags = (flag) | FORM_PRIVATE,                                  \
		.rule = dwolla_street_rule,                                      \
		.section = what,                                                 \
		.label = N_("Street and number"),                                \
		.help = N_("No PO box; for example 99-99 33rd St."),             \
	},                                                                       \
		{                                                                \
			.key = "address2",                                       \
			.kind = FORM_TEXT,                                       \
			.max = LINE_MOST,                                        \
			.flags = FORM_PRIVATE,                                   \
			.label = N_("Apartment, suite or floor"),                \
		},                                                               \
		{                                                                \
			.key = "city",                                           \
			.kind = FORM_TEXT,                                       \
			.max = LINE_MOST,                                        \
			.flags = (flag) | FORM_PRIVATE,                          \
			.rule = dwolla_city_rule,                                \
			.label = N_("City"),                                     \
		},                                                               \
		{                                                                \
			.key = "state",                                          \
			.kind = FORM_CHOICE,                                     \
			.choices = states,                                       \
			.flags = (flag) | FORM_PRIVATE,                          \
			.label = N_("State"),                                    \
			.help = N_(                                              \
				"Its name or its two letters, for example NY."), \
		},                                                               \
	{                                                                        \
		.key = "postalCode", .kind = FORM_NUMBER, .min = 5, .max = 5,    \
		.flags = (flag) | FORM_PRIVATE, .label = N_("ZIP code"),         \
		.help = N_("Five digits, for example 11101."),                   \
	}
#define CONTACT                                                         \
	{                                                               \
		.key = "phone",                                         \
		.kind = FORM_NUMBER,                                    \
		.min = 10,                                              \
		.max = 10,                                              \
		.flags = FORM_PRIVATE,                                  \
		.section = N_("Contact"),                               \
		.label = N_("Phone"),                                   \
		.help = N_("Ten digits, without the country code."),    \
	},                                                              \
	{                                                               \
		.key = "ipAddress", .kind = FORM_TEXT, .max = 45,       \
		.flags = FORM_PRIVATE, .rule = dwolla_ip_rule,          \
		.label = N_("IP address of the customer"),              \
		.help = N_("From where the data was given, if known."), \
	}
#define EIN(flag)                                                      \
	{                                                              \
		.key = "ein", .kind = FORM_NUMBER, .min = 9, .max = 9, \
		.flags = (flag) | FORM_PRIVATE,                        \
		.label = N_("Employer Identification Number (EIN)"),   \
		.help = N_("All nine digits; Dwolla never shows them " \
			   "again."),                                  \
	}
#define BUSINESS_NAME                                                       \
	{                                                                   \
		.key = "businessName", .kind = FORM_TEXT, .max = NAME_MOST, \
		.flags = FORM_REQUIRED, .section = N_("Business"),          \
		.label = N_("Registered name"),                             \
		.help = N_("As the IRS and the state have it."),            \
	}
#define CLASSIFICATION                                                         \
	{                                                                      \
		.key = "businessClassification", .kind = FORM_TEXT, .max = 36, \
		.flags = FORM_REQUIRED, .rule = dwolla_uuid_rule,              \
		.label = N_("Classification"),                                 \
		.help = N_("Dwolla's id of the industry; leave it as "         \
			   "it is, unless it is wrong."),                      \
	}
#define OTHER_NAMES                                                         \
	{                                                                   \
		.key = "doingBusinessAs",                                   \
		.kind = FORM_TEXT,                                          \
		.max = NAME_MOST,                                           \
		.label = N_("Name in use (DBA)"),                           \
		.help = N_("Only if it trades under another."),             \
	},                                                                  \
	{                                                                   \
		.key = "website", .kind = FORM_URL, .label = N_("Website"), \
		.help = N_("For example https://example.com."),             \
	}
#define BUSINESS                                         \
	BUSINESS_NAME,                                   \
		{                                        \
			.key = "businessType",           \
			.kind = FORM_CHOICE,             \
			.choices = business_types,       \
			.flags = FORM_REQUIRED,          \
			.label = N_("Type of business"), \
		},                                       \
		CLASSIFICATION, EIN(FORM_REQUIRED), OTHER_NAMES
#define ADMIN PERSON_NAMES(N_("Account admin"), ""), EMAIL(FORM_REQUIRED)

/*
 * People behind a business may live anywhere. An SSN and a passport exclude
 * each other: the passport is asked for while there is no SSN, and stays in
 * view while both are there, for one of them to be taken out.
 */
#define BEHIND(prefix, of)                                                       \
	BIRTH(prefix),                                                           \
		{                                                                \
			.key = prefix "ssn",                                     \
			.kind = FORM_NUMBER,                                     \
			.min = 9,                                                \
			.max = 9,                                                \
			.flags = FORM_PRIVATE,                                   \
			.needed = of##_lacks_passport,                           \
			.rule = of##_one_only,                                   \
			.label = N_("Social Security number (SSN)"),             \
			.help = N_(                                              \
				"All nine digits; without one, the passport."),  \
		},                                                               \
		{                                                                \
			.key = prefix "passport.number",                         \
			.kind = FORM_TEXT,                                       \
			.max = NAME_MOST,                                        \
			.flags = FORM_PRIVATE,                                   \
			.shown = of##_may_have_passport,                         \
			.label = N_("Passport number"),                          \
			.help = N_("Only of a person who has no SSN."),          \
		},                                                               \
		{                                                                \
			.key = prefix "passport.country",                        \
			.kind = FORM_COUNTRY,                                    \
			.flags = SECRET | FORM_ALPHA2,                           \
			.shown = of##_has_passport,                              \
			.label = N_("Country of the passport"),                  \
		},                                                               \
		{                                                                \
			.key = prefix "address.address1",                        \
			.kind = FORM_TEXT,                                       \
			.max = LINE_MOST,                                        \
			.flags = SECRET,                                         \
			.rule = dwolla_street_rule,                              \
			.section = N_("Home address"),                           \
			.label = N_("Street and number"),                        \
			.help = N_("Where the person lives; no PO box."),        \
		},                                                               \
		{                                                                \
			.key = prefix "address.address2",                        \
			.kind = FORM_TEXT,                                       \
			.max = LINE_MOST,                                        \
			.flags = FORM_PRIVATE,                                   \
			.label = N_("Second line"),                              \
		},                                                               \
		{                                                                \
			.key = prefix "address.address3",                        \
			.kind = FORM_TEXT,                                       \
			.max = LINE_MOST,                                        \
			.flags = FORM_PRIVATE,                                   \
			.label = N_("Third line"),                               \
		},                                                               \
		{                                                                \
			.key = prefix "address.city",                            \
			.kind = FORM_TEXT,                                       \
			.max = LINE_MOST,                                        \
			.flags = SECRET,                                         \
			.rule = dwolla_city_rule,                                \
			.label = N_("City"),                                     \
		},                                                               \
		{                                                                \
			.key = prefix "address.stateProvinceRegion",             \
			.kind = FORM_CHOICE,                                     \
			.choices = states,                                       \
			.flags = SECRET | FORM_OPEN,                             \
			.rule = dwolla_state_rule,                               \
			.label = N_("State, province or region"),                \
			.help = N_(                                              \
				"Two letters; outside the United States as the " \
				"country abbreviates it."),                      \
		},                                                               \
		{                                                                \
			.key = prefix "address.country",                         \
			.kind = FORM_COUNTRY,                                    \
			.flags = SECRET | FORM_ALPHA2,                           \
			.label = N_("Country"),                                  \
		},                                                               \
	{                                                                        \
		.key = prefix "address.postalCode", .kind = FORM_TEXT,           \
		.max = LINE_MOST, .flags = FORM_PRIVATE,                         \
		.needed = of##_lives_there, .rule = of##_zip,                    \
		.label = N_("Postal code"),                                      \
		.help = N_("Needed in the United States, five digits there."),   \
	}

/* The questions that BEHIND asks of the answers, for people at PREFIX. */
#define PEOPLE(prefix, of)                                                     \
	static bool of##_has_passport(const struct form_answers *answers)      \
	{                                                                      \
		return *form_answer(answers, prefix "passport.number");        \
	}                                                                      \
	static bool of##_may_have_passport(const struct form_answers *answers) \
	{                                                                      \
		return of##_has_passport(answers) ||                           \
		       !*form_answer(answers, prefix "ssn");                   \
	}                                                                      \
	static bool of##_lacks_passport(const struct form_answers *answers)    \
	{                                                                      \
		return !of##_has_passport(answers);                            \
	}                                                                      \
	static bool of##_lives_there(const struct form_answers *answers)       \
	{                                                                      \
		return form_answer_is(answers, prefix "address.country",       \
				      "USA");                                  \
	}                                                                      \
	static const char *of##_zip(const struct form_answers *answers,        \
				    const char *answer, struct buf *words)     \
	{                                                                      \
		return of##_lives_there(answers) ? say_zip(answer, words)      \
						 : NULL;                       \
	}                                                                      \
	static const char *of##_one_only(const struct form_answers *answers,   \
					 const char *answer,                   \
					 struct buf *words)                    \
	{                                                                      \
		(void)answer;                                                  \
		return of##_has_passport(answers) ? say_one_only(words)        \
						  : NULL;                      \
	}

static const char *say_one_only(struct buf *words)
{
	buf_add_text(words, _("and a passport exclude each other: take one of "
			      "them out"));
	return "one_too_many";
}

static const char *say_zip(const char *answer, struct buf *words)
{
	if (strlen(answer) == 5 && strspn(answer, "0123456789") == 5)
		return NULL;
	buf_add_text(words, _("five digits are wanted in the United States"));
	return "not_a_zip_code";
}

PEOPLE("", owner)
PEOPLE("controller.", controller)

static const struct form_field personal_retry[] = {
	PERSON_NAMES(N_("Person"), ""),
	EMAIL(FORM_REQUIRED),
	BIRTH(""),
	SSN,
	US_ADDRESS(N_("Home address"), FORM_REQUIRED),
	CONTACT,
	{ .key = NULL },
};

static const struct form_field sole_retry[] = {
	PERSON_NAMES(N_("Owner"), ""),
	EMAIL(FORM_REQUIRED),
	BIRTH(""),
	SSN,
	BUSINESS_NAME,
	CLASSIFICATION,
	/* Required on one page, optional on another. */
	EIN(FORM_ADVISED),
	OTHER_NAMES,
	US_ADDRESS(N_("Address"), FORM_REQUIRED),
	CONTACT,
	{ .key = NULL },
};

static const struct form_field business_retry[] = {
	ADMIN,
	BUSINESS,
	US_ADDRESS(N_("Business address"), FORM_REQUIRED),
	CONTACT,
	{ .key = NULL },
};

static const struct form_field controller_retry[] = {
	ADMIN,
	BUSINESS,
	US_ADDRESS(N_("Business address"), FORM_REQUIRED),
	CONTACT,
	PERSON_NAMES(N_("Controller"), "controller."),
	{
		.key = "controller.title",
		.kind = FORM_TEXT,
		.max = 100,
		.flags = FORM_REQUIRED,
		.label = N_("Job title"),
		.help = N_("Of the person who controls the business, for "
			   "example CEO."),
	},
	BEHIND("controller.", controller),
	{ .key = NULL },
};

static const struct form_field business_edit[] = {
	US_ADDRESS(N_("Business address"), 0),
	EMAIL(0),
	CONTACT,
	OTHER_NAMES,
	{ .key = NULL },
};

static const struct form_field owner[] = {
	PERSON_NAMES(N_("Beneficial owner"), ""),
	BEHIND("", owner),
	{ .key = NULL },
};

static const struct form_field certification[] = {
	{
		.key = "certified",
		.kind = FORM_YES_NO,
		.flags = FORM_REQUIRED,
		.rule = dwolla_yes_rule,
		.label = N_("Certified by the account admin"),
		.help = N_("\"I hereby certify, to the best of my knowledge, "
			   "that the information about the beneficial owners "
			   "is complete and correct.\""),
	},
	{ .key = NULL },
};

const struct form_schema dwolla_personal_retry = {
	.name = "dwolla.personal_retry",
	.title = N_("Corrected data of the person"),
	.fields = personal_retry,
};

const struct form_schema dwolla_sole_retry = {
	.name = "dwolla.sole_retry",
	.title = N_("Corrected data of the sole proprietor"),
	.fields = sole_retry,
};

const struct form_schema dwolla_business_retry = {
	.name = "dwolla.business_retry",
	.title = N_("Corrected data of the business"),
	.fields = business_retry,
};

const struct form_schema dwolla_controller_retry = {
	.name = "dwolla.controller_retry",
	.title = N_("Corrected data of the business and its controller"),
	.fields = controller_retry,
};

const struct form_schema dwolla_business_edit = {
	.name = "dwolla.business_edit",
	.title = N_("Corrected address or names of the business"),
	.fields = business_edit,
};

const struct form_schema dwolla_owner_new = {
	.name = "dwolla.owner",
	.title = N_("Beneficial owner"),
	.fields = owner,
};

const struct form_schema dwolla_owner_retry = {
	.name = "dwolla.owner_retry",
	.title = N_("Corrected data of the beneficial owner"),
	.fields = owner,
};

const struct form_schema dwolla_certification = {
	.name = "dwolla.certification",
	.title = N_("Certification of the owners"),
	.fields = certification,
};
