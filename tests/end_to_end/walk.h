/* SPDX-License-Identifier: MIT */
/*
 * Steps of a walk through the line-mode commands, as a script would take
 * them: each runs the program, and fails the test when that ends otherwise
 * than was said.
 */
#ifndef TESTS_END_TO_END_WALK_H
#define TESTS_END_TO_END_WALK_H

#include <stdbool.h>

#include "tests/practice.h"

/* RUN ended with STATUS and says SAYS somewhere; it is released. */
void walk_expect(struct practice_run run, int status, const char *says);

/* The same, the words of the command at the end. */
#define WALK(practice, status, says, ...) \
	walk_expect(KYC(practice, __VA_ARGS__), (status), (says))

/* What goes with an upload; NULL: the option is left out. */
struct walk_paper {
	const char *customer, *type, *side, *party, *country;
	const char *sample; /* below assets/samples */
	bool later;	    /* --no-wait */
};

void walk_upload(const struct practice *practice,
		 const struct walk_paper *paper, int status, const char *says);

/* Send JSON as FORM (NULL: the one there is) of CUSTOMER and PARTY (NULL). */
void walk_form(const struct practice *practice, const char *customer,
	       const char *party, const char *form, const char *json,
	       int status, const char *says);

/* Of the line of status --json for REQUIREMENT (with "/SIDE" behind it, if it
 * has sides) of PARTY (NULL: the customer's own): KEY, or "reason.KEY", is
 * WANT; WANT NULL: there is no such line. */
void walk_expect_item(const struct practice *practice, const char *customer,
		      const char *requirement, const char *party,
		      const char *key, const char *want);

/* The customer's line of customers --json has this status. */
void walk_expect_customer(const struct practice *practice, const char *customer,
			  const char *status);

/* Party NUMBER (from 0) of those that have a line for REQUIREMENT; the id of a
 * party stands nowhere but in the JSON. free() it. */
char *walk_party(const struct practice *practice, const char *customer,
		 const char *requirement, size_t number);

/* How many lines TEXT has, and how often WORD stands in it. */
size_t walk_lines(const char *text);
size_t walk_count(const char *text, const char *word);

/* Ids that a path, a query or a terminal would misread: read, uploaded for and
 * informed about, none of them reaches another customer. */
void walk_odd_ids(const struct practice *practice, const char *type,
		  const char *sample);

/* A wrong secret: said once however many files wait, exit status 5, nothing
 * sent; the next run with the right one sends them all. PAPERS end with an
 * empty row. */
void walk_wrong_secret(const struct practice *practice,
		       const struct walk_paper *papers);

#endif
