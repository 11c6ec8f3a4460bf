/* SPDX-License-Identifier: MIT */
/* A list to choose from, filtered as one types. */
#include "tui/widgets/chooser.h"

#include <stdlib.h>
#include <string.h>

bool tui_marked(const char *marked, const char *code)
{
	size_t len = strlen(code);

	for (const char *at = marked; at && *at;) {
		size_t part = strcspn(at, ",");

		if (part == len && strncmp(at, code, len) == 0)
			return true;
		at += part + (at[part] == ',');
	}
	return false;
}

const char *tui_chooser_taken(const struct tui_chooser *chooser)
{
	return chooser->taken ? chooser->taken : "";
}

static void add(struct tui_chooser *chooser, struct form_choice choice)
{
	chooser->all =
		mem_grow(chooser->all, chooser->count, sizeof(*chooser->all));
	chooser->all[chooser->count++] = choice;
}

static void add_countries(struct tui_chooser *chooser)
{
	struct err err = { 0 };

	if (country_load(&err))
		return; /* an empty list */
	for (size_t i = 0; i < country_count(); i++) {
		const struct country *country = country_at(i);

		add(chooser, (struct form_choice){ country->alpha3,
						   country->name, NULL });
	}
}

/* In the operator's language; a name that a provider offers has none. */
static const char *words(const char *text, const char *otherwise)
{
	return text && text[0] ? _(text) : otherwise;
}

static void add_choices(struct tui_chooser *chooser,
			const struct form_choice *choices)
{
	for (; choices->code; choices++)
		add(chooser, (struct form_choice){
				     choices->code,
				     words(choices->label, choices->code),
				     words(choices->help, NULL),
			     });
	chooser->folded = mem_array(chooser->count + 1, sizeof(char *));
	for (size_t i = 0; i < chooser->count; i++) {
		/* Also as the provider's own pages call it. */
		const char *english = chooser->choices[i].label;
		char *text = mem_printf("%s %s %s", chooser->all[i].label,
					chooser->flags & TUI_CHOOSER_NUMBERED
						? ""
						: chooser->all[i].code,
					english ? english : "");

		chooser->folded[i] = text_fold(text);
		free(text);
	}
}

/* How well FOLDED goes with WANTED: 1 a word starts with it, 2 it is inside, 0
 * not at all. */
static int match(const char *folded, const char *wanted)
{
	const char *at = strstr(folded, wanted);

	if (!at)
		return 0;
	for (; at; at = strstr(at + 1, wanted))
		if (at == folded || at[-1] == ' ' || at[-1] == '_')
			return 1;
	return 2;
}

/* The place of a code among ALL, for the countries' own search order. */
static size_t index_of(const struct tui_chooser *chooser, const char *code)
{
	for (size_t i = 0; i < chooser->count; i++)
		if (strcmp(chooser->all[i].code, code) == 0)
			return i;
	return 0;
}

static size_t search_countries(struct tui_chooser *chooser, const char *typed)
{
	const struct country **found =
		mem_array(chooser->count + 1, sizeof(struct country *));
	size_t count = country_search(typed, found, chooser->count);

	for (size_t i = 0; i < count; i++)
		chooser->matches[i] = index_of(chooser, found[i]->alpha3);
	free(found);
	return count;
}

static size_t search_choices(struct tui_chooser *chooser, const char *typed)
{
	char *wanted = text_fold(typed);
	size_t found = 0;

	for (int rank = 1; rank <= 2; rank++)
		for (size_t i = 0; i < chooser->count; i++)
			if (match(chooser->folded[i], wanted) == rank)
				chooser->matches[found++] = i;
	free(wanted);
	return found;
}

static void filter(struct tui_chooser *chooser)
{
	const char *typed = tui_edit_text(&chooser->filter);
	int rows = chooser->list.rows > 0 ? chooser->list.rows : 1;
	size_t found = chooser->folded ? search_choices(chooser, typed)
				       : search_countries(chooser, typed);

	chooser->list.selected = 0;
	tui_list_fit(&chooser->list, found, rows);
}

