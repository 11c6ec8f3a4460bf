/* SPDX-License-Identifier: MIT */
/* The commands when things go wrong around them: killed, interrupted, run
 * twice, with nowhere to write to. Nothing is lost, nothing is sent twice. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/end_to_end/walk.h"
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

static void start_again(const char *options)
{
	practice_stop(&practice);
	practice_start(&practice, options);
}

static void inform(const char *customer)
{
	char *path = practice_file(&practice, "information.json",
				   practice_information);
	struct practice_run run = KYC(&practice, "info", "-c", customer, path);

	practice_expect(&run, 0);
	practice_run_release(&run);
	free(path);
}

/* A manifest line for CUSTOMER. */
static void add_line(struct buf *manifest, const char *customer,
		     const char *type, const char *side, const char *sample)
{
	char *path = practice_sample(sample);

	buf_addf(manifest,
		 "{\"customer\":\"%s\",\"type\":\"%s\",\"side\":\"%s\","
		 "\"country\":\"BRA\",\"file\":\"%s\"}\n",
		 customer, type, side, path);
	free(path);
}

static char *end_manifest(struct buf *manifest)
{
	char *path =
		practice_file(&practice, "manifest.jsonl", buf_text(manifest));

	buf_release(manifest);
	return path;
}

static const struct slot {
	const char *type, *side, *sample;
} slots[] = {
	{ "ID_CARD", "front", "id-card-front.jpg" },
	{ "ID_CARD", "back", "id-card-back.jpg" },
	{ "PASSPORT", "front", "passport.jpg" },
	{ "DRIVERS_LICENSE", "front", "drivers-license-front.jpg" },
	{ "DRIVERS_LICENSE", "back", "drivers-license-back.jpg" },
	{ "PROOF_OF_ADDRESS", "", "proof-of-address.pdf" },
	{ "BANK_STATEMENT", "", "bank-statement.pdf" },
	{ "SELFIE", "", "selfie.jpg" },
	{ "DELIVERY_RECEIPT", "", "proof-of-address.pdf" },
	{ "OTHER", "", "selfie.png" },
};

#define SLOTS (sizeof(slots) / sizeof(*slots))

static char *whole_manifest(void)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < SLOTS; i++) {
		add_line(&text, INFORMED, slots[i].type, slots[i].side,
			 slots[i].sample);
		add_line(&text, PRACTICE_MARIA, slots[i].type, slots[i].side,
			 slots[i].sample);
	}
	return end_manifest(&text);
}

static void wait_for(pid_t pid, int *status)
{
	while (waitpid(pid, status, 0) < 0 && errno == EINTR)
		;
}

static void resume_to_the_end(void)
{
	for (int i = 0; i < 10; i++) {
		struct practice_run run = KYC(&practice, "resume", "--json");
		int status = run.status;

		/* What one run left unsettled the next one settles. */
		if (status != 0 && (status != 4 || i == 9))
			practice_expect(&run, 0);
		practice_run_release(&run);
		if (status == 0)
			return;
	}
}

/* A fixed series: each run is killed at another moment. */
static unsigned next_moment(unsigned *seed)
{
	*seed = *seed * 1103515245 + 12345;
	return *seed / 65536 % 120;
}

static const struct trouble {
	const char *name;
	const char *faults;
	unsigned seed;
} troubles[] = {
	{ "answers that are lost",
	  "--fault lose=3,method=POST --fault delay=20,method=POST", 1 },
	{ "connections that break", "--fault cut=20000,every=3,method=POST",
	  7 },
	{ "a busy server", "--fault status=503/3,method=POST", 23 },
};

