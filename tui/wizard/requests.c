/* SPDX-License-Identifier: MIT */
/* The link to what only the customer can do, and the start of the review. */
#include "tui/wizard/requests.h"

#include <stdlib.h>
#include <string.h>

#include "providers/ask.h"
#include "tui/words/item_words.h"
#include "tui/words/part_words.h"

#define NAMES_MOST 5 /* of what is missing, in a question */

/* "2026-01-31T10:41:07.123Z" as people read it, anything else as it came. */
static char *expiry_words(const char *iso)
{
	struct buf text = { 0 };
	size_t len = strlen(iso);
	bool utc = len > 0 && iso[len - 1] == 'Z';

	if (len < 19 || iso[10] != 'T' || strchr("+-", iso[len - 6]))
		return mem_dup(iso);
	buf_addf(&text, "%.10s %.8s%s", iso, iso + 11, utc ? " UTC" : "");
	return buf_take(&text);
}

static void link_came(void *arg, const struct prov_link *came,
		      const struct err *err)
{
	struct tui_link *link = arg;
	char *until = NULL;
	struct buf text = { 0 };

	link->asking = NULL;
	if (!came || !came->url) {
		tui_say_err(
			link->wizard,
			err && err->code
				? err
				: &(struct err){ ERR_REFUSED,
						 "the provider gave no link" });
		return;
	}
	buf_addf(&text, "%s\n\n%s\n", _("Only the customer can do this, here:"),
		 came->url);
	if (came->expires) {
		until = expiry_words(came->expires);
		buf_addf(&text, _("\nValid until %s.\n"), until);
		free(until);
	}
	tui_show_bare(link->wizard, link->label, buf_text(&text));
	buf_release(&text);
}

const struct prov_requirement *
tui_link_wanted(const struct case_checklist *checklist)
{
	const struct prov_requirement *found = NULL;

	for (size_t i = 0; i < checklist->count; i++) {
		const struct prov_requirement *req =
			checklist->items[i].requirement;

		if (req->kind != PROV_REQ_TERMS)
			continue;
		if (req->status == PROV_REQ_MISSING ||
		    req->status == PROV_REQ_REJECTED)
			return req;
		found = found ? found : req;
	}
	return found;
}

/* The provider gives no link for it: a page of its own, or its own way. */
static void show_without(struct tui_wizard *wizard, const char *label)
{
	const char *page = wizard->checklist.customer.link;
	char *text = NULL;

	if (page)
		text = mem_printf("%s\n\n%s\n",
				  _("Only the customer can do this, here:"),
				  page);
	else
		text = mem_dup(_("Only the customer can do this, with the "
				 "provider itself."));
	tui_show_bare(wizard, label, text);
	mem_free_private(text);
}

void tui_link_show(struct tui_link *link, struct tui_wizard *wizard,
		   const struct prov_requirement *requirement)
{
	const struct tui_app *app = wizard->app;
	const char *label = NULL;
	struct err err = { 0 };

	if (!requirement) {
		tui_say(wizard, "%s",
			_("Nothing here is left to the customer alone."));
		return;
	}
	label = tui_requirement_label(requirement);
	if (!prov_can(&app->profile->provider->link)) {
		show_without(wizard, label);
		return;
	}
	if (link->asking)
		return;
	link->wizard = wizard;
	mem_replace(&link->label, label);
	if (prov_ask_link(app->xfer, app->profile, wizard->customer,
			  requirement->code, requirement->party, link_came,
			  link, &link->asking, &err))
		tui_say_err(wizard, &err);
	else
		tui_say(wizard,
			_("Only the customer can do this. Asking %s for the "
			  "link…"),
			app->profile->provider->title);
}

void tui_link_release(struct tui_link *link)
{
	if (link->asking)
		prov_ask_cancel(link->asking);
	free(link->label);
	*link = (struct tui_link){ 0 };
}

