/* SPDX-License-Identifier: MIT */
/* What stands around every screen: who and where above, what was said and
 * which keys there are below. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/terminal/term.h"
#include "tui/wizard/wizard_private.h"
#include "tui/words/item_words.h"

#define LEAST_ROWS   12
#define LEAST_COLS   40
#define ROOMY_ROWS   16 /* from here on there are rules */
#define MESSAGE_MOST 3	/* rows that a long message may take */

static struct tui_area whole(void)
{
	struct tui_area area = { 0 };

	tui_term_size(&area.rows, &area.cols);
	return area;
}

void tui_frame_layout(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;
	struct tui_area area = whole();
	bool roomy = area.rows >= ROOMY_ROWS;

	p->too_small = area.rows < LEAST_ROWS || area.cols < LEAST_COLS;
	if (p->too_small) { /* screens are laid out as if for the least */
		area.rows = LEAST_ROWS;
		area.cols = LEAST_COLS;
	}
	area.top = roomy ? 3 : 2;
	area.rows -= roomy ? 6 : 4;
	p->area = area;
}

static void add(struct buf *text, char *words)
{
	buf_addf(text, "%s%s", text->len ? " · " : "", words);
	free(words);
}

/* What is on its way comes first: it is told whatever else has no room. */
static void add_in_flight(const struct tui_wizard *wizard, struct buf *text)
{
	struct outbox_totals totals = { 0 };
	unsigned sending;

	if (wizard->app->outbox)
		outbox_totals(wizard->app->outbox, &totals);
	sending = totals.queued + totals.sending + totals.waiting;
	if (sending && outbox_stopped(wizard->app->outbox))
		add(text, mem_printf(P_("%u stopped", "%u stopped", sending),
				     sending));
	else if (sending)
		add(text, mem_printf(P_("%u sending", "%u sending", sending),
				     sending));
	if (totals.held)
		add(text, mem_printf(P_("%u held", "%u held", totals.held),
				     totals.held));
	if (totals.unsure)
		add(text,
		    mem_printf(P_("%u unsure", "%u unsure", totals.unsure),
			       totals.unsure));
}

/* "1 sending · 3 rejected · ana · as of 10:41 (not reachable)" */
static char *standing(const struct tui_wizard *wizard, int cols)
{
	const struct tui_app *app = wizard->app;
	unsigned rejected = (unsigned)wizard->private->inbox.rejected;
	unsigned wanted = (unsigned)wizard->private->inbox.wanted;
	struct buf text = { 0 };
	char when[32];

	add_in_flight(wizard, &text);
	if (rejected)
		add(&text,
		    mem_printf(P_("%u rejected", "%u rejected", rejected),
			       rejected));
	if (wanted && (cols >= 60 || !rejected))
		add(&text,
		    mem_printf(P_("%u to look at", "%u to look at", wanted),
			       wanted));
	/* What cannot be reached matters more than who one is. */
	if (app->operator_name && cols >= (wizard->offline ? 100 : 60))
		add(&text, mem_dup(app->operator_name));
	if (wizard->offline && wizard->customer && cols >= 60) {
		tui_ago(when, sizeof(when), wizard->checklist.seen_ms,
			xfer_now_unix());
		add(&text, mem_printf(_("as of %s (not reachable)"), when));
	} else if (wizard->offline) {
		add(&text, mem_dup(_("not reachable")));
	} else if (wizard->refreshing) {
		add(&text, mem_dup(_("asking…")));
	}
	return buf_take(&text);
}

static void draw_head(const struct tui_wizard *wizard,
		      const struct tui_area *all)
{
	const struct prov_profile *profile = wizard->app->profile;
	bool named = (wizard->app->profile_count > 1 || all->cols >= 100) &&
		     !text_same(profile->name, tui_realm(profile));
	char *right = standing(wizard, all->cols);
	char *title = mem_printf("kyc · %s %s", profile->provider->title,
				 tui_realm(profile));
	enum tui_style style = TUI_TITLE;
	int width = text_width(right);
	int least = text_width(title) + 2; /* where it goes is never cut */
	int left;

	if (named) {
		char *longer = mem_printf("%s · %s", title, profile->name);

		free(title);
		title = longer;
	}
	if (width > all->cols - least)
		width = all->cols - least;
	left = all->cols - width - 2;
	/* Real data is told from practice without any colour. */
	if (prov_environment(profile) == PROV_PRODUCTION)
		style = TUI_ALARM;
	tui_text(all, 0, 0, left, style, title);
	tui_text(all, 0, all->cols - width, width, TUI_PLAIN, right);
	free(title);
	free(right);
}

static bool names_key(const struct tui_binding *binding, int key)
{
	for (; binding && binding->key; binding++)
		if (binding->key == key && binding->label)
			return true;
	return false;
}

/* What always stands at the end: how to get out of here, where there is
 * somewhere to go, and how to get help. */
static void last_keys(const struct tui_frame *top,
		      const struct tui_binding *bindings,
		      struct tui_binding last[3])
{
	bool typing = top->screen->typing && top->screen->typing(top->state);

