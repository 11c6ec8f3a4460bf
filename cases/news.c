/* SPDX-License-Identifier: MIT */
/*
 * What changed, told when it is durable: who is told reads the record, and
 * shows it.
 */
#include <stdlib.h>
#include <string.h>

#include "cases/outbox_private.h"
#include "cases/store_private.h"
#include "forms/form.h"

void outbox_tell(struct outbox *outbox, int64_t submission)
{
	struct outbox_news *news = NULL;

	outbox->news = mem_grow(outbox->news, outbox->news_count,
				sizeof(*outbox->news));
	news = &outbox->news[outbox->news_count++];
	news->submission = submission;
	/* Within a transaction the next commit is the one. */
	news->mark =
		case_store_mark(outbox->store) + (outbox->store->depth > 0);
}

static void tell_one(struct outbox *outbox, int64_t submission)
{
	if (outbox->changed)
		outbox->changed(outbox->arg, submission);
}

/* Did SUBMISSION change once more, and the disk does not have that yet? Who is
 * told now would read, and show, what a power cut can still undo. */
static bool has_changed_since(const struct outbox *outbox, int64_t submission)
{
	for (size_t i = outbox->news_count; i-- > 0;) {
		if (outbox->news[i].mark <= outbox->durable)
			return false;
		if (outbox->news[i].submission == submission)
			return true;
	}
	return false;
}

static void tell_group(struct outbox *outbox, int64_t submission)
{
	struct submission_group group = { 0 };
	struct err ignored = { 0 };
	bool later = has_changed_since(outbox, submission);

	if (submission_group(outbox->store, submission, true, &group, &ignored))
		group.count = 0;
	for (size_t i = 0; !later && i < group.count; i++)
		later = has_changed_since(outbox, group.ids[i]);
	if (!later && !group.count)
		tell_one(outbox, submission);
	for (size_t i = 0; !later && i < group.count; i++)
		tell_one(outbox, group.ids[i]);
	submission_group_release(&group);
}

/* Who is told may do what makes more news. */
int outbox_tell_durable(struct outbox *outbox, struct err *err)
{
	if (case_store_durable(outbox->store, &outbox->durable, err))
		return -1;
	while (outbox->news_count && outbox->news->mark <= outbox->durable) {
		int64_t submission = outbox->news->submission;

		outbox->news_count--;
		memmove(outbox->news, outbox->news + 1,
			outbox->news_count * sizeof(*outbox->news));
		tell_group(outbox, submission);
	}
	return 0;
}

void outbox_tell_case(struct outbox *outbox, int64_t case_id)
{
	struct case_submission_list list = { 0 };
	struct err ignored = { 0 };

	if (case_submissions(outbox->store, outbox->profile, case_id, false,
			     &list, &ignored))
		return;
	for (size_t i = 0; i < list.count; i++)
		if (list.list[i].sent_before)
			outbox_tell(outbox, list.list[i].id);
	case_submission_list_release(&list);
}
