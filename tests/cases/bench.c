/* SPDX-License-Identifier: MIT */
/* A desk with an outbox, and a server that follows a script. */
#include "tests/cases/bench.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/form.h"

static void on_changed(void *arg, int64_t submission)
{
	struct bench *bench = arg;

	(void)submission;
	bench->changes++;
}

void bench_start(struct bench *bench)
{
	bench->xfer = xfer_new(bench->desk.profile.parallel);
	OK(outbox_new(&bench->outbox, bench->desk.store, bench->xfer,
		      &bench->desk.profile, on_changed, bench, &err));
}

void bench_stop(struct bench *bench)
{
	outbox_free(bench->outbox);
	xfer_free(bench->xfer);
	bench->outbox = NULL;
	bench->xfer = NULL;
}

void bench_open(struct bench *bench, const struct provider *provider,
		wire_script *scripts, size_t count)
{
	*bench = (struct bench){ 0 };
	desk_open(&bench->desk);
	bench->desk.profile.provider = provider;
	bench->server = wire_server_new(scripts, count);
	mem_replace(&bench->desk.profile.endpoint,
		    wire_server_endpoint(bench->server));
	bench_start(bench);
}

int64_t bench_selfie(struct bench *bench, const struct provider *provider,
		     wire_script *scripts, size_t count)
{
	bench_open(bench, provider, scripts, count);
	return desk_submit(&bench->desk,
			   desk_customer(&bench->desk, "c1", "Maria"), "SELFIE",
			   DOC_SIDE_NONE, "a");
}

void bench_close(struct bench *bench)
{
	bench_stop(bench);
	wire_server_free(bench->server);
	desk_close(&bench->desk);
}

void bench_turn(struct bench *bench)
{
	int64_t next = 0;
	int timeout = 100;

	OK(outbox_pump(bench->outbox, &err));
	next = outbox_next(bench->outbox);
	if (next >= 0 && next - xfer_now() < timeout)
		timeout = next > xfer_now() ? (int)(next - xfer_now()) : 0;
	xfer_wait(bench->xfer, NULL, 0, timeout);
}

void bench_drive(struct bench *bench)
{
	int64_t deadline = xfer_now() + BENCH_DEADLINE_MS;

	do {
		assert_true(xfer_now() < deadline);
		bench_turn(bench);
	} while (xfer_active(bench->xfer) || outbox_next(bench->outbox) >= 0);
}

void bench_drive_to(struct bench *bench, int64_t id, enum case_state state)
{
	int64_t deadline = xfer_now() + BENCH_DEADLINE_MS;

	while (desk_state(&bench->desk, id) != state) {
		assert_true(xfer_now() < deadline);
		bench_turn(bench);
	}
}

void bench_age(struct bench *bench, int64_t ms)
{
	char *sql = mem_printf(
		"UPDATE attempts SET started_ms = started_ms - %lld,"
		" ended_ms = ended_ms - %lld;"
		"UPDATE submissions SET next_ms = next_ms - %lld"
		" WHERE next_ms > 0 AND next_ms < 9223372036854775807",
		(long long)ms, (long long)ms, (long long)ms);

	bench_stop(bench);
	desk_sql(&bench->desk, sql);
	bench_start(bench);
	free(sql);
}

char *bench_key(struct bench *bench, size_t i)
{
	const struct wire_seen *seen = wire_server_seen(bench->server, i);
	const char *line = strstr(seen->head, "Idempotency-Key: ");

	assert_non_null(line);
	line += strlen("Idempotency-Key: ");
	return mem_dup_n(line, strcspn(line, "\r"));
}

int bench_child(const struct provider *provider, const char *state,
		const char *endpoint)
{
	struct prov_profile profile = {
		.name = mem_dup("desk"),
		.provider = provider,
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

void bench_kill_sending(struct bench *bench)
{
	struct pollfd fd = { .events = POLLIN };
	int status;
	pid_t child;
	bool came;

	bench_stop(bench);
	child = desk_child("send", bench->desk.state,
			   bench->desk.profile.endpoint, &fd.fd);
	came = poll(&fd, 1, BENCH_DEADLINE_MS) == 1;
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	close(fd.fd);
	assert_true(came);
	bench_start(bench);
}