	if (top->screen != &tui_screen_customers &&
	    !names_key(bindings, TUI_KEY_ESC))
		*last++ = (struct tui_binding){ TUI_KEY_ESC, "Esc",
						N_("go back"), NULL };
	*last = (struct tui_binding){ TUI_KEY_HELP, typing ? "F1" : "?",
				      N_("help"), NULL };
}

/* Draw KEY behind what there is, unless it would go beyond ROOM; the column
 * that it ends in. */
static int put_key(const struct tui_area *all, int row, int col, int room,
		   const struct tui_binding *key)
{
	const char *name = _(key->name);
	char *text = mem_printf("%s %s", name, _(key->label));
	int dot = col > 0 ? 3 : 0;
	int width = text_width(text);

	if (col + dot + width <= room) {
		tui_text(all, row, col, dot, TUI_DIM, " · ");
		col += dot;
		tui_text(all, row, col, width, TUI_PLAIN, text);
		tui_text(all, row, col, text_width(name), TUI_STRONG, name);
		col += width;
	}
	free(text);
	return col;
}

static int width_of(const struct tui_binding *key)
{
	int width = 0;

	for (; key->key; key++)
		width += 4 + text_width(_(key->name)) +
			 text_width(_(key->label));
	return width;
}

/* As many keys as fit, and always how to learn of the others. */
static int put_screen_keys(const struct tui_wizard *wizard,
			   const struct tui_area *all, int row)
{
	const struct tui_frame *top = tui_wizard_top(wizard);
	const struct tui_binding *key = tui_wizard_bindings(wizard);
	struct tui_binding last[3] = { { 0 } };
	int col = 0, room = 0;

	last_keys(top, key, last);
	room = all->cols - width_of(last);
	for (; key && key->key; key++)
		if (key->name && key->label && key->key != '?' &&
		    key->key != TUI_KEY_HELP &&
		    (!top->screen->useful ||
		     top->screen->useful(wizard, top->state, key->key)))
			col = put_key(all, row, col, room, key);
	for (key = last; key->key; key++)
		col = put_key(all, row, col, all->cols, key);
	return col;
}

/* A box takes the screen's keys away. */
static int put_box_keys(const struct tui_overlay *overlay,
			const struct tui_area *all, int row)
{
	static const struct tui_binding read[] = {
		{ TUI_KEY_ESC, "Esc", N_("go back"), NULL },
		{ 0 },
	};
	static const struct tui_binding ask[] = {
		{ TUI_KEY_ENTER, "Enter", N_("choose"), NULL },
		{ TUI_KEY_ESC, "Esc", N_("no"), NULL },
		{ 0 },
	};
	const struct tui_binding *key =
		overlay->kind == TUI_OVERLAY_ASK ? ask : read;
	int col = 0;

	for (; key->key; key++)
		col = put_key(all, row, col, all->cols, key);
	return col;
}

static void draw_keys(const struct tui_wizard *wizard,
		      const struct tui_area *all, int row)
{
	const struct tui_overlay *overlay = &wizard->private->overlay;
	int col = overlay->kind == TUI_OVERLAY_NONE
			  ? put_screen_keys(wizard, all, row)
			  : put_box_keys(overlay, all, row);

	tui_text(all, row, col, -1, TUI_PLAIN, "");
}

static int lines_of(const char *text, int cols)
{
	int lines = 0;

	while (*text) {
		size_t next = 0;

		tui_wrap(text, cols, &next);
		text += next;
		lines++;
	}
	return lines;
}

static void draw_message(const struct tui_wizard *wizard,
			 const struct tui_area *all, int row)
{
	const struct tui_wizard_private *p = wizard->private;
	const char *mark = p->message_bad ? tui_symbol(TUI_SYMBOL_BAD) : "";
	char *text;
	int lines;

	if (!p->message)
		return;
	text = mem_printf("%s%s%s", mark, *mark ? " " : "", p->message);
	lines = lines_of(text, all->cols);
	if (lines > MESSAGE_MOST)
		lines = MESSAGE_MOST;
	tui_paragraph(all, row - lines + 1, 0, -1, lines,
		      p->message_bad ? TUI_BAD : TUI_STRONG, text);
	free(text);
}

static void draw_too_small(const struct tui_area *all)
{
	char *text = mem_printf(_("This window is %d columns by %d rows. "
				  "Please make it at least %d by %d: "
				  "everything is as you left it."),
				all->cols, all->rows, LEAST_COLS, LEAST_ROWS);

	tui_paragraph(all, 0, 0, -1, all->rows, TUI_PLAIN, text);
	free(text);
}

void tui_frame_draw(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;
	struct tui_frame *top = &p->stack[p->depth - 1];
	struct tui_area all = whole();
	bool roomy = all.rows >= ROOMY_ROWS;

	if (p->too_small) {
		draw_too_small(&all);
		return;
	}
	draw_head(wizard, &all);
	tui_frame_draw_road(wizard, &all);
	if (roomy) {
		tui_rule(&all, 2, NULL);
		tui_rule(&all, all.rows - 2, NULL);
	}
	top->screen->draw(wizard, top->state, &p->area);
	draw_message(wizard, &all, all.rows - (roomy ? 3 : 2));
	draw_keys(wizard, &all, all.rows - 1);
	if (p->overlay.kind != TUI_OVERLAY_NONE)
		tui_overlay_draw(&p->overlay, &p->area);
}
