/* SPDX-License-Identifier: MIT */
/* Keys that mean the same on every screen, and leaving. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/terminal/term.h"
#include "tui/wizard/wizard_private.h"

const struct tui_binding tui_common_bindings[] = {
	{ '1', "1 … 5", NULL,
	  N_("go to that step of the road, outside a text field") },
	{ '[', "[ ]", NULL,
	  N_("the step before, the step after, outside a text field") },
	{ TUI_KEY_ESC, "Esc", NULL,
	  N_("one level back; never leaves the program, never loses "
	     "anything. Ctrl-G is the same.") },
	{ TUI_KEY_UP, "↑ ↓", NULL,
	  N_("the row above, the row below. PgUp, PgDn, Home and End go "
	     "further.") },
	{ TUI_KEY_DOWN, NULL, NULL, NULL },
	{ TUI_KEY_PAGE_UP, NULL, NULL, NULL },
	{ TUI_KEY_PAGE_DOWN, NULL, NULL, NULL },
	{ TUI_KEY_HOME, NULL, NULL, NULL },
	{ TUI_KEY_END, NULL, NULL, NULL },
	{ 'k', "k j", NULL,
	  N_("the same as the arrows, outside a text field; "
	     "g and G are Home and End") },
	{ 'j', NULL, NULL, NULL },
	{ 'g', NULL, NULL, NULL },
	{ 'G', NULL, NULL, NULL },
	{ 'r', "r", NULL,
	  N_("the rejected inbox, over all profiles, outside a text field. "
	     "Ctrl-T goes there from anywhere.") },
	{ TUI_CTRL('T'), NULL, NULL, NULL },
	{ 'R', "R", NULL, N_("ask the provider for news. F5 is the same.") },
	{ TUI_KEY_F5, NULL, NULL, NULL },
	{ '?', "?", NULL, N_("this help. F1 is the same.") },
	{ TUI_KEY_HELP, NULL, NULL, NULL },
	{ 'q', "q", NULL,
	  N_("leave this view; on a step of the road, leave the program. "
	     "F10 leaves it from anywhere.") },
	{ TUI_CTRL('C'), "Ctrl-C", NULL,
	  N_("stop: asks the first time, leaves at once the second. "
	     "Everything entered is saved already.") },
	{ TUI_CTRL('Z'), "Ctrl-Z", NULL,
	  N_("back to the shell for a while; 'fg' returns") },
	{ TUI_CTRL('L'), "Ctrl-L", NULL, N_("draw everything again") },
	{ TUI_KEY_F9, "F9", NULL,
	  N_("the next language: English, Portuguese. Ctrl-O is the same.") },
	{ TUI_KEY_F8, "F8", NULL,
	  N_("the next colours: the built-in ones, high contrast, for the "
	     "colour-blind. Ctrl-Y is the same.") },
	{ TUI_CTRL('Y'), NULL, NULL, NULL },
	{ TUI_KEY_F7, "F7", NULL,
	  N_("the mouse: with it a click chooses and the wheel scrolls; "
	     "without it the terminal copies. Ctrl-X is the same.") },
	{ TUI_CTRL('X'), NULL, NULL, NULL },
	{ 0, NULL, NULL, NULL },
};

void tui_wizard_leave(struct tui_wizard *wizard, int status)
{
	wizard->private->leaving = true;
	wizard->private->status = status;
}

static void leave(struct tui_wizard *wizard, void *arg)
{
	(void)arg;
	tui_wizard_leave(wizard, 0);
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
		tui_wizard_leave(wizard, 0);
	} else {
		tui_ask(wizard, leave, NULL, "%s%s", left,
			*left ? _("Leave kyc?")
			      : _("Leave kyc? Everything is saved."));
		wizard->private->leave_asked = always;
	}
	free(left);
}

void tui_wizard_interrupt(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;

	if (p->overlay.kind == TUI_OVERLAY_ASK && p->leave_asked)
		tui_wizard_leave(wizard, TUI_INTERRUPTED);
	else
		ask_to_leave(wizard, true);
}

static bool letters_type(const struct tui_wizard *wizard)
{
	const struct tui_frame *top = tui_wizard_top(wizard);

	return top->screen->letters_type &&
	       top->screen->letters_type(top->state);
}

static void show_help(struct tui_wizard *wizard)
{
	tui_overlay_help(&wizard->private->overlay, _("Keys"),
			 tui_wizard_bindings(wizard), tui_common_bindings,
			 !letters_type(wizard));
}

/* Labels that were made out of the record or by the provider are made anew. */
static void speak(struct tui_wizard *wizard, const struct language *language)
{
	language_set(language);
	tui_wizard_tell(wizard, TUI_CHANGED_LANGUAGE);
	if (wizard->customer) {
		tui_wizard_reload(wizard);
		tui_wizard_refresh(wizard);
	}
	tui_wizard_layout(wizard);
	tui_say(wizard, "%s", language->name);
}

