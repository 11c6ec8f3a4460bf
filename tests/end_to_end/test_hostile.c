/* SPDX-License-Identifier: MIT */
/*
 * Names and messages that would like to be somewhere else: with orders for the
 * terminal, turned writing, marks without end, 64 kB. Wherever they are shown
 * they stay in their place, and what programs read has them as they are.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/end_to_end/eye.h"
#include "tests/end_to_end/hands.h"
#include "tests/test.h"

#define TALL   120 /* rows: a company in one view */
#define CTRL_F "\006"
#define ESC    "\007" /* Ctrl-G: keys may follow at once */

/* Reversed writing, the title of the window, the screen cleared. */
#define TURN  "\xe2\x80\xae"
#define TITLE "\033]0;owned\007"
#define CLEAR "\033[2J\033[1;1H"

/* Each begins with what a test finds it by. */
static struct hostile {
	const char *name;
	const char *start, *part, *end; /* START, TIMES times PART, END */
	size_t times;
	char *text;
} names[] = {
	{ "plain", "Plain Person", "", "", 1, NULL },
	{ "orders", "Orders " TITLE CLEAR, "", "HERE", 1, NULL },
	{ "bidi", "Bidi " TURN, "txet desrever", "\xe2\x80\xac end", 1, NULL },
	{ "zero width", "Zero ", "\xe2\x80\x8b\xe2\x80\x8d", " end", 9, NULL },
	{ "marks", "Marks e", "\xcc\x81", " end", 300, NULL },
	{ "long", "Long ", "ABCDEFGH", "", 8192, NULL },
	{ "wide", "Wide ", "\xe4\xb8\xad", "", 60, NULL },
	{ "lines", "Lines\nand\ttabs\rback", "\b", "\v\f\n", 3, NULL },
	{ "C1",
	  "Eight \xc2\x9b"
	  "31m\xc2\x85",
	  "", "end", 1, NULL },
};

#define NAMES (sizeof(names) / sizeof(*names))

static struct practice practice;

static void make_names(void)
{
	for (size_t i = 0; i < NAMES; i++) {
		struct buf text = { 0 };

		buf_add_text(&text, names[i].start);
		for (size_t n = 0; n < names[i].times; n++)
			buf_add_text(&text, names[i].part);
		buf_add_text(&text, names[i].end);
		names[i].text = buf_take(&text);
	}
}

static char *id_of(size_t i)
{
	return mem_printf("c0ffee00-0000-4000-8000-%012zu", i);
}

/* One whose passport was refused in words like its name. */
static json_t *person(size_t i, const char *name)
{
	char *id = id_of(i);
	json_t *made = json_pack(
		"{ss ss ss ss ss ss s[{ss ss ss}] s{ss s{s[{ss ss ss}]}}}",
		"id", id, "type", "INDIVIDUAL", "name", name, "taxId",
		"52998224725", "country", "BRA", "email", "a@example.com",
		"documents", "type", "PASSPORT", "side", "FRONT_SIDE", "reason",
		name, "verification", "status", "RFI", "statusReason",
		"documents", "type", "PASSPORT", "status", "DECLINED",
		"comment", name);

	free(id);
	assert_non_null(made);
	return made;
}

/* A company of all of them. */
static json_t *company(size_t at)
{
	char *id = id_of(at);
	json_t *made = json_pack("{ss ss ss ss ss ss s[]}", "id", id, "type",
				 "BUSINESS", "legalName", "All of them",
				 "taxId", "11222333000181", "country", "BRA",
				 "email", "a@example.com", "associatedParties");

	free(id);
	for (size_t i = 0; i < NAMES; i++) {
		char *party = mem_printf("c0ffee00-0000-4000-9000-%012zu", i);

		json_array_append_new(
			json_object_get(made, "associatedParties"),
			json_pack("{ss ss ss ss ss si}", "id", party, "type",
				  "INDIVIDUAL", "role", "SHAREHOLDER", "name",
				  names[i].text, "taxId", "52998224725",
				  "ownershipPercentage", 30));
		free(party);
	}
	return made;
}

static void start(void)
{
	json_t *list = json_array();
	char *text = NULL, *options = NULL;
	char path[] = "/tmp/kyc-hostile-XXXXXX";
	int fd = mkstemp(path);

	make_names();
	for (size_t i = 0; i < NAMES; i++)
		json_array_append_new(list, person(i, names[i].text));
	json_array_append_new(list, company(NAMES));
	text = json_dumps(list, 0);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	options = mem_printf("--seed %s --review-seconds 3600", path);
	practice_start(&practice, options);
	unlink(path);
	free(options);
	free(text);
	json_decref(list);
}

