/* SPDX-License-Identifier: MIT */
/* Answers by key; with a file, one JSON object a line, the newest last. */
#include "providers/sandbox/replay.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <unistd.h>

#include "forms/i18n.h"
#include "forms/mem.h"

/* At this many keys the expired ones are thrown out. */
#define KEYS_CROWDED 100000

struct replay {
	json_t *answers; /* key -> {key, digest, at, status, type, body} */
	json_t *busy;	 /* keys */
	FILE *file;
};

static bool fresh(const json_t *kept, int64_t now)
{
	int64_t at = json_integer_value(json_object_get(kept, "at"));

	return at <= now && now - at < REPLAY_LIFE_MS;
}

static bool sound(const json_t *kept)
{
	return json_is_string(json_object_get(kept, "key")) &&
	       json_is_string(json_object_get(kept, "digest")) &&
	       json_is_integer(json_object_get(kept, "status"));
}

static void load(struct replay *replay, FILE *file, int64_t now)
{
	char *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, file) > 0) {
		/* The last line may be torn; it was never answered then. */
		json_t *kept = json_loads(line, 0, NULL);

		if (sound(kept) && fresh(kept, now))
			json_object_set(
				replay->answers,
				json_string_value(json_object_get(kept, "key")),
				kept);
		json_decref(kept);
	}
	free(line);
}

/* The file begins anew with what is still worth keeping. */
static int rewrite(struct replay *replay, const char *path, struct err *err)
{
	char *temporary = mem_printf("%s.new", path);
	const char *key;
	json_t *kept;
	int fd =
		open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int ret = -1;

	replay->file = fd < 0 ? NULL : fdopen(fd, "w");
	if (!replay->file) {
		err_set(err, ERR_STORE, _("cannot write '%s': %s"), temporary,
			strerror(errno));
		if (fd >= 0)
			close(fd);
		free(temporary);
		return -1;
	}
	json_object_foreach(replay->answers, key, kept)
	{
		json_dumpf(kept, replay->file, JSON_COMPACT);
		fputc('\n', replay->file);
	}
	if (!fflush(replay->file) && !rename(temporary, path))
		ret = 0;
	else
		err_set(err, ERR_STORE, _("cannot write '%s': %s"), path,
			strerror(errno));
	free(temporary);
	return ret;
}

struct replay *replay_new(const char *path, int64_t now, struct err *err)
{
	struct replay *replay = mem_alloc(sizeof(*replay));
	FILE *file;

	replay->answers = json_object();
	replay->busy = json_object();
	if (!path)
		return replay;
	file = fopen(path, "re");
	if (file) {
		load(replay, file, now);
		fclose(file);
	}
	if (rewrite(replay, path, err)) {
		replay_free(replay);
		return NULL;
	}
	return replay;
}

void replay_free(struct replay *replay)
{
	if (!replay)
		return;
	json_decref(replay->answers);
	json_decref(replay->busy);
	if (replay->file)
		fclose(replay->file);
	free(replay);
}

bool replay_begin(struct replay *replay, const char *key)
{
	if (json_object_get(replay->busy, key))
		return false;
	json_object_set_new(replay->busy, key, json_true());
	return true;
}

void replay_end(struct replay *replay, const char *key)
{
	json_object_del(replay->busy, key);
}

bool replay_find(const struct replay *replay, const char *key, int64_t now,
		 struct replay_answer *answer)
{
	const json_t *kept = json_object_get(replay->answers, key);

	if (!kept || !fresh(kept, now))
		return false;
	answer->digest = json_string_value(json_object_get(kept, "digest"));
	answer->status =
		(int)json_integer_value(json_object_get(kept, "status"));
	answer->type = json_string_value(json_object_get(kept, "type"));
	answer->body = json_string_value(json_object_get(kept, "body"));
	answer->location = json_string_value(json_object_get(kept, "location"));
	return true;
}

static void throw_out(struct replay *replay, int64_t now)
{
	const char *key;
	json_t *kept;
	void *next;

	if (json_object_size(replay->answers) % KEYS_CROWDED)
		return;
	json_object_foreach_safe(replay->answers, next, key,
				 kept) if (!fresh(kept, now))
		json_object_del(replay->answers, key);
}

void replay_keep(struct replay *replay, const char *key, int64_t now,
		 const struct replay_answer *answer)
{
	struct replay_answer old;
	json_t *kept;

	if (replay_find(replay, key, now, &old))
		return;
	throw_out(replay, now);
	kept = json_pack("{ss ss sI si ss* ss* ss*}", "key", key, "digest",
			 answer->digest, "at", (json_int_t)now, "status",
			 answer->status, "type", answer->type, "body",
			 answer->body, "location", answer->location);
	if (!kept)
		return;
	if (replay->file) {
		json_dumpf(kept, replay->file, JSON_COMPACT);
		fputc('\n', replay->file);
		fflush(replay->file);
	}
	json_object_set_new(replay->answers, key, kept);
}
