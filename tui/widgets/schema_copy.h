/* SPDX-License-Identifier: MIT */
/*
 * A form's rows, kept while they are worked on: what is chosen from is the
 * checklist's, which is loaded again with every answer that is recorded.
 */
#ifndef TUI_SCHEMA_COPY_H
#define TUI_SCHEMA_COPY_H

#include "forms/form.h"

/* Rows and choices are copied; words that stand in a provider's tables are
 * not. */
struct form_schema *tui_schema_copy(const struct form_schema *from);
void tui_schema_free(struct form_schema *schema); /* NULL is fine */

/* Are there the same choices in both? They are of one form. */
bool tui_schema_same(const struct form_schema *a, const struct form_schema *b);

#endif
