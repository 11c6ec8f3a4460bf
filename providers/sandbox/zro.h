/* SPDX-License-Identifier: MIT */
/*
 * The practice counterpart of Z.ro Bank. Its pages:
 * https://docs.zrobank.io/baas and https://docs.zroglobal.io/baas
 *
 *	zro.c			routes, and the pages for tests
 *	zro_words.c		refusals: codes, and their sentences in two
 *				languages
 *	zro_gate.c		headers, sign-in, tokens
 *	zro_account.c		who is acted for; the list of accounts
 *	zro_page.c		lists that come in pages
 *	zro_check.c		what may be in a body
 *	zro_natural.c		onboarding of a natural person
 *	zro_legal.c		onboarding of a legal person
 *	zro_shareholder.c	the shareholders of one
 *	zro_representative.c	its legal representatives
 *	zro_file.c		a file: taken, kept, replaced
 *	zro_company_file.c	the papers of a legal person
 *	zro_person_file.c	the papers of a representative
 *	zro_ready.c		what finalize still misses
 *	zro_review.c		how a review ends
 *	zro_seed.c		the invented accounts it starts with
 *	zro_made.c		a record around what such an account says
 *
 * The record of an account:
 *
 *	id, order	the world's
 *	number		its place among the seeds and the generated, from 1
 *	envelope	true: its answers come as {success, data, error}
 *	older		true: its answers look as in the older revisions:
 *			Portuguese document types, the address of a natural
 *			person as a list, its documents as a page; the second
 *			version's upload of a representative's file is not
 *			there (404), and the part of a replaced one is called
 *			"document"
 *	account		what the API shows of it
 *	onboardings	[{id, status, created_at, what was sent, due,
 *			failed_code, failed_type, failed_reason}], the newest
 *			last; DUE is when the review gets on, unix ms
 *	shareholders	[what the API shows]
 *	representatives	[what the API shows, and mother_name, deleted]
 *	documents	[{id, file_id, owner, of, type, side, family,
 *			file_name, content_type, sha256, bytes, reason,
 *			created_at, updated_at, replaced}], the newest last:
 *			all that ever arrived. OWNER is "company", "person"
 *			(of the onboarding OF) or "representative" (OF)
 */
#ifndef SANDBOX_ZRO_H
#define SANDBOX_ZRO_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "providers/sandbox/form_data.h"
#include "providers/sandbox/sandbox.h"

/* The one product of the practice world: x-product-uuid. */
#define ZRO_PRACTICE_PRODUCT "5eed0000-0000-4000-b000-000000000001"
/* Whom a call acts for that names no other: the partner itself. */
#define ZRO_PRACTICE_PARTNER "5eed0000-0000-4000-b000-000000000002"

#define ZRO_NATURAL "NATURAL_PERSON"
#define ZRO_LEGAL   "LEGAL_PERSON"

extern const struct practice practice_zro;

/* Refuse with CODE, whose status is in a table; PARAM (NULL: none) is named
 * in the message. Always false, so that a check may end with it. */
bool zro_deny(struct call *call, const char *code, const char *param);
bool zro_deny_as(struct call *call, int status, const char *code,
		 const char *param);
void zro_refuse(struct call *call, int status, const char *message);
bool zro_english(const struct call *call); /* what x-lang asks for */

/* Who may come in (zro_gate.c). */
bool zro_admit(struct call *call, bool sign_in);
void zro_sign_in(struct call *call);
void zro_refresh(struct call *call);

/* Is the x-transaction-uuid there and good? Into OUT in lower case; where it
 * is OPTIONAL and missing OUT is a new one. False: refused. */
bool zro_transaction(struct call *call, bool optional, char out[UUID_SIZE]);

/* Argument ARG of the path, called PARAM: a UUID, or refused. */
bool zro_id(struct call *call, size_t arg, const char *param,
	    char out[UUID_SIZE]);

#define ZRO_MOMENT_SIZE (MOMENT_SIZE + 4)
void zro_moment(int64_t ms, char out[ZRO_MOMENT_SIZE]); /* with .mmm */

