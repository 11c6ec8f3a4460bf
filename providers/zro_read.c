/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: answers in general, and accounts, which are its customers. The
 * pages show bare answers, those of the sister products an envelope around
 * them; both are read. A missing member is never a failure.
 */
#include "providers/zro.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_MOST 1000000

const json_t *zro_data(const json_t *root)
{
	const json_t *data = json_object_get(root, "data");

	return data && json_is_boolean(json_object_get(root, "success")) ? data
									 : root;
}

const json_t *zro_list(const json_t *data)
{
	const json_t *list = json_object_get(data, "data");

	if (json_is_array(data))
		return data;
	return json_is_array(list) ? list : NULL;
}

char *zro_id(const json_t *object, const char *name)
{
	char *id = prov_json_id(object, name);

	if (id && strchr(id, '/')) {
		free(id);
		id = NULL;
	}
	return id;
}

static long page_of(const char *cursor)
{
	size_t len = cursor ? strlen(cursor) : 0;

	if (!len || len > 6 || strspn(cursor, "0123456789") != len)
		return 1;
	return strtol(cursor, NULL, 10);
}

char *zro_next_page(const json_t *data, const struct prov_ctx *ctx)
{
	const json_t *total = json_object_get(data, "page_total");
	size_t count = json_array_size(zro_list(data));
	long page = page_of(ctx->cursor);
	bool more = count >= ZRO_PAGE_SIZE;

	if (json_is_integer(total))
		more = count && page < json_integer_value(total);
	return more && page < PAGE_MOST ? mem_printf("%ld", page + 1) : NULL;
}

int zro_ask_page(const struct prov_ctx *ctx, struct prov_request *request,
		 const char *order, struct err *err)
{
	bool accounts = strcmp(order, "asc") == 0;
	char number[32];

	snprintf(number, sizeof(number), "%ld", page_of(ctx->cursor));
	prov_request_query(request, "page", number);
	snprintf(number, sizeof(number), "%d", ZRO_PAGE_SIZE);
	prov_request_query(request, "size", number);
	prov_request_query(request, "sort", "created_at");
	prov_request_query(request, "order", order);
	return zro_headers(ctx, accounts ? ZRO_NO_CUSTOMER : 0, request, err);
}

bool zro_is_nothing(const struct prov_reply *reply, const json_t *root)
{
	const char *code = prov_json_word(root, "code");

	return (reply->status == 404 || reply->status == 422) && code &&
	       strcmp(code, "ONBOARDING_NOT_FOUND") == 0;
}

/* Whether an account works says nothing about its verification, but for the
 * two ends. https://docs.zrobank.io/baas/endpoints/
 * v-1-get-all-user-account-rest-controller-execute-v-1 */
static const struct account_word {
	const char *word;
	enum prov_stage stage;
	const char *closed; /* NULL: open */
} account_words[] = {
	{ "pending", PROV_STAGE_NOT_STARTED, NULL },
	{ "active", PROV_STAGE_UNKNOWN, NULL },
	{ "expired", PROV_STAGE_UNKNOWN, NULL },
	{ "deactivated", PROV_STAGE_CLOSED,
	  N_("Z.ro Bank has deactivated this account and takes nothing for it "
	     "any more") },
	{ NULL, PROV_STAGE_UNKNOWN, NULL },
};

/* Without a word for it, only companies have a number of 14 characters. */
static enum prov_kind kind_of(const json_t *root)
{
	const char *type = prov_json_word(root, "person_type");
	const char *document = prov_json_word(root, "document");

	if (prov_same_word(type, "LEGAL_PERSON"))
		return PROV_BUSINESS;
	if (prov_same_word(type, "NATURAL_PERSON"))
		return PROV_INDIVIDUAL;
	return document && strlen(document) == 14 ? PROV_BUSINESS
						  : PROV_INDIVIDUAL;
}

static void read_account(const json_t *root, struct prov_customer *customer)
{
	const char *word = prov_json_word(root, "state");
	const struct account_word *row = account_words;

	while (row->word && !prov_same_word(row->word, word))
		row++;
	customer->id = zro_id(root, "id");
	customer->name = prov_json_text(root, "full_name");
	if (!customer->name)
		customer->name = prov_json_text(root, "name");
	customer->kind = kind_of(root);
	customer->tax_id = prov_json_text(root, "document");
	customer->email = prov_json_text(root, "email");
	customer->stage = row->stage;
	customer->stage_word = prov_json_text(root, "state");
	if (row->closed)
		customer->closed_because = mem_dup(_(row->closed));
}

int zro_accounts_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err, "/v1/users/accounts"))
		return -1;
	return zro_ask_page(ctx, request, "asc", err);
}

void zro_accounts_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *data = zro_data(root);
	const json_t *list = zro_list(data);
	struct prov_page *page = into;

	if (reply->status != 200 || !list) {
		zro_fail(reply, ctx, result);
		goto out;
	}
	prov_page_fill(page, list, ZRO_LIST_MOST, read_account);
	page->next = zro_next_page(data, ctx);
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}

int zro_account_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err, "/v1/users/accounts/%s",
			      ctx->customer))
		return -1;
	return zro_headers(ctx, 0, request, err);
}

void zro_account_read(const struct prov_reply *reply,
		      const struct prov_ctx *ctx, void *into,
		      struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *data = zro_data(root);
	struct prov_customer *customer = into;
	char *id = zro_id(data, "id");

	/* An answer about somebody else must never be shown as this one. */
	if (reply->status == 200 && prov_same_word(id, ctx->customer)) {
		prov_customer_release(customer);
		read_account(data, customer);
		customer->lists_papers = true;
		prov_reply_accept(result, NULL);
	} else {
		zro_fail(reply, ctx, result);
	}
	free(id);
	json_decref(root);
}
