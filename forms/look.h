/* SPDX-License-Identifier: MIT */
/*
 * Looking into files. A file is opened once; everything after works on that
 * descriptor. Content is read by a worker process (kyc-inspect) that has
 * limits, no secrets and no network: a file that breaks its reader breaks
 * nothing else, and no key ever waits for a big file.
 *
 * Opening is in open.c, asking in look.c, the worker's process in worker.[ch],
 * its program in inspect/.
 */
#ifndef FORMS_LOOK_H
#define FORMS_LOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "forms/document.h"
#include "forms/err.h"

/* A file as it was when it was opened. All-zero with fd -1 is "none". */
struct doc_file {
	int fd;
	uint64_t bytes;
	uint64_t device, inode;
	int64_t modified_ns, changed_ns;
};

#define DOC_FILE_NONE    \
	{                \
		.fd = -1 \
	}

/*
 * Open PATH for reading: a regular file, not through a symbolic link as its
 * last part, never a FIFO, socket or device (opening never hangs). ERR_INPUT
 * with a sentence that quotes PATH cleaned. Close with doc_file_close().
 */
int doc_file_open(struct doc_file *file, const char *path,
		  struct err *err) ERR_CHECKED;
void doc_file_close(struct doc_file *file); /* fine when not open */

/* False once the descriptor's size, mtime or ctime differ from when opened. */
bool doc_file_unchanged(const struct doc_file *file);

/* The worker. It is started at the first question and again if it died. */
struct doc_looker;

/* PROGRAM is the path of kyc-inspect, copied. Never NULL. */
struct doc_looker *doc_looker_new(const char *program);
void doc_looker_free(struct doc_looker *looker); /* ends the worker */

/* Descriptor to poll for reading while questions are open; -1: none. It may be
 * another one after any other call here. Readable: take until there is none. */
int doc_looker_fd(const struct doc_looker *looker);

/* Ask about FD (sent along, stays the caller's, who may close it at once). ID
 * comes back with the answer. Never waits: questions queue up here. */
int doc_looker_ask(struct doc_looker *looker, uint64_t id, int fd,
		   struct err *err) ERR_CHECKED;

/*
 * Take one answer if there is one: 1 and ID, FACTS; 0: none yet. Never fails
 * and never waits: a worker that died or took over 20 s answers 'damaged' for
 * the file it was reading and is started again for the others.
 */
int doc_looker_take(struct doc_looker *looker, uint64_t *id,
		    struct doc_facts *facts);

/* True when the last worker could not run at all: 'damaged' then says nothing
 * about the file, but that the installation is incomplete. */
bool doc_looker_broken(const struct doc_looker *looker);

/* Forget a question; its answer will not be taken. */
void doc_looker_forget(struct doc_looker *looker, uint64_t id);

/* Ask and wait: for the command line. */
int doc_look(struct doc_looker *looker, const struct doc_file *file,
	     struct doc_facts *facts, struct err *err) ERR_CHECKED;

/* SHA-256 in steps; also used by the wire on the bytes it sends. */
struct doc_digest;
struct doc_digest *doc_digest_new(void);
void doc_digest_add(struct doc_digest *digest, const void *data, size_t len);
void doc_digest_hex(struct doc_digest *digest, char hex[65]); /* ends it */
void doc_digest_free(struct doc_digest *digest);

#endif
