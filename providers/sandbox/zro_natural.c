/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: onboarding of a natural person. There is no finalize: all files
 * in one request submit it.
 * https://docs.zrobank.io/baas/guides/natural-person-onboarding
 */
#include "providers/sandbox/zro.h"

#include "forms/mem.h"

static const char *const families[] = { "rg", "cnh", NULL };

/* POST /v1/users/onboardings */
void zro_create_natural(struct call *call)
{
	json_t *record = zro_customer_of(call, ZRO_NATURAL);

	if (record && zro_check_natural(call))
		zro_begin(call, record, 409);
	json_decref(record);
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

/* POST /v1/users/onboardings/{id}/documents */

/* A: document_file_type and both sides; B: document_id; never both. */
static bool check_method(struct call *call)
{
	static const char *const physical[] = { "document_file_type",
						"document_front",
						"document_back" };
	bool digital = form_data_part(call->form, "document_id");

	for (size_t i = 0; i < 3; i++) {
		bool there = form_data_part(call->form, physical[i]);

		if (there && digital)
			return zro_deny(call, "VALIDATION", "document_id");
		if (!there && !digital)
			return zro_deny(call, "MISSING_DATA", physical[i]);
	}
	return digital ||
	       zro_is_one_of(call, form_data_text(call->form, physical[0]),
			     families, physical[0]);
}

static bool check_files(struct call *call)
{
	static const struct zro_part parts[] = {
		{ "document_file_type", false, true },
		{ "document_id", false, true },
		{ "document_front", true, true },
		{ "document_back", true, true },
		{ "selfie", true, false },
		{ "address_proof", true, true },
		{ NULL, false, false },
	};

	if (!zro_parts_fit(call, parts, ZRO_FILE_MOST) || !check_method(call))
		return false;
	return zro_is_jpeg(form_data_part(call->form, "selfie")) ||
	       zro_deny(call, "INVALID_DOCUMENT_FORMAT", "selfie");
}

/* As the provider names a file in its list. */
static void name_file(json_t *document)
{
	static const struct {
		const char *type, *name;
	} names[] = {
		{ "document_front", " - Front." },
		{ "document_back", " - Back." },
		{ "selfie", "Selfie." },
		{ "address_proof", "Address proof." },
	};
	bool card = zro_is(document, "family", "cnh");
	size_t i = 0;

	while (i < 3 && !zro_is(document, "type", names[i].type))
		i++;
	json_object_set(document, "sent_as",
			json_object_get(document, "file_name"));
	json_object_set_new(document, "file_name",
			    json_sprintf("%s%s",
					 i > 1	? ""
					 : card ? "CNH"
						: "RG",
					 names[i].name));
}

static void store_files(struct call *call, json_t *record, json_t *onboarding)
{
	static const char *const types[] = { "document_front", "document_back",
					     "selfie", "address_proof" };
	const char *family = form_data_text(call->form, "document_file_type");

	for (size_t i = 0; i < 4; i++) {
		const struct form_part *part =
			form_data_part(call->form, types[i]);
		bool sided = i < 2;

		if (part)
			name_file(zro_store(
				call, record,
				&(struct zro_paper){
					NULL, "person",
					zro_text(onboarding, "id"), types[i],
					sided ? types[i] + 9 : "",
					sided && family ? family : "" },
				part));
	}
	json_object_set_new(onboarding, "due",
			    json_integer(call->now + call->review_ms));
}

static bool has_files(const json_t *record, const char *onboarding)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(record, "documents"), i, one)
	{
		if (zro_counts(one, "person", onboarding))
			return true;
	}
	return false;
}

void zro_send_natural(struct call *call)
{
	json_t *record = zro_customer_of(call, ZRO_NATURAL), *onboarding;

	if (!record)
		return;
	onboarding = pending(call, record);
	if (!onboarding || !check_files(call))
		goto out;
	/* What was sent is replaced one by one; twice is not described. */
	if (has_files(record, zro_text(onboarding, "id"))) {
		zro_deny(call, "ONBOARDING_INVALID_STATUS", NULL);
		goto out;
	}
	store_files(call, record, onboarding);
	if (zro_keep(call, record, true))
		zro_answer(call, record, 200, NULL);
out:
	json_decref(record);
}

/* GET /v1/users/onboardings/{id}/documents */

