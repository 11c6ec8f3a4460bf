/* SPDX-License-Identifier: MIT */
/* Findings: a list of errors and warnings, and its JSON. */
#include "forms/finding.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "forms/mem.h"
#include "forms/text.h"

static const char *const severity_names[] = {
	[FINDING_WARNING] = "warning",
	[FINDING_ERROR] = "error",
};

#define CODE_MAX 100 /* bytes; codes and fields may come from outside */
#define TEXT_MAX 1024

static char *cleaned(const char *text, size_t max)
{
	char *out = NULL;

	if (!text)
		return NULL;
	out = mem_alloc(max);
	text_clean_ends(out, max, text);
	return out;
}

static void finding_release(struct finding *finding)
{
	free(finding->code);
	free(finding->field);
	free(finding->text);
}

/* Room for one more, or NULL. Warnings make way for an error: a list full of
 * them must not let an item through. */
static struct finding *room_for(struct findings *findings,
				enum finding_severity severity)
{
	if (findings->count < FINDINGS_MAX) {
		findings->list = mem_grow(findings->list, findings->count,
					  sizeof(*findings->list));
		return &findings->list[findings->count++];
	}
	for (size_t i = findings->count; i-- > 0;) {
		struct finding *finding = &findings->list[i];

		if (severity != FINDING_ERROR)
			break;
		if (finding->severity == FINDING_ERROR)
			continue;
		finding_release(finding);
		return finding;
	}
	return NULL;
}

/* Copies all three. */
static void add(struct findings *findings, enum finding_severity severity,
		const char *code, const char *field, const char *text)
{
	struct finding *finding = room_for(findings, severity);

	if (!finding)
		return;
	finding->severity = severity;
	finding->code = cleaned(code, CODE_MAX);
	finding->field = cleaned(field, CODE_MAX);
	finding->text = cleaned(text, TEXT_MAX);
}

void findings_add(struct findings *findings, enum finding_severity severity,
		  const char *code, const char *field, const char *format, ...)
{
	struct buf text = { 0 };
	va_list args;

	va_start(args, format);
	buf_addv(&text, format, args);
	va_end(args);
	add(findings, severity, code, field, buf_text(&text));
	buf_release(&text);
}

void findings_append(struct findings *to, const struct findings *from)
{
	for (size_t i = 0; i < from->count; i++)
		add(to, from->list[i].severity, from->list[i].code,
		    from->list[i].field, from->list[i].text);
}

void findings_release(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		finding_release(&findings->list[i]);
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

		if (!field || !finding->field ||
		    strcmp(finding->field, field) != 0)
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
		    severity && strcmp(severity, "warning") == 0
			    ? FINDING_WARNING
			    : FINDING_ERROR,
		    code ? code : "unknown",
		    json_string_value(json_object_get(item, "field")),
		    text ? text : "");
	}
	json_decref(list);
	return 0;
}
