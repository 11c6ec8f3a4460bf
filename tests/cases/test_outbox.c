/* SPDX-License-Identifier: MIT */
/* The outbox against a server that follows a script. */
#include "cases/outbox.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/cases/desk.h"
#include "tests/wire_server.h"

#define DEADLINE_MS 20000

#define ANSWER(status)                                   \
	"HTTP/1.1 " status " X\r\nContent-Length: 0\r\n" \
	"Connection: close\r\n\r\n"
#define ANSWERS(status)                                  \
	{                                                \
		DO_HEAD, DO_BODY, DO_SAY(ANSWER(status)) \
	}

struct bench {
	struct desk desk;
	struct wire_server *server;
	struct xfer *xfer;
	struct outbox *outbox;
	unsigned changes;
};

static void on_changed(void *arg, int64_t submission)
{
	struct bench *bench = arg;

	(void)submission;
	bench->changes++;
}

static void open_outbox(struct bench *bench)
{
	bench->xfer = xfer_new(bench->desk.profile.parallel);
	OK(outbox_new(&bench->outbox, bench->desk.store, bench->xfer,
		      &bench->desk.profile, on_changed, bench, &err));
}

static void close_outbox(struct bench *bench)
{
	outbox_free(bench->outbox);
	xfer_free(bench->xfer);
	bench->outbox = NULL;
	bench->xfer = NULL;
}

static void bench_open(struct bench *bench, wire_script *scripts, size_t count)
{
	*bench = (struct bench){ 0 };
	desk_open(&bench->desk);
	bench->server = wire_server_new(scripts, count);
	mem_replace(&bench->desk.profile.endpoint,
		    wire_server_endpoint(bench->server));
	open_outbox(bench);
}

static void bench_close(struct bench *bench)
{
	close_outbox(bench);
	wire_server_free(bench->server);
	desk_close(&bench->desk);
}

/* One turn of the loop. */
static void turn(struct bench *bench)
{
	int64_t next = 0;
	int timeout = 100;

	OK(outbox_pump(bench->outbox, &err));
	next = outbox_next(bench->outbox);
	if (next >= 0 && next - xfer_now() < timeout)
		timeout = next > xfer_now() ? (int)(next - xfer_now()) : 0;
	xfer_wait(bench->xfer, NULL, 0, timeout);
}

/* Turn until nothing goes on by itself any more. */
static void drive(struct bench *bench)
{
	int64_t deadline = xfer_now() + DEADLINE_MS;

	do {
		assert_true(xfer_now() < deadline);
		turn(bench);
	} while (xfer_active(bench->xfer) || outbox_next(bench->outbox) >= 0);
}

static void drive_to(struct bench *bench, int64_t id, enum case_state state)
{
	int64_t deadline = xfer_now() + DEADLINE_MS;

	while (desk_state(&bench->desk, id) != state) {
		assert_true(xfer_now() < deadline);
		turn(bench);
	}
}

/* Value of a header of request I; free() it. */
static char *seen_key(struct bench *bench, size_t i)
{
	const struct wire_seen *seen = wire_server_seen(bench->server, i);
	const char *line = strstr(seen->head, "Idempotency-Key: ");

	assert_non_null(line);
	line += strlen("Idempotency-Key: ");
	return mem_dup_n(line, strcspn(line, "\r"));
}

