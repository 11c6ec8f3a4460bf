/* SPDX-License-Identifier: MIT */
/* Queueing: what is drafted becomes a submission with a key of its own. */
#include <stdlib.h>
#include <string.h>

#include "cases/customers.h"
#include "cases/record.h"
#include "cases/store_private.h"
#include "cases/submission.h"
#include "forms/form.h"
#include "providers/xfer.h"

/* What is to be queued; all borrowed. */
struct order {
	int64_t case_id;
	enum prov_rank rank;
	const char *type;
	enum doc_side side;
	const char *party;
	const char *country;
	const struct case_document *document; /* or NULL */
	const char *schema;
	const struct form_answers *answers;
	const char *what; /* a word for the trail */
};

/* The customer that CASE_ID is about, in PROFILE. */
static int customer_of(struct case_store *store,
		       const struct prov_profile *profile, int64_t case_id,
		       struct prov_customer *customer, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int64_t seen_ms = 0;
	int got;

	if (db_query(store, &stmt,
		     "SELECT c.id FROM cases k JOIN customers c"
		     " ON c.number = k.customer JOIN profiles p"
		     " ON p.number = c.profile"
		     " WHERE k.id = ?1 AND p.name = ?2",
		     DB_ARGS(db_int(case_id), db_text(profile->name)), err))
		return -1;
	got = db_step(store, stmt, err);
	if (!got)
		err_set(err, ERR_INPUT,
			_("there is no such case in profile '%s'"),
			profile->name);
	if (got > 0) {
		char *id = db_column_dup(stmt, 0);

		/* One that nobody has read yet can be sent to all the same. */
		got = case_customer_load(store, profile, id, customer, &seen_ms,
					 err);
		if (!got)
			customer->id = mem_dup(id);
		got = got < 0 ? -1 : 1;
		free(id);
	}
	sqlite3_finalize(stmt);
	return got > 0 ? 0 : -1;
}

/*
 * One unsettled submission a slot. One that is unsure, not remembered by the
 * provider any more and replaced by something newer, makes room: the operator
 * has seen it and chosen again.
 */
static int make_room(struct case_store *store,
		     const struct prov_profile *profile,
		     const struct order *order, struct err *err)
{
	const struct submission_end superseded = {
		.state = CASE_CANCELLED,
		.sent_before = true,
		.code = "superseded",
		.message = _("the answer was lost; another one was sent "
			     "instead"),
	};
	struct case_submission before = { 0 };
	int64_t id = 0;
	bool over;
	int got = db_number(store, &id,
			    "SELECT id FROM submissions WHERE case_id = ?1"
			    " AND rank = ?2 AND type = ?3 AND side = ?4"
			    " AND party = ?5 AND settled_ms = 0",
			    DB_ARGS(db_int(order->case_id), db_int(order->rank),
				    db_text(order->type),
				    db_text(doc_side_name(order->side)),
				    db_text(order->party)),
			    err);

	if (got > 0)
		got = case_submission_load(store, id, &before, err);
	if (got <= 0)
		return got;
	over = before.state == CASE_UNSURE &&
	       !submission_key_lives(profile->provider, before.key_made_ms,
				     xfer_now_unix()) &&
	       (!order->document ||
		order->document->chosen_ms > before.queued_ms);
	case_submission_release(&before);
	if (over)
		return submission_end(store, id, &superseded, err);
	return err_set(err, ERR_INPUT,
		       _("%s is on its way already; wait for its answer, or "
			 "cancel it"),
		       *order->type ? order->type : order->what);
}

static int insert(struct case_store *store, const struct prov_profile *profile,
		  const struct prov_customer *customer,
		  const struct order *order, struct err *err)
{
	const struct case_document *document = order->document;
	char *answers = answers_to_text(order->answers);
	int64_t now = xfer_now_unix();
	char key[37];
	int ret;

	/* Nothing is queued before it was chosen, whatever the clock says. */
	if (document && now < document->chosen_ms)
		now = document->chosen_ms;
	prov_key_new(key);
	ret = db_run(
		store,
		"INSERT INTO submissions (case_id, profile, endpoint,"
		" customer, holder, standing, rank, type, side, party,"
		" country, path, kind, bytes, sha256, schema, answers, key,"
		" key_made_ms, state, queued_ms) VALUES (?1, ?2, ?3, ?4, ?5,"
		" ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
		" ?19, 'queued', ?19)",
		DB_ARGS(db_int(order->case_id), db_text(profile->name),
			db_text(profile->endpoint), db_text(customer->id),
			db_text(prov_kind_name(customer->kind)),
			db_text(submission_standing(customer, order->rank,
						    order->type, order->party)),
			db_int(order->rank), db_text(order->type),
			db_text(doc_side_name(order->side)),
			db_text(order->party), db_text(order->country),
			db_text(document ? document->path : NULL),
			db_int(document ? document->facts.kind : DOC_UNKNOWN),
			db_int(document ? (int64_t)document->facts.bytes : 0),
			db_text(document ? document->facts.sha256 : ""),
			db_text(order->schema), db_text(answers), db_text(key),
			db_int(now)),
		err);
	if (answers)
		mem_free_private(answers);
	return ret;
}

