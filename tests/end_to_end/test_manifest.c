/* SPDX-License-Identifier: MIT */
/* Manifests that somebody made by hand, or by a broken script: nothing of them
 * is passed over, nothing of them reaches the terminal as it is. */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/practice.h"
#include "tests/test.h"

/* Information is in, documents are wanted. */
#define INFORMED "5eed0000-0000-4000-8000-000000000010"

static struct practice practice;

static int set_up(void **state)
{
	(void)state;
	practice_start(&practice, "--review-seconds 1");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	practice_stop(&practice);
	return 0;
}

/* What stands behind a line that would be accepted. */
static const struct strange {
	const char *name;
	const char *more;
	const char *code, *field;
} strange[] = {
	{ "a party that is a number", ",\"party\":7", "value_unusable",
	  "party" },
	{ "a party that is misspelt", ",\"partyy\":\"x\"", "key_unknown",
	  "partyy" },
	{ "a side that is a number", ",\"side\":1", "value_unusable", "side" },
	{ "fields that are a list", ",\"fields\":[1]", "value_unusable",
	  "fields" },
	{ "a field that is a number", ",\"fields\":{\"a\":1}", "value_unusable",
	  "a" },
	{ "information too", ",\"info\":{}", "value_unusable", "file" },
	{ "a side that is no text", ",\"side\":\"\xff\xfe\"", "line_unreadable",
	  NULL },
};

static char *line_with(const char *more)
{
	char *sample = practice_sample("selfie.jpg");
	char *line = mem_printf("{\"customer\":\"" INFORMED
				"\",\"type\":\"SELFIE\",\"country\":\"BRA\","
				"\"file\":\"%s\"%s}\n",
				sample, more);

	free(sample);
	return line;
}

static void test_batch_passes_nothing_over(void **state)
{
	const struct strange *row = *state;
	char *line = line_with(row->more);
	char *manifest = practice_file(&practice, "manifest.jsonl", line);
	struct practice_run run = KYC(&practice, "batch", "--json", manifest);
	json_t *result = NULL, *error = NULL;

	practice_expect(&run, 3);
	result = json_loads(run.out, 0, NULL);
	error = json_object_get(result, "error");
	assert_string_equal(json_string_value(json_object_get(error, "code")),
			    row->code);
	if (row->field)
		assert_string_equal(
			json_string_value(json_object_get(error, "field")),
			row->field);
	assert_int_equal(practice_documents(&practice, INFORMED), 0);
	json_decref(result);
	practice_run_release(&run);
	free(manifest);
	free(line);
}

/* Whoever reads text alone would end at it, and say that all is well. */
static void test_batch_takes_no_zero_bytes(void **state)
{
	char *line = line_with("");
	char *manifest = practice_file(&practice, "manifest.jsonl", line);
	int fd = open(manifest, O_WRONLY | O_CLOEXEC);
	struct practice_run run = { 0 };

	(void)state;
	assert_int_equal(pwrite(fd, "", 1, 0), 1);
	close(fd);
	run = KYC(&practice, "batch", "--json", manifest);
	practice_expect(&run, 3);
	assert_non_null(strstr(run.err, "manifest.jsonl"));
	practice_run_release(&run);
	free(manifest);
	free(line);
}

/* As editors on other systems begin a file. */
static void test_batch_passes_a_mark_over(void **state)
{
	char *line = line_with("");
	char *marked = mem_printf("\xef\xbb\xbf%s", line);
	char *manifest = practice_file(&practice, "manifest.jsonl", marked);
	struct practice_run run = KYC(&practice, "batch", "--json", manifest);

	(void)state;
	practice_expect(&run, 0);
	assert_int_equal(practice_documents(&practice, INFORMED), 1);
	practice_run_release(&run);
	free(manifest);
	free(marked);
	free(line);
}

