/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: the documents it says it has. Three lists of three shapes; older
 * environments spell types in Portuguese or without sides.
 * https://docs.zrobank.io/baas/endpoints/
 *	v-1-get-all-legal-representative-document-rest-controller-execute-v-1
 *	v-1-get-all-legal-person-onboarding-document-rest-controller-execute-v-1
 *	v-1-get-all-onboarding-document-rest-controller-execute-v-1
 */
#include "providers/zro.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define VERSION_MOST 40

/* Their spellings, old and new, and ours. */
static const struct spelling {
	const char *theirs;
	const char *ours;
} identity_spellings[] = {
	{ "id", "national_id" },
	{ "rg", "national_id" },
	{ "national_id", "national_id" },
	{ "cnh", "driver_license" },
	{ "driver_license", "driver_license" },
	{ "passaporte", "passport" },
	{ "passport", "passport" },
	{ NULL, NULL },
}, company_spellings[] = {
	{ "contrato_social", "social_contract" },
	{ "balanco_patrimonial", "balance_sheet" },
	{ "declaracao_faturamento", "revenue_statement" },
	{ "politica_kyc_pld", "kyc_aml_policy" },
	{ "social_contract", "social_contract" },
	{ "balance_sheet", "balance_sheet" },
	{ "revenue_statement", "revenue_statement" },
	{ "kyc_aml_policy", "kyc_aml_policy" },
	{ NULL, NULL },
};

static const char *spelled(const struct spelling *rows, const char *word)
{
	while (rows->theirs && !prov_same_word(rows->theirs, word))
		rows++;
	return rows->ours;
}

/* Unix ms of an ISO 8601 time in UTC; 0: it is none. */
static int64_t time_of(const char *text)
{
	struct tm tm = { 0 };

	if (!text ||
	    sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d", &tm.tm_year, &tm.tm_mon,
		   &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec) != 6)
		return 0;
	if (tm.tm_year < 1970 || tm.tm_year > 9999 || tm.tm_mon < 1 ||
	    tm.tm_mon > 12)
		return 0;
	tm.tm_year -= 1900;
	tm.tm_mon--;
	return (int64_t)timegm(&tm) * 1000;
}

/* A replaced file keeps its id; only when it was made and changed tells. */
static char *version_of(const json_t *root)
{
	const char *names[] = { "created_at", "updated_at", "file_id" };
	struct buf out = { 0 };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *text = prov_json_text(root, names[i]);

		buf_addf(&out, "%s%.*s", i ? "/" : "", VERSION_MOST,
			 text ? text : "");
		free(text);
	}
	return buf_take(&out);
}

static struct prov_paper *add_paper(struct prov_customer *customer,
				    const json_t *root, const char *id)
{
	struct prov_paper *paper = NULL;
	char *own = zro_id(root, id);

	if (!own || customer->paper_count >= ZRO_LIST_MOST * 8) {
		free(own);
		return NULL;
	}
	paper = prov_customer_add_paper(customer);
	paper->id = own;
	paper->version = version_of(root);
	paper->made_ms = time_of(prov_json_word(root, "created_at"));
	return paper;
}

const struct prov_paper *zro_paper(const struct prov_customer *customer,
				   const char *type, enum doc_side side,
				   const char *party)
{
	const struct prov_paper *latest = NULL;

	for (size_t i = 0; i < customer->paper_count; i++) {
		const struct prov_paper *paper = &customer->papers[i];

		if (prov_same_party(paper->party, party) &&
		    paper->side == side && strcmp(paper->type, type) == 0 &&
		    (!latest || paper->made_ms >= latest->made_ms))
			latest = paper;
	}
	return latest;
}

int zro_representative_papers_build(const struct prov_ctx *ctx,
				    struct prov_request *request,
				    struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err,
			      "/v1/users/legal-representatives/%s/documents",
			      ctx->party))
		return -1;
	return zro_headers(ctx, 0, request, err);
}

int zro_company_papers_build(const struct prov_ctx *ctx,
			     struct prov_request *request, struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err,
			      "/v1/users/onboardings/legal-person/%s/documents",
			      ctx->so_far ? ctx->so_far->record : NULL))
		return -1;
	return zro_headers(ctx, 0, request, err);
}

int zro_natural_papers_build(const struct prov_ctx *ctx,
			     struct prov_request *request, struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err,
			      "/v1/users/onboardings/%s/documents",
			      ctx->so_far ? ctx->so_far->record : NULL))
		return -1;
	/* A list on newer pages, a page of one on older ones. */
	prov_request_query(request, "page", ctx->cursor);
	return zro_headers(ctx, 0, request, err);
}

/* "identity_document_front" with its subtype in a member of its own. What has
 * no side is the whole document; a passport has none. */
