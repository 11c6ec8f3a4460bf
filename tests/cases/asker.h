/* SPDX-License-Identifier: MIT */
/*
 * The desk's provider, but one that is asked what it has before anything is
 * sent there again, and that takes ID (front and back) and SELFIE only
 * together once an ID is among them.
 *
 * GET /customers/ID answers {"papers":[{"id","type","side","version","made"}],
 * "parties":[{"id","name"}],"record","form","selfie","unlisted"}: FORM is what
 * became of desk_record ("missing" …), SELFIE what is said of that paper
 * ("sent", "rejected", "unlisted": nothing), UNLISTED says that papers are not
 * listed.
 */
#ifndef TESTS_CASES_ASKER_H
#define TESTS_CASES_ASKER_H

#include "tests/cases/desk.h"

/* ASKS: it asks first; KEYS: it remembers them for a day. */
void asker_make(struct provider *out, bool asks, bool keys);

/* Note customer "c1" as if JSON had been read; returns the case. */
int64_t asker_customer(struct desk *desk, const char *json);

/* Choose and queue as a member of BUNDLE (NULL: alone). */
int64_t asker_submit(struct desk *desk, int64_t case_id, const char *type,
		     enum doc_side side, const char *content,
		     const char *bundle);

#endif
