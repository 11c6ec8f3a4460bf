/* SPDX-License-Identifier: MIT */
/* Access tokens: text and the time it is good for. */
#include "providers/sandbox/tokens.h"

#include <jansson.h>

#include "forms/mem.h"

/* Nobody practises with more at a time; the oldest world starts anew. */
#define TOKENS_MOST 10000

struct tokens {
	json_t *until; /* text -> unix ms */
};

struct tokens *tokens_new(void)
{
	struct tokens *tokens = mem_alloc(sizeof(*tokens));

	tokens->until = json_object();
	return tokens;
}

void tokens_free(struct tokens *tokens)
{
	if (!tokens)
		return;
	json_decref(tokens->until);
	free(tokens);
}

void tokens_add(struct tokens *tokens, const char *text, int64_t until_ms)
{
	if (json_object_size(tokens->until) >= TOKENS_MOST)
		json_object_clear(tokens->until);
	json_object_set_new(tokens->until, text, json_integer(until_ms));
}

enum token_state tokens_state(const struct tokens *tokens, const char *text,
			      int64_t now)
{
	const json_t *until =
		text ? json_object_get(tokens->until, text) : NULL;

	if (!until)
		return TOKEN_UNKNOWN;
	return now < json_integer_value(until) ? TOKEN_LIVE : TOKEN_EXPIRED;
}
