/* SPDX-License-Identifier: MIT */
#include "tests/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <vterm.h>

#include "forms/buf.h"
#include "forms/mem.h"
#include "tests/test.h"

#define DEADLINE_MS 30000
#define BYTES_MOST  ((size_t)4 << 20)

enum report_kind {
	REPORT_PID,
	REPORT_STOPPED,
	REPORT_ENDED,
};

struct report {
	enum report_kind kind;
	int value;
};

struct pty {
	VTerm *vterm;
	VTermScreen *screen;
	int rows, cols;
	int master, slave;
	int report, command; /* from and to the shell between */
	pid_t shell, pid;
	bool stopped, ended, alternate;
	int status;
	struct buf bytes;
	struct termios first_modes;
};

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

/* The shell between: one job, in the foreground unless it is stopped. */

static void tell(int to, enum report_kind kind, int value)
{
	struct report report = { kind, value };

	if (write(to, &report, sizeof(report)) != sizeof(report))
		_exit(1);
}

static void set_environment(const struct pty_options *options)
{
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("NO_COLOR");
	unsetenv("ESCDELAY");
	/* What fails in the fork must not go on there with the next test. */
	setenv("CMOCKA_TEST_ABORT", "1", 1);
	for (size_t i = 0; options->env && options->env[i]; i++) {
		char *copy = mem_dup(options->env[i]);
		char *equals = strchr(copy, '=');

		if (equals) {
			*equals = '\0';
			setenv(copy, equals + 1, 1);
		} else {
			unsetenv(copy);
		}
		free(copy);
	}
}

/* cmocka catches crashes in order to go on with the next test: in the fork it
 * would be one more run of all of them, which forks again. */
static void crash_for_real(void)
{
	static const int crashes[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE,
				       SIGILL };

	for (size_t i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++)
		signal(crashes[i], SIG_DFL);
}

static void run_job(const struct pty_options *options)
{
	crash_for_real();
	setpgid(0, 0);
	tcsetpgrp(STDIN_FILENO, getpid());
	signal(SIGTTOU, SIG_DFL);
	set_environment(options);
	if (options->function)
		exit(options->function(options->arg));
	execv(options->argv[0], (char *const *)options->argv);
	_exit(127);
}