static void test_batch_tames_what_it_repeats(void **state)
{
	char *manifest = practice_file(
		&practice, "manifest.jsonl",
		"{\"customer\":\"a\\u001b]0;b\\u0007\\nc\",\"type\":"
		"\"\\u001b[2J\",\"party\":\"\\u009b\",\"file\":\"x\"}\n");
	struct practice_run run = KYC(&practice, "batch", manifest);

	(void)state;
	practice_expect(&run, 3);
	assert_null(strpbrk(run.out, "\033\a"));
	assert_null(strstr(run.out, "\xc2\x9b"));
	assert_ptr_equal(strchr(run.out, '\n'), strrchr(run.out, '\n'));
	assert_null(strpbrk(run.err, "\033\a"));
	practice_run_release(&run);
	free(manifest);
}

/* The first lines are refused while most are still to be looked at. */
static void test_batch_is_interrupted_while_it_looks(void **state)
{
	char *line = line_with(",\"side\":\"none\"");
	struct buf text = { 0 };
	const char *words[] = { "batch", "--quiet", NULL, NULL };
	char piece[4096];
	int status = 0;
	int ends[2];
	pid_t pid;

	(void)state;
	for (int i = 0; i < 20000; i++)
		buf_add_text(&text, line);
	words[2] = practice_file(&practice, "manifest.jsonl", buf_text(&text));
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	pid = practice_kyc_start(&practice, words, ends[1]);
	close(ends[1]);
	assert_true(read(ends[0], piece, 1) == 1);
	kill(pid, SIGINT);
	while (read(ends[0], piece, sizeof(piece)) > 0)
		;
	close(ends[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 130);
	free((char *)(uintptr_t)words[2]);
	buf_release(&text);
	free(line);
}

/* Nobody writes it, and whoever waits gives up. */
static void test_batch_is_interrupted_while_it_reads(void **state)
{
	char *manifest = mem_printf("%s/typed", practice.dir);
	const char *const words[] = { "batch", manifest, NULL };
	int status = 0;
	int fd;
	pid_t pid;

	(void)state;
	assert_int_equal(mkfifo(manifest, 0600), 0);
	fd = open(manifest, O_RDWR | O_CLOEXEC);
	assert_true(fd >= 0);
	pid = practice_kyc_start(&practice, words, -1);
	/* The first ones may come before it listens. */
	for (int i = 0; !waitpid(pid, &status, WNOHANG); i++) {
		if (i == 500) {
			kill(pid, SIGKILL);
			fail_msg("it does not end");
		}
		poll(NULL, 0, 20);
		kill(pid, SIGINT);
	}
	close(fd);
	if (WIFEXITED(status))
		assert_int_equal(WEXITSTATUS(status), 130);
	else
		assert_int_equal(WTERMSIG(status), SIGINT);
	free(manifest);
}

/* A result is one even when its words are no text. */
static void test_upload_says_what_was_no_text(void **state)
{
	char *sample = practice_sample("selfie.jpg");
	struct practice_run run =
		KYC(&practice, "upload", "--json", "-c", INFORMED, "-t", "\xff",
		    "-P", "\xfe", sample);
	json_t *result = json_loads(run.out, 0, NULL);

	(void)state;
	practice_expect(&run, 3);
	assert_string_equal(json_string_value(json_object_get(result, "type")),
			    "\xef\xbf\xbd");
	assert_string_equal(json_string_value(json_object_get(result, "state")),
			    "refused");
	json_decref(result);
	practice_run_release(&run);
	free(sample);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_batch_passes_nothing_over, strange);
	test_add(&tests, "batch takes no zero bytes",
		 test_batch_takes_no_zero_bytes);
	test_add(&tests, "batch passes a mark over",
		 test_batch_passes_a_mark_over);
	test_add(&tests, "batch tames what it repeats",
		 test_batch_tames_what_it_repeats);
	test_add(&tests, "batch is interrupted while it looks",
		 test_batch_is_interrupted_while_it_looks);
	test_add(&tests, "batch is interrupted while it reads",
		 test_batch_is_interrupted_while_it_reads);
	test_add(&tests, "upload says what was no text",
		 test_upload_says_what_was_no_text);
	for (size_t i = 0; i < tests.count; i++) {
		tests.tests[i].setup_func = set_up;
		tests.tests[i].teardown_func = tear_down;
	}
	return test_run(&tests, "end_to_end/manifest");
}
