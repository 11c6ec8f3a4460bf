/* SPDX-License-Identifier: MIT */
/* kyc check: what would be said of these files, sending nothing. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/commands/command.h"

static const char *verdict(const struct findings *findings)
{
	if (findings_errors(findings))
		return "reject";
	return findings->count ? "warn" : "accept";
}

static void print_json(const char *path, const struct doc_facts *facts,
		       const struct findings *findings)
{
	struct buf list = { 0 };
	char *clean = text_clean_new(path);
	json_t *object = NULL;
	char *text = NULL;

	findings_to_json(findings, &list);
	object = json_pack(
		"{s:s, s:s, s:s, s:I, s:o, s:o}", "file", clean, "verdict",
		verdict(findings), "kind", doc_kind_name(facts->kind), "bytes",
		(json_int_t)facts->bytes, "sha256",
		*facts->sha256 ? json_string(facts->sha256) : json_null(),
		"findings", json_loads(buf_text(&list), 0, NULL));
	text = object ? json_dumps(object, JSON_COMPACT) : NULL;
	printf("%s\n", text ? text : "{}");
	free(text);
	json_decref(object);
	free(clean);
	buf_release(&list);
}

static void print_words(const char *path, const struct doc_facts *facts,
			const struct findings *findings)
{
	char *clean = text_clean_new(path);
	char size[32];

	text_bytes(size, sizeof(size), facts->bytes);
	printf("%s: %s (%s, %s)\n", clean, verdict(findings),
	       doc_kind_name(facts->kind), size);
	for (size_t i = 0; i < findings->count; i++)
		printf("  %s: %s\n",
		       findings->list[i].severity == FINDING_ERROR
			       ? _("error")
			       : _("warning"),
		       findings->list[i].text);
	free(clean);
}

/* The exit status for this file, or -1 and ERR. */
static int check(struct tui_app *app, const struct doc_type *type,
		 const char *path, struct err *err)
{
	struct doc_file file = DOC_FILE_NONE;
	struct findings findings = { 0 };
	struct doc_facts facts = { 0 };
	int status = -1;

	if (doc_file_open(&file, path, err)) {
		if (err->code != ERR_INPUT)
			goto out;
		findings_add(&findings, FINDING_ERROR, "file_unusable", "file",
			     "%s", err->text);
	} else if (doc_look(app->looker, &file, &facts, err)) {
		goto out;
	} else {
		doc_check_file(type, &facts, path, &findings);
	}
	if (app->options.json)
		print_json(path, &facts, &findings);
	else
		print_words(path, &facts, &findings);
	status = findings_errors(&findings) ? 3 : 0;
out:
	doc_file_close(&file);
	findings_release(&findings);
	return status;
}

int tui_cmd_check(const struct tui_arguments *arguments)
{
	const struct doc_type *type = NULL;
	struct findings findings = { 0 };
	struct tui_app app = { 0 };
	struct err err = { 0 };
	int status = 0;

	if (!arguments->type) {
		err_set(&err, ERR_USAGE, _("'%s' is needed"), "-t TYPE");
		return tui_report_err(&err);
	}
	if (tui_app_open(&app, &arguments->global,
			 TUI_APP_PROFILE | TUI_APP_LOOKER, &err))
		return tui_report_err(&err);
	type = tui_find_type(&app, arguments->type, 0, &findings);
	if (!type) {
		err_set(&err, ERR_INPUT, "%s", findings.list[0].text);
		status = tui_report_err(&err);
	}
	for (size_t i = 0; type && i < arguments->operand_count; i++) {
		int one = check(&app, type, arguments->operands[i], &err);

		if (one < 0)
			one = tui_report_err(&err);
		status = tui_worse(status, one);
	}
	findings_release(&findings);
	tui_app_close(&app);
	return status;
}
