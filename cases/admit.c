/* SPDX-License-Identifier: MIT */
/* What can be known to be refused before a document is queued. */
#include "cases/admit.h"

#include <stdlib.h>
#include <string.h>

#include "cases/store_private.h"
#include "forms/form.h"

#define COPY "already_sent"

int admit_findings(const struct findings *findings, const char *what,
		   struct err *err)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->list[i].severity == FINDING_ERROR)
			return err_set(err, ERR_INPUT,
				       _("%s cannot be sent: %s"), what,
				       findings->list[i].text);
	return 0;
}

int admit_draft(const struct prov_profile *profile,
		const struct prov_customer *customer,
		const struct case_document *document, struct err *err)
{
	const struct doc_type *type =
		prov_type(profile->provider, document->type,
			  prov_holder(customer, document->party));
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
	if (admit_findings(&document->findings, document->type, err))
		return -1;
	doc_check_choice(type, document->side, document->country, &findings);
	ret = admit_findings(&findings, document->type, err);
	findings_release(&findings);
	return ret;
}

int admit_room(struct case_store *store, const struct prov_profile *profile,
	       const struct prov_customer *customer, int64_t seen_ms,
	       int64_t case_id, const char *party, struct err *err)
{
	const struct prov_party *whose = prov_customer_party(customer, party);
	unsigned most = whose ? whose->pending_most : customer->pending_most;
	unsigned waiting = whose ? whose->pending : customer->pending;
	int64_t ours = 0;

	if (!most || (party && !whose))
		return 1;
	if (db_number(store, &ours,
		      "SELECT count(*) FROM submissions WHERE case_id = ?1"
		      " AND rank = ?2 AND schema IS NULL AND party = ?3"
		      " AND (settled_ms = 0 OR (state = 'accepted'"
		      "  AND settled_ms > ?4))",
		      DB_ARGS(db_int(case_id), db_int(PROV_RANK_DOCUMENT),
			      db_text(party ? party : ""), db_int(seen_ms)),
		      err) < 0)
		return -1;
	waiting += (unsigned)ours;
	if (waiting < most)
		return 1;
	err_set(err, ERR_INPUT,
		P_("%u file waits for review, and %s takes no more until it "
		   "was reviewed; wait for that, refresh, then send again",
		   "%u files wait for review, and %s takes no more until they "
		   "were reviewed; wait for that, refresh, then send again",
		   waiting),
		waiting, profile->provider->title);
	return 0;
}

static const char *label_of(const struct prov_profile *profile,
			    const char *code)
{
	const struct doc_type *type = prov_type(profile->provider, code, 0);

	return type ? _(type->label) : code;
}

int admit_copy(struct case_store *store, const struct prov_profile *profile,
	       const struct prov_customer *customer,
	       const struct case_document *document, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got;

	if (!profile->provider->refuses_copies)
		return 0;
	if (db_query(store, &stmt,
		     "SELECT type FROM submissions WHERE sha256 = ?3"
		     " AND profile = ?1 AND customer = ?2"
		     " AND (settled_ms = 0 OR state = 'accepted')"
		     " ORDER BY id LIMIT 1",
		     DB_ARGS(db_text(profile->name), db_text(customer->id),
			     db_text(document->facts.sha256)),
		     err))
		return -1;
	got = db_step(store, stmt, err);
	if (got > 0) {
		err_set(err, ERR_INPUT,
			_("%s cannot be sent: this very file was sent as '%s' "
			  "before, and %s takes no file twice; choose another "
			  "one"),
			document->type, label_of(profile, db_column(stmt, 0)),
			profile->provider->title);
		got = -1;
	}
	sqlite3_finalize(stmt);
	return got;
}

void admit_unmark(struct findings *findings)
{
	struct findings kept = { 0 };

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *one = &findings->list[i];

		if (!one->code || strcmp(one->code, COPY) != 0)
			findings_add(&kept, one->severity, one->code,
				     one->field, "%s", one->text);
	}
	findings_release(findings);
	*findings = kept;
}

static bool is_slot_of(const struct case_document *document,
		       const struct case_submission *sub)
{
	return sub->type && strcmp(sub->type, document->type) == 0 &&
	       sub->side == document->side &&
	       strcmp(sub->party ? sub->party : "",
		      document->party ? document->party : "") == 0;
}

/* Was DOCUMENT chosen after all that was queued for its slot? */
static bool is_draft(const struct case_checklist *list,
		     const struct case_document *document)
{
	for (size_t i = 0; i < list->submissions.count; i++) {
		const struct case_submission *sub = &list->submissions.list[i];

		if (sub->state != CASE_CANCELLED && is_slot_of(document, sub) &&
		    document->chosen_ms <= sub->queued_ms)
			return false;
	}
	return document->path && *document->facts.sha256;
}

/* The type that the file of document AT has gone as, or goes as. */
static const char *gone_as(const struct case_checklist *list, size_t at)
{
	const char *sha256 = list->documents.list[at].facts.sha256;

	for (size_t i = 0; i < list->submissions.count; i++) {
		const struct case_submission *sub = &list->submissions.list[i];

		if (sub->state != CASE_CANCELLED &&
		    sub->state != CASE_REFUSED && sub->type &&
		    strcmp(sub->sha256, sha256) == 0)
			return sub->type;
	}
	for (size_t i = 0; i < at; i++)
		if (strcmp(list->documents.list[i].facts.sha256, sha256) == 0 &&
		    is_draft(list, &list->documents.list[i]))
			return list->documents.list[i].type;
	return NULL;
}

void admit_mark_copies(const struct prov_profile *profile,
		       struct case_checklist *list)
{
	for (size_t i = 0; i < list->documents.count; i++) {
		struct case_document *document = &list->documents.list[i];
		const char *type = NULL;

		if (profile->provider->refuses_copies &&
		    is_draft(list, document))
			type = gone_as(list, i);
		if (type)
			findings_add(&document->findings, FINDING_ERROR, COPY,
				     NULL,
				     _("this very file is sent as '%s', and %s "
				       "takes no file twice; choose another "
				       "one"),
				     label_of(profile, type),
				     profile->provider->title);
	}
}
