/* SPDX-License-Identifier: MIT */
/*
 * The wizard as plain questions, a line each, append-only: for screen readers,
 * braille lines, serial consoles and pipes. The same model and the same words;
 * nothing is drawn over. A line says one thing, how it stands first.
 *
 *   linear.c            from the first question to the last
 *   linear_ask.c        saying, asking, what may be answered
 *   linear_customers.c  whom: all, the rejected inbox, another profile
 *   linear_list.c       the checklist and what can be done from it
 *   linear_words.c      how its items stand
 *   linear_item.c       one of them: a document, a link, the start
 *   linear_form.c       a form, a question a field
 *   linear_create.c     a new customer
 *   linear_folder.c     a whole folder for the checklist
 *   linear_send.c       sending, with progress
 *   linear_wait.c       what the provider has decided since
 *   linear_told.c       what was sent: receipts, sentences, notes
 */
#ifndef TUI_LINEAR_H
#define TUI_LINEAR_H

#include "tui/app.h"
#include "tui/widgets/form_view.h"
#include "tui/words/checklist_view.h"

struct linear_moving; /* what is being sent (linear_send.c) */

struct linear {
	struct tui_app *app;
	struct buf typed; /* what came and was not read yet */
	bool skipping;	  /* the rest of a line that is too long */
	bool ended; /* nothing more will come, or nothing more can be done */
	int status; /* the worst that happened; the exit status */
	char *customer; /* id; NULL: none */
	struct case_checklist list;
	struct tui_rows rows; /* of the list, as they are numbered */
	bool stale;	      /* something changed since it was loaded */
	struct linear_moving *moving;
	size_t moving_count;
};

/* Run until the operator leaves or the input ends. Returns the exit status. */
int tui_linear_run(struct tui_app *app);

/* A line to standard output; cleaned, and broken between words where it is
 * longer than a line of a terminal. */
void linear_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
void linear_say_err(const struct err *err);
void linear_say_findings(const struct findings *findings);
/* TEXT, lines of "name\tvalue", as lines "name: value". */
void linear_say_table(const char *text);

/* What may be answered. KEY is typed as it is; one that nobody would type says
 * what else there is ("1, 2, …"), and "" is Enter. NULL ends. */
struct linear_key {
	const char *key;
	const char *does;		    /* a sentence */
	void (*run)(struct linear *linear); /* of a menu; NULL: its own */
};

/*
 * Ask a question and wait for its line, while what is being sent goes on. "?"
 * says KEYS (for ever, after all of them, is "?" itself) and asks again. The
 * answer has no blanks around it; free() it. NULL: the input ended, or a
 * signal came.
 */
char *linear_ask(struct linear *linear, const struct linear_key *keys,
		 const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The row of KEYS that ANSWER is; NULL: it is something else. */
const struct linear_key *linear_key(const struct linear_key *keys,
				    const char *answer);
void linear_no_answer(const char *answer); /* that it is none, said */
/* Yes or no; no when the input ends. Enter is USUAL. */
bool linear_confirm(struct linear *linear, bool usual, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* A line that was typed already, without waiting; NULL: none was. */
char *linear_typed(struct linear *linear, bool readable);

/* Nothing can be done any more: the end, with STATUS. */
void linear_stop(struct linear *linear, int status);

/* Is ANSWER the number of one of COUNT lines, from 1? Its index, or -1. */
int linear_choice(const char *answer, size_t count);

/* linear_customers.c. What stands first. */
void linear_begin(struct linear *linear);
/* Ask until a customer is open; false: leave. */
bool linear_choose_customer(struct linear *linear);
/* Ask about customer ID, and load the checklist. -1 when that failed (said). */
int linear_open(struct linear *linear, const char *id);
void linear_next_language(struct linear *linear);

/* linear_list.c. Work on the customer that is open; false: leave altogether. */
bool linear_work(struct linear *linear);
/* Load the checklist from the record again. -1 when that failed (said). */
int linear_reload(struct linear *linear);
/* The number that item AT is listed under, and which NUMBER (from 1) is; the
 * count: no such. */
size_t linear_number(const struct linear *linear, size_t at);
size_t linear_numbered(const struct linear *linear, size_t number);
/* An item of the list, whose number the operator is asked for; NULL: none. */
const struct case_item *linear_which(struct linear *linear, const char *what);

/* linear_words.c: "ready: Passport front", with WHOSE also whose it is (free()
 * it); the same with its number, said; all there is to know of it, a line
 * each. */
char *linear_item_words(const struct linear *linear, size_t at, bool whose);
void linear_say_item(const struct linear *linear, size_t at, bool whose);
void linear_say_details(const struct linear *linear,
			const struct case_item *item);

/* linear_item.c: what one line of the checklist asks for. */
void linear_item(struct linear *linear, size_t at);
/* Choose PATH for a slot: recorded, looked into, and what was found said. */
void linear_draft(struct linear *linear, const struct doc_type *type,
		  enum doc_side side, const char *party, const char *country,
		  const char *path);
/* Look into what was chosen and not looked into yet. True: something was. */
bool linear_check(struct linear *linear);

/* linear_form.c; KEY: the field to begin with, or NULL. */
void linear_form(struct linear *linear, const struct case_form *form,
		 const char *key);
/* Where the answers of a form go: KEEP records VALUE, the answer of FIELD; -1:
 * that failed (said). */
struct linear_filling {
	int (*keep)(struct linear *linear, void *arg,
		    const struct form_field *field, const char *value);
	void *arg;
};
/* Ask for each field of VIEW from the focused one on, and say how many are not
 * right yet. */
void linear_fill(struct linear *linear, struct tui_form_view *view,
		 const struct linear_filling *filling);

/* linear_create.c: a new customer, or one begun before. The id of who is to be
 * worked on then, free() it; NULL: nobody. */
char *linear_create(struct linear *linear, const char *begun);

/* linear_folder.c */
void linear_folder(struct linear *linear);

/* linear_send.c: what is ready; how far it has come. */
void linear_send(struct linear *linear);
/* Until SUBMISSION (0: all that is queued) has its answer. */
void linear_drive(struct linear *linear, int64_t submission);
void linear_progress(struct linear *linear);
void linear_changed(void *linear, int64_t submission); /* outbox_changed */

/* linear_wait.c: ask the provider once, and say what is not as it was; *NEWS
 * (may be NULL) is how much. -1: it could not be asked (said). */
int linear_news(struct linear *linear, size_t *news);
/* The same, also when nothing is new; until the provider has decided. */
void linear_refresh(struct linear *linear);
void linear_wait(struct linear *linear);

/* linear_told.c */
void linear_status(struct linear *linear);
void linear_timeline(struct linear *linear);
void linear_receipt(struct linear *linear);
void linear_sentence(struct linear *linear);
void linear_notes(struct linear *linear);

#endif
