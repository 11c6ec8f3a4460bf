/* SPDX-License-Identifier: MIT */
/* The provider's list of customers, fetched in the background page by page
 * into the record. It goes on whatever screen is shown. */
#ifndef TUI_LISTING_H
#define TUI_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "providers/customer.h"

struct prov_asking;
struct tui_wizard;

/* All-zero: never asked. */
struct tui_listing {
	struct prov_asking *asking; /* NULL: not under way */
	struct prov_page came;	    /* what is to be noted, from NOTED on */
	size_t noted;
	bool whole;	   /* nothing comes after that */
	size_t pages;	   /* so far */
	int64_t done_ms;   /* unix; when it was last complete, here */
	int64_t listed_ms; /* the same as the record says */
	char *error;	   /* why it ended early, or NULL */
};

struct tui_listing *tui_listing_of(const struct tui_wizard *wizard);

/* Does nothing while one is under way. */
void tui_listing_start(struct tui_wizard *wizard);
void tui_listing_stop(struct tui_wizard *wizard);

/* Is one under way, or still being noted? */
bool tui_listing_busy(const struct tui_wizard *wizard);

/* Once a turn: note some of what came, so few that no key waits for it. True:
 * there is more. */
bool tui_listing_pump(struct tui_wizard *wizard);

#endif
