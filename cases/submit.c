/* SPDX-License-Identifier: MIT */
/* Queueing: what is drafted becomes a submission with a key of its own. */
#include <stdlib.h>
#include <string.h>

#include "cases/admit.h"
#include "cases/answers.h"
#include "cases/changes.h"
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
	const char *type; /* code, or the schema of a form */
	enum doc_side side;
	const char *party;		      /* never NULL */
	const struct case_document *document; /* or NULL */
	const struct prov_form *form;	      /* or NULL */
	const char *draft;		      /* the form's name */
	const struct form_answers *answers;
	const struct prov_requirement *requirement; /* or NULL */
	const char *what;			    /* a word for the trail */
};

/* The customer that CASE_ID is about, in PROFILE. */
static int customer_of(struct case_store *store,
		       const struct prov_profile *profile, int64_t case_id,
		       struct prov_customer *customer, int64_t *seen_ms,
		       struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got;

	if (db_query(store, &stmt,
		     "SELECT c.id, c.kind FROM cases k JOIN customers c"
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
		got = case_customer_load(store, profile, id, customer, seen_ms,
					 err);
		if (!got) {
			customer->id = mem_dup(id);
			customer->kind = kind_from_name(db_column(stmt, 1));
		}
		got = got < 0 ? -1 : 1;
		free(id);
	}
	sqlite3_finalize(stmt);
	return got > 0 ? 0 : -1;
}

static const char *words_for(const struct order *order)
{
	if (order->form)
		return _(order->form->schema->title);
	return *order->type ? order->type : order->what;
}

static bool makes_party(const struct order *order)
{
	return order->form && order->form->use == PROV_FORM_PARTY;
}

static bool makes_customer(const struct order *order)
{
	return order->form && order->form->use == PROV_FORM_CUSTOMER;
}

/*
 * One unsettled submission a slot: ID is it. One that is unsure, not
 * remembered by the provider any more and replaced by something newer, makes
 * room: the operator has seen it and chosen again. A new customer does not:
 * whether he was made is found out by asking.
 */
static int replace(struct case_store *store, const struct prov_profile *profile,
		   const struct order *order, int64_t id, struct err *err)
{
	const struct submission_end superseded = {
		.state = CASE_CANCELLED,
		.sent_before = true,
		.code = "superseded",
		.message = _("the answer was lost; another one was sent "
			     "instead"),
	};
	struct case_submission before = { 0 };
	bool over;

	if (case_submission_load(store, id, &before, err) < 0)
		return -1;
	over = before.state == CASE_UNSURE && !makes_customer(order) &&
	       !(*before.body_sha256 &&
		 submission_key_lives(profile->provider, before.key_made_ms,
				      xfer_now_unix())) &&
	       (!order->document ||
		order->document->chosen_ms > before.queued_ms);
	case_submission_release(&before);
	if (over)
		return submission_end(store, id, &superseded, err);
	return err_set(err, ERR_INPUT,
		       _("%s is on its way already; wait for its answer, or "
			 "cancel it"),
		       words_for(order));
}

/* A form that makes parties has no slot: only the very same is in its way. */
static int make_room(struct case_store *store,
		     const struct prov_profile *profile,
		     const struct order *order, struct err *err)
{
	int64_t id = 0;
	int got;

	if (makes_party(order))
		got = case_waiting_form(store, order->case_id,
					order->form->schema,
					*order->party ? order->party : NULL,
					order->answers, &id, err);
	else
		got = db_number(store, &id,
				"SELECT id FROM submissions WHERE case_id = ?1"
				" AND rank = ?2 AND type = ?3 AND side = ?4"
				" AND party = ?5 AND settled_ms = 0",
				DB_ARGS(db_int(order->case_id),
					db_int(order->rank),
					db_text(order->type),
					db_text(doc_side_name(order->side)),
					db_text(order->party)),
				err);
	return got > 0 ? replace(store, profile, order, id, err) : got;
}

static int admit(struct case_store *store, const struct prov_profile *profile,
		 const struct prov_customer *customer, int64_t seen_ms,
		 const struct order *order, struct err *err)
{
	const struct case_document *document = order->document;
	int room;

	if (customer->closed_because)
		return err_set(err, ERR_INPUT, "%s", customer->closed_because);
	if (document && admit_draft(profile, customer, document, err))
		return -1;
	if (make_room(store, profile, order, err))
		return -1;
	if (!document)
		return 0;
	room = admit_room(store, profile, customer, seen_ms, order->case_id,
			  document->party, err);
	return room > 0 ? admit_copy(store, profile, customer, document, err)
			: -1;
}

/* Whom it makes; NULL: nobody. */
static const char *tax_id_of(const struct prov_profile *profile,
			     const struct order *order)
{
	const struct prov_creation *creation =
		makes_customer(order)
			? prov_creation_find(profile->provider,
					     order->form->schema->name)
			: NULL;

	return creation ? form_answer(order->answers, creation->tax_id) : NULL;
}

static int insert(struct case_store *store, const struct prov_profile *profile,
		  const struct prov_customer *customer,
		  const struct order *order, struct err *err)
{
	const struct case_document *document = order->document;
	const struct prov_requirement *req = order->requirement;
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
		" key_made_ms, state, queued_ms, target, bundle, returns,"
		" tax_id)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
		" ?13, ?14, ?15, ?16, ?17, ?18, ?19, 'queued', ?19, ?20, ?21,"
		" ?22, ?23)",
		DB_ARGS(db_int(order->case_id), db_text(profile->name),
			db_text(profile->endpoint), db_text(customer->id),
			db_text(prov_kind_name(customer->kind)),
			db_text(submission_standing(customer, order->rank,
						    order->type, order->side,
						    order->party)),
			db_int(order->rank), db_text(order->type),
			db_text(doc_side_name(order->side)),
			db_text(order->party),
			db_text(document ? document->country : ""),
			db_text(document ? document->path : NULL),
			db_int(document ? document->facts.kind : DOC_UNKNOWN),
			db_int(document ? (int64_t)document->facts.bytes : 0),
			db_text(document ? document->facts.sha256 : ""),
			db_text(order->form ? order->form->schema->name : NULL),
			db_text(answers), db_text(key), db_int(now),
			db_text(req ? req->target : NULL),
			db_text(req && req->bundle ? req->bundle : ""),
			db_text(makes_party(order) ? order->draft : NULL),
			db_text(tax_id_of(profile, order))),
		err);
	if (answers)
		mem_free_private(answers);
	return ret;
}

