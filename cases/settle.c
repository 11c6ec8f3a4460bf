/* SPDX-License-Identifier: MIT */
/*
 * Settling what is unsure by what the provider says it has. Only a change
 * that nothing else explains counts as arrived; only what is still missing
 * when a repeat is no longer possible counts as not arrived. All else stays
 * unsure, for the operator, or for the outbox, which asks: see decide.c.
 */
#include "cases/doubt.h"
#include "cases/store_private.h"
#include "forms/form.h"
#include "providers/xfer.h"

static int accept(struct case_store *store, const struct doubt *doubt,
		  const char *id, struct err *err)
{
	const struct submission_end end = {
		.state = CASE_ACCEPTED,
		.sent_before = true,
		.alone = true,
		.code = "found",
		.message = _("the answer was lost, but the provider says that "
			     "it has it"),
		.provider_id = id,
	};

	return submission_end(store, doubt->submission->id, &end, err);
}

static int accept_all(struct case_store *store, const struct doubts *doubts,
		      const struct doubt *leader,
		      const struct provider *provider,
		      const struct prov_customer *customer, struct err *err)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < doubts->count; i++) {
		const char *id = NULL;

		if (!doubt_same_request(&doubts->list[i], leader))
			continue;
		evidence_of(&doubts->list[i], provider, customer, &id);
		ret = accept(store, &doubts->list[i], id, err);
	}
	return ret;
}

/* What can be told at any time: that it is there; and where the provider is
 * not asked first, that it is not there and cannot be repeated. */
static int settle(struct case_store *store, const struct doubts *doubts,
		  const struct doubt *doubt, const struct provider *provider,
		  const struct prov_customer *customer, struct err *err)
{
	const struct submission_end absent = {
		.state = CASE_REFUSED,
		.sent_before = true,
		.code = "not_arrived",
		.message = _("the answer was lost, and the provider says "
			     "that it does not have it; send it again"),
	};
	const struct case_submission *sub = doubt->submission;
	int64_t now = xfer_now_unix();

	switch (doubts_weigh(doubts, doubt, provider, customer)) {
	case EVIDENCE_FOUND:
		return accept_all(store, doubts, doubt, provider, customer,
				  err);
	case EVIDENCE_ABSENT:
		if (submission_asks_first(provider) ||
		    submission_key_lives(provider, sub->key_made_ms, now))
			return 0;
		/* Then the outbox asks, and sends it again by itself. */
		if (doubt_waits_for_word(doubt) &&
		    submission_is_asked_about(provider, *sub->body_sha256,
					      sub->key_made_ms, now))
			return 0;
		return submission_end(store, sub->id, &absent, err);
	case EVIDENCE_NONE:
		break;
	}
	return 0;
}

int submissions_compare(struct case_store *store,
			const struct prov_profile *profile,
			const struct prov_customer *customer, struct err *err)
{
	struct doubts doubts;
	int ret = doubts_load(store, profile, customer->id, &doubts, err);

	for (size_t i = 0; !ret && i < doubts.count; i++)
		if (doubt_leads(&doubts.list[i]))
			ret = settle(store, &doubts, &doubts.list[i],
				     profile->provider, customer, err);
	doubts_release(&doubts);
	return ret;
}
