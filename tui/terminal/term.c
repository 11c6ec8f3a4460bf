/* SPDX-License-Identifier: MIT */
/* The terminal's modes and signals. What is drawn is draw.c's, sent by
 * term_frame.c; what is typed is input.c's. */
#include "tui/terminal/term.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

#include "forms/i18n.h"
#include "forms/mem.h"

#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON  "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1000l\033[?1002l\033[?1003l\033[?1006l"

static const int crashes[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL };
static const int news[] = { SIGWINCH, SIGTSTP, SIGCONT };

#define CRASHES (sizeof(crashes) / sizeof(crashes[0]))
#define NEWS	(sizeof(news) / sizeof(news[0]))

/* One terminal a process; a signal handler can reach it no other way. */
static struct {
	SCREEN *screen;
	pid_t owner;	      /* a forked child must not give it back */
	struct termios saved; /* as it was found */
	char back[256];	      /* what undoes our modes on the screen */
	size_t back_len;
	int wake[2];
	bool alternate; /* has a second screen, so is xterm's kind */
	bool colours;
	bool mouse;
	void (*exhausted)(void);
	struct sigaction old_crash[CRASHES];
	struct sigaction old_news[NEWS];
} term;

static volatile sig_atomic_t active;
static volatile sig_atomic_t resized, stopping, continued;
static char crash_stack[1 << 16];

static void put(const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return; /* gone: there is nobody left to tell */
		bytes += n;
		len -= (size_t)n;
	}
}

