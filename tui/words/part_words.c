/* SPDX-License-Identifier: MIT */
/* Parts of a checklist in words. */
#include "tui/words/part_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "tui/words/item_words.h"

const char *tui_stage_word(enum prov_stage stage)
{
	switch (stage) {
	case PROV_STAGE_NOT_STARTED:
		return _("not started");
	case PROV_STAGE_IN_REVIEW:
		return _("in review");
	case PROV_STAGE_ACTION_NEEDED:
		return _("something is wrong or missing");
	case PROV_STAGE_APPROVED:
		return _("approved");
	case PROV_STAGE_CLOSED:
		return _("closed");
	case PROV_STAGE_UNKNOWN:
		break;
	}
	return _("not known");
}

enum tui_style tui_stage_style(enum prov_stage stage)
{
	switch (stage) {
	case PROV_STAGE_APPROVED:
		return TUI_GOOD;
	case PROV_STAGE_ACTION_NEEDED:
		return TUI_WARN;
	case PROV_STAGE_CLOSED:
		return TUI_BAD;
	default:
		return TUI_STRONG;
	}
}

char *tui_part_words(const struct case_checklist *checklist,
		     const struct case_part *part)
{
	const struct prov_party *party = part->party;
	const struct prov_customer *customer = &checklist->customer;
	enum prov_stage stage = party ? party->stage : customer->stage;
	struct buf text = { 0 };

	buf_add_text(&text,
		     tui_holder_name(checklist, party ? party->id : NULL));
	if (!party)
		buf_addf(&text, " · %s", tui_kind_word(customer->kind));
	else if (party->role && party->role[0])
		buf_addf(&text, " · %s", _(party->role));
	if (stage != PROV_STAGE_UNKNOWN)
		buf_addf(&text, " · %s", tui_stage_word(stage));
	return buf_take(&text);
}

char *tui_part_counts(const struct case_part *part)
{
	struct buf text = { 0 };

	if (part->missing)
		buf_addf(&text, P_("%u missing", "%u missing", part->missing),
			 part->missing);
	if (part->rejected)
		buf_addf(&text,
			 P_("%s%u rejected", "%s%u rejected", part->rejected),
			 text.len ? " · " : "", part->rejected);
	return buf_take(&text);
}

static void budget_of(const struct case_checklist *checklist,
		      const struct case_part *part, unsigned *pending,
		      unsigned *most)
{
	*pending = part->party ? part->party->pending
			       : checklist->customer.pending;
	*most = part->party ? part->party->pending_most
			    : checklist->customer.pending_most;
}

bool tui_part_full(const struct case_checklist *checklist,
		   const struct case_part *part)
{
	unsigned pending = 0;
	unsigned most = 0;

	budget_of(checklist, part, &pending, &most);
	return most && pending >= most;
}

/* Will nothing be sent about it any more? */
static bool is_over(const struct case_checklist *checklist,
		    const struct case_part *part)
{
	enum prov_stage stage =
		part->party ? part->party->stage : checklist->customer.stage;

	return checklist->customer.closed_because ||
	       stage == PROV_STAGE_APPROVED || stage == PROV_STAGE_CLOSED;
}

bool tui_part_begun(const struct case_checklist *checklist,
		    const struct case_part *part)
{
	unsigned pending = 0;
	unsigned most = 0;

	budget_of(checklist, part, &pending, &most);
	return pending > 0;
}

char *tui_part_budget(const struct case_checklist *checklist,
		      const struct case_part *part)
{
	unsigned pending = 0;
	unsigned most = 0;

	budget_of(checklist, part, &pending, &most);
	if (!most || (!pending && is_over(checklist, part)))
		return NULL;
	if (pending >= most)
		return mem_printf(_("none of %u files left: no more until one "
				    "was reviewed"),
				  most);
	if (!pending)
		return mem_printf(_("%u of %u files left"), most, most);
	return mem_printf(P_("%u of %u files left: %u waits for review",
			     "%u of %u files left: %u wait for review",
			     pending),
			  most - pending, most, pending);
}

const struct case_part *tui_part_of(const struct case_checklist *checklist,
				    const struct case_item *item)
{
	size_t at = (size_t)(item - checklist->items);

	for (size_t i = 0; i < checklist->part_count; i++) {
		const struct case_part *part = &checklist->parts[i];

		if (at >= part->first && at - part->first < part->count)
			return part;
	}
	return NULL;
}

