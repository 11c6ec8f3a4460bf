/* SPDX-License-Identifier: MIT */
/* The wizard's loop and its stack of screens. What is drawn around a screen
 * is frame.c's. */
#include "tui/wizard.h"

#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "providers/ask.h"
#include "tui/report.h"
#include "tui/term.h"
#include "tui/wizard_private.h"

#define FRAME_MS      100   /* between frames that no key asked for */
#define HELD_UP_MS    50    /* until a line that takes nothing is tried again */
#define POLL_FIRST_MS 10000 /* the provider is asked about an open customer */
#define POLL_LAST_MS  60000
#define AFTER_SENT_MS 500 /* let what was sent together arrive together */
#define COUNTS_MS     2000

#define INTERRUPTED 130

const struct tui_binding tui_common_bindings[] = {
	{ '1', "1 … 5", NULL, N_("go to that step of the road") },
	{ '[', "[ ]", NULL, N_("the step before, the step after") },
	{ TUI_KEY_ESC, "Esc", NULL,
	  N_("one level back; never leaves the program, never loses "
	     "anything. Ctrl-G is the same.") },
	{ 'R', "R", NULL, N_("ask the provider for news. F5 is the same.") },
	{ '?', "?", NULL, N_("this help. F1 is the same.") },
	{ 'q', "q", NULL,
	  N_("leave this view; on a step of the road, leave the program. "
	     "F10 leaves it from anywhere.") },
	{ TUI_CTRL('C'), "Ctrl-C", NULL,
	  N_("stop: asks the first time, leaves at once the second. "
	     "Everything entered is saved already.") },
	{ TUI_CTRL('Z'), "Ctrl-Z", NULL,
	  N_("back to the shell for a while; 'fg' returns") },
	{ TUI_CTRL('L'), "Ctrl-L", NULL, N_("draw everything again") },
	{ 0, NULL, NULL, NULL },
};

static const struct tui_screen *const steps[] = {
	&tui_screen_customers, &tui_screen_documents, &tui_screen_information,
	&tui_screen_review,    &tui_screen_status,
};

#define STEPS ((int)(sizeof(steps) / sizeof(steps[0])))

static struct tui_frame *top_of(const struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;

	return &p->stack[p->depth - 1];
}

static bool is_typing(const struct tui_wizard *wizard)
{
	const struct tui_frame *top = top_of(wizard);

	return top->screen->typing && top->screen->typing(top->state);
}

void tui_wizard_dirty(struct tui_wizard *wizard)
{
	wizard->private->dirty = true;
}

void tui_wizard_tell(struct tui_wizard *wizard, unsigned what)
{
	struct tui_wizard_private *p = wizard->private;

	p->dirty = true;
	for (size_t i = 0; i < p->depth; i++)
		if (p->stack[i].screen->changed)
			p->stack[i].screen->changed(wizard, p->stack[i].state,
						    what);
}

/* Saying and asking. */

static void set_message(struct tui_wizard *wizard, char *text, bool bad)
{
	struct tui_wizard_private *p = wizard->private;

	free(p->message);
	p->message = text ? text_clean_new(text) : NULL;
	p->message_bad = bad;
	p->dirty = true;
	free(text);
}

void tui_say(struct tui_wizard *wizard, const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) >= 0)
		set_message(wizard, text, false);
	va_end(args);
}

static const char *what_next(enum err_code code)
{
	switch (code) {
	case ERR_INPUT:
		return _("Correct it and try again.");
	case ERR_REFUSED:
		return _("Step 5 says what to do about it.");
	case ERR_NETWORK:
		return _("Nothing is lost; R tries again.");
	case ERR_CREDENTIALS:
		return _("Check the profile's API key, then start kyc again.");
	case ERR_CONFIG:
		return _("Check the configuration.");
	case ERR_STORE:
		return _("Free some space or check the state directory; what "
			 "was saved before is safe.");
	case ERR_BUG:
		return _("This is a mistake in kyc; please report it.");
	default:
		return "";
	}
}

void tui_say_err(struct tui_wizard *wizard, const struct err *err)
{
	const char *next = what_next(err->code);

	set_message(wizard,
		    mem_printf("%s%s%s", err->text, *next ? ". " : "", next),
		    true);
}

