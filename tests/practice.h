/* SPDX-License-Identifier: MIT */
/*
 * For end-to-end tests: a practice server of one's own, a configuration and a
 * state directory for it, and the program run against them.
 */
#ifndef TESTS_PRACTICE_H
#define TESTS_PRACTICE_H

#include <sys/types.h>

#include "tests/sandbox_server.h"

/* Customers that the practice server is seeded with. */
#define PRACTICE_MARIA	 "5eed0000-0000-4000-8000-000000000001"
#define PRACTICE_UNKNOWN "5eed0000-0000-4000-8000-00000000ffff"

struct practice {
	struct sandbox_server server;
	const char *provider;
	char endpoint[64];
	char *dir;    /* everything is below it; removed at the end */
	char *config; /* a profile "practice" for ENDPOINT */
	char *state;
};

/* OPTIONS (blank-separated, may be "") go to the server as they are. Fails the
 * test when it does not start. */
void practice_start_for(struct practice *practice, const char *provider,
			const char *options);
/* The same for the first provider there is. */
void practice_start(struct practice *practice, const char *options);
void practice_stop(struct practice *practice); /* server and directory go */

/* End the server the hard way, and start it again on the same port and data. */
void practice_kill_server(struct practice *practice);
void practice_restart_server(struct practice *practice);

/* What a run of the program left. */
struct practice_run {
	int status; /* exit status, or 128 + signal */
	char *out;
	char *err;
};

/* Run kyc with ARGV (NULL-terminated, without the program's name) and wait, a
 * minute at most. The configuration and state are passed by environment. */
struct practice_run practice_kyc(const struct practice *practice,
				 const char *const *argv);
#define KYC(practice, ...) \
	practice_kyc((practice), (const char *const[]){ __VA_ARGS__, NULL })
/* Fails the test, with what it said, unless it ended with STATUS. */
void practice_expect(const struct practice_run *run, int status);
void practice_run_release(struct practice_run *run);

/* How many documents the practice server has of CUSTOMER. */
size_t practice_documents(const struct practice *practice,
			  const char *customer);

/* Start it without waiting: its pid; its output goes to OUT. */
pid_t practice_kyc_start(const struct practice *practice,
			 const char *const *argv, int out);

/* Become it: this process is kyc from now on, or ends with 127. */
void practice_kyc_exec(const struct practice *practice,
		       const char *const *argv);

/* "$KYC_SOURCE/assets/samples/NAME"; free() it. */
char *practice_sample(const char *name);

/* Write TEXT to NAME below the practice directory; its path, free() it. */
char *practice_file(const struct practice *practice, const char *name,
		    const char *text);

/* A complete information form of an individual, as JSON. */
extern const char practice_information[];

#endif
