/* SPDX-License-Identifier: MIT */
/*
 * What a file is, by content. Providers go by the leading bytes, so these
 * decide; libmagic has to agree, and says what a stranger is.
 */
#include "forms/inspect/inspect.h"

#include <magic.h>
#include <stdio.h>
#include <string.h>

static const struct {
	enum doc_kind kind;
	size_t len;
	const char *bytes;
} leads[] = {
	{ DOC_JPEG, 3, "\xff\xd8\xff" },
	{ DOC_PNG, 4, "\x89PNG" },
	{ DOC_PDF, 5, "%PDF-" },
};

struct magic_set *inspect_kind_open(void)
{
	/* Looking inside compressed files would start programs. */
	magic_t magic = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS |
				   MAGIC_NO_COMPRESS_FORK | MAGIC_NO_CHECK_TAR |
				   MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_TOKENS);

	/* By name: $MAGIC and ~/.magic are anybody's, and the environment
	 * from which they would come is gone. */
	if (magic && magic_load(magic, magic_getpath(NULL, 0))) {
		magic_close(magic);
		magic = NULL;
	}
	return magic;
}

void inspect_kind_close(struct magic_set *magic)
{
	if (magic)
		magic_close(magic);
}

static enum doc_kind kind_of_lead(const unsigned char *data, size_t len)
{
	for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
		if (len >= leads[i].len &&
		    !memcmp(data, leads[i].bytes, leads[i].len))
			return leads[i].kind;
	}
	return DOC_UNKNOWN;
}

static bool mime_is_plain(const char *mime)
{
	for (; *mime; mime++) {
		if (*mime <= ' ' || *mime > '~')
			return false;
	}
	return true;
}

void inspect_kind(struct magic_set *magic, struct inspect_source *source,
		  struct doc_facts *facts)
{
	const unsigned char *data;
	const char *mime;
	size_t len;

	data = inspect_source_view(source, &len);
	if (!data) {
		data = (const unsigned char *)"";
		len = 0;
	}
	facts->kind = kind_of_lead(data, len);
	mime = magic ? magic_buffer(magic, data, len)
		     : doc_kind_mime(facts->kind);
	if (!mime || !mime_is_plain(mime))
		mime = doc_kind_mime(DOC_UNKNOWN);
	snprintf(facts->mime, sizeof(facts->mime), "%s", mime);
	if (facts->kind && strcmp(mime, doc_kind_mime(facts->kind)))
		facts->kind = DOC_UNKNOWN;
}
