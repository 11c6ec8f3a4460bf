/* SPDX-License-Identifier: MIT */
/* A record with documents that wait, one of each customer; and what it takes
 * to send them: in a process of its own, with nothing but record and wire. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cases/case.h"
#include "cases/store_private.h"
#include "forms/form.h"
#include "tests/bench/bench.h"
#include "tests/test.h"

#define AT_ONCE 1000 /* queued in one transaction */

/* The program's own, instead of the C library's: counted. */
static unsigned *syncs;

int fsync(int fd)
{
	if (syncs)
		__atomic_add_fetch(syncs, 1, __ATOMIC_SEQ_CST);
	return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	if (syncs)
		__atomic_add_fetch(syncs, 1, __ATOMIC_SEQ_CST);
	return (int)syscall(SYS_fdatasync, fd);
}

void bench_count_syncs(unsigned *counter)
{
	syncs = counter;
}

void bench_digest(const char *path, uint64_t *bytes, char sha256[65])
{
	struct doc_digest *digest = doc_digest_new();
	FILE *file = fopen(path, "re");
	static char block[1 << 16];
	size_t got;

	assert_non_null(file);
	*bytes = 0;
	while ((got = fread(block, 1, sizeof(block), file)) > 0) {
		doc_digest_add(digest, block, got);
		*bytes += got;
	}
	fclose(file);
	doc_digest_hex(digest, sha256);
	doc_digest_free(digest);
}

static int queue_one(struct case_store *store,
		     const struct prov_profile *profile, unsigned number,
		     const struct bench_file *file, struct err *err)
{
	char id[40];
	struct prov_customer customer = { .id = id,
					  .kind = PROV_INDIVIDUAL,
					  .stage = PROV_STAGE_NOT_STARTED };
	struct case_document document = {
		.type = (char[]){ "BANK_STATEMENT" },
		.country = "BRA",
		.path = file->path,
		.checked = true,
		.facts = { .kind = DOC_PDF,
			   .bytes = file->bytes,
			   .pages = 1,
			   .mime = "application/pdf" },
		.chosen_ms = 1,
	};
	int64_t submission = 0;

	snprintf(id, sizeof(id), "be9c0000-0000-4000-8000-%012u", number);
	memcpy(document.facts.sha256, file->sha256, 65);
	return case_customer_put(store, profile, &customer, err) ||
			       case_open(store, profile, id, &document.case_id,
					 err) ||
			       case_document_put(store, &document, err) ||
			       case_submit_document(store, profile, document.id,
						    NULL, &submission, err)
		       ? -1
		       : 0;
}

void bench_queue(const char *state, const struct prov_profile *profile,
		 const struct bench_file *files, size_t file_count,
		 unsigned count, bool hashed)
{
	struct case_store *store = NULL;
	struct err err = { 0 };

	if (case_store_open(&store, state, "bench", &err))
		fail_msg("%s", err.text);
	for (unsigned i = 0; i < count; i++) {
		if (i % AT_ONCE == 0 && case_store_begin(store, &err))
			fail_msg("%s", err.text);
		if (queue_one(store, profile, i, &files[i % file_count], &err))
			fail_msg("%s", err.text);
		if ((i % AT_ONCE == AT_ONCE - 1 || i == count - 1) &&
		    case_store_commit(store, &err))
			fail_msg("%s", err.text);
	}
	/* No document is taken without its digest. To see what hashing costs,
	 * it is forgotten here. */
	if (!hashed &&
	    db_run(store, "UPDATE submissions SET sha256 = ''", NULL, &err))
		fail_msg("%s", err.text);
	case_store_close(store);
}

/* One turn of what the program's own loop does. */
static int turn(struct case_store *store, struct xfer *xfer,
		struct outbox *outbox, struct err *err)
{
	struct pollfd fd = { .fd = case_store_fd(store), .events = POLLIN };
	int64_t next = 0;
	int wait = 1000;

	if (outbox_pump(outbox, err))
		return -1;
	next = outbox_next(outbox);
	if (next < 0 && !xfer_active(xfer))
		return 0; /* all is done */
	if (next >= 0 && next - xfer_now() < wait)
		wait = next > xfer_now() ? (int)(next - xfer_now()) : 0;
	fd.fd = case_store_fd(store);
	xfer_wait(xfer, &fd, fd.fd >= 0, wait);
	return 0;
}

int bench_send_all(const char *state, const struct prov_profile *profile)
{
	struct case_submission_list left = { 0 };
	struct case_store *store = NULL;
	struct outbox *outbox = NULL;
	struct xfer *xfer = xfer_new(profile->parallel + 1);
	struct err err = { 0 };

	if (case_store_open(&store, state, "bench", &err) ||
	    outbox_new(&outbox, store, xfer, profile, NULL, NULL, &err))
		return 1;
	do {
		if (turn(store, xfer, outbox, &err))
			return 1;
	} while (xfer_active(xfer) || outbox_next(outbox) >= 0);
	if (case_store_settle(store, &err) ||
	    case_submissions(store, profile, 0, true, &left, &err) ||
	    left.count)
		return 1;
	outbox_free(outbox);
	case_store_close(store);
	return 0;
}
