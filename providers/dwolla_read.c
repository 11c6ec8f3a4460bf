/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: readers of lists, customers, owners and the certification. A member
 * that is missing is never a failure; only an answer that is no list or no
 * customer at all is.
 * https://developers.dwolla.com/docs/balance/api-reference/customers
 */
#include "providers/dwolla.h"

#include <stdlib.h>
#include <string.h>

#define CURSOR_MOST 500

/* A word that is not here stays unknown: shown as it is, nothing is blocked
 * and nothing is called done. */
static const struct status_word {
	const char *word;
	enum prov_stage stage;
	const char *closed; /* why nothing can be sent; NULL: it can */
} status_words[] = {
	{ "unverified", PROV_STAGE_NOT_STARTED,
	  N_("Dwolla does not verify customers of this type and takes no "
	     "documents of them") },
	{ "retry", PROV_STAGE_ACTION_NEEDED, NULL },
	{ "kba", PROV_STAGE_ACTION_NEEDED,
	  N_("Dwolla asks this customer questions, once and within two "
	     "minutes; that is done in your own application, not here") },
	{ "document", PROV_STAGE_ACTION_NEEDED, NULL },
	{ "verified", PROV_STAGE_APPROVED, NULL },
	{ "suspended", PROV_STAGE_CLOSED,
	  N_("Dwolla has suspended this customer and takes nothing: ask "
	     "Dwolla's support") },
	{ "deactivated", PROV_STAGE_CLOSED,
	  N_("this customer is deactivated and Dwolla takes nothing; it can be "
	     "reactivated in Dwolla's dashboard") },
	{ NULL, PROV_STAGE_UNKNOWN, NULL },
};

static const struct status_word *status_of(const json_t *root)
{
	const char *word = prov_json_word(root, "status");
	const struct status_word *row = status_words;

	while (row->word && !prov_same_word(row->word, word))
		row++;
	return row;
}

/* NAME and OTHER of a person, as far as they are there. */
static char *person_of(const json_t *root)
{
	char *first = prov_json_text(root, "firstName");
	char *last = prov_json_text(root, "lastName");
	char *both = NULL;

	if (!first || !last)
		return first ? first : last;
	both = mem_printf("%s %s", first, last);
	mem_free_private(first);
	mem_free_private(last);
	return both;
}

/* A business carries the names of its account admin beside its own. */
static char *name_of(const json_t *root)
{
	char *name = prov_json_text(root, "businessName");

	return name ? name : person_of(root);
}

static bool is_under_review(const json_t *root)
{
	const json_t *entry = NULL;
	size_t i;

	json_array_foreach(
		json_object_get(json_object_get(root, "_embedded"), "errors"),
		i, entry)
	{
		if (i < DWOLLA_LIST_MOST &&
		    dwolla_same_code(prov_json_word(entry, "code"),
				     "AdditionalReviewRequired"))
			return true;
	}
	return false;
}

/* A verified business may owe something all the same; suspended customers may
 * only be waiting for Dwolla. */
static void stage_of(const json_t *root, struct prov_customer *customer)
{
	const struct status_word *status = status_of(root);

	customer->stage = status->stage;
	customer->stage_word = prov_json_text(root, "status");
	if (status->closed)
		customer->closed_because = mem_dup(_(status->closed));
	if (status->stage == PROV_STAGE_APPROVED &&
	    (dwolla_has_link(root, "verify-beneficial-owners") ||
	     dwolla_has_link(root, "certify-beneficial-ownership")))
		customer->stage = PROV_STAGE_ACTION_NEEDED;
	if (prov_same_word(status->word, "suspended") &&
	    is_under_review(root)) {
		customer->stage = PROV_STAGE_IN_REVIEW;
		dwolla_close_for_review(customer);
	}
}

/* What a list and a single answer have in common. Customers are persons and
 * businesses of the United States, without exception. */
static void texts_of(const json_t *root, struct prov_customer *customer)
{
	customer->id = prov_json_id(root, "id");
	customer->name = name_of(root);
	customer->kind =
		prov_same_word(prov_json_word(root, "type"), "business")
			? PROV_BUSINESS
			: PROV_INDIVIDUAL;
	memcpy(customer->country, "USA", sizeof("USA"));
	customer->email = prov_json_text(root, "email");
	stage_of(root, customer);
}

/* The query of the next page's address, fit to be put behind our own path; -1
 * when there is a next page and it cannot be. Whose host it names is not
 * looked at: it is never gone to. */
static int cursor_of(const json_t *root, char **cursor)
{
	static const char fit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "abcdefghijklmnopqrstuvwxyz"
				  "0123456789-._~%+=&";
	const char *href = dwolla_href(root, "next");
	const char *query = href ? strchr(href, '?') : NULL;
	size_t len = query ? strlen(query + 1) : 0;

	*cursor = NULL;
	if (!href || !*href)
		return 0;
	if (!len || len > CURSOR_MOST || strspn(query + 1, fit) != len)
		return -1;
	*cursor = mem_dup(query + 1);
	return 0;
}

