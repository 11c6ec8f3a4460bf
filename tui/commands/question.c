/* SPDX-License-Identifier: MIT */
/* What line mode asks of the provider, and waits for: a customer, all of them,
 * a link. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "providers/ask.h"
#include "tui/commands/command.h"

#define SAY_MS	  2000	/* then the operator is told why nothing happens */
#define ANSWER_MS 12000 /* nobody at a shell waits longer for a question */

/* A question to the provider that is being waited for. */
struct waiting {
	bool done;
	struct prov_customer customer;
	struct err err;
};

static void arrived(void *arg, struct prov_customer *customer,
		    const struct err *err)
{
	struct waiting *waiting = arg;

	waiting->done = true;
	if (customer) {
		waiting->customer = *customer;
		memset(customer, 0, sizeof(*customer));
	} else {
		waiting->err = *err;
	}
}

/* 0: go on waiting. SINCE_MS is when it began. */
static int still_waiting(const struct tui_app *app, int64_t since_ms,
			 bool *said, struct err *err)
{
	const char *title = app->profile->provider->title;
	int64_t waited_ms = xfer_now() - since_ms;

	if (tui_signal_taken())
		return err_set(err, ERR_CANCELLED, _("interrupted"));
	if (waited_ms >= ANSWER_MS)
		return err_set(err, ERR_NETWORK,
			       _("%s gave no answer within %d s"), title,
			       ANSWER_MS / 1000);
	if (waited_ms >= SAY_MS && !*said) {
		tui_report(app, _("no answer from %s yet; still trying"),
			   title);
		*said = true;
	}
	return 0;
}

/* Wait until a callback made DONE true, telling the operator when that takes
 * long. -1 and ERR: a signal, or no answer in a time that is fair at a shell.
 */
static int await(struct tui_app *app, const bool *done, struct err *err)
{
	/* Nothing is sent meanwhile: what waits in the outbox is not asked
	 * for here. */
	struct outbox *outbox = app->outbox;
	int64_t since_ms = xfer_now();
	bool said = false;
	int ret = 0;

	if (app->options.verbose)
		tui_report(app, _("asking %s, profile '%s', at %s"),
			   app->profile->provider->title, app->profile->name,
			   app->profile->endpoint);
	app->outbox = NULL;
	while (!ret && !*done) {
		ret = tui_app_turn(app, NULL, 0, 250, err);
		if (!ret && !*done)
			ret = still_waiting(app, since_ms, &said, err);
	}
	app->outbox = outbox;
	return ret;
}

/* Until the callback of ASKING made DONE true, and ANSWERED what failed. */
static int await_answer(struct tui_app *app, struct prov_asking *asking,
			const bool *done, const struct err *answered,
			struct err *err)
{
	if (await(app, done, err)) {
		prov_ask_cancel(asking);
		return -1;
	}
	if (answered->code)
		*err = *answered;
	return answered->code ? -1 : 0;
}

static int ask(struct tui_app *app, const char *id, struct waiting *waiting,
	       struct err *err)
{
	struct prov_asking *asking = NULL;

	if (prov_ask_customer(app->xfer, app->profile, id, arrived, waiting,
			      &asking, err))
		return -1;
	return await_answer(app, asking, &waiting->done, &waiting->err, err);
}

int tui_customer_now(struct tui_app *app, const char *id,
		     struct prov_customer *customer, int64_t *seen_ms,
		     struct err *err)
{
	struct waiting waiting = { 0 };
	struct err stored = { 0 };
	int known = 0;

	*seen_ms = xfer_now_unix();
	if (!prov_id_valid(id))
		return err_set(err, ERR_INPUT,
			       _("'%s' cannot be the id of a customer"), id);
	if (ask(app, id, &waiting, err) == 0) {
		*customer = waiting.customer;
		return case_customer_put(app->store, app->profile, customer,
					 err);
	}
	prov_customer_release(&waiting.customer);
	if (err->code != ERR_NETWORK)
		return -1;
	known = case_customer_load(app->store, app->profile, id, customer,
				   seen_ms, &stored);
	if (known < 0)
		*err = stored;
	return known == 1 ? 0 : -1;
}

int tui_alike_now(struct tui_app *app, const struct prov_creation *creation,
		  const struct form_answers *answers,
		  struct prov_customer *known, struct err *err)
{
	struct waiting waiting = { 0 };
	struct prov_asking *asking = NULL;

	if (prov_ask_alike(app->xfer, app->profile, creation, answers, arrived,
			   &waiting, &asking, err))
		return -1;
	if (await_answer(app, asking, &waiting.done, &waiting.err, err))
		return -1;
	*known = waiting.customer;
	return 0;
}

struct listing {
	struct tui_app *app;
	bool came; /* something, since it was last looked */
	bool done;
	struct err err;
};

static bool page_came(void *arg, const struct prov_page *page, bool more,
		      const struct err *err)
{
	struct listing *listing = arg;

	listing->came = true;
	if (!page) {
		listing->err = *err;
		listing->done = true;
		return false;
	}
	if (case_customers_put(listing->app->store, listing->app->profile,
			       page->customers, page->count, &listing->err)) {
		listing->done = true;
		return false;
	}
	listing->done = !more;
	return more;
}

int tui_customers_now(struct tui_app *app, struct err *err)
{
	struct listing listing = { .app = app };
	struct prov_asking *asking = NULL;

	if (prov_ask_customers(app->xfer, app->profile, page_came, &listing,
			       &asking, err))
		return -1;
	while (!listing.done) {
		listing.came = false;
		if (await(app, &listing.came, err)) {
			prov_ask_cancel(asking);
			return -1;
		}
	}
	if (listing.err.code)
		*err = listing.err;
	return listing.err.code ? -1 : 0;
}

struct link_waiting {
	bool done;
	struct prov_link *link;
	struct err err;
};

static void link_came(void *arg, const struct prov_link *link,
		      const struct err *err)
{
	struct link_waiting *waiting = arg;

	waiting->done = true;
	if (!link) {
		waiting->err = *err;
		return;
	}
	waiting->link->url = mem_dup(link->url);
	waiting->link->expires = mem_dup(link->expires);
}

int tui_link_now(struct tui_app *app, const char *customer,
		 const struct prov_requirement *requirement,
		 struct prov_link *link, struct err *err)
{
	struct link_waiting waiting = { .link = link };
	struct prov_asking *asking = NULL;

	if (prov_ask_link(app->xfer, app->profile, customer, requirement->code,
			  requirement->party, link_came, &waiting, &asking,
			  err))
		return -1;
	return await_answer(app, asking, &waiting.done, &waiting.err, err);
}
