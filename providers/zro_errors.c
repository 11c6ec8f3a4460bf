/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: what errors mean. The HTTP status says what to do, the code says
 * why; messages come in the language that was asked for.
 * https://docs.zrobank.io/paas/api-overview/api-responses
 */
#include "providers/zro.h"

#include <stdlib.h>
#include <string.h>

static const struct prov_status_rule status_rules[] = {
	{ 400, 400, PROV_REFUSED, false, 0,
	  N_("something is missing or malformed; correct it and send it "
	     "again") },
	{ 401, 401, PROV_DENIED, false, 0,
	  N_("not signed in: the client id or API key is wrong, or of the "
	     "other environment") },
	{ 403, 403, PROV_DENIED, false, 0,
	  N_("these credentials may not do that for this product and "
	     "customer") },
	{ 404, 404, PROV_REFUSED, false, 0,
	  N_("unknown there; is it a customer of this environment?") },
	{ 408, 408, PROV_AGAIN, false, 3, N_("it did not arrive in time") },
	{ 409, 409, PROV_REFUSED, false, 0,
	  N_("it is there already, or another onboarding is active; refresh "
	     "the customer first") },
	{ 413, 413, PROV_REFUSED, false, 0, N_("the file is too large") },
	{ 415, 415, PROV_REFUSED, false, 0,
	  N_("this kind of content is not taken") },
	{ 422, 422, PROV_REFUSED, false, 0,
	  N_("against a rule of theirs; correct it and send it again") },
	{ 425, 425, PROV_AGAIN, false, 3, N_("it was too early") },
	{ 429, 429, PROV_AGAIN, false, 0,
	  N_("too many requests at the moment") },
	{ 400, 499, PROV_REFUSED, false, 0, N_("it was turned down") },
	{ 503, 503, PROV_AGAIN, false, 3,
	  N_("it is not available at the moment") },
	{ 500, 599, PROV_AGAIN, false, 3,
	  N_("something failed on their side") },
	{ 0, 0, PROV_UNSURE, false, 0,
	  N_("an answer that was not expected; is the endpoint right?") },
};

/* What a code says of what was refused, and the requirement to turn to: the
 * status alone says too little. */
static const struct code_row {
	const char *code;
	const char *place; /* a requirement or a field of a form; or NULL */
	bool running;	   /* perhaps an answer to our own earlier attempt */
	const char *meaning;
} code_rows[] = {
	{ "MISSING_DATA", NULL, false,
	  N_("something that has to be there is missing") },
	{ "VALIDATION", NULL, false, N_("a value is not valid") },
	{ "IS_UUID", NULL, false, N_("an id is not a UUID") },
	{ "IS_ENUM", NULL, false,
	  N_("a value is none of those that are taken") },
	{ "IS_CPF_OR_CNPJ", "document", false,
	  N_("the document number is neither a CPF nor a CNPJ") },
	{ "MATCHES", NULL, false, N_("a value is not written as they want") },
	{ "INVALID_FORMAT", NULL, false,
	  N_("a value is not written as they want") },
	{ "INVALID_CPF_FORMAT", "document", false, N_("that is not a CPF") },
	{ "INVALID_CNPJ_FORMAT", "document", false, N_("that is not a CNPJ") },
	{ "INVALID_DOCUMENT_FORMAT", "document", false,
	  N_("the document is not written, or not of a kind, as they want") },
	{ "USER_NOT_FOUND", NULL, false,
	  N_("this customer is not known there, or not in this product") },
	{ "ONBOARDING_NOT_FOUND", ZRO_OPENING, false,
	  N_("there is no such onboarding; open one first") },
	{ "ONBOARDING_EXPIRED", ZRO_OPENING, false,
	  N_("the onboarding has expired; open a new one") },
	{ "REPLAY", NULL, true,
	  N_("the same was sent before; refresh the customer to see whether "
	     "it arrived") },
	{ "ONBOARDING_INVALID_STATUS", NULL, true,
	  N_("the onboarding is not open any more; refresh the customer to "
	     "see how it stands") },
	{ "SHAREHOLDERS_REQUIRED", ZRO_SHAREHOLDER_NEW, false,
	  N_("add a shareholder first") },
	{ "SHAREHOLDER_MISSING_LEGAL_REPRESENTATIVES", ZRO_REPRESENTATIVE_NEW,
	  false,
	  N_("a shareholder has no legal representative; add one first") },
	{ "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING",
	  "identity_document:national_id", false,
	  N_("documents of a legal representative are missing: selfie, "
	     "declaration of powers, identity document") },
	{ "ONBOARDING_DOCUMENTS_MISSING", "social_contract", false,
	  N_("documents of the company are missing: articles, and balance "
	     "sheet or statement of revenue") },
	{ NULL, NULL, false, NULL },
};

/* A code speaks only for what was refused: a code beside a 401 or a 429
 * changes nothing about what to do. */
static const struct code_row *row_of(const struct prov_reply *reply)
{
	json_t *root = prov_reply_json(reply);
	const char *code = prov_json_word(root, "code");
	const struct code_row *row = code_rows;

	while (row->code && !(code && strcmp(row->code, code) == 0))
		row++;
	json_decref(root);
	if (reply->status != 400 && reply->status != 404 &&
	    reply->status != 409 && reply->status != 422)
		return NULL;
	return row->code ? row : NULL;
}

static void fail(const struct prov_reply *reply, const struct prov_ctx *ctx,
		 const char *note, struct prov_result *result)
{
	const struct form_schema *schema = ctx->form ? ctx->form->schema : NULL;
	const struct code_row *row = row_of(reply);
	struct prov_status_rule rules[] = {
		{ reply->status, reply->status, PROV_REFUSED, false, 0, NULL },
		{ 0, 0, PROV_UNSURE, false, 0, "" },
	};

	if (reply->status >= 200 && reply->status <= 299) {
		prov_reply_puzzles(reply, ZRO_TITLE, result);
		return;
	}
	rules[0].meaning = row ? row->meaning : note;
	prov_reply_fail(reply, ZRO_TITLE,
			rules[0].meaning ? rules : status_rules, ctx->now,
			schema, NULL, result);
	if (row && row->place && result->message &&
	    !findings_for(&result->problems, row->place))
		findings_add(&result->problems, FINDING_ERROR,
			     "refused_by_provider", row->place, "%s",
			     _(row->meaning));
	result->may_be_running =
		result->outcome == PROV_REFUSED &&
		(reply->status == 409 || (row && row->running));
}

void zro_fail(const struct prov_reply *reply, const struct prov_ctx *ctx,
	      struct prov_result *result)
{
	fail(reply, ctx, NULL, result);
}

/* Nothing remembers what was done under a key, so after a failure on their
 * side it may have been done: only 503 says that it was not begun. */
void zro_fail_sent(const struct prov_reply *reply, const struct prov_ctx *ctx,
		   const char *note, struct prov_result *result)
{
	fail(reply, ctx, reply->status == 404 ? note : NULL, result);
	if (reply->status >= 500 && reply->status != 503 &&
	    result->outcome == PROV_AGAIN) {
		result->outcome = PROV_UNSURE;
		result->most_attempts = 0;
		result->wait_ms = -1;
	}
}
