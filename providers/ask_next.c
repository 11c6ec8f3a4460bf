/* SPDX-License-Identifier: MIT */
/* What a question asks next: the page after this one, or the next step. */
#include <string.h>

#include "forms/i18n.h"
#include "forms/mem.h"
#include "providers/ask_private.h"

enum {
	PAGES_MOST = 100000,
	STEP_PAGES_MOST = 100, /* of one question about a customer */
};

/* Pages. */

void asking_forget_cursors(struct prov_asking *asking)
{
	for (size_t i = 0; i < asking->cursor_count; i++)
		free(asking->cursors[i]);
	free(asking->cursors);
	asking->cursors = NULL;
	asking->cursor_count = 0;
}

static bool followed(const struct prov_asking *asking, const char *cursor)
{
	for (size_t i = 0; i < asking->cursor_count; i++)
		if (!strcmp(asking->cursors[i], cursor))
			return true;
	return false;
}

static bool may_follow(const struct prov_asking *asking, const char *cursor)
{
	return cursor && *cursor && !followed(asking, cursor) &&
	       asking->cursor_count < PAGES_MOST - 1;
}

static void follow(struct prov_asking *asking, const char *cursor)
{
	asking->cursors = mem_grow(asking->cursors, asking->cursor_count,
				   sizeof(*asking->cursors));
	asking->cursors[asking->cursor_count++] = mem_dup(cursor);
	asking->repeats = 0;
}

/* A list that names a page twice has no end, and is not whole either. */
static void fail_endless(struct prov_asking *asking)
{
	struct err err = { 0 };

	err_set(&err, ERR_NETWORK,
		_("its list does not end: the same page came twice"));
	asking_explain(asking, &err);
	asking_end(asking, &err);
}

/* Who does not look at what was asked for sends the same page for ever. */
static bool came_before(struct prov_asking *asking,
			const struct prov_page *page)
{
	const char *first = page->count ? page->customers[0].id : NULL;
	bool same = first && asking->first && !strcmp(first, asking->first);

	mem_replace(&asking->first, first);
	return same;
}

static void next_page(struct prov_asking *asking)
{
	struct prov_page page = asking->page;
	bool more = page.next && *page.next;
	bool again = came_before(asking, &page);
	bool wanted;

	asking->page = (struct prov_page){ 0 };
	asking->telling = true;
	wanted = asking->done.page(asking->arg, &page, more || again, NULL);
	asking->telling = false;
	if (!wanted || asking->cancelled || (!more && !again)) {
		asking_free(asking);
	} else if (again || !may_follow(asking, page.next)) {
		fail_endless(asking);
	} else {
		follow(asking, page.next);
		asking_call(asking, 0);
	}
	prov_page_release(&page);
}

/* Steps. */

const struct prov_read_step *asking_step(const struct prov_asking *asking)
{
	return &asking->profile->provider->customer_read[asking->step];
}

/* The first party, from where we are, that the step is about. */
static bool find_party(struct prov_asking *asking)
{
	const struct prov_read_step *step = asking_step(asking);
	const struct prov_customer *customer = &asking->customer;

	for (; asking->of_party < customer->party_count; asking->of_party++) {
		const struct prov_party *party =
			&customer->parties[asking->of_party];

		if (party->id && step->of_party(customer, party))
			return true;
	}
	return false;
}

bool asking_find_step(struct prov_asking *asking)
{
	for (; asking->step < PROV_READ_STEPS; asking->step++) {
		const struct prov_read_step *step = asking_step(asking);

		if (!step->op.build)
			return false;
		if ((!step->wanted || step->wanted(&asking->customer)) &&
		    (!step->of_party || find_party(asking)))
			return true;
		asking->of_party = 0;
	}
	return false;
}

static void next_step(struct prov_asking *asking, const char *more)
{
	asking->repeats = 0;
	if (more && *more) {
		if (!may_follow(asking, more) ||
		    asking->cursor_count >= STEP_PAGES_MOST) {
			fail_endless(asking);
			return;
		}
		follow(asking, more);
		asking_call(asking, 0);
		return;
	}
	asking_forget_cursors(asking);
	if (asking_step(asking)->of_party) {
		asking->of_party++;
	} else {
		asking->step++;
		asking->of_party = 0;
	}
	if (asking_find_step(asking)) {
		asking_call(asking, 0);
		return;
	}
	if (asking->profile->provider->customer_settle)
		asking->profile->provider->customer_settle(&asking->customer);
	asking_end(asking, NULL);
}

void asking_advance(struct prov_asking *asking, const char *more)
{
	switch (asking->question) {
	case ASK_CUSTOMERS:
		next_page(asking);
		break;
	case ASK_CUSTOMER:
		next_step(asking, more);
		break;
	case ASK_LINK:
		asking_end(asking, NULL);
		break;
	}
}
