/* SPDX-License-Identifier: MIT */
/* The customers and their files. What a record means is not known here. */
#include "providers/sandbox/world.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/i18n.h"
#include "forms/mem.h"

/* The id of generated customer I: its number is in the last twelve digits. */
#define GENERATED_PREFIX "9e4e0000-0000-4000-8000-"
#define GENERATED_MOST	 ((size_t)100000000)
#define FILE_SUFFIX	 ".json"

struct world {
	const struct world_maker *maker;
	char *folder;
	size_t generated;
	json_t *kept;	/* id -> record: seeds, added, changed generated ones */
	json_t *seeds;	/* ids in their order */
	json_t *added;	/* ids in their order */
	json_t *places; /* id -> its index among the seeds or the added */
	json_t *notes;	/* the counterpart's own */
};

static const char *id_of(const json_t *record)
{
	const char *id = json_string_value(json_object_get(record, "id"));

	return id ? id : "";
}

static bool generated_index(const struct world *world, const char *id,
			    size_t *i)
{
	size_t prefix = sizeof(GENERATED_PREFIX) - 1;

	if (strncmp(id, GENERATED_PREFIX, prefix))
		return false;
	*i = strtoull(id + prefix, NULL, 16);
	return *i < world->generated;
}

static size_t seed_count(const struct world *world)
{
	return json_array_size(world->seeds);
}

size_t world_count(const struct world *world)
{
	return seed_count(world) + world->generated +
	       json_array_size(world->added);
}

bool world_position(const struct world *world, const char *id, size_t *at)
{
	json_t *place = json_object_get(world->places, id);
	json_t *seed;

	if (!place) {
		if (!generated_index(world, id, at))
			return false;
		*at += seed_count(world);
		return true;
	}
	*at = (size_t)json_integer_value(place);
	seed = json_array_get(world->seeds, *at);
	if (!seed || strcmp(json_string_value(seed), id))
		*at += seed_count(world) + world->generated;
	return true;
}

void world_id_at(const struct world *world, size_t at, char id[UUID_SIZE])
{
	size_t seeds = seed_count(world);
	json_t *list = world->seeds;

	if (at >= seeds && at < seeds + world->generated) {
		snprintf(id, UUID_SIZE, GENERATED_PREFIX "%012zx",
			 (at - seeds) & 0xffffffffffff);
		return;
	}
	if (at >= seeds) {
		list = world->added;
		at -= seeds + world->generated;
	}
	snprintf(id, UUID_SIZE, "%s",
		 json_string_value(json_array_get(list, at)));
}

json_t *world_notes(const struct world *world)
{
	return world->notes;
}

json_t *world_find(const struct world *world, const char *id)
{
	json_t *record = json_object_get(world->kept, id);
	size_t i;

	if (record)
		return json_incref(record);
	if (!generated_index(world, id, &i))
		return NULL;
	return world->maker->generate(i, id);
}

json_t *world_pick(const struct world *world,
		   bool (*fits)(const json_t *record, const void *arg),
		   const void *arg)
{
	const char *id;
	json_t *record;

	json_object_foreach(
		world->kept, id,
		record) if (fits(record, arg)) return json_incref(record);
	return NULL;
}

bool world_any(const struct world *world,
	       bool (*fits)(const json_t *record, const void *arg),
	       const void *arg)
{
	json_t *record = world_pick(world, fits, arg);
	bool any = record != NULL;

	json_decref(record);
	return any;
}

/* Replace the file of RECORD whole: nobody ever sees half of it. */
static int save(const struct world *world, const json_t *record,
		struct err *err)
{
	char *path = NULL, *temporary = NULL;
	int fd = -1, ret = -1;

	if (!world->folder)
		return 0;
	path = mem_printf("%s/%s" FILE_SUFFIX, world->folder, id_of(record));
	temporary = mem_printf("%s.new", path);
	fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || json_dumpfd(record, fd, JSON_INDENT(2)) ||
	    write(fd, "\n", 1) != 1 || rename(temporary, path)) {
		err_set(err, ERR_STORE, _("cannot write '%s': %s"), path,
			strerror(errno));
		goto out;
	}
	ret = 0;
out:
	if (fd >= 0)
		close(fd);
	free(temporary);
	free(path);
	return ret;
}

int world_keep(struct world *world, json_t *record, struct err *err)
{
	json_object_set(world->kept, id_of(record), record);
	return save(world, record, err);
}

/* Put RECORD at the end of LIST. */
static void place(struct world *world, json_t *list, json_t *record)
{
	size_t at = json_array_size(list);

	json_object_set_new(world->places, id_of(record),
			    json_integer((json_int_t)at));
	json_array_append_new(list, json_string(id_of(record)));
	json_object_set(world->kept, id_of(record), record);
}

int world_add(struct world *world, json_t *record, struct err *err)
{
	size_t at = json_array_size(world->added);

	json_object_set_new(record, "order", json_integer((json_int_t)at));
	place(world, world->added, record);
	return save(world, record, err);
}

static int seed_from_file(struct world *world, const char *path,
			  struct err *err)
{
	json_error_t why;
	json_t *list = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
	json_t *shape;
	size_t i;
	int ret = -1;

