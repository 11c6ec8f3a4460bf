/* SPDX-License-Identifier: MIT */
/*
 * What the files of the Dwolla adapter share. https://developers.dwolla.com
 *
 *   dwolla.c          the provider, and how questions are put
 *   dwolla_token.c    the access token
 *   dwolla_upload.c   sending a document
 *   dwolla_forms.c    sending a form
 *   dwolla_remove.c   removing a beneficial owner
 *   dwolla_fields.[ch]  forms of a customer as rows, fields of several forms
 *   dwolla_people.c   the forms of the people behind a business
 *   dwolla_choices.c  what is chosen from in forms
 *   dwolla_rules.c    what is right in a field, beyond its kind
 *   dwolla_types.c    document types as rows
 *   dwolla_read.c     readers of lists, customers, owners, the certification
 *   dwolla_require.c  requirements, as they are put together
 *   dwolla_wants.c    what links and status ask for
 *   dwolla_hints.c    what verification directives ask for
 *   dwolla_settle.c   what follows when all is read
 *   dwolla_arrived.c  whether a form whose answer was lost has arrived
 *   dwolla_papers.c   listed documents, and which requirement each answers
 *   dwolla_reasons.c  why a document was rejected, and where that leads
 *   dwolla_errors.c   answers that are no success
 */
#ifndef PROVIDERS_DWOLLA_H
#define PROVIDERS_DWOLLA_H

#include <jansson.h>

#include "providers/provider.h"
#include "providers/reply.h"

#define DWOLLA_TITLE "Dwolla"
#define DWOLLA_MEDIA "application/vnd.dwolla.v1.hal+json"

/* More of anything than this in one answer is not believed. */
#define DWOLLA_LIST_MOST 500

/* Files of one customer or owner that may wait for review. */
#define DWOLLA_PENDING_MOST 4

/* Of a whole upload, its frame included. */
#define DWOLLA_BODY_MOST 10485760

extern const struct doc_type dwolla_types[];
extern const char *const dwolla_groups[];
#define DWOLLA_IDENTITY dwolla_groups[0]
#define DWOLLA_ADDRESS	dwolla_groups[1]

extern const struct prov_form dwolla_forms[];

/* dwolla_fields.c, dwolla_people.c */
extern const struct form_schema dwolla_personal_retry;
extern const struct form_schema dwolla_sole_retry;
extern const struct form_schema dwolla_business_retry;
extern const struct form_schema dwolla_controller_retry;
extern const struct form_schema dwolla_business_edit;
extern const struct form_schema dwolla_owner_new;
extern const struct form_schema dwolla_owner_retry;
extern const struct form_schema dwolla_certification;

/* dwolla_remove.c */
extern const struct form_schema dwolla_owner_removal;
int dwolla_removal_build(const struct prov_ctx *ctx,
			 struct prov_request *request, struct err *err);
void dwolla_removal_read(const struct prov_reply *reply,
			 const struct prov_ctx *ctx, void *into,
			 struct prov_result *result);

/* dwolla_rules.c: as struct form_field has them. */
typedef const char *dwolla_rule(const struct form_answers *answers,
				const char *answer, struct buf *words);
dwolla_rule dwolla_name_rule, dwolla_street_rule, dwolla_city_rule,
	dwolla_state_rule, dwolla_birth_rule, dwolla_uuid_rule, dwolla_ip_rule,
	dwolla_yes_rule;

/* dwolla.c: what all requests have in common, who asks and, KEYED, the key for
 * repeats. -1: ERR_CREDENTIALS when the token fits into no header, ERR_BUG
 * without a key. */
int dwolla_headers(const struct prov_ctx *ctx, bool keyed,
		   struct prov_request *request, struct err *err);

/* dwolla_token.c */
int dwolla_token_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err);
void dwolla_token_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result);

/* dwolla_upload.c */
int dwolla_upload_build(const struct prov_ctx *ctx,
			struct prov_request *request, struct err *err);
void dwolla_upload_read(const struct prov_reply *reply,
			const struct prov_ctx *ctx, void *into,
			struct prov_result *result);

