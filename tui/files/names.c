/* SPDX-License-Identifier: MIT */
#include "tui/files/names.h"

#include <stdlib.h>

#include "forms/form.h"
#include "tui/terminal/draw.h"

#define GAP	      3 /* columns between two */
#define TICK_MS	      10
#define TAKEN_AT_ONCE 1000

static void stop_reading(struct tui_names *names)
{
	tui_reader_free(names->reader);
	for (size_t i = 0; i < names->read_count; i++)
		tui_reader_entry_free(names->read[i]);
	free(names->read);
	names->reader = NULL;
	names->read = NULL;
	names->read_count = 0;
}

void tui_names_release(struct tui_names *names)
{
	stop_reading(names);
	tui_paths_release(&names->paths);
	free(names->before);
	*names = (struct tui_names){ 0 };
}

void tui_names_set(struct tui_names *names, struct tui_paths *paths)
{
	tui_names_release(names);
	names->paths = *paths;
	*paths = (struct tui_paths){ 0 };
}

void tui_names_offer(struct tui_names *names, const char *folder)
{
	tui_names_release(names);
	names->reader = tui_reader_start(folder);
}

/* Never more are kept, or looked at, than are shown. */
static void keep_newest(struct tui_names *names)
{
	if (names->read_count)
		qsort(names->read, names->read_count, sizeof(*names->read),
		      tui_reader_newest_first);
	while (names->read_count > TUI_NAMES_MOST)
		tui_reader_entry_free(names->read[--names->read_count]);
}

/* What was read, as names: those of folders end in '/'. */
static void show_read(struct tui_names *names)
{
	struct tui_paths *paths = &names->paths;

	keep_newest(names);
	paths->list = mem_array(names->read_count + 1, sizeof(char *));
	for (size_t i = 0; i < names->read_count; i++)
		paths->list[paths->count++] = mem_printf(
			"%s%s", names->read[i]->name,
			names->read[i]->kind == TUI_READER_FOLDER ? "/" : "");
	stop_reading(names);
}

bool tui_names_tick(struct tui_names *names)
{
	struct tui_reader_entry *batch[TAKEN_AT_ONCE];
	size_t count = 0;
	int error = 0;

	if (!names->reader)
		return false;
	count = tui_reader_take(names->reader, batch, TAKEN_AT_ONCE);
	for (size_t i = 0; i < count; i++) {
		if (batch[i]->name[0] == '.') {
			tui_reader_entry_free(batch[i]);
			continue;
		}
		names->read = mem_grow(names->read, names->read_count,
				       sizeof(struct tui_reader_entry *));
		names->read[names->read_count++] = batch[i];
	}
	if (count)
		keep_newest(names);
	if (tui_reader_state(names->reader, &error) == TUI_READER_BUSY)
		return false;
	show_read(names);
	return true;
}

int tui_names_tick_in(const struct tui_names *names)
{
	return names->reader ? TICK_MS : -1;
}

bool tui_names_key(struct tui_names *names, const struct tui_input *in)
{
	if (in->key == TUI_KEY_PAGE_DOWN && names->shown &&
	    names->top + names->shown < names->paths.count) {
		names->before = mem_grow(names->before, names->page,
					 sizeof(*names->before));
		names->before[names->page++] = names->top;
		names->top += names->shown;
		return true;
	}
	if (in->key == TUI_KEY_PAGE_UP && names->page) {
		names->top = names->before[--names->page];
		return true;
	}
	return false;
}

/* Those from TOP on, in lines of COLS, until ROWS are full. */
static char *fill(struct tui_names *names, const char *head, int cols, int rows)
{
	struct buf text = { 0 };
	int col = text_width(head) + 1, row = 1;

	if (head[0])
		buf_addf(&text, "%s ", head);
	names->shown = 0;
	for (size_t i = names->top; i < names->paths.count; i++) {
		char *name = text_clean_new(names->paths.list[i]);
		int width = text_width(name);
		bool next = names->shown && col + GAP + width > cols;

		if (next && row++ == rows) {
			free(name);
			break;
		}
		buf_addf(&text, "%s%s",
			 next		? "\n"
			 : names->shown ? "   "
					: "",
			 name);
		col = next ? width : col + (names->shown ? GAP : 0) + width;
		names->shown++;
		free(name);
	}
	return buf_take(&text);
}

/* How many there are on other pages, and how to get there. */
static void add_others(struct buf *text, const struct tui_names *names)
{
	size_t below = names->paths.count - names->top - names->shown;

	buf_add_char(text, '\n');
	if (names->top)
		buf_addf(text, _("%s %zu more (PgUp)"),
			 tui_symbol(TUI_SYMBOL_UP), names->top);
	if (names->top && below)
		buf_add_text(text, " · ");
	if (below)
		buf_addf(text, _("%s %zu more (PgDn)"),
			 tui_symbol(TUI_SYMBOL_DOWN), below);
}

char *tui_names_page(struct tui_names *names, const char *head, int cols,
		     int rows)
{
	struct buf text = { 0 };
	char *page = NULL;

	if (!names->paths.count)
		return mem_dup("");
	page = fill(names, head, cols, rows);
	if (!names->top && names->shown == names->paths.count)
		return page;
	free(page);
	page = fill(names, head, cols, rows > 1 ? rows - 1 : 1);
	buf_add_text(&text, page);
	add_others(&text, names);
	free(page);
	return buf_take(&text);
}
