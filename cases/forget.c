/* SPDX-License-Identifier: MIT */
/* Drafted answers that the provider holds by now as they were sent. */
#include <stdlib.h>
#include <string.h>

#include "cases/changes.h"
#include "cases/store_private.h"
#include "cases/submission.h"
#include "forms/form.h"

/* Are the answers of SUB what the provider says it knows? */
static bool is_known(const struct form_schema *schema,
		     const struct case_submission *sub, const char *json)
{
	struct form_answers *known = form_answers_new();
	struct findings ignored = { 0 };
	struct buf sent = { 0 };
	struct buf there = { 0 };
	bool same = false;

	if (!form_answers_from_json(schema, json, known, &ignored,
				    &(struct err){ 0 })) {
		form_answers_to_json(schema, sub->answers, NULL, &sent);
		form_answers_to_json(schema, known, NULL, &there);
		same = strcmp(buf_text(&sent), buf_text(&there)) == 0;
	}
	buf_release(&sent);
	buf_release(&there);
	findings_release(&ignored);
	form_answers_free(known);
	return same;
}

static int forget_until(struct case_store *store, int64_t case_id,
			const char *form, int64_t until_ms, struct err *err)
{
	if (db_run(store,
		   "DELETE FROM answers WHERE case_id = ?1"
		   " AND form = ?2 AND set_ms <= ?3",
		   DB_ARGS(db_int(case_id), db_text(form), db_int(until_ms)),
		   err))
		return -1;
	return changes_forget(store, case_id, form, until_ms, err);
}

/* One form of the customer, or of one of its parties. */
static int forget_form(struct case_store *store, const char *profile,
		       const char *customer,
		       const struct prov_requirement *requirement,
		       struct err *err)
{
	const struct form_schema *schema = requirement->form->schema;
	struct case_submission sub = { 0 };
	int64_t id = 0;
	int got = db_number(
		store, &id,
		"SELECT max(id) FROM submissions"
		" WHERE profile = ?1 AND customer = ?2"
		" AND schema = ?3 AND party = ?4"
		" AND state = 'accepted'",
		DB_ARGS(db_text(profile), db_text(customer),
			db_text(schema->name),
			db_text(requirement->party ? requirement->party : "")),
		err);

	if (got > 0 && id)
		got = case_submission_load(store, id, &sub, err);
	if (got > 0 && sub.answers &&
	    is_known(schema, &sub, requirement->known)) {
		char *form = case_form_name(schema->name, requirement->party);

		got = forget_until(store, sub.case_id, form, sub.queued_ms,
				   err);
		free(form);
	}
	case_submission_release(&sub);
	return got < 0 ? -1 : 0;
}

int answers_forget_sent(struct case_store *store,
			const struct prov_profile *profile,
			const struct prov_customer *customer, struct err *err)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < customer->requirement_count; i++) {
		const struct prov_requirement *requirement =
			&customer->requirements[i];

		if (requirement->kind == PROV_REQ_INFORMATION &&
		    requirement->known)
			ret = forget_form(store, profile->name, customer->id,
					  requirement, err);
	}
	return ret;
}