static const struct settling {
	const char *name;
	struct wire_step script[3][WIRE_STEPS];
	size_t requests;
	enum case_state state;
	const char *code;
	bool new_key; /* the second request had another key than the first */
} settlings[] = {
	{ .name = "accepted",
	  .script = { ANSWERS("204"), ANSWERS("204"), ANSWERS("204") },
	  .requests = 1,
	  .state = CASE_ACCEPTED,
	  .code = "http_204" },
	{ .name = "refused",
	  .script = { ANSWERS("400"), ANSWERS("204"), ANSWERS("204") },
	  .requests = 1,
	  .state = CASE_REFUSED,
	  .code = "http_400" },
	{ .name = "busy, then accepted under a new key",
	  .script = { ANSWERS("503"), ANSWERS("204"), ANSWERS("204") },
	  .requests = 2,
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .new_key = true },
	{ .name = "too many, then accepted under the same key",
	  .script = { ANSWERS("429"), ANSWERS("204"), ANSWERS("204") },
	  .requests = 2,
	  .state = CASE_ACCEPTED,
	  .code = "http_204" },
	{ .name = "answer lost, then accepted under the same key",
	  .script = { { DO_HEAD, DO_BODY, DO_RESET },
		      ANSWERS("204"),
		      ANSWERS("204") },
	  .requests = 2,
	  .state = CASE_ACCEPTED,
	  .code = "http_204" },
	{ .name = "answer lost twice, then refused",
	  .script = { { DO_HEAD, DO_BODY },
		      { DO_HEAD, DO_BODY },
		      ANSWERS("400") },
	  .requests = 3,
	  .state = CASE_REFUSED,
	  .code = "http_400" },
	{ .name = "answer lost, then busy, then accepted",
	  .script = { { DO_HEAD, DO_BODY }, ANSWERS("429"), ANSWERS("204") },
	  .requests = 3,
	  .state = CASE_ACCEPTED,
	  .code = "http_204" },
};

static void test_outbox_settles(void **state)
{
	const struct settling *row = *state;
	struct case_submission sub = { 0 };
	struct bench bench;
	int64_t case_id;
	int64_t id;

	bench_open(&bench, row->script, 3);
	case_id = desk_customer(&bench.desk, "c1", "Maria");
	id = desk_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE, "face");
	drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, row->state);
	assert_string_equal(sub.code, row->code);
	assert_int_equal(sub.attempts, row->requests);
	assert_int_equal(wire_server_requests(bench.server), row->requests);
	assert_true(sub.settled_ms > 0);
	assert_true(bench.changes > 0);
	assert_int_equal(sub.problems.count, row->state == CASE_REFUSED);
	for (size_t i = 1; i < row->requests; i++) {
		const struct wire_seen *a = wire_server_seen(bench.server, 0);
		const struct wire_seen *b = wire_server_seen(bench.server, i);
		char *key_a = seen_key(&bench, 0);
		char *key_b = seen_key(&bench, i);

		assert_int_equal(strcmp(key_a, key_b) != 0, row->new_key);
		if (!row->new_key)
			assert_string_equal(a->body, b->body);
		free(key_a);
		free(key_b);
	}
	case_submission_release(&sub);
	bench_close(&bench);
}

static void test_outbox_stops_when_denied(void **state)
{
	static wire_script scripts[] = { ANSWERS("401"), ANSWERS("204") };
	struct outbox_totals totals;
	struct bench bench;
	int64_t first;
	int64_t second;
	int64_t case_id;

	(void)state;
	bench_open(&bench, scripts, 2);
	bench.desk.profile.parallel = 1;
	case_id = desk_customer(&bench.desk, "c1", "Maria");
	first = desk_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE, "a");
	second = desk_submit(&bench.desk, case_id, "PROOF", DOC_SIDE_NONE, "b");
	drive(&bench);
	assert_string_equal(outbox_stopped(bench.outbox),
			    "the key is not known");
	assert_int_equal(desk_state(&bench.desk, first), CASE_QUEUED);
	assert_int_equal(desk_state(&bench.desk, second), CASE_QUEUED);
	assert_int_equal(wire_server_requests(bench.server), 1);
	outbox_totals(bench.outbox, &totals);
	assert_int_equal(totals.queued, 2);
	outbox_go_on(bench.outbox);
	drive(&bench);
	assert_null(outbox_stopped(bench.outbox));
	assert_int_equal(desk_state(&bench.desk, first), CASE_ACCEPTED);
	assert_int_equal(desk_state(&bench.desk, second), CASE_ACCEPTED);
	bench_close(&bench);
}

static void test_outbox_stops_without_secret(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	struct bench bench;
	int64_t id;

	(void)state;
	bench_open(&bench, scripts, 1);
	mem_replace(&bench.desk.profile.secret, NULL);
	id = desk_submit(&bench.desk, desk_customer(&bench.desk, "c1", "Maria"),
			 "SELFIE", DOC_SIDE_NONE, "a");
	drive(&bench);
	assert_non_null(outbox_stopped(bench.outbox));
	assert_int_equal(desk_state(&bench.desk, id), CASE_QUEUED);
	bench_close(&bench);
}

