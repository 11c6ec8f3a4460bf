/* SPDX-License-Identifier: MIT */
/* A whole folder: the open places, and which file goes where. */
#include "tui/screens/folder.h"

#include <stdlib.h>

#include "tui/words/item_words.h"
#include "tui/words/status_words.h"

static void forget_places(struct folder_place *places, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(places[i].code);
		free(places[i].party);
		free(places[i].label);
		free(places[i].words);
		free(places[i].holder);
		free(places[i].group);
	}
	free(places);
}

static void forget_choices(struct folder *folder)
{
	for (size_t i = 0; folder->labels && i < folder->place_count; i++)
		free(folder->labels[i]);
	free(folder->labels);
	free(folder->choices);
	free(folder->codes);
	folder->labels = NULL;
	folder->choices = NULL;
	folder->codes = NULL;
}

void folder_init(struct folder *folder)
{
	folder->looking.fd = -1;
}

static void forget_held(struct folder *folder)
{
	for (size_t i = 0; i < folder->held_count; i++)
		free(folder->held[i].path);
	free(folder->held);
	folder->held = NULL;
	folder->held_count = 0;
}

void folder_release(struct folder *folder)
{
	doc_file_close(&folder->looking);
	tui_chooser_close(&folder->chooser);
	picker_close(&folder->picker);
	forget_choices(folder);
	folder_forget(folder);
	picture_release(&folder->picture);
	forget_places(folder->places, folder->place_count);
	tui_edit_release(&folder->path);
	free(folder->last);
	forget_held(folder);
	tui_names_release(&folder->names);
}

char *folder_place_words(const struct folder_place *place)
{
	return mem_printf("%s%s%s", place->words, place->holder ? " · " : "",
			  place->holder ? place->holder : "");
}

static bool is_open(const struct case_item *item)
{
	return item->state == CASE_ITEM_MISSING ||
	       item->state == CASE_ITEM_NOT_NEEDED ||
	       (item->state == CASE_ITEM_REJECTED && !item->document);
}

static bool can_take(const struct case_item *item)
{
	return item->requirement->kind == PROV_REQ_DOCUMENT &&
	       item->requirement->type && !item->unasked &&
	       (is_open(item) || item->state == CASE_ITEM_DRAFT ||
		item->state == CASE_ITEM_REJECTED);
}

static struct folder_place place_of(const struct case_checklist *checklist,
				    const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;

	return (struct folder_place){
		.code = mem_dup(req->type->code),
		.party = mem_dup(req->party),
		.label = mem_dup(tui_requirement_label(req)),
		.words = tui_item_label(item),
		.holder = req->party ? mem_dup(tui_holder_name(checklist,
							       req->party))
				     : NULL,
		.group = mem_dup(req->group),
		.side = item->side,
		.type = req->type,
		.open = is_open(item),
	};
}

/* What was chosen or sent already: the same folder is often listed twice. A
 * draft that nobody has looked into yet is known by where it is. */
static void note_held(struct folder *folder, const char *sha256,
		      const char *path)
{
	struct folder_held *held = NULL;

	folder->held = mem_grow(folder->held, folder->held_count,
				sizeof(*folder->held));
	held = &folder->held[folder->held_count++];
	*held = (struct folder_held){ .path = mem_dup(*sha256 ? NULL : path) };
	memcpy(held->sha256, sha256, sizeof(held->sha256));
}

static void note_all_held(struct folder *folder,
			  const struct case_checklist *list)
{
	forget_held(folder);
	for (size_t i = 0; i < list->documents.count; i++)
		if (list->documents.list[i].path)
			note_held(folder, list->documents.list[i].facts.sha256,
				  list->documents.list[i].path);
	for (size_t i = 0; i < list->submissions.count; i++) {
		const struct case_submission *sub = &list->submissions.list[i];

		if (*sub->sha256 &&
		    (sub->state == CASE_ACCEPTED || !sub->settled_ms))
			note_held(folder, sub->sha256, NULL);
	}
}

static bool is_known(const struct folder *folder,
		     const struct folder_file *file)
{
	for (size_t i = 0; file->looked && i < folder->held_count; i++) {
		const struct folder_held *held = &folder->held[i];

		if (*held->sha256 ? text_same(held->sha256, file->facts.sha256)
				  : text_same(held->path, file->path))
			return true;
	}
	return false;
}

static size_t find_place(const struct folder *folder,
			 const struct folder_place *wanted)
{
	for (size_t i = 0; i < folder->place_count; i++) {
		const struct folder_place *place = &folder->places[i];

		if (place->side == wanted->side &&
		    text_same(place->code, wanted->code) &&
		    text_same(place->party, wanted->party))
			return i;
	}
	return MATCH_NONE;
}

void folder_places(struct folder *folder,
		   const struct case_checklist *checklist)
{
	struct folder_place *old = folder->places;
	size_t old_count = folder->place_count;

	folder->stale = folder->chooser.open; /* it shows the old ones */
	if (folder->stale)
		return;
	forget_choices(folder);
	folder->places = mem_array(checklist->count + 1, sizeof(*old));
	folder->place_count = 0;
	for (size_t i = 0; i < checklist->count; i++)
		if (can_take(&checklist->items[i]))
			folder->places[folder->place_count++] =
				place_of(checklist, &checklist->items[i]);
	for (size_t i = 0; i < folder->count; i++) {
		struct folder_file *file = &folder->files[i];

		if (file->place != MATCH_NONE)
			file->place =
				file->place < old_count
					? find_place(folder, &old[file->place])
					: MATCH_NONE;
	}
	forget_places(old, old_count);
	note_all_held(folder, checklist);
	folder_match(folder);
}

static bool said_by_hand(const struct folder *folder, size_t place)
{
	for (size_t i = 0; i < folder->count; i++)
		if (folder->files[i].by_hand && folder->files[i].place == place)
			return true;
	return false;
}

