/* SPDX-License-Identifier: MIT */
/*
 * What is sent and told waits for the disk, and the loop never does. The
 * test's own fsync() and fdatasync() stand in for the C library's.
 */
#include "cases/durable.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cases/store_private.h"
#include "forms/form.h"
#include "tests/cases/bench.h"

/* The disk. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t change;
	bool shut;	   /* a sync waits until it is not */
	unsigned passes;   /* so many do not */
	unsigned waiting;  /* of them */
	int error;	   /* each fails so */
	unsigned by_loop;  /* syncs by the thread of the test */
	unsigned by_other; /* by any other one */
	pid_t loop;
} disk = { .lock = PTHREAD_MUTEX_INITIALIZER,
	   .change = PTHREAD_COND_INITIALIZER };

static int sync_for_test(int fd, long call)
{
	int error;

	pthread_mutex_lock(&disk.lock);
	if (gettid() == disk.loop)
		disk.by_loop++;
	else
		disk.by_other++;
	disk.waiting++;
	pthread_cond_broadcast(&disk.change);
	while (disk.shut && !disk.passes)
		pthread_cond_wait(&disk.change, &disk.lock);
	if (disk.shut)
		disk.passes--;
	disk.waiting--;
	pthread_cond_broadcast(&disk.change);
	error = disk.error;
	pthread_mutex_unlock(&disk.lock);
	if (error) {
		errno = error;
		return -1;
	}
	return (int)syscall(call, fd);
}

int fsync(int fd)
{
	return sync_for_test(fd, SYS_fsync);
}

int fdatasync(int fd)
{
	return sync_for_test(fd, SYS_fdatasync);
}

static void disk_set(bool shut, int error)
{
	pthread_mutex_lock(&disk.lock);
	disk.shut = shut;
	disk.passes = 0;
	disk.error = error;
	disk.by_loop = disk.by_other = 0;
	disk.loop = gettid();
	pthread_cond_broadcast(&disk.change);
	pthread_mutex_unlock(&disk.lock);
}

/* One sync of those that wait, or will, gets through. */
static void disk_pass_one(void)
{
	pthread_mutex_lock(&disk.lock);
	disk.passes = 1;
	pthread_cond_broadcast(&disk.change);
	while (disk.passes)
		pthread_cond_wait(&disk.change, &disk.lock);
	pthread_mutex_unlock(&disk.lock);
}

/* Until a sync waits at the disk that is shut. */
static void disk_await(struct bench *bench)
{
	int64_t deadline = xfer_now() + BENCH_DEADLINE_MS;
	bool waits = false;

	while (!waits) {
		assert_true(xfer_now() < deadline);
		bench_turn(bench);
		pthread_mutex_lock(&disk.lock);
		waits = disk.waiting > 0;
		pthread_mutex_unlock(&disk.lock);
	}
}

static void turn_for(struct bench *bench, int turns)
{
	for (int i = 0; i < turns; i++)
		bench_turn(bench);
}

static int64_t submit_one(struct bench *bench, const char *customer)
{
	return desk_submit(&bench->desk,
			   desk_customer(&bench->desk, customer, "Maria"),
			   "SELFIE", DOC_SIDE_NONE, "face");
}

/* Long enough for the log to be emptied and begun anew, more than once. */
static void test_loop_never_syncs(void **state)
{
	char detail[900];
	struct desk desk;
	char *sound = NULL;
	char *path = NULL;
	struct stat st;

	(void)state;
	desk_open(&desk);
	disk_set(false, 0);
	memset(detail, 'x', sizeof(detail) - 1);
	detail[sizeof(detail) - 1] = '\0';
	for (int i = 0; i < 2000; i++) {
		OK(case_event_add(desk.store, "seen", 0, 0, detail, &err));
		OK(case_store_pump(desk.store, i % 8 == 0, &err));
	}
	assert_int_equal(disk.by_loop, 0);
	assert_true(disk.by_other > 0);
	OK(case_store_settle(desk.store, &err));
	assert_int_equal(disk.by_loop, 0);
	path = mem_printf("%s/kyc.db", desk.state);
	assert_int_equal(stat(path, &st), 0);
	/* It is the thread that moved the log there. */
	assert_true(st.st_size > 500000);
	desk_reopen(&desk);
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM events"),
			 2000);
	sound = desk_text(&desk, "PRAGMA integrity_check", 0);
	assert_string_equal(sound, "ok");
	free(sound);
	free(path);
	desk_close(&desk);
}

