/* SPDX-License-Identifier: MIT */
#include "tests/end_to_end/eye.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/end_to_end/catalog.h"
#include "tests/test.h"

#define ROOMY_ROWS 16 /* from here on there are rules */
#define LONG_ROW   16 /* bytes from which on a row should be the only one */

static const char *const steps[] = {
	N_("Customer"),	     N_("Documents"), N_("Information"),
	N_("Review & send"), N_("Status"),
};

/* A screen being looked at. */
struct eye {
	struct pty *pty;
	const struct eye_view *view;
	const struct eye_place *place;
	char **rows;
	char *all;	 /* the rows in one, blanks and borders squeezed */
	int top, bottom; /* the screen's own rows: from, up to before */
	struct buf wrong;
};

static void __attribute__((format(printf, 2, 3)))
complain(struct eye *eye, const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	va_end(args);
	buf_addf(&eye->wrong, "%s%s", eye->wrong.len ? "; " : "", text);
	free(text);
}

static bool has(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text);
	size_t tail = strlen(end);

	return len >= tail && strcmp(text + len - tail, end) == 0;
}

/* TEXT as a terminal of that place shows it: without accents, if need be. */
static char *as_shown(const struct eye *eye, const char *text)
{
	char *out = mem_dup(text);

	if (eye->place->ascii) {
		free(out);
		out = text_fold(text);
	}
	return out;
}

static bool shows_word(const struct eye *eye, const char *word)
{
	char *wanted = as_shown(eye, word);
	char *shown = as_shown(eye, eye->all);
	bool found = has(shown, wanted);

	free(wanted);
	free(shown);
	return found;
}

/* The checks. */

static void check_head(struct eye *eye)
{
	if (strncmp(eye->rows[0], "kyc ", 4) != 0)
		complain(eye, "the first row is no header");
	/* What stands at its right end stands at the terminal's. */
	if (text_width(eye->rows[0]) != eye->place->cols)
		complain(eye, "the header is %d columns wide",
			 text_width(eye->rows[0]));
}

static void check_road(struct eye *eye)
{
	const char *row = eye->rows[1];
	char *name = mem_printf("[%d %s", eye->view->step,
				_(steps[eye->view->step - 1]));
	char *shown = as_shown(eye, row);
	char *wanted = as_shown(eye, name);

	if (!has(shown, wanted) || !has(row, "]"))
		complain(eye, "the road does not say '%s'", name);
	if (strchr(row, '[') != strrchr(row, '['))
		complain(eye, "the road says where one is twice");
	for (int step = 1; step <= 5; step++)
		if (!strchr(row, '0' + step))
			complain(eye, "the road has no step %d", step);
	free(wanted);
	free(shown);
	free(name);
}

static void check_rule(struct eye *eye, int row)
{
	const char *line = eye->place->ascii ? "-" : "─";
	const char *at = eye->rows[row];
	int count = 0;

	for (; strncmp(at, line, strlen(line)) == 0; at += strlen(line))
		count++;
	/* A character repeated to the edge lacks its last one in libvterm. */
	if (*at || count < eye->place->cols - eye->place->ascii)
		complain(eye, "row %d is no rule", row);
}

static void check_rules(struct eye *eye)
{
	if (eye->place->rows < ROOMY_ROWS)
		return;
	check_rule(eye, 2);
	check_rule(eye, eye->place->rows - 2);
}

static void check_keys(struct eye *eye)
{
	const char *row = eye->rows[eye->place->rows - 1];

	/* What is open has keys of its own. */
	if (eye->view->box ? !*row : !ends_with(row, _("help")))
		complain(eye, "the last row does not end in '%s'", _("help"));
	if (has(row, "…") || has(row, "~") || *row == ' ')
		complain(eye, "a key on the last row is cut");
}

static bool holds(const struct eye *eye, int row, int col, const char *text)
{
	return pty_column(eye->pty, row, col, text) == col;
}

