/* SPDX-License-Identifier: MIT */
/* Choosing a file for a slot, having it looked into, recording both. */
#include "tui/wizard/draft.h"

#include <stdlib.h>
#include <string.h>

#include "tui/files/path.h"
#include "tui/words/item_words.h"

struct tui_check {
	uint64_t id; /* of the question */
	struct doc_file file;
	const struct doc_type *type;
	struct case_document document; /* as recorded */
};

const char *tui_base_name(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	return slash && slash[1] ? slash + 1 : path ? path : "";
}

int tui_case(struct tui_wizard *wizard, int64_t *case_id, struct err *err)
{
	*case_id = wizard->checklist.case_id;
	if (*case_id)
		return 0;
	return case_open(wizard->app->store, wizard->app->profile,
			 wizard->customer, case_id, err);
}

void tui_slot_open(struct tui_wizard *wizard, struct tui_checks *checks,
		   const struct doc_type *type, enum doc_side side,
		   const char *party)
{
	/* PARTY may be the slot's own. */
	char *copy = mem_dup(party);

	if (checks)
		tui_checks_release(wizard, checks);
	mem_replace(&wizard->last_form, NULL);
	free(wizard->slot.party);
	wizard->slot = (struct tui_slot){
		.type = type,
		.side = side,
		.party = copy,
	};
	tui_go(wizard, &tui_screen_document);
}

const struct case_document *tui_draft_of(const struct case_checklist *checklist,
					 const struct doc_type *type,
					 enum doc_side side, const char *party)
{
	for (size_t i = 0; i < checklist->documents.count; i++) {
		const struct case_document *document =
			&checklist->documents.list[i];

		if (document->side == side &&
		    text_same(document->type, type->code) &&
		    text_same(document->party, party))
			return document;
	}
	return NULL;
}

void tui_draft_country(const struct case_checklist *checklist,
		       const struct doc_type *type, const char *party,
		       char country[4])
{
	const char *found = checklist->customer.country;

	for (int side = DOC_SIDE_NONE; side <= DOC_SIDE_BACK; side++) {
		const struct case_document *document = tui_draft_of(
			checklist, type, (enum doc_side)side, party);

		if (document && document->country[0])
			found = document->country;
	}
	snprintf(country, 4, "%s", type->country == DOC_NOT_TAKEN ? "" : found);
}

/* Is DOCUMENT, as it is recorded now, being looked into? */
static bool running(const struct tui_checks *checks,
		    const struct case_document *document)
{
	for (size_t i = 0; i < checks->count; i++) {
		const struct case_document *other = &checks->list[i].document;

		if (other->id == document->id &&
		    other->chosen_ms == document->chosen_ms &&
		    text_same(other->path, document->path))
			return true;
	}
	return false;
}

static void drop(struct tui_wizard *wizard, struct tui_checks *checks,
		 struct tui_check *check, bool answered)
{
	if (!answered && wizard->app->looker)
		doc_looker_forget(wizard->app->looker, check->id);
	doc_file_close(&check->file);
	case_document_release(&check->document);
	*check = checks->list[--checks->count];
}

void tui_checks_release(struct tui_wizard *wizard, struct tui_checks *checks)
{
	while (checks->count)
		drop(wizard, checks, &checks->list[checks->count - 1], false);
	free(checks->list);
	*checks = (struct tui_checks){ 0 };
}

/* A copy of what the record needs; facts and findings stay empty. */
static struct case_document copy_of(const struct case_document *from)
{
	struct case_document copy = {
		.id = from->id,
		.case_id = from->case_id,
		.type = mem_dup(from->type),
		.side = from->side,
		.party = mem_dup(from->party),
		.path = mem_dup(from->path),
		.chosen_ms = from->chosen_ms,
	};

	memcpy(copy.country, from->country, sizeof(copy.country));
	copy.fields = form_answers_copy(from->fields);
	return copy;
}

