/* SPDX-License-Identifier: MIT */
/*
 * What stands for a slot, as pictures: the file that is chosen now and, where
 * that was rejected, the file that was sent, which is shown only while it is
 * what it was then. Beside what a screen says of them, or alone.
 */
#ifndef TUI_SLOT_PICTURES_H
#define TUI_SLOT_PICTURES_H

#include "tui/files/picture.h"
#include "tui/wizard/wizard.h"

/* Of which slot. All borrowed. */
struct slot_files {
	const struct doc_type *type;
	const struct case_document *chosen; /* with a path; NULL: none */
	const struct case_submission *sent; /* that was rejected; or NULL */
};

enum sent_file {
	SENT_FILE_UNKNOWN, /* it is being looked into */
	SENT_FILE_SAME,
	SENT_FILE_CHANGED,
	SENT_FILE_GONE, /* WHY says more */
};

/* All-zero is nothing. */
struct slot_pictures {
	struct picture chosen, sent;
	struct {
		int64_t submission; /* 0: none */
		int64_t when_ms;    /* unix; it was answered */
		char *path, *why;
		enum sent_file state;
		uint64_t question; /* on its way; 0: none */
		struct doc_file file;
		struct doc_facts facts;
		struct findings findings;
	} old;
	bool alone; /* nothing else is drawn */
	bool other; /* and of two, where one has room, the one sent */
	bool two;   /* of which there is room for one */
};

void slot_pictures_release(struct slot_pictures *pictures,
			   struct tui_wizard *wizard);

/* For a screen's tick(), tick_in() and looked(). */
bool slot_pictures_tick(struct slot_pictures *pictures,
			struct tui_wizard *wizard,
			const struct slot_files *files);
int slot_pictures_tick_in(const struct slot_pictures *pictures,
			  const struct slot_files *files);
bool slot_pictures_looked(struct slot_pictures *pictures,
			  const struct tui_wizard *wizard,
			  const struct slot_files *files, uint64_t id,
			  const struct doc_facts *facts);

/* Draw them alone from now on; false: there is nothing. */
bool slot_pictures_open(struct slot_pictures *pictures,
			const struct slot_files *files);
/* While they are alone: any key ends it, but what shows the other one. False
 * for what asks for help. */
bool slot_pictures_key(struct slot_pictures *pictures,
		       const struct tui_input *in);
extern const struct tui_binding slot_pictures_bindings[];
bool slot_pictures_useful(const struct slot_pictures *pictures,
			  int key); /* of these */

/* No place was found for them. */
void slot_pictures_hide(struct slot_pictures *pictures);
/* Draw into AREA: what there is, the one that was sent, or all of it alone. */
void slot_pictures_draw(struct slot_pictures *pictures,
			const struct slot_files *files,
			const struct tui_area *area);
void slot_pictures_draw_sent(struct slot_pictures *pictures,
			     const struct tui_area *area);
void slot_pictures_draw_alone(struct slot_pictures *pictures,
			      const struct slot_files *files,
			      const struct tui_area *area);

#endif
