/* SPDX-License-Identifier: MIT */
/* Linear mode: from the first question to the last. */
#include "tui/linear/linear.h"

#include <stdlib.h>

#include "tui/report.h"

/* What stays behind is said. Who left knows of it; when the input ends in the
 * middle, somebody has to be told. */
static void say_rest(struct linear *linear, bool left)
{
	struct outbox_totals totals = { 0 };
	unsigned ready = linear->customer ? linear->list.ready : 0;
	unsigned rest;

	outbox_totals(linear->app->outbox, &totals);
	rest = totals.queued + totals.sending + totals.waiting + totals.held +
	       totals.unsure;
	if (rest)
		linear_say(P_("%u item has no answer yet. It stays saved; "
			      "'kyc resume' sends it. ",
			      "%u items have no answer yet. They stay saved; "
			      "'kyc resume' sends them. ",
			      rest),
			   rest);
	if (ready)
		linear_say(P_("%u item is chosen but not sent; it stays "
			      "saved. ",
			      "%u items are chosen but not sent; they stay "
			      "saved. ",
			      ready),
			   ready);
	if (rest || (ready && !left))
		linear->status = tui_worse(linear->status, 4);
}

int tui_linear_run(struct tui_app *app)
{
	struct linear linear = { .app = app };
	bool back = true;

	app->changed = linear_changed;
	app->changed_arg = &linear;
	linear_begin(&linear);
	while (back && !linear.ended)
		back = linear_choose_customer(&linear) && linear_work(&linear);
	say_rest(&linear, !linear.ended);
	app->changed = NULL;
	tui_rows_release(&linear.rows);
	case_checklist_release(&linear.list);
	buf_release(&linear.typed);
	free(linear.moving);
	mem_free_private(linear.customer);
	return linear.status;
}
