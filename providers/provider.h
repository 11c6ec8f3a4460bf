/* SPDX-License-Identifier: MIT */
/*
 * providers: how each provider wants it. An adapter turns the model into a
 * request and a reply into the model, and does nothing else: no socket, file,
 * clock, random number or static variable. Beside the adapters stands the
 * wire. This room must never know the record or the screen.
 *
 *   provider.c     the registry, names, ids, endpoints
 *   types.c        document types by code, also those nobody listed
 *   document.c     what documents have in common, whoever they go to
 *   creation.c     what the answers of a new customer say of him
 *   request.[ch]   a call and its answer as plain data
 *   multipart.c    multipart/form-data bodies, the same bytes every time
 *   customer*.[ch] what a provider says of a customer; customer_json.c: its
 *                  way to JSON and back
 *   order.c        the order of its requirements
 *   reply*.[ch]    what all readers share: sentences and outcomes of errors,
 *                  JSON read with suspicion (reply_json.c)
 *   lumx*.[ch]     Lumx; lumx.h has the map
 *   dinie*.[ch]    Dinie; dinie.h has the map
 *   dwolla*.[ch]   Dwolla; dwolla.h has the map
 *   zro*.[ch]      Z.ro Bank; zro.h has the map
 *   call*.[ch]     one call: build, send, read; call_private.h has the map
 *   session.[ch]   what all calls of a profile share: token, pace
 *   ask*.[ch]      questions that take several calls: lists, a customer, who
 *                  is alike (ask_alike.c)
 *   xfer*.[ch]     the wire on libcurl; xfer_private.h has the map
 *   body.[ch]      a request's body as a stream, hashed as it goes
 *   hashing.[ch]   the thread that hashes
 *   answer.[ch]    an answer as it comes in, under its ceilings
 *   sandbox/       the practice server; sandbox/sandbox.h has the map
 */
#ifndef PROVIDERS_PROVIDER_H
#define PROVIDERS_PROVIDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "forms/form.h"
#include "providers/customer.h"
#include "providers/request.h"

/* Something that one provider alone must know of a profile. */
struct prov_setting {
	const char *name;     /* in the configuration; NULL ends */
	const char *help;     /* one line */
	const char *practice; /* its value at the practice server, or NULL */
	bool required;
	/* Is VALUE possible? NULL: any text is. */
	bool (*valid)(const char *value);
};

#define PROV_SETTINGS_MOST 8

struct prov_session;

/* Configured access to a provider; filled by who reads the configuration. */
struct prov_profile {
	char *name;
	const struct provider *provider;
	char *endpoint; /* "https://host[:port][/path]", no slash at the end */
	char *client;	/* client id, where the provider has tokens; or NULL */
	/* API key or client secret; NULL: not fetched. Wiped when freed. */
	char *secret;
	char *ca_file;	   /* a private CA, or NULL */
	unsigned parallel; /* transfers at once, 1..16 */
	/* Values in the order of the provider's settings; NULL: not set. */
	char *settings[PROV_SETTINGS_MOST];
	/* Borrowed; NULL will do for a provider without tokens or pace. */
	struct prov_session *session;
};

/* Whose money and whose data is it? Shown at all times. */
enum prov_environment {
	PROV_PRACTICE,	 /* a server on this machine */
	PROV_SANDBOX,	 /* the provider's own test environment */
	PROV_PRODUCTION, /* all else */
};

enum prov_environment prov_environment(const struct prov_profile *profile);

/* What a document is, said without its bytes. All borrowed. */
struct prov_document {
	const struct doc_type *type;
	enum doc_side side;
	const char *name; /* of the operator's file, its last part; private */
	const char *country; /* alpha-3 or "" */
	const char *party;   /* party id or NULL */
	enum doc_kind kind;
	uint64_t bytes;
	const struct form_answers *fields; /* -i KEY=VALUE; may be NULL */
};

