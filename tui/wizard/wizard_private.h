/* SPDX-License-Identifier: MIT */
/* What the wizard's own files share: wizard.c, stack.c, work.c, keys.c, say.c,
 * frame.c, listing.c, inbox_ask.c. */
#ifndef TUI_WIZARD_PRIVATE_H
#define TUI_WIZARD_PRIVATE_H

#include "cases/inbox.h"
#include "tui/widgets/overlay.h"
#include "tui/wizard/listing.h"
#include "tui/wizard/wizard.h"

#define TUI_STEPS	  5
#define TUI_STACK_MOST	  8
#define TUI_INTERRUPTED	  130	/* exit status */
#define TUI_COUNTS_MS	  2000	/* between counts over all customers */
#define TUI_POLL_FIRST_MS 10000 /* the provider is asked again */

struct tui_frame {
	const struct tui_screen *screen;
	void *state;
};

struct tui_wizard_private {
	struct tui_frame stack[TUI_STACK_MOST];
	size_t depth;
	const struct tui_screen *going; /* once the key handler returned */
	const struct tui_screen *over;	/* it, and then this one on top */
	struct tui_area area;		/* the screens' own part */
	bool too_small;

	struct tui_overlay overlay;
	bool leave_asked; /* the box open is the one of Ctrl-C */
	char *message;
	bool message_bad;

	const char *theme; /* its name, borrowed; NULL: the built-in one */
	bool mouse;
	int step_cols[TUI_STEPS]; /* where each ends on the road as drawn */

	bool leaving;
	int status;
	struct err fatal; /* what fails now, or ended the loop */

	bool dirty;  /* something shown is another */
	bool urgent; /* a key did it: do not wait */
	int64_t drawn_ms, tick_ms;

	bool moved; /* a submission did */
	struct prov_asking *asking;
	int64_t poll_ms; /* when to ask again; INT64_MAX: not */
	int64_t poll_every;
	bool polling; /* nobody asked for the question on its way */

	/* The profile that a question is about, and what comes then. */
	const struct prov_profile *profile_asked;
	void (*profile_then)(struct tui_wizard *wizard, void *arg);
	void *profile_arg;

	struct tui_listing listing;
	bool noting; /* the list's customers, in the record */
	uint64_t last_look;
	bool counts_stale;
	int64_t counts_ms;
	struct case_inbox_counts inbox; /* over all profiles */
};

/* The keys that work on every screen; ends with a zero key. */
extern const struct tui_binding tui_common_bindings[];

/* stack.c */
struct tui_frame *tui_wizard_top(const struct tui_wizard *wizard);
bool tui_wizard_typing(const struct tui_wizard *wizard);
const struct tui_binding *tui_wizard_bindings(const struct tui_wizard *wizard);
void tui_wizard_dirty(struct tui_wizard *wizard);
void tui_wizard_tell(struct tui_wizard *wizard, unsigned what); /* all */
void tui_wizard_layout(struct tui_wizard *wizard);
void tui_wizard_push(struct tui_wizard *wizard,
		     const struct tui_screen *screen);
void tui_wizard_pop(struct tui_wizard *wizard);
void tui_wizard_go_now(struct tui_wizard *wizard); /* where tui_go() said */
void tui_wizard_back(struct tui_wizard *wizard);
void tui_wizard_step_by(struct tui_wizard *wizard, int by);
void tui_wizard_step_to(struct tui_wizard *wizard, int step);

/* say.c: TEXT is taken; NULL: nothing is said any more. */
void tui_wizard_message(struct tui_wizard *wizard, char *text, bool bad);

/* work.c: ask the provider; POLLING: nobody wants to know of a failure twice */
void tui_wizard_question(struct tui_wizard *wizard, bool polling);
void tui_wizard_forget_question(struct tui_wizard *wizard);
/* Work on nobody, as if the profile in use had been the first one. */
void tui_wizard_close(struct tui_wizard *wizard);
void tui_wizard_count_rejected(struct tui_wizard *wizard, int64_t now);

/* keys.c: read and obey all that was typed; -1: the terminal is gone. */
int tui_wizard_input(struct tui_wizard *wizard);
void tui_wizard_key(struct tui_wizard *wizard, const struct tui_input *in);
void tui_wizard_interrupt(struct tui_wizard *wizard);
void tui_wizard_leave(struct tui_wizard *wizard, int status);

/* preferences.c: the theme and the mouse, as configured and as changed since. */
void tui_preferences(struct tui_wizard *wizard);
void tui_next_theme(struct tui_wizard *wizard);
void tui_toggle_mouse(struct tui_wizard *wizard);

/* mouse.c: a click or the wheel, made into keys; false: it was none. */
bool tui_mouse_key(struct tui_wizard *wizard, const struct tui_input *in);

/* frame.c: header, road, message and key hints around AREA's screen. */
void tui_frame_layout(struct tui_wizard *wizard);
void tui_frame_draw(struct tui_wizard *wizard);
/* frame_road.c: the road in its row of the terminal, and the step of it that is
 * drawn there; 0: none. */
void tui_frame_draw_road(const struct tui_wizard *wizard,
			 const struct tui_area *all);
int tui_frame_step_at(const struct tui_wizard *wizard, int row, int col);

#endif