static void stop(void)
{
	practice_stop(&practice);
	for (size_t i = 0; i < NAMES; i++)
		free(names[i].text);
}

/* What stands for a name in a row: its first word. */
static char *handle(size_t i)
{
	return mem_dup_n(names[i].start, strcspn(names[i].start, " \n"));
}

/* Nothing that a terminal would obey or turn round; lines may end. */
static void assert_tame(const char *text, const char *where)
{
	static const char *const bad[] = { TURN, "\xe2\x80\x8b", "\xe2\x80\x8d",
					   "\xc2\x9b", "\xc2\x85" };

	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < ' ' && *c != '\n')
			fail_msg("%s lets %#x through", where, *c);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (strstr(text, bad[i]))
			fail_msg("%s lets mark %zu through", where, i);
	assert_true(text_valid(text, strlen(text)));
}

/* The wizard may steer the terminal itself, but never as a name would. */
static void assert_sent_tame(struct pty *pty)
{
	const char *sent = pty_bytes(pty, NULL);

	assert_null(strstr(sent, "\033]0;owned"));
	assert_null(strstr(sent, "\033[1;1HHERE"));
	assert_null(strstr(sent, TURN));
	assert_null(strstr(sent, "\xe2\x80\x8b"));
	assert_null(strstr(sent, "\xc2\x9b"));
}

static void assert_seen(struct pty *pty, bool seen, const char *what)
{
	char *screen = NULL;

	if (seen)
		return;
	screen = pty_screen(pty);
	print_error("%s", "the screen:\n");
	fputs(screen, stderr);
	free(screen);
	fail_msg("no %s", what);
}

static void expect_calm_at(struct pty *pty, int rows, const char *name,
			   int step, enum eye_focus focus)
{
	const struct eye_view view = { .step = step,
				       .focus = focus,
				       .box = focus == EYE_NONE,
				       .repeats = true };
	const struct eye_place place = { rows, 80, false };
	char *complaint = eye_complaint_within(pty, &view, &place, 10000);

	if (complaint)
		print_error("'%s' in step %d: %s\n", name, step, complaint);
	assert_seen(pty, !complaint, "calm");
}

static void expect_calm(struct pty *pty, const char *name, int step,
			enum eye_focus focus)
{
	expect_calm_at(pty, 24, name, step, focus);
}

/* The column of TEXT in the row that begins with WHO, as the terminal has it;
 * -1: no such row. */
static int column_beside(struct pty *pty, const char *who, const char *text)
{
	for (int row = 4; row < 21; row++)
		if (pty_column(pty, row, 0, who) == 2)
			return pty_column(pty, row, 0, text);
	return -1;
}

static void test_hostile_names_in_the_list(void **state)
{
	struct pty *pty = hands_open(&practice, 24, 80);
	int wanted = 0;

	(void)state;
	pty_expect(pty, "10 of 10 match");
	expect_calm(pty, "all", 1, EYE_FIELD);
	wanted = column_beside(pty, "Plain", "BRA");
	assert_true(wanted > 0);
	for (size_t i = 0; i < NAMES; i++) {
		char *who = handle(i);

		assert_int_equal(column_beside(pty, who, "BRA"), wanted);
		free(who);
	}
	pty_send(pty, "\033OQ"); /* F2: what was rejected of them, and why */
	pty_expect_match(pty, "Rejected or to look at");
	pty_expect_match(pty, "new picture");
	expect_calm(pty, "rejected", 1, EYE_ROW);
	assert_sent_tame(pty);
	hands_leave(pty);
}

/* All steps of the road with one such customer. */
static void test_hostile_names_on_every_screen(void **state)
{
	const struct hostile *row = *state;
	struct pty *pty = hands_open(&practice, 24, 80);
	char *typed = mem_dup_n(row->start, strcspn(row->start, " \n"));

	pty_expect(pty, "10 of 10 match");
	pty_send(pty, typed);
	pty_expect(pty, "1 of 10 match");
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "[2 Documents");
	pty_expect(pty, "Proof of address");
	expect_calm(pty, row->name, 2, EYE_ROW);
	pty_send(pty, "5");
	pty_expect(pty, "[5 Status");
	expect_calm(pty, row->name, 5, EYE_ROW);
	pty_send(pty, "d");
	pty_expect(pty, "─ Receipt ─");
	expect_calm(pty, row->name, 5, EYE_NONE);
	pty_send(pty, ESC "3");
	pty_expect(pty, "[3 Information");
	expect_calm(pty, row->name, 3, EYE_FIELD);
	pty_send(pty, ESC "4");
	pty_expect(pty, "[4 Review");
	expect_calm(pty, row->name, 4, EYE_ROW);
	assert_sent_tame(pty);
	hands_leave(pty);
	free(typed);
}

