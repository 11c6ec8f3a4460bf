/* SPDX-License-Identifier: MIT */
/*
 * What the files of a call share. Nobody else includes this.
 *
 *   call.c        a call is built, goes onto the wire, is read
 *   call_kept.c   what it keeps of its order meanwhile
 *   call_token.c  the line of those that wait for a token
 */
#ifndef PROVIDERS_CALL_PRIVATE_H
#define PROVIDERS_CALL_PRIVATE_H

#include "providers/session_private.h"

/* What CTX points at, kept for the reader. */
struct kept {
	char *customer, *key, *cursor, *party, *target, *code;
	struct prov_document documents[PROV_FILES_MOST];
	char *country[PROV_FILES_MOST], *of_party[PROV_FILES_MOST];
};

struct prov_call {
	const struct prov_profile *profile;
	const struct prov_op *op;
	struct prov_ctx ctx;
	struct kept kept;
	char language[8];
	/* Stand in REQUEST for what is put in when it leaves. */
	char secret_mark[37], nonce_mark[37];
	struct prov_request request;
	struct prov_file files[PROV_FILES_MOST];
	char digests[PROV_FILES_MOST][65];
	size_t file_count;
	int64_t not_before;
	bool asks;     /* a GET: to ask again changes nothing */
	bool signs_in; /* it is what fetches the token */
	bool renewed;  /* went once more with another token */
	unsigned generation;
	void *into;
	prov_call_done *done;
	void *arg;
	struct xfer *xfer;
	struct xfer_call *wire; /* NULL: waits for a token */
	struct prov_call *next; /* among those */
};

/* What CALL needs of ORDER is copied (call_kept.c); the secret and the nonce
 * are marks until it leaves. */
void call_keep_context(struct prov_call *call, const struct prov_order *order);
void call_keep_files(struct prov_call *call, const struct prov_order *order);
/* The operator's answers may be gone before the reply is there. */
void call_forget_answers(struct prov_call *call);
void call_release(struct prov_call *call); /* private texts are wiped */

/* The language in use as headers name it: "pt-BR". */
void call_language_tag(char *out, size_t size);

/* Start ORDER, which was checked; SIGNS_IN: it is what fetches the token. -1
 * and ERR: it was never made, and DONE will not be called. */
int call_start(const struct prov_order *order, bool signs_in,
	       prov_call_done *done, void *arg, struct prov_call **out,
	       struct err *err) ERR_CHECKED;
/* Put CALL on the wire, with secret and nonce in their places. */
int call_launch(struct prov_call *call, struct err *err) ERR_CHECKED;
/* End a call that never got onto the wire: DONE is called, CALL is gone. */
void call_fail(struct prov_call *call, const struct prov_result *why);
void call_fail_for(struct prov_call *call, const struct err *err);

/* Does CALL go with a token (call_token.c)? */
bool call_wants_token(const struct prov_call *call);
/* Get into line, or leave at once when there is a token; -1 and ERR: none can
 * be had, and the call is not in it. */
int call_wait_for_token(struct prov_call *call, struct err *err) ERR_CHECKED;
/* Take CALL out of the line, if it is in it. */
void call_leave_line(struct prov_call *call);

#endif
