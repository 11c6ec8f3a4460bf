/* SPDX-License-Identifier: MIT */
/*
 * One call to a provider: the adapter builds, the wire sends, the adapter
 * reads. The one place where what an operation cannot do is tested and where
 * an attempt without a whole answer gets its outcome.
 *
 * Where the provider has tokens, a call waits until the session has one, and
 * one that is turned down (401) goes once more with a new one: the same bytes
 * but for the token and the nonce. Secrets are put in when a call leaves.
 */
#ifndef PROVIDERS_CALL_H
#define PROVIDERS_CALL_H

#include "providers/provider.h"
#include "providers/xfer.h"

struct prov_call; /* lives until DONE was called */

/* Called exactly once. RESULT is borrowed; REPLY too (for the record: end,
 * status, sizes). INTO has been filled when the outcome is ACCEPTED. */
typedef void prov_call_done(void *arg, const struct prov_result *result,
			    const struct prov_reply *reply);

struct prov_order {
	struct xfer *xfer;
	const struct prov_profile *profile;
	const struct prov_op *op;
	/* Borrowed for this call of ours alone; profile, secret, token, nonce,
	 * now and language are filled in here. The reader sees it again, but
	 * for the answers, the documents' names and fields, what was found so
	 * far and the secret; a form must be a constant. */
	const struct prov_ctx *ctx;
	void *into; /* must live until DONE */
	/* In the order of the context's documents; the array is copied, what
	 * it points at must live until DONE. */
	const struct prov_file *files;
	size_t file_count;
	int64_t not_before; /* monotonic ms; 0: now */
};

/*
 * -1 and ERR: the call was never made (ERR_CREDENTIALS without a secret,
 * ERR_INPUT when the builder refuses, ERR_BUG when it cannot be done).
 * Without a token it ends as the call for the token did, with no byte sent.
 *
 * Outcomes of attempts without a whole answer: UNREACHED is AGAIN with the
 * same key; LOST and TOO_LARGE are AGAIN for a GET and UNSURE for all else;
 * SOURCE is REFUSED, code "file_changed"; CANCELLED is UNSURE if a byte left,
 * else AGAIN, code "cancelled".
 */
int prov_call_start(const struct prov_order *order, prov_call_done *done,
		    void *arg, struct prov_call **call,
		    struct err *err) ERR_CHECKED;
void prov_call_cancel(struct prov_call *call);
void prov_call_progress(const struct prov_call *call,
			struct xfer_progress *out);

/* SHA-256 of the whole body that ORDER would send (64 hex digits), for the
 * record. The file's part counts by its digest, not its bytes. */
int prov_call_digest(const struct prov_order *order, char hex[65],
		     struct err *err) ERR_CHECKED;

#endif