/* Every one of them as a party of a company. */
static void test_hostile_parties(void **state)
{
	struct pty *pty = hands_open(&practice, TALL, 80);

	(void)state;
	pty_expect(pty, "10 of 10 match");
	pty_send(pty, "all of them");
	pty_expect(pty, "1 of 10 match");
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "[2 Documents");
	pty_expect_gone(pty, "asking");
	expect_calm_at(pty, TALL, "parties", 2, EYE_ROW);
	for (size_t i = 0; i < NAMES; i++) {
		char *who = handle(i);

		assert_seen(pty, pty_shows(pty, who), who);
		free(who);
	}
	pty_send(pty, "5");
	expect_calm_at(pty, TALL, "parties", 5, EYE_ROW);
	assert_sent_tame(pty);
	hands_leave(pty);
}

static void test_hostile_names_in_lines(void **state)
{
	struct practice_run run = KYC(&practice, "customers");
	size_t lines = 0;
	int wanted = -1;

	(void)state;
	practice_expect(&run, 0);
	assert_tame(run.out, "customers");
	for (char *at = run.out; *at; lines++) {
		char *end = strchr(at, '\n');
		char *country = NULL;

		assert_non_null(end);
		*end = '\0';
		country = strstr(at, "BRA");
		assert_non_null(country);
		*country = '\0';
		wanted = wanted < 0 ? text_width(at) : wanted;
		assert_int_equal(text_width(at), wanted);
		at = end + 1;
	}
	assert_int_equal(lines, NAMES + 1);
	practice_run_release(&run);
}

static void test_hostile_status_in_lines(void **state)
{
	const struct hostile *row = *state;
	char *id = id_of((size_t)(row - names));
	struct practice_run run = KYC(&practice, "status", "-c", id);

	practice_expect(&run, 0);
	assert_tame(run.out, "status");
	assert_tame(run.err, "status, its errors");
	practice_run_release(&run);
	/* Said as it leaves, after whatever the wizard drew. */
	run = KYC(&practice, "upload", "-c", id, "-t", "PASSPORT", row->text);
	assert_int_not_equal(run.status, 0);
	assert_tame(run.out, "upload");
	assert_tame(run.err, "upload, its errors");
	practice_run_release(&run);
	free(id);
}

/* One object a line, and nothing for a terminal to obey either. */
static void test_hostile_names_as_json(void **state)
{
	struct practice_run run = KYC(&practice, "customers", "--json");
	size_t found = 0;

	(void)state;
	practice_expect(&run, 0);
	assert_tame(run.out, "customers --json");
	for (char *at = run.out; *at;) {
		size_t len = strcspn(at, "\n");
		json_t *line =
			json_loadb(at, len, JSON_REJECT_DUPLICATES, NULL);
		const char *name = NULL;

		assert_non_null(line);
		name = json_string_value(json_object_get(line, "name"));
		assert_non_null(name);
		for (size_t i = 0; i < NAMES; i++)
			found += strncmp(name, names[i].start, 4) == 0;
		json_decref(line);
		at += len + (at[len] == '\n');
	}
	assert_int_equal(found, NAMES);
	practice_run_release(&run);
}

static void test_hostile_names_as_plain_questions(void **state)
{
	static const char *const env[] = { "ACCESSIBLE=1", "NO_COLOR", NULL };
	const struct hostile *row = *state;
	struct pty *pty = hands_open_with(&practice, env);
	char *id = id_of((size_t)(row - names));
	const char *sent = NULL;

	pty_expect_match(pty, "^Customer");
	pty_send(pty, id);
	pty_send(pty, HANDS_ENTER);
	pty_expect_match(pty, "^1\\. ");
	pty_send(pty, "1" HANDS_ENTER);
	pty_expect(pty, "assport");
	pty_hang_up(pty);
	pty_wait_exit(pty);
	sent = pty_bytes(pty, NULL);
	for (const char *c = sent; *c; c++)
		if ((unsigned char)*c < ' ' && !strchr("\r\n", *c))
			fail_msg("%#x reached the terminal", *c);
	assert_sent_tame(pty);
	pty_free(pty);
	free(id);
}

