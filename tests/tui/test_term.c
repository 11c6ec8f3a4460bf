/* SPDX-License-Identifier: MIT */
/* The terminal is given back however the program ends: each row dies its own
 * way and must leave the line's modes and the screen as they were. */
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/mem.h"
#include "tests/pty.h"
#include "tests/test.h"
#include "tui/app.h"
#include "tui/terminal/draw.h"
#include "tui/terminal/input.h"
#include "tui/terminal/term.h"

#define PASTE_OFF     "\033[?2004l"
#define ALTERNATE_OFF "\033[?1049l"

static void draw(const char *text)
{
	struct tui_area area = { 0 };

	tui_term_size(&area.rows, &area.cols);
	tui_term_begin();
	tui_textf(&area, 0, 0, -1, TUI_PLAIN, "%s %dx%d", text, area.rows,
		  area.cols);
	tui_text(&area, 2, 3, -1, TUI_FOCUS, "focus");
	tui_term_end();
}

static void out_of_memory(void)
{
	_exit(6);
}

/* Does as a letter says; any signal that main() polls for ends it. */
static void obey(int key)
{
	switch (key) {
	case 'e':
		exit(3);
	case 'a':
		abort();
	case 'm':
		mem_exhausted();
		break;
	case TUI_CTRL('Z'):
		tui_term_suspend(); /* the resize that follows draws */
		break;
	case TUI_CTRL('C'):
		draw("interrupted");
		break;
	case TUI_CTRL('L'):
		tui_term_reassert();
		draw("again");
		break;
	case TUI_KEY_RESIZE:
		draw("resized");
		break;
	default:
		break;
	}
}

static int child(void *arg)
{
	struct err err = { 0 };
	struct tui_input in = { 0 };
	int got = 0;

	(void)arg;
	setlocale(LC_ALL, "");
	tui_signals_init();
	mem_exhausted = out_of_memory;
	if (tui_term_start(&err)) {
		printf("refused: %s\n", err.text);
		return err_exit_status(err.code);
	}
	draw("ready");
	while (in.key != 'r' && got >= 0) {
		struct pollfd fds[] = {
			{ .fd = STDIN_FILENO, .events = POLLIN },
			{ .fd = tui_term_fd(), .events = POLLIN },
			{ .fd = tui_signals_fd(), .events = POLLIN },
		};

		poll(fds, 3, tui_input_wait());
		while ((got = tui_input_read(&in)) > 0 && in.key != 'r')
			obey(in.key);
		if (tui_term_stopping())
			obey(TUI_CTRL('Z'));
		if (tui_term_continued())
			obey(TUI_CTRL('L'));
		if (tui_signal_taken())
			break;
	}
	tui_term_stop();
	tui_input_release();
	printf("after\n");
	return got < 0 ? 9 : 0;
}

static struct pty *start(struct termios *before, const char *const *env)
{
	struct pty_options options = { .function = child, .env = env };
	struct pty *pty = pty_start(&options);

	pty_first_modes(pty, before);
	return pty;
}

static void assert_given_back(struct pty *pty, const struct termios *before)
{
	struct termios after;
	const char *sent = pty_bytes(pty, NULL);
	const char *left = strstr(sent, ALTERNATE_OFF);

	pty_modes(pty, &after);
	assert_int_equal(after.c_lflag, before->c_lflag);
	assert_int_equal(after.c_iflag, before->c_iflag);
	assert_int_equal(after.c_oflag, before->c_oflag);
	assert_memory_equal(after.c_cc, before->c_cc, sizeof(after.c_cc));
	assert_non_null(left);
	assert_non_null(strstr(sent, PASTE_OFF));
	assert_false(pty_alternate(pty));
	assert_false(pty_shows(pty, "ready"));
}

static const struct death {
	const char *name;
	const char *keys; /* typed, or NULL */
	int number;	  /* signal sent, or 0 */
	int status;
} deaths[] = {
	{ "normal end", "r", 0, 0 },
	{ "exit() somewhere", "e", 0, 3 },
	{ "abort()", "a", 0, 128 + SIGABRT },
	{ "out of memory", "m", 0, 6 },
	{ "terminated", NULL, SIGTERM, 0 },
	{ "interrupted from outside", NULL, SIGINT, 0 },
	{ "hung up", NULL, SIGHUP, 0 },
	{ "quit", NULL, SIGQUIT, 0 },
	{ "segmentation fault", NULL, SIGSEGV, 128 + SIGSEGV },
	{ "bus error", NULL, SIGBUS, 128 + SIGBUS },
	{ "arithmetic", NULL, SIGFPE, 128 + SIGFPE },
	{ "illegal instruction", NULL, SIGILL, 128 + SIGILL },
};

static void test_term_gives_back(void **state)
{
	const struct death *row = *state;
	struct termios before;
	struct pty *pty = start(&before, NULL);

	pty_expect(pty, "ready 24x80");
	assert_true(pty_alternate(pty));
	if (row->keys)
		pty_send(pty, row->keys);
	if (row->number)
		pty_signal(pty, row->number);
	assert_int_equal(pty_wait_exit(pty), row->status);
	assert_given_back(pty, &before);
	pty_free(pty);
}

