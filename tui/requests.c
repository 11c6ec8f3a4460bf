/* SPDX-License-Identifier: MIT */
/* The terms link and the start of the review. */
#include "tui/requests.h"

#include "providers/ask.h"
#include "tui/item_words.h"

static void terms_came(void *arg, const struct prov_link *link,
		       const struct err *err)
{
	struct tui_terms *terms = arg;
	struct buf text = { 0 };

	terms->asking = NULL;
	if (!link || !link->url) {
		tui_say_err(
			terms->wizard,
			err && err->code
				? err
				: &(struct err){ ERR_REFUSED,
						 "the provider gave no link" });
		return;
	}
	buf_addf(&text, "%s\n\n%s\n",
		 _("Only the customer can accept the terms. Send them this "
		   "link:"),
		 link->url);
	if (link->expires)
		buf_addf(&text, _("\nIt is valid until %s.\n"), link->expires);
	tui_show(terms->wizard, _("Terms of service"), buf_text(&text));
	buf_release(&text);
}

void tui_terms_show(struct tui_terms *terms, struct tui_wizard *wizard)
{
	const struct tui_app *app = wizard->app;
	struct err err = { 0 };

	if (!prov_can(&app->profile->provider->terms_link)) {
		tui_show(wizard, _("Terms of service"),
			 _("Only the customer can accept the terms, with the "
			   "provider itself."));
		return;
	}
	if (terms->asking)
		return;
	terms->wizard = wizard;
	if (prov_ask_terms(app->xfer, app->profile, wizard->customer,
			   terms_came, terms, &terms->asking, &err))
		tui_say_err(wizard, &err);
	else
		tui_say(wizard,
			_("Only the customer can accept the terms. "
			  "Asking %s for the link…"),
			app->profile->provider->title);
}

void tui_terms_release(struct tui_terms *terms)
{
	if (terms->asking)
		prov_ask_cancel(terms->asking);
	*terms = (struct tui_terms){ 0 };
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
	struct err err = { 0 };
	int64_t submission = 0;

	(void)arg;
	if (case_submit_start(app->store, app->profile,
			      wizard->checklist.case_id, &submission, &err))
		tui_say_err(wizard, &err);
	else
		tui_say(wizard, _("The review will be requested of %s."),
			app->profile->provider->title);
	tui_wizard_reload(wizard);
}

void tui_start_request(struct tui_wizard *wizard)
{
	const struct case_checklist *checklist = &wizard->checklist;
	const struct case_item *item = start_item(checklist);
	const char *title = wizard->app->profile->provider->title;
	unsigned missing = checklist->missing;

	if (!item) {
		tui_say(wizard, _("%s begins its review by itself."), title);
	} else if (checklist->customer.closed_because) {
		tui_say(wizard, "%s", checklist->customer.closed_because);
	} else if (!not_requested(item)) {
		tui_say(wizard, "%s", _("The review was requested already."));
	} else if (checklist->in_flight) {
		tui_say(wizard, "%s",
			_("Wait until what is being sent has arrived."));
	} else if (missing) {
		tui_ask(wizard, start, NULL,
			P_("%u required item is still missing. Request the "
			   "review of %s all the same?",
			   "%u required items are still missing. Request the "
			   "review of %s all the same?",
			   missing),
			missing, tui_holder_name(checklist, NULL));
	} else if (checklist->ready) {
		tui_ask(wizard, start, NULL,
			P_("%u item is ready but was not sent. Request the "
			   "review of %s all the same?",
			   "%u items are ready but were not sent. Request the "
			   "review of %s all the same?",
			   checklist->ready),
			checklist->ready, tui_holder_name(checklist, NULL));
	} else {
		tui_ask(wizard, start, NULL,
			_("Ask %s to begin its review of %s now?"), title,
			tui_holder_name(checklist, NULL));
	}
}
