/* SPDX-License-Identifier: MIT */
/* A call that waits for a token, and the call that fetches it. */
#include "providers/call_private.h"

#include <stdlib.h>

#include "forms/i18n.h"
#include "forms/mem.h"

bool call_wants_token(const struct prov_call *call)
{
	return prov_has_tokens(call->profile->provider) && !call->signs_in;
}

/* WHY: there is none, and that is what became of the call for it. */
static void launch_waiting(struct prov_session *session,
			   const struct prov_result *why)
{
	struct prov_call *call = NULL;

	/* Who is told may cancel others of them, and begin new ones. */
	session->going = session->waiting;
	session->waiting = NULL;
	while ((call = session->going)) {
		struct err err = { 0 };

		session->going = call->next;
		call->next = NULL;
		if (why)
			call_fail(call, why);
		else if (call_launch(call, &err))
			call_fail_for(call, &err);
	}
}

static int sign_in(struct prov_session *session, struct xfer *xfer,
		   const struct prov_profile *profile, const struct prov_op *op,
		   struct err *err);

/* An answer that speaks of no credentials comes from a wrong address. */
static bool is_astray(const struct prov_reply *reply)
{
	return reply->end == PROV_END_ANSWER &&
	       (reply->status == 404 || reply->status == 405 ||
		reply->status == 410 || reply->status == 418);
}

/* WHY, in words about the address and not about whatever is not there. */
static void launch_astray(struct prov_session *session, int status,
			  const struct prov_result *why)
{
	struct prov_result astray = *why;

	astray.message = mem_printf(_("nothing gives access tokens there "
				      "(%d); is the profile's endpoint right?"),
				    status);
	launch_waiting(session, &astray);
	free(astray.message);
}

static void on_token(void *arg, const struct prov_result *result,
		     const struct prov_reply *reply)
{
	struct prov_call *fetch = arg;
	const struct prov_profile *profile = fetch->profile;
	struct prov_session *session = profile->session;
	bool renewal = fetch->op == &profile->provider->token_renew;
	struct err err = { 0 };

	session->fetch = NULL;
	if (result->outcome == PROV_ACCEPTED && session->fresh.text &&
	    prov_header_safe(session->fresh.text)) {
		session_token_take(session);
		launch_waiting(session, NULL);
		return;
	}
	prov_token_release(&session->fresh);
	/* What cannot be renewed is asked for anew. */
	if (renewal && reply->end == PROV_END_ANSWER &&
	    !sign_in(session, fetch->xfer, profile, &profile->provider->token,
		     &err))
		return;
	if (is_astray(reply))
		launch_astray(session, reply->status, result);
	else
		launch_waiting(session, result);
}

static int sign_in(struct prov_session *session, struct xfer *xfer,
		   const struct prov_profile *profile, const struct prov_op *op,
		   struct err *err)
{
	struct prov_ctx ctx = { .token = session->token.text };
	struct prov_order order = {
		.xfer = xfer,
		.profile = profile,
		.op = op,
		.ctx = &ctx,
		.into = &session->fresh,
	};

	return call_start(&order, true, on_token, NULL, &session->fetch, err);
}

static int fetch_token(struct prov_call *call, struct err *err)
{
	const struct prov_profile *profile = call->profile;
	const struct provider *provider = profile->provider;
	struct prov_session *session = profile->session;
	struct err ignored = { 0 };

	if (prov_can(&provider->token_renew) && session->token.text &&
	    !sign_in(session, call->xfer, profile, &provider->token_renew,
		     &ignored))
		return 0;
	return sign_in(session, call->xfer, profile, &provider->token, err);
}

int call_wait_for_token(struct prov_call *call, struct err *err)
{
	struct prov_session *session = call->profile->session;
	struct prov_call **last = &session->waiting;

	if (!session->fetch && session_token_good(session))
		return call_launch(call, err);
	if (!session->fetch && fetch_token(call, err))
		return -1;
	while (*last)
		last = &(*last)->next;
	*last = call;
	return 0;
}

static void leave_line(struct prov_call **line, const struct prov_call *call)
{
	while (*line && *line != call)
		line = &(*line)->next;
	if (*line)
		*line = call->next;
}

void call_leave_line(struct prov_call *call)
{
	struct prov_session *session = call->profile->session;

	leave_line(&session->waiting, call);
	leave_line(&session->going, call);
}
