/* SPDX-License-Identifier: MIT */
/*
 * A form being filled in: which fields are shown, which has the focus, what
 * is typed into it, and what is wrong. Nothing here knows a field by name,
 * and nothing is drawn or recorded: every change is handed out to be
 * recorded. Moving is never refused, however wrong a field is.
 */
#ifndef TUI_FORM_VIEW_H
#define TUI_FORM_VIEW_H

#include "forms/form.h"
#include "tui/widgets/edit.h"
#include "tui/widgets/schema_copy.h"

/* All-zero is valid and shows nothing. */
struct tui_form_view {
	struct form_schema *schema;   /* its own copy */
	struct form_answers *answers; /* its own copy, wiped when released */
	struct form_answers *known;   /* what the provider has; NULL: nothing */
	struct findings problems;     /* ours, as of now */
	struct findings refused;      /* the provider's, each until its field
					 changes */
	const struct form_field **shown;
	size_t count;
	size_t focus;	      /* COUNT: past the last field, on the button */
	struct tui_edit edit; /* of the focused field, if it is typed */
	char home[4];	      /* the customer's country; "": nobody's */
};

/* Copies of SCHEMA, ANSWERS, KNOWN and REFUSED (the last three may be NULL) are
 * kept. */
void tui_form_view_init(struct tui_form_view *view,
			const struct form_schema *schema,
			const struct form_answers *answers,
			const struct form_answers *known,
			const struct findings *refused);
void tui_form_view_release(struct tui_form_view *view); /* all-zero after */

/* SCHEMA is of the same form, perhaps with other choices: they are taken over,
 * and nothing else changes. Fields borrowed before are no more. */
void tui_form_view_renew(struct tui_form_view *view,
			 const struct form_schema *schema);

/* What to say of an answer that is kept in another spelling than it was TYPED
 * in; NULL: nothing. free() it. */
char *tui_form_kept_words(const struct form_field *field, const char *typed,
			  const char *answer);

/* The focused field, or NULL on the button. */
const struct form_field *tui_form_view_field(const struct tui_form_view *view);

/* Is FIELD a line to type into (and not something to choose)? */
bool tui_form_typed(const struct form_field *field);

/*
 * Take over what was typed into the focused field. Returns the field whose
 * answer changed, to be recorded, or NULL. Call before anything below that
 * moves.
 */
const struct form_field *tui_form_view_accept(struct tui_form_view *view);

/* To field I (at most COUNT: the button); by KEY; to the first that is wrong,
 * else the button; to the first of the next (1) or previous (-1) section. */
void tui_form_view_go(struct tui_form_view *view, size_t i);
bool tui_form_view_go_key(struct tui_form_view *view, const char *key);
void tui_form_view_go_wrong(struct tui_form_view *view);
void tui_form_view_go_section(struct tui_form_view *view, int direction);

/* Answer the focused field: VALUE in the canonical spelling; the next or
 * previous choice; yes or no the other way; a code of a FORM_MULTI in or out.
 * Each returns the field when the answer changed, else NULL. */
const struct form_field *tui_form_view_put(struct tui_form_view *view,
					   const char *value);
const struct form_field *tui_form_view_cycle(struct tui_form_view *view,
					     int direction);
const struct form_field *tui_form_view_flip(struct tui_form_view *view);
const struct form_field *tui_form_view_mark(struct tui_form_view *view,
					    const char *code);

const char *tui_form_view_answer(const struct tui_form_view *view, size_t i);

/* What is wrong with field I, the provider's word first; NULL: nothing. */
const struct finding *tui_form_view_problem(const struct tui_form_view *view,
					    size_t i);

enum tui_field_state {
	TUI_FIELD_OK,
	TUI_FIELD_EMPTY, /* required and not answered yet: nothing to scold */
	TUI_FIELD_WRONG,
};
enum tui_field_state tui_form_view_state(const struct tui_form_view *view,
					 size_t i);

/* Is the answer of field I as the provider has it? */
bool tui_form_view_is_known(const struct tui_form_view *view, size_t i);

/* The heading of the section that field I is in; NULL: none. */
const char *tui_form_view_section(const struct tui_form_view *view, size_t i);

/* form_derive.c: what field I most likely is, in the canonical spelling, and no
 * answer yet; NULL: that cannot be told. */
const char *tui_form_view_derived(const struct tui_form_view *view, size_t i);
/* Take the first of these as its answer. Returns the field, to be recorded, or
 * NULL: there is none. The focus is on it. */
const struct form_field *tui_form_view_derive(struct tui_form_view *view);

#define TUI_FORM_PREFIX 8
/* What the focused field, an empty phone, begins with when it is typed: PREFIX
 * with a blank behind. Returns the country it is derived from, or NULL. */
const char *tui_form_view_prefix(const struct tui_form_view *view,
				 char prefix[TUI_FORM_PREFIX]);
/* What was typed into the focused field, without a prefix that is not meant.
 * Borrowed. */
const char *tui_form_view_typed(const struct tui_form_view *view);

/* How many of the shown fields are not right yet. */
size_t tui_form_view_left(const struct tui_form_view *view);

#endif
