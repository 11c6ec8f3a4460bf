/* SPDX-License-Identifier: MIT */
/* All that is said about one file. */
#include "forms/inspect/inspect.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/look.h"
#include "forms/mem.h"

#define DIGEST_STEP ((size_t)256 << 10)

static void facts_digest(int fd, struct doc_facts *facts)
{
	struct doc_digest *digest = doc_digest_new();
	unsigned char *step = mem_alloc(DIGEST_STEP);
	uint64_t at = 0;
	ssize_t got = 0;

	posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	while (at < facts->bytes) {
		got = pread(fd, step, DIGEST_STEP, (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		doc_digest_add(digest, step, (size_t)got);
		at += (uint64_t)got;
	}
	/* Longer or shorter than it was: no digest speaks for that. */
	if (at == facts->bytes)
		doc_digest_hex(digest, facts->sha256);
	else
		facts->damaged = true;
	doc_digest_free(digest);
	free(step);
}

void inspect_file(struct magic_set *magic, int fd, struct doc_facts *facts)
{
	struct inspect_source source;
	struct stat st;

	if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		facts->damaged = true;
		return;
	}
	facts->bytes = (uint64_t)st.st_size;
	inspect_source_init(&source, fd, facts->bytes);
	inspect_kind(magic, &source, facts);
	if (facts->bytes > INSPECT_BYTES_MAX) {
		facts->damaged = true;
		return;
	}
	facts_digest(fd, facts);
	switch (facts->kind) {
	case DOC_JPEG:
		inspect_jpeg(&source, facts);
		break;
	case DOC_PNG:
		inspect_png(&source, facts);
		break;
	case DOC_PDF:
		inspect_pdf(&source, facts);
		break;
	case DOC_UNKNOWN:
		break;
	}
}
