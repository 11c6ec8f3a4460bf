/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: the papers of a legal representative; they hang on the account.
 * The second version takes one file a request, the first all at once.
 * https://docs.zrobank.io/baas/endpoints/
 * v-2-upload-legal-representative-document-file-rest-controller-execute-v-2
 */
#include "providers/sandbox/zro.h"

static const char owner[] = "representative";
static const char identity[] = "identity_document";

static json_t *show(const json_t *document, bool whole)
{
	const char *side = zro_text(document, "side");
	const char *family = zro_text(document, "family");
	json_t *shown =
		json_pack("{ss ss ss ss}", "id", zro_text(document, "id"),
			  "file_id", zro_text(document, "file_id"), "file_name",
			  zro_text(document, "file_name"), "created_at",
			  zro_text(document, "created_at"));

	if (!whole)
		return shown;
	json_object_set(shown, "updated_at",
			json_object_get(document, "updated_at"));
	json_object_set_new(shown, "type",
			    json_sprintf("%s%s%s", zro_text(document, "type"),
					 *side ? "_" : "", side));
	if (*family)
		json_object_set_new(shown, "identity_document_type",
				    json_string(family));
	return shown;
}

/* The type of identity document and its side, where they belong. */
static bool check_identity(struct call *call, const char *type)
{
	static const char *const families[] = { "national_id", "driver_license",
						"passport", NULL };
	static const char *const sides[] = { "front", "back", NULL };
	const char *family =
		form_data_text(call->form, "identity_document_type");
	const char *side = form_data_text(call->form, "document_side");

	if (strcmp(type, identity)) {
		if (family)
			return zro_deny(call, "VALIDATION",
					"identity_document_type");
		return !side || zro_deny(call, "VALIDATION", "document_side");
	}
	if (!family)
		return zro_deny(call, "MISSING_DATA", "identity_document_type");
	if (!zro_is_one_of(call, family, families, "identity_document_type"))
		return false;
	if (!strcmp(family, "passport"))
		return !side || zro_deny(call, "VALIDATION", "document_side");
	if (!side)
		return zro_deny(call, "MISSING_DATA", "document_side");
	return zro_is_one_of(call, side, sides, "document_side");
}

static bool check_one(struct call *call)
{
	static const struct zro_part parts[] = {
		{ "document_type", false, false },
		{ "identity_document_type", false, true },
		{ "document_side", false, true },
		{ "file", true, false },
		{ NULL, false, false },
	};
	static const char *const types[] = { "selfie",
					     "identity_document",
					     "qualification_declaration",
					     "income_declaration",
					     "address_proof",
					     NULL };
	size_t last = form_data_count(call->form);
	const char *type;

	if (!zro_parts_fit(call, parts, ZRO_FILE_MOST))
		return false;
	/* Text parts come first. */
	if (strcmp(form_data_at(call->form, last - 1)->name, "file"))
		return zro_deny(call, "VALIDATION", "file");
	type = form_data_text(call->form, "document_type");
	return zro_is_one_of(call, type, types, "document_type") &&
	       check_identity(call, type);
}

static void store_one(struct call *call, json_t *record, const char *of,
		      const char *id)
{
	const char *family =
		form_data_text(call->form, "identity_document_type");
	const char *side = form_data_text(call->form, "document_side");
	/* A passport has no sides, and is kept as if it were a front. */
	const struct zro_paper paper = {
		id,
		owner,
		of,
		form_data_text(call->form, "document_type"),
		side	 ? side
		: family ? "front"
			 : "",
		family ? family : "",
	};
	json_t *document = zro_store(call, record, &paper,
				     form_data_part(call->form, "file"));

	if (zro_keep(call, record, true))
		zro_answer(call, record, 201, show(document, true));
}

/* POST /v2/users/legal-representatives/{id}/documents */
void zro_send_person_file(struct call *call)
{
	json_t *record, *person;
	char id[UUID_SIZE];

	if (!zro_transaction(call, true, id))
		return;
	record = zro_open_customer(call);
	if (!record)
		return;
	/* Where the older revision runs there is no such path. */
	if (zro_flag(record, "older")) {
		zro_deny(call, "DEFAULT", NULL);
		goto out;
	}
	person = zro_representative(call, record);
	if (person && check_one(call) && zro_fresh_document(call, record, id))
		store_one(call, record, zro_text(person, "id"), id);
out:
	json_decref(record);
}

