/* SPDX-License-Identifier: MIT */
/* Step 2: the checklist. What the provider wants, and how each item stands. */
#include <stdlib.h>
#include <string.h>

#include "tui/checklist_view.h"
#include "tui/draft.h"
#include "tui/item_words.h"
#include "tui/path.h"
#include "tui/requests.h"
#include "tui/wizard.h"

struct documents {
	struct tui_rows rows;
	struct tui_list list;
	size_t side; /* of the selected row */
	/* The selection by name: rows move when the checklist changes. */
	char *code, *party;
	struct tui_checks checks;
	struct tui_terms terms;
	struct tui_paths dropped; /* while it is asked what to do with them */
};

static const struct tui_row *selected_row(const struct documents *state)
{
	const struct tui_row *row = NULL;

	if (state->list.selected >= state->rows.count)
		return NULL;
	row = &state->rows.list[state->list.selected];
	return row->kind == TUI_ROW_SLOTS && row->count ? row : NULL;
}

static const struct case_item *selected_item(const struct documents *state)
{
	const struct tui_row *row = selected_row(state);

	if (!row)
		return NULL;
	return row->items[state->side < row->count ? state->side : 0];
}

static void select_row(struct documents *state, size_t at, size_t side)
{
	const struct tui_row *row = NULL;

	state->list.selected = at < state->rows.count ? at : 0;
	state->side = side;
	row = selected_row(state);
	if (!row)
		return;
	mem_replace(&state->code, row->items[0]->requirement->code);
	mem_replace(&state->party, row->items[0]->requirement->party);
}

static bool is_named(const struct documents *state, const struct tui_row *row)
{
	const struct prov_requirement *req = NULL;

	if (row->kind != TUI_ROW_SLOTS || !state->code)
		return false;
	req = row->items[0]->requirement;
	return req->code && strcmp(req->code, state->code) == 0 &&
	       strcmp(req->party ? req->party : "",
		      state->party ? state->party : "") == 0;
}

/* After the checklist was loaded: the same item stays selected. */
static void rebuild(struct tui_wizard *wizard, struct documents *state)
{
	size_t at = 0;

	tui_rows_build(&wizard->checklist, &state->rows);
	while (at < state->rows.count &&
	       !is_named(state, &state->rows.list[at]))
		at++;
	if (at < state->rows.count) {
		select_row(state, at, state->side);
		return;
	}
	at = tui_rows_next(&state->rows, 0, true);
	if (at == state->rows.count)
		at = tui_rows_next(&state->rows, 0, false);
	select_row(state, at,
		   at < state->rows.count
			   ? tui_row_open_item(&state->rows.list[at])
			   : 0);
}

static void *documents_enter(struct tui_wizard *wizard)
{
	struct documents *state = mem_alloc(sizeof(*state));

	/* Coming back from a document, or from its rejection. */
	if (wizard->slot.type) {
		state->code = mem_dup(wizard->slot.type->code);
		state->party = mem_dup(wizard->slot.party);
		state->side = wizard->slot.side == DOC_SIDE_BACK;
	}
	rebuild(wizard, state);
	return state;
}

static void documents_leave(struct tui_wizard *wizard, void *arg)
{
	struct documents *state = arg;

	tui_checks_release(wizard, &state->checks);
	tui_terms_release(&state->terms);
	tui_rows_release(&state->rows);
	tui_paths_release(&state->dropped);
	free(state->code);
	free(state->party);
	free(state);
}

static void documents_changed(struct tui_wizard *wizard, void *arg,
			      unsigned what)
{
	struct documents *state = arg;

	if (!(what & TUI_CHANGED_RECORD))
		return;
	rebuild(wizard, state);
}

static int documents_tick_in(const struct tui_wizard *wizard, const void *arg)
{
	const struct documents *state = arg;

	return tui_checks_wanted(wizard, &state->checks) ? 0 : -1;
}

static bool documents_tick(struct tui_wizard *wizard, void *arg, int64_t now_ms)
{
	struct documents *state = arg;

	(void)now_ms;
	tui_checks_start(wizard, &state->checks);
	return true;
}

static void documents_looked(struct tui_wizard *wizard, void *arg, uint64_t id,
			     const struct doc_facts *facts)
{
	struct documents *state = arg;

	tui_checks_looked(wizard, &state->checks, id, facts);
}

/* Keys. */

/* A list key may land on a heading: go on in the same direction, or at the
 * ends to the nearest row that can be selected. */
