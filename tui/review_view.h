/* SPDX-License-Identifier: MIT */
/*
 * What is about to be sent, on its way, or was just answered, as rows; with
 * the sums and the words for each. Draws nothing and reads no clock.
 */
#ifndef TUI_REVIEW_VIEW_H
#define TUI_REVIEW_VIEW_H

#include "cases/case.h"
#include "tui/draw.h"

enum tui_send_state {
	TUI_SEND_READY,	   /* goes with the next "send" */
	TUI_SEND_CHECKING, /* its file is being looked into */
	TUI_SEND_BLOCKED,  /* something is wrong with it here */
	TUI_SEND_MOVING,   /* queued, sent, or unsure */
	TUI_SEND_SETTLED,
};

struct tui_send_row {
	enum tui_send_state state;
	enum prov_rank rank;
	char *label; /* "ID card · front · João Souza" */
	uint64_t bytes;
	const struct case_item *item;		  /* NULL: not on the list */
	const struct case_document *document;	  /* the draft, or NULL */
	const struct case_submission *submission; /* or NULL */
};

/* All-zero is a valid empty list. */
struct tui_send_rows {
	struct tui_send_row *list;
	size_t count;
	size_t ready; /* how many of them */
};

/* How long an answer stays in the list. */
#define TUI_SEND_LATELY_MS ((int64_t)60 * 60 * 1000)

/* Information first, then documents in the checklist's order, then the start.
 * OUT comes in empty or built before; it points into CHECKLIST. */
void tui_send_rows_build(const struct case_checklist *checklist,
			 const struct doc_type *types, int64_t now_unix_ms,
			 struct tui_send_rows *out);
void tui_send_rows_release(struct tui_send_rows *rows);

/* What the words need beside the row. */
struct tui_send_context {
	const struct case_checklist *checklist;
	const struct form_schema *schema;   /* of the information, or NULL */
	const char *provider;		    /* its title */
	const struct xfer_progress *moving; /* NULL: not on the wire */
	const struct tui_send_rows *rows;
	const char *stopped; /* why nothing goes at all, or NULL */
	int64_t now_ms, now_unix_ms;
};

/* One line about where it stands. */
void tui_send_words(const struct tui_send_row *row,
		    const struct tui_send_context *context, char *out,
		    size_t size);
enum tui_style tui_send_style(const struct tui_send_row *row);

/* Has it anything a bar could show? PERCENT is 100 only with the answer. */
bool tui_send_percent(const struct tui_send_row *row,
		      const struct xfer_progress *moving, unsigned *percent);

/* The field that a refusal is about, or NULL. */
const char *tui_send_field(const struct tui_send_row *row);

struct tui_send_total {
	uint64_t bytes, sent, rate; /* sent counts only answered ones in full */
	size_t moving;		    /* without an answer */
	size_t accepted, refused;
	int64_t left_ms; /* -1: cannot be told */
};

/* MOVING says what is on the wire: NULL for a row that is not. */
typedef bool tui_send_progress(const void *arg, int64_t submission,
			       struct xfer_progress *out);
void tui_send_sum(const struct tui_send_rows *rows, tui_send_progress *progress,
		  const void *arg, struct tui_send_total *out);

#endif
