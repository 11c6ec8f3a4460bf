/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: fields that several forms ask for, spelled as Dwolla spells them.
 * Each list takes them at its own place.
 * https://developers.dwolla.com/docs/balance/api-reference/customers/update
 */
#ifndef PROVIDERS_DWOLLA_FIELDS_H
#define PROVIDERS_DWOLLA_FIELDS_H

#include "providers/dwolla.h"

#define DWOLLA_LINE_MOST 50
#define DWOLLA_NAME_MOST 255

#define DWOLLA_SECRET (FORM_REQUIRED | FORM_PRIVATE)

/* dwolla_choices.c */
extern const struct form_choice dwolla_states[];
extern const struct form_choice dwolla_business_types[];

#define DWOLLA_PERSON_NAMES(what, prefix)                           \
	{                                                           \
		.key = prefix "firstName",                          \
		.kind = FORM_TEXT,                                  \
		.max = DWOLLA_LINE_MOST,                            \
		.flags = DWOLLA_SECRET,                             \
		.rule = dwolla_name_rule,                           \
		.section = what,                                    \
		.label = N_("First name"),                          \
		.help = N_("As on the identity document."),         \
	},                                                          \
	{                                                           \
		.key = prefix "lastName", .kind = FORM_TEXT,        \
		.max = DWOLLA_LINE_MOST, .flags = DWOLLA_SECRET,    \
		.rule = dwolla_name_rule, .label = N_("Last name"), \
		.help = N_("As on the identity document."),         \
	}
#define DWOLLA_EMAIL(flag)                                             \
	{                                                              \
		.key = "email", .kind = FORM_EMAIL,                    \
		.flags = (flag) | FORM_PRIVATE, .label = N_("E-mail"), \
	}
#define DWOLLA_BIRTH(prefix)                                       \
	{                                                          \
		.key = prefix "dateOfBirth", .kind = FORM_DATE,    \
		.flags = DWOLLA_SECRET, .rule = dwolla_birth_rule, \
		.label = N_("Date of birth"),                      \
		.help = N_("For example 1980-12-31; Dwolla never " \
			   "shows it again."),                     \
	}
#define DWOLLA_SSN                                                     \
	{                                                              \
		.key = "ssn", .kind = FORM_NUMBER, .min = 9, .max = 9, \
		.flags = DWOLLA_SECRET,                                \
		.label = N_("Social Security number (SSN)"),           \
		.help = N_("All nine digits; Dwolla never shows them " \
			   "again."),                                  \
	}
#define DWOLLA_US_ADDRESS(what, flag)                                            \
	{                                                                        \
		.key = "address1",                                               \
		.kind = FORM_TEXT,                                               \
		.max = DWOLLA_LINE_MOST,                                         \
		.flags = (flag) | FORM_PRIVATE,                                  \
		.rule = dwolla_street_rule,                                      \
		.section = what,                                                 \
		.label = N_("Street and number"),                                \
		.help = N_("No PO box; for example 99-99 33rd St."),             \
	},                                                                       \
		{                                                                \
			.key = "address2",                                       \
			.kind = FORM_TEXT,                                       \
			.max = DWOLLA_LINE_MOST,                                 \
			.flags = FORM_PRIVATE,                                   \
			.label = N_("Apartment, suite or floor"),                \
		},                                                               \
		{                                                                \
			.key = "city",                                           \
			.kind = FORM_TEXT,                                       \
			.max = DWOLLA_LINE_MOST,                                 \
			.flags = (flag) | FORM_PRIVATE,                          \
			.rule = dwolla_city_rule,                                \
			.label = N_("City"),                                     \
		},                                                               \
		{                                                                \
			.key = "state",                                          \
			.kind = FORM_CHOICE,                                     \
			.choices = dwolla_states,                                \
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
#define DWOLLA_CONTACT                                                  \
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
#define DWOLLA_EIN(flag)                                               \
	{                                                              \
		.key = "ein", .kind = FORM_NUMBER, .min = 9, .max = 9, \
		.flags = (flag) | FORM_PRIVATE,                        \
		.label = N_("Employer Identification Number (EIN)"),   \
		.help = N_("All nine digits; Dwolla never shows them " \
			   "again."),                                  \
	}
#define DWOLLA_BUSINESS_NAME                                               \
	{                                                                  \
		.key = "businessName", .kind = FORM_TEXT,                  \
		.max = DWOLLA_NAME_MOST, .flags = FORM_REQUIRED,           \
		.section = N_("Business"), .label = N_("Registered name"), \
		.help = N_("As the IRS and the state have it."),           \
	}
#define DWOLLA_CLASSIFICATION                                                  \
	{                                                                      \
		.key = "businessClassification", .kind = FORM_TEXT, .max = 36, \
		.flags = FORM_REQUIRED, .rule = dwolla_uuid_rule,              \
		.label = N_("Classification"),                                 \
		.help = N_("Dwolla's id of the industry; leave it as "         \
			   "it is, unless it is wrong."),                      \
	}
#define DWOLLA_OTHER_NAMES                                                  \
	{                                                                   \
		.key = "doingBusinessAs",                                   \
		.kind = FORM_TEXT,                                          \
		.max = DWOLLA_NAME_MOST,                                    \
		.label = N_("Name in use (DBA)"),                           \
		.help = N_("Only if it trades under another."),             \
	},                                                                  \
	{                                                                   \
		.key = "website", .kind = FORM_URL, .label = N_("Website"), \
		.help = N_("For example https://example.com."),             \
	}
#define DWOLLA_BUSINESS                                           \
	DWOLLA_BUSINESS_NAME,                                     \
		{                                                 \
			.key = "businessType",                    \
			.kind = FORM_CHOICE,                      \
			.choices = dwolla_business_types,         \
			.flags = FORM_REQUIRED,                   \
			.label = N_("Type of business"),          \
		},                                                \
		DWOLLA_CLASSIFICATION, DWOLLA_EIN(FORM_REQUIRED), \
		DWOLLA_OTHER_NAMES
#define DWOLLA_ADMIN                                  \
	DWOLLA_PERSON_NAMES(N_("Account admin"), ""), \
		DWOLLA_EMAIL(FORM_REQUIRED)

#endif