static void test_nothing_leaves_before_it_is_durable(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	struct outbox_totals totals;
	struct bench bench;
	int64_t id;

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 1);
	id = submit_one(&bench, "c1");
	OK(case_store_settle(bench.desk.store, &err));
	disk_set(true, 0);
	disk_await(&bench);
	turn_for(&bench, 20);
	assert_int_equal(wire_server_connections(bench.server), 0);
	outbox_totals(bench.outbox, &totals);
	assert_int_equal(totals.sending, 0);
	assert_int_equal(totals.queued, 1);
	disk_set(false, 0);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	assert_int_equal(disk.by_loop, 0);
	bench_close(&bench);
}

static void test_nothing_is_told_before_it_is_durable(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_GATE,
					   DO_SAY(ANSWER("204")) } };
	struct bench bench;
	unsigned told = 0;
	int64_t id;

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 1);
	id = submit_one(&bench, "c1");
	while (!wire_server_connections(bench.server))
		bench_turn(&bench);
	while (outbox_next(bench.outbox) >= 0)
		bench_turn(&bench);
	disk_set(true, 0);
	told = bench.changes;
	wire_server_open(bench.server);
	bench_drive_to(&bench, id, CASE_ACCEPTED);
	disk_await(&bench);
	turn_for(&bench, 20);
	assert_int_equal(bench.changes, told);
	disk_set(false, 0);
	bench_drive(&bench);
	assert_true(bench.changes > told);
	bench_close(&bench);
}

/* Who is told of something older reads the record as it is now. */
static void test_older_news_wait_for_newer(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_GATE,
					   DO_SAY(ANSWER("204")) } };
	struct bench bench;
	unsigned told = 0;
	int64_t id;

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 1);
	id = submit_one(&bench, "c1");
	while (!wire_server_connections(bench.server))
		bench_turn(&bench);
	while (outbox_next(bench.outbox) >= 0)
		bench_turn(&bench);
	OK(case_store_settle(bench.desk.store, &err));
	disk_set(true, 0);
	told = bench.changes;
	OK(outbox_hold(bench.outbox, id, true, &err));
	disk_await(&bench);
	wire_server_open(bench.server);
	bench_drive_to(&bench, id, CASE_ACCEPTED);
	/* That it is held is on the disk; that it was accepted is not. */
	disk_pass_one();
	disk_await(&bench);
	turn_for(&bench, 20);
	assert_int_equal(bench.changes, told);
	disk_set(false, 0);
	bench_drive(&bench);
	assert_true(bench.changes > told);
	bench_close(&bench);
}

static const struct failure {
	const char *name;
	int error;
} failures[] = { { "EIO", EIO }, { "ENOSPC", ENOSPC } };

static void test_failed_sync_stops_everything(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	int64_t deadline = xfer_now() + BENCH_DEADLINE_MS;
	const struct failure *row = *state;
	struct err err = { 0 };
	struct bench bench;
	int64_t id;

	bench_open(&bench, &desk_provider, scripts, 1);
	id = submit_one(&bench, "c1");
	disk_set(false, row->error);
	while (!outbox_pump(bench.outbox, &err)) {
		assert_true(xfer_now() < deadline);
		xfer_wait(bench.xfer, NULL, 0, 5);
	}
	assert_int_equal(err.code, ERR_STORE);
	assert_int_equal(err_exit_status(err.code), 6);
	assert_non_null(strstr(err.text, strerror(row->error)));
	assert_non_null(strstr(err.text, "kyc.db"));
	/* A later one would succeed: the kernel has forgotten. Not we. */
	disk_set(false, 0);
	assert_int_equal(outbox_pump(bench.outbox, &err), -1);
	assert_int_equal(case_store_settle(bench.desk.store, &err), -1);
	assert_int_equal(wire_server_connections(bench.server), 0);
	bench_stop(&bench);
	desk_reopen(&bench.desk);
	bench_start(&bench);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 1);
	bench_close(&bench);
}

#define MANY 120

static void test_many_share_a_sync(void **state)
{
	static wire_script scripts[] = {
		{ DO_HEAD, DO_BODY, DO_SAY("HTTP/1.1 204 X\r\n\r\n"), DO_AGAIN }
	};
	struct bench bench;
	int64_t ids[MANY];

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 1);
	bench.desk.profile.parallel = 4;
	OK(case_store_begin(bench.desk.store, &err));
	for (int i = 0; i < MANY; i++) {
		char *customer = mem_printf("c%d", i);

		ids[i] = submit_one(&bench, customer);
		free(customer);
	}
	OK(case_store_commit(bench.desk.store, &err));
	disk_set(false, 0);
	bench_drive(&bench);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(desk_state(&bench.desk, ids[i]),
				 CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), MANY);
	/* Syncs that merely follow the time depend on the machine's. */
	print_message("%u syncs for %d documents\n", disk.by_other, MANY);
	assert_true(disk.by_other < MANY / 2);
	bench_close(&bench);
}

