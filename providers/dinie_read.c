/* SPDX-License-Identifier: MIT */
/*
 * Dinie: readers of lists and customers.
 * https://dinie.nexaedge.dev/apis/openapi/customers/getcustomer.md
 */
#include "providers/dinie.h"

#include <stdlib.h>
#include <string.h>

#define PAGE_MOST 1000

/* Words that no page has stay unknown: shown as they are, nothing is blocked
 * and nothing is called done. "denied" is known of the vendor's own programs
 * alone: https://github.com/dinie-tech/sdk-js */
static const struct stage_word {
	const char *word;
	enum prov_stage stage;
} stage_words[] = {
	{ "pending_kyc", PROV_STAGE_NOT_STARTED },
	{ "under_review", PROV_STAGE_IN_REVIEW },
	{ "active", PROV_STAGE_APPROVED },
	{ "denied", PROV_STAGE_CLOSED },
	{ NULL, PROV_STAGE_UNKNOWN },
};

static enum prov_stage stage_of(const json_t *root)
{
	const char *word = prov_json_word(root, "status");
	const struct stage_word *row = stage_words;

	while (row->word && !prov_same_word(row->word, word))
		row++;
	return row->stage;
}

/* What a list and a single answer have in common. There is no country: the
 * numbers are Brazil's, the people need not be. */
static void texts_of(const json_t *root, struct prov_customer *customer)
{
	char *cnpj = prov_json_text(root, "cnpj");

	customer->id = prov_json_id(root, "id");
	customer->name = prov_json_text(root, "name");
	if (!customer->name)
		customer->name = prov_json_text(root, "trading_name");
	customer->kind = cnpj ? PROV_BUSINESS : PROV_INDIVIDUAL;
	customer->tax_id = cnpj ? cnpj : prov_json_text(root, "cpf");
	customer->email = prov_json_text(root, "email");
	customer->stage = stage_of(root);
	customer->stage_word = prov_json_text(root, "status");
}

static bool any_is(const struct prov_customer *customer,
		   enum prov_req_status status)
{
	for (size_t i = 0; i < customer->requirement_count; i++)
		if (customer->requirements[i].status == status)
			return true;
	return false;
}

/* Whether a rejected item takes the customer back is not said, so the items
 * decide what has to be done, and the status only what is final. */
static void settle_stage(struct prov_customer *customer)
{
	if (customer->stage != PROV_STAGE_APPROVED &&
	    customer->stage != PROV_STAGE_CLOSED &&
	    any_is(customer, PROV_REQ_REJECTED))
		customer->stage = PROV_STAGE_ACTION_NEEDED;
}

static const char *closed_words(const struct prov_customer *customer,
				const json_t *root)
{
	if (dinie_is_newer(root))
		return N_("this customer is on a newer version of Dinie's API, "
			  "which is not supported for upload; what it asks for "
			  "is shown to be read");
	switch (customer->stage) {
	case PROV_STAGE_APPROVED:
		return N_("Dinie has approved this customer and takes nothing "
			  "more, unless it asks again");
	case PROV_STAGE_CLOSED:
		return N_("Dinie has rejected this customer for good and takes "
			  "nothing any more");
	case PROV_STAGE_IN_REVIEW:
		return any_is(customer, PROV_REQ_MISSING)
			       ? NULL
			       : N_("Dinie is reviewing this customer and takes "
				    "nothing meanwhile; wait for its answer");
	default:
		return NULL;
	}
}

static void fill(const json_t *root, struct prov_customer *customer)
{
	const char *closed;

	texts_of(root, customer);
	dinie_want(customer, root);
	settle_stage(customer);
	closed = closed_words(customer, root);
	if (closed)
		customer->closed_because = mem_dup(_(closed));
	if (customer->stage == PROV_STAGE_CLOSED)
		customer->reason.next = PROV_NEXT_STOP;
}

/* A list shows the same objects; its customers carry no requirements. */
static void fill_listed(const json_t *root, struct prov_customer *listed)
{
	struct prov_customer whole = { 0 };

	fill(root, &whole);
	texts_of(root, listed);
	listed->stage = whole.stage;
	listed->closed_because = mem_dup(whole.closed_because);
	prov_customer_release(&whole);
}

/*
 * Forward only, by the id of the last customer; a page that says there is more
 * and shows nobody would have no end.
 * https://dinie.nexaedge.dev/apis/concepts/pagination
 */
static char *next_of(const json_t *root, const struct prov_page *page)
{
	const char *last =
		page->count ? page->customers[page->count - 1].id : NULL;

	if (!json_is_true(json_object_get(root, "has_more")) || !last)
		return NULL;
	return mem_dup(last);
}

void dinie_page_read(const struct prov_reply *reply, const struct prov_ctx *ctx,
		     void *into, struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *list = json_object_get(root, "data");
	struct prov_page *page = into;

	if (reply->status != 200 || !json_is_array(list)) {
		dinie_fail(reply, ctx, NULL, NULL, result);
		goto out;
	}
	prov_page_fill(page, list, PAGE_MOST, fill_listed);
	page->next = next_of(root, page);
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}

void dinie_customer_read(const struct prov_reply *reply,
			 const struct prov_ctx *ctx, void *into,
			 struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const char *id = prov_json_word(root, "id");
	struct prov_customer *customer = into;
	struct prov_customer loaded = { 0 };

	/* An answer about somebody else must never be shown as this one. */
	if (reply->status != 200 || !json_is_object(root) ||
	    (id ? !ctx->customer || strcmp(id, ctx->customer) != 0
		: !json_is_array(json_object_get(root, "kyc")))) {
		dinie_fail(reply, ctx, NULL, NULL, result);
		goto out;
	}
	fill(root, &loaded);
	if (!loaded.id)
		loaded.id = mem_dup(ctx->customer);
	prov_customer_release(customer);
	*customer = loaded;
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}
