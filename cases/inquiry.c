/* SPDX-License-Identifier: MIT */
/* Asking the provider what it has, after a lost answer. */
#include "cases/inquiry.h"

#include <stdlib.h>

#include "cases/customers.h"
#include "cases/store_private.h"
#include "forms/form.h"

struct inquiry {
	struct case_store *store;
	const struct prov_profile *profile;
	const struct prov_creation *creation; /* he may not be there yet */
	struct case_submission submission;
	int64_t asked_ms; /* unix */
	struct prov_asking *asking;
	inquiry_answered *answered;
	void *arg;
	bool over;
	bool known; /* CUSTOMER is what the provider said; else FAILED */
	struct prov_customer customer;
	struct err failed;
};

int64_t inquiry_submission(const struct inquiry *inquiry)
{
	return inquiry->submission.id;
}

int64_t inquiry_case(const struct inquiry *inquiry)
{
	return inquiry->submission.case_id;
}

bool inquiry_is_over(const struct inquiry *inquiry)
{
	return inquiry->over;
}

enum budget_end inquiry_health(const struct inquiry *inquiry)
{
	if (inquiry->known)
		return BUDGET_ANSWERED;
	switch (inquiry->failed.code) {
	case ERR_NETWORK:
		return BUDGET_FAILED;
	case ERR_CANCELLED:
		return BUDGET_NOTHING;
	default:
		return BUDGET_ANSWERED;
	}
}

void inquiry_free(struct inquiry *inquiry)
{
	if (!inquiry)
		return;
	if (inquiry->asking)
		prov_ask_cancel(inquiry->asking);
	prov_customer_release(&inquiry->customer);
	case_submission_release(&inquiry->submission);
	free(inquiry);
}

static void on_customer(void *arg, struct prov_customer *customer,
			const struct err *err)
{
	struct inquiry *inquiry = arg;

	inquiry->asking = NULL;
	inquiry->over = true;
	inquiry->known = customer;
	if (customer) {
		inquiry->customer = *customer;
		*customer = (struct prov_customer){ 0 };
	} else {
		inquiry->failed = *err;
	}
	inquiry->answered(inquiry->arg, inquiry);
}

/* 0, or -1 and why it could not be asked. */
static int ask(struct inquiry *inquiry, struct xfer *xfer)
{
	const struct case_submission *sub = &inquiry->submission;

	if (sub->rank == PROV_RANK_CUSTOMER)
		inquiry->creation = prov_creation_find(
			inquiry->profile->provider, sub->schema);
	return inquiry->creation
		       ? prov_ask_alike(xfer, inquiry->profile,
					inquiry->creation, sub->answers,
					on_customer, inquiry, &inquiry->asking,
					&inquiry->failed)
		       : prov_ask_customer(xfer, inquiry->profile,
					   sub->customer, on_customer, inquiry,
					   &inquiry->asking, &inquiry->failed);
}

int inquiry_new(struct inquiry **out, struct case_store *store,
		struct xfer *xfer, const struct prov_profile *profile,
		int64_t submission, inquiry_answered *answered, void *arg,
		struct err *err)
{
	struct inquiry *inquiry = mem_alloc(sizeof(*inquiry));
	int got = case_submission_load(store, submission, &inquiry->submission,
				       err);

	if (got <= 0) {
		free(inquiry);
		return got < 0 ? -1
			       : err_set(err, ERR_BUG,
					 "there is no submission %lld",
					 (long long)submission);
	}
	inquiry->store = store;
	inquiry->profile = profile;
	inquiry->answered = answered;
	inquiry->arg = arg;
	inquiry->asked_ms = xfer_now_unix();
	inquiry->over = ask(inquiry, xfer);
	*out = inquiry;
	return 0;
}

void inquiry_hurry(struct inquiry *inquiry)
{
	if (inquiry->asking)
		prov_ask_once(inquiry->asking);
}

/* 0: another process has decided it, or sends it again. */
static int is_in_doubt(struct inquiry *inquiry, struct err *err)
{
	return db_number(inquiry->store, &(int64_t){ 0 },
			 "SELECT 1 FROM submissions WHERE id = ?1"
			 " AND state = 'unsure'",
			 DB_ARGS(db_int(inquiry->submission.id)), err);
}

/* Of a new customer: whoever has his tax id there is himself. */
static int record_alike(struct inquiry *inquiry, struct err *err)
{
	struct prov_customer nobody = { .id = inquiry->submission.customer };
	const struct submission_end found = {
		.state = CASE_ACCEPTED,
		.sent_before = true,
		.provider_id = inquiry->customer.id,
		.code = "found",
		.message = _("the answer was lost; the provider has the "
			     "customer"),
	};
	int doubt = is_in_doubt(inquiry, err);

	if (doubt <= 0)
		return doubt;
	if (inquiry->customer.id)
		return submission_end(inquiry->store, inquiry->submission.id,
				      &found, err);
	return doubts_answered(inquiry->store, inquiry->profile, &nobody,
			       inquiry->asked_ms, err);
}

static int record(struct inquiry *inquiry, struct err *err)
{
	struct case_store *store = inquiry->store;
	const struct prov_profile *profile = inquiry->profile;

	/* What says nothing of the provider says nothing of the doubt. */
	if (!inquiry->known && (inquiry->failed.code == ERR_CANCELLED ||
				inquiry->failed.code == ERR_CREDENTIALS))
		return 0;
	if (!inquiry->known)
		return doubts_unanswered(store, profile,
					 inquiry->submission.customer,
					 inquiry->failed.text, err);
	if (inquiry->creation)
		return record_alike(inquiry, err);
	return case_customer_put(store, profile, &inquiry->customer, err) ||
			       doubts_answered(store, profile,
					       &inquiry->customer,
					       inquiry->asked_ms, err)
		       ? -1
		       : 0;
}

int inquiry_record(struct inquiry *inquiry, const char **denied,
		   struct err *err)
{
	*denied = NULL;
	if (case_store_begin(inquiry->store, err))
		return -1;
	if (db_finish(inquiry->store, record(inquiry, err), err))
		return -1;
	if (!inquiry->known && inquiry->failed.code == ERR_CREDENTIALS)
		*denied = inquiry->failed.text;
	return 0;
}
