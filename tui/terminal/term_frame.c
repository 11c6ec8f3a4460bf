/* SPDX-License-Identifier: MIT */
/* One frame of the terminal: wiped, drawn into by others, sent; and where its
 * cursor stands. */
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <curses.h>

#include "tui/terminal/term.h"

/* One terminal, one frame. */
static struct {
	bool cursor_set;
	int cursor_row, cursor_col;
	int focus_row; /* -1: none */
} frame;

bool tui_term_writable(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	/* Anything but "not yet" counts: errors are found when reading. */
	return poll(&out, 1, 0) != 0;
}

void tui_term_begin(void)
{
	frame.cursor_set = false;
	frame.focus_row = -1;
	erase();
}

void tui_term_cursor(int row, int col, bool weak)
{
	if (weak && frame.focus_row < 0)
		frame.focus_row = row;
	if (weak && frame.cursor_set)
		return;
	frame.cursor_set = true;
	frame.cursor_row = row;
	frame.cursor_col = col;
}

int tui_term_focus(void)
{
	return frame.focus_row;
}

void tui_term_end(void)
{
	int row = frame.cursor_set ? frame.cursor_row : LINES - 1;
	int col = frame.cursor_set ? frame.cursor_col : 0;
	sigset_t stop, before;

	if (row >= LINES)
		row = LINES - 1;
	if (col >= COLS)
		col = COLS - 1;
	move(row < 0 ? 0 : row, col < 0 ? 0 : col);
	wnoutrefresh(stdscr);
	/* Curses ignores SIGTSTP while it writes; blocked, it is kept. */
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigprocmask(SIG_BLOCK, &stop, &before);
	doupdate();
	sigprocmask(SIG_SETMASK, &before, NULL);
}
