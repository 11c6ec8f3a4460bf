/* SPDX-License-Identifier: MIT */
/* PDF documents of one page, filled up to their size with a comment. */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/test.h"

#define OBJECTS 4
#define TAIL	400 /* more than what follows the filling */

/* No back sides: they wait for their fronts, and are not sent beside them. */
const struct bench_slot bench_slots[BENCH_EIGHT] = {
	{ "PASSPORT", "front" },	{ "ID_CARD", "front" },
	{ "DRIVERS_LICENSE", "front" }, { "SELFIE", NULL },
	{ "PROOF_OF_ADDRESS", NULL },	{ "BANK_STATEMENT", NULL },
	{ "INCOME_TAX_RETURN", NULL },	{ "DELIVERY_RECEIPT", NULL },
};

/* Noise, so that no two documents have a block in common. */
static void fill(FILE *file, size_t bytes, unsigned number)
{
	uint64_t state = number + 1;
	char block[1 << 16];

	while (bytes > 0) {
		size_t now = bytes < sizeof(block) ? bytes : sizeof(block);

		block[0] = '%';
		for (size_t i = 1; i < now; i++) {
			state = state * 6364136223846793005u + 1;
			block[i] = (char)('a' + (state >> 59) % 26);
		}
		block[now - 1] = '\n';
		fwrite(block, 1, now, file);
		bytes -= now;
	}
}

void bench_paper_at(const char *path, size_t size, unsigned number)
{
	FILE *file = fopen(path, "we");
	long at[OBJECTS + 1] = { 0 };
	long table = 0;
	size_t bytes = 0;

	assert_non_null(file);
	fputs("%PDF-1.4\n", file);
	at[1] = ftell(file);
	fputs("1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n", file);
	at[2] = ftell(file);
	fputs("2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n", file);
	at[3] = ftell(file);
	fputs("3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
	      "/Contents 4 0 R>>\nendobj\n",
	      file);
	at[4] = ftell(file);
	bytes = size - (size_t)at[4] - TAIL;
	fprintf(file, "4 0 obj\n<</Length %zu>>\nstream\n", bytes);
	fill(file, bytes, number);
	fputs("endstream\nendobj\n", file);
	table = ftell(file);
	fprintf(file, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
	for (int i = 1; i <= OBJECTS; i++)
		fprintf(file, "%010ld 00000 n \n", at[i]);
	fprintf(file,
		"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%ld\n%%%%EOF\n",
		OBJECTS + 1, table);
	assert_int_equal(fclose(file), 0);
}

char *bench_paper(const struct practice *practice, unsigned number)
{
	char *path = mem_printf("%s/%u.pdf", practice->dir, number);

	bench_paper_at(path, BENCH_BYTES, number);
	return path;
}
