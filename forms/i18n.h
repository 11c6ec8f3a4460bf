/* SPDX-License-Identifier: MIT */
/* Marks text for translation: _() translates now, N_() where data is shown. */
#ifndef FORMS_I18N_H
#define FORMS_I18N_H

#include <libintl.h>

#define _(text)	 gettext(text)
#define N_(text) text

/* A format that stays checkable: translated forms must keep the arguments. */
#define P_(one, many, count) ngettext(one, many, count)

#endif
