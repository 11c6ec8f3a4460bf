/* SPDX-License-Identifier: MIT */
/* What all calls of one profile share. */
#include "providers/session.h"

#include <stdlib.h>

#include "forms/mem.h"
#include "providers/session_private.h"
#include "providers/xfer.h"

#define MINUTE_MS 60000
/* A server that wants us to wait longer is asked again after this. */
#define RESET_MOST_MS (15 * 60 * 1000)

struct prov_session *prov_session_new(void)
{
	return mem_alloc(sizeof(struct prov_session));
}

void prov_session_free(struct prov_session *session)
{
	if (!session)
		return;
	prov_token_release(&session->token);
	prov_token_release(&session->fresh);
	free(session->minute);
	free(session);
}

bool session_token_good(const struct prov_session *session)
{
	return session->token.text &&
	       (!session->renew_ms || xfer_now() < session->renew_ms);
}

void session_token_take(struct prov_session *session)
{
	int64_t life_ms = session->fresh.life_ms;

	prov_token_release(&session->token);
	session->token = session->fresh;
	session->fresh = (struct prov_token){ 0 };
	session->generation++;
	/* At four fifths of its life, so that none expires on its way. */
	session->renew_ms = life_ms > 0 ? xfer_now() + life_ms / 5 * 4 : 0;
}

void session_token_drop(struct prov_session *session, unsigned generation)
{
	/* Others may have replaced it already. */
	if (generation == session->generation)
		session->renew_ms = 1;
}

/* The last MOST calls of a minute, in a ring. */
static int64_t minute_slot(struct prov_session *session, unsigned most,
			   int64_t when)
{
	int64_t *slot;

	if (!session->minute) {
		session->minute = mem_array(most, sizeof(*session->minute));
		session->minute_most = most;
	}
	slot = &session->minute[session->minute_at];
	session->minute_at = (session->minute_at + 1) % session->minute_most;
	if (*slot && when < *slot + MINUTE_MS)
		when = *slot + MINUTE_MS;
	*slot = when;
	return when;
}

int64_t session_turn(struct prov_session *session,
		     const struct provider *provider, int64_t not_before)
{
	int64_t now = xfer_now();
	int64_t when = not_before > now ? not_before : now;

	if (!session)
		return not_before;
	if (session->paced && now >= session->reset_ms)
		session->paced = false;
	if (session->paced && session->left)
		session->left--;
	else if (session->paced && when < session->reset_ms)
		when = session->reset_ms;
	if (provider->minute_most)
		when = minute_slot(session, provider->minute_most, when);
	session->unanswered++;
	return when > now ? when : not_before;
}

void session_answered(struct prov_session *session,
		      const struct provider *provider,
		      const struct prov_reply *reply)
{
	struct prov_pace pace = { 0 };

	if (!session)
		return;
	if (session->unanswered)
		session->unanswered--;
	if (!provider->pace || reply->end != PROV_END_ANSWER)
		return;
	provider->pace(reply, xfer_now_unix(), &pace);
	if (!pace.known)
		return;
	if (pace.reset_ms > RESET_MOST_MS)
		pace.reset_ms = RESET_MOST_MS;
	session->paced = true;
	session->reset_ms = xfer_now() + pace.reset_ms;
	/* Those on their way are not in its count yet. */
	session->left = pace.left > session->unanswered
				? pace.left - session->unanswered
				: 0;
}
