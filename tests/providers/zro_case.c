/* SPDX-License-Identifier: MIT */
/* What Z.ro Bank's adapter tests share. */
#include "tests/test.h"

#include "tests/providers/zro_case.h"

#include <stdlib.h>
#include <string.h>

struct prov_ctx zro_ctx(struct prov_profile *profile, const char *customer,
			const char *version)
{
	*profile = (struct prov_profile){ .provider = &prov_zro };
	/* Never written to: a context only reads. */
	profile->settings[0] = (char *)(uintptr_t)ZRO_PRODUCT;
	profile->settings[1] = (char *)(uintptr_t)version;
	profile->client = (char *)(uintptr_t) "practice-client";
	return (struct prov_ctx){
		.profile = profile,
		.secret = ZRO_TOKEN,
		.customer = customer,
		.key = ZRO_KEY,
		.nonce = ZRO_NONCE,
		.language = "en",
		.now = ZRO_NOW,
	};
}

/* The number after "page="; 1 without. */
static long page_in(const char *at)
{
	at = at ? strstr(at, "page=") : NULL;
	return at ? strtol(at + strlen("page="), NULL, 10) : 1;
}

/* Is PATH (with a query) asked for by the row? */
static bool is_asked(const struct zro_page *row, const char *path)
{
	size_t len = strcspn(row->path, "?");

	if (strncmp(row->path, path, len) != 0 ||
	    (path[len] && path[len] != '?'))
		return false;
	return page_in(row->path) == page_in(path);
}

static char *body_of(const struct zro_page *row)
{
	if (!row->path)
		return mem_dup("{\"success\":false,\"data\":null,"
			       "\"error\":\"USER\",\"message\":\"No.\","
			       "\"code\":\"DEFAULT\"}");
	return adapter_body("zro", row->body);
}

/* One call; *MORE gets its next page. */
static bool ask(const struct prov_op *op, const struct prov_ctx *ctx,
		const struct zro_page *row, struct prov_customer *customer,
		char **more)
{
	struct prov_request request = { 0 };
	struct prov_result result = { 0 };
	struct prov_reply reply;
	struct err err = { 0 };
	char *body = NULL;
	bool accepted;

	if (op->build(ctx, &request, &err))
		fail_msg("%s", err.text);
	assert_string_equal(request.method, "GET");
	while (row->path && !is_asked(row, request.path))
		row++;
	body = body_of(row);
	reply = adapter_reply(!row->path    ? 422
			      : row->status ? row->status
					    : 200,
			      body);
	op->read(&reply, ctx, customer, &result);
	accepted = result.outcome == PROV_ACCEPTED;
	*more = mem_dup(result.more);
	prov_result_release(&result);
	prov_request_release(&request);
	free(body);
	return accepted;
}

static bool ask_pages(const struct prov_read_step *step, struct prov_ctx *ctx,
		      const struct zro_page *pages,
		      struct prov_customer *customer)
{
	bool accepted = true;
	char *cursor = NULL;

	do {
		char *more = NULL;

		ctx->cursor = cursor;
		accepted = ask(&step->op, ctx, pages, customer, &more);
		free(cursor);
		cursor = more;
	} while (accepted && cursor);
	ctx->cursor = NULL;
	free(cursor);
	return accepted || step->optional;
}

static bool walk_step(const struct prov_read_step *step, struct prov_ctx *ctx,
		      const struct zro_page *pages,
		      struct prov_customer *customer)
{
	bool good = true;

	if (step->wanted && !step->wanted(customer))
		return true;
	if (!step->of_party)
		return ask_pages(step, ctx, pages, customer);
	for (size_t i = 0; good && i < customer->party_count; i++) {
		if (!step->of_party(customer, &customer->parties[i]))
			continue;
		ctx->party = customer->parties[i].id;
		good = ask_pages(step, ctx, pages, customer);
	}
	ctx->party = NULL;
	return good;
}

bool zro_walk(const struct prov_ctx *from, const struct zro_page *pages,
	      struct prov_customer *customer)
{
	const struct prov_read_step *step = prov_zro.customer_read;
	struct prov_ctx ctx = *from;

	ctx.so_far = customer;
	for (; prov_can(&step->op); step++)
		if (!walk_step(step, &ctx, pages, customer))
			return false;
	prov_zro.customer_settle(customer);
	return true;
}

char *zro_lines(const struct prov_customer *customer)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];
		const struct prov_party *party =
			prov_customer_party(customer, req->party);
		const char *side = doc_side_name(req->side);

		assert_true((req->kind == PROV_REQ_DOCUMENT) ==
			    (req->type != NULL));
		assert_true((req->kind == PROV_REQ_INFORMATION) ==
			    (req->form != NULL));
		buf_addf(&out, "%s%s%s", req->code, *side ? " " : "", side);
		if (party)
			buf_addf(&out, " of %s", party->name);
		buf_addf(&out, " %s%s", adapter_status(req),
			 req->optional ? "?" : "");
		if (req->group)
			buf_addf(&out, " (%s)", req->group);
		if (req->target)
			buf_addf(&out, " >%s", req->target);
		buf_addf(&out, "%s\n", req->bundle ? " +" : "");
	}
	return buf_take(&out);
}
