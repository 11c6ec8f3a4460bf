/* SPDX-License-Identifier: MIT */
/* The checklist out of the record, and queueing what is ready on it. */
#include "cases/checklist.h"

#include <stdlib.h>
#include <string.h>

#include "cases/admit.h"
#include "cases/answers.h"
#include "cases/merge.h"
#include "cases/rejections.h"
#include "cases/store_private.h"
#include "forms/form.h"

const char *case_item_state_name(enum case_item_state state)
{
	static const char *const names[] = {
		[CASE_ITEM_MISSING] = "missing",
		[CASE_ITEM_DRAFT] = "draft",
		[CASE_ITEM_QUEUED] = "sent",
		[CASE_ITEM_SENT] = "sent",
		[CASE_ITEM_IN_REVIEW] = "in_review",
		[CASE_ITEM_ACCEPTED] = "accepted",
		[CASE_ITEM_REJECTED] = "rejected",
		[CASE_ITEM_UNSURE] = "unsure",
		[CASE_ITEM_NOT_NEEDED] = "missing",
	};

	return names[state];
}

void case_checklist_release(struct case_checklist *list)
{
	for (size_t i = 0; list->reasons && i < list->submissions.count; i++) {
		free(list->reasons[i].code);
		mem_free_private(list->reasons[i].message);
	}
	free(list->reasons);
	free(list->items);
	free(list->parts);
	free(list->rejected_ms);
	merge_forms_release(list);
	merge_unasked_release(list);
	prov_customer_release(&list->customer);
	case_document_list_release(&list->documents);
	case_submission_list_release(&list->submissions);
	*list = (struct case_checklist){ 0 };
}

static int find_case(struct case_store *store, const char *profile,
		     const char *customer, int64_t *case_id,
		     int64_t *stage_since_ms, struct err *err)
{
	const struct db_arg *args =
		DB_ARGS(db_text(profile), db_text(customer));

	if (db_number(store, stage_since_ms,
		      "SELECT stage_since_ms FROM customers c JOIN profiles p"
		      " ON p.number = c.profile WHERE p.name = ?1"
		      " AND c.id = ?2",
		      args, err) < 0 ||
	    db_number(store, case_id,
		      "SELECT k.id FROM cases k JOIN customers c"
		      " ON c.number = k.customer JOIN profiles p"
		      " ON p.number = c.profile WHERE p.name = ?1"
		      " AND c.id = ?2",
		      args, err) < 0)
		return -1;
	return 0;
}

/* Drafts go over what the provider knows. */
static int read_forms(struct case_store *store, struct case_checklist *list,
		      struct err *err)
{
	merge_forms_make(list);
	for (size_t i = 0; i < list->form_count; i++) {
		struct case_form *form = &list->forms[i];

		if (list->case_id &&
		    case_answers_load(store, list->case_id, form->name,
				      form->answers, err))
			return -1;
		if (list->case_id &&
		    answers_set_ms(store, list->case_id, form->name,
				   &form->set_ms, err))
			return -1;
		form_check(form->schema, form->answers, &form->findings);
	}
	return 0;
}

static int read_all(struct case_store *store,
		    const struct prov_profile *profile, const char *customer,
		    struct case_checklist *list, int64_t *stage_since_ms,
		    struct err *err)
{
	if (case_customer_load(store, profile, customer, &list->customer,
			       &list->seen_ms, err) < 0 ||
	    find_case(store, profile->name, customer, &list->case_id,
		      stage_since_ms, err))
		return -1;
	if (list->case_id &&
	    (case_documents(store, list->case_id, &list->documents, err) ||
	     case_submissions(store, profile, list->case_id, false,
			      &list->submissions, err)))
		return -1;
	if (!list->seen_ms)
		return 0;
	if (read_forms(store, list, err))
		return -1;
	return rejections_load(store, profile->name, &list->customer,
			       &list->rejected_ms, err);
}

int checklist_read(struct case_store *store, const struct prov_profile *profile,
		   const char *customer, struct case_checklist *out,
		   struct err *err)
{
	struct case_checklist list = { 0 };
	int64_t stage_since_ms = 0;

	if (read_all(store, profile, customer, &list, &stage_since_ms, err)) {
		case_checklist_release(&list);
		return -1;
	}
	admit_mark_copies(profile, &list);
	if (list.seen_ms)
		merge_unasked_make(profile->provider, &list);
	case_checklist_merge(&list, stage_since_ms);
	case_checklist_release(out);
	*out = list;
	return 0;
}

