/* SPDX-License-Identifier: MIT */
/*
 * Looking into files, through the worker as it is built. Deadlines are long:
 * they only end a test that has gone wrong.
 */
#include "tests/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "forms/inspect/inspect.h"
#include "forms/look.h"
#include "forms/mem.h"

#define DEADLINE_MS 60000

static const char zeros_64m[] =
	"3b6a07d0d404fab4e23b6d34bc6696a6a312dd92821332385e5af7c01c421351";
static const char nothing[] =
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/* Content as a file that has no name. */
static int file_of(const void *data, size_t len)
{
	char path[] = "/tmp/kyc-test-look-XXXXXX";
	int fd = mkostemp(path, O_CLOEXEC);

	assert_true(fd >= 0);
	unlink(path);
	assert_int_equal(write(fd, data, len), len);
	return fd;
}

static char *file_read(const char *in_source, size_t *len)
{
	char *path = test_source_path(in_source);
	FILE *file = fopen(path, "rb");
	char *data = mem_alloc(1 << 20);

	assert_non_null(file);
	*len = fread(data, 1, 1 << 20, file);
	assert_true(*len < 1 << 20);
	fclose(file);
	free(path);
	return data;
}

static struct doc_looker *looker_new(void)
{
	char *program = test_build_path("kyc-inspect");
	struct doc_looker *looker = doc_looker_new(program);

	free(program);
	return looker;
}

static struct doc_facts look(struct doc_looker *looker, int fd)
{
	struct doc_file file = { .fd = fd };
	struct doc_facts facts = { 0 };
	struct err err = { 0 };

	if (doc_look(looker, &file, &facts, &err))
		fail_msg("%s", err.text);
	return facts;
}

static struct doc_facts look_at(struct doc_looker *looker, const void *data,
				size_t len)
{
	int fd = file_of(data, len);
	struct doc_facts facts = look(looker, fd);

	close(fd);
	return facts;
}

/* Wait for the descriptor, as the event loop does, and take one. */
static uint64_t take(struct doc_looker *looker, struct doc_facts *facts)
{
	struct pollfd wait = { .events = POLLIN };
	uint64_t id = 0;

	while (!doc_looker_take(looker, &id, facts)) {
		wait.fd = doc_looker_fd(looker);
		assert_true(wait.fd >= 0);
		if (!poll(&wait, 1, DEADLINE_MS))
			fail_msg("no answer");
	}
	return id;
}

static void ask(struct doc_looker *looker, uint64_t id, int fd)
{
	struct err err = { 0 };

	if (doc_looker_ask(looker, id, fd, &err))
		fail_msg("%s", err.text);
}

/* Samples */

static const struct sample {
	const char *name;
	const char *path;
	const char *mime;
	enum doc_kind kind;
	unsigned width, height, pages;
	bool encrypted, damaged;
} samples[] = {
	{ "photo", "assets/samples/id-card-front.jpg", "image/jpeg", DOC_JPEG,
	  2022, 1276, 0, false, false },
	{ "portrait", "assets/samples/selfie.jpg", "image/jpeg", DOC_JPEG, 1200,
	  1600, 0, false, false },
	{ "PNG", "assets/samples/company-stamp.png", "image/png", DOC_PNG, 800,
	  800, 0, false, false },
	{ "PDF", "assets/samples/proof-of-address.pdf", "application/pdf",
	  DOC_PDF, 0, 0, 2, false, false },
	{ "PDF of a page", "assets/samples/bank-statement.pdf",
	  "application/pdf", DOC_PDF, 0, 0, 1, false, false },
	{ "small", "assets/samples/refused-too-small.jpg", "image/jpeg",
	  DOC_JPEG, 200, 126, 0, false, false },
	{ "remark inside", "assets/samples/passport-blurry.jpg", "image/jpeg",
	  DOC_JPEG, 2100, 1480, 0, false, false },
	{ "empty", "assets/samples/refused-empty.jpg", "application/x-empty",
	  DOC_UNKNOWN, 0, 0, 0, false, false },
	{ "text called PDF", "assets/samples/refused-text-named.pdf",
	  "text/plain", DOC_UNKNOWN, 0, 0, 0, false, false },
	{ "cut", "assets/samples/refused-truncated.jpg", "image/jpeg", DOC_JPEG,
	  2022, 1276, 0, false, true },
	{ "asks for a password", "assets/samples/refused-encrypted.pdf",
	  "application/pdf", DOC_PDF, 0, 0, 0, true, false },
	{ "locked, opens without", "tests/forms/owner-locked.pdf",
	  "application/pdf", DOC_PDF, 0, 0, 2, false, false },
};