void dwolla_page_read(const struct prov_reply *reply,
		      const struct prov_ctx *ctx, void *into,
		      struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *list = json_object_get(json_object_get(root, "_embedded"),
					     "customers");
	struct prov_page *page = into;
	char *next = NULL;

	if (reply->status != 200 || !json_is_array(list) ||
	    cursor_of(root, &next)) {
		dwolla_fail(reply, ctx, NULL, NULL, result);
		goto out;
	}
	prov_page_fill(page, list, DWOLLA_LIST_MOST, texts_of);
	page->next = next;
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}

void dwolla_customer_read(const struct prov_reply *reply,
			  const struct prov_ctx *ctx, void *into,
			  struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const char *id = prov_json_word(root, "id");
	struct prov_customer loaded = { 0 };
	struct prov_customer *customer = into;

	/* An answer about somebody else must never be shown as this one. */
	if (reply->status != 200 || !json_is_object(root) ||
	    (id ? !prov_same_word(id, ctx->customer)
		: !prov_json_word(root, "status"))) {
		dwolla_fail(reply, ctx, NULL, NULL, result);
		goto out;
	}
	texts_of(root, &loaded);
	if (!loaded.id)
		loaded.id = mem_dup(ctx->customer);
	dwolla_want_of_customer(&loaded, root);
	prov_customer_release(customer);
	*customer = loaded;
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}

static enum prov_stage owner_stage(const json_t *root)
{
	const char *word = prov_json_word(root, "verificationStatus");

	if (prov_same_word(word, "verified"))
		return PROV_STAGE_APPROVED;
	if (prov_same_word(word, "document") ||
	    prov_same_word(word, "incomplete"))
		return PROV_STAGE_ACTION_NEEDED;
	return PROV_STAGE_UNKNOWN;
}

static void add_owner(struct prov_customer *customer, const json_t *root)
{
	struct prov_party *party = NULL;
	char *id = prov_json_id(root, "id");

	if (!id || prov_customer_party(customer, id)) {
		free(id);
		return;
	}
	party = prov_customer_add_party(customer);
	party->id = id;
	party->name = person_of(root);
	party->kind = PROV_INDIVIDUAL;
	party->role = mem_dup(_("beneficial owner"));
	party->stage = owner_stage(root);
	party->stage_word = prov_json_text(root, "verificationStatus");
	party->pending_most = DWOLLA_PENDING_MOST;
	dwolla_want_of_owner(customer, id, root);
}

/* An answer that is no success, but says no more than that there is nothing
 * of the kind for this customer. */
static bool is_nothing(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, struct prov_result *result)
{
	dwolla_fail(reply, ctx, NULL, NULL, result);
	return (reply->status == 403 || reply->status == 404) &&
	       result->outcome == PROV_REFUSED;
}

void dwolla_owners_read(const struct prov_reply *reply,
			const struct prov_ctx *ctx, void *into,
			struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *list = json_object_get(json_object_get(root, "_embedded"),
					     "beneficial-owners");
	const json_t *item = NULL;
	size_t i;

	if (reply->status == 200 && json_is_object(root) &&
	    (!list || json_is_array(list))) {
		json_array_foreach(list, i, item) if (i < DWOLLA_LIST_MOST)
			add_owner(into, item);
		prov_reply_accept(result, NULL);
	} else if (is_nothing(reply, ctx, result)) {
		prov_reply_accept(result, NULL);
	}
	json_decref(root);
}

static void note_certification(struct prov_customer *customer, const char *word)
{
	struct prov_requirement *req =
		dwolla_find(customer, "certify-beneficial-ownership", NULL);
	bool done = prov_same_word(word, "certified");
	bool again = prov_same_word(word, "recertify");

	/* Without the link only what was certified once is spoken of: others
	 * need not. */
	if (!req && (!(done || again) || customer->closed_because))
		return;
	if (!req)
		req = dwolla_want_form(customer, &dwolla_certification,
				       "certify-beneficial-ownership", NULL,
				       NULL);
	mem_replace(&req->status_word, word);
	if (done)
		req->status = PROV_REQ_ACCEPTED;
	if (again)
		mem_replace(&req->reason.message,
			    _("the owners have changed: it is needed again "
			      "within 30 days"));
}

void dwolla_certification_read(const struct prov_reply *reply,
			       const struct prov_ctx *ctx, void *into,
			       struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	char *word = prov_json_text(root, "status");

	if (reply->status == 200 && json_is_object(root)) {
		note_certification(into, word);
		prov_reply_accept(result, NULL);
	} else if (is_nothing(reply, ctx, result)) {
		prov_reply_accept(result, NULL);
	}
	free(word);
	json_decref(root);
}
