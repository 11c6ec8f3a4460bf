/* SPDX-License-Identifier: MIT */
/* What was checked is what is sent: files that change on their way. */
#include "cases/send.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/cases/bench.h"

/* More than all buffers between here and the server hold. */
#define PAPER_BYTES (24u << 20)

static void grow(const char *path)
{
	FILE *file = fopen(path, "a");

	assert_non_null(file);
	assert_true(fputs("more", file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void shrink(const char *path)
{
	assert_int_equal(truncate(path, PAPER_BYTES - 1), 0);
}

/* As long as before, and one byte is another. */
static void rewrite(const char *path)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, "y", 1, PAPER_BYTES - 1), 1);
	close(fd);
}

/* As editors do: another file takes the name. */
static void replace(const char *path)
{
	char *other = mem_printf("%s.new", path);
	FILE *file = fopen(other, "w");

	assert_non_null(file);
	assert_true(fputs("another", file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(rename(other, path), 0);
	free(other);
}

static void withdraw(const char *path)
{
	assert_int_equal(unlink(path), 0);
}

static const struct change {
	const char *name;
	void (*change)(const char *path);
	const char *says; /* before the first byte, if it is known then */
} changes[] = {
	{ "grows", grow, "not the one that was checked" },
	{ "shrinks", shrink, "not the one that was checked" },
	{ "is rewritten", rewrite, "changed after it was checked" },
	{ "is replaced", replace, "not the one that was checked" },
	{ "is removed", withdraw, "cannot" },
};

static int64_t submit_paper(struct bench *bench, char **path)
{
	char *content = mem_alloc(PAPER_BYTES + 1);
	struct case_submission sub = { 0 };
	int64_t id;

	memset(content, 'x', PAPER_BYTES);
	id = desk_submit(&bench->desk,
			 desk_customer(&bench->desk, "c1", "Maria"), "SELFIE",
			 DOC_SIDE_NONE, content);
	sub = desk_read(&bench->desk, id);
	*path = mem_dup(sub.path);
	case_submission_release(&sub);
	free(content);
	return id;
}

/* It goes nowhere by itself; the file is still chosen, and the reason said. */
static void expect_back(struct bench *bench, int64_t id, const char *says)
{
	struct case_submission sub = desk_read(&bench->desk, id);

	assert_int_equal(sub.state, CASE_REFUSED);
	assert_false(sub.sent_before);
	assert_non_null(sub.message);
	if (says && !strstr(sub.message, says))
		fail_msg("'%s' is not in '%s'", says, sub.message);
	assert_int_equal(desk_number(&bench->desk,
				     "SELECT count(*) FROM documents"
				     " WHERE path IS NOT NULL"),
			 1);
	case_submission_release(&sub);
}

static void test_file_changes_on_its_way(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_SOME(100000), DO_GATE,
					   DO_BODY, DO_SAY(ANSWER("204")) },
					 ANSWERS("204") };
	const struct change *row = *state;
	struct xfer_progress progress = { 0 };
	int64_t deadline = xfer_now() + BENCH_DEADLINE_MS;
	struct bench bench;
	char *path = NULL;
	int64_t id;

	bench_open(&bench, &desk_provider, scripts, 2);
	id = submit_paper(&bench, &path);
	while (!outbox_progress(bench.outbox, id, &progress) ||
	       !progress.sent) {
		assert_true(xfer_now() < deadline);
		bench_turn(&bench);
	}
	row->change(path);
	wire_server_open(bench.server);
	bench_drive(&bench);
	expect_back(&bench, id, NULL);
	/* Less than the whole came, so nothing was stored there. */
	assert_int_equal(wire_server_requests(bench.server), 1);
	assert_false(wire_server_seen(bench.server, 0)->whole);
	free(path);
	bench_close(&bench);
}

static void test_file_changes_before_it_goes(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY,
					   DO_SAY(ANSWER("204")) } };
	const struct change *row = *state;
	struct bench bench;
	char *path = NULL;
	int64_t id;

	bench_open(&bench, &desk_provider, scripts, 1);
	id = submit_paper(&bench, &path);
	row->change(path);
	bench_drive(&bench);
	expect_back(&bench, id, row->says);
	for (unsigned i = 0; i < wire_server_requests(bench.server); i++)
		assert_false(wire_server_seen(bench.server, i)->whole);
	free(path);
	bench_close(&bench);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_file_changes_on_its_way, changes);
	TEST_ROWS(&tests, test_file_changes_before_it_goes, changes);
	return test_run(&tests, "cases/send");
}
