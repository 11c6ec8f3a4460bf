/* SPDX-License-Identifier: MIT */
/* What waits in the outbox, and the order in which it goes. */
#include "cases/queue.h"

#include <stdlib.h>
#include <string.h>

#include "cases/gate.h"
#include "cases/store_private.h"
#include "forms/form.h"
#include "providers/xfer.h"

#define LOOK_EVERY_MS	 250  /* for changes by other processes, at most */
#define RECOVER_EVERY_MS 5000 /* while others send: they may die */
#define LONGEST_WAIT_MS	 (24 * 3600 * INT64_C(1000))

static void case_release(struct queue_case *one)
{
	for (size_t i = 0; i < one->count; i++) {
		free(one->items[i].brief.type);
		free(one->items[i].brief.party);
		free(one->items[i].brief.bundle);
	}
	free(one->items);
}

void queue_release(struct queue *queue)
{
	for (size_t i = 0; i < queue->count; i++)
		case_release(&queue->cases[i]);
	free(queue->cases);
	*queue = (struct queue){ 0 };
}

/* Where CASE_ID is, or would be. */
static size_t place_of(const struct queue *queue, int64_t case_id)
{
	size_t low = 0;
	size_t high = queue->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (queue->cases[middle].id < case_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct queue_case *find_case(const struct queue *queue, int64_t case_id)
{
	size_t at = place_of(queue, case_id);

	return at < queue->count && queue->cases[at].id == case_id
		       ? &queue->cases[at]
		       : NULL;
}

static struct queue_item *find_item(const struct queue_case *one, int64_t id)
{
	for (size_t i = 0; one && i < one->count; i++)
		if (one->items[i].brief.id == id)
			return &one->items[i];
	return NULL;
}

/*
 * The record's time of day is trusted once, when a wait is first read: from
 * then on the monotonic clock counts, and no wait is longer than a day.
 */
static int64_t due_of(const struct queue_case *old,
		      const struct submission_brief *brief)
{
	const struct queue_item *known = find_item(old, brief->id);
	int64_t wait_ms;

	if (!brief->next_ms || brief->next_ms == SUBMISSION_PARKED)
		return brief->next_ms;
	if (known && known->brief.next_ms == brief->next_ms)
		return known->due_ms;
	wait_ms = brief->next_ms - xfer_now_unix();
	/* It was no longer when it began, wherever the clock went since. */
	if (brief->noted_ms && wait_ms > brief->next_ms - brief->noted_ms)
		wait_ms = brief->next_ms - brief->noted_ms;
	if (wait_ms < 0)
		wait_ms = 0;
	if (wait_ms > LONGEST_WAIT_MS)
		wait_ms = LONGEST_WAIT_MS;
	return xfer_now() + wait_ms;
}

static void remove_at(struct queue *queue, size_t at)
{
	case_release(&queue->cases[at]);
	queue->count--;
	memmove(&queue->cases[at], &queue->cases[at + 1],
		(queue->count - at) * sizeof(*queue->cases));
}

static void insert_at(struct queue *queue, size_t at,
		      const struct queue_case *one)
{
	queue->cases =
		mem_grow(queue->cases, queue->count, sizeof(*queue->cases));
	memmove(&queue->cases[at + 1], &queue->cases[at],
		(queue->count - at) * sizeof(*queue->cases));
	queue->cases[at] = *one;
	queue->count++;
}

/* Take COUNT briefs of one case over, in place of what was known of it. */
static void take_case(struct queue *queue, struct submission_brief *briefs,
		      size_t count)
{
	size_t at = place_of(queue, briefs[0].case_id);
	struct queue_case *old = find_case(queue, briefs[0].case_id);
	struct queue_case new = { .id = briefs[0].case_id,
				  .asking = old && old->asking };
	bool unsettled = false;

	new.items = mem_array(count, sizeof(*new.items));
	for (size_t i = 0; i < count; i++) {
		new.items[i].due_ms = due_of(old, &briefs[i]);
		new.items[i].brief = briefs[i];
		briefs[i].type = briefs[i].party = briefs[i].bundle = NULL;
		unsettled =
			unsettled || submission_is_open(&new.items[i].brief);
		if (new.items[i].brief.id > queue->newest)
			queue->newest = new.items[i].brief.id;
	}
	new.count = count;
	if (old)
		remove_at(queue, at);
	if (unsettled)
		insert_at(queue, at, &new);
	else
		case_release(&new);
}

static char *words_for(const struct provider *provider,
		       const struct submission_brief *refused)
{
	const struct prov_form *form = prov_form_find(provider, refused->type);

	if (refused->rank == PROV_RANK_DOCUMENT)
		return mem_dup(_("waits for a document that was refused"));
	return form ? mem_printf(_("waits for '%s', which was refused"),
				 _(form->schema->title))
		    : mem_dup(_("waits for the additional information, which "
				"was refused"));
}

/* Those that wait for something refused say so: nothing else would. */
static int note_waiting(struct case_store *store,
			const struct provider *provider,
			const struct queue_case *one, struct err *err)
{
	for (size_t i = 0; i < one->count; i++) {
		const struct submission_brief *brief = &one->items[i].brief;
		const struct submission_brief *other = NULL;
		char *words = NULL;
		int ret;

		if (brief->state != CASE_QUEUED)
			continue;
		other = gate_refused_before(one, brief);
		if (!other)
			continue;
		words = words_for(provider, other);
		ret = submission_note(store, brief->id, "waits", words, err);
		free(words);
		if (ret)
			return -1;
	}
	return 0;
}

/* A bundle that was not complete is looked at again when another joined it. */
static int wake_bundles(struct case_store *store, struct queue_case *one,
			struct err *err)
{
	for (size_t i = 0; i < one->count; i++) {
		struct queue_item *item = &one->items[i];
		int woken = 0;

		if (gate_was_joined(one, &item->brief))
			woken = bundle_wake(store, item->brief.id, err);
		if (woken < 0)
			return -1;
		if (woken)
			item->brief.next_ms = item->due_ms = 0;
	}
	return 0;
}

static int take_all(struct queue *queue, struct case_store *store,
		    const struct provider *provider,
		    struct submission_briefs *briefs, struct err *err)
{
	size_t from = 0;

	while (from < briefs->count) {
		int64_t case_id = briefs->list[from].case_id;
		struct queue_case *one = NULL;
		size_t to = from;

		while (to < briefs->count &&
		       briefs->list[to].case_id == case_id)
			to++;
		take_case(queue, briefs->list + from, to - from);
		one = find_case(queue, case_id);
		if (one && (note_waiting(store, provider, one, err) ||
			    wake_bundles(store, one, err)))
			return -1;
		from = to;
	}
	return 0;
}

static int load(struct queue *queue, struct case_store *store,
		const struct prov_profile *profile, int64_t after,
		int64_t only_case, struct err *err)
{
	struct submission_briefs briefs = { 0 };
	int ret;

	if (submission_briefs(store, profile, after, only_case, &briefs, err))
		return -1;
	/* What was in it went into another one. */
	if (only_case && !briefs.count && find_case(queue, only_case))
		remove_at(queue, place_of(queue, only_case));
	ret = take_all(queue, store, profile->provider, &briefs, err);
	submission_briefs_release(&briefs);
	return ret;
}

int queue_reload(struct queue *queue, struct case_store *store,
		 const struct prov_profile *profile, int64_t case_id,
		 struct err *err)
{
	return load(queue, store, profile, 0, case_id, err);
}

/* Everything anew; waits that were known keep their monotonic time. */
static int load_all(struct queue *queue, struct case_store *store,
		    const struct prov_profile *profile, struct err *err)
{
	struct submission_briefs briefs = { 0 };
	size_t from = 0;

	if (submissions_recover(store, profile, false, &queue->others, err) ||
	    submission_briefs(store, profile, 0, 0, &briefs, err))
		return -1;
	/* Cases that others finished are not among them any more. Both lists
	 * are in the order of cases. */
	for (size_t i = 0; i < queue->count;) {
		while (from < briefs.count &&
		       briefs.list[from].case_id < queue->cases[i].id)
			from++;
		if (from == briefs.count ||
		    briefs.list[from].case_id != queue->cases[i].id)
			remove_at(queue, i);
		else
			i++;
	}
	from = (size_t)take_all(queue, store, profile->provider, &briefs, err);
	submission_briefs_release(&briefs);
	return from ? -1 : 0;
}

static int look_for_changes(struct queue *queue, struct case_store *store,
			    const struct prov_profile *profile, int64_t now_ms,
			    struct err *err)
{
	int64_t version = 0;

	if (db_number(store, &version, "PRAGMA data_version", NULL, err) < 0)
		return -1;
	if (version == queue->version &&
	    !(queue->others && now_ms - queue->looked_ms >= RECOVER_EVERY_MS))
		return 0;
	if (load_all(queue, store, profile, err))
		return -1;
	queue->version = version;
	queue->looked_ms = now_ms;
	return 0;
}

int queue_follow(struct queue *queue, struct case_store *store,
		 const struct prov_profile *profile, int64_t now_ms,
		 struct err *err)
{
	uint64_t queued = store->queued;

	if (queued != queue->queued) {
		if (load(queue, store, profile, queue->newest, 0, err))
			return -1;
		queue->queued = queued;
	}
	if (queue->version && now_ms - queue->looked_ms < LOOK_EVERY_MS)
		return 0;
	return look_for_changes(queue, store, profile, now_ms, err);
}

void queue_set_due(struct queue *queue, int64_t case_id, int64_t submission,
		   int64_t due_ms)
{
	struct queue_case *one = find_case(queue, case_id);

	for (size_t i = 0; one && i < one->count; i++)
		if (one->items[i].brief.id == submission ||
		    one->items[i].brief.leader == submission)
			one->items[i].due_ms = due_ms;
}

void queue_set_asking(struct queue *queue, int64_t case_id, bool asking)
{
	struct queue_case *one = find_case(queue, case_id);

	if (one)
		one->asking = asking;
}

const struct queue_item *queue_pick(const struct queue *queue, int64_t now_ms)
{
	const struct queue_item *oldest = NULL;

	for (size_t c = 0; c < queue->count; c++) {
		const struct queue_case *one = &queue->cases[c];

		for (size_t i = 0; !one->asking && i < one->count; i++) {
			const struct queue_item *item = &one->items[i];

			if ((!oldest || item->brief.id < oldest->brief.id) &&
			    gate_is_open(one, item, now_ms))
				oldest = item;
		}
	}
	return oldest;
}

int64_t queue_next(const struct queue *queue, int64_t now_ms)
{
	int64_t next =
		queue->others ? queue->looked_ms + RECOVER_EVERY_MS : INT64_MAX;

	for (size_t c = 0; c < queue->count; c++) {
		const struct queue_case *one = &queue->cases[c];

		for (size_t i = 0; i < one->count; i++)
			if (gate_may_go(&one->items[i].brief) &&
			    one->items[i].due_ms > now_ms &&
			    one->items[i].due_ms < next)
				next = one->items[i].due_ms;
	}
	return next == INT64_MAX ? -1 : next;
}