/* The item that asks the provider to begin; NULL: this provider needs none. */
static const struct case_item *
start_item(const struct case_checklist *checklist)
{
	for (size_t i = 0; i < checklist->count; i++)
		if (checklist->items[i].requirement->kind == PROV_REQ_START)
			return &checklist->items[i];
	return NULL;
}

static bool not_requested(const struct case_item *start)
{
	return start && (start->state == CASE_ITEM_MISSING ||
			 start->state == CASE_ITEM_DRAFT ||
			 start->state == CASE_ITEM_REJECTED);
}

/* Chosen, but neither sent nor ready to be. */
static bool has_drafts(const struct case_checklist *checklist)
{
	for (size_t i = 0; i < checklist->count; i++)
		if (checklist->items[i].state == CASE_ITEM_DRAFT)
			return true;
	return false;
}

static bool others_rejected(const struct case_checklist *checklist)
{
	const struct case_item *start = start_item(checklist);
	unsigned own = start && start->state == CASE_ITEM_REJECTED;

	return checklist->rejected > own;
}

bool tui_start_possible(const struct case_checklist *checklist)
{
	return not_requested(start_item(checklist)) &&
	       !checklist->customer.closed_because && !checklist->in_flight &&
	       !has_drafts(checklist) && !checklist->missing &&
	       !others_rejected(checklist);
}

static void start(struct tui_wizard *wizard, void *arg)
{
	struct tui_app *app = wizard->app;
	const struct case_item *item = start_item(&wizard->checklist);
	struct err err = { 0 };
	int64_t submission = 0;

	(void)arg;
	if (!item)
		return; /* the provider asks for it no more */
	if (case_submit_start(app->store, app->profile,
			      wizard->checklist.case_id, item->requirement,
			      &submission, &err))
		tui_say_err(wizard, &err);
	else
		tui_say(wizard, _("The review will be requested of %s."),
			app->profile->provider->title);
	tui_wizard_reload(wizard);
}

const char *tui_start_label(const struct case_checklist *checklist)
{
	const struct case_item *item = start_item(checklist);

	return item && item->requirement->label && item->requirement->label[0]
		       ? _(item->requirement->label)
		       : _("Request the review");
}

/* Something is missing or was not sent: is it meant all the same? */
static void ask_all_the_same(struct tui_wizard *wizard)
{
	const struct case_checklist *checklist = &wizard->checklist;
	const char *name = tui_holder_name(checklist, NULL);
	char *names = tui_missing_names(checklist, NAMES_MOST);

	if (checklist->missing)
		tui_ask(wizard, start, NULL,
			P_("%u required item is still missing: %s. %s of %s "
			   "all the same?",
			   "%u required items are still missing: %s. %s of %s "
			   "all the same?",
			   checklist->missing),
			checklist->missing, names, tui_start_label(checklist),
			name);
	else
		tui_ask(wizard, start, NULL,
			P_("%u item is ready but was not sent. %s of %s all "
			   "the same?",
			   "%u items are ready but were not sent. %s of %s "
			   "all the same?",
			   checklist->ready),
			checklist->ready, tui_start_label(checklist), name);
	free(names);
}

void tui_start_request(struct tui_wizard *wizard)
{
	const struct case_checklist *checklist = &wizard->checklist;
	const struct case_item *item = start_item(checklist);
	const char *title = wizard->app->profile->provider->title;

	if (!item)
		tui_say(wizard, _("%s begins its review by itself."), title);
	else if (checklist->customer.closed_because)
		tui_say(wizard, "%s", checklist->customer.closed_because);
	else if (!not_requested(item))
		tui_say(wizard, "%s", _("The review was requested already."));
	else if (checklist->in_flight)
		tui_say(wizard, "%s",
			_("Wait until what is being sent has arrived."));
	else if (checklist->missing || checklist->ready)
		ask_all_the_same(wizard);
	else
		tui_ask(wizard, start, NULL,
			_("Ask %s to begin its review of %s now?"), title,
			tui_holder_name(checklist, NULL));
}
