/* SPDX-License-Identifier: MIT */
/*
 * A clock that several processes share, in a file that each maps: time goes as
 * it goes, but a program that waits for nothing but time leaps ahead. What
 * takes 30 s of patience takes half a second then, and no program knows.
 *
 * Who runs under tests/faults/preload.c reads it in place of the system's.
 * Only kyc leaps, and never while BUSY: somebody who
 * will answer it is at work.
 */
#ifndef TESTS_FAULTS_CLOCK_H
#define TESTS_FAULTS_CLOCK_H

#include <stdatomic.h>
#include <stdint.h>

struct fault_clock {
	_Atomic int64_t ahead_ms; /* of both clocks */
	_Atomic int64_t wall_ms;  /* of the wall clock alone, besides */
	_Atomic int busy;
	_Atomic unsigned calls; /* that KYC_TEST_FAIL names, so far */
	_Atomic unsigned fired; /* of them, those that were made to fail */
};

/* Environment of what runs under it: the path of that file. */
#define FAULT_CLOCK_FILE "KYC_TEST_CLOCK"
/* "CALL:N:ERRNO": the Nth such call of kyc fails; "N+": and all after it. CALL
 * is pwrite, fsync, open, ftruncate, link, mkdir or disk (any of these); or
 * malloc, under tests/faults/memory.c. */
#define FAULT_FAIL "KYC_TEST_FAIL"

#endif
