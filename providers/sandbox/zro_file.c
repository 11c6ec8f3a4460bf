/* SPDX-License-Identifier: MIT */
/* Z.ro Bank: a file that comes as a part: looked at, kept, replaced. */
#include "providers/sandbox/zro.h"

#include "forms/mem.h"

#define DOCUMENTS_MOST 2000

bool zro_is_jpeg(const struct form_part *part)
{
	const char *kind = form_part_kind(part);

	return kind && !strcmp(kind, "image/jpeg") &&
	       (!strcmp(part->content_type, "image/jpeg") ||
		!strcmp(part->content_type, "image/jpg"));
}

static bool is_pdf(const struct form_part *part)
{
	const char *kind = form_part_kind(part);

	return kind && !strcmp(kind, "application/pdf") &&
	       !strcmp(part->content_type, kind);
}

bool zro_is_one_of(struct call *call, const char *text,
		   const char *const *choices, const char *param)
{
	while (*choices && strcmp(*choices, text))
		choices++;
	return *choices || zro_deny(call, "IS_ENUM", param);
}

static bool file_fits(struct call *call, const struct form_part *part,
		      uint64_t most)
{
	if (part->bytes > most) {
		zro_refuse(call, 413, "");
		return false;
	}
	return is_pdf(part) || zro_is_jpeg(part) ||
	       zro_deny(call, "INVALID_DOCUMENT_FORMAT", part->name);
}

bool zro_parts_fit(struct call *call, const struct zro_part *parts,
		   uint64_t most)
{
	const struct zro_part *known;

	for (size_t i = 0; i < form_data_count(call->form); i++) {
		const struct form_part *part = form_data_at(call->form, i);

		known = parts;
		while (known->name && strcmp(known->name, part->name))
			known++;
		if (!known->name || known->file != !part->value)
			return zro_deny(call, "VALIDATION", part->name);
		if (part->value ? !*part->value : !part->bytes)
			return zro_deny(call, "MISSING_DATA", part->name);
		if (known->file && !file_fits(call, part, most))
			return false;
	}
	for (known = parts; known->name; known++)
		if (!known->optional &&
		    !form_data_part(call->form, known->name))
			return zro_deny(call, "MISSING_DATA", known->name);
	return true;
}

bool zro_counts(const json_t *document, const char *owner, const char *of)
{
	return !zro_flag(document, "replaced") &&
	       zro_is(document, "owner", owner) && zro_is(document, "of", of);
}

json_t *zro_document(struct call *call, const json_t *record, const char *owner,
		     const char *of, const char *id)
{
	json_t *document;
	size_t i;

	json_array_foreach(json_object_get(record, "documents"), i, document)
	{
		if (zro_counts(document, owner, of) &&
		    zro_is(document, "id", id))
			return document;
	}
	zro_deny(call, "DOCUMENT_NOT_FOUND", NULL);
	return NULL;
}

bool zro_fresh_document(struct call *call, const json_t *record, const char *id)
{
	json_t *documents = json_object_get(record, "documents");

	if (json_array_size(documents) >= DOCUMENTS_MOST)
		return zro_deny(call, "VALIDATION", NULL);
	return !zro_by_id(documents, id) ||
	       zro_deny(call, "REPLAY", "x-transaction-uuid");
}

/* What is known of the bytes and their name. */
static json_t *about(const struct form_part *part)
{
	return json_pack("{ss ss ss sI ss}", "file_name", part->filename,
			 "content_type", part->content_type, "sha256",
			 part->sha256, "bytes", (json_int_t)part->bytes,
			 "reason", part->reason);
}

static json_t *append(json_t *record, json_t *document, json_t *more)
{
	json_object_update(document, more);
	json_array_append_new(json_object_get(record, "documents"), document);
	json_decref(more);
	return document;
}

json_t *zro_store(struct call *call, json_t *record,
		  const struct zro_paper *paper, const struct form_part *part)
{
	char id[UUID_SIZE], file_id[UUID_SIZE], now[ZRO_MOMENT_SIZE];

	uuid_new(id);
	uuid_new(file_id);
	zro_moment(call->now, now);
	return append(record,
		      json_pack("{ss ss ss ss ss ss ss ss ss}", "id",
				paper->id ? paper->id : id, "file_id", file_id,
				"owner", paper->owner, "of", paper->of, "type",
				paper->type, "side", paper->side, "family",
				paper->family, "created_at", now, "updated_at",
				now),
		      about(part));
}

json_t *zro_replace(struct call *call, json_t *record, json_t *old,
		    const struct form_part *part, bool keeps)
{
	json_t *document = json_deep_copy(old);
	char file_id[UUID_SIZE], now[ZRO_MOMENT_SIZE];

	uuid_new(file_id);
	zro_moment(call->now, now);
	json_object_set_new(old, "replaced", json_true());
	if (!keeps)
		json_object_set_new(document, "file_id", json_string(file_id));
	json_object_set_new(document, "updated_at", json_string(now));
	return append(record, document, about(part));
}