/* What doc_check_choice() and doc_check_file() have said already; a document
 * that comes unchecked to the adapter of TITLE must not leave either. -1:
 * ERR_INPUT (document.c). */
int prov_document_check(const struct prov_document *document, const char *title,
			struct err *err) ERR_CHECKED;
/* The same of its size, where the type limits the file alone. */
int prov_document_fits(const struct prov_document *document,
		       struct err *err) ERR_CHECKED;
/* Its part "file", under a name of ours. */
void prov_document_part(const struct prov_document *document,
			struct prov_request *request);

/* Everything a builder may look at. All borrowed; what an operation does not
 * need may be NULL. */
struct prov_ctx {
	const struct prov_profile *profile; /* for its settings */
	/* API key or access token; for the token itself: the profile's secret
	 * (and profile->client), and TOKEN the one before, or NULL. */
	const char *secret;
	const char *token;
	const char *customer; /* id */
	enum prov_kind kind;
	const char *key;    /* idempotency key, a UUID v4 */
	const char *nonce;  /* a UUID v4, new for each attempt */
	const char *cursor; /* of the page wanted; NULL: the first */
	/* Of a read step: what the earlier ones found. */
	const struct prov_customer *so_far;
	/* Whom a step, a form or a link is about; NULL: the customer. */
	const char *party;
	const char *target; /* as the requirement has it; NULL: none */
	/* What is sent; several of a bundle, in the order they were queued. */
	const struct prov_document *documents;
	size_t document_count;
	const struct prov_form *form;
	const struct form_answers *answers;
	const char *code;     /* of the requirement, for a link */
	const char *language; /* "en", "pt-BR" */
	int64_t now;	      /* unix milliseconds */
};

/* The value of setting NAME, or NULL. */
const char *prov_setting(const struct prov_ctx *ctx, const char *name);

enum prov_outcome {
	PROV_UNSURE, /* zero: a forgotten assignment can never look accepted */
	PROV_ACCEPTED,
	PROV_REFUSED, /* this item, unchanged, will not be taken */
	PROV_AGAIN,   /* later; see the waiting fields */
	PROV_DENIED,  /* the credentials: nothing of this profile will go */
};

/* What a reader makes of a reply. All-zero is "unsure, no words". */
struct prov_result {
	enum prov_outcome outcome;
	char *code;	   /* machine word: the provider's, or "http_503" */
	char *message;	   /* sentence for staff, cleaned */
	char *provider_id; /* what the provider calls the new thing */
	char *log_id;	   /* to quote to the provider's support */
	struct findings problems; /* field = key in our schema, where known */
	int64_t wait_ms; /* AGAIN: not before; -1: as the caller sees fit */
	bool new_key;	 /* AGAIN: the old key holds the failure */
	/* The provider says that this is the answer it stored under the key:
	 * no attempt under it got another one. */
	bool stored;
	/* REFUSED: perhaps only because an earlier attempt under the key has
	 * not ended there yet. */
	bool may_be_running;
	/* REFUSED: by something in between, as it looks. */
	bool foreign;
	unsigned most_attempts; /* AGAIN: give up after; 0: the default */
	/* Of a read step: cursor of its next page; NULL: that was all. */
	char *more;
};

void prov_result_release(struct prov_result *result); /* empty after */

/*
 * One thing a provider can do: how to ask, and how to read the answer. Both
 * are pure. READ sees only whole answers (end ANSWER); what happened to the
 * others is the same for every provider and decided in call.c. READ never
 * fails: an answer that cannot be understood is PROV_UNSURE. INTO is what the
 * operation fills: prov_page, prov_customer, prov_link, or NULL.
 */
struct prov_op {
	int (*build)(const struct prov_ctx *ctx, struct prov_request *request,
		     struct err *err);
	void (*read)(const struct prov_reply *reply, const struct prov_ctx *ctx,
		     void *into, struct prov_result *result);
};

