/* SPDX-License-Identifier: MIT */
/*
 * What the files of the Z.ro Bank adapter share. There a customer is an
 * account; its verification is an onboarding record, opened by a form; parties
 * and their files hang on the account, company files on the record.
 * https://docs.zrobank.io/baas/
 *
 *   zro.c            the provider, and what every call carries
 *   zro_auth.c       signing in, and how long that lasts
 *   zro_read.c       answers in general; accounts
 *   zro_record.c     onboarding records and what their states mean
 *   zro_parties.c    shareholders and legal representatives
 *   zro_papers.c     the documents it says it has
 *   zro_wants.c      what follows from all of that: the requirement list
 *   zro_identity.c   identity documents in the list, side by side
 *   zro_finalize.c   whether a review can begin, and asking for it
 *   zro_send.c       documents on their way, one by one
 *   zro_bundle.c     documents of a natural person, all in one request
 *   zro_types.c      document types as rows
 *   zro_forms.c      the forms that open an onboarding, as rows
 *   zro_party_forms.c  those about parties
 *   zro_fields.h     fields that several of them have
 *   zro_form_send.c  how each form is sent
 *   zro_body.c       answers in their JSON, and back
 *   zro_errors.c     error codes in plain words
 */
#ifndef PROVIDERS_ZRO_H
#define PROVIDERS_ZRO_H

#include <jansson.h>

#include "providers/provider.h"
#include "providers/reply.h"

#define ZRO_TITLE "Z.ro Bank"

/* The two halves of a struct prov_op. */
typedef int zro_builder(const struct prov_ctx *ctx,
			struct prov_request *request, struct err *err);
typedef void zro_reader(const struct prov_reply *reply,
			const struct prov_ctx *ctx, void *into,
			struct prov_result *result);

/* More of anything than this is not believed. */
#define ZRO_LIST_MOST 500
#define ZRO_PAGE_SIZE 100

/* Roles, as parties show them. */
#define ZRO_SHAREHOLDER	   N_("shareholder")
#define ZRO_REPRESENTATIVE N_("legal representative")

/* Requirements that are no documents. */
#define ZRO_OPENING	       "onboarding"
#define ZRO_SHAREHOLDER_NEW    "shareholder"
#define ZRO_SHAREHOLDER_FIX    "shareholder_correction"
#define ZRO_REPRESENTATIVE_NEW "legal_representative"
#define ZRO_REPRESENTATIVE_FIX "legal_representative_correction"
#define ZRO_REPRESENTATIVE_OUT "legal_representative_removal"
#define ZRO_FINALIZE	       "finalize"

/* A natural person's other way: the selfie, and who knows the face. */
#define ZRO_DIGITAL "digital_identity:serpro-ekyc"

/* The one bundle there is: what a natural person sends. */
#define ZRO_BUNDLE "onboarding"

/* zro.c */

enum {
	ZRO_KEYED = 1 << 0,	/* carries x-transaction-uuid */
	ZRO_MULTIPART = 1 << 1, /* needs the key for its boundary */
	ZRO_NO_CUSTOMER = 1 << 2,
};

/* The headers of every call; REQUEST has its method and path. */
int zro_headers(const struct prov_ctx *ctx, unsigned flags,
		struct prov_request *request, struct err *err) ERR_CHECKED;

/* Nonce and language, which signing in has as well. */
int zro_common_headers(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err) ERR_CHECKED;

/* zro_auth.c */

bool zro_path_valid(const char *path);
zro_builder zro_signin_build, zro_renew_build;
zro_reader zro_token_read;

/* zro_read.c */

/* What an answer is about: itself, or the "data" of its envelope. */
const json_t *zro_data(const json_t *root);
/* The array that DATA is, or holds as its "data"; NULL: neither. */
const json_t *zro_list(const json_t *data);
/* An id that can also be a part of a target; NULL: none. free() it. */
char *zro_id(const json_t *object, const char *name);
/* Cursor of the page after the one that CTX asked for; NULL: it was the last
 * one. free() it. */
char *zro_next_page(const json_t *data, const struct prov_ctx *ctx);
/* The question for a list: page, size, newest last unless NEWEST first. */
int zro_ask_page(const struct prov_ctx *ctx, struct prov_request *request,
		 const char *order, struct err *err) ERR_CHECKED;
/* Says the answer that there is no record, and so nothing to list? */
bool zro_is_nothing(const struct prov_reply *reply, const json_t *root);

zro_builder zro_accounts_build, zro_account_build;
zro_reader zro_accounts_read, zro_account_read;

/* zro_record.c */

enum zro_phase {
	ZRO_NO_RECORD, /* nothing was opened yet */
	ZRO_OPEN,      /* parties and files may be added and replaced */
	ZRO_WATCHED,   /* in review: nothing can be changed */
	ZRO_DONE,      /* approved */
	ZRO_DEAD,      /* over without success: a new one may be opened */
};

/* Of the record that CUSTOMER has in its model. */
enum zro_phase zro_phase(const struct prov_customer *customer);

/* How what has arrived stands in PHASE. */
enum prov_req_status zro_arrived(enum zro_phase phase);

