/* SPDX-License-Identifier: MIT */
/* How the pictures of a slot are drawn. */
#include <stdlib.h>

#include "forms/form.h"
#include "tui/files/slot_pictures.h"
#include "tui/wizard/draft.h"
#include "tui/words/check_words.h"

#define TOGETHER_COLS 100 /* from which two stand side by side */
#define STACKED_ROWS  12  /* from which two stand one above the other */
#define WORDS_MOST    3	  /* rows of what is said of one */

void slot_pictures_hide(struct slot_pictures *pictures)
{
	pictures->chosen.cols = pictures->sent.cols = 0;
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
	char *text = tui_facts_words(facts);

	tui_text(area, row, 0, -1, TUI_DIM, text);
	free(text);
	text = tui_worst_words(findings, &style);
	tui_text(area, row + 1, 0, -1, style, text);
	free(text);
	return 2;
}

/* FULL: with what was found. */
static void draw_chosen(struct slot_pictures *pictures,
			const struct slot_files *files,
			const struct tui_area *area, bool full)
{
	const struct case_document *chosen = files->chosen;
	struct tui_area rest;
	int rows = 1;

	tui_textf(area, 0, 0, -1, TUI_STRONG,
		  pictures->old.submission ? _("New: %s") : "%s",
		  tui_base_name(chosen->path));
	if (full && chosen->checked)
		rows += draw_found(&chosen->facts, &chosen->findings, area,
				   rows);
	rest = below(area, rows);
	picture_draw(&pictures->chosen, &rest);
}

/* What is known of the one that was sent, in rows of AREA from ROW on; how
 * many. */
static int draw_words(const struct slot_pictures *pictures,
		      const struct tui_area *area, int row)
{
	char *text = NULL;
	int rows = 1;

	switch (pictures->old.state) {
	case SENT_FILE_UNKNOWN:
		return tui_paragraph(area, row, 0, -1, 1, TUI_DIM,
				     _("looking into the file…"));
	case SENT_FILE_GONE:
		text = mem_printf(_("What was sent cannot be shown: %s"),
				  pictures->old.why);
		break;
	case SENT_FILE_CHANGED:
		text = mem_dup(_("The file was changed since: what was sent "
				 "cannot be shown."));
		break;
	case SENT_FILE_SAME:
		return draw_found(&pictures->old.facts, &pictures->old.findings,
				  area, row);
	}
	rows = tui_paragraph(area, row, 0, -1, WORDS_MOST, TUI_WARN, text);
	free(text);
	return rows;
}

void slot_pictures_draw_sent(struct slot_pictures *pictures,
			     const struct tui_area *area)
{
	struct tui_area rest;
	char ago[48];

	if (!pictures->old.submission)
		return;
	tui_ago(ago, sizeof(ago), pictures->old.when_ms, xfer_now_unix());
	tui_textf(area, 0, 0, -1, TUI_STRONG, _("Sent %s: %s"), ago,
		  tui_base_name(pictures->old.path));
	rest = below(area, 1 + draw_words(pictures, area, 1));
	if (pictures->old.state == SENT_FILE_SAME)
		picture_draw(&pictures->sent, &rest);
}

void slot_pictures_draw(struct slot_pictures *pictures,
			const struct slot_files *files,
			const struct tui_area *area)
{
	struct tui_area half = *area;

	if (!files->chosen) {
		slot_pictures_draw_sent(pictures, area);
	} else if (!pictures->old.submission || area->rows < STACKED_ROWS) {
		draw_chosen(pictures, files, area, false);
	} else {
		half.rows = area->rows / 2 - 1;
		draw_chosen(pictures, files, &half, false);
		half = below(area, area->rows / 2);
		slot_pictures_draw_sent(pictures, &half);
	}
}

void slot_pictures_draw_alone(struct slot_pictures *pictures,
			      const struct slot_files *files,
			      const struct tui_area *area)
{
	struct tui_area half = *area;
	bool two = files->chosen && pictures->old.submission;

	tui_clear(area);
	slot_pictures_hide(pictures);
	pictures->two = two && area->cols < TOGETHER_COLS;
	if (two && !pictures->two) {
		half.cols = area->cols / 2 - 1;
		draw_chosen(pictures, files, &half, true);
		half.left += area->cols / 2;
		slot_pictures_draw_sent(pictures, &half);
	} else if (!files->chosen || (two && pictures->other)) {
		slot_pictures_draw_sent(pictures, area);
	} else {
		draw_chosen(pictures, files, area, true);
	}
	tui_cursor(area, 0, 0);
}
