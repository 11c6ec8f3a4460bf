/* SPDX-License-Identifier: MIT */
/*
 * What more than one screen asks of the provider for the operator: the link
 * where the customer accepts the terms, and the start of the review.
 */
#ifndef TUI_REQUESTS_H
#define TUI_REQUESTS_H

#include "tui/wizard.h"

/* A question for the link that is under way. All-zero: none. It must stay
 * where it is until it was answered or released. */
struct tui_terms {
	struct tui_wizard *wizard;
	struct prov_asking *asking;
};

/* Ask for the link, and show it in a box when it comes. */
void tui_terms_show(struct tui_terms *terms, struct tui_wizard *wizard);
void tui_terms_release(struct tui_terms *terms);

/* Could it be requested now, with nothing left to do before? */
bool tui_start_possible(const struct case_checklist *checklist);

/* Request it after a question that names what is missing; says why not. */
void tui_start_request(struct tui_wizard *wizard);

#endif
