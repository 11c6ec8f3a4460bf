/* SPDX-License-Identifier: MIT */
#include "tui/widgets/list.h"

void tui_list_fit(struct tui_list *list, size_t count, int rows)
{
	size_t room = rows > 0 ? (size_t)rows : 1;

	list->count = count;
	list->rows = rows;
	if (list->selected >= count)
		list->selected = count ? count - 1 : 0;
	if (list->top > list->selected)
		list->top = list->selected;
	if (list->selected - list->top >= room)
		list->top = list->selected - room + 1;
	/* No blank rows below while there are rows above. */
	if (list->top + room > count)
		list->top = count > room ? count - room : 0;
}

static void move_by(struct tui_list *list, bool down, size_t by)
{
	if (down)
		list->selected += by; /* brought back by fit */
	else
		list->selected -= by < list->selected ? by : list->selected;
}

static int as_arrow(int key)
{
	switch (key) {
	case 'j':
		return TUI_KEY_DOWN;
	case 'k':
		return TUI_KEY_UP;
	case 'g':
		return TUI_KEY_HOME;
	case 'G':
		return TUI_KEY_END;
	default:
		return key;
	}
}

bool tui_list_key(struct tui_list *list, const struct tui_input *in,
		  bool letters)
{
	size_t page = list->rows > 1 ? (size_t)list->rows - 1 : 1;

	switch (letters ? as_arrow(in->key) : in->key) {
	case TUI_KEY_UP:
		move_by(list, false, 1);
		break;
	case TUI_KEY_DOWN:
		move_by(list, true, 1);
		break;
	case TUI_KEY_PAGE_UP:
		move_by(list, false, page);
		break;
	case TUI_KEY_PAGE_DOWN:
		move_by(list, true, page);
		break;
	case TUI_KEY_HOME:
		list->selected = 0;
		break;
	case TUI_KEY_END:
		list->selected = list->count ? list->count - 1 : 0;
		break;
	default:
		return false;
	}
	tui_list_fit(list, list->count, list->rows);
	return true;
}

size_t tui_list_above(const struct tui_list *list)
{
	return list->top;
}

size_t tui_list_below(const struct tui_list *list)
{
	size_t shown = list->top + (list->rows > 0 ? (size_t)list->rows : 0);

	return list->count > shown ? list->count - shown : 0;
}
