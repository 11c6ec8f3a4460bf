/* SPDX-License-Identifier: MIT */
/*
 * Idempotency keys. The first answer under a key, good or bad, is kept for a
 * day; the same request again gets that answer, another request a refusal.
 * A key whose request has not been answered is busy.
 *
 * Lumx: https://docs.lumx.io/additional-information/idempotency
 */
#ifndef SANDBOX_REPLAY_H
#define SANDBOX_REPLAY_H

#include <stdbool.h>
#include <stdint.h>

#include "forms/err.h"

#define REPLAY_LIFE_MS ((int64_t)24 * 60 * 60 * 1000)

struct replay;

struct replay_answer {
	const char *digest; /* of the request it answers */
	int status;
	const char *type; /* NULL with an empty body */
	const char *body;
	const char *location; /* its Location header, or NULL */
};

/* FILE (NULL: none) keeps the answers over a restart. */
struct replay *replay_new(const char *file, int64_t now, struct err *err);
void replay_free(struct replay *replay);

/* False: a request under KEY is on its way. Else the key is busy now. */
bool replay_begin(struct replay *replay, const char *key);

/* The answer kept under KEY, borrowed until the next call. */
bool replay_find(const struct replay *replay, const char *key, int64_t now,
		 struct replay_answer *answer);

/* Keep ANSWER if there is none yet. */
void replay_keep(struct replay *replay, const char *key, int64_t now,
		 const struct replay_answer *answer);

/* The request under KEY is over, answered or not. */
void replay_end(struct replay *replay, const char *key);

#endif
