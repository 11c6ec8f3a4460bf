/* SPDX-License-Identifier: MIT */
/*
 * The full-screen wizard: a stack of screens over one model, and what all
 * screens share: going somewhere, saying something, asking something.
 */
#ifndef TUI_WIZARD_H
#define TUI_WIZARD_H

#include "tui/app.h"
#include "tui/files/path.h"
#include "tui/terminal/draw.h"
#include "tui/terminal/input.h"
#include "tui/widgets/edit.h"
#include "tui/widgets/list.h"

struct tui_wizard;

enum { /* what a key handler answers */
	TUI_IGNORED = 0,
	TUI_HANDLED = 1 << 0,
	TUI_REDRAW = 1 << 1, /* with HANDLED implied */
	TUI_BACK = 1 << 2,   /* one level up; the wizard does it */
};

enum {					/* what a screen is told has changed */
	TUI_CHANGED_RECORD = 1 << 0,	/* checklist was loaded again */
	TUI_CHANGED_CUSTOMERS = 1 << 1, /* the cache of customers */
	TUI_CHANGED_TRANSFER = 1 << 2,	/* a submission moved */
	TUI_CHANGED_LANGUAGE = 1 << 3,	/* borrowed words are gone */
};

/*
 * A screen. STATE is the screen's own, made by enter and freed by leave. Key
 * changes the model and answers flags; draw reads it and touches nothing but
 * AREA; the loop refreshes, once a turn.
 */
struct tui_screen {
	const char *name;
	int step; /* 1..5 of the road; 0: none */
	const struct tui_binding *bindings;
	/* Those that mean something now; NULL: always all. */
	const struct tui_binding *(*bindings_now)(const void *state);
	/* Does KEY do something now, so that the bottom line should name it?
	 * NULL: always. */
	bool (*useful)(const struct tui_wizard *wizard, const void *state,
		       int key);
	void *(*enter)(struct tui_wizard *wizard); /* never NULL */
	void (*leave)(struct tui_wizard *wizard, void *state);
	/* Also called before the first draw. */
	void (*layout)(struct tui_wizard *wizard, void *state,
		       const struct tui_area *area);
	unsigned (*key)(struct tui_wizard *wizard, void *state,
			const struct tui_input *in);
	/* Is the focus in a text field (letters type, digits do not jump)?
	 * NULL: never. */
	bool (*typing)(const void *state);
	/* Do letters begin to type where nothing is typed yet, so that they
	 * are no keys of the wizard? NULL: only while typing. */
	bool (*letters_type)(const void *state);
	/* Something changed (TUI_CHANGED_…); NULL: does not care. */
	void (*changed)(struct tui_wizard *wizard, void *state, unsigned what);
	/* Time passed; true when a redraw is worth it. NULL: nothing moves. */
	bool (*tick)(struct tui_wizard *wizard, void *state, int64_t now_ms);
	/* Milliseconds until tick is wanted; -1: not at all. NULL: -1. */
	int (*tick_in)(const struct tui_wizard *wizard, const void *state);
	void (*draw)(const struct tui_wizard *wizard, void *state,
		     const struct tui_area *area);
	/* A file was looked into (see tui_wizard_look). NULL: does not ask. */
	void (*looked)(struct tui_wizard *wizard, void *state, uint64_t id,
		       const struct doc_facts *facts);
};

extern const struct tui_screen tui_screen_customers;   /* 1 */
extern const struct tui_screen tui_screen_documents;   /* 2, the checklist */
extern const struct tui_screen tui_screen_document;    /* 2a, one document */
extern const struct tui_screen tui_screen_information; /* 3 */
extern const struct tui_screen tui_screen_review;      /* 4, review & send */
extern const struct tui_screen tui_screen_status;      /* 5 */
extern const struct tui_screen tui_screen_inbox;       /* over 1 */
extern const struct tui_screen tui_screen_profiles;    /* over 1 */
extern const struct tui_screen tui_screen_create;      /* over 1 */
extern const struct tui_screen tui_screen_folder;      /* over 2 */
extern const struct tui_screen tui_screen_papers;      /* over 5 */

/* The slot that tui_screen_document works on, and that tui_screen_papers offers
 * others instead of. */
