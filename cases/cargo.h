/* SPDX-License-Identifier: MIT */
/*
 * What goes in one request: a submission, or a bundle of them, as the record
 * has it and as the provider's builder sees it.
 */
#ifndef CASES_CARGO_H
#define CASES_CARGO_H

#include "cases/submission.h"
#include "providers/call.h"

struct cargo_load {
	struct case_submission submission;
	struct submission_extra extra;
	struct doc_file file;
};

/* All-zero is empty. */
struct cargo {
	struct submission_group group;
	struct cargo_load *loads; /* as many; the first one leads */
	char *target; /* found for it now; NULL: it has its own or none */
	/* What they are made into, in the same order. */
	struct prov_document *documents;
	struct prov_file *files;
	struct prov_ctx ctx;
	const struct prov_op *op;
};

/* All that ID leads. 1; 0: it is not what waits there any more; -1: ERR. */
int cargo_load(struct cargo *cargo, struct case_store *store, int64_t id,
	       struct err *err) ERR_CHECKED;
void cargo_release(struct cargo *cargo);

/* Was all of it queued for ENDPOINT? */
bool cargo_is_for(const struct cargo *cargo, const char *endpoint);

/* May an earlier attempt of it have arrived? What was asked about and is not
 * there waits as queued, though its key was used before. */
bool cargo_in_doubt(const struct case_submission *submission);

/* Fill in what the builder looks at; the files are opened by who sends. 1; 0:
 * the provider has no such thing any more; -1: ERR. */
int cargo_describe(struct cargo *cargo, struct case_store *store,
		   const struct prov_profile *profile,
		   struct err *err) ERR_CHECKED;

/* Once it is described. The order points into CARGO. */
struct prov_order cargo_order(const struct cargo *cargo,
			      const struct prov_profile *profile,
			      struct xfer *xfer);

#endif
