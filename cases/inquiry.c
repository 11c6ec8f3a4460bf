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
	inquiry->over = prov_ask_customer(
		xfer, profile, inquiry->submission.customer, on_customer,
		inquiry, &inquiry->asking, &inquiry->failed);
	*out = inquiry;
	return 0;
}

void inquiry_hurry(struct inquiry *inquiry)
{
	if (inquiry->asking)
		prov_ask_once(inquiry->asking);
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