	if (!json_is_array(list)) {
		err_set(err, ERR_CONFIG, _("cannot read '%s' (line %d): %s"),
			path, list ? 1 : why.line,
			list ? _("it must be a list of customers") : why.text);
		goto out;
	}
	json_array_foreach(list, i, shape)
	{
		json_t *record = world->maker->adopt(shape, err);

		if (record && json_object_get(world->kept, id_of(record))) {
			err_set(err, ERR_CONFIG, _("id '%s' appears twice"),
				id_of(record));
			json_decref(record);
			record = NULL;
		}
		if (!record) {
			err_prefix(err, "'%s', customer %zu", path, i + 1);
			goto out;
		}
		place(world, world->seeds, record);
		json_decref(record);
	}
	ret = 0;
out:
	json_decref(list);
	return ret;
}

static void seed_from_maker(struct world *world)
{
	size_t i;

	for (i = 0; i < world->maker->seeds; i++) {
		json_t *record = world->maker->seed(i);

		place(world, world->seeds, record);
		json_decref(record);
	}
}

/* The record in file NAME of the folder; NULL without ERR: not a record. */
static json_t *load_one(const struct world *world, const char *name,
			struct err *err)
{
	char id[UUID_SIZE] = "", *path;
	size_t len = strlen(name);
	json_error_t why;
	json_t *record;

	if (len != UUID_SIZE - 1 + sizeof(FILE_SUFFIX) - 1 ||
	    strcmp(name + UUID_SIZE - 1, FILE_SUFFIX))
		return NULL;
	memcpy(id, name, UUID_SIZE - 1);
	if (!uuid_read(id, id))
		return NULL;
	path = mem_printf("%s/%s", world->folder, name);
	record = json_load_file(path, 0, &why);
	if (!record) {
		err_set(err, ERR_STORE, _("cannot read '%s': %s"), path,
			why.text);
	} else if (strcmp(id_of(record), id)) {
		err_set(err, ERR_STORE, _("'%s' holds somebody else"), path);
		json_decref(record);
		record = NULL;
	}
	free(path);
	return record;
}

static int by_order(const void *a, const void *b)
{
	json_int_t x = json_integer_value(
		json_object_get(*(json_t *const *)a, "order"));
	json_int_t y = json_integer_value(
		json_object_get(*(json_t *const *)b, "order"));

	return (x > y) - (x < y);
}

/* A record that was read: over its seed, or waiting for its place in order. */
static void sort_in(struct world *world, json_t *record, json_t ***fresh,
		    size_t *count)
{
	size_t i;

	if (json_object_get(world->places, id_of(record)) ||
	    generated_index(world, id_of(record), &i)) {
		json_object_set_new(world->kept, id_of(record), record);
		return;
	}
	*fresh = mem_grow(*fresh, *count, sizeof(**fresh));
	(*fresh)[(*count)++] = record;
}

static int load(struct world *world, struct err *err)
{
	DIR *folder = opendir(world->folder);
	struct err failed = { 0 };
	json_t **fresh = NULL;
	struct dirent *entry;
	size_t count = 0, i;

	if (!folder)
		return err_set(err, ERR_STORE, _("cannot read '%s': %s"),
			       world->folder, strerror(errno));
	while (!failed.code && (entry = readdir(folder))) {
		json_t *record = load_one(world, entry->d_name, &failed);

		if (record)
			sort_in(world, record, &fresh, &count);
	}
	closedir(folder);
	if (count)
		qsort(fresh, count, sizeof(*fresh), by_order);
	for (i = 0; i < count; i++) {
		place(world, world->added, fresh[i]);
		json_decref(fresh[i]);
	}
	free(fresh);
	return failed.code ? err_set(err, failed.code, "%s", failed.text) : 0;
}

static int make_folder(const char *path, struct err *err)
{
	if (!mkdir(path, 0700) || errno == EEXIST)
		return 0;
	return err_set(err, ERR_STORE, _("cannot make '%s': %s"), path,
		       strerror(errno));
}

struct world *world_new(const struct world_maker *maker, const char *name,
			const struct world_plan *plan, struct err *err)
{
	struct world *world = mem_alloc(sizeof(*world));

	world->maker = maker;
	world->generated = plan->generated < GENERATED_MOST ? plan->generated
							    : GENERATED_MOST;
	world->kept = json_object();
	world->seeds = json_array();
	world->added = json_array();
	world->places = json_object();
	world->notes = json_object();
	if (!plan->seed_file)
		seed_from_maker(world);
	else if (seed_from_file(world, plan->seed_file, err))
		goto failed;
	if (!plan->folder)
		return world;

	world->folder = mem_printf("%s/%s", plan->folder, name);
	if (make_folder(plan->folder, err) || make_folder(world->folder, err) ||
	    load(world, err))
		goto failed;
	return world;
failed:
	world_free(world);
	return NULL;
}

void world_free(struct world *world)
{
	if (!world)
		return;
	json_decref(world->kept);
	json_decref(world->seeds);
	json_decref(world->added);
	json_decref(world->places);
	json_decref(world->notes);
	free(world->folder);
	free(world);
}

const char *world_folder(const struct world *world)
{
	return world->folder;
}
