/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: taking a document, or refusing it, and listing what is there.
 * https://developers.dwolla.com/docs/balance/api-reference/documents/create-document-for-customer
 */
#include "providers/sandbox/dwolla.h"

#include <strings.h>

#include "providers/sandbox/form_data.h"

#define PENDING_MOST   4
#define DOCUMENTS_MOST 2000

/* What a file of a type is called. */
static const struct kind {
	const char *type;
	const char *endings[3];
} kinds[] = {
	{ "image/jpeg", { ".jpg", ".jpeg", NULL } },
	{ "image/png", { ".png", NULL, NULL } },
	{ "application/pdf", { ".pdf", NULL, NULL } },
};

static bool ends_in(const char *name, const char *const *endings)
{
	const char *dot = strrchr(name, '.');

	for (; dot && *endings; endings++)
		if (!strcasecmp(dot, *endings))
			return true;
	return false;
}

/* Do FILE's bytes, its Content-Type and its name say the same, and is that
 * taken where only images may be? */
static bool file_fits(const struct form_part *file, bool images)
{
	const char *type = form_part_kind(file);
	const struct kind *kind = kinds;

	if (!type || strcmp(type, file->content_type) != 0)
		return false;
	while (strcmp(kind->type, type) != 0)
		kind++;
	if (!ends_in(file->filename, kind->endings))
		return false;
	return !images || strcmp(type, "application/pdf") != 0;
}

static const char *part_text(const struct form_data *form, const char *name)
{
	const char *text = form_data_text(form, name);

	return text ? text : "";
}

static bool is_id(const char *type)
{
	return !strcmp(type, "passport") || !strcmp(type, "license") ||
	       !strcmp(type, "idCard");
}

static void check_names(json_t *list, const struct form_data *form)
{
	size_t i;

	for (i = 0; i < form_data_count(form); i++) {
		const char *name = form_data_at(form, i)->name;

		if (strcmp(name, "documentType") != 0 &&
		    strcmp(name, "file") != 0)
			dwolla_complain(list, "NotAllowed", "",
					"A part is not allowed.");
	}
}

/* The parts, each of its sort. PERSON: only an ID makes sense. */
static json_t *check_form(const struct form_data *form, bool person)
{
	const struct form_part *type = form_data_part(form, "documentType");
	const struct form_part *file = form_data_part(form, "file");
	const char *text = part_text(form, "documentType");
	json_t *list = json_array();

	check_names(list, form);
	if (!type || (type->value && !*text))
		dwolla_complain(list, "Required", "/documentType",
				"DocumentType required.");
	else if (!is_id(text) && (person || strcmp(text, "other") != 0))
		dwolla_complain(list, "Invalid", "/documentType",
				"DocumentType is not a known value.");
	if (!file || (!file->value && !file->bytes))
		dwolla_complain(list, "Required", "/file", "File required.");
	else if (file->value)
		dwolla_complain(list, "Invalid", "/file",
				"File must be a file.");
	return list;
}

static size_t count_pending(const json_t *record, const char *owner)
{
	json_t *document;
	size_t i, count = 0;

	json_array_foreach(json_object_get(record, "documents"), i, document)
	{
		count += dwolla_is(document, "owner", owner) &&
			 dwolla_is(document, "verdict", "pending");
	}
	return count;
}

/* The same bytes of the same OWNER, whatever became of them; or NULL. */
static const json_t *same_file(const json_t *record, const char *owner,
			       const char *sha256)
{
	json_t *document;
	size_t i;

	json_array_foreach(json_object_get(record, "documents"), i, document)
	{
		if (dwolla_is(document, "owner", owner) &&
		    dwolla_is(document, "sha256", sha256))
			return document;
	}
	return NULL;
}

static void refuse_duplicate(struct call *call, const json_t *document)
{
	char about[sizeof("/documents/") + UUID_SIZE];

	snprintf(about, sizeof(about), "/documents/%s",
		 dwolla_text(document, "id"));
	dwolla_refuse_about(call, "DuplicateResource",
			    "Document already exists.", about, "document");
}