void tui_ask(struct tui_wizard *wizard,
	     void (*yes)(struct tui_wizard *wizard, void *arg), void *arg,
	     const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) >= 0) {
		tui_overlay_ask(&wizard->private->overlay, text, yes, arg);
		free(text);
	}
	va_end(args);
	wizard->private->leave_asked = false;
	wizard->private->dirty = true;
}

void tui_show(struct tui_wizard *wizard, const char *title, const char *text)
{
	tui_overlay_read(&wizard->private->overlay, title, text);
	wizard->private->dirty = true;
}

/* Screens come and go. */

static void layout(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;

	tui_frame_layout(wizard);
	for (size_t i = 0; i < p->depth; i++)
		if (p->stack[i].screen->layout)
			p->stack[i].screen->layout(wizard, p->stack[i].state,
						   &p->area);
	p->dirty = true;
}

static void pop(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;
	struct tui_frame frame = p->stack[p->depth - 1];

	p->depth--;
	if (frame.screen->leave)
		frame.screen->leave(wizard, frame.state);
	p->dirty = true;
}

static void push(struct tui_wizard *wizard, const struct tui_screen *screen)
{
	struct tui_wizard_private *p = wizard->private;
	void *state = screen->enter(wizard);

	p->stack[p->depth++] = (struct tui_frame){ screen, state };
	if (screen->layout)
		screen->layout(wizard, state, &p->area);
	p->tick_ms = 0;
	p->dirty = true;
}

static bool goes_on_top(const struct tui_screen *screen)
{
	return screen->step == 0 || screen == &tui_screen_document;
}

static void go_now(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;
	const struct tui_screen *screen = p->going;

	p->going = NULL;
	if (!screen)
		return;
	if (goes_on_top(screen)) {
		if (p->depth > 1 && (top_of(wizard)->screen == screen ||
				     p->depth == TUI_STACK_MOST))
			pop(wizard);
	} else {
		while (p->depth > 0)
			pop(wizard);
	}
	push(wizard, screen);
}

void tui_go(struct tui_wizard *wizard, const struct tui_screen *screen)
{
	if (screen != &tui_screen_customers && !wizard->customer) {
		tui_say(wizard, _("Open a customer first."));
		return;
	}
	wizard->private->going = screen;
}

/* From 2a to where it came from, from the last steps to the checklist, from
 * there to the customers; never out of the program. */
static void back(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;
	int step = top_of(wizard)->screen->step;

	if (p->depth > 1) {
		pop(wizard);
		layout(wizard);
	} else if (step > 2) {
		tui_go(wizard, &tui_screen_documents);
	} else if (step == 2) {
		tui_go(wizard, &tui_screen_customers);
	}
}

static void step_by(struct tui_wizard *wizard, int by)
{
	int step = top_of(wizard)->screen->step + by;

	if (step >= 1 && step <= STEPS)
		tui_go(wizard, steps[step - 1]);
}

/* The customer being worked on. */

static unsigned accepted_count(const struct case_checklist *checklist)
{
	unsigned count = 0;

	for (size_t i = 0; i < checklist->submissions.count; i++)
		count += checklist->submissions.list[i].state == CASE_ACCEPTED;
	return count;
}

static void poll_in(struct tui_wizard *wizard, int64_t ms)
{
	wizard->private->poll_ms = xfer_now() + ms;
}

void tui_wizard_reload(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;
	unsigned before = accepted_count(&wizard->checklist);
	struct err err = { 0 };

	if (!wizard->customer)
		return;
	if (case_checklist_load(wizard->app->store, wizard->app->profile,
				wizard->customer, &wizard->checklist, &err)) {
		tui_say_err(wizard, &err);
		return;
	}
	if (accepted_count(&wizard->checklist) > before) {
		p->poll_every = POLL_FIRST_MS;
		poll_in(wizard, AFTER_SENT_MS);
	}
	p->counts_stale = true;
	tui_wizard_tell(wizard, TUI_CHANGED_RECORD);
}

/* Is there anything that only the provider can bring about? */
static bool waits_for_provider(const struct tui_wizard *wizard)
{
	const struct case_checklist *list = &wizard->checklist;

	if (wizard->offline || list->customer.stage == PROV_STAGE_IN_REVIEW)
		return true;
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].state == CASE_ITEM_SENT ||
		    list->items[i].state == CASE_ITEM_IN_REVIEW)
			return true;
	return false;
}

