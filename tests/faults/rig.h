/* SPDX-License-Identifier: MIT */
/* The program, a bad line, and the practice server at its other end. */
#ifndef TESTS_FAULTS_RIG_H
#define TESTS_FAULTS_RIG_H

#include "tests/fault_server.h"
#include "tests/practice.h"

struct rig {
	struct practice practice;
	char *clock_path;
	struct fault_clock *clock;
	struct fault_server *server;
};

/* PROVIDER's practice server, with OPTIONS; fails the test. Whatever fails,
 * rig_close() is what ends it. */
void rig_open(struct rig *rig, const char *provider, const char *options);
void rig_close(struct rig *rig);

/* From now on FAILURE (see FAULT_FAIL; NULL: nothing) befalls kyc. */
void rig_fail(struct rig *rig, const char *failure);

/* Everything that the practice server has: how many documents, and that no
 * two of a customer are the same; else the test fails. */
size_t rig_documents(const struct rig *rig);

/* What kyc says of itself does not fit STATUS, or lacks WORDS (NULL: any). */
void rig_expect(const struct practice_run *run, int status, const char *words);

#endif
