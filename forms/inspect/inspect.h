/* SPDX-License-Identifier: MIT */
/*
 * The worker that reads files, kyc-inspect, and what it says to the program
 * that started it. It must never write a file, open a connection or start a
 * program, and it reads a file only through the descriptor it was sent, at
 * offsets of its own: the descriptor's offset belongs to the sender.
 *
 *   main.c      takes questions from standard input, a socket, one by one
 *   guard.c     gives up every right that is not needed
 *   facts.c     all that is said about one file; its digest
 *   source.c    bytes of a file at offsets of our own
 *   kind.c      what it is: leading bytes, and libmagic's opinion
 *   picture.c   JPEG and PNG: size in pixels, and is the end there
 *   pdf.c       PDF: pages, password
 */
#ifndef FORMS_INSPECT_INSPECT_H
#define FORMS_INSPECT_INSPECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "forms/document.h"

/*
 * What goes over the socket, one packet each. Both ends are built together;
 * the version catches an installation that is half of one and half of another.
 * Plain numbers only: a worker that was taken over must not be able to send
 * what C does not define, such as a bool that is 7.
 */
#define INSPECT_VERSION 1

struct inspect_question { /* the descriptor comes along, SCM_RIGHTS */
	uint32_t version;
	uint32_t unused;
	uint64_t id;
};

enum inspect_what {
	INSPECT_READY = 1, /* once, before the first question is read */
	INSPECT_FACTS,
};

struct inspect_answer {
	uint32_t version;
	uint32_t what;
	uint64_t id;
	uint64_t bytes;
	uint32_t kind;
	uint32_t width, height;
	uint32_t pages;
	uint32_t encrypted;
	uint32_t damaged;
	char mime[64];
	char sha256[65];
	char unused[7];
};

#define INSPECT_SECONDS 20 /* for one file; then the worker ends itself */

/* Beyond this nothing is read: no provider takes a hundredth of it. */
#define INSPECT_BYTES_MAX ((uint64_t)2 << 30)

/* Give up rights; what needs files opened must have been opened before the
 * second. Both do what the system lets them do, and never fail. */
void inspect_guard_limits(void);
void inspect_guard_calls(void);
/* Instead of the second, before a program is run that opens what it needs by
 * itself, as pdftoppm does: files for reading only, no connections, no further
 * processes. */
void inspect_guard_program(void);

/* FACTS, empty before, about the file behind FD. MAGIC may be NULL. */
struct magic_set;
void inspect_file(struct magic_set *magic, int fd, struct doc_facts *facts);

/* libmagic with the system's own database; NULL when there is none. */
struct magic_set *inspect_kind_open(void);
void inspect_kind_close(struct magic_set *magic); /* NULL is fine */

/* Bytes of a file, through a window. */
struct inspect_source {
	int fd;
	uint64_t size;	/* when the question was read */
	uint64_t at;	/* the next byte */
	uint64_t start; /* where the window begins */
	size_t held;
	unsigned char window[65536];
};

void inspect_source_init(struct inspect_source *source, int fd, uint64_t size);

/* The bytes at hand from where it stands, *LEN of them; NULL at the end. */
const unsigned char *inspect_source_view(struct inspect_source *source,
					 size_t *len);

/* Move on, or return false, at the end, when there is not as much. */
bool inspect_source_skip(struct inspect_source *source, uint64_t len);
bool inspect_source_read(struct inspect_source *source, void *out, size_t len);

/* Each fills its part of FACTS and may find the file damaged. */
void inspect_kind(struct magic_set *magic, struct inspect_source *source,
		  struct doc_facts *facts);
void inspect_jpeg(struct inspect_source *source, struct doc_facts *facts);
void inspect_png(struct inspect_source *source, struct doc_facts *facts);
void inspect_pdf(struct inspect_source *source, struct doc_facts *facts);

/* For the tests: the worker's process, 0 when none runs; and another patience
 * than INSPECT_SECONDS and a little. */
struct doc_looker;
pid_t doc_looker_worker(const struct doc_looker *looker);
void doc_looker_patience(struct doc_looker *looker, int milliseconds);

#endif