/* Does another one of its group stand for ITEM, or was it named already? */
static bool is_covered(const struct case_checklist *checklist,
		       const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;

	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *other = &checklist->items[i];

		if (other == item || !req->group ||
		    !text_same(other->requirement->group, req->group) ||
		    !text_same(other->requirement->party, req->party))
			continue;
		if (other < item || (other->state != CASE_ITEM_MISSING &&
				     other->state != CASE_ITEM_NOT_NEEDED))
			return true;
	}
	return false;
}

static bool is_missing(const struct case_checklist *checklist,
		       const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;

	return item->state == CASE_ITEM_MISSING && !req->optional &&
	       !item->side_optional && req->kind != PROV_REQ_START &&
	       !is_covered(checklist, item);
}

static void add_name(const struct case_item *item, struct buf *text)
{
	const struct prov_requirement *req = item->requirement;
	const char *side = tui_side_word(item->side);

	if (text->len)
		buf_add_text(text, ", ");
	if (req->group && item->state == CASE_ITEM_MISSING)
		buf_add_text(text, _(req->group));
	else
		buf_addf(text, "%s%s%s", tui_requirement_label(req),
			 *side ? " " : "", side);
}

static bool is_rejected(const struct case_item *item)
{
	return item->state == CASE_ITEM_REJECTED &&
	       !item->requirement->optional;
}

static char *names_of(const struct case_checklist *checklist, bool rejected,
		      size_t most)
{
	struct buf text = { 0 };
	size_t found = 0;

	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *item = &checklist->items[i];
		const char *party = item->requirement->party;

		if (!is_missing(checklist, item) &&
		    !(rejected && is_rejected(item)))
			continue;
		if (found++ >= most)
			continue;
		add_name(item, &text);
		if (party)
			buf_addf(&text, " (%s)",
				 tui_holder_name(checklist, party));
	}
	if (found > most)
		buf_addf(&text,
			 P_(" and %zu more", " and %zu more", found - most),
			 found - most);
	return buf_take(&text);
}

char *tui_missing_names(const struct case_checklist *checklist, size_t most)
{
	return names_of(checklist, false, most);
}

char *tui_wanted_names(const struct case_checklist *checklist, size_t most)
{
	return names_of(checklist, true, most);
}

static bool are_mates(const struct case_item *a, const struct case_item *b)
{
	return a != b && a->requirement->bundle && b->requirement->bundle &&
	       strcmp(a->requirement->bundle, b->requirement->bundle) == 0 &&
	       text_same(a->requirement->party, b->requirement->party);
}

/* Does it keep its mates from going? */
static bool is_open(const struct case_checklist *checklist,
		    const struct case_item *item)
{
	switch (item->state) {
	case CASE_ITEM_MISSING:
		return !item->requirement->optional && !item->side_optional;
	case CASE_ITEM_REJECTED:
		return true;
	case CASE_ITEM_DRAFT:
		return !case_item_ready(item, checklist);
	default:
		return false;
	}
}

/* Was it chosen? What could go along and does not is none of them. */
static bool goes_along(const struct case_item *item)
{
	return item->state != CASE_ITEM_MISSING &&
	       item->state != CASE_ITEM_NOT_NEEDED;
}

char *tui_mates_names(const struct case_checklist *checklist,
		      const struct case_item *item, bool open)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *other = &checklist->items[i];

		if (are_mates(item, other) &&
		    (open ? is_open(checklist, other) : goes_along(other)))
			add_name(other, &text);
	}
	return buf_take(&text);
}

void tui_code_words(const char *code, char *out, size_t size)
{
	struct buf text = { 0 };
	char before = '\0';

	for (const char *c = code ? code : ""; *c; before = *c++) {
		bool upper = isupper((unsigned char)*c);

		if (*c == '_' || *c == '-' || *c == '.') {
			buf_add_char(&text, ' ');
			continue;
		}
		if (upper && islower((unsigned char)before))
			buf_add_char(&text, ' ');
		buf_add_char(&text,
			     upper ? (char)tolower((unsigned char)*c) : *c);
	}
	snprintf(out, size, "%s", buf_text(&text));
	buf_release(&text);
}