/*
 * A customer may take several calls to read, step after step, each into the
 * same prov_customer. WANTED says whether a step is needed, given what the
 * earlier ones found; a step without a builder ends the table. An optional one
 * that is refused, or answered with something else (an old page, a 404), is
 * skipped; any other one that fails for good ends the question.
 */
struct prov_read_step {
	struct prov_op op;
	bool (*wanted)(const struct prov_customer *so_far); /* NULL: always */
	/* Asked once for each party for which this is true; NULL: once. */
	bool (*of_party)(const struct prov_customer *so_far,
			 const struct prov_party *party);
	bool optional;
};

/* What lets a caller in. Wiped when released. */
struct prov_token {
	char *text;
	int64_t life_ms; /* from now; 0: not said */
};

void prov_token_release(struct prov_token *token);

/* How many more calls are taken, and until when; from an answer's headers. */
struct prov_pace {
	bool known;
	unsigned left;
	int64_t reset_ms; /* from now */
};

/* A page that only the customer can open. */
struct prov_link {
	char *url;
	char *expires; /* ISO 8601, as it came; may be NULL */
};

void prov_link_release(struct prov_link *link);

/* Submissions of one case go in this order: none starts before all of a lower
 * rank are settled as accepted. The record keeps the numbers. */
enum prov_rank {
	PROV_RANK_CUSTOMER = -10,
	PROV_RANK_INFORMATION = 0,
	PROV_RANK_PARTY = 10,
	PROV_RANK_DOCUMENT = 20,
	PROV_RANK_START = 30,
};

enum prov_form_use {
	PROV_FORM_ANSWERS,  /* about the customer, or a party that is there */
	PROV_FORM_PARTY,    /* makes a new party each time it is sent */
	PROV_FORM_CUSTOMER, /* makes the customer */
};

/* One form that can be sent, and how. */
struct prov_form {
	const struct form_schema *schema; /* NULL ends the table */
	enum prov_form_use use;
	unsigned holders; /* DOC_FOR_…: whom it is about, or who gets a party */
	enum prov_rank rank;
	bool opens; /* its answer's id is the target of what follows */
	struct prov_op send;
};

/*
 * How a customer of one kind is made. The answer's id is his; of one whom the
 * provider had before, and takes for the same, it is that one's. The code of
 * the result is then PROV_CODE_EXISTS, as it is when the provider refuses
 * because of one it has. The keys say which answers a list shows of him.
 */
struct prov_creation {
	struct prov_form form; /* without a schema: ends the table */
	enum prov_kind kind;
	const char *preset; /* answers to begin with, as JSON; NULL: none */
	const char *name;   /* NULL: there is no such answer */
	const char *tax_id; /* never NULL: who has it is the same */
	const char *country;
	const char *email;
};

/* Its form, for HOLDER (a DOC_FOR_… flag). */
#define PROV_MAKES(form_schema, holder, build, read)              \
	{                                                         \
		.schema = form_schema, .use = PROV_FORM_CUSTOMER, \
		.holders = holder, .rank = PROV_RANK_CUSTOMER,    \
		.send = { build, read },                          \
	}

#define PROV_CODE_EXISTS "customer_exists"

#define PROV_READ_STEPS 12