static void test_look_sample(void **state)
{
	const struct sample *row = *state;
	struct doc_looker *looker = looker_new();
	char *path = test_source_path(row->path);
	struct doc_file file = DOC_FILE_NONE;
	struct doc_facts facts = { 0 };
	struct err err = { 0 };

	if (doc_file_open(&file, path, &err) ||
	    doc_look(looker, &file, &facts, &err))
		fail_msg("%s", err.text);
	assert_string_equal(facts.mime, row->mime);
	assert_int_equal(facts.kind, row->kind);
	assert_int_equal(facts.bytes, file.bytes);
	assert_int_equal(facts.width, row->width);
	assert_int_equal(facts.height, row->height);
	assert_int_equal(facts.pages, row->pages);
	assert_int_equal(facts.encrypted, row->encrypted);
	assert_int_equal(facts.damaged, row->damaged);
	assert_int_equal(strlen(facts.sha256), 64);
	doc_file_close(&file);
	doc_looker_free(looker);
	free(path);
}

/* The practice server looks for the remark in the first 4 kB. */
static void test_samples_carry_their_remark(void **state)
{
	static const char *const paths[][2] = {
		{ "assets/samples/passport-blurry.jpg", "blurry" },
		{ "assets/samples/id-card-front-expired.jpg", "expired" },
		{ "assets/samples/proof-of-address-too-old.pdf", "too-old" },
	};
	size_t len;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		char *data = file_read(paths[i][0], &len);
		char *remark = mem_printf("KYC-SAMPLE-REJECT:%s", paths[i][1]);

		assert_non_null(memmem(data, len < 4096 ? len : 4096, remark,
				       strlen(remark)));
		free(remark);
		free(data);
	}
}

/* Digests */

static void test_digest_steps(void **state)
{
	char *data = mem_alloc(1000000);
	struct doc_digest *digest = doc_digest_new();
	char hex[65];

	(void)state;
	memset(data, 'a', 1000000);
	for (size_t at = 0, step = 1; at < 1000000; at += step, step *= 3) {
		if (step > 1000000 - at)
			step = 1000000 - at;
		doc_digest_add(digest, data + at, step);
	}
	doc_digest_hex(digest, hex);
	doc_digest_free(digest);
	/* FIPS 180-2, appendix B.3 */
	assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67"
				 "f1809a48a497200e046d39ccc7112cd0");
	digest = doc_digest_new();
	doc_digest_hex(digest, hex);
	doc_digest_free(digest);
	assert_string_equal(hex, nothing);
	doc_digest_free(NULL);
	free(data);
}

static void test_look_digest_is_of_all_bytes(void **state)
{
	struct doc_looker *looker = looker_new();
	unsigned char sum[EVP_MAX_MD_SIZE];
	struct doc_facts facts;
	unsigned int sum_len;
	char byte[3];
	size_t len;
	char *data = file_read("assets/samples/passport.jpg", &len);

	(void)state;
	facts = look_at(looker, data, len);
	assert_int_equal(
		EVP_Digest(data, len, sum, &sum_len, EVP_sha256(), NULL), 1);
	for (size_t i = 0; i < sum_len; i++) {
		snprintf(byte, sizeof(byte), "%02x", sum[i]);
		assert_memory_equal(facts.sha256 + 2 * i, byte, 2);
	}
	assert_string_equal(look_at(looker, "", 0).sha256, nothing);
	doc_looker_free(looker);
	free(data);
}

