/* SPDX-License-Identifier: MIT */
/*
 * Durability off the loop. SQLite writes a commit into the log and does not
 * wait for the disk; a thread syncs the log, once for all commits before, and
 * moves what is in it into the database file, over a connection of its own.
 *
 * The log is synced through a descriptor of ours. Opening and closing it gives
 * up no lock of SQLite's: those are on the database and its -shm file.
 */
#ifndef CASES_DURABLE_H
#define CASES_DURABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "forms/err.h"

struct durable;

/* For the database at PATH in directory DIR, which is open and has its log.
 * What the log holds already counts as the first commit. */
struct durable *durable_new(const char *dir, const char *path);
/* Ends the thread, nothing is synced by it. NULL is fine. */
void durable_free(struct durable *durable);

/* One more commit is in the log, which is now PAGES long. */
void durable_note(struct durable *durable, unsigned pages);

/* The number of the last commit. */
uint64_t durable_mark(const struct durable *durable);
/* Up to which commit all is durable; -1 and ERR when the disk failed once:
 * nothing is believed after that. */
int durable_reached(struct durable *durable, uint64_t *mark,
		    struct err *err) ERR_CHECKED;

/* Begin to sync all commits so far; what is under way is not waited for. */
int durable_begin(struct durable *durable, struct err *err) ERR_CHECKED;
/* The same, and wait for it. */
int durable_wait(struct durable *durable, struct err *err) ERR_CHECKED;

/* Has a sync to begin for what was committed: monotonic ms when; -1: no. */
int64_t durable_due(const struct durable *durable);

/* Readable when a sync has ended; -1: there was none. durable_reached()
 * empties it. */
int durable_fd(const struct durable *durable);

#endif
