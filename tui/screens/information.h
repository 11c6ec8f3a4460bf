/* SPDX-License-Identifier: MIT */
/* The information screen's state. What is worked on is information_form.c's,
 * the drawing information.c's, and the keys are in screen_information.c. */
#ifndef TUI_INFORMATION_H
#define TUI_INFORMATION_H

#include "tui/widgets/chooser.h"
#include "tui/widgets/form_view.h"
#include "tui/widgets/page.h"
#include "tui/wizard/undo.h"
#include "tui/wizard/wizard.h"

/* Of a form that is in no checklist: who keeps its answers, and what its end
 * does. OWNER is information.owner. */
struct information_use {
	const char *button; /* not translated */
	void (*store)(struct tui_wizard *wizard, void *owner,
		      const struct form_field *field);
	void (*done)(struct tui_wizard *wizard, void *owner);
	/* As information_undo(). */
	void (*undo)(struct tui_wizard *wizard, void *owner,
		     enum tui_undo what);
};

struct information {
	struct tui_form_view form; /* without a schema: nothing is asked */
	char *name;		   /* of the form in the checklist */
	char *title;		   /* the form's, as the provider calls it */
	char *party;		   /* whom it is about; NULL: the customer */
	bool adds; /* sending it makes a new party, then it is empty again */
	size_t place, count; /* of the forms there are */
	struct tui_chooser chooser;
	struct tui_page page;
	const struct information_use *use; /* NULL: it is of the checklist */
	void *owner;
};

/* Work on the form of that name (NULL: the most urgent), on the field KEY
 * (NULL: the first one wrong). */
void information_open(struct tui_wizard *wizard, struct information *state,
		      const char *name, const char *key);
/* Work on a form of no checklist, on its first field that is wrong; ANSWERS and
 * REFUSED may be NULL. Keys and drawing are the same. */
void information_begin(struct information *state,
		       const struct form_schema *schema,
		       const struct form_answers *answers,
		       const struct findings *refused,
		       const struct information_use *use, void *owner);
void information_release(struct information *state);

/* The checklist was loaded again: what is typed here is newer, but for what
 * there is to choose from. */
void information_follow(struct tui_wizard *wizard, struct information *state);

/* Record the answer of FIELD; NULL: nothing changed. */
void information_store(struct tui_wizard *wizard, struct information *state,
		       const struct form_field *field);
/* Take over and record what was typed into the focused field. */
void information_accept(struct tui_wizard *wizard, struct information *state);

/* Go on from the form: of one that opens something, what stands there is meant
 * to be sent, also where it was entered for an earlier one. */
void information_confirm(struct tui_wizard *wizard, struct information *state);

/* To the next form, or a word that there is no other. */
void information_next(struct tui_wizard *wizard, struct information *state);

/* Hand over the party that was filled in, and begin another; or to what is
 * still wrong. */
void information_add(struct tui_wizard *wizard, struct information *state);

/* Take all that is derived as answered. */
void information_derive(struct tui_wizard *wizard, struct information *state);

/* Undo or do again a step of the draft, and go where it was. */
void information_undo(struct tui_wizard *wizard, struct information *state,
		      enum tui_undo what);

/* Of the screen, for who shows a form on another one. The bindings are those
 * without other forms to go to. */
extern const struct tui_binding *const information_bindings;
unsigned information_key(struct tui_wizard *wizard, void *state,
			 const struct tui_input *in);
bool information_typing(const void *state);
/* Another language is spoken. */
void information_translate(struct information *state);

void information_layout(struct tui_wizard *wizard, void *state,
			const struct tui_area *area);
void information_draw(const struct tui_wizard *wizard, void *state,
		      const struct tui_area *area);

#endif