int case_checklist_load(struct case_store *store,
			const struct prov_profile *profile,
			const char *customer, struct case_checklist *list,
			struct err *err)
{
	struct case_checklist loaded = { 0 };

	if (checklist_read(store, profile, customer, &loaded, err))
		return -1;
	if (!loaded.case_id && loaded.seen_ms &&
	    case_open(store, profile, customer, &loaded.case_id, err)) {
		case_checklist_release(&loaded);
		return -1;
	}
	case_checklist_release(list);
	*list = loaded;
	return 0;
}

/* What became of one: QUEUED counts it; what cannot go stays a draft, and is no
 * reason to keep the rest: LEFT gets the first such. -1: ERR, not of its own
 * making. */
static int count(int ret, const struct err *why, unsigned *queued,
		 struct err *left, struct err *err)
{
	if (!ret) {
		(*queued)++;
		return 0;
	}
	if (why->code != ERR_INPUT) {
		*err = *why;
		return -1;
	}
	if (!left->code)
		*left = *why;
	return 0;
}

static int submit_forms(struct case_store *store,
			const struct prov_profile *profile,
			const struct case_checklist *list, unsigned *queued,
			struct err *left, struct err *err)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct case_item *item = &list->items[i];
		struct err why = { 0 };
		int64_t submission = 0;
		int ret;

		if (!item->form || !case_item_ready(item, list) ||
		    item->waits || merge_repeats_form(list, i))
			continue;
		ret = case_submit_form(store, profile, list->case_id,
				       item->requirement->form,
				       item->requirement, NULL,
				       item->form->answers, &submission, &why);
		if (count(ret, &why, queued, left, err))
			return -1;
	}
	return 0;
}

/* Something may stay a draft because too much waits for review already. */
static int submit_documents(struct case_store *store,
			    const struct prov_profile *profile,
			    const struct case_checklist *list, unsigned *queued,
			    struct err *left, struct err *err)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct case_item *item = &list->items[i];
		struct err why = { 0 };
		int64_t submission = 0;
		int room;
		int ret;

		if (item->form || !case_item_ready(item, list) || item->waits)
			continue;
		room = admit_room(store, profile, &list->customer,
				  list->seen_ms, list->case_id,
				  item->requirement->party, &why);
		ret = room > 0 ? case_submit_document(
					 store, profile, item->document->id,
					 item->requirement, &submission, &why)
			       : -1;
		if (count(ret, &why, queued, left, err))
			return -1;
	}
	return 0;
}

/* The start, if it can be asked for and nothing else is to be done. */
static const struct case_item *
start_alone_is_left(const struct case_checklist *list)
{
	const struct case_item *start = NULL;
	unsigned rejected = list->rejected;

	for (size_t i = 0; i < list->count; i++) {
		const struct case_item *item = &list->items[i];

		if (item->state == CASE_ITEM_DRAFT && !item->unasked &&
		    (item->waits || !case_item_ready(item, list)))
			return NULL;
		if (item->requirement->kind != PROV_REQ_START)
			continue;
		rejected -= item->state == CASE_ITEM_REJECTED;
		if (item->state == CASE_ITEM_MISSING ||
		    item->state == CASE_ITEM_REJECTED)
			start = item;
	}
	return !list->missing && !rejected ? start : NULL;
}

static int submit_start(struct case_store *store,
			const struct prov_profile *profile,
			const struct case_checklist *list, unsigned *queued,
			struct err *err)
{
	const struct case_item *start = start_alone_is_left(list);
	int64_t submission = 0;

	if (!start)
		return 0;
	if (case_submit_start(store, profile, list->case_id, start->requirement,
			      &submission, err))
		return -1;
	(*queued)++;
	return 0;
}

int case_checklist_submit(struct case_store *store,
			  const struct prov_profile *profile,
			  const struct case_checklist *list, bool and_start,
			  unsigned *queued, struct err *err)
{
	struct err left = { 0 };
	unsigned sent = 0;
	int ret = -1;

	if (list->customer.closed_because)
		return err_set(err, ERR_INPUT, "%s",
			       list->customer.closed_because);
	if (case_store_begin(store, err))
		return -1;
	if (submit_forms(store, profile, list, &sent, &left, err) ||
	    submit_documents(store, profile, list, &sent, &left, err))
		goto out;
	/* But that nothing goes has to be explained. */
	if (left.code && !sent) {
		err_set(err, left.code, "%s", left.text);
		goto out;
	}
	if (and_start && !left.code &&
	    submit_start(store, profile, list, &sent, err))
		goto out;
	ret = 0;
out:
	ret = db_finish(store, ret, err);
	if (!ret)
		*queued = sent;
	return ret;
}