/* Names of files: any bytes but '/', 255 at most. */
static const char *const files[] = {
	"plain.jpg",
	"orders " TITLE CLEAR ".jpg",
	"turned " TURN "gpj.exe.jpg",
	"two\nlines\tand\rtabs.jpg",
	"broken \xff\xfe\xc3.jpg",
	"wide 中中中中中中中中中中中中中中中中中中中中.jpg",
	"zero\xe2\x80\x8b.jpg",
};

#define FILES (sizeof(files) / sizeof(*files))

static char *make_files(void)
{
	char *dir = mem_printf("%s/files", practice.dir);
	char *marks = mem_dup("marks e");

	assert_int_equal(mkdir(dir, 0700), 0);
	for (size_t i = 0; i <= FILES; i++) {
		char *path = NULL;
		FILE *file = NULL;

		for (size_t n = 0; i == FILES && n < 110; n++) {
			char *more = mem_printf("%s\xcc\x81", marks);

			free(marks);
			marks = more;
		}
		path = i < FILES ? mem_printf("%s/%s", dir, files[i])
				 : mem_printf("%s/%s.jpg", dir, marks);
		file = fopen(path, "w");
		assert_non_null(file);
		fputs("\xff\xd8\xff\xe0 no picture", file);
		fclose(file);
		free(path);
	}
	free(marks);
	return dir;
}

static void test_hostile_files(void **state)
{
	char *dir = make_files();
	struct pty *pty = hands_open(&practice, 24, 80);
	int wanted = 0;

	(void)state;
	pty_expect(pty, "10 of 10 match");
	pty_send(pty, "Plain");
	pty_expect(pty, "1 of 10 match");
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "Proof of address");
	hands_point_at(pty, "Proof of address");
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "Ctrl-F");
	pty_send(pty, dir);
	pty_send(pty, "/\t");
	pty_expect(pty, "zero");
	expect_calm(pty, "names to complete", 2, EYE_FIELD);
	pty_send(pty, CTRL_F);
	pty_expect(pty, "Find:");
	pty_expect(pty, "plain.jpg");
	expect_calm(pty, "picker", 2, EYE_FIELD);
	wanted = column_beside(pty, "plain.jpg", "today");
	assert_seen(pty, wanted > 0, "date");
	for (size_t i = 0; i < FILES; i++) {
		char *who = mem_dup_n(files[i], strcspn(files[i], " \n\xe2"));

		assert_int_equal(column_beside(pty, who, "today"), wanted);
		free(who);
	}
	/* Taken and looked into, whatever it is called. */
	for (size_t i = 0; i < FILES; i++) {
		char *who = mem_dup_n(files[i], strcspn(files[i], " \n\xe2"));
		char *row = mem_printf("▸ %s", who);

		pty_send(pty, HANDS_CTRL_U);
		pty_send(pty, who);
		pty_expect(pty, row);
		free(row);
		pty_send(pty, HANDS_ENTER);
		pty_expect(pty, "[ Done ]");
		expect_calm(pty, who, 2, EYE_ROW);
		pty_send(pty, CTRL_F);
		pty_expect(pty, "Find:");
		free(who);
	}
	pty_send(pty, ESC ESC "a");
	pty_expect(pty, "A whole folder");
	pty_send(pty, dir);
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "8 files");
	expect_calm(pty, "folder", 2, EYE_ROW);
	assert_sent_tame(pty);
	hands_leave(pty);
	free(dir);
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed = 0;

	test_add(&tests, "names in the list", test_hostile_names_in_the_list);
	TEST_ROWS(&tests, test_hostile_names_on_every_screen, names);
	test_add(&tests, "parties", test_hostile_parties);
	test_add(&tests, "names in lines", test_hostile_names_in_lines);
	TEST_ROWS(&tests, test_hostile_status_in_lines, names);
	test_add(&tests, "names as JSON", test_hostile_names_as_json);
	TEST_ROWS(&tests, test_hostile_names_as_plain_questions, names);
	test_add(&tests, "names of files", test_hostile_files);
	start();
	failed = test_run(&tests, "end_to_end/hostile");
	stop();
	return failed;
}
