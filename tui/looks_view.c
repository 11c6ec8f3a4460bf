/* SPDX-License-Identifier: MIT */
/* How the pictures of a slot are drawn. */
#include <stdlib.h>

#include "forms/form.h"
#include "tui/draft.h"
#include "tui/found.h"
#include "tui/looks.h"

#define TOGETHER_COLS 100 /* from which two stand side by side */
#define STACKED_ROWS  12  /* from which two stand one above the other */
#define WORDS_MOST    3	  /* rows of what is said of one */

void looks_hide(struct looks *looks)
{
	looks->chosen.cols = looks->sent.cols = 0;
}

/* AREA without its first ROWS. */
static struct tui_area below(const struct tui_area *area, int rows)
{
	struct tui_area rest = *area;

	rest.top += rows;
	rest.rows -= rows;
	return rest;
}

/* What the checks found, in two rows of AREA from ROW on. */
static int draw_found(const struct doc_facts *facts,
		      const struct findings *findings,
		      const struct tui_area *area, int row)
{
	enum tui_style style;
	char *text = found_facts(facts);

	tui_text(area, row, 0, -1, TUI_DIM, text);
	free(text);
	text = found_worst(findings, &style);
	tui_text(area, row + 1, 0, -1, style, text);
	free(text);
	return 2;
}

/* FULL: with what was found. */
static void draw_chosen(struct looks *looks, const struct looks_of *of,
			const struct tui_area *area, bool full)
{
	const struct case_document *chosen = of->chosen;
	struct tui_area rest;
	int rows = 1;

	tui_textf(area, 0, 0, -1, TUI_STRONG,
		  looks->old.submission ? _("New: %s") : "%s",
		  tui_base_name(chosen->path));
	if (full && chosen->checked)
		rows += draw_found(&chosen->facts, &chosen->findings, area,
				   rows);
	rest = below(area, rows);
	picture_draw(&looks->chosen, &rest);
}

/* What is known of the one that was sent, in rows of AREA from ROW on; how
 * many. */
static int draw_words(const struct looks *looks, const struct tui_area *area,
		      int row)
{
	char *text = NULL;
	int rows = 1;

	switch (looks->old.state) {
	case LOOKS_UNKNOWN:
		return tui_paragraph(area, row, 0, -1, 1, TUI_DIM,
				     _("looking into the file…"));
	case LOOKS_GONE:
		text = mem_printf(_("What was sent cannot be shown: %s"),
				  looks->old.why);
		break;
	case LOOKS_CHANGED:
		text = mem_dup(_("The file was changed since: what was sent "
				 "cannot be shown."));
		break;
	case LOOKS_SAME:
		return draw_found(&looks->old.facts, &looks->old.findings, area,
				  row);
	}
	rows = tui_paragraph(area, row, 0, -1, WORDS_MOST, TUI_WARN, text);
	free(text);
	return rows;
}

void looks_draw_sent(struct looks *looks, const struct tui_area *area)
{
	struct tui_area rest;
	char ago[48];

	if (!looks->old.submission)
		return;
	tui_ago(ago, sizeof(ago), looks->old.when_ms, xfer_now_unix());
	tui_textf(area, 0, 0, -1, TUI_STRONG, _("Sent %s: %s"), ago,
		  tui_base_name(looks->old.path));
	rest = below(area, 1 + draw_words(looks, area, 1));
	if (looks->old.state == LOOKS_SAME)
		picture_draw(&looks->sent, &rest);
}

void looks_draw(struct looks *looks, const struct looks_of *of,
		const struct tui_area *area)
{
	struct tui_area half = *area;

	if (!of->chosen) {
		looks_draw_sent(looks, area);
	} else if (!looks->old.submission || area->rows < STACKED_ROWS) {
		draw_chosen(looks, of, area, false);
	} else {
		half.rows = area->rows / 2 - 1;
		draw_chosen(looks, of, &half, false);
		half = below(area, area->rows / 2);
		looks_draw_sent(looks, &half);
	}
}

void looks_draw_alone(struct looks *looks, const struct looks_of *of,
		      const struct tui_area *area)
{
	struct tui_area half = *area;
	bool two = of->chosen && looks->old.submission;

	tui_clear(area);
	looks_hide(looks);
	looks->two = two && area->cols < TOGETHER_COLS;
	if (two && !looks->two) {
		half.cols = area->cols / 2 - 1;
		draw_chosen(looks, of, &half, true);
		half.left += area->cols / 2;
		looks_draw_sent(looks, &half);
	} else if (!of->chosen || (two && looks->other)) {
		looks_draw_sent(looks, area);
	} else {
		draw_chosen(looks, of, area, true);
	}
	tui_cursor(area, 0, 0);
}
