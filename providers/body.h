/* SPDX-License-Identifier: MIT */
/*
 * The body of a request as a stream of known length: bytes in memory, or a
 * multipart frame around files that are read and hashed as they go. The last
 * bytes of a file are handed out only when all of it was what was checked, so
 * a changed file never arrives whole. No curl here.
 */
#ifndef PROVIDERS_BODY_H
#define PROVIDERS_BODY_H

#include <stdbool.h>
#include <stdint.h>

#include "forms/buf.h"
#include "forms/look.h"
#include "providers/hashing.h"
#include "providers/request.h"

/* All-zero is a valid empty body. */
struct body {
	/* One goes before each file and one after all. */
	struct buf frames[PROV_FILES_MOST + 1];
	struct buf content_type; /* multipart only */
	struct body_file {
		struct doc_file file; /* the descriptor stays its owner's */
		char sha256[65];      /* "": not to be compared */
	} files[PROV_FILES_MOST];
	size_t file_count;
	uint64_t total, at;
	struct doc_digest *digest; /* of the file that is being read */
	/* Large files are hashed there instead; NULL: not this one's. */
	struct hasher *hasher;
	struct hash_stream stream;
	char why[160]; /* after BODY_FAILED: what is wrong with the file */
};

#define BODY_FAILED ((size_t)-1)

/* -1 and ERR_BUG when the request wants other files than there are; REQUEST is
 * only read. HASHER outlives the body. */
int body_init(struct body *body, const struct prov_request *request,
	      const struct prov_file *files, size_t file_count,
	      struct hasher *hasher, struct err *err) ERR_CHECKED;
void body_release(struct body *body); /* wiped; empty after */

/* The next bytes, at most ROOM; 0 at the end; BODY_FAILED and WHY. */
size_t body_read(struct body *body, char *to, size_t room);
void body_rewind(struct body *body); /* the same bytes again */

#endif
