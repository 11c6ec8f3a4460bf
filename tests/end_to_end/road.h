/* SPDX-License-Identifier: MIT */
/*
 * What every provider's road through the commands has, its own facts as a
 * table: a practice server for each test, papers as rows, an odd id, a wrong
 * secret, moments of trouble. The test program says whose road it is.
 */
#ifndef TESTS_END_TO_END_ROAD_H
#define TESTS_END_TO_END_ROAD_H

#include "tests/end_to_end/prism.h"
#include "tests/end_to_end/walk.h"
#include "tests/test.h"

#define ACCEPTED "\"state\":\"accepted\""
#define QUEUED	 "\"state\":\"queued\""

struct road {
	const char *provider;
	const char *options; /* of its practice server */
	const char *country; /* goes with every row; NULL: none */
	size_t customers;    /* that the practice server always has */
	/* That it takes, of several cases; for walk_wrong_secret(). */
	const struct walk_paper *papers;
};

extern const struct road road; /* the test program's */
extern struct practice practice;
extern struct prism *prism; /* NULL: not asked for */

/* A paper, and what is said of it. */
struct road_paper {
	const char *name;
	const char *customer, *party, *type, *side, *sample;
	int status;
	const char *says;
};

/* Upload it; there is one more afterwards, or none when STATUS is not 0. */
void road_upload(const struct road_paper *paper);
/* The same for a row, and how many the provider has for it. */
void road_paper(void **state);

/* Where the practice server has other options. */
struct road_trouble {
	const char *name;
	const char *options;
};

/* The operator notices none of it: all customers come, a paper goes. */
void road_trouble(void **state);

/* Add the tests that every road has. All of TESTS, these and those before, get
 * a practice server each, if they have no other; what is added later starts its
 * own. */
void road_add(struct test_list *tests);
/* Run and free TESTS; each leaves neither server nor judge. */
int road_run(struct test_list *tests, const char *title);

#endif