static void name_identity(struct prov_paper *paper, const json_t *root,
			  const char *side)
{
	const char *word = prov_json_word(root, "identity_document_type");
	const char *family = spelled(identity_spellings, word);
	char *own = family ? NULL : prov_clean(word ? word : "", 40);

	paper->type = mem_printf("identity_document:%s", family ? family : own);
	if (family && strcmp(family, "passport") == 0)
		side = "";
	if (strcmp(side, "_front") == 0)
		paper->side = DOC_SIDE_FRONT;
	else if (strcmp(side, "_back") == 0)
		paper->side = DOC_SIDE_BACK;
	free(own);
}

static void add_representative_paper(struct prov_customer *customer,
				     const json_t *root, const char *party)
{
	static const char identity[] = "identity_document";
	char *type = prov_json_text(root, "type");
	struct prov_paper *paper = NULL;

	paper = type ? add_paper(customer, root, "id") : NULL;
	if (paper) {
		paper->party = mem_dup(party);
		if (strncmp(type, identity, strlen(identity)) == 0)
			name_identity(paper, root, type + strlen(identity));
		else
			paper->type = prov_clean(type, 64);
	}
	free(type);
}

/* As zro_paper() and the record want it: every paper has a type. */
void zro_representative_papers_read(const struct prov_reply *reply,
				    const struct prov_ctx *ctx, void *into,
				    struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *list = zro_list(zro_data(root));
	const json_t *item = NULL;
	size_t i;

	if (reply->status != 200 || !list || !ctx->party) {
		zro_fail(reply, ctx, result);
		goto out;
	}
	json_array_foreach(list, i, item) if (i < ZRO_LIST_MOST)
		add_representative_paper(into, item, ctx->party);
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}

static void add_company_paper(struct prov_customer *customer,
			      const json_t *root)
{
	char *word = prov_json_text(root, "type");
	const char *type = spelled(company_spellings, word);
	struct prov_paper *paper = NULL;

	paper = word ? add_paper(customer, root, "id") : NULL;
	if (paper)
		paper->type = prov_clean(type ? type : word, 64);
	free(word);
}

void zro_company_papers_read(const struct prov_reply *reply,
			     const struct prov_ctx *ctx, void *into,
			     struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *list = json_object_get(zro_data(root), "documents");
	struct prov_customer *customer = into;
	const json_t *item = NULL;
	size_t i;

	if (!json_is_array(list))
		list = zro_list(zro_data(root));
	if (reply->status != 200 || !list) {
		zro_fail(reply, ctx, result);
		goto out;
	}
	json_array_foreach(list, i, item) if (i < ZRO_LIST_MOST)
		add_company_paper(customer, item);
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}

/* A natural person's files have a name and no type: "RG - Front." is all that
 * says what it is. */
static const struct name_word {
	const char *word; /* in lower case */
	const char *type; /* NULL: a side of an identity document */
	enum doc_side side;
} name_words[] = {
	{ "selfie", "selfie", DOC_SIDE_NONE },
	{ "address", "address_proof", DOC_SIDE_NONE },
	{ "endereco", "address_proof", DOC_SIDE_NONE },
	{ "residencia", "address_proof", DOC_SIDE_NONE },
	{ "front", NULL, DOC_SIDE_FRONT },
	{ "frente", NULL, DOC_SIDE_FRONT },
	{ "back", NULL, DOC_SIDE_BACK },
	{ "verso", NULL, DOC_SIDE_BACK },
	{ NULL, ZRO_UNNAMED, DOC_SIDE_NONE },
};

/* Is WORD in TEXT, with no letter beside it? */
static bool has_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = strstr(text, word); at;
	     at = strstr(at + 1, word)) {
		bool starts = at == text || !isalpha((unsigned char)at[-1]);

		if (starts && !isalpha((unsigned char)at[len]))
			return true;
	}
	return false;
}

static const char *family_in(const char *name)
{
	if (has_word(name, "rg"))
		return "physical_document:rg";
	return has_word(name, "cnh") ? "physical_document:cnh" : ZRO_UNNAMED;
}

static void add_natural_paper(struct prov_customer *customer,
			      const json_t *root)
{
	const char *text = prov_json_word(root, "file_name");
	char *name = text_fold(text ? text : "");
	const struct name_word *row = name_words;
	struct prov_paper *paper = add_paper(customer, root, "file_id");

	while (row->word && !strstr(name, row->word))
		row++;
	if (paper) {
		paper->type = mem_dup(row->type ? row->type : family_in(name));
		paper->side = row->side;
	}
	mem_free_private(name);
}

void zro_natural_papers_read(const struct prov_reply *reply,
			     const struct prov_ctx *ctx, void *into,
			     struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *list = zro_list(zro_data(root));
	struct prov_customer *customer = into;
	const json_t *item = NULL;
	size_t i;

	if (reply->status != 200 || !list) {
		zro_fail(reply, ctx, result);
		goto out;
	}
	json_array_foreach(list, i, item) if (i < ZRO_LIST_MOST)
		add_natural_paper(customer, item);
	prov_reply_accept(result, NULL);
	if (customer->paper_count < ZRO_LIST_MOST)
		result->more = zro_next_page(zro_data(root), ctx);
out:
	json_decref(root);
}
