/* SPDX-License-Identifier: MIT */
/*
 * What the operator wrote down about a case: a line each, with date and name.
 * Notes are part of the record and stay; the audit trail has that one was
 * written, and its digest, never its text: that may be about a person.
 */
#ifndef CASES_NOTES_H
#define CASES_NOTES_H

#include <stddef.h>
#include <stdint.h>

#include "cases/store.h"

#define CASE_NOTE_BYTES 1000 /* the most that one has */

struct case_note {
	int64_t id;
	int64_t when_ms; /* unix */
	char *who;
	char *text; /* private */
};

struct case_note_list {
	struct case_note *list;
	size_t count;
};

/* Write TEXT down, now, by the operator: cleaned, on one line. ERR_INPUT when
 * there is nothing in it, or too much. */
int case_note_add(struct case_store *store, int64_t case_id, const char *text,
		  struct err *err) ERR_CHECKED;

/* Newest first. OUT comes in empty. */
int case_notes(struct case_store *store, int64_t case_id,
	       struct case_note_list *out, struct err *err) ERR_CHECKED;
void case_note_list_release(struct case_note_list *list);

/* The note that EVENT says was written; 0: it says something else. */
int64_t case_event_note(const struct case_event *event);

#endif