/* What is queued cannot be undone. */
static int drop_changes(struct case_store *store, const struct order *order,
			struct err *err)
{
	if (!order->draft && !order->document)
		return 0;
	return changes_drop(store,
			    &(struct change_place){
				    .case_id = order->case_id,
				    .form = order->draft,
				    .key = order->document ? order->type : NULL,
				    .side = order->side,
				    .party = order->party },
			    err);
}

static int queue_in(struct case_store *store,
		    const struct prov_profile *profile,
		    const struct order *order, int64_t *submission,
		    struct err *err)
{
	struct prov_customer customer = { 0 };
	int64_t seen_ms = 0;
	int ret = -1;

	if (customer_of(store, profile, order->case_id, &customer, &seen_ms,
			err) ||
	    admit(store, profile, &customer, seen_ms, order, err) ||
	    insert(store, profile, &customer, order, err) ||
	    drop_changes(store, order, err))
		goto out;
	*submission = sqlite3_last_insert_rowid(store->db);
	if (makes_party(order) &&
	    answers_leave(store, order->case_id, order->draft, order->answers,
			  err))
		goto out;
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

int case_submit_document(struct case_store *store,
			 const struct prov_profile *profile, int64_t document,
			 const struct prov_requirement *requirement,
			 int64_t *submission, struct err *err)
{
	struct case_document draft = { 0 };
	int ret;

	if (document_load(store, document, &draft, err))
		return -1;
	ret = queue(store, profile,
		    &(struct order){
			    .case_id = draft.case_id,
			    .rank = PROV_RANK_DOCUMENT,
			    .type = draft.type,
			    .side = draft.side,
			    .party = draft.party ? draft.party : "",
			    .document = &draft,
			    .answers = draft.fields,
			    .requirement = requirement,
			    .what = "document",
		    },
		    submission, err);
	case_document_release(&draft);
	return ret;
}

int case_submit_form(struct case_store *store,
		     const struct prov_profile *profile, int64_t case_id,
		     const struct prov_form *form,
		     const struct prov_requirement *requirement,
		     const char *party, const struct form_answers *answers,
		     int64_t *submission, struct err *err)
{
	const char *whose = requirement ? requirement->party : party;
	char *name = case_form_name(form->schema->name, whose);
	/* With the choices that are offered, as it was filled in. */
	struct form_schema *own =
		requirement ? prov_requirement_schema(requirement) : NULL;
	struct findings findings = { 0 };
	int ret;

	form_check(own ? own : form->schema, answers, &findings);
	prov_schema_free(own);
	ret = admit_findings(&findings, _(form->schema->title), err);
	findings_release(&findings);
	if (!ret)
		ret = queue(store, profile,
			    &(struct order){
				    .case_id = case_id,
				    .rank = form->rank,
				    .type = form->schema->name,
				    .party = whose ? whose : "",
				    .form = form,
				    .draft = name,
				    .answers = answers,
				    .requirement = requirement,
				    .what = form->use == PROV_FORM_CUSTOMER
						    ? "customer"
						    : "information",
			    },
			    submission, err);
	free(name);
	return ret;
}

int case_submit_start(struct case_store *store,
		      const struct prov_profile *profile, int64_t case_id,
		      const struct prov_requirement *requirement,
		      int64_t *submission, struct err *err)
{
	if (!prov_can(&profile->provider->start))
		return err_set(err, ERR_INPUT,
			       _("%s starts its review by itself"),
			       profile->provider->title);
	return queue(store, profile,
		     &(struct order){
			     .case_id = case_id,
			     .rank = PROV_RANK_START,
			     .type = "",
			     .party = "",
			     .requirement = requirement,
			     .what = "start",
		     },
		     submission, err);
}