static void step_over_headings(struct documents *state, size_t from)
{
	const struct tui_row *rows = state->rows.list;
	size_t at = state->list.selected;
	size_t count = state->rows.count;

	if (at >= from) {
		while (at < count && rows[at].kind != TUI_ROW_SLOTS)
			at++;
		for (at = at < count ? at : count - 1;
		     at > from && rows[at].kind != TUI_ROW_SLOTS;)
			at--;
	} else {
		while (at > 0 && rows[at].kind != TUI_ROW_SLOTS)
			at--;
		at = tui_rows_next(&state->rows, at, false);
	}
	select_row(state, at,
		   at == from ? state->side : tui_row_open_item(&rows[at]));
}

static unsigned open_item(struct tui_wizard *wizard, struct documents *state)
{
	const struct case_item *item = selected_item(state);
	const struct prov_requirement *req = item ? item->requirement : NULL;

	if (!req)
		return TUI_HANDLED;
	switch (req->kind) {
	case PROV_REQ_DOCUMENT:
		tui_slot_open(wizard, &state->checks, req->type, item->side,
			      req->party);
		break;
	case PROV_REQ_INFORMATION:
		tui_go(wizard, &tui_screen_information);
		break;
	case PROV_REQ_TERMS:
		tui_terms_show(&state->terms, wizard);
		break;
	case PROV_REQ_START:
		tui_start_request(wizard);
		break;
	case PROV_REQ_OTHER:
		tui_say(wizard,
			_("%s is between the customer and %s: nothing "
			  "can be sent for it from here."),
			tui_requirement_label(req),
			wizard->app->profile->provider->title);
		break;
	}
	return TUI_REDRAW;
}

static unsigned next_open(struct tui_wizard *wizard, struct documents *state)
{
	size_t at = tui_rows_next(&state->rows, state->list.selected + 1, true);

	if (at == state->rows.count)
		tui_say(wizard, "%s",
			_("Nothing is missing or rejected. s goes on to "
			  "review and send."));
	else
		select_row(state, at, tui_row_open_item(&state->rows.list[at]));
	return TUI_REDRAW;
}

static void remove_now(struct tui_wizard *wizard, void *arg)
{
	const struct case_item *item = selected_item(arg);

	if (item && item->document)
		tui_draft_remove(wizard, item->document->id);
}

static unsigned ask_remove(struct tui_wizard *wizard, struct documents *state)
{
	const struct case_item *item = selected_item(state);

	if (!item || !item->document || item->state != CASE_ITEM_DRAFT) {
		tui_say(wizard, "%s", _("No file was chosen here."));
		return TUI_REDRAW;
	}
	tui_ask(wizard, remove_now, state,
		_("Take '%s' out of this case? The file itself stays where it "
		  "is."),
		tui_base_name(item->document->path));
	return TUI_REDRAW;
}

/* Give the dropped files to the selected slot (two files: to both sides) and
 * go there, where they are shown and checked. */
static void take_dropped(struct tui_wizard *wizard, void *arg)
{
	struct documents *state = arg;
	const struct tui_row *row = selected_row(state);
	const struct case_item *item = selected_item(state);
	struct tui_paths paths = state->dropped;
	struct tui_draft draft = { 0 };
	char *party = NULL; /* the item goes with the next load */
	enum doc_side sides[TUI_ROW_ITEMS] = { DOC_SIDE_NONE };
	char country[4] = "";
	size_t count = 1;

	if (!item || item->requirement->kind != PROV_REQ_DOCUMENT)
		return;
	state->dropped = (struct tui_paths){ 0 };
	sides[0] = item->side;
	if (row->count == 2 && paths.count == 2) {
		sides[0] = row->items[0]->side;
		sides[1] = row->items[1]->side;
		count = 2;
	}
	draft.type = item->requirement->type;
	party = mem_dup(item->requirement->party);
	draft.party = party;
	tui_draft_country(&wizard->checklist, draft.type, draft.party, country);
	draft.country = country;
	for (size_t i = 0; i < count && i < paths.count; i++) {
		draft.side = sides[i];
		draft.path = paths.list[i];
		tui_draft_put(wizard, &draft);
	}
	tui_slot_open(wizard, &state->checks, draft.type, sides[0], party);
	tui_paths_release(&paths);
	free(party);
}

