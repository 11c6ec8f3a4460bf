/* SPDX-License-Identifier: MIT */
/* The program, a bad line, and the practice server at its other end. */
#include "tests/faults/rig.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/buf.h"
#include "forms/mem.h"
#include "tests/test.h"

#define CHECK_ORDER "verify_asan_link_order=0"

/* Before whatever is started from now on, the clock. */
static void load_clock(struct rig *rig)
{
	char *program = test_build_path("tests/faults/preload.so");
	char *memory = test_build_path("tests/faults/memory.so");
	char *both = mem_printf("%s:%s", program, memory);
	const char *sanitizer = getenv("ASAN_OPTIONS");
	char path[] = "/tmp/kyc-clock-XXXXXX";
	char *options = NULL;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	rig->clock_path = mem_dup(path);
	rig->clock = fault_clock_new(path);
	assert_non_null(rig->clock);
	assert_int_equal(access(program, R_OK), 0);
#ifdef KYC_SANITIZERS
	setenv("LD_PRELOAD", program, 1);
#else
	setenv("LD_PRELOAD", both, 1);
#endif
	setenv(FAULT_CLOCK_FILE, path, 1);
	if (!sanitizer || !strstr(sanitizer, CHECK_ORDER)) {
		options = mem_printf("%s%s" CHECK_ORDER,
				     sanitizer ? sanitizer : "",
				     sanitizer ? ":" : "");
		setenv("ASAN_OPTIONS", options, 1);
	}
	free(options);
	free(both);
	free(memory);
	free(program);
}

/* The profile goes to the bad line instead. */
static void put_between(struct rig *rig)
{
	struct practice *practice = &rig->practice;
	char *end = strrchr(practice->endpoint, ':') + 1;
	char old[sizeof(practice->endpoint)];
	char text[1024] = "";
	char *at = NULL;
	char *config = NULL;
	FILE *file = fopen(practice->config, "r");

	assert_non_null(file);
	assert_true(fread(text, 1, sizeof(text) - 1, file) > 0);
	fclose(file);
	snprintf(old, sizeof(old), "%s", practice->endpoint);
	at = strstr(text, old);
	assert_non_null(at);
	snprintf(end, sizeof(old) - (size_t)(end - practice->endpoint), "%u%s",
		 fault_server_port(rig->server), practice->server.base);
	config = mem_printf("%.*s%s%s", (int)(at - text), text,
			    practice->endpoint, at + strlen(old));
	free(practice_file(practice, "config", config));
	free(config);
}

void rig_open(struct rig *rig, const char *provider, const char *options)
{
	*rig = (struct rig){ 0 };
	load_clock(rig);
	practice_start_for(&rig->practice, provider, options);
	rig->server = fault_server_new(rig->practice.server.port, rig->clock);
	put_between(rig);
}

void rig_close(struct rig *rig)
{
	fault_server_free(rig->server);
	if (rig->practice.dir)
		practice_stop(&rig->practice);
	fault_clock_free(rig->clock);
	if (rig->clock_path)
		unlink(rig->clock_path);
	free(rig->clock_path);
	unsetenv("LD_PRELOAD");
	unsetenv(FAULT_CLOCK_FILE);
	unsetenv(FAULT_FAIL);
	*rig = (struct rig){ 0 };
}

void rig_fail(struct rig *rig, const char *failure)
{
	rig->clock->calls = 0;
	rig->clock->fired = 0;
	if (failure)
		setenv(FAULT_FAIL, failure, 1);
	else
		unsetenv(FAULT_FAIL);
}

static const char *text_of(json_t *document, const char *key)
{
	const char *text = json_string_value(json_object_get(document, key));

	return text ? text : "";
}

static bool same(json_t *a, json_t *b)
{
	static const char *const keys[] = { "sha256", "type", "side", "party",
					    "owner" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (strcmp(text_of(a, keys[i]), text_of(b, keys[i])) != 0)
			return false;
	return true;
}

static size_t documents_in(const char *path)
{
	json_t *record = json_load_file(path, 0, NULL);
	json_t *list = json_object_get(record, "documents");
	size_t count = json_array_size(list);
	bool twice = false;

	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++)
			twice = twice || same(json_array_get(list, i),
					      json_array_get(list, j));
	json_decref(record);
	if (twice)
		fail_msg("%s has a document twice", path);
	return count;
}

size_t rig_documents(const struct rig *rig)
{
	char *folder = mem_printf("%s/server/%s", rig->practice.dir,
				  rig->practice.provider);
	DIR *dir = opendir(folder);
	struct dirent *entry = NULL;
	size_t count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		char *path = mem_printf("%s/%s", folder, entry->d_name);

		if (strchr(entry->d_name, '.') != entry->d_name)
			count += documents_in(path);
		free(path);
	}
	closedir(dir);
	free(folder);
	return count;
}

void rig_expect(const struct practice_run *run, int status, const char *words)
{
	if (run->status == status &&
	    (!words || strstr(run->out, words) || strstr(run->err, words)))
		return;
	fail_msg("exit status %d, wanted %d and '%s'\nout: %s\nerr: %s",
		 run->status, status, words ? words : "", run->out, run->err);
}