static void test_killed_at_any_moment_sends_each_once(void **state)
{
	const struct trouble *row = *state;
	unsigned seed = row->seed;
	char *manifest = NULL;
	struct practice_run run = { 0 };

	start_again(row->faults);
	inform(PRACTICE_MARIA);
	manifest = whole_manifest();
	for (int i = 0; i < 10; i++) {
		const char *const batch[] = { "batch", manifest, NULL };
		int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
		pid_t pid = practice_kyc_start(&practice, batch, nothing);

		poll(NULL, 0, (int)next_moment(&seed));
		kill(pid, SIGKILL);
		wait_for(pid, NULL);
		close(nothing);
	}
	resume_to_the_end();
	run = KYC(&practice, "batch", manifest);
	if (run.status == 4)
		resume_to_the_end();
	else
		practice_expect(&run, 0);
	practice_run_release(&run);
	assert_int_equal(practice_documents(&practice, INFORMED), SLOTS);
	assert_int_equal(practice_documents(&practice, PRACTICE_MARIA), SLOTS);
	free(manifest);
}

static void test_several_at_once_send_each_once(void **state)
{
	char *manifest = NULL;
	int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
	const char *const resume[] = { "resume", NULL };
	pid_t pids[3];

	(void)state;
	start_again("--fault delay=50,method=POST");
	inform(PRACTICE_MARIA);
	manifest = whole_manifest();
	{
		const char *const batch[] = { "batch", manifest, NULL };

		pids[0] = practice_kyc_start(&practice, batch, nothing);
	}
	pids[1] = practice_kyc_start(&practice, resume, nothing);
	pids[2] = practice_kyc_start(&practice, resume, nothing);
	for (int i = 0; i < 3; i++) {
		int status = 0;

		wait_for(pids[i], &status);
		assert_true(WIFEXITED(status));
	}
	resume_to_the_end();
	assert_int_equal(practice_documents(&practice, INFORMED), SLOTS);
	assert_int_equal(practice_documents(&practice, PRACTICE_MARIA), SLOTS);
	close(nothing);
	free(manifest);
}

static const struct interruption {
	const char *name;
	int number;
} interruptions[] = {
	{ "by Ctrl-C", SIGINT },
	{ "by the system", SIGTERM },
};

static void test_interrupted_is_kept(void **state)
{
	const struct interruption *row = *state;
	char *passport = practice_sample("passport.jpg");
	const char *const words[] = { "upload",	  "-c",	    INFORMED, "-t",
				      "PASSPORT", "-s",	    "front",  "-C",
				      "BRA",	  passport, NULL };
	int status = 0;
	int ends[2];
	char byte = 0;
	pid_t pid = 0;

	start_again("--fault rate=100000,count=1,method=POST");
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	pid = practice_kyc_start(&practice, words, ends[1]);
	close(ends[1]);
	/* The first word of progress: bytes are on their way. */
	assert_int_equal(read(ends[0], &byte, 1), 1);
	kill(pid, row->number);
	while (read(ends[0], &byte, 1) == 1)
		;
	wait_for(pid, &status);
	close(ends[0]);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 130);
	resume_to_the_end();
	assert_int_equal(practice_documents(&practice, INFORMED), 1);
	free(passport);
}

static void test_one_that_waits_is_that_one(void **state)
{
	struct buf text = { 0 };
	char *manifest = NULL;
	char *passport = practice_sample("passport.jpg");
	const char *const upload[] = {
		"upload", "-c", INFORMED, "-t",	       "PASSPORT", "-s",
		"front",  "-C", "BRA",	  "--no-wait", passport,   NULL
	};
	struct practice_run run = practice_kyc(&practice, upload);
	struct practice_run again = practice_kyc(&practice, upload);

	(void)state;
	practice_expect(&run, 4);
	practice_expect(&again, 4);
	assert_string_equal(run.out, again.out);
	assert_int_equal(practice_documents(&practice, INFORMED), 0);
	practice_run_release(&run);
	practice_run_release(&again);
	add_line(&text, INFORMED, "PASSPORT", "front", "passport.jpg");
	add_line(&text, INFORMED, "PASSPORT", "front", "passport.jpg");
	manifest = end_manifest(&text);
	run = KYC(&practice, "batch", manifest);
	practice_expect(&run, 0);
	assert_int_equal(walk_count(run.out, "accepted"), 2);
	assert_int_equal(practice_documents(&practice, INFORMED), 1);
	practice_run_release(&run);
	free(manifest);
	free(passport);
}

