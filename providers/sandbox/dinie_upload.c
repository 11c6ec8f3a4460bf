/* SPDX-License-Identifier: MIT */
/*
 * Dinie: taking a document, or refusing it.
 * https://dinie.nexaedge.dev/apis/openapi/customers/uploaddocument.md
 */
#include "providers/sandbox/dinie.h"
#include "providers/sandbox/form_data.h"

#define FILE_MOST      ((uint64_t)25000000)
#define DOCUMENTS_MOST 2000

/* No file at all is 400 on the pages, any other field that is missing 422. */
static bool parts_fit(struct call *call, const struct form_part *type,
		      const struct form_part *file)
{
	const char *kind;

	for (size_t i = 0; i < form_data_count(call->form); i++) {
		const struct form_part *part = form_data_at(call->form, i);

		if (part == type || part == file)
			continue;
		dinie_refuse_field(call, part->name, NULL,
				   "this part is not known");
		return false;
	}
	if (!file || file->value) {
		dinie_problem(call, 400, "missing_file", "file",
			      "a file part is needed", NULL);
		return false;
	}
	if (!type || !type->value || !*type->value) {
		dinie_refuse_field(call, "type", "missing_required_field",
				   "type is needed");
		return false;
	}
	kind = form_part_kind(file);
	if (!kind || strcmp(kind, file->content_type)) {
		dinie_refuse_field(call, "file", NULL,
				   kind ? "file does not hold what its "
					  "Content-Type says"
					: "file must be PDF, JPEG or PNG");
		return false;
	}
	return true;
}

/* The item that TYPE stands for, if it may be sent now; NULL: refused. */
static json_t *item_for(struct call *call, const json_t *record,
			const char *type)
{
	json_t *item = dinie_item(record, "document", type);

	if (dinie_is(record, "status", "active") ||
	    dinie_is(record, "status", "denied")) {
		dinie_problem(call, 409, NULL, NULL,
			      "the customer takes no more documents", NULL);
		return NULL;
	}
	if (!item || !strcmp(type, DINIE_BIOMETRICS)) {
		dinie_refuse_field(call, "type", NULL,
				   item ? "biometrics cannot be uploaded"
					: "type is not in the customer's kyc");
		return NULL;
	}
	if (!dinie_is_open(item)) {
		dinie_problem(call, 409, NULL, "type",
			      "this document was submitted already", NULL);
		return NULL;
	}
	if (json_array_size(json_object_get(record, "documents")) >=
	    DOCUMENTS_MOST) {
		dinie_problem(call, 409, NULL, NULL,
			      "there are too many documents", NULL);
		return NULL;
	}
	return item;
}

/* What became of the item of TYPE that was sent just now. */
static const char *status_of(const json_t *record, const char *type)
{
	const json_t *item = dinie_item(record, "document", type);

	if (!item)
		return "approved";
	return *dinie_text(item, "message") ? "rejected" : "submitted";
}

static void keep_document(struct call *call, json_t *record, json_t *item,
			  const char *type)
{
	const struct form_part *file = form_data_part(call->form, "file");
	char uuid[UUID_SIZE], cust[CUST_SIZE], now[MOMENT_SIZE];
	const char *hex = cust + sizeof("cust_") - 1;

	uuid_new(uuid);
	dinie_id(uuid, cust);
	moment_text(call->now, now);
	json_array_append_new(
		json_object_get(record, "documents"),
		json_pack("{ss+ ss ss ss sI ss ss}", "id", "doc_", hex, "type",
			  type, "kind", file->content_type, "sha256",
			  file->sha256, "bytes", (json_int_t)file->bytes,
			  "reason", file->reason, "sentAt", now));
	dinie_sent(record, item, call->now, call->now + call->review_ms,
		   file->reason);
	if (dinie_keep(call, record, true))
		call_json(call, 201,
			  json_pack("{ss+ ss ss ss ss ss}", "id", "doc_", hex,
				    "type", type, "status",
				    status_of(record, type), "uploaded_at", now,
				    "created_at", now, "updated_at", now));
}

void dinie_upload(struct call *call)
{
	const struct form_part *file = form_data_part(call->form, "file");
	const struct form_part *type = form_data_part(call->form, "type");
	json_t *record = dinie_customer(call), *item;

	if (!record)
		return;
	if (file && file->bytes > FILE_MOST) {
		dinie_refuse(call, 413, "file must not be larger than 25 MB");
		goto out;
	}
	if (!parts_fit(call, type, file))
		goto out;
	item = item_for(call, record, type->value);
	if (item)
		keep_document(call, record, item, type->value);
out:
	json_decref(record);
}
