/* SPDX-License-Identifier: MIT */
#include "tui/screens/inbox.h"

#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/wizard/remedy.h"
#include "tui/words/clock_words.h"
#include "tui/words/item_words.h"
#include "tui/words/part_words.h"
#include "tui/words/status_words.h"

#define FIRST_ROW  2 /* below the title and the heads */
#define ROW_LINES  2
#define PAGES_READ 3 /* the one in view, one before and one after */

static void row_release(struct inbox_row *row)
{
	free(row->what);
	mem_free_private(row->why);
	free(row->more);
}

static void rows_release(struct inbox *state)
{
	for (size_t i = 0; i < state->found.count; i++)
		row_release(&state->rows[i]);
	free(state->rows);
	state->rows = NULL;
	case_inbox_release(&state->found);
}

void inbox_release(struct inbox *state)
{
	rows_release(state);
	tui_edit_release(&state->filter);
	free(state->opening);
}

struct inbox_row *inbox_row(const struct inbox *state, size_t i)
{
	if (i < state->offset || i - state->offset >= state->found.count)
		return NULL;
	return &state->rows[i - state->offset];
}

static const struct prov_profile *profile_named(const struct tui_app *app,
						const char *name)
{
	if (strcmp(app->profile->name, name) == 0)
		return app->profile;
	for (size_t i = 0; i < app->profile_count; i++)
		if (strcmp(tui_app_profile(app, i)->name, name) == 0)
			return tui_app_profile(app, i);
	return NULL;
}

/* What stands behind the reason: what else there is, what is left to try. */
static char *more_of(const struct inbox_row *row,
		     const struct case_checklist *list,
		     const struct case_item *item)
{
	const struct case_part *part = tui_part_of(list, item);
	char *budget = part && tui_part_begun(list, part)
			       ? tui_part_budget(list, part)
			       : NULL;
	struct buf text = { 0 };

	if (row->from->rejected > 1)
		buf_addf(&text, _("and %u more"), row->from->rejected - 1);
	if (budget)
		buf_addf(&text, "%s%s", text.len ? " · " : "", budget);
	free(budget);
	return buf_take(&text);
}

/* What is rejected: of who is shown, not of a thousand others. */
static void look(const struct tui_wizard *wizard, struct inbox_row *row)
{
	struct case_checklist list = { 0 };
	const struct case_item *item = NULL;
	struct err err = { 0 };

	row->looked = true;
	if (!row->profile || !row->from->read_ms ||
	    case_inbox_look(wizard->app->store, row->profile, row->from->id,
			    &list, &err))
		return;
	item = tui_remedy_first(&list);
	if (item) {
		row->what = tui_item_label(item);
		row->why = mem_dup(tui_item_why(item));
		row->more = more_of(row, &list, item);
		row->next = item->reason ? item->reason->next : PROV_NEXT_NONE;
	}
	case_checklist_release(&list);
}

void inbox_load(struct tui_wizard *wizard, struct inbox *state)
{
	size_t page = state->list.rows > 0 ? (size_t)state->list.rows : 1;
	size_t offset = state->list.top > page ? state->list.top - page : 0;
	struct case_inbox found = { 0 };
	struct err err = { 0 };

	state->stale = false;
	if (case_inbox_read(wizard->app->store, tui_edit_text(&state->filter),
			    offset, PAGES_READ * page, &found, &err)) {
		tui_say_err(wizard, &err);
		return;
	}
	rows_release(state);
	state->found = found;
	state->offset = offset;
	state->rows = mem_array(found.count + 1, sizeof(*state->rows));
	for (size_t i = 0; i < found.count; i++) {
		state->rows[i].from = &state->found.rows[i];
		state->rows[i].profile =
			profile_named(wizard->app, found.rows[i].profile);
	}
	inbox_fit(state);
	for (int i = 0; i < state->list.rows; i++) {
		struct inbox_row *row =
			inbox_row(state, state->list.top + (size_t)i);

		if (row)
			look(wizard, row);
	}
}

void inbox_load_again(struct tui_wizard *wizard, struct inbox *state)
{
	const struct inbox_row *row = inbox_row(state, state->list.selected);
	char *profile = mem_dup(row ? row->from->profile : NULL);
	char *id = mem_dup(row ? row->from->id : NULL);
	size_t top = state->list.top;

	inbox_load(wizard, state);
	for (size_t i = 0; id && i < state->found.count; i++)
		if (strcmp(state->found.rows[i].id, id) == 0 &&
		    strcmp(state->found.rows[i].profile, profile) == 0)
			state->list.selected = state->offset + i;
	inbox_fit(state);
	if (state->list.top != top)
		inbox_load(wizard, state);
	free(profile);
	free(id);
}

void inbox_fit(struct inbox *state)
{
	int rows = (state->screen_rows - FIRST_ROW - 1) / ROW_LINES;

	tui_list_fit(&state->list, state->found.matching, rows > 1 ? rows : 1);
}