struct provider {
	const char *name;  /* in configuration and the record; never renamed */
	const char *title; /* what a person reads */
	const char *sandbox_endpoint, *endpoint; /* as documented */
	const struct prov_setting *settings;	 /* NULL: none */
	const struct doc_type *doctypes;	 /* ends with a NULL code */
	/* Rules for codes that are in no table, because the provider names
	 * them as it goes; NULL: there are no such. */
	const struct doc_type *open_type;
	const char *const *groups;     /* group literals, NULL-terminated */
	const struct prov_form *forms; /* ends with a NULL schema */
	const struct prov_creation *creations; /* NULL: nobody is made here */
	/* Into prov_token; none: the profile's secret itself lets in. The
	 * renewal, where there is one, is tried first. */
	struct prov_op token, token_renew;
	struct prov_op customer_list; /* into prov_page */
	/* Those who may be whom the form's answers are about, into prov_page;
	 * none: the whole list is looked through. */
	struct prov_op customer_find;
	struct prov_read_step customer_read[PROV_READ_STEPS]; /* prov_customer;
							a NULL build ends */
	/* When all steps are done: what follows from all that was found. */
	void (*customer_settle)(struct prov_customer *customer);
	/* Of FORM, which was wanted of PARTY and is not any more, and whose
	 * answer was lost: does what CUSTOMER says mean that it arrived? NULL:
	 * that cannot be told from its being gone. */
	bool (*form_arrived)(const struct prov_customer *customer,
			     const struct prov_form *form, const char *party);
	struct prov_op document_send;
	struct prov_op start; /* asks for the review to begin */
	struct prov_op link;  /* into prov_link; ctx->code says what for */
	void (*pace)(const struct prov_reply *reply, int64_t now,
		     struct prov_pace *pace);
	unsigned minute_most; /* calls a minute; 0: no stated limit */
	/* Business days that a review takes at most, as it has published; 0: it
	 * promises nothing. */
	unsigned review_days;
	int64_t key_life_ms; /* how long a key is remembered; 0: no keys */
	/* After a lost answer its documents are listed before one is sent
	 * again, key or not. */
	bool asks_first;
	bool refuses_copies; /* the same bytes twice for one customer */
	/* What it has accepted it asks for no more, and does not mention. */
	bool drops_accepted;
};

/* NULL-terminated; in the order they are offered. */
extern const struct provider *const prov_registry[];
extern const struct provider prov_lumx;
extern const struct provider prov_dinie;
extern const struct provider prov_dwolla;
extern const struct provider prov_zro;

const struct provider *prov_find(const char *name); /* NULL: no such */
bool prov_can(const struct prov_op *op);
bool prov_has_tokens(const struct provider *provider);

/*
 * The type CODE for HOLDER (a DOC_FOR_… flag; 0: whoever), or NULL. Where two
 * rows have one code, the holder decides. Types that the provider names as it
 * goes are made here and stay until the program ends; their code is printable
 * ASCII of at most 64 bytes.
 */
const struct doc_type *prov_type(const struct provider *provider,
				 const char *code, unsigned holder);

/* Who PARTY (NULL: the customer itself) is, as a DOC_FOR_… flag. */
unsigned prov_holder(const struct prov_customer *customer, const char *party);

/* By the name of its schema, or NULL; those that make customers as well. */
const struct prov_form *prov_form_find(const struct provider *provider,
				       const char *schema);

/* The same for those that make customers, by schema or by kind. */
const struct prov_creation *prov_creation_find(const struct provider *provider,
					       const char *schema);
const struct prov_creation *prov_creation_of(const struct provider *provider,
					     enum prov_kind kind);

/* What a new form begins with, over what ANSWERS holds. */
void prov_creation_preset(const struct prov_creation *creation,
			  struct form_answers *answers);

/* What ANSWERS say of the customer; CUSTOMER comes in empty, and has no id. */
void prov_creation_fill(const struct prov_creation *creation,
			const struct form_answers *answers,
			struct prov_customer *customer);
/* Is KNOWN whom ANSWERS are about: of the same kind, with the same tax id? */
bool prov_creation_is(const struct prov_creation *creation,
		      const struct form_answers *answers,
		      const struct prov_customer *known);

/* Is TEXT fit to be an id in a path (printable, no control characters, 1..200
 * bytes, not "." or "..")? */
bool prov_id_valid(const char *text);

/*
 * Is ENDPOINT one that may be used: https, or plain http to a loopback
 * address; no query, user or fragment? -1 and ERR_CONFIG if not.
 */
int prov_endpoint_check(const char *endpoint, struct err *err) ERR_CHECKED;

void prov_profile_wipe(struct prov_profile *profile); /* empty after */
void prov_profile_free(struct prov_profile *profile);

/* A new random UUID v4 in lower case. */
void prov_key_new(char key[37]);

#endif
