/* SPDX-License-Identifier: MIT */
#include "tui/widgets/schema_copy.h"

#include <stdlib.h>
#include <string.h>

static size_t field_count(const struct form_schema *schema)
{
	size_t count = 0;

	while (schema->fields[count].key)
		count++;
	return count;
}

static size_t choice_count(const struct form_choice *choices)
{
	size_t count = 0;

	while (choices[count].code)
		count++;
	return count;
}

static struct form_choice *copy_choices(const struct form_choice *from)
{
	size_t count = choice_count(from);
	struct form_choice *copy = mem_array(count + 1, sizeof(*copy));

	for (size_t i = 0; i < count; i++)
		copy[i] = (struct form_choice){ mem_dup(from[i].code),
						mem_dup(from[i].label),
						mem_dup(from[i].help) };
	return copy;
}

static void free_choices(const struct form_choice *choices)
{
	for (const struct form_choice *at = choices; at && at->code; at++) {
		free((void *)(uintptr_t)at->code);
		mem_free_private((char *)(uintptr_t)at->label);
		free((void *)(uintptr_t)at->help);
	}
	free((void *)(uintptr_t)choices);
}

struct form_schema *tui_schema_copy(const struct form_schema *from)
{
	size_t count = field_count(from);
	struct form_field *fields = mem_array(count + 1, sizeof(*fields));
	struct form_schema *schema = mem_alloc(sizeof(*schema));

	memcpy(fields, from->fields, (count + 1) * sizeof(*fields));
	for (size_t i = 0; i < count; i++)
		if (fields[i].choices)
			fields[i].choices = copy_choices(fields[i].choices);
	*schema = *from;
	schema->fields = fields;
	if (!schema->origin)
		schema->origin = from;
	return schema;
}

void tui_schema_free(struct form_schema *schema)
{
	if (!schema)
		return;
	for (const struct form_field *at = schema->fields; at->key; at++)
		free_choices(at->choices);
	free((void *)(uintptr_t)schema->fields);
	free(schema);
}

static bool same_choices(const struct form_choice *a,
			 const struct form_choice *b)
{
	size_t i = 0;

	if (!a || !b)
		return a == b;
	for (; a[i].code && b[i].code; i++)
		if (!text_same(a[i].code, b[i].code) ||
		    !text_same(a[i].label, b[i].label))
			return false;
	return !a[i].code && !b[i].code;
}

bool tui_schema_same(const struct form_schema *a, const struct form_schema *b)
{
	size_t count = field_count(a);

	if (count != field_count(b))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!same_choices(a->fields[i].choices, b->fields[i].choices))
			return false;
	return true;
}