static void run_shell(const struct pty_options *options, int slave, int report,
		      int command)
{
	int status = 0;
	pid_t job;
	char byte;

	setsid();
	ioctl(slave, TIOCSCTTY, 0);
	signal(SIGTTOU, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	for (int fd = 0; fd < 3; fd++)
		dup2(slave, fd);
	close(slave);
	job = fork();
	if (job == 0) {
		close(report);
		close(command);
		signal(SIGHUP, SIG_DFL);
		run_job(options);
	}
	setpgid(job, job);
	tell(report, REPORT_PID, job);
	while (waitpid(job, &status, WUNTRACED) == job) {
		tcsetpgrp(STDIN_FILENO, getpgrp());
		if (!WIFSTOPPED(status)) {
			tell(report, REPORT_ENDED,
			     WIFSIGNALED(status) ? 128 + WTERMSIG(status)
						 : WEXITSTATUS(status));
			break;
		}
		tell(report, REPORT_STOPPED, WSTOPSIG(status));
		if (read(command, &byte, 1) != 1)
			break;
		tcsetpgrp(STDIN_FILENO, job);
		kill(-job, SIGCONT);
	}
	/* Its end would hang the line up: stay until it was looked at. */
	while (read(command, &byte, 1) > 0)
		;
	_exit(0);
}

/* The terminal. */

static void answer(const char *bytes, size_t len, void *user)
{
	pty_send_bytes(user, bytes, len);
}

static int set_property(VTermProp property, VTermValue *value, void *user)
{
	struct pty *pty = user;

	if (property == VTERM_PROP_ALTSCREEN)
		pty->alternate = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = set_property };

static void make_screen(struct pty *pty)
{
	pty->vterm = vterm_new(pty->rows, pty->cols);
	vterm_set_utf8(pty->vterm, 1);
	vterm_output_set_callback(pty->vterm, answer, pty);
	pty->screen = vterm_obtain_screen(pty->vterm);
	vterm_screen_set_callbacks(pty->screen, &callbacks, pty);
	vterm_screen_enable_altscreen(pty->screen, 1);
	vterm_screen_reset(pty->screen, 1);
}

struct pty *pty_start(const struct pty_options *options)
{
	struct pty *pty = mem_alloc(sizeof(*pty));
	struct winsize size = { 0 };
	int report[2], command[2];

	pty->rows = options->rows ? options->rows : 24;
	pty->cols = options->cols ? options->cols : 80;
	pty->bytes.max = BYTES_MOST;
	size.ws_row = (unsigned short)pty->rows;
	size.ws_col = (unsigned short)pty->cols;
	make_screen(pty);
	assert_int_equal(openpty(&pty->master, &pty->slave, NULL, NULL, &size),
			 0);
	pty_modes(pty, &pty->first_modes);
	assert_int_equal(pipe2(report, O_CLOEXEC), 0);
	assert_int_equal(pipe2(command, O_CLOEXEC), 0);
	fcntl(pty->master, F_SETFD, FD_CLOEXEC);
	fflush(NULL);
	pty->shell = fork();
	assert_true(pty->shell >= 0);
	if (pty->shell == 0) {
		int slave = pty->slave;

		/* What looks for leaks in the program must not find ours. */
		close(pty->master);
		vterm_free(pty->vterm);
		free(pty);
		close(report[0]);
		close(command[1]);
		run_shell(options, slave, report[1], command[0]);
	}
	close(report[1]);
	close(command[0]);
	pty->report = report[0];
	pty->command = command[1];
	return pty;
}

static void take_report(struct pty *pty)
{
	struct report report;

	if (read(pty->report, &report, sizeof(report)) != sizeof(report)) {
		pty->ended = true;
		return;
	}
	if (report.kind == REPORT_PID)
		pty->pid = report.value;
	pty->stopped = report.kind == REPORT_STOPPED;
	if (report.kind == REPORT_ENDED) {
		pty->ended = true;
		pty->status = report.value;
	}
}

/* Take what came within MS; false when nothing did. */
static bool pump(struct pty *pty, int ms)
{
	struct pollfd fds[] = {
		{ .fd = pty->master, .events = POLLIN },
		{ .fd = pty->ended ? -1 : pty->report, .events = POLLIN },
	};
	char bytes[8192];
	ssize_t n;

	if (poll(fds, 2, ms) <= 0)
		return false;
	if (fds[0].revents) {
		n = read(pty->master, bytes, sizeof(bytes));
		if (n > 0) {
			vterm_input_write(pty->vterm, bytes, (size_t)n);
			if (buf_add(&pty->bytes, bytes, (size_t)n))
				buf_reset(&pty->bytes);
			return true;
		}
	}
	if (fds[1].revents) {
		take_report(pty);
		return true;
	}
	return false;
}

static void fail_with_screen(struct pty *pty, const char *what,
			     const char *text)
{
	print_error("%s '%s'%s; the screen:\n", what, text,
		    pty->ended ? " (the program has ended)" : "");
	for (int row = 0; row < pty->rows; row++) {
		char *line = pty_row(pty, row);

		print_error("|%s\n", line);
		free(line);
	}
	pty_free(pty);
	fail();
}

static void wait_for(struct pty *pty, pty_condition *met, const void *arg,
		     const char *what, const char *text)
{
	long end = now_ms() + DEADLINE_MS;

	while (!met(pty, arg)) {
		if (now_ms() >= end ||
		    (pty->ended && !pump(pty, 0) && !met(pty, arg)))
			fail_with_screen(pty, what, text);
		pump(pty, 100);
	}
}

void pty_expect_that(struct pty *pty, pty_condition *met, const void *arg,
		     const char *what)
{
	wait_for(pty, met, arg, "never came", what);
}

bool pty_within(struct pty *pty, pty_condition *met, const void *arg, int ms)
{
	long end = now_ms() + ms;

	while (!met(pty, arg)) {
		if (now_ms() >= end || (pty->ended && !pump(pty, 0)))
			return met(pty, arg);
		pump(pty, 10);
	}
	return true;
}

/* The text of ROW; STARTS (NULL, or one a column) gets where in it each column
 * begins. */
static char *row_text(struct pty *pty, int row, size_t *starts)
{
	struct buf text = { 0 };
	size_t end = 0;
	char *out;

	for (int col = 0; col < pty->cols; col++) {
		VTermScreenCell cell = { 0 };
		char bytes[VTERM_MAX_CHARS_PER_CELL * 4 + 1];
		VTermRect rect = { row, row + 1, col, col + 1 };
		size_t len;

		vterm_screen_get_cell(pty->screen, (VTermPos){ row, col },
				      &cell);
		if (starts)
			starts[col] = text.len;
		if (cell.chars[0] == (uint32_t)-1)
			continue; /* the right half of a wide one */
		len = vterm_screen_get_text(pty->screen, bytes, sizeof(bytes),
					    rect);
		if (cell.chars[0] == 0 || len == 0)
			buf_add_char(&text, ' ');
		else
			buf_add(&text, bytes, len);
		if (cell.chars[0] != 0 && cell.chars[0] != ' ')
			end = text.len;
	}
	out = buf_take(&text);
	out[end] = '\0';
	return out;
}

char *pty_row(struct pty *pty, int row)
{
	return row_text(pty, row, NULL);
}

int pty_column(struct pty *pty, int row, int col, const char *text)
{
	size_t *starts = mem_array((size_t)pty->cols, sizeof(*starts));
	char *line = row_text(pty, row, starts);
	size_t end = strlen(line);
	int column = -1;

	for (; col >= 0 && column < 0 && col < pty->cols && starts[col] < end;
	     col++)
		if (strncmp(line + starts[col], text, strlen(text)) == 0)
			column = col;
	free(line);
	free(starts);
	return column;
}

char *pty_screen(struct pty *pty)
{
	struct buf text = { 0 };

	for (int row = 0; row < pty->rows; row++) {
		char *line = pty_row(pty, row);

		buf_addf(&text, "%s\n", line);
		free(line);
	}
	return buf_take(&text);
}

static bool any_row(struct pty *pty, pty_condition *met, const void *arg)
{
	bool found = false;

	for (int row = 0; row < pty->rows && !found; row++) {
		char *line = pty_row(pty, row);

		found = met((struct pty *)line, arg);
		free(line);
	}
	return found;
}

static bool row_has(struct pty *line, const void *text)
{
	return strstr((const char *)line, text) != NULL;
}

static bool row_matches(struct pty *line, const void *regex)
{
	return !regexec(regex, (const char *)line, 0, NULL, 0);
}

static bool shows(struct pty *pty, const void *text)
{
	return any_row(pty, row_has, text);
}

static bool shows_not(struct pty *pty, const void *text)
{
	return !any_row(pty, row_has, text);
}

static bool matches(struct pty *pty, const void *regex)
{
	return any_row(pty, row_matches, regex);
}

static bool has_sent(struct pty *pty, const void *bytes)
{
	return pty->bytes.len &&
	       memmem(pty->bytes.data, pty->bytes.len, bytes, strlen(bytes));
}

void pty_expect(struct pty *pty, const char *text)
{
	wait_for(pty, shows, text, "not on the screen:", text);
}

void pty_expect_gone(struct pty *pty, const char *text)
{
	wait_for(pty, shows_not, text, "still on the screen:", text);
}

void pty_expect_match(struct pty *pty, const char *regex)
{
	regex_t compiled;

	assert_int_equal(regcomp(&compiled, regex, REG_EXTENDED | REG_NOSUB),
			 0);
	wait_for(pty, matches, &compiled, "no row matches:", regex);
	regfree(&compiled);
}

void pty_expect_bytes(struct pty *pty, const char *bytes)
{
	wait_for(pty, has_sent, bytes, "was not sent:", bytes);
}

bool pty_shows(struct pty *pty, const char *text)
{
	while (pump(pty, 0))
		;
	return shows(pty, text);
}

void pty_cursor(struct pty *pty, int *row, int *col)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(pty->vterm), &at);
	*row = at.row;
	*col = at.col;
}

