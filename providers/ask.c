// SPDX-License-Identifier: MIT
/*
 * Questions that take several calls: one call at a time is on its way, and
 * what it found decides on the next.
 */
#include <sys/random.h>

#include "forms/i18n.h"
#include "forms/mem.h"
#include "forms/text.h"
#include "providers/ask_private.h"

enum {
	REPEATS_MOST = 3,
	/* Where nobody is there, somebody waits to be told. */
	REPEATS_UNREACHED = 1,
	/* Asked to wait longer, we tell the operator instead. */
	WAIT_MOST_MS = 60 * 1000,
};

void asking_free(struct prov_asking *asking)
{
	asking_forget_cursors(asking);
	prov_page_release(&asking->page);
	prov_customer_release(&asking->customer);
	prov_link_release(&asking->link);
	mem_free_private(asking->id);
	mem_free_private(asking->party);
	form_answers_free(asking->answers);
	free(asking->first);
	free(asking->code);
	free(asking);
}

void asking_end(struct prov_asking *asking, const struct err *err)
{
	asking->telling = true;
	switch (asking->question) {
	case ASK_CUSTOMERS:
		if (err)
			asking->done.page(asking->arg, NULL, false, err);
		break;
	case ASK_CUSTOMER:
		asking->done.customer(asking->arg,
				      err ? NULL : &asking->customer, err);
		break;
	case ASK_LINK:
		asking->done.link(asking->arg, err ? NULL : &asking->link, err);
		break;
	}
	asking_free(asking);
}

void asking_explain(const struct prov_asking *asking, struct err *err)
{
	const char *title = asking->profile->provider->title;

	switch (asking->question) {
	case ASK_CUSTOMERS:
		err_prefix(err, _("cannot read the customers from %s"), title);
		break;
	case ASK_CUSTOMER:
		err_prefix(err, _("cannot read customer '%s' from %s"),
			   asking->id, title);
		break;
	case ASK_LINK:
		err_prefix(err,
			   _("cannot get a link for customer '%s' from %s"),
			   asking->id, title);
		break;
	}
}

static const struct {
	enum err_code code;
	const char *words; /* when the provider has none */
} failures[] = {
	[PROV_UNSURE] = { ERR_NETWORK, N_("its answer cannot be understood") },
	[PROV_ACCEPTED] = { ERR_BUG, "" },
	[PROV_REFUSED] = { ERR_REFUSED, N_("it refused") },
	[PROV_AGAIN] = { ERR_NETWORK, N_("it is too busy") },
	[PROV_DENIED] = { ERR_CREDENTIALS, N_("the API key is not accepted") },
};

/* The provider's words without its name, which our sentence has already. */
static const char *words_of(const struct prov_asking *asking,
			    const struct prov_result *result)
{
	const char *title = asking->profile->provider->title;
	const char *words = result->message ? result->message : "";

	if (!strncmp(words, title, strlen(title)) &&
	    !strncmp(words + strlen(title), ": ", 2))
		words += strlen(title) + 2;
	return words[0] ? words : _(failures[result->outcome].words);
}

static void fail(struct prov_asking *asking, const struct prov_result *result)
{
	struct err err = { 0 };

	err_set(&err, failures[result->outcome].code, "%s",
		words_of(asking, result));
	asking_explain(asking, &err);
	asking_end(asking, &err);
}

static const struct prov_op *op_of(const struct prov_asking *asking)
{
	switch (asking->question) {
	case ASK_CUSTOMER:
		return &asking_step(asking)->op;
	case ASK_LINK:
		return &asking->profile->provider->link;
	case ASK_CUSTOMERS:
		break;
	}
	if (asking->creation &&
	    prov_can(&asking->profile->provider->customer_find))
		return &asking->profile->provider->customer_find;
	return &asking->profile->provider->customer_list;
}

static void *into_of(struct prov_asking *asking)
{
	switch (asking->question) {
	case ASK_CUSTOMER:
		return &asking->customer;
	case ASK_LINK:
		return &asking->link;
	case ASK_CUSTOMERS:
		break;
	}
	return &asking->page;
}

/* Whom the call is about; NULL: the customer. */
static const char *party_of(const struct prov_asking *asking)
{
	if (asking->question == ASK_LINK)
		return asking->party;
	if (asking->question != ASK_CUSTOMER || !asking_step(asking)->of_party)
		return NULL;
	return asking->customer.parties[asking->of_party].id;
}

static prov_call_done on_answer;

static int call(struct prov_asking *asking, int64_t not_before, struct err *err)
{
	struct prov_ctx ctx = {
		.customer = asking->id,
		.kind = asking->customer.kind,
		.so_far = &asking->customer,
		.party = party_of(asking),
		.code = asking->code,
		.form = asking->creation ? &asking->creation->form : NULL,
		.answers = asking->answers,
		.cursor = asking->cursor_count
				  ? asking->cursors[asking->cursor_count - 1]
				  : NULL,
	};
	struct prov_order order = { .xfer = asking->xfer,
				    .profile = asking->profile,
				    .op = op_of(asking),
				    .ctx = &ctx,
				    .into = into_of(asking),
				    .not_before = not_before };

	return prov_call_start(&order, on_answer, asking, &asking->call, err);
}

