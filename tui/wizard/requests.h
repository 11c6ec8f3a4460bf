/* SPDX-License-Identifier: MIT */
/*
 * What more than one screen asks of the provider for the operator: the link
 * to what only the customer can do, and the start of the review.
 */
#ifndef TUI_REQUESTS_H
#define TUI_REQUESTS_H

#include "tui/wizard/wizard.h"

/* A question for a link that is under way. All-zero: none. It must stay where
 * it is until it was answered or released. */
struct tui_link {
	struct tui_wizard *wizard;
	struct prov_asking *asking;
	char *label; /* what it is for */
};

/* The first requirement that only the customer can meet, one that is not met
 * yet before others; NULL: there is none. */
const struct prov_requirement *
tui_link_wanted(const struct case_checklist *checklist);

/* Ask for the link of REQUIREMENT (NULL: says that none is needed), and show it
 * in full when it comes. */
void tui_link_show(struct tui_link *link, struct tui_wizard *wizard,
		   const struct prov_requirement *requirement);
void tui_link_release(struct tui_link *link);

/* Could it be requested now, with nothing left to do before? */
bool tui_start_possible(const struct case_checklist *checklist);

/* What to call it: as the provider does. */
const char *tui_start_label(const struct case_checklist *checklist);

/* Request it after a question that names what is missing; says why not. */
void tui_start_request(struct tui_wizard *wizard);

#endif