static void check_box(struct eye *eye)
{
	bool ascii = eye->place->ascii;
	const char *side = ascii ? "|" : "│";
	int row = eye->top;
	int left = -1, right = -1;

	if (!eye->view->box)
		return;
	for (; row < eye->bottom && left < 0; row++)
		left = pty_column(eye->pty, row, 0, ascii ? "+-" : "┌");
	if (left < 0) {
		complain(eye, "there is no box");
		return;
	}
	right = pty_column(eye->pty, row - 1, left + 1, ascii ? "+" : "┐");
	while (row < eye->bottom && holds(eye, row, left, side) &&
	       holds(eye, row, right, side))
		row++;
	if (row == eye->bottom || !holds(eye, row, left, ascii ? "+" : "└") ||
	    !holds(eye, row, right, ascii ? "+" : "┘"))
		complain(eye, "the border of the box is broken in row %d", row);
}

static bool any_reversed(const struct eye *eye, int row)
{
	for (int col = 0; col < eye->place->cols; col++)
		if (pty_reversed(eye->pty, row, col))
			return true;
	return false;
}

static void check_focus(struct eye *eye)
{
	const char *pointer = eye->place->ascii ? "> " : "▸ ";
	int row = 0, col = 0, marked = -1;

	pty_cursor(eye->pty, &row, &col);
	if (eye->view->focus == EYE_NONE)
		return;
	if (row < eye->top || row >= eye->bottom)
		complain(eye, "the cursor is in row %d, outside the screen",
			 row);
	for (int i = eye->top; i < eye->bottom; i++) {
		const char *at = strstr(eye->rows[i], pointer);

		if (at && any_reversed(eye, i))
			marked = marked < 0 || i == row ? i : marked;
	}
	if (eye->view->focus == EYE_FIELD)
		return;
	if (marked < 0)
		complain(eye, "no row is marked and reversed");
	else if (marked != row)
		complain(eye, "row %d is marked, the cursor is in %d", marked,
			 row);
}

/* Does a sign say that not all is in view: an arrow, a number and "more", in
 * the order of the language? */
static bool says_more(const struct eye *eye)
{
	static const char *const arrows[][2] = { { "▼", "▲" }, { "v", "^" } };
	const char *between = strstr(_(" %s %zu more "), "%s") + 2;
	int len = (int)(strchr(between, '%') - between);
	bool found = false;

	for (int i = 0; i < 2; i++) {
		char *sign = mem_printf("%s%.*s", arrows[eye->place->ascii][i],
					len, between);
		const char *at = strstr(eye->all, sign);

		found |= at && isdigit((unsigned char)at[strlen(sign)]);
		free(sign);
	}
	return found;
}

/* Is there the beginning of WORD, and the sign that the rest is cut? */
static bool is_cut(const struct eye *eye, const char *word)
{
	const char *sign = eye->place->ascii ? "~" : "…";
	char *shown = as_shown(eye, eye->all);
	char *start = as_shown(eye, word);
	bool found = false;

	for (size_t len = strlen(start); len >= 3 && !found; len--) {
		char *part = mem_printf("%.*s%s", (int)len, start, sign);

		found = has(shown, part);
		free(part);
	}
	free(start);
	free(shown);
	return found;
}

static void check_words(struct eye *eye)
{
	for (size_t i = 0; i < EYE_WORDS && eye->view->words[i]; i++) {
		const char *word = _(eye->view->words[i]);

		if (!shows_word(eye, word) && !says_more(eye) &&
		    !is_cut(eye, word))
			complain(eye, "'%s' is nowhere, and no sign says why",
				 word);
	}
}

static void check_language(struct eye *eye)
{
	const char *word = NULL;

	/* Without accents some words are the same in both. */
	if (strcmp(language_now()->code, "en") == 0 || eye->place->ascii)
		return;
	word = catalog_english_in(eye->all);
	if (word)
		complain(eye, "English: '%s'", word);
}

static bool is_rule(const char *row)
{
	return has(row, "──") || has(row, "--");
}

static void check_twice(struct eye *eye)
{
	if (eye->view->repeats || eye->view->box)
		return;
	for (int i = eye->top; i < eye->bottom; i++)
		for (int j = i + 1; j < eye->bottom; j++)
			if (strlen(eye->rows[i]) >= LONG_ROW &&
			    !is_rule(eye->rows[i]) &&
			    strcmp(eye->rows[i], eye->rows[j]) == 0)
				complain(eye, "twice: '%s'", eye->rows[i]);
}

static void check_ascii(struct eye *eye)
{
	if (!eye->place->ascii)
		return;
	for (int i = 0; i < eye->place->rows; i++)
		for (const char *c = eye->rows[i]; *c; c++)
			if ((unsigned char)*c >= 0x80) {
				complain(eye, "row %d is not ASCII", i);
				break;
			}
}

