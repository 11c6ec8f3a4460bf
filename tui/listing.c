/* SPDX-License-Identifier: MIT */
#include "tui/listing.h"

#include <stdlib.h>

#include "providers/ask.h"
#include "tui/wizard_private.h"

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
}

static bool on_page(void *arg, const struct prov_page *page, bool more,
		    const struct err *err)
{
	struct tui_wizard *wizard = arg;
	struct tui_listing *listing = &wizard->private->listing;
	struct err failure = { 0 };

	if (page &&
	    case_customers_put(wizard->app->store, wizard->app->profile,
			       page->customers, page->count, &failure)) {
		page = NULL;
		err = &failure;
	}
	if (page) {
		wizard->offline = false;
		listing->seen += page->count;
	} else {
		fail(wizard, err);
	}
	if (!page || !more) {
		listing->asking = NULL;
		if (page)
			listing->done_ms = xfer_now_unix();
	}
	wizard->private->counts_stale = true;
	tui_wizard_tell(wizard, TUI_CHANGED_CUSTOMERS);
	return page != NULL;
}

void tui_listing_start(struct tui_wizard *wizard)
{
	struct tui_listing *listing = &wizard->private->listing;
	const struct prov_profile *profile = wizard->app->profile;
	struct err err = { 0 };

	if (listing->asking)
		return;
	mem_replace(&listing->error, NULL);
	listing->seen = 0;
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
	free(listing->error);
	listing->error = NULL;
}
