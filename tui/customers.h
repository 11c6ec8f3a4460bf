/* SPDX-License-Identifier: MIT */
/* The customers screen's state and its drawing; the keys are in
 * screen_customers.c. */
#ifndef TUI_CUSTOMERS_H
#define TUI_CUSTOMERS_H

#include "tui/wizard.h"

struct customers {
	struct tui_edit filter;
	struct tui_list list;
	struct case_customer_list found; /* the rows from OFFSET on */
	size_t offset;
	bool inbox;	/* only what has unsent or rejected work */
	bool searching; /* letters that are commands type as well */
	bool stale;
	int rows, cols; /* of the area */
};

/* After a resize or another search: the rows in view, with what stands below
 * them. */
void customers_fit(const struct tui_wizard *wizard, struct customers *state);

/* Row I of all that match; NULL: it was not read from the record. */
const struct case_customer *customers_row(const struct customers *state,
					  size_t i);

/* Do letters go into the filter, also those that are keys? */
bool customers_typing(const void *state);

/* Is TEXT a whole id, as providers make them: a UUID or 32 digits of one,
 * perhaps behind a word ("cust_…")? */
bool customers_whole_id(const char *text);

void customers_draw(const struct tui_wizard *wizard, void *state,
		    const struct tui_area *area);

#endif