static void fill(struct tui_chooser *chooser)
{
	if (chooser->choices)
		add_choices(chooser, chooser->choices);
	else
		add_countries(chooser);
	chooser->matches =
		mem_array(chooser->count + 1, sizeof(*chooser->matches));
	filter(chooser);
}

static void empty(struct tui_chooser *chooser)
{
	for (size_t i = 0; chooser->folded && i < chooser->count; i++)
		free(chooser->folded[i]);
	free(chooser->folded);
	free(chooser->all);
	free(chooser->matches);
	chooser->folded = NULL;
	chooser->all = NULL;
	chooser->matches = NULL;
	chooser->count = 0;
}

void tui_chooser_open(struct tui_chooser *chooser, const char *title,
		      const struct form_choice *choices, unsigned flags,
		      const char *current)
{
	tui_chooser_close(chooser);
	chooser->open = true;
	chooser->flags = flags;
	chooser->title = mem_dup(title);
	chooser->filter.max = 100;
	chooser->choices = choices;
	fill(chooser);
	for (size_t i = 0; i < chooser->list.count; i++)
		if (tui_marked(current,
			       chooser->all[chooser->matches[i]].code)) {
			chooser->list.selected = i;
			break;
		}
}

void tui_chooser_translate(struct tui_chooser *chooser, const char *title)
{
	if (!chooser->open)
		return;
	mem_replace(&chooser->title, title);
	empty(chooser);
	fill(chooser);
}

void tui_chooser_close(struct tui_chooser *chooser)
{
	empty(chooser);
	free(chooser->title);
	free(chooser->taken);
	tui_edit_release(&chooser->filter);
	*chooser = (struct tui_chooser){ 0 };
}

/* The selected code, or what was typed where that may be one. */
bool tui_chooser_take(struct tui_chooser *chooser)
{
	const char *typed = tui_edit_text(&chooser->filter);

	if (chooser->list.selected < chooser->list.count) {
		size_t at = chooser->matches[chooser->list.selected];

		mem_replace(&chooser->taken, chooser->all[at].code);
		return true;
	}
	if (!(chooser->flags & TUI_CHOOSER_TYPED) || !typed[0])
		return false;
	mem_replace(&chooser->taken, typed);
	return true;
}

enum tui_chooser_answer tui_chooser_key(struct tui_chooser *chooser,
					const struct tui_input *in)
{
	bool multi = chooser->flags & TUI_CHOOSER_MULTI;
	bool changed = false;

	switch (in->key) {
	case TUI_KEY_ESC:
		return TUI_CHOOSER_LEFT;
	case TUI_KEY_ENTER:
		if (multi)
			return TUI_CHOOSER_LEFT;
		return tui_chooser_take(chooser) ? TUI_CHOOSER_TAKEN
						 : TUI_CHOOSER_STAYS;
	case ' ':
		if (!multi)
			break;
		return tui_chooser_take(chooser) ? TUI_CHOOSER_MARKED
						 : TUI_CHOOSER_STAYS;
	case TUI_KEY_HOME:
	case TUI_KEY_END:
		/* Of the list: the filter is too short to need them. */
		tui_list_key(&chooser->list, in, false);
		return TUI_CHOOSER_STAYS;
	default:
		break;
	}
	if (tui_list_key(&chooser->list, in, false))
		return TUI_CHOOSER_STAYS;
	if (tui_edit_key(&chooser->filter, in, &changed) && changed)
		filter(chooser);
	return TUI_CHOOSER_STAYS;
}

/* Draw. */