static long most_memory_kb(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static void test_look_big_file_costs_no_memory_here(void **state)
{
	struct doc_looker *looker = looker_new();
	int fd = file_of("", 0);
	long before = most_memory_kb();
	struct doc_facts facts;

	(void)state;
	assert_int_equal(ftruncate(fd, 64 << 20), 0);
	facts = look(looker, fd);
	assert_int_equal(facts.bytes, 64 << 20);
	assert_string_equal(facts.sha256, zeros_64m);
	assert_false(facts.damaged);
	assert_true(most_memory_kb() - before < 8192);
	close(fd);
	doc_looker_free(looker);
}

/* Content that is not what it should be */

static const struct cut {
	const char *name;
	const char *path;
	size_t kept_off; /* so many of the last bytes are surely missed */
} cuts[] = {
	{ "JPEG", "assets/samples/id-card-front.jpg", 1 },
	{ "PNG", "assets/samples/selfie.png", 1 },
	{ "PDF", "assets/samples/incorporation-articles.pdf", 3 },
	{ "locked PDF", "tests/forms/owner-locked.pdf", 3 },
};

static void test_look_cut_anywhere_is_damaged(void **state)
{
	const struct cut *row = *state;
	struct doc_looker *looker = looker_new();
	size_t len;
	char *data = file_read(row->path, &len);

	for (size_t i = 1; i <= 60; i++) {
		size_t part = i * i * (len - row->kept_off) / 3600;
		struct doc_facts facts = look_at(looker, data, part);

		if (!facts.damaged && facts.kind != DOC_UNKNOWN)
			fail_msg("whole with %zu of %zu bytes", part, len);
	}
	assert_false(doc_looker_broken(looker));
	doc_looker_free(looker);
	free(data);
}

static const struct oddity {
	const char *name;
	const char *path;
	const char *find, *put; /* over what is found; NULL: nothing */
	size_t behind;		/* zeros added at the end */
	unsigned pages;
	bool damaged;
} oddities[] = {
	{ "film behind a JPEG", "assets/samples/selfie.jpg", NULL, NULL, 200000,
	  0, false },
	{ "something behind a PNG", "assets/samples/selfie.png", NULL, NULL,
	  5000, 0, false },
	{ "PDF padded with zeros", "assets/samples/proof-of-address.pdf", NULL,
	  NULL, 5000, 2, false },
	{ "PDF with a wrong offset", "assets/samples/proof-of-address.pdf",
	  "startxref\n", "startxref\n9", 0, 2, false },
	{ "PDF whose pages contain themselves",
	  "assets/samples/bank-statement.pdf", "/Kids [ 5 0 R ]",
	  "/Kids [ 2 0 R ]", 0, 0, true },
	{ "PDF without pages", "assets/samples/bank-statement.pdf",
	  "/Pages 2 0 R", "/Pages 9 0 R", 0, 0, true },
};

static void test_look_oddity(void **state)
{
	const struct oddity *row = *state;
	struct doc_looker *looker = looker_new();
	struct doc_facts facts;
	size_t len;
	char *data = file_read(row->path, &len);

	if (row->find) {
		char *at = memmem(data, len, row->find, strlen(row->find));

		assert_non_null(at);
		memcpy(at, row->put, strlen(row->put));
	}
	facts = look_at(looker, data, len + row->behind);
	assert_int_equal(facts.damaged, row->damaged);
	assert_int_equal(facts.pages, row->pages);
	assert_false(facts.encrypted);
	assert_false(doc_looker_broken(looker));
	doc_looker_free(looker);
	free(data);
}

/* A picture may claim any size: that is told, and nothing is made of it. */
static void test_look_reports_a_lying_size(void **state)
{
	struct doc_looker *looker = looker_new();
	struct doc_facts facts;
	size_t len;
	char *data = file_read("assets/samples/selfie.jpg", &len);
	char *frame = memmem(data, len, "\xff\xc0", 2);

	(void)state;
	assert_non_null(frame);
	memcpy(frame + 5, "\xff\xdc\xff\xdc", 4);
	facts = look_at(looker, data, len);
	assert_int_equal(facts.width, 65500);
	assert_int_equal(facts.height, 65500);
	free(data);
	doc_looker_free(looker);
}

static void test_look_deep_nesting_is_survived(void **state)
{
	struct doc_looker *looker = looker_new();
	size_t len = 4 << 20;
	char *data = mem_alloc(len);
	static const char head[] = "%PDF-1.7\n1 0 obj\n";
	static const char tail[] = "\ntrailer << /Root 1 0 R >>\n"
				   "startxref\n0\n%%EOF\n";
	struct doc_facts facts;

	(void)state;
	memset(data, '[', len);
	memcpy(data, head, sizeof(head) - 1);
	memcpy(data + len - sizeof(tail) + 1, tail, sizeof(tail) - 1);
	facts = look_at(looker, data, len);
	assert_true(facts.damaged);
	facts = look_at(looker, "hello\n", 6);
	assert_false(facts.damaged);
	assert_string_equal(facts.mime, "text/plain");
	free(data);
	doc_looker_free(looker);
}

/* Manners with the descriptor */

static void test_look_leaves_the_offset(void **state)
{
	struct doc_looker *looker = looker_new();
	size_t len;
	char *data = file_read("assets/samples/proof-of-address.pdf", &len);
	int fd = file_of(data, len);

	(void)state;
	assert_int_equal(lseek(fd, 5, SEEK_SET), 5);
	assert_int_equal(look(looker, fd).pages, 2);
	assert_int_equal(lseek(fd, 0, SEEK_CUR), 5);
	close(fd);
	free(data);
	doc_looker_free(looker);
}

static size_t open_files(void)
{
	DIR *directory = opendir("/proc/self/fd");
	size_t count = 0;

	if (!directory)
		skip();
	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

static void test_looker_keeps_nothing_open(void **state)
{
	size_t before = open_files();
	struct doc_looker *looker = looker_new();
	int fd = file_of("x", 1);

	(void)state;
	for (uint64_t id = 1; id <= 10; id++)
		ask(looker, id, fd);
	close(fd);
	doc_looker_free(looker);
	assert_int_equal(open_files(), before);
}

/* Many questions, and those that are no longer asked */

static void test_looker_answers_fifty_in_order(void **state)
{
	struct doc_looker *looker = looker_new();
	struct doc_facts facts;

	(void)state;
	assert_int_equal(doc_looker_fd(looker), -1);
	for (uint64_t id = 1; id <= 50; id++) {
		int fd = file_of("0123456789012345678901234567890123456789"
				 "0123456789",
				 id);

		ask(looker, id, fd);
		/* It was sent along; ours may go. */
		close(fd);
	}
	for (uint64_t id = 1; id <= 50; id++) {
		assert_int_equal(take(looker, &facts), id);
		assert_int_equal(facts.bytes, id);
		assert_false(facts.damaged);
	}
	assert_int_equal(doc_looker_fd(looker), -1);
	doc_looker_free(looker);
}

static void test_looker_forgets(void **state)
{
	struct doc_looker *looker = looker_new();
	int fd = file_of("x", 1);
	struct doc_facts facts;

	(void)state;
	for (uint64_t id = 1; id <= 10; id++)
		ask(looker, id, fd);
	/* One that was sent, one that waits, and one that never was. */
	doc_looker_forget(looker, 2);
	doc_looker_forget(looker, 9);
	doc_looker_forget(looker, 77);
	for (uint64_t id = 1; id <= 10; id++) {
		if (id != 2 && id != 9)
			assert_int_equal(take(looker, &facts), id);
	}
	assert_int_equal(doc_looker_fd(looker), -1);
	close(fd);
	doc_looker_free(looker);
}

static void test_look_leaves_the_answers_of_others(void **state)
{
	struct doc_looker *looker = looker_new();
	int one = file_of("1", 1), two = file_of("22", 2);
	struct doc_facts facts;

	(void)state;
	ask(looker, 1, one);
	assert_int_equal(look(looker, two).bytes, 2);
	assert_int_equal(take(looker, &facts), 1);
	assert_int_equal(facts.bytes, 1);
	close(one);
	close(two);
	doc_looker_free(looker);
}

/* A worker that is in trouble */

static void test_looker_survives_a_killed_worker(void **state)
{
	struct doc_looker *looker = looker_new();
	int fd = file_of("x", 1);
	struct doc_facts facts;
	pid_t worker;

	(void)state;
	assert_false(look(looker, fd).damaged);
	worker = doc_looker_worker(looker);
	assert_true(worker > 0);
	/* Stopped, so that the questions surely find it in the middle. */
	assert_int_equal(kill(worker, SIGSTOP), 0);
	for (uint64_t id = 1; id <= 6; id++)
		ask(looker, id, fd);
	assert_int_equal(kill(worker, SIGKILL), 0);
	assert_int_equal(take(looker, &facts), 1);
	assert_true(facts.damaged);
	assert_int_equal(facts.bytes, 1);
	for (uint64_t id = 2; id <= 6; id++) {
		assert_int_equal(take(looker, &facts), id);
		assert_false(facts.damaged);
	}
	assert_int_not_equal(doc_looker_worker(looker), worker);
	assert_false(doc_looker_broken(looker));
	close(fd);
	doc_looker_free(looker);
}

static void test_looker_replaces_an_idle_worker(void **state)
{
	struct doc_looker *looker = looker_new();
	int fd = file_of("x", 1);
	struct pollfd gone = { .events = 0 }; /* wait for its end only */

	(void)state;
	assert_false(look(looker, fd).damaged);
	ask(looker, 1, fd);
	gone.fd = doc_looker_fd(looker);
	doc_looker_forget(looker, 1);
	assert_int_equal(kill(doc_looker_worker(looker), SIGKILL), 0);
	assert_int_equal(poll(&gone, 1, DEADLINE_MS), 1);
	assert_false(look(looker, fd).damaged);
	close(fd);
	doc_looker_free(looker);
}

static void test_looker_ends_a_stuck_worker(void **state)
{
	struct doc_looker *looker = looker_new();
	int fd = file_of("x", 1);

	(void)state;
	assert_false(look(looker, fd).damaged);
	doc_looker_patience(looker, 50);
	assert_int_equal(kill(doc_looker_worker(looker), SIGSTOP), 0);
	assert_true(look(looker, fd).damaged);
	doc_looker_patience(looker, DEADLINE_MS);
	assert_false(look(looker, fd).damaged);
	close(fd);
	doc_looker_free(looker);
}

/* What a reader that was taken over would find: nothing to use. */
static void test_worker_has_no_rights(void **state)
{
	struct doc_looker *looker = looker_new();
	int fd = file_of("x", 1);
	char text[8192];
	FILE *file;
	char *path;
	size_t len;

	(void)state;
	assert_false(look(looker, fd).damaged);
	path = mem_printf("/proc/%d/status", (int)doc_looker_worker(looker));
	file = fopen(path, "r");
	assert_non_null(file);
	len = fread(text, 1, sizeof(text) - 1, file);
	text[len] = '\0';
	assert_non_null(strstr(text, "NoNewPrivs:\t1\n"));
#if !defined(KYC_SANITIZERS) && (defined(__x86_64__) || defined(__aarch64__))
	assert_non_null(strstr(text, "Seccomp:\t2\n"));
#endif
	fclose(file);
	free(path);
	close(fd);
	doc_looker_free(looker);
}

static const struct installation {
	const char *name;
	const char *program;
	const char *said;
} installations[] = {
	{ "missing", "/nonexistent/kyc-inspect", "cannot start" },
	{ "ends at once", "/bin/true", "ended as soon as it was started" },
};

static void test_look_broken_installation(void **state)
{
	const struct installation *row = *state;
	struct doc_looker *looker = doc_looker_new(row->program);
	struct doc_file file = { .fd = file_of("x", 1) };
	struct doc_facts facts = { 0 };
	struct err err = { 0 };

	assert_int_equal(doc_look(looker, &file, &facts, &err), -1);
	assert_int_equal(err.code, ERR_CONFIG);
	assert_non_null(strstr(err.text, row->said));
	assert_non_null(strstr(err.text, row->program));
	close(file.fd);
	doc_looker_free(looker);
}

static void test_looker_tells_a_broken_worker_from_a_file(void **state)
{
	struct doc_looker *looker = doc_looker_new("/bin/true");
	int fd = file_of("x", 1);
	struct doc_facts facts;

	(void)state;
	for (uint64_t id = 1; id <= 3; id++)
		ask(looker, id, fd);
	for (uint64_t id = 1; id <= 3; id++) {
		assert_int_equal(take(looker, &facts), id);
		assert_true(facts.damaged);
	}
	assert_true(doc_looker_broken(looker));
	close(fd);
	doc_looker_free(looker);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_look_sample, samples);
	test_add(&tests, "samples carry their remark",
		 test_samples_carry_their_remark);
	test_add(&tests, "digest in steps", test_digest_steps);
	test_add(&tests, "digest is of all bytes",
		 test_look_digest_is_of_all_bytes);
	test_add(&tests, "big file costs no memory here",
		 test_look_big_file_costs_no_memory_here);
	TEST_ROWS(&tests, test_look_cut_anywhere_is_damaged, cuts);
	TEST_ROWS(&tests, test_look_oddity, oddities);
	test_add(&tests, "reports a lying size",
		 test_look_reports_a_lying_size);
	test_add(&tests, "deep nesting is survived",
		 test_look_deep_nesting_is_survived);
	test_add(&tests, "leaves the offset", test_look_leaves_the_offset);
	test_add(&tests, "keeps nothing open", test_looker_keeps_nothing_open);
	test_add(&tests, "answers fifty in order",
		 test_looker_answers_fifty_in_order);
	test_add(&tests, "forgets", test_looker_forgets);
	test_add(&tests, "leaves the answers of others",
		 test_look_leaves_the_answers_of_others);
	test_add(&tests, "survives a killed worker",
		 test_looker_survives_a_killed_worker);
	test_add(&tests, "replaces an idle worker",
		 test_looker_replaces_an_idle_worker);
	test_add(&tests, "ends a stuck worker",
		 test_looker_ends_a_stuck_worker);
	test_add(&tests, "worker has no rights", test_worker_has_no_rights);
	TEST_ROWS(&tests, test_look_broken_installation, installations);
	test_add(&tests, "tells a broken worker from a file",
		 test_looker_tells_a_broken_worker_from_a_file);
	return test_run(&tests, "forms/look");
}
