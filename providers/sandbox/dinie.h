/* SPDX-License-Identifier: MIT */
/*
 * The practice counterpart of Dinie. Its pages: https://dinie.nexaedge.dev
 *
 * The record of a customer:
 *
 *	id, order	the world's; the API shows "cust_" and its 32 hex digits
 *	customer	what the API shows of it, without id, status and kyc
 *	status		the word that the API shows
 *	kyc		[what the API shows of an item, and review {due, reason}
 *			while it is looked at]
 *	documents	[{id, type, kind, sha256, bytes, reason, sentAt}], all
 *			that ever came, the newest last
 *	session		{token, asked, expires} of the biometric check
 *
 *   dinie.c             its routes, its token, its pages for people
 *   dinie_problem.c     how it words errors
 *   dinie_list.c        the list of customers
 *   dinie_customer.c    creating, reading and correcting one
 *   dinie_check.c       what may be in a body
 *   dinie_upload.c      taking a document, or refusing it
 *   dinie_biometrics.c  the check in a browser
 *   dinie_record.c      looking into a record, and what is shown of it
 *   dinie_review.c      what the reviewers do as time passes
 *   dinie_seed.c        the invented customers it starts with
 *   dinie_wanted.c      what each of them still has to send
 */
#ifndef SANDBOX_DINIE_H
#define SANDBOX_DINIE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "providers/sandbox/sandbox.h"

extern const struct practice practice_dinie;

/* Ids of customers as the API shows them (dinie_record.c). */
#define CUST_SIZE 38 /* "cust_", 32 hex digits and the NUL */
void dinie_id(const char *uuid, char out[CUST_SIZE]);
bool dinie_uuid(const char *id, char out[UUID_SIZE]); /* false: it is none */

/* RFC 9457 problems (dinie_problem.c). CODE and PARAM may be NULL; ERRORS is
 * a list of {param, detail, code}, or NULL, and is taken. */
#define DINIE_PROBLEM_TYPE "application/problem+json"
void dinie_problem(struct call *call, int status, const char *code,
		   const char *param, const char *detail, json_t *errors);
void dinie_refuse(struct call *call, int status, const char *message);
/* A field of the body is wrong, 422; CODE NULL: "invalid_format". */
void dinie_refuse_field(struct call *call, const char *param, const char *code,
			const char *detail);
/* Refuse with 422 for what LIST (taken) says; false when it says nothing. */
bool dinie_refuse_list(struct call *call, json_t *list);

/* What may be in a body (dinie_check.c): a list of {param, detail, code},
 * empty when all is well. */
json_t *dinie_check_customer(const json_t *body);
json_t *dinie_check_correction(const json_t *body);

/* CPF and CNPJ: only their digits count. OUT has room for 15 characters. */
void dinie_digits(const char *text, char out[16]);
bool dinie_cpf_valid(const char *text);
bool dinie_cnpj_valid(const char *text);
/* With the check digits added to a number below 10^9 and 10^8. */
void dinie_cpf_make(unsigned number, char out[15]);
void dinie_cnpj_make(unsigned number, char out[19]);

/* The customer of the path as it is now: a new reference, or NULL: refused. */
json_t *dinie_customer(struct call *call);

/* Settle RECORD and write it down if that, or the caller, CHANGED it. False:
 * refused. */
bool dinie_keep(struct call *call, json_t *record, bool changed);

/* The routes of the other files. */
void dinie_list_customers(struct call *call);
void dinie_create_customer(struct call *call);
void dinie_read_customer(struct call *call);
void dinie_correct_customer(struct call *call);
void dinie_upload(struct call *call);
void dinie_start_biometrics(struct call *call);
void dinie_page_biometrics(struct call *call);

/* Looking into a record (dinie_record.c); what comes back is borrowed. */
#define DINIE_BIOMETRICS "biometrics"
const char *dinie_text(const json_t *object, const char *key); /* never NULL */
bool dinie_is(const json_t *object, const char *key, const char *text);
json_t *dinie_shape(const json_t *record); /* its "customer" */
json_t *dinie_item(const json_t *record, const char *kind, const char *type);
bool dinie_is_open(const json_t *item); /* does it wait for the customer? */
/* As the API shows it: a new reference. */
json_t *dinie_show(const json_t *record);
/* A record around SHAPE, STATUS and KYC; both JSON values are taken. */
json_t *dinie_record(const char *id, json_t *shape, const char *status,
		     json_t *kyc);
/* One item; MESSAGE and UPLOADED_AT may be NULL. */
json_t *dinie_item_new(const char *kind, const char *type,
		       const char *description, const char *message,
		       const char *uploaded_at);

/* What the reviewers do (dinie_review.c). */
bool dinie_settle(json_t *record, int64_t now, int64_t review_ms);
/* ITEM of RECORD was sent; it is decided at DUE, against it for REASON. */
void dinie_sent(json_t *record, json_t *item, int64_t now, int64_t due,
		const char *reason);
/* The field KEY was corrected: what asked for it is done. */
void dinie_corrected(json_t *record, const char *key);
/* If nothing of RECORD is open any more: what lay there since it was seeded is
 * decided at DUE with the rest, or it would be under review for ever. */
void dinie_plan(json_t *record, int64_t due);
/* Something changed: the status and the times of RECORD follow. */
void dinie_touch(json_t *record, int64_t now);

/* Customers to begin with (dinie_seed.c). */
#define DINIE_SEEDS 24
json_t *dinie_seed(size_t i);
json_t *dinie_generate(size_t i, const char *id);
json_t *dinie_adopt(const json_t *shape, struct err *err);

/* The items that seed I (from 0) is asked for, and those of a new customer
 * (dinie_wanted.c): new references. */
json_t *dinie_wanted(size_t i);
json_t *dinie_wanted_at_first(bool business);

#endif
