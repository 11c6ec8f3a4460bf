/* SPDX-License-Identifier: MIT */
/*
 * Feeds the readers of one provider whatever libFuzzer thinks of: the first
 * byte chooses the reader (0: a customer, whole, step by step, a reply each
 * with a 0x1e byte between), the second the status, the rest is the body and,
 * beginning with its last line, the value of the headers. From the top of the
 * tree, after ./configure and make there, for NAME dinie, dwolla, lumx or zro:
 *
 *	clang -std=c11 -D_GNU_SOURCE -g -O1 -I. -include banned.h \
 *		-DPROVIDER=prov_NAME -fsanitize=fuzzer,address,undefined \
 *		-fno-sanitize-recover=undefined -o fuzz_NAME \
 *		tests/fuzz/fuzz_provider.c libproviders.a libforms.a \
 *		-lcurl -ljansson -lcrypto -lunistring
 *	mkdir corpus
 *	for file in $(ls tests/providers/NAME); do
 *		for reader in 0 1 2 3 4 5 6 7 10 11 12 13 14 15; do
 *			(printf "\\$reader\\0"
 *			cat tests/providers/NAME/$file) \
 *				> corpus/$reader-$file
 *		done
 *	done
 *	./fuzz_NAME -max_len=20000 -timeout=10 corpus
 *
 * The readers themselves are best compiled with the same flags: put
 * providers/NAME*.c and providers/{reply,request,customer*,provider,types}.c
 * before libproviders.a.
 */
#include <stdlib.h>
#include <string.h>

#include "providers/provider.h"

#define ID    "5eed0000-0000-4000-8000-000000000001"
#define PARTY "5eed0000-0000-4000-9000-000000000101"
#define NOW   INT64_C(1777636800000)
#define BREAK 0x1e
#define OPS   40

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const int statuses[] = { 200, 201, 400, 401, 403, 404, 409, 422,
				429, 500, 204, 413, 302, 202, 406, 503 };

/* What is shown has nothing in it that a terminal would obey. */
static void check_text(const char *text)
{
	char *clean = text ? text_clean_new(text) : NULL;

	if (clean && strcmp(clean, text) != 0)
		abort();
	free(clean);
}

static void check_reason(const struct prov_reason *reason)
{
	check_text(reason->code);
	check_text(reason->message);
}

static void check_requirement(const struct prov_requirement *req)
{
	if (!req->code || !*req->code ||
	    (req->party && !prov_id_valid(req->party)))
		abort();
	if ((req->kind == PROV_REQ_DOCUMENT) != (req->type != NULL) ||
	    (req->kind == PROV_REQ_INFORMATION) != (req->form != NULL))
		abort();
	check_text(req->label);
	check_reason(&req->reason);
}

/* Fit to be shown, and the same when it comes back from the record. */
static void check_customer(const struct prov_customer *customer)
{
	struct prov_customer again = { 0 };
	struct buf first = { 0 }, second = { 0 };

	check_text(customer->name);
	check_text(customer->closed_because);
	check_reason(&customer->reason);
	for (size_t i = 0; i < customer->requirement_count; i++)
		check_requirement(&customer->requirements[i]);
	for (size_t i = 0; i < customer->party_count; i++) {
		check_text(customer->parties[i].name);
		check_text(customer->parties[i].role);
	}
	prov_customer_to_json(customer, &first);
	if (prov_customer_from_json(&again, buf_text(&first), &PROVIDER, NULL))
		abort();
	prov_customer_to_json(&again, &second);
	if (strcmp(buf_text(&first), buf_text(&second)) != 0)
		abort();
	prov_customer_release(&again);
	buf_release(&first);
	buf_release(&second);
}

static void check_result(const struct prov_result *result)
{
	if (result->outcome != PROV_ACCEPTED && !result->message)
		abort();
	check_text(result->message);
	if (result->provider_id && !prov_id_valid(result->provider_id))
		abort();
}

/* The next reply of *BODY, which may be used up: then it is an empty one. */
static void next_reply(char **body, struct prov_reply *reply)
{
	reply->body = *body;
	reply->len = strcspn(*body, (char[]){ BREAK, '\0' });
	*body += reply->len;
	if (**body)
		*(*body)++ = '\0';
}

static void read_step(const struct prov_read_step *step, const char *party,
		      char **body, struct prov_reply *reply,
		      struct prov_customer *customer)
{
	struct prov_ctx ctx = { .secret = "k",
				.customer = ID,
				.kind = customer->kind,
				.so_far = customer,
				.party = party,
				.now = NOW };
	struct prov_result result = { 0 };

	next_reply(body, reply);
	step->op.read(reply, &ctx, customer, &result);
	check_result(&result);
	prov_result_release(&result);
}

