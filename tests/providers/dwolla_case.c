/* SPDX-License-Identifier: MIT */
/* What the tests of the Dwolla adapter share. */
#include "tests/providers/dwolla_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/test.h"

struct prov_ctx dwolla_ctx(void)
{
	return (struct prov_ctx){
		.secret = DWOLLA_TOKEN,
		.customer = DWOLLA_SELF,
		.key = DWOLLA_KEY,
		.language = "en",
		.now = 1777636800000,
	};
}

struct prov_document dwolla_document(const char *code, unsigned holder)
{
	return (struct prov_document){
		.type = prov_type(&prov_dwolla, code, holder),
		.name = "front.jpg",
		.country = "",
		.party = holder == DOC_FOR_PARTY_PERSON ? DWOLLA_OWNER : NULL,
		.kind = DOC_JPEG,
		.bytes = 1000,
	};
}

const char *dwolla_header(const struct prov_request *request, const char *name)
{
	for (size_t i = 0; i < request->header_count; i++)
		if (prov_same_word(request->headers[i].name, name))
			return request->headers[i].value;
	return "";
}

const char *dwolla_part(const struct prov_request *request, const char *name)
{
	for (size_t i = 0; i < request->part_count; i++)
		if (strcmp(request->parts[i].name, name) == 0)
			return request->parts[i].value
				       ? request->parts[i].value
				       : request->parts[i].filename;
	return "";
}

void dwolla_answer(const struct prov_op *op, const struct prov_ctx *ctx,
		   int status, const char *body, void *into,
		   struct prov_result *result)
{
	const struct prov_reply reply = {
		.end = PROV_END_ANSWER,
		.status = status,
		.sent_whole = true,
		.body = body,
		.len = strlen(body),
	};

	op->read(&reply, ctx, into, result);
}

char *dwolla_stored(const char *name)
{
	char *relative = mem_printf("tests/providers/dwolla/%s.json", name);
	char *path = test_source_path(relative);
	FILE *file = fopen(path, "r");
	struct buf text = { 0 };
	int c;

	assert_non_null(file);
	while ((c = fgetc(file)) != EOF)
		buf_add_char(&text, (char)c);
	fclose(file);
	free(path);
	free(relative);
	return buf_take(&text);
}

enum prov_outcome dwolla_read(enum dwolla_step step, const char *id,
			      const char *party, int status, const char *body,
			      struct prov_customer *customer)
{
	struct prov_ctx ctx = {
		.secret = "k",
		.customer = id,
		.party = party,
		.so_far = customer,
	};
	struct prov_result result = { 0 };
	enum prov_outcome outcome;

	dwolla_answer(&prov_dwolla.customer_read[step].op, &ctx, status, body,
		      customer, &result);
	outcome = result.outcome;
	if (outcome != PROV_ACCEPTED)
		assert_non_null(result.message);
	prov_result_release(&result);
	return outcome;
}

void dwolla_read_stored(enum dwolla_step step, const char *id,
			const char *party, const char *name,
			struct prov_customer *customer)
{
	char *body = dwolla_stored(name);

	assert_int_equal(dwolla_read(step, id, party, 200, body, customer),
			 PROV_ACCEPTED);
	free(body);
}

void dwolla_read_customer(const char *body, struct prov_customer *customer)
{
	assert_int_equal(
		dwolla_read(DWOLLA_CUSTOMER, "c", NULL, 200, body, customer),
		PROV_ACCEPTED);
	prov_dwolla.customer_settle(customer);
}

char *dwolla_lines(const struct prov_customer *customer)
{
	static const char *const statuses[] = { "missing", "sent", "in review",
						"accepted", "rejected" };
	struct buf out = { 0 };

	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		assert_true((req->kind == PROV_REQ_DOCUMENT) ==
			    (req->type != NULL));
		assert_true((req->kind == PROV_REQ_INFORMATION) ==
			    (req->form != NULL));
		buf_addf(&out, "%s%s %s%s", req->party ? "*" : "", req->code,
			 statuses[req->status], req->optional ? "?" : "");
		if (req->group)
			buf_addf(&out, " (%s)", req->group);
		if (req->form)
			buf_addf(&out, " [%s]", req->form->schema->name);
		if (req->reason.next)
			buf_addf(&out, " -> %s",
				 prov_next_name(req->reason.next));
		buf_add_char(&out, '\n');
	}
	return buf_take(&out);
}

void dwolla_assert_lines(const struct prov_customer *customer, const char *want)
{
	char *lines = dwolla_lines(customer);

	assert_string_equal(lines, want);
	free(lines);
}