/* Is the document good? Else refused. */
static bool document_fits(struct call *call, const json_t *record,
			  const char *owner)
{
	const struct form_part *file = form_data_part(call->form, "file");
	bool person = *owner || !dwolla_is_business(record);
	const char *type = part_text(call->form, "documentType");
	const json_t *same;

	if (dwolla_refuse_list(call, check_form(call->form, person)))
		return false;
	if (!file_fits(file, is_id(type))) {
		dwolla_refuse_code(call, 400, "invalidFileType",
				   "File types supported: Personal IDs - .jpg, "
				   ".jpeg or .png. Business Documents - .jpg, "
				   ".jpeg, .png, or .pdf.");
		return false;
	}
	same = same_file(record, owner, file->sha256);
	if (same) {
		refuse_duplicate(call, same);
		return false;
	}
	if (count_pending(record, owner) < PENDING_MOST &&
	    json_array_size(json_object_get(record, "documents")) <
		    DOCUMENTS_MOST)
		return true;
	dwolla_refuse_code(call, 400, "maximumNumberOfResources",
			   "Max of four files upload allowed. Please wait for "
			   "Dwolla to manually check the documents.");
	return false;
}

static void keep_document(struct call *call, json_t *record, const char *owner)
{
	const struct form_part *file = form_data_part(call->form, "file");
	char id[UUID_SIZE], now[MOMENT_SIZE];

	uuid_new(id);
	moment_text(call->now, now);
	json_array_append_new(
		json_object_get(record, "documents"),
		json_pack("{ss ss ss ss sI ss ss ss ss sI ss}", "id", id,
			  "type", part_text(call->form, "documentType"),
			  "owner", owner, "sha256", file->sha256, "bytes",
			  (json_int_t)file->bytes, "kind", file->content_type,
			  "name", file->filename, "mark", file->reason,
			  "created", now, "due",
			  (json_int_t)(call->now + call->review_ms), "verdict",
			  "pending"));
	dwolla_event(record, call->now,
		     *owner ? "customer_beneficial_owner_verification_document_"
			      "uploaded"
			    : "customer_verification_document_uploaded",
		     "documents", id);
	if (dwolla_keep(call, record, true))
		dwolla_created(call, "documents", id);
}

void dwolla_upload(struct call *call)
{
	json_t *record = dwolla_customer(call);

	if (!record) {
		/* Its page spells this one otherwise. */
		if (call->status == 404)
			dwolla_refuse_code(call, 404, "notFound",
					   "Customer not found.");
		return;
	}
	if (!dwolla_in(record, "document"))
		dwolla_refuse_code(call, 403, "invalidResourceState",
				   "Resource cannot be modified.");
	else if (document_fits(call, record, ""))
		keep_document(call, record, "");
	json_decref(record);
}

void dwolla_upload_for_owner(struct call *call)
{
	json_t *owner, *record = dwolla_owner(call, &owner);
	const char *id = dwolla_text(owner, "id");

	if (!record)
		return;
	if (!dwolla_is(owner, "verificationStatus", "document") ||
	    dwolla_in(record, "suspended") || dwolla_in(record, "deactivated"))
		dwolla_refuse_code(call, 403, "Forbidden",
				   "Not authorized to create documents.");
	else if (document_fits(call, record, id))
		keep_document(call, record, id);
	json_decref(record);
}

/* Listing. */

static void list_documents(struct call *call, const json_t *record,
			   const char *owner, const char *kind)
{
	json_t *links = json_object(), *list = json_array(), *document;
	size_t i;

	json_array_foreach(json_object_get(record, "documents"), i, document)
	{
		if (dwolla_is(document, "owner", owner))
			json_array_append_new(
				list,
				dwolla_show_document(document, call->base));
	}
	dwolla_link(links, "self", "document", call->base, "/%s/%s/documents",
		    kind, *owner ? owner : dwolla_text(record, "id"));
	dwolla_answer(call, 200,
		      json_pack("{so s{sO} sI}", "_links", links, "_embedded",
				"documents", list, "total",
				(json_int_t)json_array_size(list)));
	json_decref(list);
}

void dwolla_list_documents(struct call *call)
{
	json_t *record = dwolla_customer(call);

	if (record)
		list_documents(call, record, "", "customers");
	json_decref(record);
}

void dwolla_list_documents_of_owner(struct call *call)
{
	json_t *owner, *record = dwolla_owner(call, &owner);

	if (record)
		list_documents(call, record, dwolla_text(owner, "id"),
			       "beneficial-owners");
	json_decref(record);
}
