/* SPDX-License-Identifier: MIT */
/* The configuration: what it says, and what it says when it is wrong. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/test.h"
#include "tui/config.h"

/* TEXT as a file with MODE; its path, to be unlinked and freed. */
static char *config_file(const char *text, mode_t mode)
{
	char *path = mem_dup("/tmp/kyc-config-XXXXXX");
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
	return path;
}

static const struct mistake {
	const char *name;
	const char *text;
	const char *words[3]; /* all in the sentence */
} mistakes[] = {
	{ "a key with a typo",
	  "[profile a]\nprovider = lumx\nendpont = https://api.lumx.io\n",
	  { "line 3", "'endpont'", "'endpoint'" } },
	{ "a section with a typo",
	  "[porfile a]\nprovider = lumx\n",
	  { "line 2", "porfile", NULL } },
	{ "a top setting with a typo",
	  "defualt = a\n[profile a]\nprovider = lumx\n",
	  { "line 1", "'defualt'", "'default'" } },
	{ "an unknown provider",
	  "[profile a]\nprovider = lumix\n",
	  { "line 2", "'lumix'", NULL } },
	{ "http to somewhere else",
	  "[profile a]\nprovider = lumx\nendpoint = http://api.lumx.io\n",
	  { "line 3", "api.lumx.io", NULL } },
	{ "a secret in the open",
	  "[profile a]\nprovider = lumx\napi_key = abc\n",
	  { "line 3", "api_key_command", NULL } },
	{ "too many transfers",
	  "[profile a]\nprovider = lumx\nparallel = 99\n",
	  { "line 3", "'99'", NULL } },
	{ "no profile", "; nothing\n", { "[profile NAME]", NULL, NULL } },
	{ "a profile without provider",
	  "[profile a]\nparallel = 2\n",
	  { "'a'", "no provider", NULL } },
	{ "neither section nor setting",
	  "[profile a]\nprovider = lumx\nwhat is this\n",
	  { "line 3", NULL, NULL } },
};

static void test_config_mistake(void **state)
{
	const struct mistake *row = *state;
	char *path = config_file(row->text, 0600);
	struct tui_config config = { 0 };
	struct err err = { 0 };

	assert_int_equal(tui_config_read(&config, path, &err), -1);
	assert_int_equal(err.code, ERR_CONFIG);
	for (size_t i = 0; i < 3 && row->words[i]; i++)
		if (!strstr(err.text, row->words[i]))
			fail_msg("'%s' does not say '%s'", err.text,
				 row->words[i]);
	assert_null(strstr(err.text, "= abc"));
	assert_int_equal(config.profile_count, 0);
	unlink(path);
	free(path);
}

static void test_config_reads_profiles(void **state)
{
	char *path = config_file("default = two\noperator = ana\n"
				 "[profile one]\nprovider = lumx\n"
				 "api_key_env = ONE ; where it is\n"
				 "[profile two]\nprovider = lumx\n"
				 "endpoint = http://127.0.0.1:4010\n"
				 "parallel = 7\n[kiosk]\nidle = 60\n",
				 0600);
	struct tui_config config = { 0 };
	const struct tui_profile *profile = NULL;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(tui_config_read(&config, path, &err), 0);
	assert_int_equal(config.profile_count, 2);
	profile = tui_config_profile(&config, NULL, &err);
	assert_string_equal(profile->access.name, "two");
	assert_string_equal(profile->access.endpoint, "http://127.0.0.1:4010");
	assert_int_equal(profile->access.parallel, 7);
	profile = tui_config_profile(&config, "one", &err);
	assert_string_equal(profile->secret.env, "ONE");
	assert_string_equal(profile->access.endpoint,
			    prov_lumx.sandbox_endpoint);
	assert_null(tui_config_profile(&config, "twoo", &err));
	assert_non_null(strstr(err.text, "'two'"));
	tui_config_release(&config);
	unlink(path);
	free(path);
}

static void test_config_refuses_what_others_can_write(void **state)
{
	char *path = config_file("[profile a]\nprovider = lumx\n", 0666);
	struct tui_config config = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(tui_config_read(&config, path, &err), -1);
	assert_non_null(strstr(err.text, "chmod"));
	unlink(path);
	free(path);
}

static const struct source {
	const char *name;
	struct tui_secret from;
	const char *file; /* content of the file to make, or NULL */
	mode_t mode;
	const char *want; /* NULL: refused */
} sources[] = {
	{ "a command",
	  { .command = (char *)"printf 's3cret\\nmore'" },
	  NULL,
	  0,
	  "s3cret" },
	{ "a command that fails",
	  { .command = (char *)"echo s3cret; false" },
	  NULL,
	  0,
	  NULL },
	{ "a command that says nothing",
	  { .command = (char *)"true" },
	  NULL,
	  0,
	  NULL },
	{ "a file", { 0 }, "s3cret\n", 0600, "s3cret" },
	{ "a file that others can read", { 0 }, "s3cret\n", 0644, NULL },
	{ "an empty file", { 0 }, "", 0600, NULL },
	{ "the environment",
	  { .env = (char *)"KYC_TEST_SECRET" },
	  NULL,
	  0,
	  "s3cret" },
	{ "an environment that lacks it",
	  { .env = (char *)"KYC_TEST_NONE" },
	  NULL,
	  0,
	  NULL },
	{ "nowhere", { 0 }, NULL, 0, NULL },
};

static void test_secret_fetch(void **state)
{
	const struct source *row = *state;
	struct tui_profile profile = { .secret = row->from };
	char *path = row->file ? config_file(row->file, row->mode) : NULL;
	struct err err = { 0 };
	char *secret = NULL;

	profile.access.name = (char *)(uintptr_t) "a";
	if (path)
		profile.secret.file = path;
	setenv("KYC_TEST_SECRET", "s3cret", 1);
	secret = tui_secret_fetch(&profile, &err);
	if (row->want) {
		assert_string_equal(secret, row->want);
	} else {
		assert_null(secret);
		assert_int_equal(err.code, ERR_CREDENTIALS);
		assert_null(strstr(err.text, "s3cret"));
	}
	mem_free_private(secret);
	if (path)
		unlink(path);
	free(path);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_config_mistake, mistakes);
	test_add(&tests, "reads profiles", test_config_reads_profiles);
	test_add(&tests, "refuses what others can write",
		 test_config_refuses_what_others_can_write);
	TEST_ROWS(&tests, test_secret_fetch, sources);
	return test_run(&tests, "tui/config");
}