static unsigned drop(struct tui_wizard *wizard, struct documents *state,
		     const struct tui_input *in)
{
	const struct case_item *item = selected_item(state);
	const struct tui_row *row = selected_row(state);
	const char *label = NULL;
	const char *first = NULL;

	if (!item || item->requirement->kind != PROV_REQ_DOCUMENT) {
		tui_say(wizard, "%s",
			_("Select the document that the file belongs to, then "
			  "drop it again."));
		return TUI_REDRAW;
	}
	tui_paths_release(&state->dropped);
	tui_paths_parse(in->paste, in->paste_len, &state->dropped);
	if (!state->dropped.count) {
		tui_say(wizard, "%s",
			_("There is no path in what was pasted."));
		return TUI_REDRAW;
	}
	label = tui_requirement_label(item->requirement);
	first = tui_base_name(state->dropped.list[0]);
	if (state->dropped.count == 2 && row->count == 2)
		tui_ask(wizard, take_dropped, state,
			_("%s: '%s' as the %s and '%s' as the %s?"), label,
			first, tui_side_word(row->items[0]->side),
			tui_base_name(state->dropped.list[1]),
			tui_side_word(row->items[1]->side));
	else if (state->dropped.count > 1)
		tui_ask(wizard, take_dropped, state,
			_("%zu files were dropped. Take the first, '%s', for "
			  "%s %s? The others have to be dropped one by one."),
			state->dropped.count, first, label,
			tui_side_word(item->side));
	else if (item->document && item->document->path)
		tui_ask(wizard, take_dropped, state,
			_("%s %s: put '%s' in place of '%s'?"), label,
			tui_side_word(item->side), first,
			tui_base_name(item->document->path));
	else
		take_dropped(wizard, state);
	return TUI_REDRAW;
}

static unsigned documents_key(struct tui_wizard *wizard, void *arg,
			      const struct tui_input *in)
{
	struct documents *state = arg;
	const struct tui_row *row = selected_row(state);
	size_t from = state->list.selected;

	switch (in->key) {
	case TUI_KEY_PASTE:
		return drop(wizard, state, in);
	case TUI_KEY_ENTER:
		return open_item(wizard, state);
	case TUI_KEY_ESC:
		return TUI_BACK;
	case 'n':
		return next_open(wizard, state);
	case 's':
		tui_go(wizard, &tui_screen_review);
		return TUI_REDRAW;
	case 'x':
		return ask_remove(wizard, state);
	case TUI_KEY_RIGHT:
	case 'l':
		if (row && state->side + 1 < row->count)
			state->side++;
		return TUI_REDRAW;
	case TUI_KEY_LEFT:
	case 'h':
		state->side = 0;
		return TUI_REDRAW;
	default:
		break;
	}
	if (!tui_list_key(&state->list, in, true))
		return TUI_IGNORED;
	if (state->rows.count)
		step_over_headings(state, from);
	return TUI_REDRAW;
}

/* Draw. */

/* How many rows the title and the foot take of ROWS. */
static int foot_rows(int rows)
{
	return rows >= 12 ? 3 : rows >= 8 ? 1 : 0;
}

static void documents_layout(struct tui_wizard *wizard, void *arg,
			     const struct tui_area *area)
{
	struct documents *state = arg;
	int rows = area->rows - 1 - foot_rows(area->rows);

	(void)wizard;
	tui_list_fit(&state->list, state->rows.count, rows > 1 ? rows : 1);
}

static void counts_words(const struct case_checklist *checklist, char *out,
			 size_t size)
{
	struct buf text = { 0 };

	if (checklist->missing)
		buf_addf(&text,
			 P_("%u missing", "%u missing", checklist->missing),
			 checklist->missing);
	if (checklist->rejected)
		buf_addf(&text,
			 P_("%s%u rejected", "%s%u rejected",
			    checklist->rejected),
			 text.len ? " · " : "", checklist->rejected);
	if (checklist->ready)
		buf_addf(&text,
			 P_("%s%u ready", "%s%u ready", checklist->ready),
			 text.len ? " · " : "", checklist->ready);
	if (checklist->in_flight)
		buf_addf(&text,
			 P_("%s%u on its way", "%s%u on their way",
			    checklist->in_flight),
			 text.len ? " · " : "", checklist->in_flight);
	snprintf(out, size, "%s",
		 text.len ? buf_text(&text) : _("nothing left to send"));
	buf_release(&text);
}

static void draw_title(const struct tui_wizard *wizard,
		       const struct tui_area *area)
{
	const struct case_checklist *checklist = &wizard->checklist;
	char counts[120] = "";
	int width = 0;

	if (checklist->count)
		counts_words(checklist, counts, sizeof(counts));
	width = text_width(counts);
	if (width > area->cols / 2)
		width = area->cols / 2;
	tui_textf(area, 0, 2, area->cols - width - 4, TUI_STRONG, "%s · %s%s%s",
		  tui_holder_name(checklist, NULL),
		  tui_kind_word(checklist->customer.kind),
		  checklist->customer.country[0] ? " · " : "",
		  checklist->customer.country);
	tui_text(area, 0, area->cols - width - 1, width, TUI_PLAIN, counts);
}

