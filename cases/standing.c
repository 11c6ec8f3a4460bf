/* SPDX-License-Identifier: MIT */
/* How the provider said a thing stands, in one word for the record. */
#include <string.h>

#include "cases/submission.h"
#include "forms/form.h"

static const char *const status_names[] = {
	[PROV_REQ_MISSING] = "missing",	    [PROV_REQ_SENT] = "sent",
	[PROV_REQ_IN_REVIEW] = "in_review", [PROV_REQ_ACCEPTED] = "accepted",
	[PROV_REQ_REJECTED] = "rejected",
};

/* A form goes by its schema, whatever its rank; the start has no type. Some
 * requirements are about one side, others speak for both. */
static bool is_about(const struct prov_requirement *requirement,
		     enum prov_rank rank, const char *type, enum doc_side side,
		     const char *party)
{
	const char *code = NULL;

	if (rank == PROV_RANK_DOCUMENT) {
		if (requirement->kind != PROV_REQ_DOCUMENT ||
		    (requirement->side != DOC_SIDE_NONE &&
		     requirement->side != side))
			return false;
		code = requirement->type->code;
	} else {
		if (requirement->kind != PROV_REQ_INFORMATION)
			return false;
		code = requirement->form->schema->name;
	}
	return text_same(code, type) && text_same(requirement->party, party);
}

/* The start that is no form has no requirement to speak for it. */
static bool goes_by_stage(enum prov_rank rank, const char *type)
{
	return rank == PROV_RANK_START && text_same(type, "");
}

const char *submission_standing(const struct prov_customer *customer,
				enum prov_rank rank, const char *type,
				enum doc_side side, const char *party)
{
	if (goes_by_stage(rank, type))
		return prov_stage_name(customer->stage);
	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if (is_about(req, rank, type, side, party) &&
		    !(req->unlisted && req->status == PROV_REQ_MISSING))
			return status_names[req->status];
	}
	return "";
}

bool standing_wants(enum prov_rank rank, const char *type, const char *standing)
{
	if (goes_by_stage(rank, type))
		return strcmp(standing,
			      prov_stage_name(PROV_STAGE_NOT_STARTED)) == 0 ||
		       strcmp(standing,
			      prov_stage_name(PROV_STAGE_ACTION_NEEDED)) == 0;
	return strcmp(standing, "missing") == 0 ||
	       strcmp(standing, "rejected") == 0;
}

bool standing_is_there(enum prov_rank rank, const char *type,
		       const char *standing)
{
	if (goes_by_stage(rank, type))
		return strcmp(standing,
			      prov_stage_name(PROV_STAGE_IN_REVIEW)) == 0 ||
		       strcmp(standing, prov_stage_name(PROV_STAGE_APPROVED)) ==
			       0;
	return *standing && !standing_wants(rank, type, standing);
}
