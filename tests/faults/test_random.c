/* SPDX-License-Identifier: MIT */
/*
 * A batch over a line on which four requests of ten go wrong, always the same
 * ones for the same seed: in the end each document is there once, and a line
 * of each says so. KYC_FAULTS_ITEMS makes it longer, KYC_FAULTS_SEED another.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/faults/rig.h"
#include "tests/test.h"

#define ITEMS	  60
#define PERCENT	  40
#define RUNS_MOST 10
#define RUN_MS	  300000 /* only a broken program needs them */

#define HEAD(status)  "HTTP/1.1 " status " X\r\n"
#define EMPTY(status) HEAD(status) "Content-Length: 0\r\n\r\n"

/* KEEPS: whether failures are what a key holds from then on. */
#define FAULTS(does)                                                         \
	{ .name = "reset unread",                                            \
	  .when = FAULT_BEFORE_HEAD,                                         \
	  .end = FAULT_RESET },                                              \
		{ .name = "reset in the body",                               \
		  .when = FAULT_IN_BODY,                                     \
		  .bytes = 5000,                                             \
		  .end = FAULT_RESET },                                      \
		{ .name = "reset", .end = FAULT_RESET },                     \
		{ .name = "reset, stored",                                   \
		  .stores = true,                                            \
		  .end = FAULT_RESET },                                      \
		{ .name = "closed unread",                                   \
		  .when = FAULT_BEFORE_HEAD,                                 \
		  .end = FAULT_CLOSE },                                      \
		{ .name = "closed, stored",                                  \
		  .stores = true,                                            \
		  .end = FAULT_CLOSE },                                      \
		{ .name = "stalled, stored",                                 \
		  .stores = true,                                            \
		  .end = FAULT_STALL },                                      \
		{ .name = "half a line, stored",                             \
		  .stores = true,                                            \
		  .answers = true,                                           \
		  .cut = 9,                                                  \
		  .end = FAULT_CLOSE },                                      \
		{ .name = "half a head, stored",                             \
		  .stores = true,                                            \
		  .answers = true,                                           \
		  .cut = 30,                                                 \
		  .end = FAULT_CLOSE },                                      \
		{ .name = "not HTTP, stored",                                \
		  .stores = true,                                            \
		  .say = "well done\n",                                      \
		  .end = FAULT_CLOSE },                                      \
		{ .name = "page, stored",                                    \
		  .stores = true,                                            \
		  .say = HEAD("200") "Content-Type: text/html\r\n"           \
				     "Content-Length: 6\r\n\r\n<html>" },    \
		{ .name = "100 and nothing, stored",                         \
		  .stores = true,                                            \
		  .say = HEAD("100") "\r\n",                                 \
		  .end = FAULT_CLOSE },                                      \
		{ .name = "204 too early",                                   \
		  .when = FAULT_IN_BODY,                                     \
		  .bytes = 100,                                              \
		  .say = EMPTY("204"),                                       \
		  .end = FAULT_CLOSE },                                      \
		{ .name = "elsewhere",                                       \
		  .say = HEAD("307") "Location: http://127.0.0.1:OTHER/\r\n" \
				     "Content-Length: 0\r\n\r\n" },          \
		{ .name = "429",                                             \
		  .keeps = (does),                                           \
		  .say = HEAD("429") "Retry-After: 2\r\n"                    \
				     "Content-Length: 0\r\n\r\n",            \
		  .wait_ms = 2000 },                                         \
		{ .name = "503",                                             \
		  .keeps = (does),                                           \
		  .say = HEAD("503") "Content-Length: 0\r\n\r\n" },          \
	{                                                                    \
		.name = "500", .keeps = (does), .say = EMPTY("500")          \
	}

/* Not in it: 500 after a document was stored, with that under the key. Nothing
 * but what the customer lacks could tell then, and a batch does not know what
 * it lacked before: each would stay unsure, for the operator. */
static const struct fault kept[] = { FAULTS(true) };
static const struct fault forgotten[] = {
	FAULTS(false),
	{ .name = "500, stored", .stores = true, .say = EMPTY("500") },
};

#define COUNTED(table) table, sizeof(table) / sizeof(*(table))

static const struct stretch {
	const char *name;
	const char *provider;
	const struct fault *faults;
	size_t fault_count;
	unsigned seed;
	unsigned first;	  /* of seven invented customers, who takes documents */
	const char *slot; /* of the manifest */
	const char *sample;
} stretches[] = {
	{ "with keys", "lumx", COUNTED(kept), 1, 2,
	  "\"type\":\"PASSPORT\",\"side\":\"front\",\"country\":\"BRA\"",
	  "drivers-license-front.jpg" },
	{ "with keys, otherwise", "lumx", COUNTED(kept), 20, 2,
	  "\"type\":\"SELFIE\",\"country\":\"BRA\"", "selfie.jpg" },
	{ "asked first", "dwolla", COUNTED(forgotten), 1, 1,
	  "\"type\":\"passport\"", "drivers-license-front.jpg" },
	{ "asked first, otherwise", "dwolla", COUNTED(forgotten), 20, 1,
	  "\"type\":\"license\"", "drivers-license-front.jpg" },
};

