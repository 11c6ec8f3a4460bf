/* SPDX-License-Identifier: MIT */
/* Z.ro Bank: the papers of a legal person; they hang on its onboarding.
 * https://docs.zrobank.io/baas/endpoints/
 * v-1-upload-legal-person-onboarding-document-rest-controller-execute-v-1 */
#include "providers/sandbox/zro.h"

/* As they are sent, and as the older revision (2025) shows them. */
static const char *const types[] = { "social_contract", "balance_sheet",
				     "revenue_statement", "kyc_aml_policy",
				     NULL };
static const char *const older_types[] = { "contrato_social",
					   "balanco_patrimonial",
					   "declaracao_faturamento",
					   "politica_kyc_pld" };

static const char *shown_type(const json_t *record, const json_t *document)
{
	size_t i = 0;

	while (types[i] && !zro_is(document, "type", types[i]))
		i++;
	return types[i] && zro_flag(record, "older")
		       ? older_types[i]
		       : zro_text(document, "type");
}

static json_t *show(const json_t *record, const json_t *document)
{
	return json_pack("{ss ss ss ss ss}", "id", zro_text(document, "id"),
			 "file_id", zro_text(document, "file_id"), "type",
			 shown_type(record, document), "created_at",
			 zro_text(document, "created_at"), "updated_at",
			 zro_text(document, "updated_at"));
}

/* The onboarding of the path, when it takes files; NULL: refused. */
static json_t *pending(struct call *call, const json_t *record)
{
	json_t *onboarding = zro_onboarding(call, record);

	if (!onboarding || zro_is(onboarding, "status", "pending"))
		return onboarding;
	zro_deny(call, "ONBOARDING_INVALID_STATUS", NULL);
	return NULL;
}

static bool check_form(struct call *call)
{
	static const struct zro_part parts[] = {
		{ "type", false, false },
		{ "file", true, false },
		{ NULL, false, false },
	};

	return zro_parts_fit(call, parts, ZRO_COMPANY_FILE_MOST) &&
	       zro_is_one_of(call, form_data_text(call->form, "type"), types,
			     "type");
}

static void store(struct call *call, json_t *record, const json_t *onboarding,
		  const char *id)
{
	const struct zro_paper paper = { id,
					 "company",
					 zro_text(onboarding, "id"),
					 form_data_text(call->form, "type"),
					 "",
					 "" };
	json_t *document = zro_store(call, record, &paper,
				     form_data_part(call->form, "file"));

	if (zro_keep(call, record, true))
		zro_answer(
			call, record, 201,
			json_pack(
				"{ss ss ss ss ss ss ss}", "id",
				zro_text(onboarding, "id"), "status",
				zro_text(onboarding, "status"), "created_at",
				zro_text(document, "created_at"), "updated_at",
				zro_text(document, "updated_at"), "document_id",
				zro_text(document, "id"), "file_id",
				zro_text(document, "file_id"), "document_type",
				shown_type(record, document)));
}

/* POST …/legal-person/{id}/documents */
void zro_send_company_file(struct call *call)
{
	json_t *record, *onboarding;
	char id[UUID_SIZE];

	if (!zro_transaction(call, true, id))
		return;
	record = zro_customer_of(call, ZRO_LEGAL);
	if (!record)
		return;
	onboarding = pending(call, record);
	if (onboarding && check_form(call) &&
	    zro_fresh_document(call, record, id))
		store(call, record, onboarding, id);
	json_decref(record);
}

/* GET …/legal-person/{id}/documents */
void zro_list_company_files(struct call *call)
{
	json_t *record = zro_customer(call), *onboarding, *list, *one;
	const char *id;
	size_t i;

	if (!record)
		return;
	onboarding = zro_onboarding(call, record);
	if (!onboarding)
		goto out;
	id = zro_text(onboarding, "id");
	list = json_array();
	json_array_foreach(json_object_get(record, "documents"), i, one)
	{
		if (zro_counts(one, "company", id))
			json_array_append_new(list, show(record, one));
	}
	zro_answer(call, record, 200,
		   json_pack("{ss so}", "id", id, "documents", list));
out:
	json_decref(record);
}

static json_t *document_of(struct call *call, const json_t *record,
			   const json_t *onboarding)
{
	char id[UUID_SIZE];

	if (!onboarding || !zro_id(call, 1, "doc_id", id))
		return NULL;
	return zro_document(call, record, "company", zro_text(onboarding, "id"),
			    id);
}

/* GET …/legal-person/{id}/documents/{doc_id} */
void zro_read_company_file(struct call *call)
{
	json_t *record = zro_customer(call), *document;

	if (!record)
		return;
	document = document_of(call, record, zro_onboarding(call, record));
	if (document)
		zro_answer(call, record, 200, show(record, document));
	json_decref(record);
}

/* PATCH …/legal-person/{id}/documents/{doc_id} */
void zro_replace_company_file(struct call *call)
{
	char unused[UUID_SIZE];
	json_t *record, *old, *document;

	if (!zro_transaction(call, false, unused))
		return;
	record = zro_customer_of(call, ZRO_LEGAL);
	if (!record)
		return;
	old = document_of(call, record, pending(call, record));
	if (!old || !check_form(call))
		goto out;
	if (!zro_is(old, "type", form_data_text(call->form, "type"))) {
		zro_deny(call, "VALIDATION", "type");
		goto out;
	}
	document = zro_replace(call, record, old,
			       form_data_part(call->form, "file"), false);
	if (zro_keep(call, record, true))
		zro_answer(call, record, 200, show(record, document));
out:
	json_decref(record);
}