static void draw_slot(const struct tui_wizard *wizard,
		      const struct case_item *item, const struct tui_area *area,
		      int row, int col, int cols, bool focused, bool words)
{
	enum tui_style style = focused ? TUI_FOCUS : tui_item_style(item);
	char text[160];

	if (words)
		tui_item_words(&wizard->checklist, item, false, xfer_now_unix(),
			       text, sizeof(text));
	else
		text[0] = '\0';
	tui_textf(area, row, col, cols, style, "%s %s%s%s",
		  tui_side_word(item->side), tui_symbol(tui_item_symbol(item)),
		  text[0] ? " " : "", text);
	if (focused)
		tui_cursor(area, row, col);
}

static const char *country_of(const struct case_item *item)
{
	if (item->document && item->document->country[0])
		return item->document->country;
	return item->submission ? item->submission->country : "";
}

/* The mark at the left: of a group, which one is chosen; else the state. */
static void draw_mark(const struct tui_row *line, const struct tui_area *area,
		      int row)
{
	const struct case_item *worst = line->items[tui_row_open_item(line)];
	bool chosen = false;

	if (!line->in_group) {
		tui_text(area, row, 2, 2, tui_item_style(worst),
			 tui_symbol(tui_item_symbol(worst)));
		return;
	}
	for (size_t i = 0; i < line->count; i++)
		chosen = chosen ||
			 (line->items[i]->state != CASE_ITEM_MISSING &&
			  line->items[i]->state != CASE_ITEM_NOT_NEEDED);
	tui_text(area, row, 2, 2, TUI_PLAIN,
		 tui_symbol(chosen ? TUI_SYMBOL_CHOSEN : TUI_SYMBOL_OPEN));
}