static struct rig rig;

static unsigned number_in(const char *variable, unsigned otherwise)
{
	const char *wanted = getenv(variable);
	unsigned number = wanted ? (unsigned)strtoul(wanted, NULL, 10) : 0;

	return number ? number : otherwise;
}

static unsigned items(void)
{
	return number_in("KYC_FAULTS_ITEMS", ITEMS);
}

static int tear_down(void **state)
{
	(void)state;
	rig_close(&rig);
	return 0;
}

static char *manifest_of(const struct stretch *row)
{
	char *sample = practice_sample(row->sample);
	struct buf text = { 0 };
	char *path = NULL;

	for (unsigned i = 0; i < items(); i++)
		buf_addf(&text,
			 "{\"customer\":\"9e4e0000-0000-4000-8000-%012x\",%s,"
			 "\"file\":\"%s\"}\n",
			 row->first + 7 * i, row->slot, sample);
	path = practice_file(&rig.practice, "manifest.jsonl", buf_text(&text));
	buf_release(&text);
	free(sample);
	return path;
}

/* What it says on standard output, and how it ended. */
static int run_batch(const char *manifest, struct buf *out)
{
	const char *const words[] = { "batch", "--quiet", manifest, NULL };
	struct pollfd wait = { .events = POLLIN };
	char piece[4096];
	int64_t left = RUN_MS;
	int ends[2];
	int status = 0;
	ssize_t got = 0;
	pid_t pid;

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	pid = practice_kyc_start(&rig.practice, words, ends[1]);
	close(ends[1]);
	wait.fd = ends[0];
	buf_reset(out);
	while (left > 0) {
		if (poll(&wait, 1, 1000) <= 0) {
			left -= 1000;
			continue;
		}
		got = read(ends[0], piece, sizeof(piece));
		if (got <= 0)
			break;
		buf_add(out, piece, (size_t)got);
	}
	if (left <= 0)
		kill(pid, SIGKILL);
	close(ends[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static size_t count(const char *text, const char *word)
{
	size_t found = 0;

	for (; (text = strstr(text, word)); text++)
		found++;
	return found;
}

/* The lines that say something else than was wanted. */
static void fail_with(int status, unsigned runs, const char *text)
{
	for (const char *line = text; *line;) {
		size_t len = strcspn(line, "\n");

		if (!memmem(line, len, ": accepted", 10))
			print_error("%.*s\n", (int)len, line);
		line += len + (line[len] == '\n');
	}
	fail_msg("exit status %d after %u runs", status, runs);
}

static void test_batch_over_a_bad_line(void **state)
{
	const struct stretch *row = *state;
	struct fault_totals totals;
	struct buf out = { 0 };
	char *options = mem_printf("--customers %u --review-seconds 86400",
				   items() * 7 + 7);
	char *manifest = NULL;
	unsigned runs = 1;
	int status;

	rig_open(&rig, row->provider, options);
	free(options);
	manifest = manifest_of(row);
	fault_server_random(rig.server, row->faults, row->fault_count, PERCENT,
			    number_in("KYC_FAULTS_SEED", row->seed));
	while ((status = run_batch(manifest, &out)) == 4 && runs < RUNS_MOST)
		runs++;
	free(manifest);
	if (status || count(buf_text(&out), ": accepted") != items())
		fail_with(status, runs, buf_text(&out));
	assert_int_equal(count(buf_text(&out), ": accepted"), items());
	assert_int_equal(count(buf_text(&out), "\n"), items());
	buf_release(&out);
	totals = fault_server_check(rig.server);
	assert_int_equal(totals.stored, items());
	assert_int_equal(rig_documents(&rig), items());
	assert_in_range(totals.faulted * 100 / totals.requests, PERCENT - 10,
			PERCENT + 10);
	if (getenv("KYC_FAULTS_ITEMS"))
		print_message("%s: %u runs, %zu requests, %zu uploads, %zu "
			      "faulted, %zu connections\n",
			      row->name, runs, totals.requests, totals.uploads,
			      totals.faulted, totals.connections);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_batch_over_a_bad_line, stretches);
	for (size_t i = 0; i < tests.count; i++)
		tests.tests[i].teardown_func = tear_down;
	return test_run(&tests, "faults/random");
}
