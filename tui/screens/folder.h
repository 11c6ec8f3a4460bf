/* SPDX-License-Identifier: MIT */
/*
 * A whole folder, or a handful of files, for the open items of a checklist:
 * what is proposed, what the operator changed, and how it is drawn. Which files
 * there are is folder_read.c's, the keys are in screen_folder.c. Nothing is
 * recorded before it is confirmed.
 */
#ifndef TUI_FOLDER_H
#define TUI_FOLDER_H

#include "forms/match.h"
#include "tui/files/names.h"
#include "tui/files/path.h"
#include "tui/files/picker.h"
#include "tui/files/picture.h"
#include "tui/files/reader.h"
#include "tui/widgets/chooser.h"
#include "tui/widgets/edit.h"
#include "tui/wizard/draft.h"
#include "tui/wizard/wizard.h"

#define FOLDER_FILES_MOST 500 /* more than any case has; the newest */

/* A place for a file: one side of one document. */
struct folder_place {
	char *code, *party, *label; /* owned; PARTY NULL: the customer */
	char *words;  /* the label with its side, where it lacks that */
	char *holder; /* the party's name; NULL: the customer */
	char *group;  /* any one of those of a party will do; NULL: alone */
	enum doc_side side;
	const struct doc_type *type;
	bool open; /* nothing was chosen or sent for it yet */
};

struct folder_file {
	char *path;
	int64_t modified_ms; /* unix; 0: not asked for */
	struct doc_facts facts;
	bool looked;
	uint64_t question; /* while it is being looked into */
	char *failed;	   /* why it cannot be opened; NULL: it can */
	bool by_hand;	   /* the operator said where it goes, or nowhere */
	bool spare;	   /* another paper of the group is there */
	bool known;	   /* the case has this very file already */
	size_t place;	   /* MATCH_NONE: nowhere */
	struct match match;
};

/* A file that the case has already: its digest, or (that is "") its path. */
struct folder_held {
	char sha256[65];
	char *path;
};

struct folder {
	struct tui_edit path;
	char *last; /* the folder that files were last taken from; or NULL */
	struct tui_names names; /* that the path could be completed to */
	bool listed; /* the files are shown, else the path is typed */
	bool taking; /* the places stay as they are meanwhile */
	struct folder_file *files;
	size_t count;
	char *from; /* the folder they are in, absolute; NULL: several */
	struct tui_reader *reader; /* NULL: it was read to the end */
	size_t seen;		   /* files, also those that are not kept */
	bool cut;		   /* there are more than are looked at */
	int error;		   /* why it could not be read further; errno */
	struct folder_place *places;
	size_t place_count;
	struct folder_held *held; /* what the case has */
	size_t held_count;
	struct doc_file looking; /* at one at a time */
	struct tui_list list;
	struct tui_chooser chooser;
	struct picker picker; /* of the folder itself */
	struct picture picture;
	bool alone; /* the picture of the selected file, in place of all */
	bool stale; /* the checklist changed while it was open */
	struct form_choice *choices; /* the places, for the chooser */
	char (*codes)[24];	     /* theirs: the place's number */
	char **labels;
};

/* "Identity card front · Maria Souza"; free() it. */
char *folder_place_words(const struct folder_place *place);
/* Why FILE is where it is; free() it. */
char *folder_why_words(const struct folder *folder,
		       const struct folder_file *file);

/* Files that have no place, and neither the operator nor the case is why. */
size_t folder_left(const struct folder *folder);

/* Comes in all-zero. */
void folder_init(struct folder *folder);
void folder_release(struct folder *folder);

/* List PATHS, or where there is one (or none: "."), begin to read the folder;
 * what that finds is added as time passes, the newest files of it, by name.
 * -1 and ERR when there is nothing to be read, also later. Hidden ones, links
 * and what is no file are passed over. *CHANGED: more is there. */
int folder_list(struct folder *folder, const struct tui_paths *paths,
		struct err *err) ERR_CHECKED;
int folder_read(struct folder *folder, bool *changed,
		struct err *err) ERR_CHECKED;
void folder_forget(struct folder *folder); /* all files, stop reading */

/* folder_look.c. Look into the next file that was not looked into yet; forget
 * what is under way; and what a screen is told of it. */
void folder_look(struct tui_wizard *wizard, struct folder *folder);
void folder_look_no_more(struct tui_wizard *wizard, struct folder *folder);
void folder_looked(struct tui_wizard *wizard, void *folder, uint64_t id,
		   const struct doc_facts *facts);

/* Take the places from CHECKLIST, anew. What was said by hand stays where it
 * was. */
void folder_places(struct folder *folder,
		   const struct case_checklist *checklist);

/* Propose again, from all that is known by now. */
void folder_match(struct folder *folder);

/* Make CHOICES, for the chooser. */
void folder_choices(struct folder *folder);

/* Say by hand that file AT goes to PLACE, or (MATCH_NONE) nowhere. Who was
 * there before goes nowhere. */
void folder_put(struct folder *folder, size_t at, size_t place);

/* Record what is proposed and confirmed; how many. What fails is said. */
unsigned folder_take(struct folder *folder, struct tui_wizard *wizard);

size_t folder_placed(const struct folder *folder); /* files with a place */

void folder_draw(const struct tui_wizard *wizard, void *folder,
		 const struct tui_area *area);
void folder_layout(struct tui_wizard *wizard, void *folder,
		   const struct tui_area *area);

#endif