static json_t *show_file(const struct call *call, const json_t *record,
			 const json_t *document)
{
	(void)call;
	(void)record;
	return json_pack("{ss ss ss ss}", "file_id",
			 zro_text(document, "file_id"), "file_name",
			 zro_text(document, "file_name"), "created_at",
			 zro_text(document, "created_at"), "updated_at",
			 zro_text(document, "updated_at"));
}

void zro_list_natural_files(struct call *call)
{
	json_t *record = zro_customer(call), *onboarding, *list, *document;
	size_t i;

	if (!record)
		return;
	onboarding = zro_onboarding(call, record);
	if (!onboarding)
		goto out;
	list = json_array();
	json_array_foreach(json_object_get(record, "documents"), i, document)
	{
		if (zro_counts(document, "person", zro_text(onboarding, "id")))
			json_array_append_new(
				list, show_file(call, record, document));
	}
	if (zro_flag(record, "older"))
		zro_answer(
			call, record, 200,
			zro_page_make(&(struct zro_page){ 1, 20, NULL, false },
				      json_array_size(list), list));
	else
		zro_answer(call, record, 200, list);
out:
	json_decref(record);
}

/* PUT /v1/users/onboardings/{id}/documents/{doc_id}, the file's id */

static bool check_replacement(struct call *call)
{
	static const struct zro_part parts[] = {
		{ "type", false, false },
		{ "document_file_type", false, true },
		{ "document", true, false },
		{ NULL, false, false },
	};
	static const char *const types[] = { "selfie", "document_front",
					     "document_back", "address_proof",
					     NULL };
	const char *type, *family;

	if (!zro_parts_fit(call, parts, ZRO_FILE_MOST))
		return false;
	type = form_data_text(call->form, "type");
	family = form_data_text(call->form, "document_file_type");
	if (!zro_is_one_of(call, type, types, "type"))
		return false;
	if (!strncmp(type, "document_", 9)) {
		if (!family)
			return zro_deny(call, "MISSING_DATA",
					"document_file_type");
		return zro_is_one_of(call, family, families,
				     "document_file_type");
	}
	if (family)
		return zro_deny(call, "VALIDATION", "document_file_type");
	return strcmp(type, "selfie") ||
	       zro_is_jpeg(form_data_part(call->form, "document")) ||
	       zro_deny(call, "INVALID_DOCUMENT_FORMAT", "document");
}

static json_t *by_file(struct call *call, const json_t *record,
		       const json_t *onboarding, const char *file_id)
{
	json_t *document;
	size_t i;

	json_array_foreach(json_object_get(record, "documents"), i, document)
	{
		if (zro_counts(document, "person",
			       zro_text(onboarding, "id")) &&
		    zro_is(document, "file_id", file_id))
			return document;
	}
	zro_deny(call, "DOCUMENT_NOT_FOUND", NULL);
	return NULL;
}

static void replace_file(struct call *call, json_t *record, json_t *onboarding,
			 json_t *old)
{
	const char *family = form_data_text(call->form, "document_file_type");
	json_t *document =
		zro_replace(call, record, old,
			    form_data_part(call->form, "document"), true);

	json_object_set_new(document, "family",
			    json_string(family ? family : ""));
	/* The list of files shows no other time. */
	json_object_set(document, "created_at",
			json_object_get(document, "updated_at"));
	name_file(document);
	json_object_set_new(onboarding, "due",
			    json_integer(call->now + call->review_ms));
	if (zro_keep(call, record, true))
		zro_answer(call, record, 200, NULL);
}

void zro_replace_natural_file(struct call *call)
{
	json_t *record, *onboarding, *old;
	char unused[UUID_SIZE], file_id[UUID_SIZE];

	if (!zro_transaction(call, false, unused) ||
	    !zro_id(call, 1, "doc_id", file_id))
		return;
	record = zro_customer_of(call, ZRO_NATURAL);
	if (!record)
		return;
	onboarding = pending(call, record);
	if (!onboarding || !check_replacement(call))
		goto out;
	old = by_file(call, record, onboarding, file_id);
	if (old && !zro_is(old, "type", form_data_text(call->form, "type")))
		zro_deny(call, "VALIDATION", "type");
	else if (old)
		replace_file(call, record, onboarding, old);
out:
	json_decref(record);
}
