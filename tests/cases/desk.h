/* SPDX-License-Identifier: MIT */
/*
 * A desk to work at: a throw-away state directory, the record in it, and a
 * made-up provider with a customer or two.
 */
#ifndef TESTS_CASES_DESK_H
#define TESTS_CASES_DESK_H

#include <sys/types.h>

#include "cases/case.h"
#include "tests/test.h"

/* Fails the test with the sentence when CALL does not return 0. */
#define OK(call)                                             \
	do {                                                 \
		struct err err = { 0 };                      \
		if (call)                                    \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

struct desk {
	char *dir;
	char *state; /* DIR/state */
	struct case_store *store;
	struct prov_profile profile;
};

/* Types ID (front and back) and PASS (front) in one group, SELFIE, PROOF; the
 * forms desk_person with "phone" (required) and "city", desk_record with
 * "street" (required), which opens, and desk_owner with "name" (required) and
 * "boss" (offers), which makes a party; a start; keys for a day. Answers:
 * 2xx accepted, 400 refused with a problem of "phone", 401 denied, 429 again
 * under the same key, 500 and 503 again under a new one, anything else
 * unsure. */
extern const struct provider desk_provider;

void desk_open(struct desk *desk);
void desk_reopen(struct desk *desk); /* the record only */
void desk_close(struct desk *desk);  /* the directory goes, too */

/* Note a customer that wants one of ID and PASS, a SELFIE, the form, and the
 * start; returns its case. */
int64_t desk_customer(struct desk *desk, const char *id, const char *name);

/* The same by hand: forms are wanted as "FORM" (desk_person), "record" and
 * "owner". desk_put() notes the customer, releases it and returns its case. */
struct prov_requirement *desk_want(struct prov_customer *customer,
				   enum prov_req_kind kind, const char *code);
int64_t desk_put(struct desk *desk, struct prov_customer *customer);
void desk_load(struct desk *desk, const char *id,
	       struct prov_customer *customer);

/* Write CONTENT to a file and choose it; returns the document. */
int64_t desk_document(struct desk *desk, int64_t case_id, const char *type,
		      enum doc_side side, const char *content);
char *desk_file(struct desk *desk, const char *name, const char *content);

/* Queue it for what asks for it; returns the submission. */
int64_t desk_submit(struct desk *desk, int64_t case_id, const char *type,
		    enum doc_side side, const char *content);
int64_t desk_submit_information(struct desk *desk, int64_t case_id,
				const char *phone);
int64_t desk_submit_form(struct desk *desk, int64_t case_id, const char *schema,
			 const char *party, const char *key, const char *value);

/* Start this test program once more, with the arguments WHAT, ONE and TWO (may
 * be NULL): main() does what they say. Its standard output comes to *FROM. A
 * process that was only forked may not touch the record. */
pid_t desk_child(const char *what, const char *one, const char *two, int *from);

/* Read submission ID; release it. */
struct case_submission desk_read(struct desk *desk, int64_t id);
enum case_state desk_state(struct desk *desk, int64_t id);

/* One number out of the record, or one text (?1 is NUMBER; NULL; free() it),
 * and a change behind its back. */
int64_t desk_number(struct desk *desk, const char *sql);
char *desk_text(struct desk *desk, const char *sql, int64_t number);
void desk_sql(struct desk *desk, const char *sql); /* may fail */

#endif
