/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: the documents it lists, and which requirement each one answers.
 * Neither the party nor the purpose of a file is kept there: both follow from
 * where it is listed and from its type.
 * https://developers.dwolla.com/docs/balance/api-reference/documents
 */
#include "providers/dwolla.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* One listed document, as it came. */
struct listed {
	const json_t *root;
	size_t place;
	int64_t made_ms;
	enum prov_req_status status;
	bool used; /* a requirement has it */
};

struct listing {
	struct listed *list; /* newest first */
	size_t count;
	const char *party; /* NULL: the customer's */
};

/* "2025-02-01T21:42:16.000Z" in unix ms; 0: it is none. */
static int64_t time_of(const char *text)
{
	struct tm tm = { 0 };
	time_t seconds;
	int ms = 0;

	if (!text ||
	    sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d.%3d", &tm.tm_year, &tm.tm_mon,
		   &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &ms) < 6 ||
	    tm.tm_year < 1970 || tm.tm_mon < 1)
		return 0;
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	seconds = timegm(&tm);
	return seconds < 0 || ms < 0 ? 0 : (int64_t)seconds * 1000 + ms;
}

/* "reviewed" alone does not mean that it was accepted. */
static enum prov_req_status status_of(const json_t *root)
{
	const char *verdict =
		prov_json_word(root, "documentVerificationStatus");

	if (prov_same_word(verdict, "accepted"))
		return PROV_REQ_ACCEPTED;
	if (prov_same_word(verdict, "rejected") ||
	    (!verdict && prov_json_word(root, "failureReason")))
		return PROV_REQ_REJECTED;
	if (prov_same_word(verdict, "pending") ||
	    (!verdict &&
	     prov_same_word(prov_json_word(root, "status"), "pending")))
		return PROV_REQ_IN_REVIEW;
	return PROV_REQ_SENT;
}

/* The order of the list is not promised. */
static int compare_listed(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;

	if (x->made_ms != y->made_ms)
		return x->made_ms > y->made_ms ? -1 : 1;
	return x->place > y->place ? -1 : 1;
}

static struct listing listing_of(const json_t *documents, const char *party)
{
	struct listing listing = { .party = party };
	const json_t *item = NULL;
	size_t i;

	json_array_foreach(documents, i, item)
	{
		struct listed *one = NULL;

		if (i >= DWOLLA_LIST_MOST || !prov_json_word(item, "type"))
			continue;
		listing.list = mem_grow(listing.list, listing.count,
					sizeof(*listing.list));
		one = &listing.list[listing.count++];
		*one = (struct listed){
			.root = item,
			.place = i,
			.made_ms = time_of(prov_json_word(item, "created")),
			.status = status_of(item),
		};
	}
	if (listing.count)
		qsort(listing.list, listing.count, sizeof(*listing.list),
		      compare_listed);
	return listing;
}

static bool is_type(const struct listed *one, const char *type)
{
	return prov_same_word(prov_json_word(one->root, "type"), type);
}

/* Does the paper stand for the business as a whole? Then it stays accepted
 * while something else is waited for; any other request is gone once it is
 * fulfilled, so that an older paper cannot be what fulfils it. */
static bool stands_for_business(const struct prov_requirement *req)
{
	return req->target &&
	       (strcmp(req->target, "verify-business-with-document") == 0 ||
		strcmp(req->target,
		       "verify-controller-and-business-with-document") == 0);
}

/* The type that is sent: what stands before the colon. */
static bool is_other(const char *code)
{
	return strcmp(code, "other") == 0 || strncmp(code, "other:", 6) == 0;
}

static void note(struct prov_requirement *req, struct listed *one)
{
	one->used = true;
	req->status = one->status;
	free(req->status_word);
	req->status_word =
		prov_json_text(one->root, "documentVerificationStatus");
	if (!req->status_word)
		req->status_word = prov_json_text(one->root, "status");
	if (req->status == PROV_REQ_REJECTED)
		dwolla_reason(one->root, &req->reason);
}

/* Of its own type, the latest counts. */
static void answer_identity(struct prov_customer *customer,
			    struct listing *listing)
{
	for (size_t i = 0; i < customer->requirement_count; i++) {
		struct prov_requirement *req = &customer->requirements[i];

		if (req->kind != PROV_REQ_DOCUMENT ||
		    !prov_same_party(req->party, listing->party) ||
		    is_other(req->type->code))
			continue;
		for (size_t n = 0; n < listing->count; n++)
			if (is_type(&listing->list[n], req->type->code)) {
				note(req, &listing->list[n]);
				break;
			}
	}
}

/* The latest of STATUS that answers nothing yet goes to each that lacks one. */
static void answer_others(struct prov_customer *customer,
			  struct listing *listing, enum prov_req_status status)
{
	for (size_t i = 0; i < customer->requirement_count; i++) {
		struct prov_requirement *req = &customer->requirements[i];

		if (req->kind != PROV_REQ_DOCUMENT ||
		    !prov_same_party(req->party, listing->party) ||
		    !is_other(req->type->code) || req->status_word ||
		    (status == PROV_REQ_ACCEPTED && !stands_for_business(req)))
			continue;
		for (size_t n = 0; n < listing->count; n++) {
			struct listed *one = &listing->list[n];

			if (!one->used && one->status == status &&
			    is_type(one, "other")) {
				note(req, one);
				break;
			}
		}
	}
}

