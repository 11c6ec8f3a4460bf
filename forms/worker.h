/* SPDX-License-Identifier: MIT */
/*
 * The process kyc-inspect as look.c sees it: started, told, heard, ended. It
 * knows nothing of queues or blame, and nothing here ever waits.
 */
#ifndef FORMS_WORKER_H
#define FORMS_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "forms/err.h"
#include "forms/inspect/inspect.h"

struct worker {
	char *program;
	int socket; /* -1: none runs */
	pid_t pid;
	pid_t *ended; /* told to end, not yet reaped */
	size_t ended_count;
};

void worker_init(struct worker *worker, const char *program);
void worker_release(struct worker *worker); /* ends it */

/* Does nothing when one runs. */
int worker_start(struct worker *worker, struct err *err) ERR_CHECKED;
void worker_end(struct worker *worker);

/* Take note of those that are gone. One that hangs on a dead disk is gone when
 * the disk lets go of it. */
void worker_reap(struct worker *worker);

/* Send question ID about FD: 0; 1 when there is no room now; -1 when it is
 * gone, though there may be last words to hear. */
int worker_tell(const struct worker *worker, uint64_t id, int fd);

/* One packet of the right shape: 1; 0 when there is none yet; -1 when it is
 * gone or makes no sense. Its texts end; all else in it is to be doubted. */
int worker_hear(const struct worker *worker, struct inspect_answer *answer);

#endif
