/* SPDX-License-Identifier: MIT */
/* kyc info: a form, about the customer or a party, as a JSON object. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/commands/command.h"

#define INFO_MOST ((size_t)256 << 10)

/* Which form INFO means, about whom, and what the provider wants it for. */
struct chosen {
	const struct prov_form *form;
	const struct prov_requirement *requirement; /* or NULL */
	const char *party;			    /* or NULL */
	struct form_schema *own; /* the form with what is offered, or NULL */
};

static const struct form_schema *schema_of(const struct chosen *chosen)
{
	return chosen->own ? chosen->own : chosen->form->schema;
}

/* By its whole name, or what only one name has in it. */
static const struct prov_form *form_called(const struct provider *provider,
					   const char *name)
{
	const struct prov_form *one = prov_form_find(provider, name);
	size_t matches = 0;

	if (one)
		return one;
	for (const struct prov_form *form = provider->forms;
	     form && form->schema; form++)
		if (strstr(form->schema->name, name)) {
			one = form;
			matches++;
		}
	return matches == 1 ? one : NULL;
}

/* The form that the provider wants of CHOSEN's party; of several the first
 * that is not done. */
static const struct prov_requirement *
wanted_of(const struct prov_customer *customer, const struct chosen *chosen,
	  const char *party)
{
	const struct prov_requirement *found = NULL;

	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];
		bool open = req->status == PROV_REQ_MISSING ||
			    req->status == PROV_REQ_REJECTED;

		if (req->kind != PROV_REQ_INFORMATION ||
		    !text_same(req->party, party) ||
		    (chosen->form ? req->form != chosen->form
				  : req->form->use != PROV_FORM_ANSWERS))
			continue;
		if (!found || (open && found->status != PROV_REQ_MISSING &&
			       found->status != PROV_REQ_REJECTED))
			found = req;
	}
	return found;
}

static const struct prov_requirement *
wanted_form(const struct prov_customer *customer, const struct chosen *chosen)
{
	const struct prov_requirement *found =
		wanted_of(customer, chosen, chosen->party);

	/* One more of a party that has one is entered as a new one of all. */
	if (!found && chosen->form && chosen->form->use == PROV_FORM_PARTY)
		found = wanted_of(customer, chosen, NULL);
	return found;
}

/* The one that fits, whether it is wanted now or not. */
static const struct prov_form *usual_form(const struct provider *provider,
					  unsigned holder)
{
	for (const struct prov_form *form = provider->forms;
	     form && form->schema; form++)
		if (form->use == PROV_FORM_ANSWERS && (form->holders & holder))
			return form;
	return NULL;
}

static int unknown_form(const struct provider *provider, const char *name,
			struct err *err)
{
	struct buf names = { 0 };

	for (const struct prov_form *form = provider->forms;
	     form && form->schema; form++)
		buf_addf(&names, "%s%s", names.len ? ", " : "",
			 form->schema->name);
	err_set(err, ERR_INPUT, _("%s has no form '%s'; it has: %s"),
		provider->title, name, buf_text(&names));
	buf_release(&names);
	return -1;
}

/* Nobody asked for it: is it for whom it is to be sent for? */
static int check_holder(const struct prov_form *form,
			const struct prov_customer *customer, const char *party,
			struct err *err)
{
	if (!form->holders || !customer->id ||
	    (form->holders & prov_holder(customer, party)))
		return 0;
	if (!party && !(form->holders & (DOC_FOR_PERSON | DOC_FOR_BUSINESS)))
		return err_set(err, ERR_INPUT,
			       _("the form '%s' is about an associated party: "
				 "say which with -P"),
			       form->schema->name);
	return err_set(err, ERR_INPUT,
		       _("the form '%s' is not for '%s', who is another kind "
			 "of customer or party"),
		       form->schema->name, party ? party : customer->id);
}

/* -1: ERR, or a finding about the party. */
static int choose(const struct tui_app *app, const struct tui_info *info,
		  const struct prov_customer *customer, struct chosen *chosen,
		  struct findings *findings, struct err *err)
{
	const struct provider *provider = app->profile->provider;

	if (info->form) {
		chosen->form = form_called(provider, info->form);
		if (!chosen->form)
			return unknown_form(provider, info->form, err);
	}
	if (info->party) {
		tui_find_party(customer, info->party, &chosen->party, findings);
		if (!chosen->party)
			return -1;
	}
	chosen->requirement = wanted_form(customer, chosen);
	if (chosen->requirement)
		chosen->form = chosen->requirement->form;
	else if (!chosen->form)
		chosen->form = usual_form(provider,
					  prov_holder(customer, chosen->party));
	if (!chosen->form)
		return err_set(err, ERR_INPUT,
			       _("%s has no information form for this "
				 "customer"),
			       provider->title);
	if (!chosen->requirement)
		return check_holder(chosen->form, customer, chosen->party, err);
	chosen->own = prov_requirement_schema(chosen->requirement);
	return 0;
}