/* Async-signal-safe, every step independent of the one before. */
static void give_back(void)
{
	sigset_t ttou, before;

	if (!active || term.owner != getpid())
		return;
	active = 0;
	sigemptyset(&ttou);
	sigaddset(&ttou, SIGTTOU);
	sigprocmask(SIG_BLOCK, &ttou, &before);
	tcflow(STDOUT_FILENO, TCOON);
	put(term.back, term.back_len);
	tcsetattr(STDIN_FILENO, TCSANOW, &term.saved);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

static void on_crash(int number)
{
	give_back();
	signal(number, SIG_DFL);
	raise(number);
}

static void on_news(int number)
{
	int saved = errno;
	ssize_t n;

	if (number == SIGWINCH)
		resized = 1;
	else if (number == SIGTSTP)
		stopping = 1;
	else
		continued = 1;
	n = write(term.wake[1], "", 1);
	(void)n; /* full is as good: it is readable */
	errno = saved;
}

static void on_exhausted(void)
{
	give_back();
	if (term.exhausted)
		term.exhausted();
	_exit(err_exit_status(ERR_STORE));
}

static void catch_signals(void)
{
	struct sigaction act = { .sa_handler = on_crash,
				 .sa_flags = SA_ONSTACK };
	stack_t stack = { .ss_sp = crash_stack,
			  .ss_size = sizeof(crash_stack) };

	sigaltstack(&stack, NULL);
	sigemptyset(&act.sa_mask);
	for (size_t i = 0; i < CRASHES; i++)
		sigaction(crashes[i], &act, &term.old_crash[i]);
	act.sa_handler = on_news;
	act.sa_flags = 0;
	for (size_t i = 0; i < NEWS; i++)
		sigaction(news[i], &act, &term.old_news[i]);
}

static void release_signals(void)
{
	for (size_t i = 0; i < CRASHES; i++)
		sigaction(crashes[i], &term.old_crash[i], NULL);
	for (size_t i = 0; i < NEWS; i++)
		sigaction(news[i], &term.old_news[i], NULL);
}

static void add_back(const char *bytes)
{
	/* Padding "$<5>" is for terminals of another century. */
	while (*bytes && term.back_len < sizeof(term.back)) {
		if (bytes[0] == '$' && bytes[1] == '<') {
			while (*bytes && *bytes != '>')
				bytes++;
			bytes += *bytes == '>';
			continue;
		}
		term.back[term.back_len++] = *bytes++;
	}
}

static const char *capability(const char *name)
{
	/* tigetstr() wants a writable name and has two ways to say no. */
	char copy[16];
	const char *value;

	snprintf(copy, sizeof(copy), "%s", name);
	value = tigetstr(copy);
	return !value || value == (const char *)(intptr_t)-1 ? "" : value;
}

/* What has to be written to leave the screen as if we had never been. */
static void prepare_back(void)
{
	const char *name = getenv("TERM");

	term.back_len = 0;
	term.alternate = capability("rmcup")[0] != '\0';
	add_back(capability("sgr0"));
	if (term.alternate)
		add_back(PASTE_OFF);
	if (term.alternate && capability("kmous")[0])
		add_back(MOUSE_OFF);
	add_back(capability("cnorm"));
	/* Customers' names must not stay behind: neither on a screen that has
	 * no second one, nor in the console's scrollback. */
	if (!term.alternate)
		add_back(capability("clear"));
	if (name && !strncmp(name, "linux", 5))
		add_back("\033[3J");
	add_back(capability("rmcup"));
	add_back("\r");
}

static int check_terminal(struct err *err)
{
	const char *name = getenv("TERM");
	int found = 0;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(err, ERR_USAGE,
			       _("the wizard needs a terminal for its input "
				 "and output; 'kyc --help' lists commands "
				 "that need none"));
	if (!name || !*name)
		return err_set(err, ERR_USAGE,
			       _("TERM is not set, so nobody knows how to "
				 "draw on this terminal"));
	if (setupterm(NULL, STDOUT_FILENO, &found) != OK || found != 1)
		return err_set(err, ERR_USAGE,
			       _("nothing is known about terminals of the "
				 "kind '%s'; try TERM=xterm or TERM=vt100"),
			       name);
	if (!capability("cup")[0] || !capability("clear")[0])
		return err_set(err, ERR_USAGE,
			       _("a terminal of the kind '%s' cannot show a "
				 "screen; 'kyc --help' lists commands that "
				 "need none"),
			       name);
	return 0;
}

/* Keys that would become signals become keys; flow control stays. */
static void set_modes(void)
{
	struct termios mode;

	cbreak();
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	typeahead(-1); /* a frame is sent whole, whatever was typed */
	if (!tcgetattr(STDIN_FILENO, &mode)) {
		mode.c_cc[VINTR] = _POSIX_VDISABLE;
		mode.c_cc[VQUIT] = _POSIX_VDISABLE;
		mode.c_cc[VSUSP] = _POSIX_VDISABLE;
		tcsetattr(STDIN_FILENO, TCSANOW, &mode);
	}
	def_prog_mode();
}

static void set_colours(void)
{
	const char *none = getenv("NO_COLOR");

	term.colours = !(none && *none) && has_colors() &&
		       start_color() == OK && COLORS >= 8;
	if (term.colours)
		use_default_colors();
}

static void fit_window(void)
{
	struct winsize size;

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_row > 0 &&
	    size.ws_col > 0 && (size.ws_row != LINES || size.ws_col != COLS))
		resize_term(size.ws_row, size.ws_col);
}

/*
 * Until it has once come back from endwin(), curses sends a frame in as many
 * pieces as it moves the cursor: packets on a slow line, and half a frame to
 * look at. So it leaves here, before anything of it was sent, and nobody sees
 * it: that goes nowhere. It comes back with the first frame.
 */
static void send_frames_whole(void)
{
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);

	if (nowhere >= 0 && out >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0) {
		endwin();
		dup2(out, STDOUT_FILENO);
	}
	if (nowhere >= 0)
		close(nowhere);
	if (out >= 0)
		close(out);
}

static int open_wake(struct err *err)
{
	if (pipe(term.wake))
		return err_set(err, ERR_CONFIG, _("cannot make a pipe: %s"),
			       strerror(errno));
	for (int i = 0; i < 2; i++) {
		fcntl(term.wake[i], F_SETFD, FD_CLOEXEC);
		fcntl(term.wake[i], F_SETFL, O_NONBLOCK);
	}
	return 0;
}

