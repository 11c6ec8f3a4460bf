/* SPDX-License-Identifier: MIT */
/* Findings: a list of errors and warnings, and its JSON. */
#include "forms/finding.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/mem.h"
#include "forms/text.h"

static const char *const severity_names[] = {
	[FINDING_WARNING] = "warning",
	[FINDING_ERROR] = "error",
};

/* Takes ownership of nothing; copies all three. */
static void add(struct findings *findings, enum finding_severity severity,
		const char *code, const char *field, const char *text)
{
	struct finding *finding = NULL;

	if (findings->count >= FINDINGS_MAX)
		return;
	findings->list = mem_grow(findings->list, findings->count,
				  sizeof(*findings->list));
	finding = &findings->list[findings->count++];
	finding->severity = severity;
	finding->code = mem_dup(code);
	finding->field = mem_dup(field);
	finding->text = text_clean_new(text);
}

void findings_add(struct findings *findings, enum finding_severity severity,
		  const char *code, const char *field, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	add(findings, severity, code, field, text);
}

void findings_append(struct findings *to, const struct findings *from)
{
	for (size_t i = 0; i < from->count; i++)
		add(to, from->list[i].severity, from->list[i].code,
		    from->list[i].field, from->list[i].text);
}

void findings_release(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		free(findings->list[i].code);
		free(findings->list[i].field);
		free(findings->list[i].text);
	}
	free(findings->list);
	findings->list = NULL;
	findings->count = 0;
}

size_t findings_errors(const struct findings *findings)
{
	size_t errors = 0;

	for (size_t i = 0; i < findings->count; i++)
		errors += findings->list[i].severity == FINDING_ERROR;
	return errors;
}

const struct finding *findings_for(const struct findings *findings,
				   const char *field)
{
	const struct finding *warning = NULL;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];

		if (!finding->field || strcmp(finding->field, field) != 0)
			continue;
		if (finding->severity == FINDING_ERROR)
			return finding;
		if (!warning)
			warning = finding;
	}
	return warning;
}

void findings_to_json(const struct findings *findings, struct buf *out)
{
	json_t *list = json_array();
	char *text = NULL;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];

		json_array_append_new(
			list,
			json_pack("{s:s, s:s, s:s?, s:s}", "code",
				  finding->code, "severity",
				  severity_names[finding->severity], "field",
				  finding->field, "message", finding->text));
	}
	text = json_dumps(list, JSON_COMPACT);
	buf_add_text(out, text ? text : "[]");
	free(text);
	json_decref(list);
}

int findings_from_json(struct findings *findings, const char *json,
		       struct err *err)
{
	json_t *list = json_loads(json, 0, NULL);
	json_t *item = NULL;
	size_t i;

	if (!json_is_array(list)) {
		json_decref(list);
		return err_set(err, ERR_STORE,
			       "cannot read stored findings: not a list");
	}
	json_array_foreach(list, i, item)
	{
		const char *severity =
			json_string_value(json_object_get(item, "severity"));
		const char *code =
			json_string_value(json_object_get(item, "code"));
		const char *text =
			json_string_value(json_object_get(item, "message"));

		add(findings,
		    severity && strcmp(severity, "warning") == 0 ?
			    FINDING_WARNING :
			    FINDING_ERROR,
		    code ? code : "unknown",
		    json_string_value(json_object_get(item, "field")),
		    text ? text : "");
	}
	json_decref(list);
	return 0;
}
