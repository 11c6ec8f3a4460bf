/* SPDX-License-Identifier: MIT */
/* The status screen: how it is drawn. */
#include "tui/screens/status.h"

#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/wizard/remedy.h"
#include "tui/words/clock_words.h"
#include "tui/words/item_words.h"
#include "tui/words/part_words.h"
#include "tui/words/phase.h"
#include "tui/words/status_words.h"

/* Was it done already, what the provider asked for before it came? */
static bool is_done(const struct case_checklist *checklist)
{
	for (size_t i = 0; i < checklist->count; i++)
		if (checklist->items[i].submission &&
		    checklist->items[i].state == CASE_ITEM_SENT)
			return true;
	return false;
}

/* What is to be done about the whole of it. */
static char *next_of(const struct tui_wizard *wizard)
{
	enum prov_next next = wizard->checklist.customer.reason.next;
	struct case_clocks clocks = { 0 };

	/* What was refused says below what to do, and can be opened there. */
	if (next != PROV_NEXT_STOP && next != PROV_NEXT_WAIT &&
	    (wizard->checklist.rejected || is_done(&wizard->checklist)))
		return mem_dup("");
	if (next != PROV_NEXT_WAIT)
		return mem_dup(tui_next_words(next));
	case_clocks(&wizard->checklist, &clocks);
	return tui_remedy_wait(wizard, clocks.theirs_ms);
}

static void add_verification(const struct tui_wizard *wizard,
			     struct tui_page *page)
{
	const struct case_checklist *checklist = &wizard->checklist;
	const struct prov_customer *customer = &checklist->customer;
	char word[80];
	char *text = NULL;

	tui_code_words(customer->stage_word, word, sizeof(word));
	if (strcmp(word, tui_stage_word(customer->stage)) == 0)
		word[0] = '\0'; /* in the provider's words as in ours */
	text = mem_printf(_("Verification: %s%s%s%s"),
			  tui_stage_word(customer->stage), *word ? " (" : "",
			  word, *word ? ")" : "");
	tui_page_text(page, tui_stage_style(customer->stage), 2, text);
	free(text);
	if (customer->reason.message)
		tui_page_text(page, TUI_PLAIN, 4, customer->reason.message);
	text = next_of(wizard);
	if (*text)
		tui_page_text(page, TUI_STRONG, 4, text);
	free(text);
	if (customer->closed_because)
		tui_page_text(page, TUI_PLAIN, 4, customer->closed_because);
}

static void add_clock(struct tui_page *page, enum tui_style style, char *words)
{
	if (words)
		tui_page_text(page, style, 4, words);
	free(words);
}

/* Since when it waits, and for whom. */
static void add_clocks(const struct tui_wizard *wizard, struct tui_page *page)
{
	const struct provider *provider = wizard->app->profile->provider;
	int64_t now = xfer_now_unix();
	struct case_clocks clocks = { 0 };

	case_clocks(&wizard->checklist, &clocks);
	add_clock(page, TUI_PLAIN, tui_clock_ours(&clocks, now));
	add_clock(page,
		  tui_promise_broken(provider, clocks.theirs_ms, now)
			  ? TUI_WARN
			  : TUI_PLAIN,
		  tui_clock_theirs(&clocks, provider, now));
}

/* Whose the items below are, how it stands with them, what is missing. */
static void add_part(const struct case_checklist *checklist,
		     const struct case_part *part, struct tui_page *page)
{
	char *words = tui_part_words(checklist, part);
	char *counts = tui_part_counts(part);
	char *budget = tui_part_budget(checklist, part);
	char *text = mem_printf("%s%s%s", words, *counts ? " · " : "", counts);

	if (checklist->part_count > 1)
		tui_page_text(page, TUI_TITLE, 0, text);
	if (budget)
		tui_page_text(page,
			      tui_part_full(checklist, part) ? TUI_WARN
							     : TUI_DIM,
			      2, budget);
	free(text);
	free(budget);
	free(counts);
	free(words);
}

