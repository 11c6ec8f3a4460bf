/* SPDX-License-Identifier: MIT */
/* A program that is killed at a chosen system call. */
#ifndef TESTS_FAULTS_TRACER_H
#define TESTS_FAULTS_TRACER_H

#include "tests/practice.h"

/*
 * Run kyc with ARGV until it has made NTH system calls that write or send,
 * and kill it as it makes one more; -1 lets it run. Returns how many it made,
 * or -1 when no program may be followed here. Its output goes nowhere.
 */
int tracer_run(const struct practice *practice, const char *const *argv,
	       int nth);

#endif
