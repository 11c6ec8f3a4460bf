/* SPDX-License-Identifier: MIT */
/*
 * What the files of a question share. Nobody else includes this.
 *
 *   ask.c       a question is asked, repeated, and has its end
 *   ask_next.c  what it asks next: pages and steps
 *   ask_alike.c whether somebody is there already
 */
#ifndef PROVIDERS_ASK_PRIVATE_H
#define PROVIDERS_ASK_PRIVATE_H

#include "providers/ask.h"

enum question {
	ASK_CUSTOMERS,
	ASK_CUSTOMER,
	ASK_LINK,
};

struct prov_asking {
	enum question question;
	struct xfer *xfer;
	const struct prov_profile *profile;
	char *id, *code, *party;
	void *arg;
	union {
		prov_page_fn *page;
		prov_customer_fn *customer;
		prov_link_fn *link;
	} done;

	struct prov_call *call; /* on its way; NULL: none */
	bool cancelled, telling;
	bool once; /* nothing is repeated */
	unsigned repeats;

	char **cursors; /* all that were followed; the last is the newest */
	size_t cursor_count;
	struct prov_page page;
	char *first; /* id of the first customer of the page before; or NULL */

	/* Of a question after somebody alike; else NULL. */
	const struct prov_creation *creation;
	struct form_answers *answers;
	prov_customer_fn *found;
	void *found_arg;

	size_t step;
	size_t of_party; /* the party that the step is about, by number */
	struct prov_customer customer;
	struct prov_link link;
};

/* ask.c. A new question about nobody yet; and asking it: -1, and it is gone. */
struct prov_asking *asking_new(struct xfer *xfer,
			       const struct prov_profile *profile,
			       enum question question, void *arg);
int asking_start(struct prov_asking *asking, struct prov_asking **out,
		 struct err *err) ERR_CHECKED;

/* The last callback, ERR NULL for a good end; then the question is gone. */
void asking_end(struct prov_asking *asking, const struct err *err);
/* The end of one that nobody has to be told of. */
void asking_free(struct prov_asking *asking);
/* "cannot read customer 'x' from Lumx: " before what ERR says. */
void asking_explain(const struct prov_asking *asking, struct err *err);
/* Ask what comes next, at NOT_BEFORE; that this cannot be asked is its end. */
void asking_call(struct prov_asking *asking, int64_t not_before);

/* ask_next.c. The step that a question about a customer has come to. */
const struct prov_read_step *asking_step(const struct prov_asking *asking);
/* Go to the first step, from there on, that there is something to ask for. */
bool asking_find_step(struct prov_asking *asking);
/* An answer came. MORE: cursor of the next page of this step, or NULL. */
void asking_advance(struct prov_asking *asking, const char *more);
void asking_forget_cursors(struct prov_asking *asking);

#endif
