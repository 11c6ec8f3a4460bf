/* SPDX-License-Identifier: MIT */
/* The files of a folder, looked into one after the other: each takes a
 * descriptor. */
#include "tui/screens/folder.h"

void folder_look(struct tui_wizard *wizard, struct folder *folder)
{
	bool lost = false;

	for (size_t i = 0; i < folder->count; i++) {
		struct folder_file *file = &folder->files[i];
		struct err err = { 0 };

		if (file->question)
			break;
		if (file->looked || file->failed)
			continue;
		if (doc_file_open(&folder->looking, file->path, &err)) {
			file->failed = mem_dup(err.text);
			lost = true;
			continue;
		}
		file->question = tui_wizard_look(wizard, &folder->looking);
		if (file->question)
			break;
		doc_file_close(&folder->looking);
		file->failed = mem_dup(_("could not be checked"));
	}
	if (lost) /* once: of hundreds all may be gone */
		folder_match(folder);
}

void folder_look_no_more(struct tui_wizard *wizard, struct folder *folder)
{
	for (size_t i = 0; i < folder->count; i++)
		if (folder->files[i].question && wizard->app->looker)
			doc_looker_forget(wizard->app->looker,
					  folder->files[i].question);
	doc_file_close(&folder->looking);
}

void folder_looked(struct tui_wizard *wizard, void *arg, uint64_t id,
		   const struct doc_facts *facts)
{
	struct folder *folder = arg;

	for (size_t i = 0; i < folder->count; i++) {
		struct folder_file *file = &folder->files[i];

		if (file->question != id)
			continue;
		doc_file_close(&folder->looking);
		file->question = 0;
		file->facts = *facts;
		file->looked = true;
		folder_match(folder);
	}
	folder_look(wizard, folder);
}
