/* SPDX-License-Identifier: MIT */
/* What call*.c see of a session. Nobody else includes this. */
#ifndef PROVIDERS_SESSION_PRIVATE_H
#define PROVIDERS_SESSION_PRIVATE_H

#include "providers/call.h"
#include "providers/session.h"

struct prov_session {
	struct prov_token token;
	int64_t renew_ms;    /* monotonic; 0: when it is turned down */
	unsigned generation; /* counts the tokens there were */

	struct prov_token fresh;   /* being fetched */
	struct prov_call *fetch;   /* who fetches; NULL: nobody does */
	struct prov_call *waiting; /* for the token, oldest first */
	struct prov_call *going;   /* those whose turn it is, likewise */

	bool paced; /* LEFT calls more until RESET_MS (monotonic) */
	unsigned left;
	int64_t reset_ms;
	unsigned unanswered; /* on their way */

	int64_t *minute; /* monotonic, of the last calls: a ring */
	unsigned minute_most, minute_at;
};

bool session_token_good(const struct prov_session *session);
/* The fresh one is the token now. */
void session_token_take(struct prov_session *session);
/* The token of GENERATION was turned down. */
void session_token_drop(struct prov_session *session, unsigned generation);

/* When a call may go (monotonic ms; 0: now), given that it may not before
 * NOT_BEFORE; it is counted. SESSION may be NULL. */
int64_t session_turn(struct prov_session *session,
		     const struct provider *provider, int64_t not_before);
void session_answered(struct prov_session *session,
		      const struct provider *provider,
		      const struct prov_reply *reply);

#endif
