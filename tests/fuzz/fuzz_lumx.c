/* SPDX-License-Identifier: MIT */
/*
 * Feeds Lumx's readers whatever libFuzzer thinks of: the first byte chooses
 * the reader, the second the status, the rest is the body. From the top of the
 * tree, after ./configure and make there:
 *
 *	clang -std=c11 -D_GNU_SOURCE -g -O1 -I. -include banned.h \
 *		-fsanitize=fuzzer,address,undefined \
 *		-fno-sanitize-recover=undefined -o fuzz_lumx \
 *		tests/fuzz/fuzz_lumx.c providers/lumx*.c providers/reply.c \
 *		providers/request.c providers/customer.c providers/provider.c \
 *		libforms.a -ljansson -lcrypto -lunistring
 *	mkdir corpus
 *	for name in individual_rfi business_rfi parties report page_first; do
 *		for reader in 0 1 2 3 5; do
 *			(printf "\\$reader\\0"
 *			cat tests/providers/lumx/$name.json) \
 *				> corpus/$reader-$name
 *		done
 *	done
 *	./fuzz_lumx -max_len=20000 -timeout=10 corpus
 */
#include <stdlib.h>
#include <string.h>

#include "providers/provider.h"

#define ID "3c90c3cc-0d44-4b50-8888-8dd25736052a"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const int statuses[] = { 200, 201, 204, 400, 401, 404, 429, 500 };

/* What is shown later must be fit to be shown, and come back from the record.
 */
static void check_customer(const struct prov_customer *customer)
{
	struct prov_customer again = { 0 };
	struct buf first = { 0 }, second = { 0 };

	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if (!req->code || (req->party && !prov_id_valid(req->party)))
			abort();
		if ((req->kind == PROV_REQ_DOCUMENT) != (req->type != NULL))
			abort();
	}
	prov_customer_to_json(customer, &first);
	if (prov_customer_from_json(&again, buf_text(&first),
				    prov_lumx.doctypes, prov_lumx.groups, NULL))
		abort();
	prov_customer_to_json(&again, &second);
	if (strcmp(buf_text(&first), buf_text(&second)) != 0)
		abort();
	prov_customer_release(&again);
	buf_release(&first);
	buf_release(&second);
}

static void read_as(unsigned choice, const struct prov_reply *reply)
{
	struct prov_ctx ctx = { .secret = "k", .customer = ID };
	struct prov_customer customer = { .stage = PROV_STAGE_NOT_STARTED };
	struct prov_page page = { 0 };
	struct prov_link link = { 0 };
	struct prov_result result = { 0 };
	const struct {
		const struct prov_op *op;
		void *into;
	} readers[] = {
		{ &prov_lumx.customer_read[0].op, &customer },
		{ &prov_lumx.customer_read[1].op, &customer },
		{ &prov_lumx.customer_read[2].op, &customer },
		{ &prov_lumx.customer_list, &page },
		{ &prov_lumx.document_send, NULL },
		{ &prov_lumx.information_send, NULL },
		{ &prov_lumx.start, NULL },
		{ &prov_lumx.terms_link, &link },
	};
	size_t i = choice % (sizeof(readers) / sizeof(*readers));

	readers[i].op->read(reply, &ctx, readers[i].into, &result);
	if (result.outcome != PROV_ACCEPTED && !result.message)
		abort();
	check_customer(&customer);
	prov_customer_release(&customer);
	prov_page_release(&page);
	prov_link_release(&link);
	prov_result_release(&result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *body = NULL;

	if (size < 2)
		return 0;
	body = mem_dup_n((const char *)data + 2, size - 2);
	read_as(data[0], &(struct prov_reply){
				 .end = PROV_END_ANSWER,
				 .status = statuses[data[1] % 8],
				 .sent_whole = true,
				 .body = body,
				 .len = size - 2,
			 });
	free(body);
	return 0;
}
