/* SPDX-License-Identifier: MIT */
/* The customer being worked on: loaded from the record, asked about politely in
 * the background. */
#include <string.h>

#include "forms/form.h"
#include "providers/ask.h"
#include "tui/wizard/wizard_private.h"

#define POLL_LAST_MS  60000 /* between questions that nobody asked for */
#define AFTER_SENT_MS 500   /* what was sent together arrives together */

static unsigned accepted_count(const struct case_checklist *checklist)
{
	unsigned count = 0;

	for (size_t i = 0; i < checklist->submissions.count; i++)
		count += checklist->submissions.list[i].state == CASE_ACCEPTED;
	return count;
}

static void poll_in(struct tui_wizard *wizard, int64_t ms)
{
	wizard->private->poll_ms = xfer_now() + ms;
}

void tui_wizard_reload(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;
	unsigned before = accepted_count(&wizard->checklist);
	struct err err = { 0 };

	if (!wizard->customer)
		return;
	if (case_checklist_load(wizard->app->store, wizard->app->profile,
				wizard->customer, &wizard->checklist, &err)) {
		tui_say_err(wizard, &err);
		return;
	}
	if (accepted_count(&wizard->checklist) > before) {
		p->poll_every = TUI_POLL_FIRST_MS;
		poll_in(wizard, AFTER_SENT_MS);
	}
	p->counts_stale = true;
	tui_wizard_tell(wizard, TUI_CHANGED_RECORD);
}

/* Is there anything that only the provider can bring about? */
static bool waits_for_provider(const struct tui_wizard *wizard)
{
	const struct case_checklist *list = &wizard->checklist;

	if (wizard->offline || list->customer.stage == PROV_STAGE_IN_REVIEW)
		return true;
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].state == CASE_ITEM_SENT ||
		    list->items[i].state == CASE_ITEM_IN_REVIEW)
			return true;
	return false;
}

static void poll_later(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;

	p->poll_ms = INT64_MAX;
	if (!waits_for_provider(wizard))
		return;
	poll_in(wizard, p->poll_every);
	p->poll_every *= 2;
	if (p->poll_every > POLL_LAST_MS)
		p->poll_every = POLL_LAST_MS;
}

static void on_customer(void *arg, struct prov_customer *customer,
			const struct err *err)
{
	struct tui_wizard *wizard = arg;
	/* Who did not ask is told once that nobody answers. */
	bool said = wizard->private->polling && wizard->offline;
	struct err failure = { 0 };

	wizard->private->asking = NULL;
	wizard->refreshing = false;
	wizard->offline = !customer;
	if (customer &&
	    case_customer_put(wizard->app->store, wizard->app->profile,
			      customer, &failure))
		err = &failure;
	if (err) {
		if (!said)
			tui_say_err(wizard, err);
		tui_wizard_dirty(wizard);
	} else {
		tui_wizard_reload(wizard);
	}
	poll_later(wizard);
}

void tui_wizard_question(struct tui_wizard *wizard, bool polling)
{
	struct tui_wizard_private *p = wizard->private;
	struct err err = { 0 };

	p->poll_ms = INT64_MAX;
	p->polling = polling;
	if (!wizard->customer || p->asking)
		return;
	if (prov_ask_customer(wizard->app->xfer, wizard->app->profile,
			      wizard->customer, on_customer, wizard, &p->asking,
			      &err)) {
		p->asking = NULL;
		wizard->offline = true;
		tui_say_err(wizard, &err);
		poll_later(wizard);
		return;
	}
	wizard->refreshing = true;
	p->dirty = true;
}

void tui_wizard_refresh(struct tui_wizard *wizard)
{
	tui_wizard_question(wizard, false);
}

void tui_wizard_forget_question(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;

	if (p->asking)
		prov_ask_cancel(p->asking);
	p->asking = NULL;
	p->poll_ms = INT64_MAX;
	p->poll_every = TUI_POLL_FIRST_MS;
	wizard->refreshing = false;
}

void tui_wizard_close(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;

	case_checklist_release(&wizard->checklist);
	mem_replace(&wizard->customer, NULL);
	mem_replace(&wizard->form, NULL);
	mem_replace(&wizard->field, NULL);
	mem_replace(&wizard->last_form, NULL);
	mem_replace(&wizard->slot.party, NULL);
	wizard->slot = (struct tui_slot){ 0 };
	wizard->offline = false;
	p->poll_ms = INT64_MAX;
	p->listing = (struct tui_listing){ 0 };
	p->counts_stale = true;
}

void tui_wizard_open(struct tui_wizard *wizard, const char *id)
{
	if (!prov_id_valid(id)) {
		tui_say(wizard, _("That is not an id: it is empty, too long "
				  "or has characters that no id has."));
		return;
	}
	tui_wizard_forget_question(wizard);
	mem_replace(&wizard->customer, id);
	mem_replace(&wizard->form, NULL);
	mem_replace(&wizard->field, NULL);
	mem_replace(&wizard->last_form, NULL);
	mem_replace(&wizard->slot.party, NULL);
	memset(&wizard->slot, 0, sizeof(wizard->slot));
	case_checklist_release(&wizard->checklist);
	memset(&wizard->checklist, 0, sizeof(wizard->checklist));
	tui_wizard_reload(wizard);
	tui_wizard_forget_question(wizard); /* old acceptances are no news */
	tui_wizard_refresh(wizard);
}

void tui_wizard_count_rejected(struct tui_wizard *wizard, int64_t now)
{
	struct tui_wizard_private *p = wizard->private;
	struct err err = { 0 };
	struct case_inbox_counts counts = { 0 };

	if (!p->counts_stale || now - p->counts_ms < TUI_COUNTS_MS)
		return;
	p->counts_stale = false;
	p->counts_ms = now;
	if (case_inbox_count(wizard->app->store, &counts, &err))
		return;
	p->dirty |= counts.rejected != p->inbox.rejected ||
		    counts.wanted != p->inbox.wanted;
	p->inbox = counts;
}
