/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: forms about the people behind a business, its controller and its
 * beneficial owners. Order here is order on screen and in what is sent.
 * https://developers.dwolla.com/docs/balance/api-reference/beneficial-owners/create
 */
#include <string.h>

#include "providers/dwolla_fields.h"

/*
 * People behind a business may live anywhere. An SSN and a passport exclude
 * each other: the passport is asked for while there is no SSN, and stays in
 * view while both are there, for one of them to be taken out.
 */
#define BEHIND(prefix, of)                                                       \
	DWOLLA_BIRTH(prefix),                                                    \
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
			.max = DWOLLA_NAME_MOST,                                 \
			.flags = FORM_PRIVATE,                                   \
			.shown = of##_may_have_passport,                         \
			.label = N_("Passport number"),                          \
			.help = N_("Only of a person who has no SSN."),          \
		},                                                               \
		{                                                                \
			.key = prefix "passport.country",                        \
			.kind = FORM_COUNTRY,                                    \
			.flags = DWOLLA_SECRET | FORM_ALPHA2,                    \
			.shown = of##_has_passport,                              \
			.label = N_("Country of the passport"),                  \
		},                                                               \
		{                                                                \
			.key = prefix "address.address1",                        \
			.kind = FORM_TEXT,                                       \
			.max = DWOLLA_LINE_MOST,                                 \
			.flags = DWOLLA_SECRET,                                  \
			.rule = dwolla_street_rule,                              \
			.section = N_("Home address"),                           \
			.label = N_("Street and number"),                        \
			.help = N_("Where the person lives; no PO box."),        \
		},                                                               \
		{                                                                \
			.key = prefix "address.address2",                        \
			.kind = FORM_TEXT,                                       \
			.max = DWOLLA_LINE_MOST,                                 \
			.flags = FORM_PRIVATE,                                   \
			.label = N_("Second line"),                              \
		},                                                               \
		{                                                                \
			.key = prefix "address.address3",                        \
			.kind = FORM_TEXT,                                       \
			.max = DWOLLA_LINE_MOST,                                 \
			.flags = FORM_PRIVATE,                                   \
			.label = N_("Third line"),                               \
		},                                                               \
		{                                                                \
			.key = prefix "address.city",                            \
			.kind = FORM_TEXT,                                       \
			.max = DWOLLA_LINE_MOST,                                 \
			.flags = DWOLLA_SECRET,                                  \
			.rule = dwolla_city_rule,                                \
			.label = N_("City"),                                     \
		},                                                               \
		{                                                                \
			.key = prefix "address.stateProvinceRegion",             \
			.kind = FORM_CHOICE,                                     \
			.choices = dwolla_states,                                \
			.flags = DWOLLA_SECRET | FORM_OPEN,                      \
			.rule = dwolla_state_rule,                               \
			.label = N_("State, province or region"),                \
			.help = N_(                                              \
				"Two letters; outside the United States as the " \
				"country abbreviates it."),                      \
		},                                                               \
		{                                                                \
			.key = prefix "address.country",                         \
			.kind = FORM_COUNTRY,                                    \
			.flags = DWOLLA_SECRET | FORM_ALPHA2 | FORM_HOME,        \
			.label = N_("Country"),                                  \
		},                                                               \
	{                                                                        \
		.key = prefix "address.postalCode", .kind = FORM_TEXT,           \
		.max = DWOLLA_LINE_MOST, .flags = FORM_PRIVATE,                  \
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

static const struct form_field controller_retry[] = {
	DWOLLA_ADMIN,
	DWOLLA_BUSINESS,
	DWOLLA_US_ADDRESS(N_("Business address"), FORM_REQUIRED),
	DWOLLA_CONTACT,
	DWOLLA_PERSON_NAMES(N_("Controller"), "controller."),
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

static const struct form_field owner[] = {
	DWOLLA_PERSON_NAMES(N_("Beneficial owner"), ""),
	BEHIND("", owner),
	{ .key = NULL },
};

const struct form_schema dwolla_controller_retry = {
	.name = "dwolla.controller_retry",
	.title = N_("Corrected data of the business and its controller"),
	.fields = controller_retry,
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
