/* SPDX-License-Identifier: MIT */
/* The wizard's loop: wait, read, tell, draw once. The stack of screens is
 * stack.c's, the customer work.c's, the keys keys.c's, and what is drawn around
 * a screen frame.c's. */
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "tui/report.h"
#include "tui/terminal/term.h"
#include "tui/wizard/wizard_private.h"

#define FRAME_MS   100 /* between frames that no key asked for */
#define HELD_UP_MS 50  /* until a line that takes nothing is tried again */

static void on_looked(void *arg, uint64_t id, const struct doc_facts *facts)
{
	struct tui_wizard *wizard = arg;
	const struct tui_frame *top = tui_wizard_top(wizard);

	if (top->screen->looked)
		top->screen->looked(wizard, top->state, id, facts);
	wizard->private->dirty = true;
}

uint64_t tui_wizard_look(struct tui_wizard *wizard, const struct doc_file *file)
{
	struct tui_wizard_private *p = wizard->private;
	struct err err = { 0 };

	p->last_look++;
	if (doc_looker_ask(wizard->app->looker, p->last_look, file->fd, &err)) {
		tui_say_err(wizard, &err);
		return 0;
	}
	return p->last_look;
}

/* Called by the outbox, in the middle of its work: only noted. */
static void on_moved(void *arg, int64_t submission)
{
	struct tui_wizard *wizard = arg;

	(void)submission;
	wizard->private->moved = true;
}

static void handle_signals(struct tui_wizard *wizard)
{
	int number = tui_signal_taken();

	if (number == SIGINT) {
		tui_wizard_interrupt(wizard);
		wizard->private->urgent = true;
	} else if (number) {
		tui_wizard_leave(wizard, TUI_INTERRUPTED);
	}
}

/* What time and others brought about. */

static int tick_wanted(const struct tui_wizard *wizard)
{
	const struct tui_frame *top = tui_wizard_top(wizard);

	return top->screen->tick && top->screen->tick_in
		       ? top->screen->tick_in(wizard, top->state)
		       : -1;
}

static void tick(struct tui_wizard *wizard, int64_t now)
{
	struct tui_wizard_private *p = wizard->private;
	const struct tui_frame *top = tui_wizard_top(wizard);

	if (p->moved) {
		p->moved = false;
		p->poll_every = TUI_POLL_FIRST_MS;
		tui_wizard_reload(wizard);
		tui_wizard_tell(wizard, TUI_CHANGED_TRANSFER);
	}
	if (now >= p->poll_ms)
		tui_wizard_question(wizard, true);
	p->noting = tui_listing_pump(wizard);
	tui_wizard_count_rejected(wizard, now);
	if (p->tick_ms && now >= p->tick_ms) {
		p->tick_ms = 0;
		p->dirty |= top->screen->tick &&
			    top->screen->tick(wizard, top->state, now);
	}
	tui_wizard_go_now(wizard);
}

static int sooner(int timeout, int64_t ms)
{
	if (ms < 0)
		ms = 0;
	return timeout < 0 || ms < timeout ? (int)ms : timeout;
}

/* Until when nothing of ours is due; -1: only others can wake us. */
static int patience(struct tui_wizard *wizard, int64_t now)
{
	struct tui_wizard_private *p = wizard->private;
	int timeout = tui_input_wait();
	int wanted = tick_wanted(wizard);

	if (p->noting)
		timeout = 0;
	if (wanted >= 0 && (!p->tick_ms || now + wanted < p->tick_ms))
		p->tick_ms = now + wanted;
	if (p->tick_ms)
		timeout = sooner(timeout, p->tick_ms - now);
	if (p->poll_ms != INT64_MAX)
		timeout = sooner(timeout, p->poll_ms - now);
	if (p->counts_stale)
		timeout = sooner(timeout, p->counts_ms + TUI_COUNTS_MS - now);
	if (p->dirty)
		timeout = sooner(timeout,
				 p->urgent ? HELD_UP_MS
					   : p->drawn_ms + FRAME_MS - now);
	return timeout;
}

static void draw(struct tui_wizard *wizard, int64_t now)
{
	struct tui_wizard_private *p = wizard->private;

	if (!p->dirty || (!p->urgent && now - p->drawn_ms < FRAME_MS) ||
	    !tui_term_writable())
		return;
	tui_term_begin();
	tui_frame_draw(wizard);
	tui_term_end();
	/* The terminal goes first: there is much to do here while others wait
	 * to see what was drawn. */
	(void)sched_yield();
	p->dirty = p->urgent = false;
	p->drawn_ms = now;
}

/* A record that fails ends nothing: what was entered stays on the screen, and
 * goes on when the disk does. It is said once, and again at the end. */
static int bear(struct tui_wizard *wizard, const struct err *err)
{
	struct tui_wizard_private *p = wizard->private;
	bool known = strcmp(p->fatal.text, err->text) == 0;

	p->fatal = *err;
	if (err->code != ERR_STORE)
		return -1;
	if (!known)
		tui_say_err(wizard, err);
	return 0;
}

/* -1: it cannot go on; FATAL may say why. */
static int turn(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;
	struct pollfd fds[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = tui_term_fd(), .events = POLLIN },
	};
	struct err err = { 0 };

	draw(wizard, xfer_now());
	if (tui_app_turn(wizard->app, fds, 2, patience(wizard, xfer_now()),
			 &err)) {
		if (bear(wizard, &err))
			return -1;
	} else {
		p->fatal = err;
	}
	handle_signals(wizard);
	if (tui_wizard_input(wizard)) {
		tui_wizard_leave(wizard, TUI_INTERRUPTED);
		return -1;
	}
	if (!p->leaving)
		tick(wizard, xfer_now());
	return 0;
}

static void release(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;

	tui_listing_stop(wizard);
	tui_wizard_forget_question(wizard);
	while (p->depth > 0)
		tui_wizard_pop(wizard);
	tui_overlay_close(&p->overlay);
	case_checklist_release(&wizard->checklist);
	mem_replace(&wizard->customer, NULL);
	mem_replace(&wizard->form, NULL);
	mem_replace(&wizard->field, NULL);
	mem_replace(&wizard->newcomer, NULL);
	mem_replace(&wizard->last_form, NULL);
	tui_paths_release(&wizard->dropped);
	mem_replace(&wizard->slot.party, NULL);
	free(p->message);
	p->message = NULL;
	wizard->app->looked = NULL;
	wizard->app->changed = NULL;
	tui_input_release();
}

int tui_wizard_run(struct tui_app *app)
{
	struct tui_wizard_private private = {
		.poll_ms = INT64_MAX,
		.poll_every = TUI_POLL_FIRST_MS,
		.counts_stale = true,
		.counts_ms = -TUI_COUNTS_MS,
		.dirty = true,
		.urgent = true,
	};
	struct tui_wizard wizard = { .app = app, .private = &private };
	struct err err = { 0 };

	if (tui_term_start(&err))
		return tui_report_err(&err);
	app->looked = on_looked;
	app->looked_arg = &wizard;
	app->changed = on_moved;
	app->changed_arg = &wizard;
	tui_frame_layout(&wizard);
	tui_preferences(&wizard);
	tui_wizard_push(&wizard, &tui_screen_customers);
	while (!private.leaving && !turn(&wizard))
		;
	release(&wizard);
	tui_term_stop();
	if (private.fatal.code != ERR_NONE)
		return tui_report_err(&private.fatal);
	return private.status;
}