/* What is wrong with the data of a document that was rejected last has to be
 * put right in the form. */
static void explain_form(struct prov_customer *customer,
			 const struct listing *listing)
{
	struct prov_reason reason = { 0 };
	char *before = NULL;

	if (!listing->count || listing->list[0].status != PROV_REQ_REJECTED)
		return;
	dwolla_reason(listing->list[0].root, &reason);
	for (size_t i = 0; i < customer->requirement_count; i++) {
		struct prov_requirement *req = &customer->requirements[i];

		if (reason.next != PROV_NEXT_CORRECT_DATA ||
		    req->kind != PROV_REQ_INFORMATION ||
		    req->status != PROV_REQ_REJECTED ||
		    !prov_same_party(req->party, listing->party))
			continue;
		/* What is wrong stands before what follows from it. */
		before = req->reason.message;
		req->reason.message = mem_dup(reason.message);
		dwolla_join(&req->reason.message, before);
		free(before);
		if (!req->reason.code)
			req->reason.code = mem_dup(reason.code);
		req->reason.field = reason.field;
	}
	free(reason.code);
	free(reason.message);
}

/* The type as it is chosen here. Which purpose an "other" serves is known only
 * where one alone is asked for; else it is left open, but for its beginning. */
static const char *type_of(const struct prov_customer *customer,
			   const struct listed *one, const char *party)
{
	const char *found = NULL;
	size_t count = 0;

	if (!is_type(one, "other")) {
		const char *code = prov_json_word(one->root, "type");

		for (const struct doc_type *type = dwolla_types; type->code;
		     type++)
			if (prov_same_word(type->code, code))
				return type->code;
		return NULL;
	}
	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if (req->kind == PROV_REQ_DOCUMENT &&
		    prov_same_party(req->party, party) &&
		    is_other(req->type->code)) {
			found = req->type->code;
			count++;
		}
	}
	return count == 1 ? found : NULL;
}

static unsigned add_papers(struct prov_customer *customer,
			   const struct listing *listing)
{
	unsigned pending = 0;

	for (size_t i = 0; i < listing->count; i++) {
		const struct listed *one = &listing->list[i];
		char *id = prov_json_id(one->root, "id");
		struct prov_paper *paper = NULL;

		if (prov_same_word(prov_json_word(one->root, "status"),
				   "pending"))
			pending++;
		if (!id)
			continue;
		paper = prov_customer_add_paper(customer);
		paper->id = id;
		paper->type = mem_dup(type_of(customer, one, listing->party));
		if (is_type(one, "other"))
			paper->begins = mem_dup("other");
		else if (!paper->type)
			paper->begins = prov_json_text(one->root, "type");
		paper->party = mem_dup(listing->party);
		paper->made_ms = one->made_ms;
	}
	return pending;
}

static void set_pending(struct prov_customer *customer, const char *party,
			unsigned pending)
{
	if (!party) {
		customer->pending = pending;
		customer->pending_most = DWOLLA_PENDING_MOST;
		customer->lists_papers = true;
	}
	for (size_t i = 0; party && i < customer->party_count; i++)
		if (prov_same_word(customer->parties[i].id, party)) {
			customer->parties[i].pending = pending;
			customer->parties[i].pending_most = DWOLLA_PENDING_MOST;
		}
}

/* Some types of customer have no list: then nothing is known of papers. */
void dwolla_papers_read(const struct prov_reply *reply,
			const struct prov_ctx *ctx, void *into,
			struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *documents = json_object_get(
		json_object_get(root, "_embedded"), "documents");
	struct prov_customer *customer = into;
	struct listing listing = { 0 };

	if (reply->status == 403 || reply->status == 404) {
		dwolla_fail(reply, ctx, NULL, NULL, result);
		if (result->outcome != PROV_REFUSED)
			goto out;
		customer->lists_papers = false;
		prov_reply_accept(result, NULL);
		goto out;
	}
	if (reply->status != 200 || !json_is_object(root) ||
	    (documents && !json_is_array(documents))) {
		dwolla_fail(reply, ctx, NULL, NULL, result);
		goto out;
	}
	listing = listing_of(documents, ctx->party);
	answer_identity(customer, &listing);
	answer_others(customer, &listing, PROV_REQ_IN_REVIEW);
	answer_others(customer, &listing, PROV_REQ_ACCEPTED);
	answer_others(customer, &listing, PROV_REQ_SENT);
	answer_others(customer, &listing, PROV_REQ_REJECTED);
	explain_form(customer, &listing);
	set_pending(customer, ctx->party, add_papers(customer, &listing));
	prov_reply_accept(result, NULL);
out:
	free(listing.list);
	json_decref(root);
}
