/* SPDX-License-Identifier: MIT */
/*
 * The wizard's frame and screens in a terminal of several sizes, over a record
 * that was prepared: everything in its place, whatever a name is made of. The
 * provider is not reachable, so nothing moves by itself.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/pty.h"
#include "tests/test.h"
#include "tui/wizard/wizard.h"

#define ESC   "\033"
#define ENTER "\r"
#define F2    "\033OQ"

#define REJECTED_ID "5eed0000-0000-4000-8000-000000000001"
#define UNSEEN_ID   "5eed0000-0000-4000-8000-0000000000ff"

static char *directory;

/* Names that would like to be somewhere else. */
static char *hostile_name(int i)
{
	struct buf name = { 0 };

	switch (i) {
	case 0:
		buf_add_text(&name, "Bad \033]0;owned\007\033[2J\033[1;1HHERE");
		break;
	case 1:
		buf_add_text(&name, "Bidi \xe2\x80\xae"
				    "txet desrever\xe2\x80\xac end");
		break;
	case 2:
		buf_add_text(&name, "Combining e");
		for (int n = 0; n < 300; n++)
			buf_add_text(&name, "\xcc\x81");
		buf_add_text(&name, " end");
		break;
	case 3:
		for (int n = 0; n < 60; n++)
			buf_add_text(&name, "\xe4\xb8\xad");
		break;
	case 4:
		for (int n = 0; n < 65536; n++)
			buf_add_char(&name, (char)('A' + n % 26));
		break;
	case 5:
		buf_add_text(&name, "Lines\nand\ttabs\rback");
		break;
	case 6:
		buf_add_text(&name, "Broken \xff\xfe\xc3 bytes");
		break;
	default:
		buf_add_text(&name,
			     "Zero\xe2\x80\x8bwidth\xf0\x9f\x91\xa8"
			     "\xe2\x80\x8d\xf0\x9f\x91\xa9 \xf0\x9f\x98\x80");
		break;
	}
	return buf_take(&name);
}

#define HOSTILE 8

static struct prov_customer customer(const char *id, const char *name)
{
	struct prov_customer out = { 0 };

	out.id = mem_dup(id);
	out.name = mem_dup(name);
	snprintf(out.country, sizeof(out.country), "BRA");
	out.stage = PROV_STAGE_NOT_STARTED;
	return out;
}

static void require_document(struct prov_customer *to, const char *code,
			     const char *party, enum prov_req_status status)
{
	struct prov_requirement *req = prov_customer_require(to);

	req->kind = PROV_REQ_DOCUMENT;
	req->code = mem_dup(code);
	req->type = doc_type_find(prov_lumx.doctypes, code);
	req->party = mem_dup(party);
	req->status = status;
	assert_non_null(req->type);
}

static void require_form(struct prov_customer *to, const char *schema)
{
	struct prov_requirement *req = prov_customer_require(to);

	req->kind = PROV_REQ_INFORMATION;
	req->code = mem_dup("INFORMATION");
	req->form = prov_form_find(&prov_lumx, schema);
	assert_non_null(req->form);
}

/* One whose passport was rejected, in words that would like to escape. */
static void put_rejected(struct case_store *store,
			 const struct prov_profile *profile)
{
	struct prov_customer maria = customer(REJECTED_ID, "Maria Souza");
	struct prov_party *party = prov_customer_add_party(&maria);
	struct prov_reason *reason;
	struct err err = { 0 };
	char *name = hostile_name(3);

	maria.kind = PROV_BUSINESS;
	maria.stage = PROV_STAGE_ACTION_NEEDED;
	party->id = mem_dup("party-1");
	party->name = name;
	require_document(&maria, "PASSPORT", "party-1", PROV_REQ_REJECTED);
	reason = &maria.requirements[0].reason;
	reason->code = mem_dup("BLURRED");
	reason->message = mem_dup("the picture is \033[2Jtoo blurred to read");
	reason->next = PROV_NEXT_NEW_PICTURE;
	require_document(&maria, "PROOF_OF_ADDRESS", NULL, PROV_REQ_IN_REVIEW);
	require_document(&maria, "INCORPORATION_ARTICLES", NULL,
			 PROV_REQ_MISSING);
	require_form(&maria, "lumx.business");
	if (case_customer_put(store, profile, &maria, &err))
		print_error("cannot put Maria: %s\n", err.text);
	prov_customer_release(&maria);
}