/* What was begun ahead of the wire waits again, as if it had not been. */
static void test_begun_ahead_is_withdrawn(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_HOLD } };
	struct bench bench;
	struct case_submission sub = { 0 };
	int64_t ids[6];

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 1);
	bench.desk.profile.parallel = 1;
	for (size_t i = 0; i < 6; i++) {
		char customer[] = { 'c', (char)('0' + i), '\0' };

		ids[i] = submit_one(&bench, customer);
	}
	while (!wire_server_connections(bench.server))
		bench_turn(&bench);
	assert_int_equal(desk_number(&bench.desk,
				     "SELECT count(*) FROM submissions"
				     " WHERE state = 'sending'"),
			 6);
	bench_stop(&bench);
	for (size_t i = 1; i < 6; i++) {
		sub = desk_read(&bench.desk, ids[i]);
		assert_int_equal(sub.state, CASE_QUEUED);
		assert_int_equal(sub.attempts, 0);
		assert_false(sub.sent_before);
		case_submission_release(&sub);
	}
	assert_int_equal(
		desk_number(&bench.desk, "SELECT count(*) FROM attempts"), 1);
	bench_start(&bench);
	bench_close(&bench);
}

/* Holding or cancelling such a one keeps it off the wire. */
static void test_begun_ahead_is_held(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_GATE,
					   DO_SAY(ANSWER("204")) },
					 ANSWERS("204") };
	struct bench bench;
	int64_t first, held, gone;

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 2);
	bench.desk.profile.parallel = 1;
	first = submit_one(&bench, "c1");
	held = submit_one(&bench, "c2");
	gone = submit_one(&bench, "c3");
	while (!wire_server_connections(bench.server))
		bench_turn(&bench);
	assert_int_equal(desk_state(&bench.desk, held), CASE_SENDING);
	OK(outbox_hold(bench.outbox, held, true, &err));
	OK(outbox_cancel(bench.outbox, gone, &err));
	wire_server_open(bench.server);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, first), CASE_ACCEPTED);
	assert_int_equal(desk_state(&bench.desk, held), CASE_QUEUED);
	assert_int_equal(desk_state(&bench.desk, gone), CASE_CANCELLED);
	assert_int_equal(wire_server_requests(bench.server), 1);
	bench_close(&bench);
}

/* The kernel holds what a killed process committed, the disk perhaps not. */
static void test_what_is_found_is_synced_too(void **state)
{
	struct desk desk;

	(void)state;
	desk_open(&desk);
	OK(case_event_add(desk.store, "seen", 0, 0, "", &err));
	/* As after a kill: the log stays as it is. */
	sqlite3_db_config(desk.store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
			  NULL);
	disk_set(false, EIO);
	desk_reopen(&desk);
	disk_set(false, 0);
	OK(case_store_settle(desk.store, &err));
	assert_true(disk.by_loop + disk.by_other > 0);
	desk_close(&desk);
}

/* The last one to close leaves the record in its one file, durable. */
static void test_close_empties_the_log(void **state)
{
	struct desk desk;
	char *log = NULL;

	(void)state;
	desk_open(&desk);
	log = mem_printf("%s/kyc.db-wal", desk.state);
	OK(case_event_add(desk.store, "seen", 0, 0, "", &err));
	assert_int_equal(access(log, F_OK), 0);
	disk_set(false, 0);
	case_store_close(desk.store);
	desk.store = NULL;
	assert_true(disk.by_loop + disk.by_other >= 2);
	assert_int_equal(access(log, F_OK), -1);
	free(log);
	desk_close(&desk);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "loop never syncs", test_loop_never_syncs);
	test_add(&tests, "nothing leaves before it is durable",
		 test_nothing_leaves_before_it_is_durable);
	test_add(&tests, "nothing is told before it is durable",
		 test_nothing_is_told_before_it_is_durable);
	test_add(&tests, "older news wait for newer",
		 test_older_news_wait_for_newer);
	TEST_ROWS(&tests, test_failed_sync_stops_everything, failures);
	test_add(&tests, "many share a sync", test_many_share_a_sync);
	test_add(&tests, "begun ahead is withdrawn",
		 test_begun_ahead_is_withdrawn);
	test_add(&tests, "begun ahead is held", test_begun_ahead_is_held);
	test_add(&tests, "what is found is synced too",
		 test_what_is_found_is_synced_too);
	test_add(&tests, "close empties the log", test_close_empties_the_log);
	return test_run(&tests, "cases/durable");
}