/* Rows joined by one blank, so that a sentence may go over several. */
static char *squeeze(const struct eye *eye)
{
	static const char *const borders[] = { "│", "─", "┌", "┐", "└", "┘" };
	struct buf out = { 0 };

	for (int row = 0; row < eye->place->rows; row++) {
		const char *at = eye->rows[row];

		while (*at) {
			size_t skip = *at == ' ' || *at == '|';

			for (size_t i = 0; i < 6 && !skip; i++)
				if (strncmp(at, borders[i], 3) == 0)
					skip = 3;
			if (!skip)
				buf_add_char(&out, *at);
			else if (out.len && out.data[out.len - 1] != ' ')
				buf_add_char(&out, ' ');
			at += skip ? skip : 1;
		}
		if (out.len && out.data[out.len - 1] != ' ')
			buf_add_char(&out, ' ');
	}
	return buf_take(&out);
}

static void open_eye(struct eye *eye, struct pty *pty,
		     const struct eye_place *place)
{
	bool roomy = place->rows >= ROOMY_ROWS;

	*eye = (struct eye){ .pty = pty, .place = place };
	eye->top = roomy ? 3 : 2;
	eye->bottom = place->rows - (roomy ? 2 : 1);
	eye->rows = mem_array((size_t)place->rows, sizeof(*eye->rows));
	for (int i = 0; i < place->rows; i++)
		eye->rows[i] = pty_row(pty, i);
	eye->all = squeeze(eye);
}

static void close_eye(struct eye *eye)
{
	for (int i = 0; i < eye->place->rows; i++)
		free(eye->rows[i]);
	free(eye->rows);
	free(eye->all);
	buf_release(&eye->wrong);
}

char *eye_complaint(struct pty *pty, const struct eye_view *view,
		    const struct eye_place *place)
{
	static void (*const checks[])(struct eye * eye) = {
		check_head,  check_road,  check_rules, check_keys,
		check_box,   check_focus, check_words, check_language,
		check_twice, check_ascii,
	};
	struct eye eye;
	char *out = NULL;

	open_eye(&eye, pty, place);
	eye.view = view;
	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++)
		checks[i](&eye);
	if (eye.wrong.len)
		out = buf_take(&eye.wrong);
	close_eye(&eye);
	return out;
}

struct look {
	const struct eye_view *view;
	const struct eye_place *place;
	char **complaint;
};

static bool is_right(struct pty *pty, const void *arg)
{
	const struct look *look = arg;

	free(*look->complaint);
	*look->complaint = eye_complaint(pty, look->view, look->place);
	return !*look->complaint;
}

char *eye_complaint_within(struct pty *pty, const struct eye_view *view,
			   const struct eye_place *place, int ms)
{
	char *complaint = NULL;
	const struct look look = { view, place, &complaint };

	pty_within(pty, is_right, &look, ms);
	return complaint;
}

/* Does a row of the box begin with what PIECE begins with, or speak of it? */
static bool is_explained(const struct eye *eye, const char *piece)
{
	const char *side = eye->place->ascii ? "|" : "│";

	for (int row = eye->top; row < eye->bottom - 1; row++) {
		const char *at = eye->rows[row];
		size_t len = 0;

		at = strstr(at, side) ? strstr(at, side) + strlen(side) : "";
		at += strspn(at, " ");
		while (at[len] && strncmp(at + len, "  ", 2) != 0)
			len++;
		if (len && strncmp(at, piece, len) == 0 && piece[len] == ' ')
			return true;
	}
	return strncmp(piece, "F1 ", 3) == 0 && has(eye->all, "F1");
}

char *eye_unknown_key(struct pty *pty, const struct eye_place *place)
{
	const char *between = place->ascii ? " - " : " · ";
	struct eye eye;
	char *unknown = NULL;
	char *at = NULL;

	open_eye(&eye, pty, place);
	at = eye.rows[place->rows - 1];
	while (at && *at && !unknown) {
		char *next = strstr(at, between);

		if (next) {
			*next = '\0';
			next += strlen(between);
		}
		if (!is_explained(&eye, at))
			unknown = mem_dup(at);
		at = next;
	}
	close_eye(&eye);
	return unknown;
}