/* The other side of the same paper, if it has this very file. */
static bool other_side_has(const struct case_checklist *checklist,
			   const struct case_document *document)
{
	const struct case_document_list *all = &checklist->documents;

	for (size_t i = 0; i < all->count; i++)
		if (all->list[i].side != document->side &&
		    text_same(all->list[i].type, document->type) &&
		    text_same(all->list[i].party, document->party) &&
		    text_same(all->list[i].facts.sha256,
			      document->facts.sha256))
			return true;
	return false;
}

static bool accepted_before(struct tui_app *app, const char *customer,
			    const struct case_document *document)
{
	struct err err = { 0 };
	int64_t submission = 0;

	return case_accepted_before(app->store, app->profile, customer,
				    document->type, document->side,
				    document->party, document->facts.sha256,
				    &submission, &err) == 1;
}

/* Is it the file that was sent for its slot and rejected? */
static bool was_rejected(const struct case_checklist *checklist,
			 const struct case_document *document)
{
	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *item = &checklist->items[i];
		const struct prov_requirement *req = item->requirement;

		if (req->type && item->submission && tui_item_why(item) &&
		    item->side == document->side &&
		    text_same(req->type->code, document->type) &&
		    text_same(req->party, document->party) &&
		    text_same(item->submission->sha256, document->facts.sha256))
			return true;
	}
	return false;
}

void tui_draft_check(struct tui_app *app, const char *customer,
		     const struct case_checklist *checklist,
		     const struct doc_type *type,
		     struct case_document *document)
{
	struct findings *findings = &document->findings;

	doc_check_choice(type, document->side, document->country, findings);
	doc_check_file(type, &document->facts, tui_base_name(document->path),
		       findings);
	if (!document->facts.sha256[0])
		return;
	if (other_side_has(checklist, document))
		findings_add(findings, FINDING_WARNING, "same_as_other_side",
			     NULL, "%s",
			     _("the other side is this very file as well"));
	if (was_rejected(checklist, document))
		findings_add(findings, FINDING_WARNING, "rejected_before", NULL,
			     "%s", _("this very file was rejected before"));
	else if (accepted_before(app, customer, document))
		findings_add(findings, FINDING_WARNING, "accepted_before", NULL,
			     "%s", _("this very file was accepted before"));
}

int tui_draft_put(struct tui_wizard *wizard, const struct tui_draft *draft)
{
	const struct case_document *old = tui_draft_of(
		&wizard->checklist, draft->type, draft->side, draft->party);
	struct case_document document =
		old ? copy_of(old) : (struct case_document){ 0 };
	struct err err = { 0 };
	int ret = -1;

	if (tui_case(wizard, &document.case_id, &err))
		goto out;
	mem_replace(&document.type, draft->type->code);
	document.side = draft->side;
	mem_replace(&document.party, draft->party);
	snprintf(document.country, sizeof(document.country), "%s",
		 draft->country ? draft->country : "");
	free(document.path);
	document.path = draft->path && draft->path[0]
				? tui_path_absolute(draft->path)
				: NULL;
	document.chosen_ms = xfer_now_unix();
	ret = case_document_put(wizard->app->store, &document, &err);
	if (!ret)
		tui_wizard_reload(wizard);

out:
	if (ret)
		tui_say_err(wizard, &err);
	case_document_release(&document);
	return ret;
}

void tui_draft_remove(struct tui_wizard *wizard, int64_t document)
{
	struct err err = { 0 };

	if (case_document_remove(wizard->app->store, document, &err))
		tui_say_err(wizard, &err);
	tui_wizard_reload(wizard);
}

const struct doc_type *tui_type_of(const struct tui_wizard *wizard,
				   const char *code, const char *party)
{
	return prov_type(wizard->app->profile->provider, code,
			 prov_holder(&wizard->checklist.customer, party));
}

