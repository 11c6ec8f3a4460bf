/* SPDX-License-Identifier: MIT */
/* Signals as something to poll: a handler writes the number into a pipe. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "tui/app.h"

static int signal_pipe[2] = { -1, -1 };

static void note(int number)
{
	unsigned char byte = (unsigned char)number;
	int saved = errno;

	/* A full pipe means that one is waiting already. */
	if (write(signal_pipe[1], &byte, 1) <= 0)
		errno = 0;
	errno = saved;
}

void tui_signals_init(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	struct sigaction action = { .sa_handler = note };

	if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK))
		return;
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		sigaction(numbers[i], &action, NULL);
	/* A closed pipe or connection is an error to read, not an end. */
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
	/* So is a file that may not grow any more. */
	sigaction(SIGXFSZ, &action, NULL);
}

int tui_signal_taken(void)
{
	unsigned char byte = 0;

	return read(signal_pipe[0], &byte, 1) == 1 ? byte : 0;
}

int tui_signals_fd(void)
{
	return signal_pipe[0];
}
