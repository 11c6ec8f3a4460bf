/* SPDX-License-Identifier: MIT */
/*
 * Feeds Dinie's readers whatever libFuzzer thinks of: the first byte chooses
 * the reader, the second the status, the rest is the body and, beginning with
 * its last line, the value of the headers that name a wait. From the top of
 * the tree, after ./configure and make there:
 *
 *	clang -std=c11 -D_GNU_SOURCE -g -O1 -I. -include banned.h \
 *		-fsanitize=fuzzer,address,undefined \
 *		-fno-sanitize-recover=undefined -o fuzz_dinie \
 *		tests/fuzz/fuzz_dinie.c libproviders.a libforms.a \
 *		-lcurl -ljansson -lcrypto -lunistring
 *	mkdir corpus
 *	for name in pending rejected words newer page_first session; do
 *		for reader in 0 1 2 3 4 5; do
 *			(printf "\\$reader\\0"
 *			cat tests/providers/dinie/$name.json) \
 *				> corpus/$reader-$name
 *		done
 *	done
 *	./fuzz_dinie -max_len=20000 -timeout=10 corpus
 */
#include <stdlib.h>
#include <string.h>

#include "providers/provider.h"

#define ID  "cust_550e8400e29b41d4a716446655440000"
#define NOW INT64_C(1777636800000)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const int statuses[] = { 200, 201, 400, 401, 404, 422, 429, 500 };

/* What is shown later must be fit to be shown, and come back from the record.
 */
static void check_customer(const struct prov_customer *customer)
{
	struct prov_customer again = { 0 };
	struct buf first = { 0 }, second = { 0 };

	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if (!req->code || !*req->code)
			abort();
		if ((req->kind == PROV_REQ_DOCUMENT) != (req->type != NULL) ||
		    (req->kind == PROV_REQ_INFORMATION) != (req->form != NULL))
			abort();
	}
	prov_customer_to_json(customer, &first);
	if (prov_customer_from_json(&again, buf_text(&first), &prov_dinie,
				    NULL))
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
	struct prov_ctx ctx = { .secret = "k", .customer = ID, .now = NOW };
	struct prov_customer customer = { 0 };
	struct prov_page page = { 0 };
	struct prov_link link = { 0 };
	struct prov_token token = { 0 };
	struct prov_pace pace = { 0 };
	struct prov_result result = { 0 };
	const struct {
		const struct prov_op *op;
		void *into;
	} readers[] = {
		{ &prov_dinie.customer_read[0].op, &customer },
		{ &prov_dinie.customer_list, &page },
		{ &prov_dinie.document_send, NULL },
		{ &prov_dinie.forms[0].send, NULL },
		{ &prov_dinie.link, &link },
		{ &prov_dinie.token, &token },
	};
	size_t i = choice % (sizeof(readers) / sizeof(*readers));

	ctx.form = &prov_dinie.forms[0];
	readers[i].op->read(reply, &ctx, readers[i].into, &result);
	if (result.outcome != PROV_ACCEPTED && !result.message)
		abort();
	if (token.text && !prov_header_safe(token.text))
		abort();
	prov_dinie.pace(reply, NOW, &pace);
	if (pace.known && pace.reset_ms < 0)
		abort();
	check_customer(&customer);
	prov_customer_release(&customer);
	prov_page_release(&page);
	prov_link_release(&link);
	prov_token_release(&token);
	prov_result_release(&result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *body = NULL, *last = NULL;
	struct prov_header headers[2];

	if (size < 2)
		return 0;
	body = mem_dup_n((const char *)data + 2, size - 2);
	last = strrchr(body, '\n');
	last = last ? last + 1 : body;
	headers[0] = (struct prov_header){ (char[]){ "X-RateLimit-Remaining" },
					   last };
	headers[1] =
		(struct prov_header){ (char[]){ "X-RateLimit-Reset" }, last };
	read_as(data[0], &(struct prov_reply){
				 .end = PROV_END_ANSWER,
				 .status = statuses[data[1] % 8],
				 .sent_whole = true,
				 .body = body,
				 .len = size - 2,
				 .headers = headers,
				 .header_count = 2,
			 });
	free(body);
	return 0;
}
