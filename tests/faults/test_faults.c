/* SPDX-License-Identifier: MIT */
/*
 * Each way in which a line or a server fails, once, for one upload by the
 * program as it is shipped: what the operator is told, how often it was sent,
 * and that the provider has it once or not at all.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/faults/rig.h"
#include "tests/test.h"

/* Information is in, documents are wanted. */
#define INFORMED "5eed0000-0000-4000-8000-000000000010"

#define FAULTS_MOST 8

#define HEAD(status)  "HTTP/1.1 " status " X\r\n"
#define EMPTY(status) HEAD(status) "Content-Length: 0\r\n\r\n"
#define LATER(status, when) \
	HEAD(status) "Content-Length: 0\r\nRetry-After: " when "\r\n\r\n"
#define PAGE                                                    \
	HEAD("200")                                             \
	"Content-Type: text/html\r\nContent-Length: 22\r\n\r\n" \
	"<html>Log in</html>\r\n\r\n"

#define ARRIVES(times) .uploads = (times), .words = ": accepted", .stored = 1
/* The command may lose its patience in the same moment as the wire. */
#define STALLS	     ARRIVES(2), .resumes = 1
#define REFUSED(why) .uploads = 1, .status = 1, .words = (why)

static const struct line_fault {
	const char *name;
	struct fault faults[FAULTS_MOST];
	size_t uploads; /* that came, at least in part */
	int status;	/* of kyc */
	const char *words;
	size_t stored;
	bool fresh;	  /* no connection is used twice */
	unsigned resumes; /* kyc resume at most, before it comes to that */
} line_faults[] = {
	{ .name = "nothing at all", ARRIVES(1) },

	/* The connection breaks. */
	{ .name = "reset before anything is read",
	  .faults = { { .when = FAULT_BEFORE_HEAD, .end = FAULT_RESET } },
	  ARRIVES(2) },
	{ .name = "reset in the first bytes of the body",
	  .faults = { { .when = FAULT_IN_BODY,
			.bytes = 10,
			.end = FAULT_RESET } },
	  ARRIVES(2) },
	{ .name = "reset in the middle of the body",
	  .faults = { { .when = FAULT_IN_BODY,
			.bytes = 20000,
			.end = FAULT_RESET } },
	  ARRIVES(2) },
	{ .name = "reset after the body, nothing stored",
	  .faults = { { .end = FAULT_RESET } },
	  ARRIVES(2) },
	{ .name = "reset after the body, and stored",
	  .faults = { { .stores = true, .end = FAULT_RESET } },
	  ARRIVES(2) },
	{ .name = "closed before anything is read",
	  .faults = { { .when = FAULT_BEFORE_HEAD, .end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "closed in the middle of the body",
	  .faults = { { .when = FAULT_IN_BODY,
			.bytes = 20000,
			.end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "closed after the body, and stored",
	  .faults = { { .stores = true, .end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "stored, and lost five times",
	  .faults = { { .stores = true, .end = FAULT_RESET },
		      { .end = FAULT_RESET },
		      { .end = FAULT_CLOSE },
		      { .end = FAULT_RESET },
		      { .end = FAULT_CLOSE } },
	  .fresh = true,
	  ARRIVES(6) },
	{ .name = "idle connections closed", .fresh = true, ARRIVES(1) },
	{ .name = "reset after the body on a new connection",
	  .fresh = true,
	  .faults = { { .stores = true, .end = FAULT_RESET } },
	  ARRIVES(2) },
	{ .name = "lost six times",
	  .faults = { { .stores = true, .end = FAULT_RESET },
		      { .end = FAULT_RESET },
		      { .end = FAULT_RESET },
		      { .end = FAULT_RESET },
		      { .end = FAULT_RESET },
		      { .end = FAULT_RESET } },
	  .fresh = true,
	  .uploads = 6,
	  .status = 4,
	  .words = "unsure",
	  .stored = 1 },

	/* It stalls. */
	{ .name = "stalls before it reads",
	  .faults = { { .when = FAULT_BEFORE_HEAD, .end = FAULT_STALL } },
	  STALLS },
	{ .name = "stalls in the body",
	  .faults = { { .when = FAULT_IN_BODY,
			.bytes = 20000,
			.end = FAULT_STALL } },
	  STALLS },
	{ .name = "stalls before it answers, and has stored it",
	  .faults = { { .stores = true, .end = FAULT_STALL } },
	  STALLS },
	{ .name = "stalls in the answer",
	  .faults = { { .stores = true,
			.answers = true,
			.cut = 9,
			.end = FAULT_STALL } },
	  STALLS },
	{ .name = "one byte a second",
	  .faults = { { .stores = true,
			.say = EMPTY("204"),
			.pause_ms = 1000 } },
	  STALLS },

	/* The answer is not one. */
	{ .name = "half a status line",
	  .faults = { { .stores = true,
			.say = "HTTP/1.1 2",
			.end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "half a head",
	  .faults = { { .stores = true,
			.say = HEAD("204") "Content-Le",
			.end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "half a body",
	  .faults = { { .stores = true,
			.say = HEAD("200") "Content-Length: 20\r\n\r\n{\"id\":",
			.end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "a length that is too great",
	  .faults = { { .stores = true,
			.say = HEAD("200") "Content-Length: 9\r\n\r\n{}",
			.end = FAULT_STALL } },
	  STALLS },
	{ .name = "a length that is too small",
	  .faults = { { .stores = true,
			.say = HEAD("200") "Content-Length: 1\r\n\r\n{}",
			.end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "bad chunks",
	  .faults = { { .stores = true,
			.say = HEAD("200") "Transfer-Encoding: chunked\r\n\r\n"
					   "zz\r\n{}\r\n0\r\n\r\n",
			.end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "chunks that end early",
	  .faults = { { .stores = true,
			.say = HEAD("200") "Transfer-Encoding: chunked\r\n\r\n"
					   "40\r\n{}",
			.end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "HTTP/0.9",
	  .faults = { { .stores = true,
			.say = "accepted\n",
			.end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "a flood of 100, then nothing",
	  .faults = { { .stores = true,
			.say = HEAD("100") "\r\n",
			.times = 100000,
			.end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "a few 103 before the answer",
	  .faults = { { .stores = true,
			.say = HEAD("103") "Link: <x>\r\n\r\n",
			.times = 10,
			.answers = true } },
	  ARRIVES(1) },
	{ .name = "a flood of 103 before the answer",
	  .faults = { { .stores = true,
			.say = HEAD("103") "Link: <x>\r\n\r\n",
			.times = 10000,
			.answers = true } },
	  ARRIVES(2) },
	{ .name = "headers without end",
	  .faults = { { .stores = true,
			.opens = HEAD("204"),
			.say = "X: y\r\n",
			.times = 10000000,
			.end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "one header without end",
	  .faults = { { .stores = true,
			.opens = HEAD("204") "X: ",
			.say = "yyyyyyyyyyyyyyyy",
			.times = 10000000,
			.end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "a gigabyte",
	  .faults = { { .stores = true,
			.opens = HEAD("200") "Content-Length: 1073741824\r\n"
					     "\r\n",
			.say = "0123456789abcdef",
			.times = (size_t)1 << 26,
			.end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "a gigabyte that is never sent",
	  .faults = { { .stores = true,
			.say = HEAD("200") "Content-Length: 1073741824\r\n"
					   "\r\n",
			.end = FAULT_STALL } },
	  STALLS },
	{ .name = "gzip that nobody asked for",
	  .faults = { { .stores = true,
			.say = HEAD(
				"200") "Content-Encoding: gzip\r\n"
				       "Content-Length: 4\r\n\r\n\x1f\x8b\x08\x01" } },
	  ARRIVES(2) },
	{ .name = "a page with 200",
	  .faults = { { .stores = true, .say = PAGE } },
	  ARRIVES(2) },

	/* Early answers. */
	{ .name = "204 before the body is out",
	  .faults = { { .when = FAULT_IN_BODY,
			.bytes = 100,
			.say = EMPTY("204"),
			.end = FAULT_CLOSE } },
	  ARRIVES(2) },
	{ .name = "413 before the body is out",
	  .faults = { { .when = FAULT_IN_BODY,
			.bytes = 100,
			.say = EMPTY("413"),
			.end = FAULT_CLOSE } },
	  REFUSED("too large") },
	{ .name = "417",
	  .faults = { { .say = EMPTY("417") } },
	  REFUSED("refused") },

	/* Failures that were meant. */
	{ .name = "400",
	  .faults = { { .say = EMPTY("400") } },
	  REFUSED("refused") },
	{ .name = "409 by a customer's state",
	  .faults = { { .say = EMPTY("409") } },
	  REFUSED("present state") },
	{ .name = "409 while the first is still at work",
	  .faults = { { .stores = true, .end = FAULT_RESET },
		      { .say = EMPTY("409") } },
	  ARRIVES(3) },
	{ .name = "500 without having stored it",
	  .faults = { { .keeps = true, .say = EMPTY("500") } },
	  ARRIVES(2) },
	{ .name = "500 after it stored it",
	  .faults = { { .stores = true, .keeps = true, .say = EMPTY("500") } },
	  .uploads = 1,
	  .words = "accepted: the answer was lost, but the provider says that "
		   "it has it",
	  .stored = 1 },
	{ .name = "401 stops everything",
	  .faults = { { .keeps = true, .say = EMPTY("401") } },
	  .uploads = 1,
	  .status = 5,
	  .words = "API key" },

	/* To come back later. */
	{ .name = "429 without a word",
	  .faults = { { .keeps = true, .say = EMPTY("429") } },
	  ARRIVES(2) },
	{ .name = "429 for seven seconds",
	  .faults = { { .keeps = true,
			.say = LATER("429", "7"),
			.wait_ms = 7000 } },
	  ARRIVES(2) },
	{ .name = "503 for a minute and a half",
	  .faults = { { .keeps = true,
			.say = LATER("503", "90"),
			.wait_ms = 90000 } },
	  .uploads = 1,
	  .status = 4,
	  .words = ": queued" },
	{ .name = "429 until a date",
	  .faults = { { .keeps = true,
			.say = LATER("429", "DATE+5"),
			.wait_ms = 5000 } },
	  ARRIVES(2) },
	{ .name = "503 until a date that is past",
	  .faults = { { .keeps = true, .say = LATER("503", "DATE-3600") } },
	  ARRIVES(2) },
	{ .name = "429 for less than nothing",
	  .faults = { { .keeps = true, .say = LATER("429", "-5") } },
	  ARRIVES(2) },
	{ .name = "429 for nonsense",
	  .faults = { { .keeps = true, .say = LATER("429", "soon") } },
	  ARRIVES(2) },
	{ .name = "503 after the answer was lost",
	  .faults = { { .stores = true, .end = FAULT_RESET },
		      { .say = LATER("503", "3"), .wait_ms = 3000 } },
	  ARRIVES(3) },
	{ .name = "429 after the answer was lost",
	  .faults = { { .stores = true, .end = FAULT_CLOSE },
		      { .say = LATER("429", "3"), .wait_ms = 3000 },
		      { .say = EMPTY("408") } },
	  ARRIVES(4) },
	{ .name = "429 while the clock jumps by a year",
	  .faults = { { .keeps = true,
			.say = LATER("429", "7"),
			.wait_ms = 7000,
			.wall_ms = INT64_C(365) * 24 * 3600 * 1000 } },
	  ARRIVES(2) },

	/* Elsewhere. */
	{ .name = "sent elsewhere for good",
	  .faults = { { .say = HEAD(
				"308") "Location: http://127.0.0.1:OTHER/x\r\n"
				       "Content-Length: 0\r\n\r\n" } },
	  ARRIVES(2) },
	{ .name = "sent elsewhere with GET",
	  .faults = { { .say = HEAD(
				"303") "Location: http://127.0.0.1:OTHER/x\r\n"
				       "Content-Length: 0\r\n\r\n" } },
	  ARRIVES(2) },
};

static struct rig rig;

static int set_up(void **state)
{
	(void)state;
	rig_open(&rig, "lumx", "");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	rig_close(&rig);
	return 0;
}

static struct practice_run upload_with(const char *option)
{
	char *path = practice_sample("passport.jpg");
	struct practice_run run =
		KYC(&rig.practice, "upload", option, "-c", INFORMED, "-t",
		    "PASSPORT", "-s", "front", "-C", "BRA", path);

	free(path);
	return run;
}

static struct practice_run upload(void)
{
	return upload_with("--verbose");
}

static size_t count_faults(const struct fault *faults)
{
	static const struct fault none = { 0 };
	size_t count = 0;

	while (count < FAULTS_MOST &&
	       memcmp(&faults[count], &none, sizeof(none)) != 0)
		count++;
	return count;
}

static void test_upload_through(void **state)
{
	const struct line_fault *row = *state;
	struct fault_totals totals;
	struct practice_run run;

	fault_server_script(rig.server, row->faults, count_faults(row->faults));
	if (row->fresh)
		fault_server_keep_none(rig.server);
	run = upload();
	for (unsigned i = 0; run.status == 4 && i < row->resumes; i++) {
		practice_run_release(&run);
		run = KYC(&rig.practice, "resume");
	}
	rig_expect(&run, row->status, row->words);
	practice_run_release(&run);
	totals = fault_server_check(rig.server);
	assert_int_equal(rig_documents(&rig), row->stored);
	assert_int_equal(totals.uploads, row->uploads);
}

/* libcurl starts over by itself when a connection that it had kept turns out
 * to be dead: one attempt to us, two requests to the provider. */
static void test_silent_repeat_is_the_same(void **state)
{
	static const struct fault lost = { .stores = true, .end = FAULT_RESET };
	struct practice_run run = { 0 };

	(void)state;
	fault_server_script(rig.server, &lost, 1);
	run = upload_with("--json");
	rig_expect(&run, 0, "\"attempts\":1");
	practice_run_release(&run);
	assert_int_equal(fault_server_check(rig.server).uploads, 2);
	assert_string_equal(fault_server_key(rig.server, 0),
			    fault_server_key(rig.server, 1));
	assert_string_not_equal(fault_server_body(rig.server, 0), "");
	assert_string_equal(fault_server_body(rig.server, 0),
			    fault_server_body(rig.server, 1));
	assert_int_equal(rig_documents(&rig), 1);
}

/* Connections are begun, and nobody takes them. */
static void test_nobody_takes_connections(void **state)
{
	struct practice_run run = { 0 };

	(void)state;
	fault_server_deafen(rig.server);
	run = upload_with("--quiet");
	rig_expect(&run, 4, "the server cannot be reached in time");
	practice_run_release(&run);
	assert_int_equal(rig_documents(&rig), 0);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_upload_through, line_faults);
	test_add(&tests, "silent repeat is the same",
		 test_silent_repeat_is_the_same);
	test_add(&tests, "nobody takes connections",
		 test_nobody_takes_connections);
	for (size_t i = 0; i < tests.count; i++) {
		tests.tests[i].setup_func = set_up;
		tests.tests[i].teardown_func = tear_down;
	}
	return test_run(&tests, "faults/faults");
}