zro_builder zro_natural_list_build, zro_natural_build;
zro_builder zro_legal_list_build, zro_legal_build;
zro_reader zro_record_list_read, zro_record_read;

/* zro_parties.c */

bool zro_has_role(const struct prov_party *party, const char *role);
zro_builder zro_shareholders_build, zro_representatives_build;
zro_reader zro_shareholders_read, zro_representatives_read;

/* zro_papers.c */

zro_builder zro_representative_papers_build, zro_company_papers_build,
	zro_natural_papers_build;
zro_reader zro_representative_papers_read, zro_company_papers_read,
	zro_natural_papers_read;

/* The latest paper of TYPE and SIDE that PARTY (NULL: the customer) has, or
 * NULL. */
const struct prov_paper *zro_paper(const struct prov_customer *customer,
				   const char *type, enum doc_side side,
				   const char *party);

/* The type of a natural person's file that does not say what it is. */
#define ZRO_UNNAMED ""

/* zro_wants.c */

/* The requirement CODE about PARTY, or NULL. */
struct prov_requirement *zro_find(struct prov_customer *customer,
				  const char *code, const char *party);
/* A new document requirement of the type CODE, as it stands by the papers
 * there are; SIDE alone (NONE: all). OWNER is what it hangs on; NULL: what is
 * not opened yet. Valid until the next one. */
struct prov_requirement *zro_want(struct prov_customer *customer,
				  const char *code, enum doc_side side,
				  const char *party, const char *owner);
void zro_settle(struct prov_customer *customer);

/* zro_identity.c */

/* The identity documents that PARTY has to bring, by their codes. */
extern const char *const zro_families[], *const zro_natural_families[];

/* Is one of FAMILIES there, all of its sides? */
bool zro_identified(const struct prov_customer *customer,
		    const char *const *families, const char *party);
/* Want one of FAMILIES; in BUNDLE, if any. */
void zro_want_identity(struct prov_customer *customer,
		       const char *const *families, const char *party,
		       const char *owner, const char *bundle);

/* zro_finalize.c */

/* What finalizing would be refused for: its first code, or NULL, and all of it
 * in words. */
const char *zro_lacks(const struct prov_customer *customer, struct buf *words);
zro_builder zro_finalize_build;
zro_reader zro_finalize_read;

/* zro_send.c */

/*
 * Where a document goes: "OWNER" for a new one, "OWNER/ID" to replace what is
 * there, "OWNER/FRONT/BACK" with sides, each of which may be empty.
 */
char *zro_target(const char *owner, const char *front, const char *back);
/* Its parts; ID is NULL when there is nothing to replace. -1: there is no
 * owner. free() both. */
int zro_target_parts(const char *target, enum doc_side side, char **owner,
		     char **id);

zro_builder zro_document_build;
zro_reader zro_document_read;

/* zro_bundle.c */

zro_builder zro_bundle_build;
int zro_digital_build(const struct prov_ctx *ctx, const char *record,
		      struct prov_request *request,
		      struct err *err) ERR_CHECKED;
int zro_natural_replace(const struct prov_ctx *ctx, const char *record,
			const char *id, struct prov_request *request,
			struct err *err) ERR_CHECKED;

/* zro_types.c */

extern const struct doc_type zro_types[];
extern const char *const zro_groups[];
const struct doc_type *zro_type(const char *code, unsigned holder);

/* zro_forms.c, zro_party_forms.c */

extern const struct form_schema zro_schema_natural, zro_schema_legal,
	zro_schema_legal_terms, zro_schema_shareholder,
	zro_schema_shareholder_fix, zro_schema_representative,
	zro_schema_representative_fix, zro_schema_removal;

/* zro_form_send.c */

extern const struct prov_form zro_forms[];
const struct prov_form *zro_form(const struct form_schema *schema);
/* See prov_form_arrived. */
bool zro_form_arrived(const struct prov_customer *customer,
		      const struct prov_form *form, const char *party);

/* zro_body.c */

/* The answers of SCHEMA as Z.ro Bank wants them, or NULL and ERR_INPUT naming
 * what is missing or wrong. zro_forget() it. */
json_t *zro_body(const struct form_schema *schema,
		 const struct form_answers *answers, struct err *err);
/* What OBJECT (theirs) says of the fields of SCHEMA, as the JSON text that
 * form_answers_from_json() reads; NULL: nothing. free() it. */
char *zro_known(const struct form_schema *schema, const json_t *object);
/* As a text for a request; malloc'd. */
char *zro_dump(const json_t *object);
/* "1234.5" in hundredths; -1 when TEXT is no amount, or too large a one. */
int64_t zro_cents(const char *text);
/* Wipe the texts in VALUE and let go of it; NULL is fine. */
void zro_forget(json_t *value);

/* zro_errors.c */

/* RESULT of an answer to a question that is no success. */
void zro_fail(const struct prov_reply *reply, const struct prov_ctx *ctx,
	      struct prov_result *result);
/* The same of something that was sent: what may have been done is unsure. NOTE,
 * if given, says what a 404 means here. */
void zro_fail_sent(const struct prov_reply *reply, const struct prov_ctx *ctx,
		   const char *note, struct prov_result *result);

#endif
