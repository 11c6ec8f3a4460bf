/* SPDX-License-Identifier: MIT */
/* The customers screen's state. What is typed and which rows are read from the
 * record is customers_find.c's, how it is drawn customers.c's; the keys are in
 * screen_customers.c. */
#ifndef TUI_CUSTOMERS_H
#define TUI_CUSTOMERS_H

#include "tui/wizard/wizard.h"

struct customers {
	struct tui_edit filter;
	struct tui_list list;
	struct case_customer_list found; /* the rows from OFFSET on */
	size_t offset;
	bool creates;	/* the provider lets customers be made */
	bool in_list;	/* there letters are keys, and not typed */
	bool searching; /* letters that are commands type as well */
	bool stale;
	int64_t counting_ms; /* monotonic: when those that match are counted,
				after a glance at them; 0: they were */
	int rows, cols;	     /* of the area */
};

struct customers *customers_new(struct tui_wizard *wizard);

/* Enter, what moves the selection, and what is typed. */
unsigned customers_key(struct tui_wizard *wizard, struct customers *state,
		       const struct tui_input *in);
/* Show all again; what is selected stays. */
void customers_clear(struct tui_wizard *wizard, struct customers *state);

/* For the screen's table. */
void customers_leave(struct tui_wizard *wizard, void *state);
void customers_layout(struct tui_wizard *wizard, void *state,
		      const struct tui_area *area);
void customers_changed(struct tui_wizard *wizard, void *state, unsigned what);
bool customers_tick(struct tui_wizard *wizard, void *state, int64_t now_ms);
int customers_tick_in(const struct tui_wizard *wizard, const void *state);

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
