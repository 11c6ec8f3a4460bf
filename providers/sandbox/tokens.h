/* SPDX-License-Identifier: MIT */
/*
 * Access tokens of one practice server, in memory: a restart forgets all of
 * them, and whoever comes with an old one has to ask for a new one.
 */
#ifndef SANDBOX_TOKENS_H
#define SANDBOX_TOKENS_H

#include <stdint.h>

#include "providers/sandbox/ids.h"

struct tokens;

enum token_state {
	TOKEN_UNKNOWN,
	TOKEN_EXPIRED,
	TOKEN_LIVE,
};

struct tokens *tokens_new(void);
void tokens_free(struct tokens *tokens); /* NULL is fine */

/* Note TEXT, which the provider's counterpart made, as a live token. */
void tokens_add(struct tokens *tokens, const char *text, int64_t until_ms);

/* TEXT may be NULL. */
enum token_state tokens_state(const struct tokens *tokens, const char *text,
			      int64_t now);

#endif
