/* SPDX-License-Identifier: MIT */
/* Linear mode: what is said, asked and answered. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "tui/linear/linear.h"

#define LINE_MOST   65536 /* bytes of an answer */
#define COLUMNS	    79	  /* of a line that is said */
#define INTERRUPTED 130	  /* exit status */

/* The bytes of TEXT (clean) that make its first line: whole words, and one that
 * is longer than a line stays whole, to be copied. */
static size_t line_of(const char *text)
{
	size_t fit = text_fit(text, COLUMNS, NULL);
	size_t end = fit;

	if (!text[fit]) {
		while (end && text[end - 1] == ' ')
			end--;
		return end;
	}
	while (end && text[end] != ' ')
		end--;
	return end ? end : strcspn(text, " ");
}

static void print_lines(const char *text)
{
	do {
		size_t len = line_of(text);
		size_t room = strspn(text + len, " ");

		printf("%.*s\n", (int)len, text);
		text += len + room;
	} while (*text);
	fflush(stdout);
}

/* FORMAT with ARGS, cleaned; free() it. What stands apart on a screen, with a
 * dot or room between, is read out better with commas. */
__attribute__((format(printf, 1, 0))) static char *clean(const char *format,
							 va_list args)
{
	static const char dot[] = " · ";
	struct buf raw = { 0 };
	struct buf text = { 0 };
	char *whole = NULL;

	buf_addv(&raw, format, args);
	whole = text_clean_new(buf_text(&raw));
	buf_release(&raw);
	for (const char *at = whole; *at;) {
		size_t room = strspn(at, " ");

		if (strncmp(at, dot, sizeof(dot) - 1) == 0)
			room = sizeof(dot) - 1;
		if (room > 1)
			buf_add_text(&text, ", ");
		else
			buf_add_char(&text, *at);
		at += room > 1 ? room : 1;
	}
	mem_free_private(whole);
	return buf_take(&text);
}

void linear_say(const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	text = clean(format, args);
	va_end(args);
	print_lines(text);
	mem_free_private(text);
}

void linear_say_err(const struct err *err)
{
	linear_say(_("Error: %s"), err->text);
}

void linear_say_findings(const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		linear_say(findings->list[i].severity == FINDING_ERROR
				   ? _("Error: %s")
				   : _("Warning: %s"),
			   findings->list[i].text);
}

