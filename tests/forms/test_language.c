/* SPDX-License-Identifier: MIT */
#include "tests/test.h"

#include <locale.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "forms/form.h"

extern char **environ;

/* Run COMMAND in the source tree; what it printed ends in the test's log. */
static int shell(const char *command)
{
	char *argv[] = { (char *)"sh", (char *)"-c", (char *)command, NULL };
	pid_t pid = 0;
	int status = -1;

	assert_int_equal(
		posix_spawn(&pid, "/bin/sh", NULL, NULL, argv, environ), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* What the code says that the catalog lacks, or has only a guess for. */
#define EXTRACT                                                                  \
	"cd \"$KYC_SOURCE\" && find forms providers cases tui -name '*.[ch]' | " \
	"LC_ALL=C sort | xgettext --from-code=UTF-8 --files-from=- "             \
	"--no-location --keyword=_ --keyword=N_ --keyword=P_:1,2 -o - | "

static void test_language_translates_every_string(void **state)
{
	(void)state;
	assert_int_equal(shell(EXTRACT "msgcmp assets/pt_BR.po -"), 0);
}

static void test_language_misses_what_is_new(void **state)
{
	(void)state;
	assert_int_not_equal(
		shell(EXTRACT "{ cat; printf '\\nmsgid \"not said before\"\\n"
			      "msgstr \"\"\\n'; } | "
			      "msgcmp assets/pt_BR.po - 2>/dev/null"),
		0);
}

static const struct meaning {
	const char *name;
	const char *code; /* NULL: none that there is */
} meanings[] = {
	{ "en", "en" },
	{ "en_GB.UTF-8", "en" },
	{ "pt_BR", "pt_BR" },
	{ "pt-BR", "pt_BR" },
	{ "pt", "pt_BR" },
	{ "PT_br.utf8", "pt_BR" },
	{ "pt_PT@euro", "pt_BR" },
	{ "de_DE.UTF-8", NULL },
	{ "", NULL },
	{ "p", NULL },
	{ "ptarmigan", NULL },
	{ "C.UTF-8", NULL },
	{ "../../etc/passwd", NULL },
};

static void test_language_find(void **state)
{
	const struct meaning *row = *state;
	const struct language *found = language_find(row->name);

	if (!row->code)
		assert_null(found);
	else
		assert_string_equal(found->code, row->code);
}

static const struct wish {
	const char *name;
	const char *lc_all, *lang, *list;
	const char *code;
} wishes[] = {
	{ "nothing said", NULL, NULL, NULL, "en" },
	{ "locale", NULL, "pt_BR.UTF-8", NULL, "pt_BR" },
	{ "stronger locale", "en_US.UTF-8", "pt_BR.UTF-8", NULL, "en" },
	{ "list before locale", NULL, "en_US.UTF-8", "pt_BR", "pt_BR" },
	{ "second of the list", NULL, "en_US.UTF-8", "gl:pt", "pt_BR" },
	{ "list of others", NULL, "pt_BR.UTF-8", "de:fr", "pt_BR" },
	{ "scripts", "C", "pt_BR.UTF-8", "pt_BR", "en" },
	{ "empty is unset", "", "pt_BR.UTF-8", "", "pt_BR" },
};

static void put(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

static void test_language_init_follows_the_environment(void **state)
{
	const struct wish *row = *state;
	char *catalogs = test_build_path("assets/locale");

	unsetenv("LC_MESSAGES");
	put("LC_ALL", row->lc_all);
	put("LANG", row->lang);
	put("LANGUAGE", row->list);
	language_init(catalogs);
	assert_string_equal(language_now()->code, row->code);
	assert_string_equal(_("Country"),
			    strcmp(row->code, "en") == 0 ? "Country" : "País");
	free(catalogs);
}

static void test_language_changes_while_running(void **state)
{
	char *catalogs = test_build_path("assets/locale");
	const struct language *first = NULL;

	(void)state;
	put("LC_ALL", "C.UTF-8");
	put("LANGUAGE", NULL);
	language_init(catalogs);
	first = language_now();
	assert_string_equal(_("Country"), "Country");
	assert_string_equal(country_find("DEU")->name, "Germany");
	for (size_t i = 1; i < language_count(); i++) {
		language_set(language_next());
		assert_string_not_equal(_("Country"), "Country");
		assert_string_not_equal(country_find("DEU")->name, "Germany");
	}
	language_set(language_next());
	assert_ptr_equal(language_now(), first);
	assert_string_equal(_("Country"), "Country");
	assert_string_equal(country_find("DEU")->name, "Germany");
	country_unload();
	free(catalogs);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "every string is translated",
		 test_language_translates_every_string);
	test_add(&tests, "a new one would be missed",
		 test_language_misses_what_is_new);
	TEST_ROWS(&tests, test_language_find, meanings);
	TEST_ROWS(&tests, test_language_init_follows_the_environment, wishes);
	test_add(&tests, "changes while running",
		 test_language_changes_while_running);
	return test_run(&tests, "forms/language");
}
