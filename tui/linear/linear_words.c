/* SPDX-License-Identifier: MIT */
/* Linear mode: how an item stands, first in a word, then all there is to know
 * of it. */
#include <stdlib.h>
#include <string.h>

#include "tui/linear/linear.h"
#include "tui/wizard/draft.h"
#include "tui/words/item_words.h"
#include "tui/words/part_words.h"
#include "tui/words/status_words.h"

/* As on the screens, but for the keys that open something there. */
static const char *next_words(enum prov_next next)
{
	switch (next) {
	case PROV_NEXT_NEW_PICTURE:
		return _("Take a new picture and send it.");
	case PROV_NEXT_CORRECT_DATA:
		return _("Correct the data; another picture will not help.");
	case PROV_NEXT_OTHER_PAPER:
		return _("Send another paper.");
	default:
		return tui_next_words(next);
	}
}

char *linear_item_words(const struct linear *linear, size_t at, bool whose)
{
	const struct case_item *item = &linear->list.items[at];
	const char *party = whose ? item->requirement->party : NULL;
	char *label = tui_item_label(item);
	char *whole = NULL;
	char words[300];

	tui_item_words(&linear->list, item, false, xfer_now_unix(), words,
		       sizeof(words));
	whole = mem_printf("%s: %s%s%s",
			   item->state == CASE_ITEM_NOT_NEEDED ? _("not needed")
							       : words,
			   label, party ? ", " : "",
			   party ? tui_holder_name(&linear->list, party) : "");
	free(label);
	return whole;
}

void linear_say_item(const struct linear *linear, size_t at, bool whose)
{
	char *words = linear_item_words(linear, at, whose);

	linear_say("%zu. %s", linear_number(linear, at), words);
	free(words);
}

static void say_reason(const struct case_item *item)
{
	const char *why = tui_item_why(item);
	const char *next = item->reason ? next_words(item->reason->next) : "";

	/* Of what arrived since, it says nothing. */
	if (item->state == CASE_ITEM_REJECTED ||
	    (item->state == CASE_ITEM_DRAFT && why))
		linear_say(_("Rejected: %s"),
			   why ? why : _("no reason was given"));
	if (item->state == CASE_ITEM_REJECTED && *next)
		linear_say(_("What to do: %s"), next);
}

static void say_file(const char *name, const char *path,
		     const struct doc_facts *facts, bool checked)
{
	char bytes[32];

	if (!checked) {
		linear_say("%s: %s", name, tui_base_name(path));
		return;
	}
	text_bytes(bytes, sizeof(bytes), facts->bytes);
	linear_say("%s: %s, %s, %s", name, tui_base_name(path),
		   doc_kind_name(facts->kind), bytes);
}

/* What was chosen, and what was sent before it. */
static void say_files(const struct case_item *item)
{
	const struct case_document *document = item->document;
	const struct case_submission *sent = item->submission;

	if (sent && sent->path)
		say_file(_("Sent"), sent->path,
			 &(struct doc_facts){ .kind = sent->kind,
					      .bytes = sent->bytes },
			 true);
	if (!document || !document->path)
		return;
	if (!sent || !text_same(sent->path, document->path))
		say_file(_("Chosen"), document->path, &document->facts,
			 document->checked);
	if (item->state == CASE_ITEM_DRAFT)
		linear_say_findings(&document->findings);
}

/* Why what is queued did not arrive yet. */
static void say_waiting(const struct case_item *item)
{
	const struct case_submission *sent = item->submission;

	if (item->state != CASE_ITEM_QUEUED && item->state != CASE_ITEM_UNSURE)
		return;
	if (sent && sent->message)
		linear_say(_("Not yet: %s"), sent->message);
}

/* What else the provider takes in its place. */
static void say_others(const struct linear *linear,
		       const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;

	if (item->state != CASE_ITEM_REJECTED || !item->reason ||
	    item->reason->next != PROV_NEXT_OTHER_PAPER || !req->group)
		return;
	for (size_t n = 1; n <= linear->list.count; n++) {
		const struct case_item *other =
			&linear->list.items[linear_numbered(linear, n)];
		char *label = tui_item_label(other);

		if (other->requirement != req &&
		    text_same(other->requirement->group, req->group) &&
		    text_same(other->requirement->party, req->party))
			linear_say(_("Taken as well: %zu. %s"), n, label);
		free(label);
	}
}

void linear_say_details(const struct linear *linear,
			const struct case_item *item)
{
	char *mates =
		item->waits ? tui_mates_names(&linear->list, item, true) : NULL;

	say_reason(item);
	say_others(linear, item);
	say_waiting(item);
	say_files(item);
	if (mates && *mates)
		linear_say(_("It goes together with: %s"), mates);
	free(mates);
}