static int queue_in(struct case_store *store,
		    const struct prov_profile *profile,
		    const struct order *order, int64_t *submission,
		    struct err *err)
{
	struct prov_customer customer = { 0 };
	int ret = -1;

	if (customer_of(store, profile, order->case_id, &customer, err) ||
	    make_room(store, profile, order, err) ||
	    insert(store, profile, &customer, order, err))
		goto out;
	*submission = sqlite3_last_insert_rowid(store->db);
	if (event_addf(store, err, "queued", order->case_id, *submission,
		       "%s %s %s %s", order->what, order->type,
		       doc_side_name(order->side),
		       order->document ? order->document->facts.sha256 : "") ||
	    customer_touch(store, order->case_id, err))
		goto out;
	ret = 0;
out:
	prov_customer_release(&customer);
	return ret;
}

static int queue(struct case_store *store, const struct prov_profile *profile,
		 const struct order *order, int64_t *submission,
		 struct err *err)
{
	int64_t id = 0;
	int ret;

	if (case_store_begin(store, err))
		return -1;
	ret = queue_in(store, profile, order, &id, err);
	ret = db_finish(store, ret, err);
	if (!ret) {
		*submission = id;
		store->queued++;
	}
	return ret;
}

/* The first error of FINDINGS as the reason why WHAT is not queued. */
static int refuse_findings(const struct findings *findings, const char *what,
			   struct err *err)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->list[i].severity == FINDING_ERROR)
			return err_set(err, ERR_INPUT,
				       _("%s cannot be sent: %s"), what,
				       findings->list[i].text);
	return 0;
}

static int check_document(const struct prov_profile *profile,
			  const struct case_document *document, struct err *err)
{
	const struct doc_type *type =
		doc_type_find(profile->provider->doctypes, document->type);
	struct findings findings = { 0 };
	int ret;

	if (!type)
		return err_set(err, ERR_INPUT, _("%s takes no '%s'"),
			       profile->provider->title, document->type);
	if (!document->path)
		return err_set(err, ERR_INPUT,
			       _("%s cannot be sent: no file is chosen"),
			       document->type);
	if (!document->checked || !*document->facts.sha256)
		return err_set(err, ERR_INPUT,
			       _("%s cannot be sent: its file has not been "
				 "checked yet"),
			       document->type);
	if (refuse_findings(&document->findings, document->type, err))
		return -1;
	doc_check_choice(type, document->side, document->country, &findings);
	ret = refuse_findings(&findings, document->type, err);
	findings_release(&findings);
	return ret;
}

int case_submit_document(struct case_store *store,
			 const struct prov_profile *profile, int64_t document,
			 int64_t *submission, struct err *err)
{
	struct case_document draft = { 0 };
	int ret = -1;

	if (document_load(store, document, &draft, err))
		return -1;
	if (!check_document(profile, &draft, err)) {
		const struct order order = {
			.case_id = draft.case_id,
			.rank = PROV_RANK_DOCUMENT,
			.type = draft.type,
			.side = draft.side,
			.party = draft.party ? draft.party : "",
			.country = draft.country,
			.document = &draft,
			.answers = draft.fields,
			.what = "document",
		};

		ret = queue(store, profile, &order, submission, err);
	}
	case_document_release(&draft);
	return ret;
}

int case_submit_information(struct case_store *store,
			    const struct prov_profile *profile, int64_t case_id,
			    const struct form_schema *schema,
			    const struct form_answers *answers,
			    int64_t *submission, struct err *err)
{
	const struct order order = {
		.case_id = case_id,
		.rank = PROV_RANK_INFORMATION,
		.type = "",
		.party = "",
		.country = "",
		.schema = schema->name,
		.answers = answers,
		.what = "information",
	};
	struct findings findings = { 0 };
	int ret;

	form_check(schema, answers, &findings);
	ret = refuse_findings(&findings, _("the additional information"), err);
	findings_release(&findings);
	return ret ? -1 : queue(store, profile, &order, submission, err);
}

int case_submit_start(struct case_store *store,
		      const struct prov_profile *profile, int64_t case_id,
		      int64_t *submission, struct err *err)
{
	const struct order order = {
		.case_id = case_id,
		.rank = PROV_RANK_START,
		.type = "",
		.party = "",
		.country = "",
		.what = "start",
	};

	if (!prov_can(&profile->provider->start))
		return err_set(err, ERR_INPUT,
			       _("%s starts its review by itself"),
			       profile->provider->title);
	return queue(store, profile, &order, submission, err);
}