static bool cursor_is_at(struct pty *pty, const void *arg)
{
	const VTermPos *wanted = arg;
	int row = 0, col = 0;

	pty_cursor(pty, &row, &col);
	return row == wanted->row && col == wanted->col;
}

void pty_expect_cursor(struct pty *pty, int row, int col)
{
	const VTermPos wanted = { row, col };
	char text[32];

	snprintf(text, sizeof(text), "%d, %d", row, col);
	wait_for(pty, cursor_is_at, &wanted, "the cursor is not at", text);
}

bool pty_reversed(struct pty *pty, int row, int col)
{
	VTermScreenCell cell = { 0 };

	vterm_screen_get_cell(pty->screen, (VTermPos){ row, col }, &cell);
	return cell.attrs.reverse;
}

bool pty_alternate(const struct pty *pty)
{
	return pty->alternate;
}

void pty_send_bytes(struct pty *pty, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len > 0) {
		struct pollfd out = { .fd = pty->master, .events = POLLOUT };
		ssize_t n = 0;

		/* Read along: both sides may be full of what the other says. */
		pump(pty, 0);
		if (poll(&out, 1, 100) <= 0)
			continue;
		n = write(pty->master, at, len < 512 ? len : 512);
		if (n <= 0)
			return;
		at += n;
		len -= (size_t)n;
	}
}

