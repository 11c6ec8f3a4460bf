/* SPDX-License-Identifier: MIT */
/* Which file is which document. The words are in match_words.c. */
#include "forms/match.h"

#include <stdlib.h>
#include <string.h>

#include "forms/match_words.h"
#include "forms/mem.h"
#include "forms/text.h"

#define SCORE_SUBJECT 20 /* a word of the pattern that fits */
#define SCORE_HOLDER  12 /* a word of the party's name */
#define SCORE_SIDE    6
#define SCORE_NUMBER  2
#define CARD_PAGES    3 /* a card's scan has no more */

struct named {
	struct match_words words; /* of the file's name */
	enum doc_side side;	  /* that a word names; NONE: none does */
	const char *side_word;
};

struct pair {
	size_t file, slot;
	int score;
};

/* Both words of the type's code and of its labels say what it is. */
static unsigned subject_of(const struct match_slot *slot)
{
	char *text = mem_printf("%s %s %s", slot->type->code,
				slot->label ? slot->label : "",
				slot->type->label ? slot->type->label : "");
	struct match_words words = { 0 };
	unsigned subject = 0;

	match_words_split(text, &words);
	subject = match_subject_best(&words);
	match_words_release(&words);
	free(text);
	return subject;
}

static bool is_taken(const struct doc_type *type, const struct doc_facts *facts)
{
	if (!facts)
		return true;
	if (type->sides != DOC_NO_SIDES && facts->pages > CARD_PAGES)
		return false;
	return (type->kinds & facts->kind) && !facts->damaged &&
	       !facts->encrypted &&
	       (!type->max_bytes || facts->bytes <= type->max_bytes);
}

/* How many words of NAME are among WORDS. Short ones ("da", "de") are not
 * anybody's. */
static int shared_words(const char *name, const struct match_words *words)
{
	struct match_words own = { 0 };
	int shared = 0;

	match_words_split(name, &own);
	for (size_t i = 0; i < own.count; i++)
		shared += strlen(own.list[i]) > 2 &&
			  match_words_have(words, own.list[i]);
	match_words_release(&own);
	return shared;
}

static int side_score(const struct match_slot *slot, const struct named *named)
{
	if (slot->side == DOC_SIDE_NONE)
		return 0;
	if (named->side)
		return named->side == slot->side ? SCORE_SIDE : -1;
	/* Scans of both sides are often just counted. */
	if (match_words_have(&named->words,
			     slot->side == DOC_SIDE_FRONT ? "1" : "2"))
		return SCORE_NUMBER;
	return slot->side == DOC_SIDE_FRONT;
}

/* 0: nothing speaks for it, or something against. */
static int score(const struct match_slot *slot, unsigned subject,
		 const struct named *named)
{
	int fits = match_subject_fits(&named->words, subject);
	int side = side_score(slot, named);
	int total = fits * SCORE_SUBJECT;

	if (!fits || side < 0)
		return 0;
	total += side;
	if (slot->holder)
		total += SCORE_HOLDER *
			 shared_words(slot->holder, &named->words);
	return total;
}

static int best_first(const void *a, const void *b)
{
	const struct pair *one = a, *other = b;

	if (one->score != other->score)
		return one->score < other->score ? 1 : -1;
	if (one->slot != other->slot)
		return one->slot < other->slot ? -1 : 1;
	return one->file < other->file ? -1 : one->file > other->file;
}

static void mark_copies(const struct match_file *files, size_t count,
			struct match *out)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = 0; j < i; j++) {
			if (!files[i].facts || !files[j].facts ||
			    !files[i].facts->sha256[0] ||
			    strcmp(files[i].facts->sha256,
				   files[j].facts->sha256) != 0)
				continue;
			out[i].why = MATCH_COPY;
			out[i].other = j;
			break;
		}
}

static void describe(struct match *match, const struct named *named,
		     unsigned subject)
{
	char said[32] = "";

	match_subject_words(&named->words, subject, said, sizeof(said));
	snprintf(match->words, sizeof(match->words), "%s%s%s", said,
		 *said && named->side ? ", " : "",
		 named->side ? named->side_word : "");
}

