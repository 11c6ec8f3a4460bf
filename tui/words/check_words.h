/* SPDX-License-Identifier: MIT */
/* What the checks found of a file, in words and as lines of a page. */
#ifndef TUI_CHECK_WORDS_H
#define TUI_CHECK_WORDS_H

#include "cases/case.h"
#include "tui/widgets/page.h"

/* "JPEG · 2.1 MB · 2022×1276 · sha256 ab12…"; free() it. */
char *tui_facts_words(const struct doc_facts *facts);

/* The worst of FINDINGS in one line with its mark, or that there is none; its
 * *STYLE. free() it. */
char *tui_worst_words(const struct findings *findings, enum tui_style *style);

/* All that is known of DOCUMENT (NULL: no file was chosen), below INDENT. */
void tui_page_checks(struct tui_page *page, int indent,
		     const struct case_document *document);

#endif