static void draw_row(const struct tui_chooser *chooser,
		     const struct tui_area *area, int row, size_t i,
		     const char *marked)
{
	const struct form_choice *choice = &chooser->all[chooser->matches[i]];
	bool selected = i == chooser->list.selected;
	bool on = tui_marked(marked, choice->code);
	enum tui_style style = selected ? TUI_FOCUS : TUI_PLAIN;
	int left = 2 + (chooser->flags & TUI_CHOOSER_MULTI ? 4 : 2);
	int code = (int)strlen(choice->code) + 1;

	tui_text(area, row, 0, 2, TUI_PLAIN,
		 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	if (chooser->flags & TUI_CHOOSER_MULTI)
		tui_text(area, row, 2, 4, style, on ? "[x]" : "[ ]");
	else
		tui_text(area, row, 2, 2, style,
			 on ? tui_symbol(TUI_SYMBOL_CHOSEN) : "");
	tui_text(area, row, left, area->cols - left, style, choice->label);
	/* The provider's own word, for who knows it, where there is room. */
	if (!(chooser->flags & TUI_CHOOSER_NUMBERED) &&
	    left + text_width(choice->label) + code < area->cols &&
	    strcmp(choice->label, choice->code) != 0)
		tui_text(area, row, area->cols - code, code - 1,
			 selected ? TUI_FOCUS : TUI_DIM, choice->code);
	if (selected)
		tui_cursor(area, row, 0);
}

/* The real cursor is on the selected row, and here when there is none. */
static void draw_filter(struct tui_chooser *chooser,
			const struct tui_area *area)
{
	int col = 1 + tui_text(area, 0, 0, -1, TUI_PLAIN, _("Find:"));

	tui_edit_draw(&chooser->filter, area, 0, col, area->cols - col,
		      !chooser->list.count);
}

static void draw_foot(const struct tui_chooser *chooser,
		      const struct tui_area *area)
{
	const char *help = NULL;

	if (chooser->list.selected < chooser->list.count)
		help = chooser->all[chooser->matches[chooser->list.selected]]
			       .help;
	else if (!chooser->count)
		help = _("There is nothing to choose from yet.");
	else if (chooser->flags & TUI_CHOOSER_TYPED)
		help = _("Not in the list. Enter takes the code as typed.");
	else
		help = _("Nothing matches. Backspace goes back.");
	if (area->rows >= 5)
		tui_text(area, area->rows - 2, 0, -1, TUI_PLAIN,
			 help ? help : "");
	tui_text(area, area->rows - 1, 0, -1, TUI_DIM,
		 chooser->flags & TUI_CHOOSER_MULTI
			 ? _("Space marks · Enter done · type to find")
			 : _("Enter takes it · Esc leaves it · type to find"));
}

void tui_chooser_draw(struct tui_chooser *chooser, const struct tui_area *area,
		      const char *marked)
{
	int cols = area->cols < 76 ? area->cols : 76;
	/* Frame, filter, and two rows at the foot; a row where there is none,
	 * and one more, so that it is said what can be done. */
	int wanted = (int)(chooser->count > 2 ? chooser->count : 2) + 5;
	int rows = wanted < area->rows ? wanted : area->rows;
	struct tui_area box = {
		.top = area->top + (area->rows - rows) / 2,
		.left = area->left + (area->cols - cols) / 2,
		.rows = rows,
		.cols = cols,
	};
	struct tui_area in = {
		.top = box.top + 1,
		.left = box.left + 2,
		.rows = rows - 2,
		.cols = cols - 4,
	};
	int foot = in.rows >= 5 ? 2 : 1;
	int room = in.rows - 1 - foot;

	if (in.rows < 3 || in.cols < 10)
		return;
	tui_box(&box, chooser->title);
	draw_filter(chooser, &in);
	tui_list_fit(&chooser->list, chooser->list.count, room);
	for (int i = 0; i < room; i++) {
		size_t at = chooser->list.top + (size_t)i;

		if (at < chooser->list.count)
			draw_row(chooser, &in, 1 + i, at, marked);
	}
	tui_more(&box, 0, false, tui_list_above(&chooser->list));
	tui_more(&box, rows - 1, true, tui_list_below(&chooser->list));
	draw_foot(chooser, &in);
}