static void test_information_that_waits_is_that_one(void **state)
{
	char *path = practice_file(&practice, "i.json", practice_information);
	struct practice_run run =
		KYC(&practice, "info", "-c", PRACTICE_MARIA, "--no-wait", path);

	(void)state;
	practice_expect(&run, 4);
	practice_run_release(&run);
	run = KYC(&practice, "info", "-c", PRACTICE_MARIA, path);
	practice_expect(&run, 0);
	practice_run_release(&run);
	run = KYC(&practice, "resume", "--json");
	practice_expect(&run, 0);
	assert_string_equal(run.out, "");
	practice_run_release(&run);
	free(path);
}

static void test_bad_line_leaves_its_neighbours(void **state)
{
	struct buf text = { 0 };
	char *manifest = NULL;
	struct practice_run run = { 0 };

	(void)state;
	add_line(&text, INFORMED, "SELFIE", "", "selfie.jpg");
	add_line(&text, INFORMED, "SELFIE", "", "selfie.png");
	buf_add_text(&text, "not JSON\n");
	add_line(&text, INFORMED, "OTHER", "", "selfie.jpg");
	add_line(&text, INFORMED, "NOTHING", "", "selfie.jpg");
	add_line(&text, INFORMED, "BANK_STATEMENT", "", "bank-statement.pdf");
	manifest = end_manifest(&text);
	run = KYC(&practice, "batch", manifest);
	practice_expect(&run, 3);
	assert_int_equal(walk_count(run.out, "accepted"), 3);
	assert_int_equal(walk_count(run.out, INFORMED), 5);
	assert_non_null(strstr(run.out, "line 2"));
	assert_non_null(strstr(run.err, "line 3"));
	assert_non_null(strstr(run.out, "line 5"));
	assert_int_equal(practice_documents(&practice, INFORMED), 3);
	practice_run_release(&run);
	free(manifest);
}

static void test_no_wait_sends_nothing(void **state)
{
	char *selfie = practice_sample("selfie.jpg");
	struct practice_run run = { 0 };

	(void)state;
	run = KYC(&practice, "upload", "--no-wait", "-c", INFORMED, "-t",
		  "SELFIE", "-C", "BRA", selfie);
	practice_expect(&run, 4);
	practice_run_release(&run);
	/* Another one asks about the customer: the first still waits. */
	run = KYC(&practice, "upload", "--no-wait", "-c", INFORMED, "-t",
		  "OTHER", "-C", "BRA", selfie);
	practice_expect(&run, 4);
	practice_run_release(&run);
	assert_int_equal(practice_documents(&practice, INFORMED), 0);
	free(selfie);
}

/* Run "kyc customers" with OUT as its standard output; its status. */
static int customers_to(int out)
{
	const char *const words[] = { "customers", "--quiet", NULL };
	int status = 0;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (!pid) {
		int nothing = open("/dev/null", O_WRONLY);

		dup2(nothing, STDERR_FILENO);
		if (out < 0)
			close(STDOUT_FILENO);
		else
			dup2(out, STDOUT_FILENO);
		wait_for(practice_kyc_start(&practice, words, -1), &status);
		_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 99);
	}
	wait_for(pid, &status);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

static void test_output_that_cannot_be_written(void **state)
{
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	int ends[2];

	(void)state;
	assert_true(full >= 0);
	assert_int_equal(customers_to(full), 6);
	assert_int_equal(customers_to(-1), 6);
	close(full);
	/* A reader that has seen enough is no failure. */
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	close(ends[0]);
	assert_int_equal(customers_to(ends[1]), 0);
	close(ends[1]);
}

static void test_record_that_may_not_grow(void **state)
{
	const struct rlimit small = { 20000, 20000 };
	char *selfie = practice_sample("selfie.jpg");
	const char *const words[] = { "upload", "-c",  INFORMED, "-t", "SELFIE",
				      "-C",	"BRA", selfie,	 NULL };
	int status = 0;
	pid_t pid = fork();

	(void)state;
	assert_true(pid >= 0);
	if (!pid) {
		setrlimit(RLIMIT_FSIZE, &small);
		wait_for(practice_kyc_start(&practice, words, -1), &status);
		_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 99);
	}
	wait_for(pid, &status);
	assert_int_equal(WEXITSTATUS(status), 6);
	assert_int_equal(practice_documents(&practice, INFORMED), 0);
	free(selfie);
}

