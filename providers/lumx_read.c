/* SPDX-License-Identifier: MIT */
/*
 * Lumx: readers of lists, customers and parties. Pages disagree about what
 * an answer holds, so a missing member is never a failure; only an answer
 * that is no list or no customer at all is.
 */
#include "providers/lumx.h"

#include <stdlib.h>
#include <string.h>

#define PAGE_MOST 1000

/* https://docs.lumx.io/concepts/customers; TEMPORARY_REJECTION is RFI on
 * older pages. A word that is not here stays unknown: shown as it is, nothing
 * is blocked and nothing is called done. */
static const struct stage_word {
	const char *word;
	enum prov_stage stage;
	const char *closed; /* why nothing can be sent; NULL: it can */
} stage_words[] = {
	{ "NOT_STARTED", PROV_STAGE_NOT_STARTED, NULL },
	{ "UNDER_VERIFICATION", PROV_STAGE_IN_REVIEW,
	  N_("Lumx is reviewing this customer and takes nothing meanwhile; "
	     "wait for its answer") },
	{ "APPROVED", PROV_STAGE_APPROVED,
	  N_("Lumx has approved this customer and takes nothing more, unless "
	     "it asks again") },
	{ "RFI", PROV_STAGE_ACTION_NEEDED, NULL },
	{ "TEMPORARY_REJECTION", PROV_STAGE_ACTION_NEEDED, NULL },
	{ "FINAL_REJECTION", PROV_STAGE_CLOSED,
	  N_("Lumx has rejected this customer for good and takes nothing any "
	     "more") },
	{ NULL, PROV_STAGE_UNKNOWN, NULL },
};

static const struct role_word {
	const char *word;
	const char *role;
} role_words[] = {
	{ "UBO", N_("owner") },
	{ "REPRESENTATIVE", N_("representative") },
	{ "SHAREHOLDER", N_("shareholder") },
	{ NULL, NULL },
};

static const struct stage_word *stage_find(const json_t *holder)
{
	const json_t *inner = json_object_get(holder, "verification");
	const char *word = prov_json_word(inner, "status");
	const struct stage_word *row = stage_words;

	while (row->word && !prov_same_word(row->word, word))
		row++;
	return row;
}

static char *stage_word_of(const json_t *holder)
{
	return prov_json_text(json_object_get(holder, "verification"),
			      "status");
}

/* Without a type, only companies have a legal name. */
static enum prov_kind kind_of(const json_t *holder)
{
	const char *type = prov_json_word(holder, "type");

	if (prov_same_word(type, "BUSINESS"))
		return PROV_BUSINESS;
	if (prov_same_word(type, "INDIVIDUAL"))
		return PROV_INDIVIDUAL;
	return prov_json_word(holder, "legalName") ? PROV_BUSINESS
						   : PROV_INDIVIDUAL;
}

static char *name_of(const json_t *holder)
{
	char *name = prov_json_text(holder, "name");

	return name ? name : prov_json_text(holder, "legalName");
}

static void country_of(const json_t *holder, char country[4])
{
	const char *code = prov_json_word(holder, "country");

	if (code && strlen(code) == 3 &&
	    strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3)
		memcpy(country, code, 4);
}

/* What a list and a single answer have in common. */
static void texts_of(const json_t *root, struct prov_customer *customer)
{
	const struct stage_word *stage = stage_find(root);

	customer->id = prov_json_id(root, "id");
	customer->name = name_of(root);
	customer->kind = kind_of(root);
	country_of(root, customer->country);
	customer->tax_id = prov_json_text(root, "taxId");
	customer->email = prov_json_text(root, "email");
	customer->stage = stage->stage;
	customer->stage_word = stage_word_of(root);
	if (stage->closed)
		customer->closed_because = mem_dup(_(stage->closed));
	customer->link = prov_json_address(
		json_object_get(root, "verification"), "link");
}

void lumx_page_read(const struct prov_reply *reply, const struct prov_ctx *ctx,
		    void *into, struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *list = json_object_get(root, "data");
	struct prov_page *page = into;

	if (reply->status != 200 || !json_is_array(list)) {
		lumx_fail(reply, ctx, NULL, result);
		goto out;
	}
	prov_page_fill(page, list, PAGE_MOST, texts_of);
	/* Where the cursor sits and how the last page looks is shown by no
	 * sample: missing, null and "" all end the list. */
	page->next = prov_json_id(root, "nextCursor");
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}

