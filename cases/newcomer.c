/* SPDX-License-Identifier: MIT */
/* New customers: what is filled in, and queueing it. What becomes of one:
 * newcomer_made.c. */
#include "cases/newcomer.h"

#include <stdlib.h>
#include <string.h>

#include "cases/store_private.h"
#include "forms/form.h"

/* "new", the form and a UUID, with tabs between: nobody asks a provider about
 * such an id, nor does one ever give it (prov_id_valid()). */
#define MARK "new\t"

bool case_newcomer_is(const char *customer)
{
	return customer && strncmp(customer, MARK, strlen(MARK)) == 0;
}

void case_newcomer_release(struct case_newcomer *newcomer)
{
	free(newcomer->id);
	form_answers_free(newcomer->answers);
	case_submission_release(&newcomer->last);
	*newcomer = (struct case_newcomer){ 0 };
}

bool case_newcomer_waits(const struct case_newcomer *newcomer)
{
	switch (newcomer->last.state) {
	case CASE_QUEUED:
	case CASE_SENDING:
	case CASE_UNSURE:
		return true;
	default:
		return false;
	}
}

static bool same(const struct form_answers *a, const struct form_answers *b)
{
	return a && b && form_answers_say(a, b) && form_answers_say(b, a);
}

bool case_newcomer_is_as_sent(const struct case_newcomer *newcomer)
{
	return newcomer->last.id &&
	       same(newcomer->last.answers, newcomer->answers);
}

static char *new_id(const struct prov_creation *creation)
{
	char key[37];

	prov_key_new(key);
	return mem_printf(MARK "%s\t%s", creation->form.schema->name, key);
}

static const struct prov_creation *creation_of(const struct provider *provider,
					       const char *id)
{
	const char *schema = id + strlen(MARK);
	char *name = mem_dup_n(schema, strcspn(schema, "\t"));
	const struct prov_creation *found = prov_creation_find(provider, name);

	free(name);
	return found;
}

/* The row that the list shows: never seen by the provider, and unsent. */
static int put_row(struct case_store *store, const struct prov_profile *profile,
		   const struct case_newcomer *newcomer, struct err *err)
{
	struct prov_customer shown = { 0 };
	int64_t number = 0;
	int ret = -1;

	prov_creation_fill(newcomer->creation, newcomer->answers, &shown);
	shown.id = mem_dup(newcomer->id);
	if (!shown.name)
		shown.name = mem_dup("");
	if (!profile_number(store, profile->name, &number, err))
		ret = customer_put_basics(store, number, &shown, 0, err);
	prov_customer_release(&shown);
	return ret;
}

static int open_case(struct case_store *store,
		     const struct prov_profile *profile,
		     struct case_newcomer *newcomer, struct err *err)
{
	if (put_row(store, profile, newcomer, err) ||
	    record_open(store, profile->name, newcomer->id, &newcomer->case_id,
			err))
		return -1;
	return case_answers_confirm(store, newcomer->case_id,
				    newcomer->creation->form.schema->name,
				    newcomer->answers, err);
}

int case_newcomer_begin(struct case_store *store,
			const struct prov_profile *profile,
			const struct prov_creation *creation,
			const struct form_answers *answers,
			struct case_newcomer *out, struct err *err)
{
	struct case_newcomer begun = { .creation = creation };
	int ret;

	begun.id = new_id(creation);
	begun.answers = form_answers_copy(answers);
	if (case_store_begin(store, err)) {
		case_newcomer_release(&begun);
		return -1;
	}
	ret = db_finish(store, open_case(store, profile, &begun, err), err);
	if (!ret) {
		case_newcomer_release(out);
		*out = begun;
		begun = (struct case_newcomer){ 0 };
	}
	case_newcomer_release(&begun);
	return ret;
}

