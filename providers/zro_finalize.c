/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: the end of a company's road. Nobody reviews anything before it is
 * asked for, and asking is refused while something is missing; the same is
 * checked here, so that it is said before.
 * https://docs.zrobank.io/baas/endpoints/
 *	v-1-finalize-legal-person-onboarding-rest-controller-execute-v-1
 */
#include "providers/zro.h"

#include <stdlib.h>
#include <string.h>

/* Enough to act on; the list itself has all of it. */
#define WORDS_MOST 400

/* What is found missing: its first code, and words for all of it. */
struct lack {
	const char *code;
	struct buf *words;
};

static void add(struct lack *lack, const char *code, const char *words,
		const char *whose)
{
	if (!lack->code)
		lack->code = code;
	if (lack->words->len >= WORDS_MOST)
		return;
	if (lack->words->len)
		buf_add_text(lack->words, "; ");
	buf_add_text(lack->words, words);
	if (whose)
		buf_addf(lack->words, " (%s)", whose);
}

static bool is_active(const struct prov_party *party)
{
	return zro_has_role(party, ZRO_REPRESENTATIVE) &&
	       party->stage != PROV_STAGE_CLOSED;
}

static size_t count_parties(const struct prov_customer *customer, bool active)
{
	size_t count = 0;

	for (size_t i = 0; i < customer->party_count; i++)
		count += active ? is_active(&customer->parties[i])
				: zro_has_role(&customer->parties[i],
					       ZRO_SHAREHOLDER);
	return count;
}

/* How a required correction or addition stands in the list. */
static void add_wanted(const struct prov_customer *customer, const char *code,
		       const char *error, const char *words, struct lack *lack)
{
	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];
		const struct prov_party *party =
			prov_customer_party(customer, req->party);

		if (strcmp(req->code, code) == 0 && party && !req->optional &&
		    req->status == PROV_REQ_MISSING)
			add(lack, error, words, party->name);
	}
}

static void add_parties(const struct prov_customer *customer, struct lack *lack)
{
	static const char error[] = "SHAREHOLDER_MISSING_LEGAL_REPRESENTATIVES";

	if (!count_parties(customer, false))
		add(lack, "SHAREHOLDERS_REQUIRED", _("a shareholder"), NULL);
	if (!count_parties(customer, true))
		add(lack, error, _("a legal representative"), NULL);
	add_wanted(customer, ZRO_REPRESENTATIVE_NEW, error,
		   _("a legal representative of a shareholder"), lack);
	add_wanted(customer, ZRO_REPRESENTATIVE_FIX, error,
		   _("the shareholder that a representative belongs to"), lack);
}

static void add_papers_of(const struct prov_customer *customer,
			  const struct prov_party *party, struct lack *lack)
{
	static const char error[] = "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING";
	const char *codes[] = { "selfie", "qualification_declaration" };

	for (size_t i = 0; i < 2; i++)
		if (!zro_paper(customer, codes[i], DOC_SIDE_NONE, party->id))
			add(lack, error,
			    _(zro_type(codes[i], DOC_FOR_PARTY_PERSON)->label),
			    party->name);
	if (!zro_identified(customer, zro_families, party->id))
		add(lack, error, _("an identity document, all of its sides"),
		    party->name);
}

static void add_company_papers(const struct prov_customer *customer,
			       struct lack *lack)
{
	static const char error[] = "ONBOARDING_DOCUMENTS_MISSING";

	if (!zro_paper(customer, "social_contract", DOC_SIDE_NONE, NULL))
		add(lack, error,
		    _(zro_type("social_contract", DOC_FOR_BUSINESS)->label),
		    NULL);
	if (!zro_paper(customer, "balance_sheet", DOC_SIDE_NONE, NULL) &&
	    !zro_paper(customer, "revenue_statement", DOC_SIDE_NONE, NULL))
		add(lack, error, _("balance sheet or statement of revenue"),
		    NULL);
}

const char *zro_lacks(const struct prov_customer *customer, struct buf *words)
{
	struct lack lack = { NULL, words };

	if (zro_phase(customer) != ZRO_OPEN)
		add(&lack, "ONBOARDING_INVALID_STATUS", _("an open onboarding"),
		    NULL);
	add_parties(customer, &lack);
	for (size_t i = 0; i < customer->party_count; i++)
		if (is_active(&customer->parties[i]))
			add_papers_of(customer, &customer->parties[i], &lack);
	add_company_papers(customer, &lack);
	return lack.code;
}

/* Older pages want the transaction's UUID here, newer ones do not list it. */
int zro_finalize_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	char *owner = NULL;
	char *id = NULL;
	int ret = -1;

	if (zro_target_parts(ctx->target, DOC_SIDE_NONE, &owner, &id)) {
		err_set(err, ERR_INPUT,
			_("there is no open onboarding; open one first"));
		goto out;
	}
	request->method = "POST";
	if (prov_request_path(request, err,
			      "/v1/users/onboardings/legal-person/%s/finalize",
			      owner))
		goto out;
	ret = zro_headers(ctx, ZRO_KEYED, request, err);
out:
	free(owner);
	free(id);
	return ret;
}

void zro_finalize_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *data = zro_data(root);

	(void)into;
	if ((prov_reply_succeeded(reply, 200) ||
	     prov_reply_succeeded(reply, 201)) &&
	    json_is_object(data) && prov_json_word(data, "status")) {
		prov_reply_accept(result, NULL);
		result->provider_id = zro_id(data, "id");
	} else {
		zro_fail_sent(reply, ctx, NULL, result);
	}
	json_decref(root);
}