static void poll_later(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;

	p->poll_ms = INT64_MAX;
	if (!waits_for_provider(wizard))
		return;
	poll_in(wizard, p->poll_every);
	p->poll_every *= 2;
	if (p->poll_every > POLL_LAST_MS)
		p->poll_every = POLL_LAST_MS;
}

static void on_customer(void *arg, struct prov_customer *customer,
			const struct err *err)
{
	struct tui_wizard *wizard = arg;
	/* Who did not ask is told once that nobody answers. */
	bool said = wizard->private->polling && wizard->offline;
	struct err failure = { 0 };

	wizard->private->asking = NULL;
	wizard->refreshing = false;
	wizard->offline = !customer;
	if (customer &&
	    case_customer_put(wizard->app->store, wizard->app->profile,
			      customer, &failure))
		err = &failure;
	if (err) {
		if (!said)
			tui_say_err(wizard, err);
		tui_wizard_dirty(wizard);
	} else {
		tui_wizard_reload(wizard);
	}
	poll_later(wizard);
}

static void ask_provider(struct tui_wizard *wizard, bool polling)
{
	struct tui_wizard_private *p = wizard->private;
	struct err err = { 0 };

	p->poll_ms = INT64_MAX;
	p->polling = polling;
	if (!wizard->customer || p->asking)
		return;
	if (prov_ask_customer(wizard->app->xfer, wizard->app->profile,
			      wizard->customer, on_customer, wizard, &p->asking,
			      &err)) {
		p->asking = NULL;
		wizard->offline = true;
		tui_say_err(wizard, &err);
		poll_later(wizard);
		return;
	}
	wizard->refreshing = true;
	p->dirty = true;
}

void tui_wizard_refresh(struct tui_wizard *wizard)
{
	ask_provider(wizard, false);
}

static void forget_question(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;

	if (p->asking)
		prov_ask_cancel(p->asking);
	p->asking = NULL;
	p->poll_ms = INT64_MAX;
	p->poll_every = POLL_FIRST_MS;
	wizard->refreshing = false;
}

void tui_wizard_open(struct tui_wizard *wizard, const char *id)
{
	if (!prov_id_valid(id)) {
		tui_say(wizard, _("That is not an id: it is empty, too long "
				  "or has characters that no id has."));
		return;
	}
	forget_question(wizard);
	mem_replace(&wizard->customer, id);
	mem_replace(&wizard->field, NULL);
	mem_replace(&wizard->slot.party, NULL);
	memset(&wizard->slot, 0, sizeof(wizard->slot));
	case_checklist_release(&wizard->checklist);
	memset(&wizard->checklist, 0, sizeof(wizard->checklist));
	tui_wizard_reload(wizard);
	forget_question(wizard); /* old acceptances are no news */
	tui_wizard_refresh(wizard);
}

