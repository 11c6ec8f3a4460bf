/* SPDX-License-Identifier: MIT */
/*
 * Drafts of documents: what was chosen for a slot is recorded at once, then
 * its file is looked into by the worker, then what was found is recorded. The
 * checklist, the document and the review screen share this, so a file that
 * was chosen on one is checked on whichever is in view.
 */
#ifndef TUI_DRAFT_H
#define TUI_DRAFT_H

#include "tui/wizard/wizard.h"

/* What the operator chose for a slot. All borrowed. */
struct tui_draft {
	const struct doc_type *type;
	enum doc_side side;
	const char *party;   /* NULL: the customer itself */
	const char *country; /* alpha-3, "" or NULL */
	const char *path;    /* as given; "" or NULL: no file */
};

struct tui_check; /* one file being looked into */

/* The files being looked into for one screen. All-zero is none. */
struct tui_checks {
	struct tui_check *list;
	size_t count;
	bool failed; /* the worker cannot be asked: said once */
};

/*
 * Record DRAFT in place of what its slot held and load the checklist again; a
 * file is then looked into by the screen in view. What fails is said. -1 when
 * nothing was recorded.
 */
int tui_draft_put(struct tui_wizard *wizard, const struct tui_draft *draft);

/* Forget what was chosen for a slot of the checklist; says what failed. */
void tui_draft_remove(struct tui_wizard *wizard, int64_t document);

/* For a screen's tick_in() and tick(): is there a recorded file that was not
 * looked into yet? Have all of them looked into. Only the screen on top is
 * asked and answered, so none is looked into twice. */
bool tui_checks_wanted(const struct tui_wizard *wizard,
		       const struct tui_checks *checks);
void tui_checks_start(struct tui_wizard *wizard, struct tui_checks *checks);

/* For a screen's looked(): record what was found. True when it was ours. */
bool tui_checks_looked(struct tui_wizard *wizard, struct tui_checks *checks,
		       uint64_t id, const struct doc_facts *facts);

/* Forgets what is under way: the next screen asks again. */
void tui_checks_release(struct tui_wizard *wizard, struct tui_checks *checks);

/* Add to the findings of DOCUMENT, whose facts are known, what is wrong with it
 * for TYPE and beside what CUSTOMER's CHECKLIST has. */
void tui_draft_check(struct tui_app *app, const char *customer,
		     const struct case_checklist *checklist,
		     const struct doc_type *type,
		     struct case_document *document);

/* The case of the wizard's customer, made if there is none. */
int tui_case(struct tui_wizard *wizard, int64_t *case_id,
	     struct err *err) ERR_CHECKED;

/* Work on one slot: go to the document screen, which then does the checks that
 * CHECKS (may be NULL) had under way. PARTY is copied. */
void tui_slot_open(struct tui_wizard *wizard, struct tui_checks *checks,
		   const struct doc_type *type, enum doc_side side,
		   const char *party);

/* The type CODE as it is for PARTY (NULL: the customer), or NULL. */
const struct doc_type *tui_type_of(const struct tui_wizard *wizard,
				   const char *code, const char *party);

/* What the record holds for a slot, or NULL. */
const struct case_document *tui_draft_of(const struct case_checklist *checklist,
					 const struct doc_type *type,
					 enum doc_side side, const char *party);

/* The country to start from: as chosen for the other side, else the
 * customer's own; "" where the type takes none. */
void tui_draft_country(const struct case_checklist *checklist,
		       const struct doc_type *type, const char *party,
		       char country[4]);

/* The last part of PATH; never NULL. */
const char *tui_base_name(const char *path);

#endif