struct tui_slot {
	const struct doc_type *type;
	enum doc_side side;
	char *party; /* owned; NULL: the customer itself */
	bool given;  /* just now; what is still asked for comes first */
};

struct tui_wizard {
	struct tui_app *app;
	char *customer; /* id of the one being worked on; NULL: none */
	struct case_checklist checklist; /* of CUSTOMER */
	struct tui_slot slot;
	/* What tui_screen_information starts on, taken when it is entered: a
	 * form by name (NULL: the most urgent), and a field of it by key
	 * (NULL: the first one wrong). */
	char *form, *field;
	/* What tui_screen_folder starts on, taken when it is entered. */
	struct tui_paths dropped;
	/* Whom tui_screen_create starts on; likewise. When it was left: whom
	 * the list goes on with. */
	char *newcomer;
	char *last_form; /* name of the form worked on since SLOT; or NULL */
	bool offline;	 /* the last question to the provider failed */
	bool refreshing; /* a question is on its way */
	struct tui_wizard_private *private;
};

/* Run until the operator leaves. Returns the exit status. */
int tui_wizard_run(struct tui_app *app);

/* Go to SCREEN. Steps 1..5 replace the current step; step 0 is put on top and
 * TUI_BACK returns from it (2a goes on top of 2 as well). Takes effect when the
 * key handler has returned. */
void tui_go(struct tui_wizard *wizard, const struct tui_screen *screen);

/* Go to SCREEN, a step of the road, and put OVER on top of it. */
void tui_go_over(struct tui_wizard *wizard, const struct tui_screen *screen,
		 const struct tui_screen *over);

/* Use PROFILE, of the configuration, from now on, after a question where it is
 * PRODUCTION and another one is in use. THEN is called when it is: nobody is
 * worked on then, unless it was in use already. ARG has to last as long as the
 * screen on top. What fails is said. */
void tui_profile_use(struct tui_wizard *wizard,
		     const struct prov_profile *profile,
		     void (*then)(struct tui_wizard *wizard, void *arg),
		     void *arg);

/* Work on FORM, on its field KEY (NULL: the first one wrong). */
void tui_form_open(struct tui_wizard *wizard, const struct case_form *form,
		   const char *key);

/* Go on with a new customer, WHOM by his id of ours; or begin one, of whom a
 * name or tax id may be known. */
void tui_create_open(struct tui_wizard *wizard, const char *whom);

/* Work on customer ID from now on: loads the checklist from the record, asks
 * the provider for news in the background. */
void tui_wizard_open(struct tui_wizard *wizard, const char *id);

/* Load the checklist from the record again and tell the screens. */
void tui_wizard_reload(struct tui_wizard *wizard);

/* Ask the provider about the customer again, in the background. */
void tui_wizard_refresh(struct tui_wizard *wizard);

/* What a key asked for has come: draw it with the next turn, as what a key does
 * itself. */
void tui_wizard_at_once(struct tui_wizard *wizard);

/* A line above the key hints until the next key; cleaned. */
void tui_say(struct tui_wizard *wizard, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* What was said holds no longer; a failure stays. */
void tui_say_no_more(struct tui_wizard *wizard);
/* The same for a failure, with what to do next by its code. */
void tui_say_err(struct tui_wizard *wizard, const struct err *err);

/* A question in a box, default No. YES is called when the answer is yes. */
void tui_ask(struct tui_wizard *wizard,
	     void (*yes)(struct tui_wizard *wizard, void *arg), void *arg,
	     const char *format, ...) __attribute__((format(printf, 4, 5)));

/* A text to read in a box, with its title: reasons, a link, a receipt. */
void tui_show(struct tui_wizard *wizard, const char *title, const char *text);

/* The same for a text to be copied, as a link: nothing stands beside it. */
void tui_show_bare(struct tui_wizard *wizard, const char *title,
		   const char *text);

/* Have FILE looked into; the answer comes to the current screen's looked().
 * FILE must stay open until then. Returns the id, 0 on failure (said). */
uint64_t tui_wizard_look(struct tui_wizard *wizard,
			 const struct doc_file *file);

#endif
