/* SPDX-License-Identifier: MIT */
/* What the fault server saw, and what must always hold of it. */
#include "tests/faults/ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/look.h"
#include "forms/mem.h"

/* Two clocks are read, each to the millisecond. */
#define SLACK_MS 2

size_t ledger_add(struct ledger *ledger, const struct seen *seen)
{
	ledger->list =
		mem_grow(ledger->list, ledger->count, sizeof(*ledger->list));
	ledger->list[ledger->count] = *seen;
	return ledger->count++;
}

void ledger_release(struct ledger *ledger)
{
	free(ledger->list);
	*ledger = (struct ledger){ 0 };
}

void ledger_header(const char *head, const char *name, char *out, size_t size)
{
	char *line = mem_printf("\r\n%s:", name);
	const char *at = strcasestr(head, line);
	size_t len = 0;

	if (at) {
		at += strlen(line);
		at += strspn(at, " ");
		len = strcspn(at, "\r");
	}
	snprintf(out, size, "%.*s", (int)len, at ? at : "");
	free(line);
}

void ledger_digest(struct seen *seen, const char *head, const char *body,
		   size_t len)
{
	struct doc_digest *whole = doc_digest_new();
	struct doc_digest *what = doc_digest_new();
	char type[200];
	const char *boundary = NULL;
	const char *at = body;

	ledger_header(head, "Content-Type", type, sizeof(type));
	boundary = strstr(type, "boundary=");
	boundary = boundary ? boundary + strlen("boundary=") : NULL;
	doc_digest_add(whole, body, len);
	doc_digest_add(what, seen->path, strlen(seen->path));
	while (boundary && *boundary) {
		const char *next = memmem(at, len - (size_t)(at - body),
					  boundary, strlen(boundary));

		if (!next)
			break;
		doc_digest_add(what, at, (size_t)(next - at));
		at = next + strlen(boundary);
	}
	doc_digest_add(what, at, len - (size_t)(at - body));
	doc_digest_hex(whole, seen->body);
	doc_digest_hex(what, seen->what);
	doc_digest_free(whole);
	doc_digest_free(what);
}

bool ledger_answered(const struct ledger *ledger, const char *key)
{
	for (size_t i = 0; i < ledger->count; i++)
		if (ledger->list[i].status &&
		    strcmp(ledger->list[i].key, key) == 0)
			return true;
	return false;
}

static bool is_stored(const struct seen *seen)
{
	return seen->upload && seen->status >= 200 && seen->status <= 299 &&
	       !seen->cached;
}

/* Two requests that say something of each other. */
static void compare(struct ledger *ledger, size_t i, size_t j)
{
	const struct seen *first = &ledger->list[i];
	const struct seen *later = &ledger->list[j];
	bool same_key = *first->key && strcmp(first->key, later->key) == 0;
	bool same = *first->what && strcmp(first->what, later->what) == 0;
	int64_t wait_ms = first->fault ? first->fault->wait_ms : 0;
	const char *what = NULL;

	if (same_key && *first->body && *later->body &&
	    strcmp(first->body, later->body) != 0)
		what = "had one key and two bodies";
	else if (same && is_stored(first) && is_stored(later) && !same_key)
		what = "were both stored";
	else if (same && is_stored(first) && *first->key && !same_key)
		what = "were the same, though the first had been stored";
	else if ((same || same_key) && first->answered_ms &&
		 later->at_ms + SLACK_MS < first->answered_ms + wait_ms)
		what = "came too soon one after the other";
	if (what)
		snprintf(ledger->wrong, sizeof(ledger->wrong),
			 "%s: requests %zu (%s) and %zu %s", later->path, i,
			 first->fault ? first->fault->name : "no fault", j,
			 what);
}

/* Uploads that were stored, each counted once under its key. */
static bool is_repeat(const struct ledger *ledger, size_t at)
{
	const struct seen *seen = &ledger->list[at];

	for (size_t i = 0; i < at; i++)
		if (is_stored(&ledger->list[i]) &&
		    strcmp(ledger->list[i].what, seen->what) == 0)
			return true;
	return false;
}

const char *ledger_check(struct ledger *ledger, struct fault_totals *totals)
{
	*ledger->wrong = '\0';
	for (size_t i = 0; i < ledger->count; i++) {
		const struct seen *seen = &ledger->list[i];

		totals->requests++;
		totals->uploads += seen->upload;
		totals->faulted += seen->fault != NULL;
		totals->stored += is_stored(seen) && !is_repeat(ledger, i);
		for (size_t j = i + 1; seen->upload && j < ledger->count; j++)
			if (ledger->list[j].upload)
				compare(ledger, i, j);
	}
	return *ledger->wrong ? ledger->wrong : NULL;
}

const struct seen *ledger_upload(const struct ledger *ledger, size_t i)
{
	for (size_t at = 0; at < ledger->count; at++)
		if (ledger->list[at].upload && !i--)
			return &ledger->list[at];
	return NULL;
}