/* POST /v1/users/legal-representatives/{id}/documents */

static const struct zro_part all_parts[] = {
	{ "identity_document_type", false, false },
	{ "selfie", true, false },
	{ "identity_document", true, false },
	{ "qualification_declaration", true, false },
	{ "income_declaration", true, true },
	{ "address_proof", true, true },
	{ NULL, false, false },
};

static bool check_all(struct call *call)
{
	static const char *const families[] = { "id", "cnh", "passport", NULL };

	return zro_parts_fit(call, all_parts, ZRO_FILE_MOST) &&
	       zro_is_one_of(
		       call,
		       form_data_text(call->form, "identity_document_type"),
		       families, "identity_document_type");
}

/* Returns what was stored, as it is shown. */
static json_t *store_all(struct call *call, json_t *record, const char *of)
{
	const char *family =
		form_data_text(call->form, "identity_document_type");
	const struct zro_part *known;
	json_t *list = json_array();

	for (known = all_parts; known->name; known++) {
		const struct form_part *part =
			form_data_part(call->form, known->name);
		bool is_identity = !strcmp(known->name, identity);

		if (!part || !known->file)
			continue;
		json_array_append_new(
			list,
			show(zro_store(call, record,
				       &(struct zro_paper){
					       NULL, owner, of, known->name, "",
					       is_identity ? family : "" },
				       part),
			     true));
	}
	return list;
}

void zro_send_person_files(struct call *call)
{
	json_t *record, *person, *list;
	char unused[UUID_SIZE];

	if (!zro_transaction(call, true, unused))
		return;
	record = zro_open_customer(call);
	if (!record)
		return;
	person = zro_representative(call, record);
	if (!person || !check_all(call) ||
	    !zro_fresh_document(call, record, unused))
		goto out;
	list = store_all(call, record, zro_text(person, "id"));
	if (zro_keep(call, record, true))
		zro_answer(call, record, 201, list);
	else
		json_decref(list);
out:
	json_decref(record);
}

/* GET /v1/users/legal-representatives/{id}/documents */
void zro_list_person_files(struct call *call)
{
	json_t *record = zro_customer(call), *person, *list, *one;
	size_t i;

	if (!record)
		return;
	person = zro_representative(call, record);
	if (!person)
		goto out;
	list = json_array();
	json_array_foreach(json_object_get(record, "documents"), i, one)
	{
		if (zro_counts(one, owner, zro_text(person, "id")))
			json_array_append_new(list, show(one, true));
	}
	zro_answer(call, record, 200, list);
out:
	json_decref(record);
}

static json_t *document_of(struct call *call, const json_t *record,
			   const json_t *person)
{
	char id[UUID_SIZE];

	if (!person || !zro_id(call, 1, "doc_id", id))
		return NULL;
	return zro_document(call, record, owner, zro_text(person, "id"), id);
}

/* GET /v1/users/legal-representatives/{id}/documents/{doc_id} */
void zro_read_person_file(struct call *call)
{
	json_t *record = zro_customer(call), *document;

	if (!record)
		return;
	document = document_of(call, record, zro_representative(call, record));
	if (document)
		zro_answer(call, record, 200, show(document, true));
	json_decref(record);
}

/* PUT /v1/users/legal-representatives/{id}/documents/{doc_id}
 *
 * The name of the part is not published: it is "file" here, and "document"
 * in answer to an account that looks like the older revisions. */
void zro_replace_person_file(struct call *call)
{
	char unused[UUID_SIZE];
	json_t *record, *old, *document;
	struct zro_part parts[] = {
		{ "file", true, false },
		{ NULL, false, false },
	};

	if (!zro_transaction(call, true, unused))
		return;
	record = zro_open_customer(call);
	if (!record)
		return;
	if (zro_flag(record, "older"))
		parts[0].name = "document";
	old = document_of(call, record, zro_representative(call, record));
	if (old && zro_parts_fit(call, parts, ZRO_FILE_MOST)) {
		document = zro_replace(
			call, record, old,
			form_data_part(call->form, parts[0].name), false);
		if (zro_keep(call, record, true))
			zro_answer(call, record, 200, show(document, false));
	}
	json_decref(record);
}
