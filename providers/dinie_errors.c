/* SPDX-License-Identifier: MIT */
/*
 * Dinie: what a failure means, when to come back, and how many more calls are
 * taken. https://dinie.nexaedge.dev/apis/concepts/errors
 */
#include "providers/dinie.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Above this a reset is a moment (unix seconds), below it a wait. */
#define MOMENT_LEAST  INT64_C(1000000000)
#define WAIT_MOST_MS  (24 * 3600 * INT64_C(1000))
#define ATTEMPTS_MOST 4 /* three repeats */

/*
 * Whether failures are kept under their key is not said, so whoever repeats
 * after any answer takes a new one.
 * https://dinie.nexaedge.dev/apis/concepts/idempotency
 */
static const struct prov_status_rule statuses[] = {
	{ 400, 400, PROV_REFUSED, true, 0,
	  N_("not accepted as it is; correct it and send it again") },
	{ 401, 401, PROV_DENIED, true, 0,
	  N_("the client id or its secret is wrong, or of the other "
	     "environment") },
	{ 403, 403, PROV_DENIED, true, 0,
	  N_("these credentials may not do that") },
	{ 404, 404, PROV_REFUSED, true, 0,
	  N_("unknown there; is it a customer of this environment?") },
	{ 408, 408, PROV_AGAIN, true, ATTEMPTS_MOST,
	  N_("it did not arrive in time") },
	{ 409, 409, PROV_REFUSED, true, 0,
	  N_("it does not fit the customer's present state; refresh the "
	     "customer first") },
	{ 413, 413, PROV_REFUSED, true, 0, N_("the file is too large") },
	{ 415, 415, PROV_REFUSED, true, 0,
	  N_("this kind of content is not taken") },
	{ 422, 422, PROV_REFUSED, true, 0,
	  N_("not accepted as it is; correct it and send it again") },
	{ 425, 425, PROV_AGAIN, true, ATTEMPTS_MOST, N_("it was too early") },
	{ 429, 429, PROV_AGAIN, true, 0,
	  N_("too many requests at the moment") },
	{ 400, 499, PROV_REFUSED, true, 0, N_("it was turned down") },
	{ 500, 599, PROV_AGAIN, true, ATTEMPTS_MOST,
	  N_("something failed on their side") },
	{ 0, 0, PROV_UNSURE, false, 0,
	  N_("an answer that was not expected; is the endpoint right?") },
};

/* Where a code says more than its status does; of another status it counts for
 * nothing. https://dinie.nexaedge.dev/errors */
static const struct {
	const char *code;
	struct prov_status_rule rule;
} codes[] = {
	{ "invalid_content_type",
	  { 400, 400, PROV_REFUSED, true, 0,
	    N_("it did not arrive as what it is; is something in "
	       "between?") } },
	{ "malformed_body",
	  { 400, 400, PROV_REFUSED, true, 0,
	    N_("it did not arrive as it was sent; is something in "
	       "between?") } },
	{ "missing_file",
	  { 400, 400, PROV_REFUSED, true, 0, N_("no file arrived") } },
	{ "missing_token",
	  { 401, 401, PROV_DENIED, true, 0,
	    N_("no access token arrived; is something in between?") } },
	{ "invalid_token",
	  { 401, 401, PROV_DENIED, true, 0,
	    N_("the access token is not known there; is it of the other "
	       "environment?") } },
	{ "token_expired",
	  { 401, 401, PROV_DENIED, true, 0,
	    N_("the access token is out of date; is the clock right?") } },
	{ "customer_already_exists",
	  { 409, 409, PROV_REFUSED, true, 0,
	    N_("this customer is known under another external id") } },
	{ "session_already_active",
	  { 409, 409, PROV_REFUSED, true, 0,
	    N_("a biometric check of this customer is open: the link that was "
	       "given out still counts until it ends or lapses") } },
	{ "missing_required_field",
	  { 400, 422, PROV_REFUSED, true, 0,
	    N_("something that is needed is missing") } },
	{ "invalid_cpf",
	  { 400, 422, PROV_REFUSED, true, 0, N_("the CPF is not valid") } },
	{ "invalid_cnpj",
	  { 400, 422, PROV_REFUSED, true, 0, N_("the CNPJ is not valid") } },
};

/* The one rule for REPLY, and the end of the table. */
static void rules_for(const struct prov_reply *reply,
		      struct prov_status_rule rules[2])
{
	json_t *root = prov_reply_json(reply);
	const char *code = prov_json_word(root, "code");
	const struct prov_status_rule *rule = statuses;

	while (rule->from &&
	       (reply->status < rule->from || reply->status > rule->to))
		rule++;
	for (size_t i = 0; code && i < sizeof(codes) / sizeof(codes[0]); i++)
		if (strcmp(codes[i].code, code) == 0 &&
		    reply->status >= codes[i].rule.from &&
		    reply->status <= codes[i].rule.to)
			rule = &codes[i].rule;
	rules[0] = *rule;
	rules[1] = statuses[sizeof(statuses) / sizeof(statuses[0]) - 1];
	json_decref(root);
}

/* The whole number in header NAME; -1: there is none. */
static int64_t number_in(const struct prov_reply *reply, const char *name)
{
	const char *text = prov_reply_header(reply, name);
	char *end = NULL;
	long long number;

	if (!text || *text < '0' || *text > '9')
		return -1;
	errno = 0;
	number = strtoll(text, &end, 10);
	return *end || errno ? -1 : number;
}

/* How long until the window ends; -1: it does not say. */
static int64_t reset_in(const struct prov_reply *reply, int64_t now)
{
	int64_t reset = number_in(reply, "X-RateLimit-Reset");

	if (reset < 0 || reset > INT64_MAX / 1000)
		return -1;
	reset = reset < MOMENT_LEAST ? reset * 1000 : reset * 1000 - now;
	if (reset > WAIT_MOST_MS)
		return WAIT_MOST_MS;
	return reset > 0 ? reset : 0;
}

void dinie_pace(const struct prov_reply *reply, int64_t now,
		struct prov_pace *pace)
{
	int64_t left = number_in(reply, "X-RateLimit-Remaining");
	int64_t reset = reset_in(reply, now);

	pace->known = left >= 0 && reset >= 0;
	if (!pace->known)
		return;
	pace->left = left < 1000000 ? (unsigned)left : 1000000;
	pace->reset_ms = reset;
}

void dinie_fail(const struct prov_reply *reply, const struct prov_ctx *ctx,
		const struct form_schema *schema,
		const struct prov_field_name *names, struct prov_result *result)
{
	struct prov_status_rule rules[2];

	if (reply->status >= 200 && reply->status <= 299) {
		prov_reply_puzzles(reply, DINIE_TITLE, result);
		return;
	}
	rules_for(reply, rules);
	prov_reply_fail(reply, DINIE_TITLE, rules, ctx->now, schema, names,
			result);
	/* Who names no wait names the end of the window. */
	if (reply->status == 429 && result->wait_ms < 0)
		result->wait_ms = reset_in(reply, ctx->now);
	/* A key that is busy has no code; the documented conflicts do. */
	result->may_be_running = reply->status == 409 && result->code &&
				 strcmp(result->code, "http_409") == 0;
}
