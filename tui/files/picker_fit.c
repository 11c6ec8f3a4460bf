/* SPDX-License-Identifier: MIT */
/* What a file's name and size promise; its content is looked into later. */
#include <string.h>
#include <strings.h>

#include "tui/files/picker.h"

/* The kind that NAME's suffix promises. */
static enum doc_kind kind_of(const char *name)
{
	static const struct {
		const char *suffix;
		enum doc_kind kind;
	} kinds[] = {
		{ ".jpg", DOC_JPEG }, { ".jpeg", DOC_JPEG },
		{ ".jpe", DOC_JPEG }, { ".jfif", DOC_JPEG },
		{ ".png", DOC_PNG },  { ".pdf", DOC_PDF },
	};
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcasecmp(dot, kinds[i].suffix) == 0)
			return kinds[i].kind;
	return DOC_UNKNOWN;
}

enum picker_fit picker_fit(const struct picker *picker,
			   const struct tui_reader_entry *entry)
{
	const struct doc_type *type = picker->type;

	switch (entry->kind) {
	case TUI_READER_FOLDER:
		return PICKER_ENTER;
	case TUI_READER_LINK:
		return PICKER_LINK;
	case TUI_READER_ODD:
		return PICKER_ODD;
	case TUI_READER_FILE:
		break;
	}
	if (!type)
		return PICKER_ODD;
	if (!(kind_of(entry->name) & type->kinds))
		return PICKER_KIND;
	if (!entry->bytes)
		return PICKER_EMPTY;
	return type->max_bytes && entry->bytes > type->max_bytes ? PICKER_LARGE
								 : PICKER_FITS;
}
