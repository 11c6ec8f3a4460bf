/* SPDX-License-Identifier: MIT */
/*
 * The practice counterpart of Dwolla. Its pages:
 * https://developers.dwolla.com/docs/balance/api-reference
 *
 *	dwolla.c		routes, who may come in, finding and keeping
 *	dwolla_error.c		the shapes of a refusal
 *	dwolla_fields.c		what a field may hold
 *	dwolla_check.c		which fields a body must have
 *	dwolla_customer.c	created, corrected, edited, switched off and on
 *	dwolla_directive.c	"verification directives", and asking for one
 *	dwolla_list.c		pages of customers and of events
 *	dwolla_owner.c		beneficial owners and their certification
 *	dwolla_record.c		looking into a record, moving it on
 *	dwolla_review.c		what becomes of documents as time passes
 *	dwolla_show.c		what an answer shows, with its links
 *	dwolla_upload.c		taking a document, or refusing it
 *	dwolla_seed.c		the invented customers it starts with
 *	dwolla_seed_table.c	who they are
 *
 * The record of a customer:
 *
 *	id, order	the world's
 *	customer	what the API shows of it, without links
 *	filed		the last body with personal data: {ssn, ein, ...} are
 *			here and nowhere in an answer
 *	needs		documents that are wanted: [{what, code}], WHAT being
 *			person, business or dba; CODE a directive's, or ""
 *	directives	[code]
 *	retry		{controller, fields}: how it is to be corrected; FIELDS
 *			must differ from what is filed
 *	documents	all that arrived, the newest last: [{id, type, owner,
 *			sha256, bytes, kind, name, mark, created, due,
 *			verdict, reasons, apart}]; OWNER "" is the customer,
 *			DUE 0 is never, APART: the first reason is not one
 *			of all
 *	owners		[{id, firstName, lastName, address,
 *			verificationStatus, created, filed}]
 *	certification	{status, since}
 *	before		its status before it was deactivated
 *	events		[{id, at, topic, kind, resource}]: /KIND/RESOURCE
 */
#ifndef SANDBOX_DWOLLA_H
#define SANDBOX_DWOLLA_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "providers/sandbox/sandbox.h"

#define DWOLLA_TYPE "application/vnd.dwolla.v1.hal+json"

extern const struct practice practice_dwolla;

/* Refusals (dwolla_error.c). */
void dwolla_refuse(struct call *call, int status, const char *message);
void dwolla_refuse_code(struct call *call, int status, const char *code,
			const char *message);
/* ... with a link to ABOUT, a path below the base. */
void dwolla_refuse_about(struct call *call, const char *code,
			 const char *message, const char *about,
			 const char *resource);
/* 400 ValidationError with LIST (taken); false, and nothing, when empty. */
bool dwolla_refuse_list(struct call *call, json_t *list);
/* Put an embedded error into LIST; WHAT is a sentence. */
void dwolla_complain(json_t *list, const char *code, const char *path,
		     const char *what);
/* 403 InvalidResourceState. */
void dwolla_refuse_state(struct call *call);

/* Fields (dwolla_fields.c). */
enum dwolla_rule {
	DWOLLA_TEXT,
	DWOLLA_NAME,
	DWOLLA_EMAIL,
	DWOLLA_CHOICE,
	DWOLLA_STREET,
	DWOLLA_CITY,
	DWOLLA_STATE,
	DWOLLA_ZIP,
	DWOLLA_ZIP_LONG, /* ZIP+4 as well */
	DWOLLA_BIRTH,
	DWOLLA_SSN,
	DWOLLA_SSN_SHORT, /* its last four digits will do */
	DWOLLA_EIN,
	DWOLLA_UUID,
	DWOLLA_PHONE,
	DWOLLA_URL,
	DWOLLA_COUNTRY,
	DWOLLA_PERSON, /* an object: a controller or an owner */
	DWOLLA_ADDRESS,
	DWOLLA_PASSPORT,
};

struct dwolla_row {
	const char *key; /* NULL ends a table */
	enum dwolla_rule rule;
	bool optional;
	size_t most;		       /* characters; 0: 255 */
	const char *const *choices;    /* ends with NULL */
	const struct dwolla_row *rows; /* of an object */
};

/* What is wrong with OBJECT, into LIST; PATH ("" or "/controller") comes
 * before each field's. */
void dwolla_check_rows(json_t *list, const char *path,
		       const struct dwolla_row *rows, const json_t *object);

/* The controller or owner at PATH has a US number, or else a passport. */
void dwolla_check_person(json_t *list, const char *path, const json_t *person);

/* Bodies (dwolla_check.c): lists of embedded errors, empty when all is well. */
json_t *dwolla_check_create(const json_t *body);
json_t *dwolla_check_retry(const json_t *body, const json_t *record);
json_t *dwolla_check_edit(const json_t *body, const json_t *record);
json_t *dwolla_check_owner(const json_t *body);
/* One of application/json and DWOLLA_TYPE, or refused. */
bool dwolla_is_json(struct call *call);

/* Finding and keeping (dwolla.c): the customer, owner or document of the path
 * as it is now. A new reference to its record, or NULL: refused. */
json_t *dwolla_customer(struct call *call);
json_t *dwolla_owner(struct call *call, json_t **owner);
json_t *dwolla_document(struct call *call, json_t **document);
/* Settle RECORD, and write it down if that, or the caller, CHANGED it. False:
 * refused. */
