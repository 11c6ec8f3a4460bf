/* SPDX-License-Identifier: MIT */
/* What the wizard keeps to itself, for wizard.c, frame.c and listing.c. */
#ifndef TUI_WIZARD_PRIVATE_H
#define TUI_WIZARD_PRIVATE_H

#include "tui/listing.h"
#include "tui/overlay.h"
#include "tui/wizard.h"

#define TUI_STACK_MOST 8

struct tui_frame {
	const struct tui_screen *screen;
	void *state;
};

struct tui_wizard_private {
	struct tui_frame stack[TUI_STACK_MOST];
	size_t depth;
	const struct tui_screen *going; /* once the key handler returned */
	struct tui_area area;		/* the screens' own part */
	bool too_small;

	struct tui_overlay overlay;
	bool leave_asked; /* the box open is the one of Ctrl-C */
	char *message;
	bool message_bad;

	bool leaving;
	int status;
	struct err fatal; /* why the loop ended, if it failed */

	bool dirty;  /* something shown is another */
	bool urgent; /* a key did it: do not wait */
	int64_t drawn_ms, tick_ms;

	bool moved; /* a submission did */
	struct prov_asking *asking;
	int64_t poll_ms; /* when to ask again; INT64_MAX: not */
	int64_t poll_every;
	bool polling; /* nobody asked for the question on its way */

	struct tui_listing listing;
	uint64_t last_look;
	bool counts_stale;
	int64_t counts_ms;
	unsigned rejected; /* customers with something rejected */
};

/* The keys that work on every screen; ends with a zero key. */
extern const struct tui_binding tui_common_bindings[];

/* Tell every screen on the stack. */
void tui_wizard_tell(struct tui_wizard *wizard, unsigned what);
void tui_wizard_dirty(struct tui_wizard *wizard);

/* frame.c: header, road, message and key hints around AREA's screen. */
void tui_frame_layout(struct tui_wizard *wizard);
void tui_frame_draw(struct tui_wizard *wizard);

#endif