static void add_reason(const struct tui_wizard *wizard,
		       const struct case_item *item, struct tui_page *page)
{
	const char *why = tui_item_why(item);
	char *next = NULL;

	if (item->state != CASE_ITEM_REJECTED) {
		if (item->requirement->kind == PROV_REQ_TERMS &&
		    item->state == CASE_ITEM_MISSING)
			tui_page_text(
				page, TUI_DIM, 4,
				_("Enter shows the link for the customer."));
		return;
	}
	if (why)
		tui_page_text(page, TUI_PLAIN, 4, why);
	if (item->submission)
		for (size_t i = 0; i < item->submission->problems.count; i++)
			tui_page_text(page, TUI_PLAIN, 4,
				      item->submission->problems.list[i].text);
	next = tui_remedy_words(wizard, item);
	tui_page_text(page, TUI_STRONG, 4, next);
	free(next);
}

static bool is_shown(const struct status *state, const struct case_item *item)
{
	for (size_t i = 0; i < state->item_count; i++)
		if (state->items[i] == item)
			return true;
	return false;
}

/* What does not match what was sent from here: below ITEM, or (NULL) what has
 * no line. */
static void add_differences(const struct tui_wizard *wizard,
			    const struct case_item *item, struct status *state)
{
	const struct case_differences *all = &state->differences;
	size_t count = 0;

	for (size_t i = 0; i < all->count; i++) {
		const struct case_item *about =
			tui_difference_item(&wizard->checklist, &all->list[i]);
		char *words = NULL;
		char *marked = NULL;

		if (!is_shown(state, about))
			about = NULL;
		if (about != item)
			continue;
		if (!item && !count)
			tui_page_text(&state->page, TUI_STRONG, 2,
				      _("What does not match what was sent "
					"from here"));
		words = case_difference_words(&all->list[i],
					      wizard->app->profile->provider);
		marked = mem_printf("! %s", words);
		tui_page_text(&state->page, TUI_WARN, 4, marked);
		free(marked);
		free(words);
		count++;
	}
}

static void add_items(const struct tui_wizard *wizard, struct status *state)
{
	const struct case_checklist *checklist = &wizard->checklist;
	size_t parts = 0;

	/* A party of whom nothing is asked is there all the same. */
	for (size_t i = 0; i < state->item_count; i++) {
		const struct case_item *item = state->items[i];
		const struct case_part *part = tui_part_of(checklist, item);

		while (part && &checklist->parts[parts] <= part)
			add_part(checklist, &checklist->parts[parts++],
				 &state->page);
		tui_page_field(&state->page, i);
		add_reason(wizard, item, &state->page);
		add_differences(wizard, item, state);
	}
	while (parts < checklist->part_count)
		add_part(checklist, &checklist->parts[parts++], &state->page);
	add_differences(wizard, NULL, state);
}

static void fill_page(const struct tui_wizard *wizard, struct status *state,
		      int cols)
{

	tui_page_begin(&state->page, cols);
	add_verification(wizard, &state->page);
	add_clocks(wizard, &state->page);
	if (!state->item_count)
		tui_page_text(&state->page, TUI_PLAIN, 2,
			      wizard->refreshing ? _("Asking the provider…")
			      : wizard->checklist.seen_ms
				      ? _("The provider asks for nothing.")
				      : _("Nothing is known of this customer "
					  "yet. R asks the provider."));
	add_items(wizard, state);
	if (state->events.count) {
		tui_page_text(&state->page, TUI_DIM, 0, " ");
		tui_page_text(&state->page, TUI_STRONG, 2,
			      _("What was done here, newest first"));
	}
	for (size_t i = 0; i < state->events.count; i++)
		tui_page_field(&state->page, state->item_count + i);
}

struct drawing {
	const struct tui_wizard *wizard;
	const struct status *state;
};

/* Does the provider's own word say how ITEM stands? Not where something newer
 * was chosen, or went there, than what it speaks of. */
static bool word_holds(const struct case_item *item)
{
	return item->state == CASE_ITEM_MISSING ||
	       item->state == CASE_ITEM_IN_REVIEW ||
	       item->state == CASE_ITEM_ACCEPTED ||
	       item->state == CASE_ITEM_REJECTED;
}