/* How many files have a place of PLACE's paper. */
static size_t files_of(const struct folder *folder,
		       const struct folder_place *place)
{
	size_t count = 0;

	for (size_t i = 0; i < folder->count; i++) {
		const struct folder_place *other = NULL;

		if (folder->files[i].place == MATCH_NONE)
			continue;
		other = &folder->places[folder->files[i].place];
		count += text_same(other->code, place->code) &&
			 text_same(other->party, place->party);
	}
	return count;
}

/* Is there a paper that makes PLACE's needless: of the same group, with more
 * files, or as many and earlier in the list? */
static bool is_spare(const struct folder *folder, size_t at)
{
	const struct folder_place *place = &folder->places[at];

	for (size_t i = 0; place->group && i < folder->place_count; i++) {
		const struct folder_place *other = &folder->places[i];
		size_t count = 0, own = 0;

		if (!text_same(other->group, place->group) ||
		    !text_same(other->party, place->party) ||
		    text_same(other->code, place->code))
			continue;
		count = files_of(folder, other);
		own = files_of(folder, place);
		if (count > own || (count && count == own && i < at))
			return true;
	}
	return false;
}

/* Of papers of which any one will do, one is enough. */
static void drop_spare(struct folder *folder)
{
	for (size_t i = 0; i < folder->count; i++) {
		struct folder_file *file = &folder->files[i];

		file->spare = !file->by_hand && file->place != MATCH_NONE &&
			      is_spare(folder, file->place);
	}
	for (size_t i = 0; i < folder->count; i++)
		if (folder->files[i].spare)
			folder->files[i].place = MATCH_NONE;
}

void folder_match(struct folder *folder)
{
	struct match_slot *slots =
		mem_array(folder->place_count + 1, sizeof(*slots));
	size_t *which = mem_array(folder->place_count + 1, sizeof(*which));
	struct match_file *files = mem_array(folder->count + 1, sizeof(*files));
	struct match *matches = mem_array(folder->count + 1, sizeof(*matches));
	size_t count = 0;

	for (size_t i = 0; i < folder->place_count; i++) {
		const struct folder_place *place = &folder->places[i];

		if (!place->open || said_by_hand(folder, i))
			continue;
		which[count] = i;
		slots[count++] =
			(struct match_slot){ place->type, place->label,
					     place->side, place->holder };
	}
	for (size_t i = 0; i < folder->count; i++) {
		struct folder_file *file = &folder->files[i];

		file->known = is_known(folder, file);
		files[i] = (struct match_file){
			.name = file->by_hand || file->known
					? "" /* it is spoken for */
					: tui_base_name(file->path),
			.facts = file->looked ? &file->facts : NULL,
		};
	}
	match_files(slots, count, files, folder->count, matches);
	for (size_t i = 0; i < folder->count; i++) {
		struct folder_file *file = &folder->files[i];

		file->match = matches[i];
		if (file->by_hand)
			continue;
		file->place = file->failed || file->known ||
					      matches[i].slot == MATCH_NONE
				      ? MATCH_NONE
				      : which[matches[i].slot];
	}
	drop_spare(folder);
	free(slots);
	free(which);
	free(files);
	free(matches);
}

void folder_put(struct folder *folder, size_t at, size_t place)
{
	for (size_t i = 0; i < folder->count; i++)
		if (place != MATCH_NONE && folder->files[i].place == place) {
			folder->files[i].place = MATCH_NONE;
			folder->files[i].by_hand = true;
		}
	folder->files[at].place = place;
	folder->files[at].by_hand = true;
	folder_match(folder);
}

void folder_choices(struct folder *folder)
{
	size_t count = folder->place_count;

	forget_choices(folder);
	folder->choices = mem_array(count + 1, sizeof(*folder->choices));
	folder->codes = mem_array(count + 1, sizeof(*folder->codes));
	folder->labels = mem_array(count + 1, sizeof(*folder->labels));
	for (size_t i = 0; i < count; i++) {
		folder->labels[i] = folder_place_words(&folder->places[i]);
		snprintf(folder->codes[i], sizeof(folder->codes[i]), "%zu", i);
		folder->choices[i] =
			(struct form_choice){ folder->codes[i],
					      folder->labels[i], NULL };
	}
}

size_t folder_placed(const struct folder *folder)
{
	size_t placed = 0;

	for (size_t i = 0; i < folder->count; i++)
		placed += folder->files[i].place != MATCH_NONE;
	return placed;
}

size_t folder_left(const struct folder *folder)
{
	size_t open = 0;

	for (size_t i = 0; i < folder->count; i++) {
		const struct folder_file *file = &folder->files[i];

		open += file->place == MATCH_NONE && !file->by_hand &&
			!file->known && !file->spare;
	}
	return open;
}

unsigned folder_take(struct folder *folder, struct tui_wizard *wizard)
{
	unsigned taken = 0;

	folder->taking = true;
	for (size_t i = 0; i < folder->count; i++) {
		const struct folder_file *file = &folder->files[i];
		const struct folder_place *place = NULL;
		struct tui_draft draft = { .path = file->path };
		char country[4] = "";

		if (file->place == MATCH_NONE)
			continue;
		place = &folder->places[file->place];
		/* The place's type may have gone with the last load. */
		draft.type = tui_type_of(wizard, place->code, place->party);
		if (!draft.type)
			continue;
		draft.side = place->side;
		draft.party = place->party;
		tui_draft_country(&wizard->checklist, draft.type, draft.party,
				  country);
		draft.country = country;
		if (tui_draft_put(wizard, &draft))
			break; /* said; nothing else would fare better */
		taken++;
	}
	folder->taking = false;
	return taken;
}
