/* SPDX-License-Identifier: MIT */
#include "tui/words/check_words.h"

#include <stdlib.h>

#include "forms/form.h"

char *tui_facts_words(const struct doc_facts *facts)
{
	struct buf text = { 0 };
	char bytes[32];

	text_bytes(bytes, sizeof(bytes), facts->bytes);
	buf_addf(&text, "%s · %s", _(doc_kind_name(facts->kind)), bytes);
	if (facts->width && facts->height)
		buf_addf(&text, " · %u×%u", facts->width, facts->height);
	if (facts->pages)
		buf_addf(&text, P_(" · %u page", " · %u pages", facts->pages),
			 facts->pages);
	if (facts->sha256[0])
		buf_addf(&text, " · sha256 %.8s…", facts->sha256);
	return buf_take(&text);
}

static char *finding_line(const struct finding *finding, enum tui_style *style)
{
	bool error = finding->severity == FINDING_ERROR;

	*style = error ? TUI_BAD : TUI_WARN;
	return mem_printf("%s %s", error ? tui_symbol(TUI_SYMBOL_BAD) : "!",
			  finding->text);
}

char *tui_worst_words(const struct findings *findings, enum tui_style *style)
{
	const struct finding *worst = NULL;

	for (size_t i = 0; i < findings->count; i++)
		if (!worst || findings->list[i].severity > worst->severity)
			worst = &findings->list[i];
	if (worst)
		return finding_line(worst, style);
	*style = TUI_GOOD;
	return mem_printf("%s %s", tui_symbol(TUI_SYMBOL_DONE),
			  _("nothing wrong was found"));
}

/* The errors first. */
static void add_findings(struct tui_page *page, int indent,
			 const struct findings *findings)
{
	for (int severity = FINDING_ERROR; severity >= FINDING_WARNING;
	     severity--)
		for (size_t i = 0; i < findings->count; i++) {
			enum tui_style style;
			char *line = NULL;

			if ((int)findings->list[i].severity != severity)
				continue;
			line = finding_line(&findings->list[i], &style);
			tui_page_text(page, style, indent, line);
			free(line);
		}
}

void tui_page_checks(struct tui_page *page, int indent,
		     const struct case_document *document)
{
	enum tui_style style;
	char *text = NULL;

	if (!document || !document->path) {
		tui_page_text(page, TUI_DIM, indent, _("no file yet"));
		return;
	}
	if (!document->checked) {
		tui_page_text(page, TUI_WARN, indent,
			      _("looking into the file…"));
		return;
	}
	if (document->facts.bytes || document->facts.sha256[0]) {
		text = tui_facts_words(&document->facts);
		tui_page_text(page, TUI_DIM, indent, text);
		free(text);
	}
	add_findings(page, indent, &document->findings);
	if (!document->findings.count) {
		text = tui_worst_words(&document->findings, &style);
		tui_page_text(page, style, indent, text);
		free(text);
	}
}
