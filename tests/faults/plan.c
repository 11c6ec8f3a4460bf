/* SPDX-License-Identifier: MIT */
/* Which requests go wrong, and what is kept under their keys. */
#include "tests/faults/line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/mem.h"

static unsigned mix(unsigned seed, const char *text, unsigned times)
{
	uint32_t hash = 2166136261u ^ seed * 2654435761u;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619u;
	hash = (hash ^ times) * 16777619u;
	hash ^= hash >> 15;
	hash *= 2246822519u;
	hash ^= hash >> 13;
	return hash;
}

static unsigned count_try(struct fault_server *server, const char *path)
{
	for (size_t i = 0; i < server->tried_count; i++)
		if (strcmp(server->tried[i].path, path) == 0)
			return ++server->tried[i].times;
	server->tried = mem_grow(server->tried, server->tried_count,
				 sizeof(*server->tried));
	server->tried[server->tried_count++] =
		(struct tried){ .path = mem_dup(path) };
	return 0;
}

/* Which fault a request gets; its line tells. */
const struct fault *plan_choose(struct fault_server *server,
				const struct seen *entry)
{
	unsigned dice;

	if (entry->upload && server->turn < server->script_count)
		return &server->script[server->turn++];
	if (!server->percent)
		return NULL;
	dice = mix(server->seed, entry->path, count_try(server, entry->path));
	if (dice % 100 >= server->percent)
		return NULL;
	return &server->chance[dice / 100 % server->chance_count];
}

/* What the provider keeps under this key, if it was told to. */
const struct fault *plan_kept(struct fault_server *server, const char *key)
{
	for (struct kept *kept = server->kept; kept; kept = kept->next)
		if (*key && strcmp(kept->key, key) == 0)
			return kept->fault;
	return NULL;
}

/* Unless it holds the provider's own answer by now: then this one came from
 * somebody in between. */
void plan_keep(struct fault_server *server, const char *key,
	       const struct fault *fault)
{
	struct kept *kept = NULL;

	if (ledger_answered(&server->ledger, key) && !fault->stores)
		return;
	kept = mem_alloc(sizeof(*kept));

	snprintf(kept->key, sizeof(kept->key), "%s", key);
	kept->fault = fault;
	kept->next = server->kept;
	server->kept = kept;
}

void plan_release(struct fault_server *server)
{
	while (server->kept) {
		struct kept *next = server->kept->next;

		free(server->kept);
		server->kept = next;
	}
	for (size_t i = 0; i < server->tried_count; i++)
		free(server->tried[i].path);
	free(server->tried);
}
