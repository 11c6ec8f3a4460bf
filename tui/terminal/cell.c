/* SPDX-License-Identifier: MIT */
#include "tui/terminal/cell.h"

#include <limits.h>
#include <string.h>
#include <wchar.h>

#include <uninorm.h>
#include <unistr.h>

#include <curses.h>

#include "tui/terminal/term.h"
#include "tui/terminal/theme.h"

#define REPLACEMENT 0xfffd
#define PAIR_MOST   255 /* of colours, that fit beside a character */

struct look {
	attr_t attr;
	int pair;
};

/* One terminal, one theme. */
static struct {
	struct tui_theme theme;
	bool chosen;
} used;

void tui_cell_theme(const struct tui_theme *theme)
{
	used.theme = *theme;
	used.chosen = true;
}

static enum tui_depth depth(void)
{
	int colours = tui_term_colours();

	return colours >= 256  ? TUI_DEPTH_256
	       : colours >= 16 ? TUI_DEPTH_16
	       : colours >= 8  ? TUI_DEPTH_8
			       : TUI_DEPTH_NONE;
}

/* Attributes carry the meaning, colours repeat it. */
static struct look look_of(enum tui_style style)
{
	static const struct {
		unsigned ours;
		attr_t attr;
	} attributes[] = {
		{ TUI_LOOK_BOLD, A_BOLD },
		{ TUI_LOOK_DIM, A_DIM },
		{ TUI_LOOK_REVERSE, A_REVERSE },
		{ TUI_LOOK_UNDERLINE, A_UNDERLINE },
	};
	const struct tui_look *wanted = &used.theme.looks[depth()][style];
	struct look look = { A_NORMAL, 0 };

	if (!used.chosen)
		tui_theme_default(&used.theme);
	used.chosen = true;
	for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++)
		if (wanted->attributes & attributes[i].ours)
			look.attr |= attributes[i].attr;
	if (tui_term_colours() && (wanted->colour >= 0 || wanted->ground >= 0))
		look.pair = alloc_pair(wanted->colour, wanted->ground);
	if (look.pair < 0)
		look.pair = 0;
	return look;
}

/* The nearest that this locale's character set has to C. */
static wchar_t nearest(ucs4_t c)
{
	static const struct {
		ucs4_t from;
		char to;
	} twins[] = {
		{ 0x00b7, '-' },  { 0x2013, '-' },  { 0x2014, '-' },
		{ 0x2018, '\'' }, { 0x2019, '\'' }, { 0x201c, '"' },
		{ 0x201d, '"' },  { 0x2026, '~' },  { 0x25b8, '>' },
		{ 0x2192, '>' },  { 0x00d7, 'x' },  { 0x00a0, ' ' },
		{ 0x2500, '-' },  { 0x2022, '*' },  { 0x2713, '+' },
		{ 0x2717, 'x' },  { 0x2588, '#' },
	};
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];

	for (size_t i = 0; i < sizeof(twins) / sizeof(twins[0]); i++)
		if (twins[i].from == c)
			return (wchar_t)twins[i].to;
	if (uc_canonical_decomposition(c, parts) > 0 && parts[0] < 0x80)
		return (wchar_t)parts[0];
	return L'?';
}

static bool representable(wchar_t c)
{
	mbstate_t state = { 0 };
	char bytes[MB_LEN_MAX];

	return wcrtomb(bytes, c, &state) != (size_t)-1;
}

/* Decode the character of LEN bytes at TEXT, with its marks, into CELL (a
 * string). WIDTH is what we reserved: what curses would see wider is shown as
 * the replacement mark. */
static void decode_cell(const char *text, size_t len, int width,
			wchar_t cell[CCHARW_MAX + 1])
{
	size_t at = 0, count = 0;

	while (at < len && count < CCHARW_MAX) {
		ucs4_t c = 0;
		int n = u8_mbtouc(&c, (const uint8_t *)text + at, len - at);

		at += n > 0 ? (size_t)n : 1;
		if (!representable((wchar_t)c)) {
			if (count > 0)
				continue;
			c = (ucs4_t)nearest(c);
		}
		cell[count++] = (wchar_t)c;
	}
	cell[count] = L'\0';
	if (count == 0 || wcwidth(cell[0]) != width) {
		cell[0] = representable(REPLACEMENT) ? REPLACEMENT : L'?';
		cell[1] = L'\0';
	}
}

static void put(int row, int col, int count, const wchar_t *cell,
		enum tui_style style)
{
	struct look look = look_of(style);
	cchar_t cc;

	if (setcchar(&cc, cell, look.attr, (short)look.pair, &look.pair) != OK)
		return;
	if (count == 1)
		mvadd_wch(row, col, &cc);
	else if (count > 1)
		mvhline_set(row, col, &cc, count);
}

void tui_cell_put(int row, int col, const char *text, size_t len, int width,
		  enum tui_style style)
{
	wchar_t cell[CCHARW_MAX + 1];

	decode_cell(text, len, width, cell);
	put(row, col, 1, cell, style);
}

void tui_cell_run(int row, int col, int count, const char *text,
		  enum tui_style style)
{
	wchar_t cell[CCHARW_MAX + 1];

	decode_cell(text, strlen(text), 1, cell);
	put(row, col, count, cell, style);
}

void tui_cell_ascii(int row, int col, const char *text, int count,
		    enum tui_style style)
{
	struct look look = look_of(style);

	if (look.pair > PAIR_MOST) /* goes without its colours */
		look.pair = 0;
	move(row, col);
	for (int i = 0; i < count; i++)
		addch((chtype)(unsigned char)text[i] | look.attr |
		      (chtype)COLOR_PAIR(look.pair));
}
