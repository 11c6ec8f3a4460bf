/* SPDX-License-Identifier: MIT */
/*
 * Feeds the readers of kyc-inspect whatever libFuzzer thinks of. From the top
 * of the tree, after ./configure and make there:
 *
 *	clang -std=c11 -D_GNU_SOURCE -g -O1 -I. \
 *		-fsanitize=fuzzer,address,undefined \
 *		-fno-sanitize-recover=undefined -o fuzz_inspect \
 *		tests/fuzz/fuzz_inspect.c forms/inspect/facts.c \
 *		forms/inspect/kind.c forms/inspect/pdf.c \
 *		forms/inspect/picture.c forms/inspect/source.c libforms.a \
 *		-lmagic -ljpeg -lpng -lqpdf -lcrypto -ljansson -lunistring
 *	mkdir corpus && cp assets/samples/refused-* corpus
 *	./fuzz_inspect -max_len=200000 -timeout=20 -rss_limit_mb=1024 corpus
 *
 * An abort inside qpdf, libjpeg or libpng for want of memory is what the
 * worker's limits are for; everything else that stops it is a finding.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "forms/inspect/inspect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the rest of the program relies on, whatever the file. */
static void check(const struct doc_facts *facts, size_t size)
{
	if (facts->bytes != size || strlen(facts->sha256) != 64 ||
	    !memchr(facts->mime, '\0', sizeof(facts->mime)))
		abort();
	if (facts->pages && facts->kind != DOC_PDF)
		abort();
	if (facts->width && facts->kind != DOC_JPEG && facts->kind != DOC_PNG)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct magic_set *magic;
	struct doc_facts facts = { 0 };
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (!magic)
		magic = inspect_kind_open();
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	inspect_file(magic, fd, &facts);
	check(&facts, size);
	close(fd);
	return 0;
}
