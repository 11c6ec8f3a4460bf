/* SPDX-License-Identifier: MIT */
/* The checklist out of the record, and queueing what is ready on it. */
#include "cases/checklist.h"

#include <stdlib.h>
#include <string.h>

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
	prov_customer_release(&list->customer);
	case_document_list_release(&list->documents);
	case_submission_list_release(&list->submissions);
	form_answers_free(list->answers);
	findings_release(&list->answer_findings);
	*list = (struct case_checklist){ 0 };
}

static const struct form_schema *schema_of(const struct prov_profile *profile,
					   const struct case_checklist *list)
{
	return profile->provider->information[list->customer.kind];
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

/* The information draft over what the provider knows. */
static int read_answers(struct case_store *store,
			const struct form_schema *schema,
			struct case_checklist *list, struct err *err)
{
	const char *known = list->customer.information;
	struct findings ignored = { 0 };

	list->answers = form_answers_new();
	if (!schema)
		return 0;
	/* What cannot be read of it is only not filled in. */
	if (known && form_answers_from_json(schema, known, list->answers,
					    &ignored, &(struct err){ 0 })) {
		form_answers_free(list->answers);
		list->answers = form_answers_new();
	}
	findings_release(&ignored);
	if (list->case_id &&
	    case_answers_load(store, list->case_id, schema->name, list->answers,
			      err))
		return -1;
	form_check(schema, list->answers, &list->answer_findings);
	return 0;
}

int checklist_read(struct case_store *store, const struct prov_profile *profile,
		   const char *customer, struct case_checklist *out,
		   struct err *err)
{
	struct case_checklist list = { 0 };
	int64_t stage_since_ms = 0;
	int seen;

	seen = case_customer_load(store, profile, customer, &list.customer,
				  &list.seen_ms, err);
	if (seen < 0 || find_case(store, profile->name, customer, &list.case_id,
				  &stage_since_ms, err))
		goto fail;
	if (list.case_id &&
	    (case_documents(store, list.case_id, &list.documents, err) ||
	     case_submissions(store, profile, list.case_id, false,
			      &list.submissions, err)))
		goto fail;
	if (read_answers(store, schema_of(profile, &list), &list, err))
		goto fail;
	case_checklist_merge(&list, schema_of(profile, &list), stage_since_ms);
	case_checklist_release(out);
	*out = list;
	return 0;
fail:
	case_checklist_release(&list);
	return -1;
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

static int submit_item(struct case_store *store,
		       const struct prov_profile *profile,
		       const struct case_checklist *list,
		       const struct case_item *item, struct err *err)
{
	int64_t submission = 0;

	if (item->requirement->kind == PROV_REQ_DOCUMENT)
		return case_submit_document(store, profile, item->document->id,
					    &submission, err);
	return case_submit_information(store, profile, list->case_id,
				       schema_of(profile, list), list->answers,
				       &submission, err);
}

/* Items are in the order of sending: the form first, front before back. */
static int submit_ready(struct case_store *store,
			const struct prov_profile *profile,
			const struct case_checklist *list, unsigned *queued,
			struct err *err)
{
	for (size_t i = 0; i < list->count; i++) {
		if (!case_item_ready(&list->items[i], list))
			continue;
		if (submit_item(store, profile, list, &list->items[i], err))
			return -1;
		(*queued)++;
	}
	return 0;
}

/* The start, if it can be asked for and nothing else is to be done. */
static const struct case_item *
start_alone_is_left(const struct case_checklist *list)
{
	const struct case_item *start = NULL;
	unsigned drafts = 0;
	unsigned rejected = list->rejected;

	for (size_t i = 0; i < list->count; i++) {
		const struct case_item *item = &list->items[i];

		drafts += item->state == CASE_ITEM_DRAFT;
		if (item->requirement->kind != PROV_REQ_START)
			continue;
		rejected -= item->state == CASE_ITEM_REJECTED;
		if (item->state == CASE_ITEM_MISSING ||
		    item->state == CASE_ITEM_REJECTED)
			start = item;
	}
	return !list->missing && !rejected && drafts == list->ready ? start
								    : NULL;
}

int case_checklist_submit(struct case_store *store,
			  const struct prov_profile *profile,
			  const struct case_checklist *list, bool and_start,
			  unsigned *queued, struct err *err)
{
	unsigned count = 0;
	int64_t start = 0;
	int ret = -1;

	if (list->customer.closed_because)
		return err_set(err, ERR_INPUT, "%s",
			       list->customer.closed_because);
	if (case_store_begin(store, err))
		return -1;
	if (submit_ready(store, profile, list, &count, err))
		goto out;
	if (and_start && start_alone_is_left(list)) {
		if (case_submit_start(store, profile, list->case_id, &start,
				      err))
			goto out;
		count++;
	}
	ret = 0;
out:
	ret = db_finish(store, ret, err);
	if (!ret)
		*queued = count;
	return ret;
}