/* Looking into a record; what comes back is borrowed. */
const char *zro_text(const json_t *object, const char *key); /* never NULL */
bool zro_is(const json_t *object, const char *key, const char *text);
json_t *zro_by_id(const json_t *list, const char *id); /* NULL: none */
bool zro_flag(const json_t *object, const char *key);
json_t *zro_newest(const json_t *record); /* its newest onboarding, or NULL */

/* The account acted for as it is now: a new reference, or NULL: refused. The
 * partner's own is an empty one. */
json_t *zro_customer(struct call *call);
/* The same to be changed: refused unless it is a PERSON_TYPE. */
json_t *zro_customer_of(struct call *call, const char *person_type);
/* The same when its newest onboarding is pending. */
json_t *zro_open_customer(struct call *call);

/* Settle RECORD and write it down if that, or the caller, CHANGED it. False:
 * refused. */
bool zro_keep(struct call *call, json_t *record, bool changed);

/* Answer with BODY (taken; NULL: nothing) in the form of RECORD. */
void zro_answer(struct call *call, const json_t *record, int status,
		json_t *body);

void zro_list_accounts(struct call *call);
void zro_read_account(struct call *call);

/* Lists that come in pages (zro_page.c). */
struct zro_page {
	size_t page, size;
	const char *sort; /* borrowed; NULL: as they came */
	bool descending;
};

/* From ?page=&size=&sort=&order=; SORTS ends with NULL. False: refused. */
bool zro_page_read(struct call *call, const char *const *sorts, bool descending,
		   struct zro_page *page);
/* A page of TOTAL around DATA, which is taken. */
json_t *zro_page_make(const struct zro_page *page, size_t total, json_t *data);
/* Answer with a page of LIST, each of it as SHOW makes it. */
void zro_answer_page(struct call *call, const json_t *record,
		     const json_t *list,
		     json_t *(*show)(const struct call *call,
				     const json_t *record, const json_t *one));

/* What may be in a body (zro_check.c). False: refused. */
bool zro_check_legal(struct call *call, bool with_terms);
bool zro_check_natural(struct call *call);
bool zro_check_shareholder(struct call *call, bool whole);
bool zro_check_representative(struct call *call, int version);
bool zro_check_representative_change(struct call *call);

/* Is TEXT a CPF or CNPJ, check digits and all? */
bool zro_is_tax_id(const char *text);
/* TEXT holds the digits before the two that check them; they are appended. */
void zro_complete_tax_id(char text[15]);

/* Onboardings. */
void zro_create_natural(struct call *call);
void zro_list_natural(struct call *call);
void zro_read_natural(struct call *call);
void zro_send_natural(struct call *call);
void zro_list_natural_files(struct call *call);
void zro_replace_natural_file(struct call *call);
void zro_create_legal(struct call *call);
void zro_create_legal_v2(struct call *call);
void zro_list_legal(struct call *call);
void zro_read_legal(struct call *call);
void zro_finalize(struct call *call);

/* A new onboarding of RECORD from the body; ACTIVE is the status of the
 * refusal when there is one already. False: refused. */
bool zro_begin(struct call *call, json_t *record, int active);

/* The onboarding of the path, of RECORD; NULL: refused. Borrowed. */
json_t *zro_onboarding(struct call *call, const json_t *record);

/* What keeps ONBOARDING from being finalized: a code, or NULL. */
const char *zro_lacks(const json_t *record, const json_t *onboarding);

/* Let the time until NOW pass for RECORD; true when that changed it. */
bool zro_settle(json_t *record, int64_t now, int64_t review_ms);

/* Parties. */
void zro_create_shareholder(struct call *call);
void zro_list_shareholders(struct call *call);
void zro_read_shareholder(struct call *call);
void zro_change_shareholder(struct call *call);
void zro_create_representative_v1(struct call *call);
void zro_create_representative_v2(struct call *call);
void zro_create_representative_v3(struct call *call);
void zro_list_representatives(struct call *call);
void zro_change_representative(struct call *call);
void zro_delete_representative(struct call *call);
/* The one of the path, not deleted; NULL: refused. Borrowed. */
json_t *zro_representative(struct call *call, const json_t *record);