/* His case, and his latest submission there (0: none). */
static int find(struct case_store *store, const char *profile,
		struct case_newcomer *newcomer, int64_t *last, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got;

	if (db_borrow(store, &stmt,
		      "SELECT k.id, (SELECT max(s.id) FROM submissions s"
		      " WHERE s.case_id = k.id) FROM cases k"
		      " JOIN customers c ON c.number = k.customer"
		      " JOIN profiles p ON p.number = c.profile"
		      " WHERE p.name = ?1 AND c.id = ?2",
		      DB_ARGS(db_text(profile), db_text(newcomer->id)), err))
		return -1;
	got = db_step(store, stmt, err);
	if (got > 0) {
		newcomer->case_id = sqlite3_column_int64(stmt, 0);
		*last = sqlite3_column_int64(stmt, 1);
	}
	db_give_back(store, stmt);
	return got;
}

static int load(struct case_store *store, const struct prov_profile *profile,
		struct case_newcomer *newcomer, struct err *err)
{
	int64_t last = 0;
	int got;

	newcomer->creation = creation_of(profile->provider, newcomer->id);
	if (!newcomer->creation)
		return 0;
	got = find(store, profile->name, newcomer, &last, err);
	if (got <= 0)
		return got;
	if (case_answers_load(store, newcomer->case_id,
			      newcomer->creation->form.schema->name,
			      newcomer->answers, err))
		return -1;
	got = last ? case_submission_load(store, last, &newcomer->last, err)
		   : 1;
	return got < 0 ? -1 : 1;
}

int case_newcomer_load(struct case_store *store,
		       const struct prov_profile *profile, const char *id,
		       struct case_newcomer *out, struct err *err)
{
	struct case_newcomer loaded = { 0 };
	int got = 0;

	if (case_newcomer_is(id)) {
		loaded.id = mem_dup(id);
		loaded.answers = form_answers_new();
		got = load(store, profile, &loaded, err);
	}
	if (got > 0) {
		case_newcomer_release(out);
		*out = loaded;
	} else {
		case_newcomer_release(&loaded);
	}
	return got;
}

static int refuse_waiting(struct case_store *store,
			  const struct prov_profile *profile, const char *id,
			  struct err *err)
{
	struct case_newcomer now = { 0 };
	int got = case_newcomer_load(store, profile, id, &now, err);
	bool waits = case_newcomer_waits(&now);

	case_newcomer_release(&now);
	if (got < 0)
		return -1;
	if (!got)
		return err_set(err, ERR_INPUT,
			       _("this new customer is not here any more"));
	return waits ? err_set(err, ERR_INPUT,
			       _("this new customer is on the way already; "
				 "wait for the answer, or cancel it"))
		     : 0;
}

static int put(struct case_store *store, const struct prov_profile *profile,
	       const struct case_newcomer *newcomer, const char *key,
	       const char *value, struct err *err)
{
	if (refuse_waiting(store, profile, newcomer->id, err) ||
	    put_row(store, profile, newcomer, err))
		return -1;
	return case_answer_put(store, newcomer->case_id,
			       newcomer->creation->form.schema->name, key,
			       value, err);
}

int case_newcomer_put(struct case_store *store,
		      const struct prov_profile *profile,
		      struct case_newcomer *newcomer, const char *key,
		      const char *value, struct err *err)
{
	form_answer_set(newcomer->answers, key, value);
	if (case_store_begin(store, err))
		return -1;
	return db_finish(store, put(store, profile, newcomer, key, value, err),
			 err);
}

static int undo(struct case_store *store, const struct prov_profile *profile,
		struct case_newcomer *newcomer, bool redo,
		struct case_change *change, struct err *err)
{
	char *id = NULL;
	int got;

	if (refuse_waiting(store, profile, newcomer->id, err))
		return -1;
	got = redo ? case_redo(store, newcomer->case_id, change, err)
		   : case_undo(store, newcomer->case_id, change, err);
	if (got <= 0)
		return got;
	id = mem_dup(newcomer->id);
	got = case_newcomer_load(store, profile, id, newcomer, err);
	free(id);
	return got > 0 && put_row(store, profile, newcomer, err) ? -1 : got;
}

int case_newcomer_undo(struct case_store *store,
		       const struct prov_profile *profile,
		       struct case_newcomer *newcomer, bool redo,
		       struct case_change *change, struct err *err)
{
	int got;

	if (case_store_begin(store, err))
		return -1;
	got = undo(store, profile, newcomer, redo, change, err);
	return db_finish(store, got < 0, err) ? -1 : got;
}