static void put_customers(struct case_store *store,
			  const struct prov_profile *profile)
{
	struct prov_customer list[HOSTILE + 60];
	size_t count = 0;
	struct err err = { 0 };
	char id[48], plain[48];

	for (int i = 0; i < HOSTILE; i++) {
		char *name = hostile_name(i);

		snprintf(id, sizeof(id), "bad-%d", i);
		list[count++] = customer(id, name);
		free(name);
	}
	for (int i = 0; i < 60; i++) {
		snprintf(id, sizeof(id), "plain-%d", i);
		snprintf(plain, sizeof(plain), "Person %02d", i);
		list[count++] = customer(id, plain);
	}
	if (case_customers_put(store, profile, list, count, &err))
		print_error("cannot put customers: %s\n", err.text);
	for (size_t i = 0; i < count; i++)
		prov_customer_release(&list[i]);
	put_rejected(store, profile);
}

/* Runs in the terminal: the wizard over the prepared record. */
static int run_wizard(void *arg)
{
	struct prov_profile profile = {
		.name = (char[]){ "practice" },
		.provider = &prov_lumx,
		.endpoint = (char[]){ "http://127.0.0.1:1" },
		.secret = (char[]){ "key" },
		.parallel = 2,
	};
	struct tui_app app = { .profile = &profile,
			       .operator_name = (char[]){ "ana" } };
	struct err err = { 0 };
	int status = 99;

	(void)arg;
	setlocale(LC_ALL, "");
	tui_signals_init();
	app.xfer = xfer_new(2);
	if (case_store_open(&app.store, directory, "ana", &err) ||
	    outbox_new(&app.outbox, app.store, app.xfer, &profile, NULL, NULL,
		       &err)) {
		printf("%s\n", err.text);
	} else {
		put_customers(app.store, &profile);
		status = tui_wizard_run(&app);
	}
	outbox_free(app.outbox);
	xfer_free(app.xfer);
	case_store_close(app.store);
	return status;
}

static struct pty *start(int rows, int cols, const char *const *env)
{
	struct pty_options options = {
		.rows = rows, .cols = cols, .env = env, .function = run_wizard
	};

	directory = mem_dup("/tmp/kyc-screens-XXXXXX");
	assert_non_null(mkdtemp(directory));
	return pty_start(&options);
}

static void stop(struct pty *pty)
{
	pty_free(pty);
	test_remove_tree(directory);
	free(directory);
	directory = NULL;
}

static void assert_row(struct pty *pty, int row, const char *start_of)
{
	char *text = pty_row(pty, row);

	if (strncmp(text, start_of, strlen(start_of)))
		fail_msg("row %d is '%s', not '%s'", row, text, start_of);
	free(text);
}

/* Whose it is and where one is above, how to get help below. */
static void expect_frame(struct pty *pty, const char *step)
{
	pty_expect_match(pty, "^kyc · Lumx practice");
	pty_expect_match(pty, step);
	pty_expect_match(pty, "(\\?|F1) help$");
}

static const struct size {
	const char *name;
	int rows, cols;
} sizes[] = {
	{ "12x40", 12, 40 },   { "24x80", 24, 80 },   { "30x100", 30, 100 },
	{ "43x132", 43, 132 }, { "60x200", 60, 200 },
};