/* The form before documents, the front before the back, the start last. */
static void test_outbox_keeps_the_order(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	static const char *const wanted[] = { "phone", "front", "back",
					      "start" };
	struct bench bench;
	int64_t start = 0;
	int64_t case_id;

	(void)state;
	bench_open(&bench, scripts, 1);
	case_id = desk_customer(&bench.desk, "c1", "Maria");
	OK(case_submit_start(bench.desk.store, &bench.desk.profile, case_id,
			     &start, &err));
	desk_submit(&bench.desk, case_id, "ID", DOC_SIDE_BACK, "b");
	desk_submit(&bench.desk, case_id, "ID", DOC_SIDE_FRONT, "f");
	desk_submit_information(&bench.desk, case_id, "123");
	drive(&bench);
	assert_int_equal(desk_state(&bench.desk, start), CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 4);
	for (size_t i = 0; i < 4; i++)
		assert_non_null(strstr(wire_server_seen(bench.server, i)->body,
				       wanted[i]));
	bench_close(&bench);
}

static void test_outbox_waits_for_refused_information(void **state)
{
	static wire_script scripts[] = { ANSWERS("400"), ANSWERS("204") };
	struct case_submission sub = { 0 };
	struct bench bench;
	int64_t document;
	int64_t case_id;

	(void)state;
	bench_open(&bench, scripts, 2);
	case_id = desk_customer(&bench.desk, "c1", "Maria");
	desk_submit_information(&bench.desk, case_id, "abc");
	document =
		desk_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE, "a");
	drive(&bench);
	sub = desk_read(&bench.desk, document);
	assert_int_equal(sub.state, CASE_QUEUED);
	assert_non_null(strstr(sub.message, "additional information"));
	assert_int_equal(wire_server_requests(bench.server), 1);
	case_submission_release(&sub);
	desk_submit_information(&bench.desk, case_id, "123");
	drive(&bench);
	assert_int_equal(desk_state(&bench.desk, document), CASE_ACCEPTED);
	bench_close(&bench);
}

static void test_outbox_keeps_to_parallel(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_GATE,
					   DO_SAY(ANSWER("204")) } };
	struct outbox_totals totals;
	struct bench bench;

	(void)state;
	bench_open(&bench, scripts, 1);
	bench.desk.profile.parallel = 2;
	for (int i = 0; i < 5; i++) {
		char *id = mem_printf("c%d", i);

		desk_submit(&bench.desk, desk_customer(&bench.desk, id, id),
			    "SELFIE", DOC_SIDE_NONE, "a");
		free(id);
	}
	for (int i = 0; i < 5; i++)
		turn(&bench);
	outbox_totals(bench.outbox, &totals);
	assert_int_equal(totals.sending, 2);
	assert_int_equal(totals.queued, 3);
	assert_int_equal(xfer_active(bench.xfer), 2);
	wire_server_open(bench.server);
	drive(&bench);
	assert_int_equal(wire_server_requests(bench.server), 5);
	outbox_totals(bench.outbox, &totals);
	assert_int_equal(totals.sending + totals.queued, 0);
	bench_close(&bench);
}

static void test_outbox_refuses_a_changed_file(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	struct case_submission sub = { 0 };
	struct bench bench;
	int64_t id;

	(void)state;
	bench_open(&bench, scripts, 1);
	id = desk_submit(&bench.desk, desk_customer(&bench.desk, "c1", "Maria"),
			 "SELFIE", DOC_SIDE_NONE, "a");
	sub = desk_read(&bench.desk, id);
	free(desk_file(&bench.desk, strrchr(sub.path, '/') + 1, "longer"));
	case_submission_release(&sub);
	drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, CASE_REFUSED);
	assert_string_equal(sub.code, "file_changed");
	assert_int_equal(wire_server_requests(bench.server), 0);
	case_submission_release(&sub);
	bench_close(&bench);
}

/* A file that went away after it may have arrived proves nothing. */
static void test_outbox_stays_unsure_without_its_file(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY }, ANSWERS("204") };
	struct case_submission sub = { 0 };
	struct bench bench;
	int64_t id;

	(void)state;
	bench_open(&bench, scripts, 2);
	id = desk_submit(&bench.desk, desk_customer(&bench.desk, "c1", "Maria"),
			 "SELFIE", DOC_SIDE_NONE, "a");
	drive_to(&bench, id, CASE_UNSURE);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(unlink(sub.path), 0);
	case_submission_release(&sub);
	drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, CASE_UNSURE);
	assert_string_equal(sub.code, "file_gone");
	case_submission_release(&sub);
	bench_close(&bench);
}

