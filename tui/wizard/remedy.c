/* SPDX-License-Identifier: MIT */
#include "tui/wizard/remedy.h"

#include <stdlib.h>

#include "forms/form.h"
#include "tui/wizard/draft.h"
#include "tui/wizard/wizard_private.h"
#include "tui/words/clock_words.h"
#include "tui/words/form_pick.h"
#include "tui/words/item_words.h"
#include "tui/words/status_words.h"

const struct case_item *tui_remedy_first(const struct case_checklist *checklist)
{
	for (size_t i = 0; i < checklist->count; i++)
		if (checklist->items[i].state == CASE_ITEM_REJECTED &&
		    !checklist->items[i].unasked)
			return &checklist->items[i];
	return NULL;
}

const char *tui_remedy_word(enum prov_next next)
{
	static const char *const words[] = {
		[PROV_NEXT_NONE] = "",
		[PROV_NEXT_NEW_PICTURE] = N_("new picture"),
		[PROV_NEXT_CORRECT_DATA] = N_("correct the data"),
		[PROV_NEXT_OTHER_PAPER] = N_("other paper"),
		[PROV_NEXT_WAIT] = N_("wait"),
		[PROV_NEXT_STOP] = N_("ended"),
	};

	return *words[next] ? _(words[next]) : "";
}

static enum prov_next next_of(const struct case_item *item)
{
	return item->reason ? item->reason->next : PROV_NEXT_NONE;
}

char *tui_remedy_wait(const struct tui_wizard *wizard, int64_t since_ms)
{
	const struct tui_wizard_private *p = wizard->private;
	const struct provider *provider = wizard->app->profile->provider;
	int64_t now = xfer_now_unix();
	char *promise = tui_promise_words(provider, since_ms, now);
	struct buf text = { 0 };
	char when[32];

	buf_addf(&text, _("Nothing to do but wait for %s."), provider->title);
	if (*promise)
		buf_addf(&text, " %s", promise);
	if (p->poll_ms != INT64_MAX) {
		tui_clock(when, sizeof(when), now + p->poll_ms - xfer_now());
		buf_addf(&text, _(" It is asked again at %s; R asks now."),
			 when);
	}
	free(promise);
	return buf_take(&text);
}

char *tui_remedy_words(const struct tui_wizard *wizard,
		       const struct case_item *item)
{
	enum prov_next next = next_of(item);

	if (next == PROV_NEXT_WAIT)
		return tui_remedy_wait(
			wizard, case_rejected_ms(&wizard->checklist, item));
	return mem_dup(next ? tui_next_words(next)
			    : _("Enter opens it to be put right."));
}

/* Can something else of its group be sent instead? */
static bool has_others(const struct case_checklist *list,
		       const struct prov_requirement *req)
{
	for (size_t i = 0; req->group && i < list->count; i++) {
		const struct prov_requirement *other =
			list->items[i].requirement;

		if (other->type && other->type != req->type &&
		    text_same(other->group, req->group) &&
		    text_same(other->party, req->party))
			return true;
	}
	return false;
}

static void go_to_document(struct tui_wizard *wizard,
			   const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;
	bool other = next_of(item) == PROV_NEXT_OTHER_PAPER &&
		     has_others(&wizard->checklist, req);

	tui_slot_open(wizard, NULL, req->type, item->side, req->party);
	tui_go_over(wizard, &tui_screen_status,
		    other ? &tui_screen_papers : &tui_screen_document);
}

static void say_words(struct tui_wizard *wizard, const struct case_item *item)
{
	char *words = tui_remedy_words(wizard, item);

	tui_say(wizard, "%s", words);
	free(words);
	if (tui_wizard_top(wizard)->screen != &tui_screen_status)
		tui_go(wizard, &tui_screen_status);
}

/* The field that was refused, or that the reason names. */
static const char *field_of(const struct case_item *item)
{
	const char *field = tui_wrong_field(item->submission);

	return field || !item->reason ? field : item->reason->field;
}

void tui_remedy_go(struct tui_wizard *wizard, const struct case_item *item)
{
	const struct case_form *form = tui_form_for(&wizard->checklist, item);
	enum prov_next next = next_of(item);

	if (item->state == CASE_ITEM_REJECTED &&
	    (next == PROV_NEXT_STOP || next == PROV_NEXT_WAIT))
		say_words(wizard, item);
	else if (form)
		tui_form_open(wizard, form, field_of(item));
	else if (item->requirement->kind == PROV_REQ_DOCUMENT)
		go_to_document(wizard, item);
	else
		tui_say(wizard, _("%s is between the customer and %s."),
			tui_requirement_label(item->requirement),
			wizard->app->profile->provider->title);
}
