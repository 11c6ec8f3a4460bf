/* SPDX-License-Identifier: MIT */
/* A box over the screen: something to read, or a question with a default of
 * No. It knows no screen; the wizard gives it keys and a place. */
#ifndef TUI_OVERLAY_H
#define TUI_OVERLAY_H

#include "tui/terminal/draw.h"
#include "tui/terminal/input.h"

struct tui_wizard;

enum tui_overlay_kind {
	TUI_OVERLAY_NONE,
	TUI_OVERLAY_READ,
	TUI_OVERLAY_ASK,
};

/* All-zero is "no box". */
struct tui_overlay {
	enum tui_overlay_kind kind;
	char *title, *text;
	size_t top; /* first line in view */
	bool bare;  /* as wide as the terminal, nothing beside the text */
	bool yes;   /* which button has the focus */
	void (*on_yes)(struct tui_wizard *wizard, void *arg);
	void *arg;
};

enum tui_overlay_answer {
	TUI_OVERLAY_OPEN,
	TUI_OVERLAY_CLOSED,
	TUI_OVERLAY_YES, /* closed as well */
};

/* TEXT is cleaned but for its line ends; what stands behind a tab in a line is
 * a second column. */
void tui_overlay_read(struct tui_overlay *overlay, const char *title,
		      const char *text);
void tui_overlay_ask(struct tui_overlay *overlay, const char *text,
		     void (*on_yes)(struct tui_wizard *wizard, void *arg),
		     void *arg);
/* The same without a frame at the sides: a link in it can be copied whole. */
void tui_overlay_sheet(struct tui_overlay *overlay, const char *title,
		       const char *text);
/* What OWN (the screen's) and COMMON keys do; LETTERS: those of COMMON that are
 * characters are keys on that screen. */
void tui_overlay_help(struct tui_overlay *overlay, const char *title,
		      const struct tui_binding *own,
		      const struct tui_binding *common, bool letters);
void tui_overlay_close(struct tui_overlay *overlay);

enum tui_overlay_answer tui_overlay_key(struct tui_overlay *overlay,
					const struct tui_input *in);
void tui_overlay_draw(struct tui_overlay *overlay, const struct tui_area *area);

#endif