static void test_outbox_cancels(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_HOLD } };
	struct xfer_progress progress;
	struct err why = { 0 };
	struct bench bench;
	int64_t waiting;
	int64_t sending;
	int64_t case_id;

	(void)state;
	bench_open(&bench, scripts, 1);
	bench.desk.profile.parallel = 1;
	case_id = desk_customer(&bench.desk, "c1", "Maria");
	sending =
		desk_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE, "a");
	waiting =
		desk_submit(&bench.desk, case_id, "PROOF", DOC_SIDE_NONE, "b");
	OK(outbox_cancel(bench.outbox, waiting, &err));
	assert_int_equal(desk_state(&bench.desk, waiting), CASE_CANCELLED);
	do
		turn(&bench);
	while (!outbox_progress(bench.outbox, sending, &progress) ||
	       progress.phase != XFER_AWAITING);
	OK(outbox_cancel(bench.outbox, sending, &err));
	assert_int_equal(desk_state(&bench.desk, sending), CASE_UNSURE);
	assert_false(outbox_progress(bench.outbox, sending, &progress));
	assert_int_equal(outbox_cancel(bench.outbox, waiting, &why), -1);
	assert_int_equal(why.code, ERR_INPUT);
	drive(&bench);
	assert_int_equal(wire_server_requests(bench.server), 1);
	bench_close(&bench);
}

static void test_outbox_holds(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	struct outbox_totals totals;
	struct bench bench;
	int64_t id;

	(void)state;
	bench_open(&bench, scripts, 1);
	id = desk_submit(&bench.desk, desk_customer(&bench.desk, "c1", "Maria"),
			 "SELFIE", DOC_SIDE_NONE, "a");
	OK(outbox_hold(bench.outbox, id, true, &err));
	drive(&bench);
	outbox_totals(bench.outbox, &totals);
	assert_int_equal(totals.held, 1);
	assert_int_equal(desk_state(&bench.desk, id), CASE_QUEUED);
	OK(outbox_hold(bench.outbox, id, false, &err));
	drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	bench_close(&bench);
}

static void test_outbox_holds_for_another_address(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	struct case_submission sub = { 0 };
	struct bench bench;
	char *endpoint = NULL;
	int64_t id;

	(void)state;
	bench_open(&bench, scripts, 1);
	endpoint = mem_dup(bench.desk.profile.endpoint);
	mem_replace(&bench.desk.profile.endpoint, "https://api.example.com");
	id = desk_submit(&bench.desk, desk_customer(&bench.desk, "c1", "Maria"),
			 "SELFIE", DOC_SIDE_NONE, "a");
	mem_replace(&bench.desk.profile.endpoint, endpoint);
	drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_true(sub.held);
	assert_string_equal(sub.code, "other_endpoint");
	assert_int_equal(wire_server_requests(bench.server), 0);
	case_submission_release(&sub);
	free(endpoint);
	bench_close(&bench);
}

/* What gave up for now goes on when it is asked to, and only then. */
static void test_outbox_wakes_when_asked(void **state)
{
	struct case_submission sub = { 0 };
	struct bench bench;
	struct err why = { 0 };
	int64_t id;
	static wire_script scripts[] = {
		ANSWERS("204"),
	};

	(void)state;
	bench_open(&bench, scripts, 1);
	id = desk_submit(&bench.desk, desk_customer(&bench.desk, "c1", "Maria"),
			 "SELFIE", DOC_SIDE_NONE, "a");
	desk_sql(&bench.desk,
		 "UPDATE submissions SET next_ms = 9223372036854775807");
	close_outbox(&bench);
	open_outbox(&bench);
	drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_QUEUED);
	OK(outbox_retry(bench.outbox, id, &err));
	drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	assert_int_equal(outbox_retry(bench.outbox, id, &why), -1);
	case_submission_release(&sub);
	bench_close(&bench);
}

