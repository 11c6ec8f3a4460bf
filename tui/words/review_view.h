/* SPDX-License-Identifier: MIT */
/*
 * What is about to be sent, on its way, or was just answered, as rows; with
 * the sums and the words for each. Draws nothing and reads no clock.
 */
#ifndef TUI_REVIEW_VIEW_H
#define TUI_REVIEW_VIEW_H

#include "cases/case.h"
#include "tui/terminal/draw.h"

enum tui_send_state {
	TUI_SEND_READY,	   /* goes with the next "send" */
	TUI_SEND_WAITS,	   /* for others that go in the same request */
	TUI_SEND_CHECKING, /* its file is being looked into */
	TUI_SEND_BLOCKED,  /* something is wrong with it here */
	TUI_SEND_MOVING,   /* queued, sent, or unsure */
	TUI_SEND_SETTLED,
};

struct tui_send_row {
	enum tui_send_state state;
	enum prov_req_kind kind; /* a form, a document, the start */
	enum prov_rank rank;
	size_t part; /* of the checklist */
	char *label; /* "ID card · front · João Souza" */
	char *what;  /* the same without whose it is */
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

/* Part by part, each in the order of sending: forms, then documents; the start
 * is the last of all. OUT comes in empty or built before; it points into
 * CHECKLIST. */
void tui_send_rows_build(const struct case_checklist *checklist,
			 const struct provider *provider, int64_t now_unix_ms,
			 struct tui_send_rows *out);
void tui_send_rows_release(struct tui_send_rows *rows);

/* What the words need beside the row. */
struct tui_send_context {
	const struct case_checklist *checklist;
	const struct provider *provider;
	const struct xfer_progress *moving; /* NULL: not on the wire */
	const struct tui_send_rows *rows;
	const char *stopped; /* why nothing goes at all, or NULL */
	int64_t paused_ms; /* monotonic; until when nothing goes; 0: it does */
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

/* What goes, or went, in one request with ROW, by name; "" when it goes alone.
 * free() it. */
char *tui_send_mates(const struct tui_send_row *row,
		     const struct tui_send_context *context);

/* Do A and B go in one request? */
bool tui_send_together(const struct case_submission *a,
		       const struct case_submission *b);

struct tui_send_total {
	uint64_t bytes, sent, rate; /* sent counts only answered ones in full */
	size_t moving;		    /* without an answer */
	size_t accepted, refused;
	int64_t left_ms; /* -1: cannot be told */
};

/* False for what is not on the wire. What goes in one request has the numbers
 * of all of it, each: they are counted once. */
typedef bool tui_send_progress(const void *arg, int64_t submission,
			       struct xfer_progress *out);
void tui_send_sum(const struct tui_send_rows *rows, tui_send_progress *progress,
		  const void *arg, struct tui_send_total *out);

#endif
