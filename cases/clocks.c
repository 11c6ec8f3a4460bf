/* SPDX-License-Identifier: MIT */
#include "cases/clocks.h"

#define DAY_MS	 (24 * 60 * 60 * (int64_t)1000)
#define THURSDAY 4 /* 1970 began on one */

/* The earlier of two times of which 0 is none. */
static int64_t earlier(int64_t a, int64_t b)
{
	if (!a || !b)
		return a ? a : b;
	return a < b ? a : b;
}

int64_t case_rejected_ms(const struct case_checklist *list,
			 const struct case_item *item)
{
	const struct case_submission *sub = item->submission;

	if (sub && sub->state == CASE_REFUSED)
		return sub->settled_ms;
	for (size_t i = 0; i < list->customer.requirement_count; i++)
		if (&list->customer.requirements[i] == item->requirement &&
		    list->rejected_ms)
			return list->rejected_ms[i];
	return 0;
}

int64_t case_rejected_since(const struct case_checklist *list)
{
	int64_t since = 0;

	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].state == CASE_ITEM_REJECTED &&
		    !list->items[i].unasked)
			since = earlier(
				since, case_rejected_ms(list, &list->items[i]));
	return since;
}

static int64_t drafted_ms(const struct case_item *item)
{
	if (item->document)
		return item->document->chosen_ms;
	return item->form ? item->form->set_ms : 0;
}

void case_clocks(const struct case_checklist *list, struct case_clocks *out)
{
	enum prov_stage stage = list->customer.stage;

	*out = (struct case_clocks){ .ours_ms = case_rejected_since(list) };
	for (size_t i = 0; i < list->count; i++) {
		const struct case_item *item = &list->items[i];

		if (item->state == CASE_ITEM_DRAFT)
			out->ours_ms = earlier(out->ours_ms, drafted_ms(item));
		else if (item->submission &&
			 (item->state == CASE_ITEM_SENT ||
			  item->state == CASE_ITEM_IN_REVIEW))
			out->theirs_ms = earlier(out->theirs_ms,
						 item->submission->settled_ms);
	}
	if (stage == PROV_STAGE_APPROVED || stage == PROV_STAGE_CLOSED)
		out->theirs_ms = 0;
}

static bool is_business_day(int64_t ms)
{
	int64_t weekday = (ms / DAY_MS + THURSDAY) % 7;

	return weekday >= 1 && weekday <= 5;
}

int64_t case_business_days(int64_t from_ms, unsigned days)
{
	while (days) {
		from_ms += DAY_MS;
		days -= is_business_day(from_ms);
	}
	return from_ms;
}