int tui_term_start(struct err *err)
{
	static bool at_exit;

	if (check_terminal(err))
		return -1;
	if (tcgetattr(STDIN_FILENO, &term.saved))
		return err_set(err, ERR_USAGE,
			       _("cannot read the terminal's modes: %s"),
			       strerror(errno));
	if (open_wake(err))
		return -1;
	prepare_back();
	term.owner = getpid();
	del_curterm(cur_term); /* newterm() looks it up for itself */
	term.screen = newterm(NULL, stdout, stdin);
	if (!term.screen) {
		close(term.wake[0]);
		close(term.wake[1]);
		return err_set(err, ERR_USAGE,
			       _("this terminal cannot show a screen"));
	}
	send_frames_whole();
	active = 1;
	catch_signals();
	if (!at_exit)
		atexit(give_back);
	at_exit = true;
	term.exhausted = mem_exhausted;
	mem_exhausted = on_exhausted;

	set_modes();
	set_colours();
	fit_window();
	if (term.alternate)
		put(PASTE_ON, sizeof(PASTE_ON) - 1);
	return 0;
}

void tui_term_stop(void)
{
	if (!term.screen || term.owner != getpid())
		return;
	/* Output held up by Ctrl-S must not keep anybody here. */
	tcflow(STDOUT_FILENO, TCOON);
	if (active)
		endwin();
	give_back();
	release_signals();
	mem_exhausted = term.exhausted;
	delscreen(term.screen);
	term.screen = NULL;
	close(term.wake[0]);
	close(term.wake[1]);
}

int tui_term_colours(void)
{
	/* Where there are millions, numbers mean something else. */
	if (!term.colours)
		return 0;
	return COLORS > 256 ? 8 : COLORS == 256 ? 256 : COLORS >= 16 ? 16 : 8;
}

void tui_term_size(int *rows, int *cols)
{
	*rows = LINES;
	*cols = COLS;
}

int tui_term_fd(void)
{
	return term.screen ? term.wake[0] : -1;
}

/* The flag outlives the byte: what comes between the two wakes once more. */
static bool taken(volatile sig_atomic_t *flag)
{
	if (!*flag)
		return false;
	*flag = 0;
	return true;
}

bool tui_term_resized(void)
{
	char dust[64];

	if (!term.screen)
		return false;
	while (read(term.wake[0], dust, sizeof(dust)) == sizeof(dust))
		;
	if (!taken(&resized))
		return false;
	fit_window();
	clearok(curscr, TRUE);
	return true;
}

bool tui_term_stopping(void)
{
	return taken(&stopping);
}

bool tui_term_continued(void)
{
	return taken(&continued);
}

void tui_term_suspend(void)
{
	struct sigaction act = { .sa_handler = SIG_DFL };
	struct sigaction ours;

	if (!term.screen)
		return;
	tcflow(STDOUT_FILENO, TCOON);
	endwin();
	give_back();
	sigemptyset(&act.sa_mask);
	sigaction(SIGTSTP, &act, &ours);
	kill(0, SIGTSTP); /* the whole job, as the line would do it */
	/* Here again: somebody continued us. */
	sigaction(SIGTSTP, &ours, NULL);
	active = 1;
	tui_term_reassert();
	continued = 0;
	stopping = 0;
	resized = 1; /* the window may have changed meanwhile */
}

void tui_term_reassert(void)
{
	const char *enter = capability("smcup");

	if (!term.screen)
		return;
	reset_prog_mode();
	put(enter, strlen(enter));
	if (term.alternate) {
		put(MOUSE_OFF, sizeof(MOUSE_OFF) - 1);
		put(PASTE_ON, sizeof(PASTE_ON) - 1);
	}
	tui_term_mouse(term.mouse);
	fit_window();
	clearok(curscr, TRUE);
}

bool tui_term_mouse(bool on)
{
	if (!term.screen || !term.alternate || !capability("kmous")[0])
		return false;
	if (on)
		put(MOUSE_ON, sizeof(MOUSE_ON) - 1);
	else if (term.mouse)
		put(MOUSE_OFF, sizeof(MOUSE_OFF) - 1);
	term.mouse = on;
	return true;
}