/* As a question about a customer is asked. */
static void read_whole(char *body, struct prov_reply *reply)
{
	struct prov_customer customer = { 0 };

	for (size_t i = 0; i < PROV_READ_STEPS; i++) {
		const struct prov_read_step *step = &PROVIDER.customer_read[i];

		if (!step->op.read)
			break;
		if (step->wanted && !step->wanted(&customer))
			continue;
		if (!step->of_party)
			read_step(step, NULL, &body, reply, &customer);
		for (size_t p = 0; step->of_party && p < customer.party_count;
		     p++) {
			char *id = mem_dup(customer.parties[p].id);

			if (id &&
			    step->of_party(&customer, &customer.parties[p]))
				read_step(step, id, &body, reply, &customer);
			free(id);
		}
	}
	if (PROVIDER.customer_settle)
		PROVIDER.customer_settle(&customer);
	check_customer(&customer);
	prov_customer_release(&customer);
}

struct into {
	struct prov_page page;
	struct prov_link link;
	struct prov_token token;
	struct prov_customer customer;
};

struct reader {
	const struct prov_op *op;
	void *into;
	const struct prov_form *form;
};

/* All that there are; how many. */
static size_t readers_of(struct into *into, struct reader readers[OPS])
{
	size_t count = 0;

	readers[count++] =
		(struct reader){ &PROVIDER.customer_list, &into->page, NULL };
	readers[count++] =
		(struct reader){ &PROVIDER.document_send, NULL, NULL };
	readers[count++] = (struct reader){ &PROVIDER.start, NULL, NULL };
	readers[count++] = (struct reader){ &PROVIDER.link, &into->link, NULL };
	readers[count++] =
		(struct reader){ &PROVIDER.token, &into->token, NULL };
	for (size_t i = 0; PROVIDER.forms && PROVIDER.forms[i].schema; i++)
		readers[count++] = (struct reader){ &PROVIDER.forms[i].send,
						    NULL, &PROVIDER.forms[i] };
	for (size_t i = 0;
	     i < PROV_READ_STEPS && PROVIDER.customer_read[i].op.read; i++)
		readers[count++] =
			(struct reader){ &PROVIDER.customer_read[i].op,
					 &into->customer, NULL };
	return count;
}

static void read_as(unsigned choice, const struct prov_reply *reply)
{
	struct reader readers[OPS];
	struct into into = { 0 };
	struct prov_document document = { .type = PROVIDER.doctypes,
					  .name = "a.jpg",
					  .kind = DOC_JPEG,
					  .bytes = 1 };
	struct prov_ctx ctx = { .secret = "k",
				.customer = ID,
				.so_far = &into.customer,
				.target = PARTY,
				.documents = &document,
				.document_count = 1,
				.now = NOW };
	size_t count = readers_of(&into, readers);
	const struct reader *reader = &readers[choice % count];
	struct prov_result result = { 0 };

	/* What is about a party is about a customer that has it. */
	if (choice & 64) {
		ctx.party = PARTY;
		document.party = PARTY;
	}
	ctx.form = reader->form;
	if (reader->op->read) {
		reader->op->read(reply, &ctx, reader->into, &result);
		check_result(&result);
		if (into.token.text && !prov_header_safe(into.token.text))
			abort();
		for (size_t i = 0; i < into.page.count; i++)
			check_customer(&into.page.customers[i]);
		check_customer(&into.customer);
	}
	prov_customer_release(&into.customer);
	prov_page_release(&into.page);
	prov_link_release(&into.link);
	prov_token_release(&into.token);
	prov_result_release(&result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "X-RateLimit-Remaining",
					     "X-RateLimit-Reset", "Retry-After",
					     "Location" };
	struct prov_header headers[4];
	struct prov_reply reply = { .end = PROV_END_ANSWER,
				    .sent_whole = true,
				    .headers = headers,
				    .header_count = 4 };
	struct prov_pace pace = { 0 };
	char *body = NULL, *last = NULL;

	if (size < 2)
		return 0;
	body = mem_dup_n((const char *)data + 2, size - 2);
	last = strrchr(body, '\n');
	last = last ? last + 1 : body;
	for (size_t i = 0; i < 4; i++)
		headers[i] = (struct prov_header){
			(char *)(uintptr_t)names[i],
			last,
		};
	reply.status = statuses[data[1] % 16];
	reply.body = body;
	reply.len = size - 2;
	if (PROVIDER.pace)
		PROVIDER.pace(&reply, NOW, &pace);
	if (pace.known && pace.reset_ms < 0)
		abort();
	if (data[0])
		read_as(data[0] - 1U, &reply);
	else
		read_whole(body, &reply);
	free(body);
	return 0;
}