/* Keys that mean the same everywhere, even in a box. True when it was one. */
static bool rescue_key(struct tui_wizard *wizard, int key)
{
	switch (key) {
	case TUI_KEY_RESIZE:
		tui_wizard_layout(wizard);
		return true;
	case TUI_CTRL('C'):
		tui_wizard_interrupt(wizard);
		return true;
	case TUI_CTRL('\\'):
		tui_wizard_leave(wizard, TUI_INTERRUPTED);
		return true;
	case TUI_CTRL('L'):
		tui_term_reassert();
		tui_wizard_layout(wizard);
		return true;
	case TUI_CTRL('Z'):
		tui_term_suspend();
		tui_wizard_layout(wizard);
		return true;
	case TUI_KEY_F9:
	case TUI_CTRL('O'):
		speak(wizard, language_next());
		return true;
	case TUI_KEY_F8:
	case TUI_CTRL('Y'):
		tui_next_theme(wizard);
		return true;
	case TUI_KEY_F7:
	case TUI_CTRL('X'):
		tui_toggle_mouse(wizard);
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
			tui_wizard_back(wizard);
		else
			ask_to_leave(wizard, false);
		break;
	case 'r':
		tui_go(wizard, &tui_screen_inbox);
		break;
	case 'R':
		tui_wizard_refresh(wizard);
		break;
	case '[':
		tui_wizard_step_by(wizard, -1);
		break;
	case ']':
		tui_wizard_step_by(wizard, 1);
		break;
	default:
		tui_wizard_step_to(wizard, key - '0');
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
	case TUI_CTRL('T'):
		tui_go(wizard, &tui_screen_inbox);
		break;
	case TUI_KEY_F5:
		tui_wizard_refresh(wizard);
		break;
	case TUI_KEY_ESC:
		tui_wizard_back(wizard);
		break;
	case TUI_KEY_PASTE:
		tui_say(wizard, "%s", _("Nothing can be pasted here."));
		break;
	default:
		if (!typing)
			letter_key(wizard, key);
		break;
	}
}

static void screen_key(struct tui_wizard *wizard, const struct tui_input *in)
{
	const struct tui_frame top = *tui_wizard_top(wizard);
	bool typing = tui_wizard_typing(wizard);
	unsigned flags = top.screen->key(wizard, top.state, in);

	if (flags & TUI_BACK)
		tui_wizard_back(wizard);
	else if (flags == TUI_IGNORED)
		common_key(wizard, in->key, typing);
}

/* Where nothing can be seen nothing is done; what is typed is kept, and what
 * is a key to others than the text does nothing. */
static void blind_key(struct tui_wizard *wizard, const struct tui_input *in)
{
	const struct tui_frame *top = tui_wizard_top(wizard);

	if (wizard->private->overlay.kind == TUI_OVERLAY_NONE &&
	    (tui_wizard_typing(wizard) || letters_type(wizard)) &&
	    in->key >= ' ' && in->key < TUI_KEY_ENTER)
		(void)top->screen->key(wizard, top->state, in);
}

void tui_wizard_key(struct tui_wizard *wizard, const struct tui_input *in)
{
	struct tui_wizard_private *p = wizard->private;

	p->dirty = p->urgent = true;
	if (in->key != TUI_KEY_RESIZE)
		tui_wizard_message(wizard, NULL, false);
	if (rescue_key(wizard, in->key))
		return;
	if (p->too_small)
		blind_key(wizard, in);
	else if (p->overlay.kind != TUI_OVERLAY_NONE)
		box_key(wizard, in);
	else
		screen_key(wizard, in);
	tui_wizard_go_now(wizard);
}

/* -1: the terminal is gone. */
int tui_wizard_input(struct tui_wizard *wizard)
{
	struct tui_input in;
	int got;

	while (!wizard->private->leaving && (got = tui_input_read(&in)) != 0) {
		if (got < 0)
			return -1;
		if (!tui_mouse_key(wizard, &in))
			tui_wizard_key(wizard, &in);
	}
	if (tui_term_stopping()) {
		tui_term_suspend();
	} else if (tui_term_continued()) {
		tui_term_reassert();
	} else {
		return 0;
	}
	tui_wizard_layout(wizard);
	wizard->private->urgent = true;
	return 0;
}