static const struct authority {
	const char *name;
	const char *content; /* of the ca_file; NULL: there is none */
	const char *says;
} authorities[] = {
	{ "that is not there", NULL, "cannot read the ca_file" },
	{ "that is empty", "", "has no certificate" },
	{ "that is a key",
	  "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
	  "has no certificate" },
	{ "that is cut off", "-----BEGIN CERTIFICATE-----\nMIIB",
	  "has no certificate" },
};

/* Nothing is queued that could never be sent. */
static void test_authority(void **state)
{
	const struct authority *row = *state;
	char *selfie = practice_sample("selfie.jpg");
	char *file = row->content
			     ? practice_file(&practice, "ca.pem", row->content)
			     : mem_dup("/nonexistent/ca.pem");
	char *text = mem_printf("[profile practice]\nprovider = lumx\n"
				"endpoint = %s\napi_key_env = PRACTICE_KEY\n"
				"ca_file = %s\n",
				practice.endpoint, file);
	struct practice_run run = { 0 };

	free(practice.config);
	practice.config = practice_file(&practice, "config", text);
	run = KYC(&practice, "upload", "-c", INFORMED, "-t", "SELFIE", "-C",
		  "BRA", selfie);
	practice_expect(&run, 6);
	assert_non_null(strstr(run.err, row->says));
	assert_non_null(strstr(run.err, file));
	practice_run_release(&run);
	free(text);
	free(file);
	free(selfie);
}

static void test_verbose_tells_each_step(void **state)
{
	char *selfie = practice_sample("selfie.jpg");
	struct practice_run run =
		KYC(&practice, "upload", "--verbose", "--json", "-c", INFORMED,
		    "-t", "SELFIE", "-C", "BRA", selfie);

	(void)state;
	practice_expect(&run, 0);
	assert_non_null(strstr(run.err, practice.endpoint));
	assert_non_null(strstr(run.err, "SELFIE, attempt 1: sending"));
	assert_non_null(strstr(run.err, "SELFIE, attempt 1: accepted"));
	assert_null(strstr(run.out, "attempt 1"));
	practice_run_release(&run);
	free(selfie);
}

static void test_help_fits_a_terminal(void **state)
{
	static const char *const commands[] = {
		"demo",	 "customers", "status", "upload", "info",
		"batch", "resume",    "check",	"sandbox"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		struct practice_run run = KYC(&practice, commands[i], "--help");
		size_t width = 0;

		practice_expect(&run, 0);
		for (const char *c = run.out; *c; c++) {
			width = *c == '\n' ? 0 : width + 1;
			if (width > 80)
				fail_msg("%s: a line is too wide", commands[i]);
		}
		practice_run_release(&run);
	}
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_killed_at_any_moment_sends_each_once, troubles);
	test_add(&tests, "several at once send each once",
		 test_several_at_once_send_each_once);
	TEST_ROWS(&tests, test_interrupted_is_kept, interruptions);
	test_add(&tests, "one that waits is that one",
		 test_one_that_waits_is_that_one);
	test_add(&tests, "information that waits is that one",
		 test_information_that_waits_is_that_one);
	test_add(&tests, "bad line leaves its neighbours",
		 test_bad_line_leaves_its_neighbours);
	test_add(&tests, "no wait sends nothing", test_no_wait_sends_nothing);
	test_add(&tests, "output that cannot be written",
		 test_output_that_cannot_be_written);
	test_add(&tests, "record that may not grow",
		 test_record_that_may_not_grow);
	TEST_ROWS(&tests, test_authority, authorities);
	test_add(&tests, "verbose tells each step",
		 test_verbose_tells_each_step);
	test_add(&tests, "help fits a terminal", test_help_fits_a_terminal);
	for (size_t i = 0; i < tests.count; i++) {
		tests.tests[i].setup_func = set_up;
		tests.tests[i].teardown_func = tear_down;
	}
	return test_run(&tests, "end_to_end/trouble");
}
