/* SPDX-License-Identifier: MIT */
/*
 * cases: the durable record and the outbox. It must never know a screen, and
 * no provider by name.
 *
 *   store.[ch]      the SQLite file: opening, transactions, audit trail
 *   schema.c        tables and their migrations
 *   customers.[ch]  customers seen
 *   record.[ch]     cases, drafts, documents
 *   submission.c    submissions: queueing, claiming, attempts, outcomes
 *   claim.c         which process sends what
 *   checklist.[ch]  requirements merged with what was drafted and sent
 *   outbox.[ch]     moves submissions through the wire
 */
#ifndef CASES_CASE_H
#define CASES_CASE_H

#include "cases/checklist.h"
#include "cases/customers.h"
#include "cases/outbox.h"
#include "cases/record.h"
#include "cases/store.h"

#endif