static void on_looked(void *arg, uint64_t id, const struct doc_facts *facts)
{
	struct tui_wizard *wizard = arg;
	const struct tui_frame *top = top_of(wizard);

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

/* Leaving. */

static void leave_with(struct tui_wizard *wizard, int status)
{
	wizard->private->leaving = true;
	wizard->private->status = status;
}

static void leave(struct tui_wizard *wizard, void *arg)
{
	(void)arg;
	leave_with(wizard, 0);
}

/* What stays behind, as a sentence; empty when nothing does. */
static char *unfinished(const struct tui_wizard *wizard)
{
	struct outbox_totals totals = { 0 };
	unsigned on_way, ready = wizard->checklist.ready;
	struct buf text = { 0 };

	if (wizard->app->outbox)
		outbox_totals(wizard->app->outbox, &totals);
	on_way = totals.queued + totals.sending + totals.waiting + totals.held +
		 totals.unsure;
	if (on_way)
		buf_addf(&text,
			 P_("%u item has no answer yet. It stays saved; "
			    "'kyc resume' sends it. ",
			    "%u items have no answer yet. They stay saved; "
			    "'kyc resume' sends them. ",
			    on_way),
			 on_way);
	if (ready)
		buf_addf(&text,
			 P_("%u item is chosen but not sent; it stays saved. ",
			    "%u items are chosen but not sent; they stay "
			    "saved. ",
			    ready),
			 ready);
	return buf_take(&text);
}

static void ask_to_leave(struct tui_wizard *wizard, bool always)
{
	char *left = unfinished(wizard);

	if (!*left && !always) {
		leave_with(wizard, 0);
	} else {
		tui_ask(wizard, leave, NULL, "%s%s", left,
			*left ? _("Leave kyc?")
			      : _("Leave kyc? Everything is saved."));
		wizard->private->leave_asked = always;
	}
	free(left);
}

static void interrupt(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;

	if (p->overlay.kind == TUI_OVERLAY_ASK && p->leave_asked)
		leave_with(wizard, INTERRUPTED);
	else
		ask_to_leave(wizard, true);
}

/* Keys. */

static void show_help(struct tui_wizard *wizard)
{
	tui_overlay_help(&wizard->private->overlay, _("Keys"),
			 top_of(wizard)->screen->bindings, tui_common_bindings);
}

/* Keys that mean the same everywhere, even in a box. True when it was one. */
static bool rescue_key(struct tui_wizard *wizard, int key)
{
	switch (key) {
	case TUI_KEY_RESIZE:
		layout(wizard);
		return true;
	case TUI_CTRL('C'):
		interrupt(wizard);
		return true;
	case TUI_CTRL('\\'):
		leave_with(wizard, INTERRUPTED);
		return true;
	case TUI_CTRL('L'):
		tui_term_reassert();
		layout(wizard);
		return true;
	case TUI_CTRL('Z'):
		tui_term_suspend();
		layout(wizard);
		return true;
	case TUI_KEY_F10:
		ask_to_leave(wizard, false);
		return true;
	default:
		return false;
	}
}

static void box_key(struct tui_wizard *wizard, const struct tui_input *in)
{
	struct tui_overlay *overlay = &wizard->private->overlay;
	struct tui_overlay asked;

	if (tui_overlay_key(overlay, in) != TUI_OVERLAY_YES)
		return;
	/* What yes does may open another box. */
	asked = *overlay;
	*overlay = (struct tui_overlay){ 0 };
	if (asked.on_yes)
		asked.on_yes(wizard, asked.arg);
	tui_overlay_close(&asked);
}

static void letter_key(struct tui_wizard *wizard, int key)
{
	switch (key) {
	case '?':
		show_help(wizard);
		break;
	case 'q':
		if (wizard->private->depth > 1)
			back(wizard);
		else
			ask_to_leave(wizard, false);
		break;
	case 'R':
		tui_wizard_refresh(wizard);
		break;
	case '[':
		step_by(wizard, -1);
		break;
	case ']':
		step_by(wizard, 1);
		break;
	default:
		if (key >= '1' && key < '1' + STEPS)
			tui_go(wizard, steps[key - '1']);
		break;
	}
}

/* What the screen had no use for. */
static void common_key(struct tui_wizard *wizard, int key, bool typing)
{
	switch (key) {
	case TUI_KEY_HELP:
		show_help(wizard);
		break;
	case TUI_KEY_F5:
		tui_wizard_refresh(wizard);
		break;
	case TUI_KEY_ESC:
		back(wizard);
		break;
	default:
		if (!typing)
			letter_key(wizard, key);
		break;
	}
}

static void screen_key(struct tui_wizard *wizard, const struct tui_input *in)
{
	const struct tui_frame top = *top_of(wizard);
	bool typing = is_typing(wizard);
	unsigned flags = top.screen->key(wizard, top.state, in);

	if (flags & TUI_BACK)
		back(wizard);
	else if (flags == TUI_IGNORED)
		common_key(wizard, in->key, typing);
}

static void handle_key(struct tui_wizard *wizard, const struct tui_input *in)
{
	struct tui_wizard_private *p = wizard->private;

	p->dirty = p->urgent = true;
	if (in->key != TUI_KEY_RESIZE)
		set_message(wizard, NULL, false);
	if (rescue_key(wizard, in->key))
		return;
	/* What cannot be seen is not done; what is typed blindly is kept. */
	if (p->too_small &&
	    !(is_typing(wizard) && in->key >= ' ' && in->key < TUI_KEY_ENTER))
		return;
	if (p->overlay.kind != TUI_OVERLAY_NONE)
		box_key(wizard, in);
	else
		screen_key(wizard, in);
	go_now(wizard);
}

/* -1: the terminal is gone. */
static int handle_input(struct tui_wizard *wizard)
{
	struct tui_input in;
	int got;

	while (!wizard->private->leaving && (got = tui_input_read(&in)) != 0) {
		if (got < 0)
			return -1;
		handle_key(wizard, &in);
	}
	if (tui_term_stopping())
		tui_term_suspend();
	else if (tui_term_continued()) {
		tui_term_reassert();
		wizard->private->dirty = wizard->private->urgent = true;
	}
	return 0;
}

static void handle_signals(struct tui_wizard *wizard)
{
	int number = tui_signal_taken();

	if (number == SIGINT) {
		interrupt(wizard);
		wizard->private->urgent = true;
	} else if (number) {
		leave_with(wizard, INTERRUPTED);
	}
}

/* What time and others brought about. */

static void count_rejected(struct tui_wizard *wizard, int64_t now)
{
	struct tui_wizard_private *p = wizard->private;
	struct case_customer_list found = { 0 };
	struct err err = { 0 };
	unsigned count = 0;

	if (!p->counts_stale || now - p->counts_ms < COUNTS_MS)
		return;
	p->counts_stale = false;
	p->counts_ms = now;
	/* Cases with work to do come first. */
	if (case_customers_search(wizard->app->store, wizard->app->profile, "",
				  0, 200, &found, &err))
		return;
	for (size_t i = 0; i < found.count; i++)
		count += found.list[i].rejected > 0;
	case_customer_list_release(&found);
	p->dirty |= count != p->rejected;
	p->rejected = count;
}

static int tick_wanted(const struct tui_wizard *wizard)
{
	const struct tui_frame *top = top_of(wizard);

	return top->screen->tick && top->screen->tick_in
		       ? top->screen->tick_in(wizard, top->state)
		       : -1;
}

static void tick(struct tui_wizard *wizard, int64_t now)
{
	struct tui_wizard_private *p = wizard->private;
	const struct tui_frame *top = top_of(wizard);

	if (p->moved) {
		p->moved = false;
		p->poll_every = POLL_FIRST_MS;
		tui_wizard_reload(wizard);
		tui_wizard_tell(wizard, TUI_CHANGED_TRANSFER);
	}
	if (now >= p->poll_ms)
		ask_provider(wizard, true);
	count_rejected(wizard, now);
	if (p->tick_ms && now >= p->tick_ms) {
		p->tick_ms = 0;
		p->dirty |= top->screen->tick &&
			    top->screen->tick(wizard, top->state, now);
	}
	go_now(wizard);
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

	if (wanted >= 0 && (!p->tick_ms || now + wanted < p->tick_ms))
		p->tick_ms = now + wanted;
	if (p->tick_ms)
		timeout = sooner(timeout, p->tick_ms - now);
	if (p->poll_ms != INT64_MAX)
		timeout = sooner(timeout, p->poll_ms - now);
	if (p->counts_stale)
		timeout = sooner(timeout, p->counts_ms + COUNTS_MS - now);
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
	p->dirty = p->urgent = false;
	p->drawn_ms = now;
}

/* -1: it cannot go on; FATAL may say why. */
static int turn(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;
	struct pollfd fds[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = tui_term_fd(), .events = POLLIN },
	};

	draw(wizard, xfer_now());
	if (tui_app_turn(wizard->app, fds, 2, patience(wizard, xfer_now()),
			 &p->fatal))
		return -1;
	handle_signals(wizard);
	if (handle_input(wizard)) {
		leave_with(wizard, INTERRUPTED);
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
	forget_question(wizard);
	while (p->depth > 0)
		pop(wizard);
	tui_overlay_close(&p->overlay);
	case_checklist_release(&wizard->checklist);
	mem_replace(&wizard->customer, NULL);
	mem_replace(&wizard->field, NULL);
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
		.poll_every = POLL_FIRST_MS,
		.counts_stale = true,
		.counts_ms = -COUNTS_MS,
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
	push(&wizard, &tui_screen_customers);
	while (!private.leaving && !turn(&wizard))
		;
	release(&wizard);
	tui_term_stop();
	if (private.fatal.code != ERR_NONE)
		return tui_report_err(&private.fatal);
	return private.status;
}
