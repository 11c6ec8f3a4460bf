/* SPDX-License-Identifier: MIT */
/*
 * cases: the durable record and the outbox. It must never know a screen, and
 * no provider by name.
 *
 *   store.[ch]        the SQLite file: opening, transactions
 *   store_private.h   what only this room sees of it
 *   durable.[ch]      syncing it, off the loop
 *   directory.c       the state directory
 *   db.c              small helpers around SQLite, words for its failures
 *   schema.c          tables and their migrations
 *   event.c           the audit trail: adding to it
 *   anchor.c          its end, kept apart from the rows
 *   audit.[ch]        reading and proving it; what that can prove
 *   receipt.[ch]      what became of a submission, entry by entry
 *   trail.h           what these share
 *   customers.[ch]    customers seen
 *   stage.c           since when each stands where it stands
 *   search*.c         finding them
 *   rejections.[ch]   since when a requirement is rejected
 *   newcomer.[ch]     customers who are still to be made
 *   newcomer_made.c   what becomes of them
 *   record.[ch]       cases
 *   answers.[ch]      what was filled in
 *   changes.[ch]      what was changed of a draft, undone and done again
 *   paper.c           documents: which file for which slot
 *   submit.c          queueing what is drafted
 *   admit.[ch]        what is refused before it is queued
 *   submission.[ch]   from state to state: attempts and outcomes
 *   submissions.c     reading them
 *   bundle.c          which of them go together
 *   recover.c         what was left in the middle
 *   folders.[ch]      where the files of this record came from
 *   doubt.[ch]        what is unsure about a customer
 *   settle.c          settled by what the provider has, at any time
 *   decide.c          the same when it was asked because of it
 *   standing.c        how the provider said a thing stands
 *   before.[ch]       what it had before an attempt
 *   evidence.[ch]     what its having something now, and not before, says
 *   forget.c          drafted answers that the provider holds by now
 *   clocks.[ch]       since when it waits, for us and for the provider
 *   inbox.[ch]        what is rejected, over all profiles
 *   notes.[ch]        what the operator wrote down about a case
 *   claim.[ch]        which process sends what
 *   checklist.[ch]    the checklist out of the record
 *   merge.[ch]        requirements merged with what was drafted and sent
 *   merge_items.c     how one item stands
 *   merge_forms.c     forms, and whether something new was filled in
 *   merge_counts.c    groups, bundles, what is still to be done
 *   unasked.c         what was sent and is not asked for
 *   outbox.[ch]       what the operator speaks to while things are sent
 *   window.c          what is begun and launched
 *   landed.c          what has ended, written down
 *   news.c            what changed, told when it is durable
 *   operate.c         what the operator does to them
 *   queue.[ch]        what waits
 *   gate.[ch]         the order in which it goes
 *   send.[ch]         one request on its way
 *   cargo.[ch]        what goes in it
 *   inquiry.[ch]      asking what the provider has, after a lost answer
 *   attempt.[ch]      what the end of an attempt means
 *   budget.[ch]       how much one provider may be bothered
 *   reconcile.[ch]    what was sent, compared with what the provider has
 */
#ifndef CASES_CASE_H
#define CASES_CASE_H

#include "cases/audit.h"
#include "cases/checklist.h"
#include "cases/clocks.h"
#include "cases/customers.h"
#include "cases/folders.h"
#include "cases/inbox.h"
#include "cases/newcomer.h"
#include "cases/notes.h"
#include "cases/outbox.h"
#include "cases/receipt.h"
#include "cases/reconcile.h"
#include "cases/record.h"
#include "cases/store.h"

#endif