static void draw_row(const struct tui_wizard *wizard,
		     const struct documents *state, const struct tui_row *line,
		     const struct tui_area *area, int row, bool selected)
{
	const struct case_item *item = line->items[0];
	int label = area->cols < 60 ? 16 : area->cols < 100 ? 24 : 36;
	int col = 4 + label + 1;
	bool wide = area->cols >= 60;
	int room = area->cols - col - (wide ? 5 : 0);
	bool one = line->count == 1 || item->state == CASE_ITEM_NOT_NEEDED;
	enum tui_style style =
		item->state == CASE_ITEM_NOT_NEEDED ? TUI_DIM : TUI_PLAIN;
	char text[300];

	tui_text(area, row, 0, 2, TUI_PLAIN,
		 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	draw_mark(line, area, row);
	tui_text(area, row, 4, label,
		 !selected ? style
		 : one	   ? TUI_FOCUS
			   : TUI_STRONG,
		 tui_requirement_label(item->requirement));
	if (selected && one)
		tui_cursor(area, row, 4);
	if (!one) {
		for (size_t i = 0; i < line->count; i++)
			draw_slot(wizard, line->items[i], area, row,
				  col + (int)i * (room / 2), room / 2 - 1,
				  selected && i == state->side, room >= 36);
		if (wide)
			tui_text(area, row, area->cols - 4, 3, TUI_DIM,
				 country_of(item));
		return;
	}
	tui_item_words(&wizard->checklist, item, true, xfer_now_unix(), text,
		       sizeof(text));
	if (wide && country_of(item)[0])
		tui_text(area, row, area->cols - 4, 3, TUI_DIM,
			 country_of(item));
	else
		room = area->cols - col;
	tui_text(area, row, col, room, tui_item_style(item), text);
}

static void draw_list(const struct tui_wizard *wizard,
		      const struct documents *state,
		      const struct tui_area *area)
{
	for (int i = 0; i < area->rows; i++) {
		size_t at = state->list.top + (size_t)i;
		const struct tui_row *line = NULL;

		if (at >= state->rows.count)
			break;
		line = &state->rows.list[at];
		switch (line->kind) {
		case TUI_ROW_HOLDER:
			tui_text(area, i, 0, -1, TUI_STRONG, line->text);
			break;
		case TUI_ROW_HEADING:
			tui_rule(area, i, line->text);
			break;
		case TUI_ROW_NOTE:
			tui_text(area, i, 6, -1, TUI_BAD, line->text);
			break;
		case TUI_ROW_SLOTS:
			draw_row(wizard, state, line, area, i,
				 at == state->list.selected);
			break;
		}
	}
	tui_more(area, 0, false, tui_list_above(&state->list));
	tui_more(area, area->rows - 1, true, tui_list_below(&state->list));
}

static const char *help_of(const struct prov_requirement *req)
{
	switch (req->kind) {
	case PROV_REQ_DOCUMENT:
		return req->type->help ? _(req->type->help) : NULL;
	case PROV_REQ_INFORMATION:
		return _("A form about the customer. It is sent before the "
			 "documents.");
	case PROV_REQ_TERMS:
		return _("Only the customer can accept them. Enter asks for "
			 "the link to send them.");
	case PROV_REQ_START:
		return _("Asks the provider to begin, once all else is "
			 "there.");
	case PROV_REQ_OTHER:
		break;
	}
	return NULL;
}

/* What the selected item is, and all of why it stands as it does. */
static void draw_foot(const struct documents *state,
		      const struct tui_area *area)
{
	const struct case_item *item = selected_item(state);
	const char *why = item ? tui_item_why(item) : NULL;
	const struct finding *error = NULL;
	const char *help = item ? help_of(item->requirement) : NULL;
	int row = area->rows > 1;

	if (!item)
		return;
	if (row)
		tui_rule(area, 0, NULL);
	error = tui_draft_error(item->document);
	if (item->state == CASE_ITEM_REJECTED && why)
		tui_paragraph(area, row, 2, area->cols - 3, area->rows - row,
			      TUI_BAD, why);
	else if (item->state == CASE_ITEM_DRAFT && error)
		tui_paragraph(area, row, 2, area->cols - 3, area->rows - row,
			      TUI_BAD, error->text);
	else if (help)
		tui_paragraph(area, row, 2, area->cols - 3, area->rows - row,
			      TUI_DIM, help);
}

static void draw_empty(const struct tui_wizard *wizard,
		       const struct tui_area *area)
{
	const char *title = wizard->app->profile->provider->title;

	if (wizard->refreshing)
		tui_textf(area, 2, 2, -1, TUI_PLAIN,
			  _("Asking %s what it wants of this customer…"),
			  title);
	else if (wizard->checklist.seen_ms)
		tui_textf(area, 2, 2, -1, TUI_PLAIN, _("%s asks for nothing."),
			  title);
	else
		tui_paragraph(
			area, 2, 2, area->cols - 3, area->rows - 2, TUI_PLAIN,
			_("Nothing is known of this customer yet, and the "
			  "provider could not be asked. R tries again."));
}

static void documents_draw(const struct tui_wizard *wizard, void *arg,
			   const struct tui_area *area)
{
	struct documents *state = arg;
	const char *closed = wizard->checklist.customer.closed_because;
	int foot = foot_rows(area->rows);
	struct tui_area list = *area;
	struct tui_area below = *area;

	draw_title(wizard, area);
	list.top += 1;
	list.rows -= 1 + foot;
	if (closed && list.rows > 5) {
		int used = tui_paragraph(&list, 0, 2, list.cols - 3, 2,
					 TUI_WARN, closed);

		list.top += used;
		list.rows -= used;
	}
	if (!state->rows.count) {
		draw_empty(wizard, area);
		return;
	}
	tui_list_fit(&state->list, state->rows.count, list.rows);
	/* The headings above the first row would never come into view. */
	if (state->list.selected == tui_rows_next(&state->rows, 0, false) &&
	    state->list.selected < (size_t)list.rows)
		state->list.top = 0;
	draw_list(wizard, state, &list);
	below.top += area->rows - foot;
	below.rows = foot;
	if (foot)
		draw_foot(state, &below);
}

static const struct tui_binding bindings[] = {
	{ TUI_KEY_ENTER, "Enter", N_("open"),
	  N_("Open the selected item: its files, the form, or the link.") },
	{ 'n', "n", N_("next open"),
	  N_("Go to the next item that is missing or was rejected.") },
	{ 's', "s", N_("review & send"),
	  N_("Go on: see everything that is ready, and send it.") },
	{ 'x', "x", N_("remove"),
	  N_("Take the chosen file out of this case, after a question.") },
	{ TUI_KEY_LEFT, "←→", N_("side"),
	  N_("The other side of the same paper.") },
	{ TUI_KEY_RIGHT, NULL, NULL, NULL },
	{ TUI_KEY_PASTE, N_("drop"), NULL,
	  N_("Drop or paste a file for the selected item.") },
	{ 0 },
};

const struct tui_screen tui_screen_documents = {
	.name = "documents",
	.step = 2,
	.bindings = bindings,
	.enter = documents_enter,
	.leave = documents_leave,
	.layout = documents_layout,
	.key = documents_key,
	.changed = documents_changed,
	.tick = documents_tick,
	.tick_in = documents_tick_in,
	.draw = documents_draw,
	.looked = documents_looked,
};
