/* SPDX-License-Identifier: MIT */
/* What stands around every screen: who and where above, what was said and
 * which keys there are below. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/item_words.h"
#include "tui/term.h"
#include "tui/wizard_private.h"

#define ROAD_ROW     1
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
	if (wanted)
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

static const char *documents_mark(const struct case_checklist *list)
{
	unsigned missing = list->missing;

	for (size_t i = 0; i < list->count; i++) {
		const struct case_item *item = &list->items[i];
		enum prov_req_kind kind = item->requirement->kind;

		if (kind == PROV_REQ_INFORMATION)
			missing -= missing &&
				   item->state == CASE_ITEM_MISSING &&
				   !item->requirement->optional;
		else if (kind != PROV_REQ_START &&
			 (item->state == CASE_ITEM_REJECTED ||
			  tui_item_blocked(item)))
			return tui_symbol(TUI_SYMBOL_BAD);
	}
	return list->count && !missing ? tui_symbol(TUI_SYMBOL_DONE) : "";
}

/* Of a form, as far as it concerns the mark: -1 something is wrong, 0 it is
 * still wanted, 1 unsure, 2 done. */
static int form_standing(const struct case_item *item)
{
	switch (item->state) {
	case CASE_ITEM_REJECTED:
		return -1;
	case CASE_ITEM_MISSING:
	case CASE_ITEM_DRAFT:
		return item->requirement->optional ||
				       !findings_errors(&item->form->findings)
			       ? 2
			       : 0;
	case CASE_ITEM_UNSURE:
		return 1;
	default:
		return 2;
	}
}

/* How the worst of the forms stands. */
static const char *information_mark(const struct case_checklist *list)
{
	int worst = 3;

	for (size_t i = 0; i < list->count; i++) {
		int here = list->items[i].form ? form_standing(&list->items[i])
					       : worst;

		worst = here < worst ? here : worst;
	}
	switch (worst) {
	case -1:
		return tui_symbol(TUI_SYMBOL_BAD);
	case 1:
		return tui_symbol(TUI_SYMBOL_UNSURE);
	case 2:
		return tui_symbol(TUI_SYMBOL_DONE);
	default:
		return ""; /* to be filled in, or none is asked for */
	}
}

/* A mark for how STEP stands: two of a kind never differ by colour alone. */
static const char *step_mark(const struct tui_wizard *wizard, int step)
{
	const struct case_checklist *list = &wizard->checklist;

	switch (step) {
	case 1:
		return tui_symbol(TUI_SYMBOL_DONE);
	case 2:
		return documents_mark(list);
	case 3:
		return list->count ? information_mark(list) : "";
	case 4:
		return list->in_flight ? tui_symbol(TUI_SYMBOL_WAIT) : "";
	default:
		if (list->customer.stage == PROV_STAGE_APPROVED)
			return tui_symbol(TUI_SYMBOL_DONE);
		return list->customer.stage == PROV_STAGE_CLOSED
			       ? tui_symbol(TUI_SYMBOL_BAD)
			       : "";
	}
}

/* A screen over a step is part of it. */
static int step_here(const struct tui_wizard_private *p)
{
	int step = 0;

	for (size_t i = p->depth; i > 0 && !step; i--)
		step = p->stack[i - 1].screen->step;
	return step;
}

static void draw_road(const struct tui_wizard *wizard,
		      const struct tui_area *all, int row)
{
	static const char *const names[] = {
		N_("Customer"),	     N_("Documents"), N_("Information"),
		N_("Review & send"), N_("Status"),
	};
	/* Whoever was open before is not who is made here. */
	bool open = wizard->customer &&
		    tui_wizard_top(wizard)->screen != &tui_screen_create;
	int here = step_here(wizard->private);
	bool wide = all->cols >= 80;
	int col = 0;

	for (int step = 1; step <= TUI_STEPS; step++) {
		bool current = step == here;
		char *text = mem_printf(current ? "[%d %s%s]"
					: wide	? "%d %s%s"
						: "%d%.0s%s",
					step, _(names[step - 1]),
					open ? step_mark(wizard, step) : "");
		enum tui_style style = current ? TUI_HERE : TUI_PLAIN;

		if (!current && step > 1 && !open)
			style = TUI_DIM;
		if (col < all->cols)
			col += tui_text(all, row, col, text_width(text), style,
					text);
		wizard->private->step_cols[step - 1] = col;
		free(text);
		if (step < 5 && col + 3 < all->cols) {
			tui_textf(all, row, col, 3, TUI_DIM, " %s ",
				  tui_symbol(TUI_SYMBOL_POINTER));
			col += 3;
		}
	}
}

int tui_frame_step_at(const struct tui_wizard *wizard, int row, int col)
{
	const struct tui_wizard_private *p = wizard->private;

	for (int step = 1; row == ROAD_ROW && step <= TUI_STEPS; step++)
		if (col < p->step_cols[step - 1])
			return step;
	return 0;
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
	draw_road(wizard, &all, ROAD_ROW);
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
