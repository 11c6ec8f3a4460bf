/* SPDX-License-Identifier: MIT */
/*
 * Line-mode commands: what each does is in its file; what several need is
 * here. A command returns the exit status and has said all there is to say.
 */
#ifndef TUI_COMMAND_H
#define TUI_COMMAND_H

#include "tui/app.h"
#include "tui/options.h"
#include "tui/report.h"

int tui_cmd_wizard(const struct tui_arguments *arguments);
int tui_cmd_demo(const struct tui_arguments *arguments);
int tui_cmd_create(const struct tui_arguments *arguments);
int tui_cmd_customers(const struct tui_arguments *arguments);
int tui_cmd_status(const struct tui_arguments *arguments);
int tui_cmd_upload(const struct tui_arguments *arguments);
int tui_cmd_info(const struct tui_arguments *arguments);
int tui_cmd_start(const struct tui_arguments *arguments);
int tui_cmd_link(const struct tui_arguments *arguments);
int tui_cmd_batch(const struct tui_arguments *arguments);
int tui_cmd_resume(const struct tui_arguments *arguments);
int tui_cmd_check(const struct tui_arguments *arguments);
int tui_cmd_receipt(const struct tui_arguments *arguments);
int tui_cmd_audit(const struct tui_arguments *arguments);
int tui_cmd_sandbox(const struct tui_arguments *arguments);

/* Open everything and run the wizard: the exit status, or -1 and ERR. */
int tui_wizard(const struct tui_options *options, struct err *err) ERR_CHECKED;

/*
 * Ask the provider about customer ID and wait; the record is told. When it
 * cannot be reached, what the record knows is used: *SEEN_MS says of when, and
 * ERR (code ERR_NETWORK) why. -1 and ERR: it is not known at all.
 */
int tui_customer_now(struct tui_app *app, const char *id,
		     struct prov_customer *customer, int64_t *seen_ms,
		     struct err *err) ERR_CHECKED;

/* Note all customers that the provider has; those who came before a failure
 * stay. -1 and ERR: not all came. */
int tui_customers_now(struct tui_app *app, struct err *err) ERR_CHECKED;

/* The page of REQUIREMENT (kind TERMS) of CUSTOMER; LINK comes in empty and is
 * the caller's, prov_link_release(). */
int tui_link_now(struct tui_app *app, const char *customer,
		 const struct prov_requirement *requirement,
		 struct prov_link *link, struct err *err) ERR_CHECKED;

/* KNOWN, which comes in empty, becomes whoever is there that ANSWERS are about;
 * without an id: nobody is. */
int tui_alike_now(struct tui_app *app, const struct prov_creation *creation,
		  const struct form_answers *answers,
		  struct prov_customer *known, struct err *err) ERR_CHECKED;

/* The document type CODE of the profile's provider for HOLDER (DOC_FOR_…; 0:
 * whoever); NULL and a finding with the nearest known one. */
const struct doc_type *tui_find_type(const struct tui_app *app,
				     const char *code, unsigned holder,
				     struct findings *findings);

/* *PARTY: the id that SAID (an id or an unambiguous part of a name) means,
 * borrowed from CUSTOMER or SAID itself; NULL and a finding: it means none. */
void tui_find_party(const struct prov_customer *customer, const char *said,
		    const char **party, struct findings *findings);

/* One that waits from an earlier run goes on at once. 1, or -1 and ERR. */
int tui_go_on(struct tui_app *app, int64_t submission,
	      struct err *err) ERR_CHECKED;

/* One item as upload and a manifest line say it. All borrowed. */
struct tui_item {
	const char *customer;
	const char *type, *side, *country, *party;
	const char *path;
	const struct form_answers *fields; /* or NULL */
	bool again;
};

/*
 * Check and queue ITEM. CUSTOMER is what is known of it (empty when nothing).
 * 1: queued, or it waits already, *SUBMISSION; 0: accepted before
 * (*SUBMISSION), or refused here: then FINDINGS has errors and *SUBMISSION is
 * 0; -1: ERR.
 */
int tui_item_queue(struct tui_app *app, const struct tui_item *item,
		   const struct prov_customer *customer, int64_t *submission,
		   struct findings *findings, struct err *err) ERR_CHECKED;

/* A form as info and a manifest line say it. All borrowed. */
struct tui_info {
	const char *customer;
	const char *form;  /* its name; NULL: the customer's own */
	const char *party; /* whom it is about; NULL: the customer */
	const char *json;  /* the answers, an object */
	bool once; /* not if it was accepted before with these answers */
};

/* The same for a form (cmd_info.c). */
int tui_info_queue(struct tui_app *app, const struct tui_info *info,
		   const struct prov_customer *customer, int64_t *submission,
		   struct findings *findings, struct err *err) ERR_CHECKED;

/* A time for JSON: "2026-01-31T13:41:07.250Z", or null for 0; the caller's
 * (cmd_receipt.c). */
struct json_t *tui_json_time(int64_t unix_ms);

/* outcome.c. What became of SUBMISSION, said; returns its exit status. */
int tui_say_submission(struct tui_app *app, int64_t submission);

/* The exit status after tui_drive() answered DROVE and the items' own worst is
 * STATUS: 130 after a signal; -1 and ERR when the credentials were denied,
 * which is said once, not once an item. */
int tui_ended(const struct tui_app *app, int drove, int status,
	      struct err *err);

/* Send SUBMISSION, unless it only is to wait, and say what became of it. Its
 * exit status, or -1 and ERR. */
int tui_send_one(struct tui_app *app, int64_t submission, bool no_wait,
		 struct err *err) ERR_CHECKED;

/* What was to be sent and is refused here; all borrowed, NULL: none. */
struct tui_refused {
	const char *customer, *type, *side, *party, *schema;
	const char *message; /* NULL: "not sent" */
	unsigned rank;	     /* PROV_RANK_... */
};

/* Its result, because of FINDINGS; returns its exit status. */
int tui_say_refused(const struct tui_app *app, const struct tui_refused *what,
		    const struct findings *findings);
/* The same, because of ERR, for scripts: with --json there is a result, whoever
 * refused it. The sentence itself is said by who gets ERR. */
void tui_say_refused_for(const struct tui_app *app,
			 const struct tui_refused *what, const struct err *err);

/* A whole text file or standard input ("-"), at most MOST bytes; malloc'd. A
 * byte order mark is no part of it. */
char *tui_read_text(const char *path, size_t most, struct err *err);

#endif