bool dwolla_keep(struct call *call, json_t *record, bool changed);
/* 201, empty, with a Location below the base: /KIND/ID. */
void dwolla_created(struct call *call, const char *kind, const char *id);
void dwolla_answer(struct call *call, int status, json_t *body); /* taken */

/* Looking into a record (dwolla_record.c); what comes back is borrowed. */
const char *dwolla_text(const json_t *object, const char *key); /* never NULL */
bool dwolla_is(const json_t *object, const char *key, const char *text);
bool dwolla_listed(const json_t *list, const char *text);
bool dwolla_word(const char *text, const char *word); /* is it one of its? */
json_t *dwolla_shape(const json_t *record);	      /* its "customer" */
const char *dwolla_status(const json_t *record);
bool dwolla_in(const json_t *record, const char *status);
bool dwolla_is_status(const char *text); /* of a customer */
bool dwolla_is_business(const json_t *record);
bool dwolla_is_sole(const json_t *record);    /* a sole proprietorship */
bool dwolla_has_owners(const json_t *record); /* may it have any? */
bool dwolla_needs(const json_t *record, const char *what);
json_t *dwolla_find(const json_t *list, const char *id); /* by its "id" */

/* A record of a customer that looks like SHAPE (taken), and was FILED with
 * that (taken). */
json_t *dwolla_record(json_t *shape, json_t *filed);

/* What is to be shown of a body; a new object. */
json_t *dwolla_shown(const json_t *body);

/* Changing it. */
void dwolla_open_certification(json_t *record); /* unless it is open */
void dwolla_set_status(json_t *record, const char *status, int64_t now);
void dwolla_need(json_t *record, const char *what, const char *code);
void dwolla_event(json_t *record, int64_t now, const char *topic,
		  const char *kind, const char *id);
/* A correction is wanted: of the controller too? of FIELD ("": of any)? */
void dwolla_ask_retry(json_t *record, bool controller, const char *field,
		      int64_t now);
/* Something was settled: into document, retry or verified. */
void dwolla_advance(json_t *record, int64_t now);

/* What the words in a new customer's names lead to: status and needs. */
void dwolla_judge(json_t *record, const json_t *body, int64_t now);

/* Directives (dwolla_directive.c). */
enum dwolla_action {
	DWOLLA_CORRECT,		   /* the business's data: a retry */
	DWOLLA_CORRECT_CONTROLLER, /* the controller's: a full retry */
	DWOLLA_SEND_PERSON,
	DWOLLA_SEND_BUSINESS,
	DWOLLA_SEND_DBA,
	DWOLLA_SEND_OR_EDIT, /* proof of address, or another address */
	DWOLLA_WAIT,
};

struct dwolla_directive {
	const char *code, *message;
	enum dwolla_action action;
	const char *link;  /* its key; NULL: none */
	const char *field; /* that must differ then; "": any */
};

/* NULL: there is none; its action is to wait then. */
const struct dwolla_directive *dwolla_directive(const char *code);
enum dwolla_action dwolla_action(const char *code);
/* Ask for CODE (which is one): directives, needs and status of RECORD. */
void dwolla_direct(json_t *record, const char *code, int64_t now);
bool dwolla_may_edit_address(const json_t *record);
json_t *dwolla_show_directives(const json_t *record, const char *base);

/* What time does to RECORD until NOW; true when that changed it
 * (dwolla_review.c). */
bool dwolla_settle(json_t *record, int64_t now);
/* Reject DOCUMENT for CODES: a list, taken. */
void dwolla_reject(json_t *document, json_t *codes);
json_t *dwolla_show_document(const json_t *document, const char *base);

/* What an answer shows (dwolla_show.c); new references. */
json_t *dwolla_show(const json_t *record, const char *base);
json_t *dwolla_show_owner(const json_t *owner, const char *base);
/* Put link NAME to BASE and the path that FORMAT makes into LINKS. */
void dwolla_link(json_t *links, const char *name, const char *resource,
		 const char *base, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Routes. */
void dwolla_list_customers(struct call *call);
void dwolla_list_events(struct call *call);
void dwolla_create(struct call *call);
void dwolla_update(struct call *call);
void dwolla_simulate(struct call *call);
void dwolla_upload(struct call *call);
void dwolla_upload_for_owner(struct call *call);
void dwolla_list_documents(struct call *call);
void dwolla_list_documents_of_owner(struct call *call);
void dwolla_list_owners(struct call *call);
void dwolla_create_owner(struct call *call);
void dwolla_update_owner(struct call *call);
void dwolla_remove_owner(struct call *call);
void dwolla_read_ownership(struct call *call);
void dwolla_certify(struct call *call);

/* Customers to begin with (dwolla_seed.c). */
#define DWOLLA_SEEDS 60
json_t *dwolla_seed(size_t i);
json_t *dwolla_generate(size_t i, const char *id);
json_t *dwolla_adopt(const json_t *shape, struct err *err);

/* A row of the table; NULL stands for nothing. */
struct dwolla_seed {
	const char *name; /* of a person, or of a business's admin */
	const char *type; /* or a businessType */
	const char *status;
	const char *business;	/* its name */
	const char *controller; /* its name */
	/* Lists of words with blanks between. */
	const char *needs;     /* person, business, dba; controller and =field
				  of a retry */
	const char *codes;     /* directives, which bring their own needs */
	const char *documents; /* license:accepted, other:CODE+CODE, … */
	const char *owners;    /* verified, incomplete, document/CODE, … */
	const char *certification;
};

extern const struct dwolla_seed dwolla_seeds[DWOLLA_SEEDS];

#endif