static const struct stop {
	const char *name;
	const char *keys;
	int number;
} stops[] = {
	{ "Ctrl-Z", "\032", 0 },
	{ "SIGTSTP", NULL, SIGTSTP },
};

static void test_term_suspends(void **state)
{
	const struct stop *row = *state;
	struct termios before, after;
	struct pty *pty = start(&before, NULL);

	pty_expect(pty, "ready");
	if (row->keys)
		pty_send(pty, row->keys);
	else
		pty_signal(pty, row->number);
	pty_expect_stopped(pty);
	assert_given_back(pty, &before);

	pty_continue(pty);
	pty_expect(pty, "resized 24x80");
	assert_true(pty_alternate(pty));
	pty_modes(pty, &after);
	assert_false(after.c_lflag & ICANON);
	pty_send(pty, "r");
	assert_int_equal(pty_wait_exit(pty), 0);
	assert_given_back(pty, &before);
	pty_free(pty);
}

static void test_term_redraws_when_stopped_from_outside(void **state)
{
	struct termios before;
	struct pty *pty = start(&before, NULL);

	(void)state;
	pty_expect(pty, "ready");
	pty_signal(pty, SIGSTOP);
	pty_expect_stopped(pty);
	pty_continue(pty);
	pty_expect(pty, "again");
	pty_send(pty, "r");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_free(pty);
}

static void test_term_ends_when_the_terminal_vanishes(void **state)
{
	struct termios before;
	struct pty *pty = start(&before, NULL);

	(void)state;
	pty_expect(pty, "ready");
	pty_hang_up(pty);
	/* By the hang-up signal or by the end of the input, whichever. */
	assert_in_range(pty_wait_exit(pty), 0, 9);
	pty_free(pty);
}

static void test_term_keeps_flow_control_and_takes_ctrl_c(void **state)
{
	struct termios before, now;
	struct pty *pty = start(&before, NULL);

	(void)state;
	pty_expect(pty, "ready");
	pty_modes(pty, &now);
	assert_true(now.c_iflag & IXON);
	pty_send(pty, "\003");
	pty_expect(pty, "interrupted");
	pty_send(pty, "r");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_free(pty);
}

static void test_term_follows_the_window(void **state)
{
	struct termios before;
	struct pty *pty = start(&before, NULL);

	(void)state;
	pty_expect(pty, "ready 24x80");
	pty_resize(pty, 43, 132);
	pty_expect(pty, "resized 43x132");
	pty_resize(pty, 12, 40);
	pty_expect(pty, "resized 12x40");
	pty_send(pty, "r");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_free(pty);
}

static void test_term_puts_the_cursor_on_the_focus(void **state)
{
	struct termios before;
	struct pty *pty = start(&before, NULL);

	(void)state;
	pty_expect(pty, "focus");
	pty_send(pty, "\014"); /* one whole frame later */
	pty_expect(pty, "again");
	pty_expect(pty, "focus");
	pty_expect_cursor(pty, 2, 3);
	assert_true(pty_reversed(pty, 2, 3));
	pty_send(pty, "r");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_free(pty);
}

static const struct refusal {
	const char *name;
	const char *env[2];
	const char *says;
} refusals[] = {
	{ "unknown terminal", { "TERM=nobody-made-this" }, "nobody-made-this" },
	{ "no terminal type", { "TERM" }, "TERM is not set" },
	{ "dumb terminal", { "TERM=dumb" }, "cannot show a" },
};

static void test_term_refuses_kindly(void **state)
{
	const struct refusal *row = *state;
	struct termios before, after;
	struct pty *pty = start(&before, row->env);

	pty_expect(pty, "refused: ");
	pty_expect(pty, row->says);
	assert_int_equal(pty_wait_exit(pty), 2);
	pty_modes(pty, &after);
	assert_int_equal(after.c_lflag, before.c_lflag);
	pty_free(pty);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_term_gives_back, deaths);
	TEST_ROWS(&tests, test_term_suspends, stops);
	test_add(&tests, "test_term_redraws_when_stopped_from_outside",
		 test_term_redraws_when_stopped_from_outside);
	test_add(&tests, "test_term_ends_when_the_terminal_vanishes",
		 test_term_ends_when_the_terminal_vanishes);
	test_add(&tests, "test_term_keeps_flow_control_and_takes_ctrl_c",
		 test_term_keeps_flow_control_and_takes_ctrl_c);
	test_add(&tests, "test_term_follows_the_window",
		 test_term_follows_the_window);
	test_add(&tests, "test_term_puts_the_cursor_on_the_focus",
		 test_term_puts_the_cursor_on_the_focus);
	TEST_ROWS(&tests, test_term_refuses_kindly, refusals);
	return test_run(&tests, "tui/term");
}