static void test_outbox_never_repeats_what_is_forgotten(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY }, ANSWERS("204") };
	struct bench bench;
	struct err why = { 0 };
	int64_t id;

	(void)state;
	bench_open(&bench, scripts, 2);
	id = desk_submit(&bench.desk, desk_customer(&bench.desk, "c1", "Maria"),
			 "SELFIE", DOC_SIDE_NONE, "a");
	drive_to(&bench, id, CASE_UNSURE);
	desk_sql(&bench.desk,
		 "UPDATE submissions SET key_made_ms = key_made_ms - 90000000");
	drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_UNSURE);
	assert_int_equal(wire_server_requests(bench.server), 1);
	assert_int_equal(outbox_retry(bench.outbox, id, &why), -1);
	assert_int_equal(why.code, ERR_INPUT);
	bench_close(&bench);
}

/* The same words: what would go out otherwise now is not repeated. */
static void test_outbox_never_repeats_another_body(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY }, ANSWERS("204") };
	struct case_submission sub = { 0 };
	struct bench bench;
	int64_t id;

	(void)state;
	bench_open(&bench, scripts, 2);
	id = desk_submit(&bench.desk, desk_customer(&bench.desk, "c1", "Maria"),
			 "SELFIE", DOC_SIDE_NONE, "a");
	drive_to(&bench, id, CASE_UNSURE);
	desk_sql(&bench.desk, "UPDATE submissions SET body_sha256 = 'other'");
	drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, CASE_UNSURE);
	assert_string_equal(sub.code, "body_changed");
	assert_int_equal(wire_server_requests(bench.server), 1);
	case_submission_release(&sub);
	bench_close(&bench);
}

/* Leaving in the middle is no verdict: the next program goes on. */
static void test_outbox_leaves_and_returns(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_HOLD },
					 ANSWERS("204") };
	struct xfer_progress progress;
	struct bench bench;
	char *first = NULL;
	char *second = NULL;
	int64_t id;

	(void)state;
	bench_open(&bench, scripts, 2);
	id = desk_submit(&bench.desk, desk_customer(&bench.desk, "c1", "Maria"),
			 "SELFIE", DOC_SIDE_NONE, "a");
	do
		turn(&bench);
	while (!outbox_progress(bench.outbox, id, &progress) ||
	       progress.phase != XFER_AWAITING);
	close_outbox(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_UNSURE);
	desk_reopen(&bench.desk);
	open_outbox(&bench);
	drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	first = seen_key(&bench, 0);
	second = seen_key(&bench, 1);
	assert_string_equal(first, second);
	free(first);
	free(second);
	bench_close(&bench);
}

/* What arrived while the disk was full is written down as soon as it can be,
 * and not sent again meanwhile. */
static void test_outbox_remembers_while_the_disk_is_full(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_GATE,
					   DO_SAY(ANSWER("204")) } };
	struct xfer_progress progress;
	struct err why = { 0 };
	struct bench bench;
	int64_t deadline = xfer_now() + DEADLINE_MS;
	int64_t id;

	(void)state;
	bench_open(&bench, scripts, 1);
	id = desk_submit(&bench.desk, desk_customer(&bench.desk, "c1", "Maria"),
			 "SELFIE", DOC_SIDE_NONE, "a");
	do
		turn(&bench);
	while (!outbox_progress(bench.outbox, id, &progress) ||
	       progress.phase != XFER_AWAITING);
	desk_sql(&bench.desk, "PRAGMA max_page_count = 1");
	while (!case_event_add(bench.desk.store, "fill", 0, 0, "", &why))
		;
	assert_int_equal(why.code, ERR_STORE);
	assert_non_null(strstr(why.text, "disk is full"));
	wire_server_open(bench.server);
	why = (struct err){ 0 };
	while (!outbox_pump(bench.outbox, &why)) {
		assert_true(xfer_now() < deadline);
		xfer_wait(bench.xfer, NULL, 0, 20);
	}
	assert_non_null(strstr(why.text, "disk is full"));
	assert_int_equal(desk_state(&bench.desk, id), CASE_SENDING);
	desk_sql(&bench.desk, "PRAGMA max_page_count = 1000000");
	drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 1);
	bench_close(&bench);
}

