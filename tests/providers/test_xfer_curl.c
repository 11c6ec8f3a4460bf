/* SPDX-License-Identifier: MIT */
/* libcurl comes when it is needed; what is none does not stay. */
#include "providers/xfer_curl.h"

#include <dlfcn.h>
#include <string.h>

#include "tests/test.h"

/* Part of the C library, and nobody links it any more. */
#define OTHER "libutil.so.1"

static bool is_loaded(const char *name)
{
	void *library = dlopen(name, RTLD_LAZY | RTLD_NOLOAD);

	if (library)
		dlclose(library);
	return library;
}

static const struct lacking {
	const char *name;
	const char *library;
	const char *why;
} lacking[] = {
	{ "not installed", "libcurl-nowhere.so.4", "libcurl-nowhere.so.4" },
	{ "another library", OTHER, "curl_easy_cleanup" },
};

static void test_load_says_what_is_lacking(void **state)
{
	const struct lacking *row = *state;
	struct err err = { 0 };

	assert_int_equal(xfer_curl_load(row->library, &err), -1);
	assert_int_equal(err.code, ERR_CONFIG);
	if (!strstr(err.text, row->why))
		fail_msg("%s", err.text);
	assert_null(xfer_curl.easy_init);
	assert_false(is_loaded(row->library));
}

static void test_load_is_done_once(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(xfer_curl_load(KYC_LIBCURL, &err), 0);
	assert_non_null(xfer_curl.easy_init);
	assert_non_null(xfer_curl.multi_setopt);
	assert_int_equal(xfer_curl_load("libcurl-nowhere.so.4", &err), 0);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_load_says_what_is_lacking, lacking);
	test_add(&tests, "load is done once", test_load_is_done_once);
	return test_run(&tests, "providers/xfer_curl");
}
