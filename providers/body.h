/* SPDX-License-Identifier: MIT */
/*
 * The body of a request as a stream of known length: bytes in memory, or a
 * multipart frame around a file that is read and hashed as it goes. The last
 * bytes of the file are handed out only when all of it was what was checked,
 * so a changed file never arrives whole. No curl here.
 */
#ifndef PROVIDERS_BODY_H
#define PROVIDERS_BODY_H

#include <stdbool.h>
#include <stdint.h>

#include "forms/buf.h"
#include "forms/look.h"
#include "providers/request.h"

/* All-zero is a valid empty body. */
struct body {
	struct buf before, after; /* without a file all is in BEFORE */
	struct buf content_type;  /* multipart only */
	bool has_file;
	struct doc_file file; /* the descriptor stays its owner's */
	char sha256[65];      /* "": not to be compared */
	uint64_t total, at;
	struct doc_digest *digest;
	char why[160]; /* after BODY_FAILED: what is wrong with the file */
};

#define BODY_FAILED ((size_t)-1)

/* FILE and SHA256 may be NULL. -1 and ERR_BUG when the request wants a file
 * and there is none, or the other way round; REQUEST is only read. */
int body_init(struct body *body, const struct prov_request *request,
	      const struct doc_file *file, const char *sha256,
	      struct err *err) ERR_CHECKED;
void body_release(struct body *body); /* wiped; empty after */

/* The next bytes, at most ROOM; 0 at the end; BODY_FAILED and WHY. */
size_t body_read(struct body *body, char *to, size_t room);
void body_rewind(struct body *body); /* the same bytes again */

#endif
