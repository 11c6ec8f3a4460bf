/* SPDX-License-Identifier: MIT */
#include "forms/preview.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/mem.h"
#include "forms/process.h"

#define PATIENCE_MS 1000
#define ANSWER_MOST                    \
	(sizeof(struct preview_head) + \
	 sizeof(struct preview_cell) * PREVIEW_COLS_MOST * PREVIEW_ROWS_MOST)

struct preview_asking {
	pid_t pid;
	int fd;
	int64_t since_ms;
	int cols, rows; /* at most */
	unsigned char *answer;
	size_t len;
};

void preview_release(struct preview *preview)
{
	free(preview->cells);
	*preview = (struct preview){ 0 };
}

/* The read end of a pipe that says PATH and no more; -1. */
static int pipe_of(const char *path)
{
	size_t len = strlen(path);
	int ends[2];

	if (len > PREVIEW_PATH_MOST || pipe2(ends, O_CLOEXEC))
		return -1;
	if (write(ends[1], path, len) != (ssize_t)len) {
		close(ends[0]);
		ends[0] = -1;
	}
	close(ends[1]);
	return ends[0];
}

/* Start PROGRAM with ARGUMENTS on PATH; its answer comes at the descriptor
 * returned; -1. */
static int ask(struct preview_asking *asking, const char *program,
	       const char *path, char *const *arguments)
{
	int in = pipe_of(path);
	int out[2] = { -1, -1 };
	int failed = in < 0 || pipe2(out, O_CLOEXEC);

	if (!failed)
		failed = process_start(&asking->pid, program, arguments, in,
				       out[1], -1);
	if (in >= 0)
		close(in);
	if (out[1] >= 0)
		close(out[1]);
	if (failed && out[0] >= 0)
		close(out[0]);
	return failed ? -1 : out[0];
}

struct preview_asking *preview_ask(const char *program, const char *path,
				   int cols, int rows, int colours, bool ascii)
{
	struct preview_asking *asking = mem_alloc(sizeof(*asking));
	char numbers[3][16];
	char *const arguments[] = { (char *)(uintptr_t)program,
				    numbers[0],
				    numbers[1],
				    numbers[2],
				    (char[]){ ascii ? '1' : '0', '\0' },
				    NULL };

	asking->cols = cols < PREVIEW_COLS_MOST ? cols : PREVIEW_COLS_MOST;
	asking->rows = rows < PREVIEW_ROWS_MOST ? rows : PREVIEW_ROWS_MOST;
	snprintf(numbers[0], sizeof(numbers[0]), "%d", asking->cols);
	snprintf(numbers[1], sizeof(numbers[1]), "%d", asking->rows);
	snprintf(numbers[2], sizeof(numbers[2]), "%d", colours);
	asking->fd = ask(asking, program, path, arguments);
	if (asking->fd < 0) {
		free(asking);
		return NULL;
	}
	fcntl(asking->fd, F_SETFL, O_NONBLOCK);
	asking->since_ms = clock_ms(CLOCK_MONOTONIC);
	asking->answer = mem_alloc(ANSWER_MOST);
	return asking;
}

/* What came is doubted: it may come from a process that was taken over. */
static int understand(const struct preview_asking *asking,
		      struct preview *preview)
{
	struct preview_head head;
	size_t cells;

	if (asking->len < sizeof(head))
		return -1;
	memcpy(&head, asking->answer, sizeof(head));
	if (head.version != PREVIEW_VERSION || !head.cols || !head.rows ||
	    head.cols > (unsigned)asking->cols ||
	    head.rows > (unsigned)asking->rows)
		return -1;
	cells = (size_t)head.cols * head.rows;
	if (asking->len != sizeof(head) + cells * sizeof(struct preview_cell))
		return -1;
	preview_release(preview);
	preview->cols = (int)head.cols;
	preview->rows = (int)head.rows;
	preview->cells = mem_array(cells, sizeof(struct preview_cell));
	memcpy(preview->cells, asking->answer + sizeof(head),
	       cells * sizeof(struct preview_cell));
	return 1;
}

int preview_take(struct preview_asking *asking, struct preview *preview)
{
	ssize_t got = 1;

	while (got > 0 && asking->len < ANSWER_MOST) {
		got = read(asking->fd, asking->answer + asking->len,
			   ANSWER_MOST - asking->len);
		if (got > 0)
			asking->len += (size_t)got;
	}
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return clock_ms(CLOCK_MONOTONIC) - asking->since_ms >
				       PATIENCE_MS
			       ? -1
			       : 0;
	return understand(asking, preview);
}

void preview_forget(struct preview_asking *asking)
{
	if (!asking)
		return;
	close(asking->fd);
	kill(-asking->pid, SIGKILL);
	/* It is gone at once, unless a dead disk holds it: then it is left. */
	for (int i = 0; i < 20 && !waitpid(asking->pid, NULL, WNOHANG); i++)
		poll(NULL, 0, 1);
	free(asking->answer);
	free(asking);
}
