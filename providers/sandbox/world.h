/* SPDX-License-Identifier: MIT */
/*
 * The customers of a practice server, in a fixed order: the seeds, then the
 * generated ones, then those that were added. A customer is a JSON record
 * whose "id" is a UUID in lower case; the rest of it is the provider's
 * counterpart's business. A generated customer takes no memory until it is
 * changed, so a million of them is fine.
 *
 * With a folder, every changed record is a file there, replaced whole; a
 * program that is killed at any moment finds each record as it was before
 * or after the change.
 */
#ifndef SANDBOX_WORLD_H
#define SANDBOX_WORLD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "forms/err.h"
#include "providers/sandbox/ids.h"

/* Where a provider's customers come from. All return new references. */
struct world_maker {
	size_t seeds;
	json_t *(*seed)(size_t i);
	json_t *(*generate)(size_t i, const char *id);
	/* A customer of a seed file; NULL and ERR when it makes no sense. */
	json_t *(*adopt)(const json_t *shape, struct err *err);
};

struct world_plan {
	const char *folder;    /* NULL: memory only. Made when missing */
	const char *seed_file; /* NULL: the maker's own seeds */
	size_t generated;
};

struct world;

/* MAKER must stay; PLAN is copied. NULL and ERR: folder or seeds are bad. */
struct world *world_new(const struct world_maker *maker, const char *name,
			const struct world_plan *plan, struct err *err);
void world_free(struct world *world);

/* DIR/NAME when there is a folder, else NULL. */
const char *world_folder(const struct world *world);

/* Customers in the order of the list: how many, where ID is (false: nobody),
 * and who is at AT, below the count. */
size_t world_count(const struct world *world);
bool world_position(const struct world *world, const char *id, size_t *at);
void world_id_at(const struct world *world, size_t at, char id[UUID_SIZE]);

/* What the provider's counterpart notes down for itself, in memory alone: an
 * object that is empty at first. Borrowed. */
json_t *world_notes(const struct world *world);

/* A new reference, or NULL when nobody has this id. */
json_t *world_find(const struct world *world, const char *id);

/* Is there a record (generated and unchanged ones left out) that fits? */
bool world_any(const struct world *world,
	       bool (*fits)(const json_t *record, const void *arg),
	       const void *arg);

/* The first such record: a new reference, or NULL. */
json_t *world_pick(const struct world *world,
		   bool (*fits)(const json_t *record, const void *arg),
		   const void *arg);

/* RECORD was changed, or is new and goes to the end. The reference stays the
 * caller's; -1 and ERR: it is in memory, but not on the disk. */
int world_keep(struct world *world, json_t *record,
	       struct err *err) ERR_CHECKED;
int world_add(struct world *world, json_t *record, struct err *err) ERR_CHECKED;

#endif
