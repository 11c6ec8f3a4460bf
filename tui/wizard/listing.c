/* SPDX-License-Identifier: MIT */
#include "tui/wizard/listing.h"

#include <stdlib.h>
#include <string.h>

#include "providers/ask.h"
#include "tui/wizard/wizard_private.h"

#define AT_ONCE	     20	  /* customers noted in one turn of the loop */
#define WAITING_MOST 2000 /* that may wait for that */

struct tui_listing *tui_listing_of(const struct tui_wizard *wizard)
{
	return &wizard->private->listing;
}

static void fail(struct tui_wizard *wizard, const struct err *err)
{
	mem_replace(&wizard->private->listing.error,
		    err ? err->text : _("no answer"));
	if (err && err->code == ERR_NETWORK)
		wizard->offline = true;
	/* Nothing works before that is mended, so it is said in full. */
	if (err && err->code == ERR_CREDENTIALS)
		tui_say_err(wizard, err);
}

/* What a list says of a customer. */
static void copy(struct prov_customer *to, const struct prov_customer *from)
{
	to->id = mem_dup(from->id);
	to->name = mem_dup(from->name);
	to->tax_id = mem_dup(from->tax_id);
	to->email = mem_dup(from->email);
	to->stage_word = mem_dup(from->stage_word);
	to->kind = from->kind;
	to->stage = from->stage;
	memcpy(to->country, from->country, sizeof(to->country));
}

static void forget_came(struct tui_listing *listing)
{
	prov_page_release(&listing->came);
	listing->noted = 0;
}

static void end(struct tui_wizard *wizard)
{
	struct tui_listing *listing = tui_listing_of(wizard);
	struct err err = { 0 };

	forget_came(listing);
	if (!listing->whole)
		return;
	listing->whole = false;
	if (case_customers_list_ended(wizard->app->store, wizard->app->profile,
				      &listing->listed_ms, &err))
		fail(wizard, &err);
	else
		listing->done_ms = listing->listed_ms;
}

bool tui_listing_busy(const struct tui_wizard *wizard)
{
	const struct tui_listing *listing = tui_listing_of(wizard);

	return listing->asking || listing->came.count || listing->whole;
}

bool tui_listing_pump(struct tui_wizard *wizard)
{
	struct tui_listing *listing = tui_listing_of(wizard);
	size_t left = listing->came.count - listing->noted;
	size_t count = left < AT_ONCE ? left : AT_ONCE;
	struct err err = { 0 };

	if (!listing->came.count && !listing->whole)
		return false;
	if (case_customers_put(wizard->app->store, wizard->app->profile,
			       listing->came.customers + listing->noted, count,
			       &err)) {
		tui_listing_stop(wizard);
		fail(wizard, &err);
	} else {
		listing->noted += count;
		if (listing->noted == listing->came.count)
			end(wizard);
	}
	wizard->private->counts_stale = true;
	tui_wizard_tell(wizard, TUI_CHANGED_CUSTOMERS);
	return listing->came.count > 0;
}

static bool on_page(void *arg, const struct prov_page *page, bool more,
		    const struct err *err)
{
	struct tui_wizard *wizard = arg;
	struct tui_listing *listing = tui_listing_of(wizard);

	if (page) {
		wizard->offline = false;
		listing->pages++;
		for (size_t i = 0; i < page->count; i++)
			copy(prov_page_add(&listing->came),
			     &page->customers[i]);
	} else {
		fail(wizard, err);
	}
	if (!page || !more)
		listing->asking = NULL;
	listing->whole = page && !more;
	/* A provider that is faster than the disk is not gathered up. */
	while (listing->came.count - listing->noted > WAITING_MOST)
		tui_listing_pump(wizard);
	tui_wizard_dirty(wizard);
	return listing->asking || !page || !more;
}

void tui_listing_start(struct tui_wizard *wizard)
{
	struct tui_listing *listing = &wizard->private->listing;
	const struct prov_profile *profile = wizard->app->profile;
	struct err err = { 0 };

	if (tui_listing_busy(wizard))
		return;
	mem_replace(&listing->error, NULL);
	listing->pages = 0;
	if (!prov_can(&profile->provider->customer_list)) {
		listing->error = mem_printf(
			_("%s has no list of customers; paste an id"),
			profile->provider->title);
		return;
	}
	if (prov_ask_customers(wizard->app->xfer, profile, on_page, wizard,
			       &listing->asking, &err)) {
		listing->asking = NULL;
		fail(wizard, &err);
	}
}

void tui_listing_stop(struct tui_wizard *wizard)
{
	struct tui_listing *listing = &wizard->private->listing;

	if (listing->asking)
		prov_ask_cancel(listing->asking);
	listing->asking = NULL;
	listing->whole = false;
	forget_came(listing);
	free(listing->error);
	listing->error = NULL;
}
