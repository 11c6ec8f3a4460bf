/* SPDX-License-Identifier: MIT */
/*
 * Starting a program of our own that looks at what is not trusted, and the
 * clocks that tell how long it may.
 */
#ifndef FORMS_PROCESS_H
#define FORMS_PROCESS_H

#include <stdint.h>
#include <sys/types.h>
#include <time.h>

/*
 * Start PROGRAM, a path, with ARGUMENTS (its name first, NULL last), no
 * environment and the descriptors IN, OUT and ERROR; -1: /dev/null. It is in a
 * group of its own: Ctrl-C and Ctrl-Z are not meant for it, and who kills the
 * group ends what it has started, too. 0, or an errno.
 */
int process_start(pid_t *pid, const char *program, char *const *arguments,
		  int in, int out, int error);

/* Milliseconds by CLOCK. */
int64_t clock_ms(clockid_t clock);

#endif