/* The next recorded file that nobody has looked into, or NULL. */
static const struct case_document *unchecked(const struct tui_wizard *wizard,
					     const struct tui_checks *checks)
{
	const struct case_document_list *all = &wizard->checklist.documents;

	for (size_t i = 0; i < all->count; i++) {
		const struct case_document *document = &all->list[i];

		if (!document->checked && document->path &&
		    tui_type_of(wizard, document->type, document->party) &&
		    !running(checks, document))
			return document;
	}
	return NULL;
}

bool tui_checks_wanted(const struct tui_wizard *wizard,
		       const struct tui_checks *checks)
{
	return !checks->failed && unchecked(wizard, checks);
}

/* A file that cannot even be opened is checked: such a draft is not ready. */
static int put_unopened(struct tui_wizard *wizard,
			struct case_document *document, const struct err *why,
			struct err *err)
{
	document->checked = true;
	findings_add(&document->findings, FINDING_ERROR, "cannot_open", NULL,
		     "%s", why->text);
	return case_document_put(wizard->app->store, document, err);
}

/* Have the file of DOCUMENT looked into. 0 when it is, or cannot be opened,
 * which is recorded then (*CHANGED); -1 when it could not be asked (said). */
static int look(struct tui_wizard *wizard, struct tui_checks *checks,
		const struct case_document *document, bool *changed)
{
	struct tui_check check = {
		.file = DOC_FILE_NONE,
		.type = tui_type_of(wizard, document->type, document->party),
		.document = copy_of(document),
	};
	struct err why = { 0 };
	struct err err = { 0 };
	int ret = -1;

	if (doc_file_open(&check.file, check.document.path, &why)) {
		ret = put_unopened(wizard, &check.document, &why, &err);
		if (ret)
			tui_say_err(wizard, &err);
		*changed = !ret;
		goto out;
	}
	check.id = tui_wizard_look(wizard, &check.file);
	if (!check.id)
		goto out;
	checks->list =
		mem_grow(checks->list, checks->count, sizeof(*checks->list));
	checks->list[checks->count++] = check;
	return 0;

out:
	doc_file_close(&check.file);
	case_document_release(&check.document);
	return ret;
}

void tui_checks_start(struct tui_wizard *wizard, struct tui_checks *checks)
{
	const struct case_document *document = NULL;
	bool changed = false;

	while (!checks->failed && !changed &&
	       (document = unchecked(wizard, checks)))
		checks->failed = look(wizard, checks, document, &changed);
	if (changed)
		tui_wizard_reload(wizard);
}

/* Is what was looked into still what the record holds? */
static bool is_current(const struct tui_wizard *wizard,
		       const struct tui_check *check)
{
	const struct case_document *document = &check->document;
	const struct case_document *now =
		tui_draft_of(&wizard->checklist, check->type, document->side,
			     document->party);

	return now && now->chosen_ms == document->chosen_ms &&
	       text_same(now->path, document->path);
}

bool tui_checks_looked(struct tui_wizard *wizard, struct tui_checks *checks,
		       uint64_t id, const struct doc_facts *facts)
{
	struct tui_check *check = NULL;
	struct err err = { 0 };
	bool current = false;

	for (size_t i = 0; i < checks->count && !check; i++)
		if (checks->list[i].id == id)
			check = &checks->list[i];
	if (!check)
		return false;
	current = is_current(wizard, check);
	if (current && doc_looker_broken(wizard->app->looker)) {
		/* Nothing was learnt of the file: it stays unchecked, and
		 * asking again would only start the next one. */
		checks->failed = true;
		err_set(&err, ERR_CONFIG,
			_("the program that looks into files cannot run"));
		tui_say_err(wizard, &err);
	} else if (current) {
		check->document.facts = *facts;
		check->document.checked = true;
		tui_draft_check(wizard->app, wizard->customer,
				&wizard->checklist, check->type,
				&check->document);
		if (case_document_put(wizard->app->store, &check->document,
				      &err))
			tui_say_err(wizard, &err);
	}
	drop(wizard, checks, check, true);
	if (current)
		tui_wizard_reload(wizard);
	return true;
}