/* SAID is what was entered, ANSWERS that over what is known. */
static int queue(struct tui_app *app, const struct tui_info *info,
		 const struct chosen *chosen, const struct form_answers *said,
		 const struct form_answers *answers, int64_t *submission,
		 struct err *err)
{
	int64_t case_id = 0;
	int waiting = 0;
	int before = 0;

	if (case_open(app->store, app->profile, info->customer, &case_id, err))
		return -1;
	if (info->once)
		before = case_accepted_form(app->store, case_id, chosen->form,
					    chosen->party, said, submission,
					    err);
	if (before)
		return before < 0 ? -1 : 0;
	waiting = case_waiting_form(app->store, case_id, chosen->form->schema,
				    chosen->party, answers, submission, err);
	if (waiting)
		return waiting < 0 ? -1 : tui_go_on(app, *submission, err);
	return case_submit_form(app->store, app->profile, case_id, chosen->form,
				chosen->requirement, chosen->party, answers,
				submission, err)
		       ? -1
		       : 1;
}

/* As in the wizard: what is said goes over what the provider knows; what
 * cannot be read of that is only not filled in. */
static void set_known(const struct chosen *chosen, struct form_answers *answers)
{
	const char *known =
		chosen->requirement ? chosen->requirement->known : NULL;
	struct findings ignored = { 0 };
	struct err err = { 0 };
	int bad = known && form_answers_from_json(schema_of(chosen), known,
						  answers, &ignored, &err);

	(void)bad;
	findings_release(&ignored);
}

int tui_info_queue(struct tui_app *app, const struct tui_info *info,
		   const struct prov_customer *customer, int64_t *submission,
		   struct findings *findings, struct err *err)
{
	struct form_answers *said = form_answers_new();
	struct form_answers *answers = form_answers_new();
	struct chosen chosen = { 0 };
	int ret = -1;

	*submission = 0;
	if (choose(app, info, customer, &chosen, findings, err)) {
		ret = findings_errors(findings) ? 0 : -1;
		goto out;
	}
	if (form_answers_from_json(schema_of(&chosen), info->json, said,
				   findings, err))
		goto out;
	set_known(&chosen, answers);
	for (size_t i = 0; i < form_answers_count(said); i++) {
		const char *key = form_answers_key(said, i);

		form_answer_set(answers, key, form_answer(said, key));
	}
	form_check(schema_of(&chosen), answers, findings);
	ret = findings_errors(findings) ? 0
					: queue(app, info, &chosen, said,
						answers, submission, err);
out:
	prov_schema_free(chosen.own);
	form_answers_free(said);
	form_answers_free(answers);
	return ret;
}

static int send(struct tui_app *app, const struct tui_info *info, bool no_wait,
		struct err *err)
{
	const struct tui_refused what = { .customer = info->customer,
					  .party = info->party,
					  .rank = PROV_RANK_INFORMATION };
	struct prov_customer customer = { 0 };
	struct findings findings = { 0 };
	int64_t submission = 0;
	int64_t seen_ms = 0;
	int queued = 0;
	int status = -1;

	/* Which form it is depends on the customer. */
	if (tui_customer_now(app, info->customer, &customer, &seen_ms, err)) {
		tui_say_refused_for(app, &what, err);
		goto out;
	}
	memset(err, 0, sizeof(*err));
	queued = tui_info_queue(app, info, &customer, &submission, &findings,
				err);
	if (queued < 0) {
		tui_say_refused_for(app, &what, err);
		goto out;
	}
	tui_report_findings(&findings);
	status = queued == 0 ? tui_say_refused(app, &what, &findings)
			     : tui_send_one(app, submission, no_wait, err);
out:
	findings_release(&findings);
	prov_customer_release(&customer);
	return status;
}

int tui_cmd_info(const struct tui_arguments *arguments)
{
	struct tui_info info = { .customer = arguments->customer,
				 .form = arguments->type,
				 .party = arguments->party };
	struct tui_app app = { 0 };
	struct err err = { 0 };
	char *json = NULL;
	int status = -1;

	if (!arguments->customer || !*arguments->customer) {
		err_set(&err, ERR_USAGE, _("'%s' is needed"), "-c CUSTOMER");
		goto out;
	}
	info.json = json =
		tui_read_text(arguments->operands[0], INFO_MOST, &err);
	if (!json ||
	    tui_app_open(&app, &arguments->global, TUI_APP_OUTBOX, &err))
		goto out;
	status = send(&app, &info, arguments->no_wait, &err);
	tui_app_close(&app);
out:
	if (status < 0)
		status = tui_report_err(&err);
	mem_free_private(json);
	return status;
}
