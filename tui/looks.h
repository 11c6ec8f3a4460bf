/* SPDX-License-Identifier: MIT */
/*
 * What stands for a slot, as pictures: the file that is chosen now and, where
 * that was rejected, the file that was sent, which is shown only while it is
 * what it was then. Beside what a screen says of them, or alone.
 */
#ifndef TUI_LOOKS_H
#define TUI_LOOKS_H

#include "tui/picture.h"
#include "tui/wizard.h"

/* Of which slot. All borrowed. */
struct looks_of {
	const struct doc_type *type;
	const struct case_document *chosen; /* with a path; NULL: none */
	const struct case_submission *sent; /* that was rejected; or NULL */
};

enum looks_state {
	LOOKS_UNKNOWN, /* it is being looked into */
	LOOKS_SAME,
	LOOKS_CHANGED,
	LOOKS_GONE, /* WHY says more */
};

/* All-zero is nothing. */
struct looks {
	struct picture chosen, sent;
	struct {
		int64_t submission; /* 0: none */
		int64_t when_ms;    /* unix; it was answered */
		char *path, *why;
		enum looks_state state;
		uint64_t question; /* on its way; 0: none */
		struct doc_file file;
		struct doc_facts facts;
		struct findings findings;
	} old;
	bool alone; /* nothing else is drawn */
	bool other; /* and of two, where one has room, the one sent */
	bool two;   /* of which there is room for one */
};

void looks_release(struct looks *looks, struct tui_wizard *wizard);

/* For a screen's tick(), tick_in() and looked(). */
bool looks_tick(struct looks *looks, struct tui_wizard *wizard,
		const struct looks_of *of);
int looks_tick_in(const struct looks *looks, const struct looks_of *of);
bool looks_looked(struct looks *looks, const struct tui_wizard *wizard,
		  const struct looks_of *of, uint64_t id,
		  const struct doc_facts *facts);

/* Draw them alone from now on; false: there is nothing. */
bool looks_open(struct looks *looks, const struct looks_of *of);
/* While they are alone: any key ends it, but what shows the other one. False
 * for what asks for help. */
bool looks_key(struct looks *looks, const struct tui_input *in);
extern const struct tui_binding looks_bindings[];
bool looks_useful(const struct looks *looks, int key); /* of these */

/* No place was found for them. */
void looks_hide(struct looks *looks);
/* Draw into AREA: what there is, the one that was sent, or all of it alone. */
void looks_draw(struct looks *looks, const struct looks_of *of,
		const struct tui_area *area);
void looks_draw_sent(struct looks *looks, const struct tui_area *area);
void looks_draw_alone(struct looks *looks, const struct looks_of *of,
		      const struct tui_area *area);

#endif