void pty_send(struct pty *pty, const char *keys)
{
	pty_send_bytes(pty, keys, strlen(keys));
}

void pty_resize(struct pty *pty, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows,
				.ws_col = (unsigned short)cols };

	while (pump(pty, 0))
		;
	pty->rows = rows;
	pty->cols = cols;
	vterm_set_size(pty->vterm, rows, cols);
	ioctl(pty->master, TIOCSWINSZ, &size);
}

void pty_modes(const struct pty *pty, struct termios *modes)
{
	memset(modes, 0, sizeof(*modes));
	tcgetattr(pty->slave, modes);
}

void pty_first_modes(const struct pty *pty, struct termios *modes)
{
	*modes = pty->first_modes;
}

const char *pty_bytes(const struct pty *pty, size_t *len)
{
	if (len)
		*len = pty->bytes.len;
	return buf_text(&pty->bytes);
}

static bool has_pid(struct pty *pty, const void *arg)
{
	(void)arg;
	return pty->pid != 0;
}

static bool is_stopped(struct pty *pty, const void *arg)
{
	(void)arg;
	return pty->stopped;
}

static bool has_ended(struct pty *pty, const void *arg)
{
	(void)arg;
	return pty->ended;
}

void pty_signal(struct pty *pty, int number)
{
	wait_for(pty, has_pid, NULL, "never started:", "the program");
	kill(pty->pid, number);
}

void pty_expect_stopped(struct pty *pty)
{
	wait_for(pty, is_stopped, NULL, "did not stop:", "the program");
}

void pty_continue(struct pty *pty)
{
	pty->stopped = false;
	assert_int_equal(write(pty->command, "c", 1), 1);
}

void pty_hang_up(struct pty *pty)
{
	close(pty->slave);
	close(pty->master);
	pty->slave = pty->master = -1;
}

int pty_wait_exit(struct pty *pty)
{
	wait_for(pty, has_ended, NULL, "did not end:", "the program");
	while (pty->master >= 0 && pump(pty, 0))
		;
	return pty->status;
}

void pty_free(struct pty *pty)
{
	if (!pty)
		return;
	if (!pty->ended && pty->pid > 0)
		kill(pty->pid, SIGKILL);
	close(pty->command);
	close(pty->report);
	if (pty->slave >= 0)
		close(pty->slave);
	if (pty->master >= 0)
		close(pty->master);
	/* Before it reported its pid there is only the shell to end. */
	if (!pty->pid)
		kill(pty->shell, SIGKILL);
	waitpid(pty->shell, NULL, 0);
	vterm_free(pty->vterm);
	buf_release(&pty->bytes);
	free(pty);
}