static void draw_item(const struct drawing *drawing,
		      const struct tui_area *area, int row,
		      const struct case_item *item, bool selected)
{
	const struct case_checklist *checklist = &drawing->wizard->checklist;
	const struct prov_requirement *req = item->requirement;
	char *label = status_stands_for_group(checklist, item)
			      ? mem_printf(_("%s: any one of"), _(req->group))
			      : tui_item_label(item);
	int label_cols = area->cols >= 60 ? 36 : area->cols / 2;
	char words[256], said[80] = "", when[32] = "", marks[32] = "";
	struct xfer_progress moving = { 0 };
	struct tui_phase phase = { 0 };
	bool wire = item->submission &&
		    outbox_progress(drawing->wizard->app->outbox,
				    item->submission->id, &moving);
	char *state;

	tui_item_words(checklist, item, false, xfer_now_unix(), words,
		       sizeof(words));
	if (item->submission && item->submission->settled_ms)
		tui_ago(when, sizeof(when), item->submission->settled_ms,
			xfer_now_unix());
	if (area->cols >= 100 && word_holds(item))
		tui_code_words(req->status_word, said, sizeof(said));
	if (text_same(said, words))
		said[0] = '\0';
	/* Of what goes, or went, from here. They end in the mark that stands
	 * alone where there is less room. */
	if (area->cols >= 80 &&
	    (item->submission || item->state == CASE_ITEM_DRAFT) &&
	    tui_item_phase(item, wire ? &moving : NULL, &phase))
		tui_phase_marks(&phase, marks, sizeof(marks));
	state = mem_printf("%s %s%s%s%s%s",
			   marks[0] ? marks : tui_symbol(tui_item_symbol(item)),
			   words, *when ? _(" · sent ") : "", when,
			   *said ? " · " : "", said);
	tui_text(area, row, 2, label_cols - 1, selected ? TUI_FOCUS : TUI_PLAIN,
		 label);
	tui_text(area, row, 2 + label_cols, -1,
		 selected ? TUI_FOCUS : tui_item_style(item), state);
	free(label);
	free(state);
}

static void draw_field(void *arg, const struct tui_area *area, int row,
		       size_t field)
{
	const struct drawing *drawing = arg;
	const struct tui_wizard *wizard = drawing->wizard;
	const struct case_item *item = status_item(drawing->state, field);
	const struct case_event *event = status_event(drawing->state, field);
	bool selected = field == drawing->state->list.selected;

	tui_text(area, row, 0, -1, selected ? TUI_FOCUS : TUI_PLAIN,
		 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	if (item) {
		draw_item(drawing, area, row, item, selected);
	} else if (event) {
		char *line = tui_event_line(
			event, &wizard->checklist, &drawing->state->notes,
			wizard->app->profile, area->cols >= 100);

		tui_text(area, row, 2, -1, selected ? TUI_FOCUS : TUI_DIM,
			 line);
		mem_free_private(line);
	}
	if (selected && !drawing->state->noting)
		tui_cursor(area, row, 0);
}

static void draw_title(const struct tui_wizard *wizard,
		       const struct tui_area *area)
{
	const struct case_checklist *checklist = &wizard->checklist;
	const struct prov_customer *customer = &checklist->customer;
	char ago[32];
	char *title = mem_printf(
		"%s · %s%s%s", tui_holder_name(checklist, NULL),
		tui_kind_word(customer->kind),
		customer->country[0] ? " · " : "", customer->country);
	char *age;
	int width;

	tui_ago(ago, sizeof(ago), checklist->seen_ms, xfer_now_unix());
	age = mem_printf(wizard->offline && area->cols >= 60
				 ? _("as of %s (not reachable)")
				 : _("as of %s"),
			 ago);
	width = text_width(age);
	if (width > area->cols / 2)
		width = area->cols / 2;
	tui_text(area, 0, 2, area->cols - width - 4, TUI_STRONG, title);
	tui_text(area, 0, area->cols - width - 1, width, TUI_PLAIN, age);
	free(age);
	free(title);
}

void status_layout(struct tui_wizard *wizard, void *arg,
		   const struct tui_area *area)
{
	struct status *state = arg;

	(void)wizard;
	tui_list_fit(&state->list, state->list.count, area->rows - 1);
}

void status_draw(const struct tui_wizard *wizard, void *arg,
		 const struct tui_area *area)
{
	struct status *state = arg;
	struct drawing drawing = { wizard, state };
	struct tui_area below = { area->top + 1, area->left, area->rows - 1,
				  area->cols };

	below.rows -= state->noting;
	draw_title(wizard, area);
	fill_page(wizard, state, area->cols);
	tui_page_fit(&state->page, below.rows, state->list.selected);
	tui_page_draw(&state->page, &below, draw_field, &drawing);
	if (state->noting)
		status_note_draw(state, area);
}
