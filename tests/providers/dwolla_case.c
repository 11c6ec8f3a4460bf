/* SPDX-License-Identifier: MIT */
/* What the tests of the Dwolla adapter share. */
#include "tests/providers/dwolla_case.h"

#include <stdlib.h>

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

void dwolla_answer(const struct prov_op *op, const struct prov_ctx *ctx,
		   int status, const char *body, void *into,
		   struct prov_result *result)
{
	const struct prov_reply reply = adapter_reply(status, body);

	op->read(&reply, ctx, into, result);
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

	return adapter_read(&prov_dwolla.customer_read[step].op, &ctx, status,
			    body, customer);
}

void dwolla_read_stored(enum dwolla_step step, const char *id,
			const char *party, const char *name,
			struct prov_customer *customer)
{
	char *body = adapter_stored("dwolla", name);

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
	struct buf out = { 0 };

	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		assert_true((req->kind == PROV_REQ_DOCUMENT) ==
			    (req->type != NULL));
		assert_true((req->kind == PROV_REQ_INFORMATION) ==
			    (req->form != NULL));
		buf_addf(&out, "%s%s %s%s", req->party ? "*" : "", req->code,
			 adapter_status(req), req->optional ? "?" : "");
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
