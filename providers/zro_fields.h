/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: fields that several of its forms have; each list takes them at
 * its own place. Keys are its own names.
 */
#ifndef PROVIDERS_ZRO_FIELDS_H
#define PROVIDERS_ZRO_FIELDS_H

#include "providers/zro.h"

#define NAME_MOST  150
#define WORDS_MOST 200

#define WANTED (FORM_REQUIRED | FORM_PRIVATE)

/* zro_forms.c: the states of Brazil. */
extern const struct form_choice zro_states[];

#define ADDRESS_FIELD(name, is, flag, when) \
	.key = "address." name, .kind = is, .flags = flag, .needed = when

#define ADDRESS(heading, flag, when, neighborhood_flag, neighborhood_when)   \
	{                                                                    \
		ADDRESS_FIELD("zip_code", FORM_NUMBER, flag, when),          \
		.min = 8,                                                    \
		.max = 8,                                                    \
		.section = heading,                                          \
		.label = N_("CEP"),                                          \
		.help = N_("Eight digits, for example 01310-100."),          \
	},                                                                   \
		{                                                            \
			ADDRESS_FIELD("street", FORM_TEXT, flag, when),      \
			.max = WORDS_MOST,                                   \
			.label = N_("Street"),                               \
			.help = N_("Without the number."),                   \
		},                                                           \
		{                                                            \
			ADDRESS_FIELD("number", FORM_NUMBER, flag, when),    \
			.max = 9,                                            \
			.label = N_("Number"),                               \
			.help = N_("Digits only; letters go into the "       \
				   "complement."),                           \
		},                                                           \
		{                                                            \
			ADDRESS_FIELD("complement", FORM_TEXT, FORM_PRIVATE, \
				      NULL),                                 \
			.max = WORDS_MOST,                                   \
			.label = N_("Complement"),                           \
			.help = N_("For example apto 45."),                  \
		},                                                           \
		{                                                            \
			ADDRESS_FIELD("neighborhood", FORM_TEXT,             \
				      neighborhood_flag, neighborhood_when), \
			.max = NAME_MOST,                                    \
			.label = N_("Neighbourhood"),                        \
		},                                                           \
		{                                                            \
			ADDRESS_FIELD("city", FORM_TEXT, flag, when),        \
			.max = NAME_MOST,                                    \
			.label = N_("City"),                                 \
		},                                                           \
		{                                                            \
			ADDRESS_FIELD("federative_unit", FORM_CHOICE, flag,  \
				      when),                                 \
			.choices = zro_states,                               \
			.label = N_("State"),                                \
			.help = N_("Of Brazil, where the address is."),      \
		},                                                           \
	{                                                                    \
		ADDRESS_FIELD("country", FORM_COUNTRY, (flag) | FORM_HOME,   \
			      when),                                         \
			.label = N_("Country"),                              \
			.help = N_(                                          \
				"Name or code, for example Brazil or BRA."), \
	}

#define EXPOSED(flag)                                                        \
	{                                                                    \
		.key = "pep", .kind = FORM_YES_NO, .flags = flag,            \
		.label = N_("Politically exposed"),                          \
		.help = N_("Holds or held a public office of weight, or is " \
			   "close to somebody who does."),                   \
	}

#endif
