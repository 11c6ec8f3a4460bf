/* SPDX-License-Identifier: MIT */
/*
 * An answer as it comes in, line by line and piece by piece, under its
 * ceilings. Only the final answer is kept: 100 Continue and its kind are
 * counted and forgotten. No curl here.
 */
#ifndef PROVIDERS_ANSWER_H
#define PROVIDERS_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "forms/buf.h"
#include "providers/request.h"

enum {
	ANSWER_BODY_MAX = 8 << 20,
	ANSWER_HEAD_MAX = 64 << 10, /* all header lines, 1xx included */
	ANSWER_LINES_MAX = 256,
	ANSWER_HEADS_MAX = 16, /* heads before the final one, and it */
};

/* All-zero is "nothing came". */
struct answer {
	int status;	 /* of the newest head; 0: none */
	bool whole_head; /* the final answer's last header line came */
	bool too_large;
	struct prov_header *headers; /* the newest head's */
	size_t header_count;
	struct buf body;
	size_t head_bytes, lines, heads;
};

/* One header line with its line end. -1: past a ceiling. */
int answer_head(struct answer *answer, const char *line, size_t len);
int answer_body(struct answer *answer, const char *data, size_t len);

void answer_release(struct answer *answer); /* wiped; empty after */

#endif