void asking_call(struct prov_asking *asking, int64_t not_before)
{
	struct err err = { 0 };

	if (!call(asking, not_before, &err))
		return;
	asking_explain(asking, &err);
	asking_end(asking, &err);
}

/* 1, 2, 4 s and up to a quarter more, so that many who were turned away
 * together do not come back together. */
static int64_t pause_of(unsigned repeats, int64_t wanted)
{
	int64_t pause = (int64_t)1000 << repeats;
	unsigned char spread = 0;

	if (getrandom(&spread, 1, GRND_NONBLOCK) != 1)
		spread = 128;
	if (wanted >= 0)
		pause = wanted;
	return pause + pause * spread / 1024;
}

/* Ask the same again, if that is any use. */
static bool repeat(struct prov_asking *asking, const struct prov_result *result)
{
	/* A link may have been made, unseen; making another is for the
	 * operator to decide. */
	bool worth = result->outcome == PROV_AGAIN ||
		     (result->outcome == PROV_UNSURE &&
		      asking->question != ASK_LINK);
	unsigned most = REPEATS_MOST;
	int64_t wait;

	if (text_same(result->code, "unreachable"))
		most = REPEATS_UNREACHED;
	if (result->most_attempts && result->most_attempts - 1 < most)
		most = result->most_attempts - 1;
	if (!worth || asking->once || asking->repeats >= most ||
	    (result->outcome == PROV_AGAIN && result->wait_ms > WAIT_MOST_MS))
		return false;
	wait = pause_of(asking->repeats++,
			result->outcome == PROV_AGAIN ? result->wait_ms : -1);
	asking_call(asking, xfer_now() + wait);
	return true;
}

/* A page that a provider no longer keeps is refused, or is not an answer. */
static bool may_skip(const struct prov_asking *asking,
		     const struct prov_result *result)
{
	return asking->question == ASK_CUSTOMER &&
	       asking_step(asking)->optional &&
	       (result->outcome == PROV_REFUSED ||
		result->outcome == PROV_UNSURE);
}

static void on_answer(void *arg, const struct prov_result *result,
		      const struct prov_reply *reply)
{
	struct prov_asking *asking = arg;

	asking->call = NULL;
	if (asking->cancelled) {
		asking_free(asking);
		return;
	}
	if (result->outcome == PROV_ACCEPTED || may_skip(asking, result)) {
		asking_advance(asking, result->more);
		return;
	}
	/* The wire itself is being closed: nothing can be repeated. */
	if (reply->end == PROV_END_CANCELLED) {
		struct err err = { 0 };

		err_set(&err, ERR_CANCELLED, "%s", result->message);
		asking_explain(asking, &err);
		asking_end(asking, &err);
		return;
	}
	if (!repeat(asking, result))
		fail(asking, result);
}

int asking_start(struct prov_asking *asking, struct prov_asking **out,
		 struct err *err)
{
	if (asking->question == ASK_CUSTOMER && !asking_find_step(asking))
		err_set(err, ERR_BUG, _("%s cannot do this"),
			asking->profile->provider->title);
	else if (!call(asking, 0, err)) {
		if (out)
			*out = asking;
		return 0;
	}
	asking_explain(asking, err);
	asking_free(asking);
	return -1;
}

struct prov_asking *asking_new(struct xfer *xfer,
			       const struct prov_profile *profile,
			       enum question question, void *arg)
{
	struct prov_asking *asking = mem_alloc(sizeof(*asking));

	asking->question = question;
	asking->xfer = xfer;
	asking->profile = profile;
	asking->arg = arg;
	return asking;
}

int prov_ask_customers(struct xfer *xfer, const struct prov_profile *profile,
		       prov_page_fn *page, void *arg, struct prov_asking **out,
		       struct err *err)
{
	struct prov_asking *asking =
		asking_new(xfer, profile, ASK_CUSTOMERS, arg);

	asking->done.page = page;
	return asking_start(asking, out, err);
}

int prov_ask_customer(struct xfer *xfer, const struct prov_profile *profile,
		      const char *id, prov_customer_fn *done, void *arg,
		      struct prov_asking **out, struct err *err)
{
	struct prov_asking *asking =
		asking_new(xfer, profile, ASK_CUSTOMER, arg);

	asking->done.customer = done;
	asking->id = mem_dup(id);
	return asking_start(asking, out, err);
}

int prov_ask_link(struct xfer *xfer, const struct prov_profile *profile,
		  const char *customer, const char *code, const char *party,
		  prov_link_fn *done, void *arg, struct prov_asking **out,
		  struct err *err)
{
	struct prov_asking *asking = asking_new(xfer, profile, ASK_LINK, arg);

	asking->done.link = done;
	asking->id = mem_dup(customer);
	asking->code = mem_dup(code);
	asking->party = mem_dup(party);
	return asking_start(asking, out, err);
}

void prov_ask_once(struct prov_asking *asking)
{
	asking->once = true;
}

void prov_ask_cancel(struct prov_asking *asking)
{
	asking->cancelled = true;
	/* Inside a callback there is no call, and the question ends behind
	 * it. */
	if (!asking->telling)
		prov_call_cancel(asking->call);
}