int case_newcomer_submit(struct case_store *store,
			 const struct prov_profile *profile,
			 const struct case_newcomer *newcomer,
			 int64_t *submission, struct err *err)
{
	return case_submit_form(store, profile, newcomer->case_id,
				&newcomer->creation->form, NULL, NULL,
				newcomer->answers, submission, err);
}

int case_newcomer_discard(struct case_store *store,
			  const struct prov_profile *profile, const char *id,
			  struct err *err)
{
	int ret;

	if (case_store_begin(store, err))
		return -1;
	ret = refuse_waiting(store, profile, id, err);
	if (!ret)
		ret = newcomer_forget(store, profile->name, id, err);
	return db_finish(store, ret, err);
}

/* Of those with the same tax id, newest first. */
static const char sql_asked[] =
	"SELECT id, answers, state, customer FROM submissions"
	" WHERE profile = ?1 AND tax_id = ?2 AND schema = ?3"
	" ORDER BY id DESC";

/* What was asked for before with the same answers. */
struct before {
	int64_t submission; /* 0: nothing that waits or was accepted */
	bool accepted;
	char *refused; /* who was not made of them, and is still here */
};

static int find_before(struct case_store *store, const char *profile,
		       const struct prov_creation *creation,
		       const struct form_answers *answers,
		       struct before *before, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more = 0;

	if (db_query(store, &stmt, sql_asked,
		     DB_ARGS(db_text(profile),
			     db_text(form_answer(answers, creation->tax_id)),
			     db_text(creation->form.schema->name)),
		     err))
		return -1;
	while (!before->submission && (more = db_step(store, stmt, err)) > 0) {
		struct form_answers *sent =
			answers_from_text(db_column(stmt, 1));
		const char *state = db_column(stmt, 2);
		bool alike = same(sent, answers);

		form_answers_free(sent);
		if (!alike)
			continue;
		if (strcmp(state, "refused") && strcmp(state, "cancelled")) {
			before->submission = sqlite3_column_int64(stmt, 0);
			before->accepted = !strcmp(state, "accepted");
		} else if (!before->refused) {
			before->refused = db_column_dup(stmt, 3);
		}
	}
	sqlite3_finalize(stmt);
	return more < 0 ? -1 : 0;
}

/* Whom to try again: who was refused with ANSWERS, unless something else was
 * filled in since; a new one otherwise. */
static int take_up(struct case_store *store, const struct prov_profile *profile,
		   const struct prov_creation *creation,
		   const struct form_answers *answers, const char *refused,
		   struct case_newcomer *newcomer, struct err *err)
{
	int got = refused ? case_newcomer_load(store, profile, refused,
					       newcomer, err)
			  : 0;

	if (got < 0 || (got && same(newcomer->answers, answers)))
		return got < 0 ? -1 : 0;
	return case_newcomer_begin(store, profile, creation, answers, newcomer,
				   err);
}

static int queue(struct case_store *store, const struct prov_profile *profile,
		 const struct prov_creation *creation,
		 const struct form_answers *answers, int64_t *submission,
		 struct err *err)
{
	struct case_newcomer newcomer = { 0 };
	struct before before = { 0 };
	int ret = -1;

	if (find_before(store, profile->name, creation, answers, &before, err))
		goto out;
	*submission = before.submission;
	if (before.submission)
		ret = !before.accepted;
	else if (!take_up(store, profile, creation, answers, before.refused,
			  &newcomer, err) &&
		 !case_newcomer_submit(store, profile, &newcomer, submission,
				       err))
		ret = 1;
out:
	case_newcomer_release(&newcomer);
	free(before.refused);
	return ret;
}

int case_newcomer_queue(struct case_store *store,
			const struct prov_profile *profile,
			const struct prov_creation *creation,
			const struct form_answers *answers, int64_t *submission,
			struct err *err)
{
	int ret;

	*submission = 0;
	if (case_store_begin(store, err))
		return -1;
	ret = queue(store, profile, creation, answers, submission, err);
	return db_finish(store, ret < 0, err) ? -1 : ret;
}
