/* SPDX-License-Identifier: MIT */
/*
 * The practice counterpart of Lumx. Its pages: https://docs.lumx.io
 *
 * The record of a customer:
 *
 *	id, order	the world's
 *	customer	what the API shows of it, without what is worked out
 *	documents	[{type, country, side, party, sha256, bytes, reason,
 *			declined}], the newest last
 *	parties		[what the API shows, and review {status, reason}]
 *	terms		{accepted, token, asked, expires}
 *	review		{status, due, reason, asked_once, parties}
 *	touched		when the customer last sent something, unix ms
 */
#ifndef SANDBOX_LUMX_H
#define SANDBOX_LUMX_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "providers/sandbox/sandbox.h"

extern const struct practice practice_lumx;

/* What may be in a body (lumx_check.c): a list of sentences, each beginning
 * with the dotted name of its field; an empty list when all is well. */
json_t *lumx_check_customer(const json_t *body);
json_t *lumx_check_information(const json_t *body, const char *type);
json_t *lumx_check_party(const json_t *body);
bool lumx_country(const char *alpha3); /* of ISO 3166-1 */

enum lumx_for {
	LUMX_FOR_PERSON = 1,
	LUMX_FOR_COMPANY = 2,
};

struct lumx_document {
	const char *type;
	unsigned who; /* enum lumx_for */
	bool sided;   /* an identity document: it has a front and a back */
};

/* By its type; NULL: there is none. */
const struct lumx_document *lumx_document_find(const char *type);

/* Answers that more than one route gives (lumx.c). LIST is taken;
 * lumx_refuse_list() is false, and refuses nothing, on an empty one. */
void lumx_refuse(struct call *call, int status, const char *message);
void lumx_refuse_field(struct call *call, const char *sentence);
bool lumx_refuse_list(struct call *call, int status, json_t *list);

/* The customer of the path as it is now; the open one may still send
 * something. A new reference, or NULL: refused. */
json_t *lumx_customer(struct call *call);
json_t *lumx_open_customer(struct call *call);

/* Settle RECORD and write it down if that, or the caller, CHANGED it. False:
 * refused. */
bool lumx_keep(struct call *call, json_t *record, bool changed);

/* What routes lead to: each answers CALL, or refuses. Customers
 * (lumx_customer.c), */
void lumx_list(struct call *call);
void lumx_create(struct call *call);
void lumx_read(struct call *call);
void lumx_inform(struct call *call);
/* associated parties (lumx_parties.c), */
void lumx_list_parties(struct call *call);
void lumx_create_party(struct call *call);
void lumx_read_party(struct call *call);
/* terms, their page, and the review (lumx_verify.c), */
void lumx_offer_terms(struct call *call);
void lumx_page_terms(struct call *call);
void lumx_page_verify(struct call *call);
void lumx_read_verification(struct call *call);
void lumx_start_verification(struct call *call);
/* documents (lumx_upload.c). */
void lumx_upload(struct call *call);

/* Looking into a record (lumx_record.c); what comes back is borrowed. PARTY
 * "" means the customer, SIDE "" a document without sides. */
const char *lumx_text(const json_t *object, const char *key); /* never NULL */
bool lumx_is(const json_t *object, const char *key, const char *text);
bool lumx_is_person(const json_t *shape); /* a customer's, or a party */
bool lumx_listed(const json_t *list, const char *text);
json_t *lumx_shape(const json_t *record); /* its "customer" */
json_t *lumx_review(const json_t *owner); /* of a record or a party */
const char *lumx_status(const json_t *record);
json_t *lumx_party(const json_t *record, const char *id);
json_t *lumx_newest(const json_t *record, const char *party, const char *type,
		    const char *side);
bool lumx_is_newest(const json_t *record, const json_t *document);
bool lumx_was_sent(const json_t *record, const char *party, const char *type);

/* Was DOCUMENT declined, and nothing sent in its place? */
bool lumx_unresolved(const json_t *record, const json_t *document);

/* What a review (of PARTIES alone, unless NULL) still lacks, as sentences; a
 * new list. */
json_t *lumx_missing(const json_t *record, const json_t *parties);

/* Let the time until NOW pass for RECORD; true when that changed it
 * (lumx_review.c). */
bool lumx_settle(json_t *record, int64_t now, int64_t review_ms);

/* Something was sent: the times of RECORD follow. */
void lumx_touch(json_t *record, int64_t now);

/* Start a review of RECORD that is decided at DUE (0: never); or, when
 * PARTIES is not NULL, of these parties of it alone. */
void lumx_start(json_t *record, const json_t *parties, int64_t due);

/* The review comes to its end now. */
void lumx_decide(json_t *record);

/* Into STATUS, with REASON (taken; NULL: none), the parties likewise. */
void lumx_set_status(json_t *record, const char *status, json_t *reason);

/* What the API shows (lumx_show.c): one customer WHOLE, or as in a list; new
 * references. */
json_t *lumx_show(const json_t *record, const char *base, bool whole);
json_t *lumx_show_party(const json_t *party, const char *base);
json_t *lumx_show_report(const json_t *record);

/* Customers to begin with (lumx_seed.c). */
#define LUMX_SEEDS 40
json_t *lumx_seed(size_t i);
json_t *lumx_generate(size_t i, const char *id);
json_t *lumx_adopt(const json_t *shape, struct err *err);

/* A record of an empty customer around SHAPE, which is taken. */
json_t *lumx_record(const char *id, json_t *shape);

#endif
