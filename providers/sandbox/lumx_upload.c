/* SPDX-License-Identifier: MIT */
/*
 * Lumx: taking a document, or refusing it.
 * https://docs.lumx.io/api-reference/customers/upload-a-document.md
 */
#include "providers/sandbox/form_data.h"
#include "providers/sandbox/lumx.h"

#define FILE_MOST      ((uint64_t)50000000)
#define DOCUMENTS_MOST 2000

/* The parts that there may be, each of the right sort. */
static void check_parts(json_t *list, const struct form_data *form)
{
	static const char *const names[] = {
		"file", "type", "country", "side", "associatedPartyId", NULL
	};
	size_t i, k;

	for (i = 0; i < form_data_count(form); i++) {
		const struct form_part *part = form_data_at(form, i);

		for (k = 0; names[k] && strcmp(names[k], part->name); k++)
			continue;
		if (!names[k])
			json_array_append_new(
				list,
				json_string("a part should not exist: its "
					    "name is not known"));
		else if (!part->value != !strcmp(part->name, "file"))
			json_array_append_new(
				list,
				json_sprintf("%s must%s be a file", part->name,
					     k ? " not" : ""));
	}
}

static void check_file(json_t *list, const struct form_part *file)
{
	const char *kind = file ? form_part_kind(file) : NULL;

	if (!file)
		json_array_append_new(list,
				      json_string("file should not be empty"));
	else if (!file->value && !file->bytes)
		json_array_append_new(list, json_string("file is empty"));
	else if (!file->value && !kind)
		json_array_append_new(
			list, json_string("file must be JPG, PNG or PDF"));
	else if (!file->value && strcmp(kind, file->content_type))
		json_array_append_new(list,
				      json_string("file does not hold what its "
						  "Content-Type says"));
}

static void check_side(json_t *list, const struct lumx_document *document,
		       const char *side)
{
	if (side && strcmp(side, "FRONT_SIDE") && strcmp(side, "BACK_SIDE"))
		json_array_append_new(list,
				      json_string("side must be FRONT_SIDE or "
						  "BACK_SIDE"));
	else if (document && document->sided && !side)
		json_array_append_new(
			list, json_sprintf("side should not be empty for %s",
					   document->type));
	else if (document && !document->sided && side)
		json_array_append_new(
			list, json_sprintf("side should not exist for %s",
					   document->type));
}

/* What can be said of the form alone. */
static json_t *check_form(const struct form_data *form)
{
	const char *type = form_data_text(form, "type");
	const char *country = form_data_text(form, "country");
	const char *party = form_data_text(form, "associatedPartyId");
	const struct lumx_document *document =
		type ? lumx_document_find(type) : NULL;
	json_t *list = json_array();
	char id[UUID_SIZE];

	check_parts(list, form);
	check_file(list, form_data_part(form, "file"));
	if (!document)
		json_array_append_new(
			list, json_string(type ? "type must be a valid enum "
						 "value"
					       : "type should not be empty"));
	check_side(list, document, form_data_text(form, "side"));
	if (!country || !lumx_country(country))
		json_array_append_new(
			list, json_string("country must be an ISO 3166-1 "
					  "alpha-3 country code"));
	if (party && !uuid_read(party, id))
		json_array_append_new(
			list, json_string("associatedPartyId must be a UUID"));
	return list;
}

/* May the owner (the customer, or PARTY) send DOCUMENT? Else refused. */
static bool owner_fits(struct call *call, const json_t *record,
		       const char *party, const struct lumx_document *document)
{
	const json_t *shape = json_object_get(record, "customer");
	const json_t *owner = *party ? lumx_party(record, party) : shape;
	unsigned who;

	if (*party && !lumx_is(shape, "type", "BUSINESS")) {
		lumx_refuse_field(call,
				  "associatedPartyId should not exist for an "
				  "individual");
		return false;
	}
	if (!owner) {
		lumx_refuse(call, 404, "associated party not found");
		return false;
	}
	who = lumx_is(owner, "type", "INDIVIDUAL") ? LUMX_FOR_PERSON
						   : LUMX_FOR_COMPANY;
	if (document->who & who)
		return true;
	lumx_refuse_field(call, who == LUMX_FOR_PERSON
					? "type is for a business"
					: "type is for a person: "
					  "associatedPartyId is missing");
	return false;
}

/* Does the order of things allow it now? Else refused. */
static bool order_fits(struct call *call, const json_t *record,
		       const char *party, const char *type, const char *side)
{
	const json_t *shape = json_object_get(record, "customer");
	const char *why = NULL;

	if (!json_object_get(shape, "additionalInformation"))
		why = "additional information must be sent before documents";
	else if (!strcmp(side, "BACK_SIDE") &&
		 !lumx_newest(record, party, type, "FRONT_SIDE"))
		why = "the front side must be sent before the back side";
	else if (json_array_size(json_object_get(record, "documents")) >=
		 DOCUMENTS_MOST)
		why = "there are too many documents";
	if (why)
		lumx_refuse(call, 409, why);
	return !why;
}

static void keep_document(struct call *call, json_t *record, const char *party,
			  const char *side)
{
	const struct form_part *file = form_data_part(call->form, "file");
	char now[MOMENT_SIZE];

	moment_text(call->now, now);
	json_array_append_new(
		json_object_get(record, "documents"),
		json_pack("{ss ss ss ss ss ss sI ss ss}", "type",
			  form_data_text(call->form, "type"), "country",
			  form_data_text(call->form, "country"), "side", side,
			  "party", party, "kind", file->content_type, "sha256",
			  file->sha256, "bytes", (json_int_t)file->bytes,
			  "reason", file->reason, "sentAt", now));
	lumx_touch(record, call->now);
	if (lumx_keep(call, record, true))
		call_empty(call, 204);
}

void lumx_upload(struct call *call)
{
	const struct form_part *file = form_data_part(call->form, "file");
	const char *side = form_data_text(call->form, "side");
	const char *given = form_data_text(call->form, "associatedPartyId");
	const struct lumx_document *document;
	char party[UUID_SIZE] = "";
	json_t *record = lumx_customer(call);

	if (!record)
		return;
	if (file && file->bytes > FILE_MOST) {
		lumx_refuse(call, 413, "file must not be larger than 50 MB");
		goto out;
	}
	if (lumx_refuse_list(call, 400, check_form(call->form)))
		goto out;
	if (given && !uuid_read(given, party))
		goto out;
	document = lumx_document_find(form_data_text(call->form, "type"));
	if (!owner_fits(call, record, party, document))
		goto out;
	json_decref(record);
	record = lumx_open_customer(call);
	if (record &&
	    order_fits(call, record, party, document->type, side ? side : ""))
		keep_document(call, record, party, side ? side : "");
out:
	json_decref(record);
}