/* The best pairs first, each file and each slot once. */
static void give_out(const struct pair *pairs, size_t count,
		     const unsigned *subjects, const struct named *named,
		     bool *used, struct match *out)
{
	for (size_t i = 0; i < count; i++) {
		struct match *match = &out[pairs[i].file];

		if (match->why == MATCH_NAME || match->why == MATCH_COPY)
			continue;
		if (used[pairs[i].slot]) {
			match->why = MATCH_TAKEN;
			continue;
		}
		used[pairs[i].slot] = true;
		match->why = MATCH_NAME;
		match->slot = pairs[i].slot;
		describe(match, &named[pairs[i].file], subjects[pairs[i].slot]);
	}
}

/* One file left and one place for it: that is worth a proposal. */
static void give_remaining(const struct match_slot *slots, size_t slot_count,
			   const struct match_file *files, size_t count,
			   const bool *used, struct match *out)
{
	size_t file = MATCH_NONE, slot = MATCH_NONE;

	for (size_t i = 0; i < count; i++) {
		if (out[i].why != MATCH_UNKNOWN)
			continue;
		if (file != MATCH_NONE)
			return;
		file = i;
	}
	for (size_t i = 0; i < slot_count; i++) {
		if (used[i])
			continue;
		if (slot != MATCH_NONE)
			return;
		slot = i;
	}
	if (file == MATCH_NONE || slot == MATCH_NONE || !files[file].facts ||
	    !is_taken(slots[slot].type, files[file].facts))
		return;
	out[file].why = MATCH_REMAINS;
	out[file].slot = slot;
}

static size_t make_pairs(const struct match_slot *slots,
			 const unsigned *subjects, size_t slot_count,
			 const struct match_file *files,
			 const struct named *named, size_t count,
			 struct pair *pairs, struct match *out)
{
	size_t made = 0;

	for (size_t f = 0; f < count; f++)
		for (size_t s = 0; s < slot_count; s++) {
			struct pair pair = { f, s, 0 };

			pair.score = score(&slots[s], subjects[s], &named[f]);
			if (!pair.score)
				continue;
			if (is_taken(slots[s].type, files[f].facts))
				pairs[made++] = pair;
			else if (out[f].why == MATCH_UNKNOWN)
				out[f].why = MATCH_UNFIT;
		}
	return made;
}

void match_files(const struct match_slot *slots, size_t slot_count,
		 const struct match_file *files, size_t count,
		 struct match *out)
{
	unsigned *subjects = mem_array(slot_count + 1, sizeof(*subjects));
	struct named *named = mem_array(count + 1, sizeof(*named));
	struct pair *pairs = mem_array(slot_count * count + 1, sizeof(*pairs));
	bool *used = mem_array(slot_count + 1, sizeof(*used));
	size_t made;

	for (size_t s = 0; s < slot_count; s++)
		subjects[s] = subject_of(&slots[s]);
	for (size_t f = 0; f < count; f++) {
		out[f] = (struct match){ .slot = MATCH_NONE };
		match_words_split(files[f].name, &named[f].words);
		named[f].side =
			match_side(&named[f].words, &named[f].side_word);
	}
	mark_copies(files, count, out);
	made = make_pairs(slots, subjects, slot_count, files, named, count,
			  pairs, out);
	qsort(pairs, made, sizeof(*pairs), best_first);
	give_out(pairs, made, subjects, named, used, out);
	give_remaining(slots, slot_count, files, count, used, out);
	for (size_t f = 0; f < count; f++)
		if (out[f].why == MATCH_UNKNOWN &&
		    match_subject_best(&named[f].words))
			out[f].why = MATCH_CLOSED;
	for (size_t f = 0; f < count; f++)
		match_words_release(&named[f].words);
	free(subjects);
	free(named);
	free(pairs);
	free(used);
}