/* "Dwolla practice · dwolla-2" */
static char *where_words(const struct inbox_row *row)
{
	const struct prov_profile *profile = row->profile;

	if (!profile)
		return mem_printf(_("%s (not configured)"), row->from->profile);
	if (strcmp(profile->name, tui_realm(profile)) == 0)
		return mem_printf("%s %s", profile->provider->title,
				  tui_realm(profile));
	return mem_printf("%s %s · %s", profile->provider->title,
			  tui_realm(profile), profile->name);
}

static void draw_who(const struct inbox_row *row, const struct tui_area *area,
		     int at, enum tui_style style)
{
	const struct case_inbox_row *from = row->from;
	int right = area->cols >= 60 ? 18 : 10;
	int name = (area->cols - 2 - right) / 2;
	char *where = where_words(row);
	char span[40], *notes = NULL;

	tui_span(span, sizeof(span), from->since_ms, xfer_now_unix());
	if (from->notes)
		notes = mem_printf(
			P_("%s (%u note)", "%s (%u notes)", from->notes),
			from->name, from->notes);
	tui_text(area, at, 2, name - 1, style, notes ? notes : from->name);
	tui_text(area, at, 2 + name, area->cols - 2 - name - right - 1, style,
		 where);
	tui_text(area, at, area->cols - right, right, style, span);
	free(notes);
	free(where);
}

static char *why_words(const struct tui_wizard *wizard,
		       const struct inbox_row *row)
{
	struct buf text = { 0 };
	char *clean = NULL;

	if (!row->profile)
		return mem_dup(_("Its profile is not in the configuration."));
	if (!row->what)
		return mem_dup(
			row->from->read_ms ? _("Something newer was chosen: "
					       "review & send.")
			: row->profile == wizard->app->profile
				? _("Something is wanted; asking what it is.")
				: _("Something is wanted; Enter asks what it "
				    "is."));
	buf_addf(&text, "%s", row->what);
	if (*row->more)
		buf_addf(&text, " · %s", row->more);
	if (row->why)
		buf_addf(&text, ": %s", row->why);
	/* As it will be drawn: something is put behind it. */
	clean = text_clean_new(buf_text(&text));
	buf_release(&text);
	return clean;
}

/* What is to be done is never cut, whatever else is said. */
static void draw_why(const struct tui_wizard *wizard,
		     const struct inbox_row *row, const struct tui_area *area,
		     int at)
{
	const char *next = tui_remedy_word(row->next);
	char *words = why_words(wizard, row);
	char *action = *next ? mem_printf("%s %s",
					  tui_symbol(TUI_SYMBOL_POINTER), next)
			     : mem_dup("");
	int width = text_width(action);
	int room = area->cols - 4 - (width ? width + 1 : 0);
	int used = text_width(words) < room ? text_width(words) : room;

	tui_text(area, at, 4, room, row->next ? TUI_PLAIN : TUI_DIM, words);
	if (width)
		tui_text(area, at, 4 + used + 1, -1, TUI_STRONG, action);
	free(action);
	free(words);
}

static void draw_title(const struct inbox *state, const struct tui_area *area)
{
	char *count =
		mem_printf(P_("%zu case", "%zu cases", state->found.matching),
			   state->found.matching);
	int width = text_width(count);

	tui_text(area, 0, 2, -1, TUI_STRONG,
		 area->cols >= 60
			 ? _("Rejected or to look at, at all profiles; who "
			     "waits longest first")
			 : _("Rejected or to look at"));
	tui_text(area, 0, area->cols - width, width, TUI_PLAIN, count);
	free(count);
}

/* The filter, or whom the provider is asked about. */
static void draw_line(const struct inbox *state, const struct tui_area *area)
{
	struct tui_edit filter = state->filter;

	if (state->filtering || *tui_edit_text(&filter)) {
		tui_text(area, 1, 0, 2, TUI_PLAIN, "/");
		tui_edit_draw(&filter, area, 1, 2, area->cols - 3,
			      state->filtering);
	} else if (state->ask.asking) {
		tui_text(area, 1, 2, -1, TUI_DIM, _("asking…"));
	}
}

void inbox_draw(const struct tui_wizard *wizard, void *opaque,
		const struct tui_area *area)
{
	const struct inbox *state = opaque;
	const struct tui_list *list = &state->list;

	draw_title(state, area);
	draw_line(state, area);
	if (!state->found.matching)
		tui_text(area, FIRST_ROW + 1, 2, -1, TUI_PLAIN,
			 *tui_edit_text(&state->filter)
				 ? _("Nobody matches.")
				 : _("Nothing is rejected, as far as it was "
				     "looked at."));
	for (int i = 0; i < list->rows; i++) {
		const struct inbox_row *row =
			inbox_row(state, list->top + (size_t)i);
		bool selected = list->top + (size_t)i == list->selected;
		int at = FIRST_ROW + i * ROW_LINES;

		if (!row)
			continue;
		tui_text(area, at, 0, -1, selected ? TUI_FOCUS : TUI_PLAIN,
			 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
		draw_who(row, area, at, selected ? TUI_FOCUS : TUI_PLAIN);
		draw_why(wizard, row, area, at + 1);
		if (selected && !state->filtering)
			tui_cursor(area, at, 0);
	}
	tui_more_line(area, FIRST_ROW + list->rows * ROW_LINES,
		      tui_list_above(list), tui_list_below(list));
}
