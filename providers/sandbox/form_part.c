/* SPDX-License-Identifier: MIT */
/* What all providers ask of the parts of a form. */
#include <string.h>

#include "providers/sandbox/form_data.h"

const char *form_part_kind(const struct form_part *file)
{
	static const struct {
		const char *lead, *kind;
	} kinds[] = {
		{ "%PDF-", "application/pdf" },
		{ "\xff\xd8\xff", "image/jpeg" },
		{ "\x89PNG", "image/png" },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!memcmp(file->lead, kinds[i].lead, strlen(kinds[i].lead)))
			return kinds[i].kind;
	return NULL;
}

const char *form_data_text(const struct form_data *form, const char *name)
{
	const struct form_part *part = form_data_part(form, name);

	return part ? part->value : NULL;
}
