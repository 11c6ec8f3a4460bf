/* SPDX-License-Identifier: MIT */
/* What goes in one request. */
#include "cases/cargo.h"

#include <stdlib.h>
#include <string.h>

#include "cases/customers.h"
#include "forms/form.h"

static const struct case_submission *lead(const struct cargo *cargo)
{
	return &cargo->loads[0].submission;
}

void cargo_release(struct cargo *cargo)
{
	for (size_t i = 0; cargo->loads && i < cargo->group.count; i++) {
		case_submission_release(&cargo->loads[i].submission);
		submission_extra_release(&cargo->loads[i].extra);
		doc_file_close(&cargo->loads[i].file);
	}
	free(cargo->loads);
	free(cargo->documents);
	free(cargo->files);
	mem_free_private(cargo->target);
	submission_group_release(&cargo->group);
	*cargo = (struct cargo){ 0 };
}

int cargo_load(struct cargo *cargo, struct case_store *store, int64_t id,
	       struct err *err)
{
	if (submission_group(store, id, false, &cargo->group, err))
		return -1;
	if (!cargo->group.count || cargo->group.ids[0] != id)
		return 0;
	cargo->loads = mem_array(cargo->group.count, sizeof(*cargo->loads));
	for (size_t i = 0; i < cargo->group.count; i++)
		cargo->loads[i].file = (struct doc_file)DOC_FILE_NONE;
	for (size_t i = 0; i < cargo->group.count; i++) {
		struct cargo_load *one = &cargo->loads[i];
		int got = case_submission_load(store, cargo->group.ids[i],
					       &one->submission, err);

		if (got <= 0 || submission_extra(store, cargo->group.ids[i],
						 &one->extra, err))
			return got ? -1 : 0;
		/* Claimed meanwhile, or settled, or held. */
		if (one->submission.held ||
		    (one->submission.state != CASE_QUEUED &&
		     one->submission.state != CASE_UNSURE))
			return 0;
	}
	return 1;
}

bool cargo_in_doubt(const struct case_submission *sub)
{
	return sub->sent_before && sub->state == CASE_UNSURE;
}

/* "http://127.0.0.1:8080" up to the port; 0: not on this machine. A practice
 * server comes back on another port. */
static size_t loopback_len(const char *endpoint)
{
	static const char *const hosts[] = {
		"http://127.0.0.1",  "http://localhost",  "http://[::1]",
		"https://127.0.0.1", "https://localhost", "https://[::1]",
	};

	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++) {
		size_t len = strlen(hosts[i]);

		if (strncmp(endpoint, hosts[i], len) == 0 &&
		    (endpoint[len] == ':' || !endpoint[len]))
			return len;
	}
	return 0;
}

static bool same_endpoint(const char *a, const char *b)
{
	size_t len = loopback_len(a);

	return strcmp(a, b) == 0 ||
	       (len && len == loopback_len(b) && strncmp(a, b, len) == 0);
}

bool cargo_is_for(const struct cargo *cargo, const char *endpoint)
{
	for (size_t i = 0; i < cargo->group.count; i++)
		if (!same_endpoint(cargo->loads[i].extra.endpoint, endpoint))
			return false;
	return true;
}

/* Who PARTY is; when nobody has read the customer, only he is known. */
static int holder_of(const struct cargo *cargo, struct case_store *store,
		     const struct prov_profile *profile, unsigned *holder,
		     struct err *err)
{
	const struct case_submission *sub = lead(cargo);
	struct prov_customer customer = { 0 };
	int64_t seen_ms = 0;
	int got = case_customer_load(store, profile, sub->customer, &customer,
				     &seen_ms, err);

	customer.kind = cargo->loads[0].extra.holder;
	*holder =
		sub->party && got <= 0 ? 0 : prov_holder(&customer, sub->party);
	prov_customer_release(&customer);
	return got < 0 ? -1 : 0;
}

static const char *file_name(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	return slash ? slash + 1 : path;
}

/* As cargo_describe(). */
static int describe_documents(struct cargo *cargo, struct case_store *store,
			      const struct prov_profile *profile,
			      struct err *err)
{
	const struct provider *provider = profile->provider;
	unsigned holder = 0;
	bool known = true;

	if (holder_of(cargo, store, profile, &holder, err))
		return -1;
	cargo->documents =
		mem_array(cargo->group.count, sizeof(*cargo->documents));
	cargo->files = mem_array(cargo->group.count, sizeof(*cargo->files));
	for (size_t i = 0; i < cargo->group.count; i++) {
		const struct case_submission *sub = &cargo->loads[i].submission;

		cargo->documents[i] = (struct prov_document){
			.type = prov_type(provider, sub->type ? sub->type : "",
					  holder),
			.side = sub->side,
			.name = file_name(sub->path),
			.country = sub->country,
			.party = sub->party,
			.kind = sub->kind,
			.bytes = sub->bytes,
			.fields = sub->answers,
		};
		cargo->files[i].file = &cargo->loads[i].file;
		cargo->files[i].sha256 = sub->sha256;
		known = known && cargo->documents[i].type && sub->path;
	}
	cargo->ctx.documents = cargo->documents;
	cargo->ctx.document_count = cargo->group.count;
	return known;
}

/* The answer of the form that opened it all is where all else goes. */
static int find_target(struct cargo *cargo, struct case_store *store,
		       const struct prov_profile *profile, struct err *err)
{
	const struct prov_form *form = profile->provider->forms;
	int64_t latest_ms = -1;

	for (; form && form->schema; form++) {
		int64_t settled_ms = 0;
		char *made = NULL;
		int got = 0;

		if (form->opens)
			got = submission_made(store, lead(cargo)->case_id,
					      form->schema->name, &made,
					      &settled_ms, err);
		if (got < 0)
			return -1;
		if (got && settled_ms > latest_ms) {
			mem_replace(&cargo->target, made);
			latest_ms = settled_ms;
		}
		free(made);
	}
	return 0;
}

int cargo_describe(struct cargo *cargo, struct case_store *store,
		   const struct prov_profile *profile, struct err *err)
{
	const struct provider *provider = profile->provider;
	const struct case_submission *sub = lead(cargo);
	struct prov_ctx *ctx = &cargo->ctx;

	ctx->profile = profile;
	ctx->customer = sub->customer;
	ctx->kind = cargo->loads[0].extra.holder;
	ctx->key = sub->key;
	ctx->party = sub->party;
	if (sub->schema) {
		ctx->form = prov_form_find(provider, sub->schema);
		ctx->answers = sub->answers;
		if (!ctx->form || !ctx->answers)
			return 0;
	}
	if (!sub->target && !(ctx->form && ctx->form->opens) &&
	    find_target(cargo, store, profile, err))
		return -1;
	ctx->target = sub->target ? sub->target : cargo->target;
	if (ctx->form)
		cargo->op = &ctx->form->send;
	else if (sub->rank == PROV_RANK_START)
		cargo->op = &provider->start;
	else
		cargo->op = &provider->document_send;
	if (!prov_can(cargo->op))
		return 0;
	return cargo->op == &provider->document_send
		       ? describe_documents(cargo, store, profile, err)
		       : 1;
}

struct prov_order cargo_order(const struct cargo *cargo,
			      const struct prov_profile *profile,
			      struct xfer *xfer)
{
	return (struct prov_order){
		.xfer = xfer,
		.profile = profile,
		.op = cargo->op,
		.ctx = &cargo->ctx,
		.files = cargo->files,
		.file_count = cargo->ctx.document_count,
	};
}