/* dwolla_read.c */
void dwolla_page_read(const struct prov_reply *reply,
		      const struct prov_ctx *ctx, void *into,
		      struct prov_result *result);
void dwolla_customer_read(const struct prov_reply *reply,
			  const struct prov_ctx *ctx, void *into,
			  struct prov_result *result);
void dwolla_owners_read(const struct prov_reply *reply,
			const struct prov_ctx *ctx, void *into,
			struct prov_result *result);
void dwolla_certification_read(const struct prov_reply *reply,
			       const struct prov_ctx *ctx, void *into,
			       struct prov_result *result);

/* dwolla_papers.c */
void dwolla_papers_read(const struct prov_reply *reply,
			const struct prov_ctx *ctx, void *into,
			struct prov_result *result);

/* dwolla_settle.c */
void dwolla_settle(struct prov_customer *customer);

/* CUSTOMER waits for Dwolla, and for nobody else. */
void dwolla_close_for_review(struct prov_customer *customer);

/* dwolla_arrived.c: as struct provider has it. */
bool dwolla_form_arrived(const struct prov_customer *customer,
			 const struct prov_form *form, const char *party);

/* dwolla_errors.c: are two error codes the same but for case and marks? The
 * pages spell them in several ways. */
bool dwolla_same_code(const char *a, const char *b);

/* RESULT of an answer that is no success. SCHEMA and NAMES may be NULL. */
void dwolla_fail(const struct prov_reply *reply, const struct prov_ctx *ctx,
		 const struct form_schema *schema,
		 const struct prov_field_name *names,
		 struct prov_result *result);

/* The id behind FOLDER ("/documents/") in an address; NULL: there is none.
 * free() it. Whose address it is does not matter: nothing is fetched there. */
char *dwolla_id_in(const char *address, const char *folder);

/* dwolla_wants.c: is there a link NAME in the HAL object? */
bool dwolla_has_link(const json_t *object, const char *name);

/* The address of link NAME, or NULL; borrowed. */
const char *dwolla_href(const json_t *object, const char *name);

/* Was the link NAME of the customer noted when it was read? */
bool dwolla_linked(const struct prov_customer *customer, const char *name);

/* dwolla_require.c: the requirement CODE of PARTY (NULL: the customer), or
 * NULL. */
struct prov_requirement *dwolla_find(const struct prov_customer *customer,
				     const char *code, const char *party);

/* A document type, a form or a bare name that is wanted, new if it is not
 * there; valid until the next one is added. KNOWN is the JSON that the form's
 * answers are taken from, or NULL. */
struct prov_requirement *dwolla_want_paper(struct prov_customer *customer,
					   const char *type, const char *party);
struct prov_requirement *dwolla_want_form(struct prov_customer *customer,
					  const struct form_schema *schema,
					  const char *code, const char *party,
					  const json_t *known);
struct prov_requirement *dwolla_want_other(struct prov_customer *customer,
					   const char *code);
void dwolla_want_identity(struct prov_customer *customer, const char *party);

/* dwolla_wants.c: all that Dwolla wants of CUSTOMER, whose texts and stage are
 * filled, or of an owner; ROOT is their JSON. */
void dwolla_want_of_customer(struct prov_customer *customer,
			     const json_t *root);
void dwolla_want_of_owner(struct prov_customer *customer, const char *party,
			  const json_t *root);

/* dwolla_hints.c: what all directives ask for together. */
struct dwolla_hints {
	bool retry;	 /* all data anew */
	bool controller; /* and the controller's */
	bool edit;	 /* a correction in place */
	bool address;	 /* the address: a correction or a proof */
};

/* Papers and texts are wanted of CUSTOMER at once; its reason is filled. */
void dwolla_read_hints(struct prov_customer *customer, const json_t *root,
		       struct dwolla_hints *hints);

/* dwolla_reasons.c: all reasons why DOCUMENT (their JSON) was rejected. */
void dwolla_reason(const json_t *document, struct prov_reason *reason);

/* "a; b" in *TEXT, where B is not yet part of it. */
void dwolla_join(char **text, const char *more);

#endif