void linear_say_table(const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		const char *tab = memchr(text, '\t', len);
		size_t name = tab ? (size_t)(tab - text) : len;

		if (tab && name > strspn(text, " "))
			linear_say("%.*s: %.*s", (int)name, text,
				   (int)(len - name - 1), tab + 1);
		else if (tab)
			linear_say("%.*s", (int)(len - name - 1), tab + 1);
		else if (len)
			linear_say("%.*s", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

/* Reading. */

/* The first whole line of what was typed, or (at the end) the rest; NULL: it
 * has not come yet. */
static char *take_line(struct linear *linear, size_t *len)
{
	const char *text = buf_text(&linear->typed);
	const char *end = memchr(text, '\n', linear->typed.len);
	struct buf rest = { 0 };
	char *line = NULL;

	*len = end ? (size_t)(end - text) : linear->typed.len;
	if (!end && (!linear->ended || !*len))
		return NULL;
	line = mem_dup_n(text, *len);
	if (end)
		buf_add(&rest, end + 1, linear->typed.len - *len - 1);
	buf_release(&linear->typed);
	linear->typed = rest;
	return line;
}

/* What is not kept of a line that is too long: all up to its end. */
static void keep(struct linear *linear, const char *bytes, size_t len)
{
	const char *end = memchr(bytes, '\n', len);

	if (linear->skipping && !end)
		return;
	if (linear->skipping) {
		len -= (size_t)(end - bytes) + 1;
		bytes = end + 1;
		linear->skipping = false;
	}
	buf_add(&linear->typed, bytes, len);
	if (linear->typed.len <= LINE_MOST ||
	    memchr(linear->typed.data, '\n', linear->typed.len))
		return;
	buf_release(&linear->typed);
	linear->skipping = true;
	linear_say(_("Error: a line of more than %d bytes was not taken."),
		   LINE_MOST);
}

static void read_some(struct linear *linear)
{
	char bytes[4096];
	ssize_t got = read(STDIN_FILENO, bytes, sizeof(bytes));

	if (got > 0)
		keep(linear, bytes, (size_t)got);
	else if (got == 0 || (errno != EINTR && errno != EAGAIN))
		linear->ended = true;
	mem_wipe(bytes, sizeof(bytes));
}

char *linear_typed(struct linear *linear, bool readable)
{
	char *line = NULL;
	char *answer = NULL;
	size_t len = 0;

	if (readable)
		read_some(linear);
	while (!answer && (line = take_line(linear, &len))) {
		if (memchr(line, '\0', len))
			linear_say("%s", _("Error: a line with zero bytes was "
					   "not taken."));
		else
			answer = text_trim(line);
		mem_free_private(line);
	}
	return answer;
}

void linear_stop(struct linear *linear, int status)
{
	linear->status = status;
	linear->ended = true;
	buf_release(&linear->typed);
}

static char *await_line(struct linear *linear)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	struct err err = { 0 };
	char *line = NULL;

	while (!(line = linear_typed(linear, in.revents)) && !linear->ended) {
		in.revents = 0;
		if (tui_app_turn(linear->app, &in, 1, -1, &err)) {
			linear_say_err(&err);
			linear_stop(linear, err_exit_status(err.code));
		} else if (tui_signal_taken()) {
			linear_stop(linear, INTERRUPTED);
		}
	}
	return line;
}

/* Asking. */

static void say_keys(const struct linear_key *keys)
{
	for (; keys && keys->key; keys++)
		linear_say("%s: %s", *keys->key ? _(keys->key) : _("Enter"),
			   _(keys->does));
	linear_say(_("%s: %s"), "?", _("says what can be answered."));
}

char *linear_ask(struct linear *linear, const struct linear_key *keys,
		 const char *format, ...)
{
	char *question = NULL;
	char *answer = NULL;
	bool helped = true;
	va_list args;

	va_start(args, format);
	question = clean(format, args);
	va_end(args);
	while (helped) {
		/* From a pipe there is no Enter that would end the line. */
		printf("%s%s", question, isatty(STDIN_FILENO) ? " " : "\n");
		fflush(stdout);
		answer = await_line(linear);
		helped = answer && strcmp(answer, "?") == 0;
		if (!helped)
			break;
		say_keys(keys);
		free(answer);
	}
	mem_free_private(question);
	return answer;
}

const struct linear_key *linear_key(const struct linear_key *keys,
				    const char *answer)
{
	for (; keys->key; keys++)
		if (strcmp(keys->key, answer) == 0)
			return keys;
	return NULL;
}

void linear_no_answer(const char *answer)
{
	linear_say(_("Error: '%.40s' is no answer here; ? says what is."),
		   answer);
}

bool linear_confirm(struct linear *linear, bool usual, const char *format, ...)
{
	/* In the operator's language; both are understood in either. */
	const char letter[] = { _("yes")[0], '\0' };
	const struct linear_key keys[] = {
		{ letter, N_("yes."), NULL },
		{ "n", N_("no."), NULL },
		{ NULL, NULL, NULL },
	};
	char *question = NULL;
	char *answer = NULL;
	bool yes;
	va_list args;

	va_start(args, format);
	question = clean(format, args);
	va_end(args);
	answer = linear_ask(linear, keys, _("%s y or n [%s]:"), question,
			    usual ? letter : "n");
	yes = answer && (*answer ? strchr("yYsS", *answer) != NULL : usual);
	free(answer);
	mem_free_private(question);
	return yes;
}

int linear_choice(const char *answer, size_t count)
{
	char *end = NULL;
	unsigned long number = strtoul(answer, &end, 10);

	if (answer[0] < '0' || answer[0] > '9' || *end || !number ||
	    number > count)
		return -1;
	return (int)number - 1;
}