void lumx_customer_read(const struct prov_reply *reply,
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
		: !json_object_get(root, "verification"))) {
		lumx_fail(reply, ctx, NULL, result);
		goto out;
	}
	texts_of(root, &loaded);
	if (!loaded.id)
		loaded.id = mem_dup(ctx->customer);
	lumx_want_of_customer(&loaded, root);
	lumx_reasons(&loaded, root, NULL);
	if (loaded.stage == PROV_STAGE_CLOSED)
		loaded.reason.next = PROV_NEXT_STOP;
	lumx_want_settle(&loaded);
	prov_customer_release(customer);
	*customer = loaded;
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}

static void add_role(struct buf *out, const char *word)
{
	const struct role_word *row = role_words;
	char *own = NULL;
	const char *role = NULL;

	if (!word || !*word || out->len > 100)
		return;
	while (row->word && !prov_same_word(row->word, word))
		row++;
	own = prov_clean(word, 40);
	role = row->role ? _(row->role) : own;
	if (!strstr(buf_text(out), role))
		buf_addf(out, "%s%s", out->len ? ", " : "", role);
	free(own);
}

/* One page shows "role", a note on another speaks of "roles". */
static char *role_of(const json_t *root)
{
	struct buf roles = { 0 };
	const json_t *item = NULL;
	size_t i;

	add_role(&roles, prov_json_word(root, "role"));
	json_array_foreach(json_object_get(root, "roles"), i, item)
		add_role(&roles, json_string_value(item));
	return roles.len ? buf_take(&roles) : NULL;
}

static void add_party(struct prov_customer *customer, const json_t *root)
{
	struct prov_party *party = NULL;
	char *id = prov_json_id(root, "id");

	if (!id || prov_customer_party(customer, id)) {
		free(id);
		return;
	}
	party = prov_customer_add_party(customer);
	party->id = id;
	party->name = name_of(root);
	party->kind = kind_of(root);
	party->role = role_of(root);
	party->stage = stage_find(root)->stage;
	party->stage_word = stage_word_of(root);
	lumx_want_of_party(customer, party, root);
	lumx_reasons(customer, root, party->id);
}

void lumx_parties_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *list = json_object_get(root, "data");
	const json_t *item = NULL;
	size_t i;

	if (reply->status != 200 || !json_is_array(list)) {
		lumx_fail(reply, ctx, NULL, result);
		goto out;
	}
	json_array_foreach(list, i, item) if (i < LUMX_LIST_MOST)
		add_party(into, item);
	lumx_want_settle(into);
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}

static bool has_reasons(const struct prov_customer *customer)
{
	if (customer->reason.code || customer->reason.message)
		return true;
	for (size_t i = 0; i < customer->requirement_count; i++)
		if (customer->requirements[i].status == PROV_REQ_REJECTED)
			return true;
	return false;
}

/* On older pages only: a provider that no longer has the call gives no reasons
 * any other way, and that is worth saying. */
void lumx_report_read(const struct prov_reply *reply,
		      const struct prov_ctx *ctx, void *into,
		      struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	struct prov_customer *customer = into;
	bool gone = reply->status == 404 || reply->status == 405;

	if (!gone && (reply->status != 200 || !json_is_object(root))) {
		lumx_fail(reply, ctx, NULL, result);
		goto out;
	}
	if (!gone)
		lumx_reasons(customer, root, NULL);
	if (!has_reasons(customer))
		mem_replace(&customer->reason.message,
			    _("Lumx gives no reasons here; its support or "
			      "its dashboard may"));
	lumx_want_settle(customer);
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}

bool lumx_has_parties(const struct prov_customer *so_far)
{
	return so_far->kind == PROV_BUSINESS;
}

bool lumx_lacks_reasons(const struct prov_customer *so_far)
{
	return (so_far->stage == PROV_STAGE_ACTION_NEEDED ||
		so_far->stage == PROV_STAGE_CLOSED) &&
	       !has_reasons(so_far);
}
