/* SPDX-License-Identifier: MIT */
/*
 * forms: what has to be filled in, and whether it is right. It must never
 * know a terminal, a network or a database.
 *
 *   err.[ch]       how a function says that it failed
 *   mem.[ch]       memory that is there or the program ends
 *   buf.[ch]       bytes that grow, with a ceiling
 *   text.[ch]      outside text: cleaned, measured, folded
 *   finding.[ch]   what a check found: errors and warnings as data
 *   field.[ch]     rows of a form, and the checks on them
 *   kinds.[ch]     the table of field kinds: parse, check, show
 *   numbers.c      kinds made of digits: amounts, phones, dates
 *   choices.c      kinds chosen from a list
 *   tax_id.[ch]    Brazilian tax numbers
 *   answers.c      answers: key to text
 *   answers_json.c their way to JSON and back
 *   country.[ch]   ISO 3166-1, type-ahead
 *   dial.c         its telephone prefixes
 *   language.[ch]  the operator's language
 *   document.[ch]  document types, facts of a file, sides and countries
 *   rules.c        the table of rules between a file and a document type
 *   open.c         opening a file once
 *   look.[ch]      asking the worker about it
 *   worker.[ch]    the process that looks into files: spoken to, ended
 *   process.[ch]   starting such a process, and clocks
 *   inspect/       its program kyc-inspect; inspect/inspect.h has the map
 *   preview.[ch]   a picture of a file as characters, by a program of its own,
 *                  kyc-preview; inspect/preview.h has the map
 *   match.[ch]     which file of a folder is which document
 *   match_words.[ch]  by the words that people use
 *   digest.c       SHA-256
 *   i18n.h         marks text for translation
 */
#ifndef FORMS_FORM_H
#define FORMS_FORM_H

#include "forms/buf.h"
#include "forms/country.h"
#include "forms/document.h"
#include "forms/err.h"
#include "forms/field.h"
#include "forms/finding.h"
#include "forms/i18n.h"
#include "forms/language.h"
#include "forms/look.h"
#include "forms/mem.h"
#include "forms/text.h"

#endif