static void test_screens_keep_their_place(void **state)
{
	const struct size *row = *state;
	struct pty *pty = start(row->rows, row->cols, NULL);

	pty_expect(pty, "of 69 match");
	pty_expect(pty, "[1 Customer]");
	pty_expect_match(pty, "▸ Maria Souza");
	expect_frame(pty, "^\\[1 Customer\\] ▸ 2");

	pty_send(pty, ENTER);
	pty_expect(pty, "[2 Documents");
	expect_frame(pty, "^1.*✓ ▸ \\[2 Documents");

	pty_send(pty, "5");
	pty_expect(pty, "[5 Status");
	pty_expect(pty, "too blurred to"); /* broken there at 40 columns */
	pty_expect(pty, "Take a new picture");
	pty_expect_match(pty, "▸ Passport");
	expect_frame(pty, "^1.*✓ ▸ 2.*▸ \\[5 Status");

	pty_send(pty, "4");
	pty_expect(pty, "[4 Review");
	expect_frame(pty, "^1.*✓ ▸ 2.*▸ \\[4 Review");
	pty_expect(pty, "[ Nothing ready to send ]");
	pty_expect_match(pty, "Esc go back · \\? help$");
	if (row->cols >= 100)
		pty_expect_match(pty, "Item +Size +Phase +Progress +State");

	pty_send(pty, "3");
	pty_expect(pty, "[3 Information");
	pty_expect_match(pty, "▸ ○ Kind of comp");
	expect_frame(pty, "^1.*✓ ▸ 2.*▸ \\[3 Information");

	/* Digits are typed there. */
	pty_send(pty, ESC);
	pty_expect(pty, "[2 Documents");
	pty_send(pty, "?");
	pty_expect(pty, "─ Keys ─");
	assert_row(pty, 0, "kyc · Lumx practice");
	pty_send(pty, "q");
	pty_expect_gone(pty, "─ Keys ─");
	pty_send(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	assert_false(pty_alternate(pty));
	stop(pty);
}

/* The column where TEXT stands in the row that shows WHO; -1: nowhere. */
static int column_of(struct pty *pty, const char *text, const char *who,
		     int rows)
{
	int column = -1;

	for (int row = 0; row < rows && column < 0; row++) {
		char *line = pty_row(pty, row);
		char *at = strstr(line, who) ? strstr(line, text) : NULL;

		if (at) {
			*at = '\0';
			column = text_width(line);
		}
		free(line);
	}
	return column;
}

static const char *const shown[HOSTILE] = {
	"Bad ",	  "Bidi ", "Combining ", "中中",
	"ABCDEF", "Lines", "Broken ",	 "Zero",
};

static void test_screens_keep_hostile_names_in_their_place(void **state)
{
	struct pty *pty = start(60, 200, NULL);
	const char *sent;
	int wanted;

	(void)state;
	pty_expect(pty, "of 69 match");
	pty_expect(pty, "Person 00");
	pty_expect(pty, "F5 tries again");
	wanted = column_of(pty, "BRA", "Person 00", 60);
	assert_true(wanted > 0);
	pty_send(pty, "\033[F"); /* hostile ones sort anywhere: see all */
	for (int i = 0; i < HOSTILE; i++) {
		int column = column_of(pty, "BRA", shown[i], 60);

		if (column < 0) {
			pty_send(pty, "\033[H");
			pty_expect_match(pty, "▸ Maria Souza");
			column = column_of(pty, "BRA", shown[i], 60);
		}
		if (column >= 0)
			assert_int_equal(column, wanted);
	}
	sent = pty_bytes(pty, NULL);
	assert_null(strstr(sent, "\033]0;owned"));
	assert_null(strstr(sent, "\xe2\x80\xae"));
	assert_row(pty, 0, "kyc · Lumx practice");
	stop(pty);
}

static void test_screens_filter_as_one_types(void **state)
{
	struct pty *pty = start(24, 80, NULL);

	(void)state;
	pty_expect(pty, "69 of 69 match");
	pty_send(pty, "person 4");
	pty_expect(pty, "10 of 69 match");
	pty_expect(pty, "/ person 4");
	pty_expect(pty, "▸ Person 40");
	pty_send(pty, "7");
	pty_expect(pty, "1 of 69 match");
	pty_send(pty, "\033[200~\nzzz\033[201~");
	pty_expect(pty, "Nobody matches");
	pty_send(pty, ESC);
	pty_expect(pty, "69 of 69 match");
	stop(pty);
}

static void test_screens_open_a_pasted_id(void **state)
{
	struct pty *pty = start(24, 80, NULL);

	(void)state;
	pty_expect(pty, "69 of 69 match");
	/* A line end in a paste never submits. */
	pty_send(pty, "\033[200~" UNSEEN_ID "\n\033[201~");
	pty_expect(pty, "Not seen before. Enter opens it.");
	assert_true(pty_shows(pty, "[1 Customer]"));
	pty_send(pty, ENTER);
	pty_expect(pty, "[2 Documents");
	stop(pty);
}

static void test_screens_show_the_inbox(void **state)
{
	struct pty *pty = start(24, 80, NULL);

	(void)state;
	pty_expect(pty, "69 of 69 match");
	pty_send(pty, F2);
	pty_expect(pty, "Rejected or to look at");
	pty_expect(pty, "1 case");
	pty_expect_gone(pty, "Person");
	pty_expect_match(pty, "▸ Maria Souza .* under a minute");
	pty_expect_match(pty, "Passport.*: .* ▸ new picture");
	pty_send(pty, ESC);
	pty_expect(pty, "69 of 69 match");
	/* From anywhere, straight to the slot. */
	pty_send(pty, ENTER);
	pty_expect(pty, "[2 Documents");
	pty_send(pty, "r");
	pty_expect(pty, "▸ Maria Souza");
	pty_send(pty, ENTER);
	pty_expect(pty, "✗ rejected: the picture is");
	pty_send(pty, ESC);
	pty_expect_match(pty, "✗ front rejected: ");
	pty_send(pty, ESC);
	pty_expect(pty, "[5 Status");
	stop(pty);
}

static void test_screens_lead_from_a_rejection_to_its_slot(void **state)
{
	struct pty *pty = start(30, 100, NULL);

	(void)state;
	pty_expect(pty, "▸ Maria Souza");
	pty_send(pty, ENTER);
	pty_expect(pty, "[2 Documents");
	pty_send(pty, "5");
	pty_expect_match(pty, "▸ Passport");
	pty_expect(pty, "Take a new picture");
	pty_send(pty, "d");
	pty_expect(pty, "─ Receipt ─");
	pty_expect(pty, "BLURRED");
	pty_send(pty, ESC);
	pty_expect_gone(pty, "─ Receipt ─");
	pty_send(pty, ENTER);
	pty_expect_match(pty, "\\[2 Documents");
	/* Straight to choosing another file, and why. */
	pty_expect_match(pty, "Passport · front · /");
	pty_expect(pty, "rejected: the picture is");
	pty_send(pty, ESC);
	pty_expect(pty, "[ Done ]");
	pty_send(pty, ESC);
	pty_expect(pty, "[5 Status"); /* back to where it came from */
	stop(pty);
}

static void test_screens_keep_what_was_typed_when_too_small(void **state)
{
	struct pty *pty = start(24, 80, NULL);

	(void)state;
	pty_expect(pty, "69 of 69 match");
	pty_send(pty, "person");
	pty_expect(pty, "60 of 69 match");
	pty_resize(pty, 8, 30);
	pty_expect(pty, "This window is");
	pty_send(pty, " 1");
	pty_resize(pty, 24, 80);
	pty_expect(pty, "/ person 1");
	pty_expect(pty, "10 of 69 match");
	pty_resize(pty, 12, 40);
	pty_expect(pty, "Person 10");
	stop(pty);
}

static void test_screens_ask_before_they_are_left(void **state)
{
	struct pty *pty = start(24, 80, NULL);

	(void)state;
	pty_expect(pty, "69 of 69 match");
	pty_send(pty, "\003");
	pty_expect(pty, "Everything is saved.");
	pty_expect(pty, "▸ No");
	pty_send(pty, "n");
	pty_expect_gone(pty, "Everything is saved.");
	pty_send(pty, "\003");
	pty_expect(pty, "Everything is saved.");
	pty_send(pty, "\003");
	assert_int_equal(pty_wait_exit(pty), 130);
	assert_false(pty_alternate(pty));
	stop(pty);
}

static void test_screens_need_a_customer_for_the_other_steps(void **state)
{
	struct pty *pty = start(24, 80, NULL);

	(void)state;
	pty_expect(pty, "69 of 69 match");
	pty_send(pty, "\033[1;5C]"); /* a sequence nobody uses here, and "]" */
	pty_expect(pty, "/ ]");
	pty_send(pty, "\025");
	pty_expect_gone(pty, "/ ]");
	stop(pty);
}

/* The form of the one whose passport was rejected. */
static struct pty *start_form(void)
{
	struct pty *pty = start(24, 80, NULL);

	pty_expect(pty, "69 of 69 match");
	pty_send(pty, "souza");
	pty_expect(pty, "1 of 69 match");
	pty_send(pty, ENTER);
	pty_expect(pty, "[2 Documents");
	pty_send(pty, "3");
	pty_expect(pty, "[3 Information");
	pty_expect(pty, "▸ ○ Kind of company");
	return pty;
}

static void test_screens_take_letters_on_a_choice_for_its_list(void **state)
{
	struct pty *pty = start_form();

	(void)state;
	pty_send(pty, "1q");
	pty_expect(pty, "Find: 1q");
	pty_expect(pty, "[3 Information");
	pty_send(pty, ESC);
	pty_expect_gone(pty, "Find:");
	pty_send(pty, "foreign exch");
	pty_expect(pty, "Find: foreign exch");
	pty_send(pty, ENTER);
	pty_expect(pty, "✓ Kind of company");
	pty_expect(pty, "Foreign exchange");
	stop(pty);
}

static void test_screens_answer_yes_and_no_by_letter(void **state)
{
	struct pty *pty = start_form();

	(void)state;
	for (int i = 0; i < 9; i++)
		pty_send(pty, "\t");
	pty_expect(pty, "▸ ○ Is the activity regulated?");
	pty_send(pty, "y2");
	pty_expect(pty, "▸ ✓ Is the activity regulated?               yes");
	pty_send(pty, "\t");
	pty_expect(pty, "▸ ○ Licence");
	pty_send(pty, "\033[Z");
	pty_expect(pty, "▸ ✓ Is the activity regulated?");
	pty_send(pty, "n");
	pty_expect_gone(pty, "○ Licence");
	pty_expect(pty, "[3 Information");
	stop(pty);
}

/* What is not in view is counted on a row of its own: no row loses its end. */
static void test_screens_count_what_is_not_in_view(void **state)
{
	struct pty *pty = start(24, 80, NULL);
	char *row = NULL;

	(void)state;
	pty_expect(pty, "69 of 69 match");
	pty_expect(pty, "▼ 54 more");
	row = pty_row(pty, 20);
	assert_string_equal(row + strspn(row, " "), "▼ 54 more");
	free(row);
	pty_send(pty, "\033[6~");
	pty_expect(pty, "▸ Person");
	pty_send(pty, "\033[6~");
	pty_expect(pty, "▲ 14 more  ▼ 40 more");
	stop(pty);
}

static void test_screens_leave_nothing_beside_a_box(void **state)
{
	struct pty *pty = start(24, 80, NULL);

	(void)state;
	pty_expect(pty, "69 of 69 match");
	pty_send(pty, "?");
	pty_expect(pty, "┌─ Keys ");
	pty_expect(pty, "┘"); /* the last of it to be drawn */
	for (int i = 3; i < 20; i++) {
		char *row = pty_row(pty, i);
		size_t len = strlen(row);
		const char *edge = i == 3 ? "┐" : "│";

		assert_memory_equal(row, "  ", 2);
		if (i < 20 - 1)
			assert_string_equal(row + len - strlen(edge), edge);
		free(row);
	}
	/* Letters type here, so they are no keys of the wizard. */
	pty_expect_gone(pty, "1 … 5");
	stop(pty);
}

static void test_screens_say_when_the_provider_is_out_of_reach(void **state)
{
	struct pty *pty = start(24, 100, NULL);

	(void)state;
	pty_expect(pty, "▸ Maria Souza");
	pty_send(pty, ENTER);
	pty_expect(pty, "(not reachable)");
	pty_expect(pty, "R tries again");
	stop(pty);
}

static const struct plain {
	const char *name;
	const char *env[3];
	bool ascii;
} plains[] = {
	{ "no colour", { "NO_COLOR=1" }, false },
	{ "not UTF-8", { "LC_ALL=C" }, true },
	{ "a terminal without colour", { "TERM=vt100" }, false },
	{ "the console", { "TERM=linux" }, false },
};

static void test_screens_do_without(void **state)
{
	const struct plain *row = *state;
	struct pty *pty = start(24, 80, row->env);
	const char *sent;

	pty_expect(pty, "69 of 69 match");
	pty_expect(pty, row->ascii ? "> Maria Souza" : "▸ Maria Souza");
	pty_expect_match(pty, "help$");
	sent = pty_bytes(pty, NULL);
	if (strstr(row->env[0], "COLOR") || strstr(row->env[0], "vt100"))
		assert_null(strstr(sent, "\033[31m"));
	for (const char *c = sent; row->ascii && *c; c++)
		assert_true((unsigned char)*c < 0x80);
	stop(pty);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_screens_keep_their_place, sizes);
	test_add(&tests, "test_screens_keep_hostile_names_in_their_place",
		 test_screens_keep_hostile_names_in_their_place);
	test_add(&tests, "test_screens_filter_as_one_types",
		 test_screens_filter_as_one_types);
	test_add(&tests, "test_screens_open_a_pasted_id",
		 test_screens_open_a_pasted_id);
	test_add(&tests, "test_screens_show_the_inbox",
		 test_screens_show_the_inbox);
	test_add(&tests, "test_screens_lead_from_a_rejection_to_its_slot",
		 test_screens_lead_from_a_rejection_to_its_slot);
	test_add(&tests, "test_screens_keep_what_was_typed_when_too_small",
		 test_screens_keep_what_was_typed_when_too_small);
	test_add(&tests, "test_screens_ask_before_they_are_left",
		 test_screens_ask_before_they_are_left);
	test_add(&tests, "test_screens_need_a_customer_for_the_other_steps",
		 test_screens_need_a_customer_for_the_other_steps);
	test_add(&tests, "test_screens_take_letters_on_a_choice_for_its_list",
		 test_screens_take_letters_on_a_choice_for_its_list);
	test_add(&tests, "test_screens_answer_yes_and_no_by_letter",
		 test_screens_answer_yes_and_no_by_letter);
	test_add(&tests, "test_screens_count_what_is_not_in_view",
		 test_screens_count_what_is_not_in_view);
	test_add(&tests, "test_screens_leave_nothing_beside_a_box",
		 test_screens_leave_nothing_beside_a_box);
	test_add(&tests, "test_screens_say_when_the_provider_is_out_of_reach",
		 test_screens_say_when_the_provider_is_out_of_reach);
	TEST_ROWS(&tests, test_screens_do_without, plains);
	return test_run(&tests, "tui/screens");
}