/* Files. */
struct zro_part {
	const char *name;
	bool file;
	bool optional;
};

struct zro_paper {
	const char *id; /* NULL: a new one */
	const char *owner, *of;
	const char *type;
	const char *side;   /* "": without */
	const char *family; /* of an identity document, as it was sent; or "" */
};

#define ZRO_FILE_MOST	      ((uint64_t)25000000)
#define ZRO_COMPANY_FILE_MOST ((uint64_t)10000000)

/* Are the parts as PARTS (ends with a NULL name) say, no file above MOST, and
 * each a PDF or JPEG that says so? False: refused. */
bool zro_parts_fit(struct call *call, const struct zro_part *parts,
		   uint64_t most);
bool zro_is_jpeg(const struct form_part *part);
/* Is TEXT one of CHOICES (ends with NULL)? Else refused, naming PARAM. */
bool zro_is_one_of(struct call *call, const char *text,
		   const char *const *choices, const char *param);

/* Put PART among the documents; the new one is borrowed. */
json_t *zro_store(struct call *call, json_t *record,
		  const struct zro_paper *paper, const struct form_part *part);
/* The same in the place of OLD: it has its id, and its file id if KEEPS. */
json_t *zro_replace(struct call *call, json_t *record, json_t *old,
		    const struct form_part *part, bool keeps);
/* Is DOCUMENT one of those of OWNER and OF that count now? */
bool zro_counts(const json_t *document, const char *owner, const char *of);
/* The one with ID of them; NULL: refused. Borrowed. */
json_t *zro_document(struct call *call, const json_t *record, const char *owner,
		     const char *of, const char *id);
/* Was ID taken by some document already? Then refused. */
bool zro_fresh_document(struct call *call, const json_t *record,
			const char *id);

void zro_send_company_file(struct call *call);
void zro_list_company_files(struct call *call);
void zro_read_company_file(struct call *call);
void zro_replace_company_file(struct call *call);
void zro_send_person_file(struct call *call);
void zro_send_person_files(struct call *call);
void zro_list_person_files(struct call *call);
void zro_read_person_file(struct call *call);
void zro_replace_person_file(struct call *call);

/* Accounts to begin with (zro_seed.c). */
#define ZRO_SEEDS 38
json_t *zro_seed(size_t i);
json_t *zro_generate(size_t i, const char *id);
json_t *zro_adopt(const json_t *shape, struct err *err);

enum zro_has {
	ZRO_HAS_SHAREHOLDERS = 1, /* a person with 60 %, a company with 40 */
	ZRO_HAS_PERSON = 2,	  /* a representative of the person */
	ZRO_HAS_OTHER = 4,	  /* and one of the company */
	ZRO_HAS_PERSON_FILES = 8, /* all that is needed of each of them */
	ZRO_HAS_CONTRACT = 16,
	ZRO_HAS_BALANCE = 32,
	ZRO_HAS_FILES = 64,	/* a natural person's, by method A */
	ZRO_HAS_DIGITAL = 128,	/* the same by method B */
	ZRO_HAS_REJECTED = 256, /* another onboarding before, rejected */
	ZRO_HAS_OLDER = 512,	/* answers of the older revisions */
	ZRO_HAS_ODD = 1024,	/* {} where the account should have text */
};

/* What an invented account is made of. */
struct zro_shape {
	const char *name;
	const char *kind;   /* legal_person_type; NULL: a natural person */
	const char *status; /* of its onboarding; NULL: there is none */
	unsigned has;
	const char *reason; /* its newest file is declined for this, or NULL */
	const char *state;  /* of the account; NULL: as the status goes */
};

/* The record of account NUMBER (zro_made.c); a new reference. */
json_t *zro_make(const struct zro_shape *shape, const char *id, size_t number);

/* A record of nothing but ACCOUNT, which is taken. */
json_t *zro_record(const char *id, size_t number, json_t *account);

#endif