/* In a process of its own: sends until it is killed. */
static int send_until_killed(const char *state, const char *endpoint)
{
	struct prov_profile profile = {
		.name = mem_dup("desk"),
		.provider = &desk_provider,
		.endpoint = mem_dup(endpoint),
		.secret = mem_dup("s3cret"),
		.parallel = 1,
	};
	struct xfer *xfer = xfer_new(1);
	struct case_store *store = NULL;
	struct outbox *outbox = NULL;
	struct xfer_progress progress;
	struct err err = { 0 };

	if (case_store_open(&store, state, "child", &err) ||
	    outbox_new(&outbox, store, xfer, &profile, NULL, NULL, &err))
		return 1;
	for (;;) {
		if (outbox_pump(outbox, &err))
			return 1;
		xfer_wait(xfer, NULL, 0, 20);
		if (outbox_progress(outbox, 1, &progress) &&
		    progress.phase == XFER_AWAITING &&
		    write(STDOUT_FILENO, "x", 1) != 1)
			return 1;
	}
}

static void test_outbox_survives_kill(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_HOLD },
					 ANSWERS("204") };
	struct case_submission sub = { 0 };
	struct bench bench;
	struct pollfd fd = { .events = POLLIN };
	char *first = NULL;
	char *second = NULL;
	pid_t child;
	int64_t id;
	int status;

	(void)state;
	bench_open(&bench, scripts, 2);
	id = desk_submit(&bench.desk, desk_customer(&bench.desk, "c1", "Maria"),
			 "SELFIE", DOC_SIDE_NONE, "a face that is sent once");
	assert_int_equal(id, 1);
	child = desk_child("send", bench.desk.state,
			   bench.desk.profile.endpoint, &fd.fd);
	assert_int_equal(poll(&fd, 1, DEADLINE_MS), 1);

	/* While it lives, what it sends is its own. */
	for (int i = 0; i < 3; i++)
		turn(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_SENDING);
	assert_int_equal(xfer_active(bench.xfer), 0);

	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	close_outbox(&bench);
	open_outbox(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_UNSURE);
	drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, CASE_ACCEPTED);
	assert_int_equal(sub.attempts, 2);
	first = seen_key(&bench, 0);
	second = seen_key(&bench, 1);
	assert_string_equal(first, second);
	assert_string_equal(wire_server_seen(bench.server, 0)->body,
			    wire_server_seen(bench.server, 1)->body);
	free(first);
	free(second);
	close(fd.fd);
	case_submission_release(&sub);
	bench_close(&bench);
}

int main(int argc, char **argv)
{
	struct test_list tests = { 0 };

	if (argc == 4 && strcmp(argv[1], "send") == 0)
		return send_until_killed(argv[2], argv[3]);
	TEST_ROWS(&tests, test_outbox_settles, settlings);
	test_add(&tests, "stops when denied", test_outbox_stops_when_denied);
	test_add(&tests, "stops without secret",
		 test_outbox_stops_without_secret);
	test_add(&tests, "keeps the order", test_outbox_keeps_the_order);
	test_add(&tests, "waits for refused information",
		 test_outbox_waits_for_refused_information);
	test_add(&tests, "keeps to parallel", test_outbox_keeps_to_parallel);
	test_add(&tests, "refuses a changed file",
		 test_outbox_refuses_a_changed_file);
	test_add(&tests, "stays unsure without its file",
		 test_outbox_stays_unsure_without_its_file);
	test_add(&tests, "cancels", test_outbox_cancels);
	test_add(&tests, "holds", test_outbox_holds);
	test_add(&tests, "holds for another address",
		 test_outbox_holds_for_another_address);
	test_add(&tests, "wakes when asked", test_outbox_wakes_when_asked);
	test_add(&tests, "never repeats what is forgotten",
		 test_outbox_never_repeats_what_is_forgotten);
	test_add(&tests, "never repeats another body",
		 test_outbox_never_repeats_another_body);
	test_add(&tests, "leaves and returns", test_outbox_leaves_and_returns);
	test_add(&tests, "remembers while the disk is full",
		 test_outbox_remembers_while_the_disk_is_full);
	test_add(&tests, "survives kill", test_outbox_survives_kill);
	return test_run(&tests, "cases/outbox");
}
