/* SPDX-License-Identifier: MIT */
/* The rejected inbox: asking about who is shown, politely. */
#include <stdlib.h>

#include "forms/form.h"
#include "providers/ask.h"
#include "tui/screens/inbox.h"
#include "tui/wizard/wizard_private.h"

#define BETWEEN_MS 2000 /* two questions */

/* Whom to ask about next: somebody in view, at the profile in use, of whom the
 * record knows little or nothing new. */
static const struct inbox_row *wanted(const struct tui_wizard *wizard,
				      const struct inbox *state)
{
	const struct tui_list *list = &state->list;

	for (size_t i = list->top; i < list->top + (size_t)list->rows; i++) {
		const struct inbox_row *row = inbox_row(state, i);

		if (row && row->profile == wizard->app->profile &&
		    row->from->read_ms < state->ask.since_ms)
			return row;
	}
	return NULL;
}

static void on_customer(void *arg, struct prov_customer *customer,
			const struct err *err)
{
	struct inbox *state = arg;
	struct tui_wizard *wizard = state->ask.wizard;
	struct err failure = { 0 };

	state->ask.asking = NULL;
	if (customer &&
	    case_customer_put(wizard->app->store, wizard->app->profile,
			      customer, &failure))
		err = &failure;
	wizard->private->counts_stale |= customer != NULL;
	/* What is shown stays true as of when it was read. */
	if (err) {
		state->ask.failed = true;
		tui_say_err(wizard, err);
	}
	state->stale = true;
}

void inbox_ask_next(struct tui_wizard *wizard, struct inbox *state,
		    int64_t now_ms)
{
	const struct inbox_row *row = wanted(wizard, state);
	struct inbox_ask *ask = &state->ask;
	struct err err = { 0 };

	if (!row || ask->asking || ask->failed || now_ms < ask->next_ms)
		return;
	ask->wizard = wizard;
	ask->next_ms = now_ms + BETWEEN_MS;
	mem_replace(&ask->id, row->from->id);
	if (prov_ask_customer(wizard->app->xfer, wizard->app->profile, ask->id,
			      on_customer, state, &ask->asking, &err)) {
		ask->asking = NULL;
		ask->failed = true;
		tui_say_err(wizard, &err);
	}
}

int inbox_ask_wait(const struct tui_wizard *wizard, const struct inbox *state)
{
	int64_t left = state->ask.next_ms - xfer_now();

	if (state->ask.asking || state->ask.failed || !wanted(wizard, state))
		return -1;
	return left > 0 ? (int)left : 0;
}

void inbox_ask_again(struct inbox *state)
{
	state->ask.since_ms = xfer_now_unix();
	state->ask.failed = false;
}

void inbox_ask_stop(struct inbox *state)
{
	if (state->ask.asking)
		prov_ask_cancel(state->ask.asking);
	state->ask.asking = NULL;
	mem_replace(&state->ask.id, NULL);
}
