/* SPDX-License-Identifier: MIT */
/*
 * A company with two parties, forms and documents of each, at a made-up
 * provider that cannot be reached: what the screens show of it, and how one
 * gets from one form to another, at 80 by 24 and at 40 by 12.
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
#define END   "\033[F"
#define F2    "\033OQ"
#define F3    "\033OR"

#define LINK                                                                   \
	"https://acme.example/hosted/0123456789abcdef0123456789abcdef01234567" \
	"89abcdef?session=fedcba9876543210fedcba9876543210fedcba9876543210"

static char *directory;

static const struct doc_type types[] = {
	{ .code = "CARD",
	  .label = "ID card",
	  .holders = DOC_FOR_ANYONE,
	  .sides = DOC_FRONT_AND_BACK,
	  .kinds = DOC_JPEG },
	{ .code = "SELFIE",
	  .label = "Selfie",
	  .holders = DOC_FOR_ANYONE,
	  .kinds = DOC_JPEG },
	{ .code = "PROOF",
	  .label = "Proof of life",
	  .holders = DOC_FOR_ANYONE,
	  .kinds = DOC_JPEG },
	{ .code = "BILL",
	  .label = "Bill",
	  .holders = DOC_FOR_ANYONE,
	  .kinds = DOC_JPEG },
	{ .code = NULL },
};

static const struct form_field name_fields[] = {
	{ .key = "name",
	  .kind = FORM_TEXT,
	  .flags = FORM_REQUIRED,
	  .label = "Name" },
	{ .key = NULL },
};

static const struct form_field owner_fields[] = {
	{ .key = "street",
	  .kind = FORM_TEXT,
	  .flags = FORM_REQUIRED,
	  .label = "Street" },
	{ .key = "phone",
	  .kind = FORM_TEXT,
	  .flags = FORM_REQUIRED,
	  .label = "Phone" },
	{ .key = "partner",
	  .kind = FORM_CHOICE,
	  .flags = FORM_OPEN,
	  .label = "Signs together with" },
	{ .key = NULL },
};

static const struct form_schema schemas[] = {
	{ .name = "acme.about", .title = "The company", .fields = name_fields },
	{ .name = "acme.partner",
	  .title = "Add a partner",
	  .fields = name_fields },
	{ .name = "acme.owner", .title = "The owner", .fields = owner_fields },
};

/* It gets no further than to a port where nobody listens. */
static int build(const struct prov_ctx *ctx, struct prov_request *request,
		 struct err *err)
{
	request->method = ctx->form ? "POST" : "GET";
	request->key = mem_dup(ctx->key);
	if (ctx->form)
		prov_request_body(request, "application/json", mem_dup("{}"));
	return prov_request_path(request, err, "/things");
}

static void read_nothing(const struct prov_reply *reply,
			 const struct prov_ctx *ctx, void *into,
			 struct prov_result *result)
{
	(void)reply;
	(void)ctx;
	(void)into;
	(void)result;
}

static const struct prov_form forms[] = {
	{ .schema = &schemas[0],
	  .send = { build, read_nothing },
	  .holders = DOC_FOR_BUSINESS,
	  .rank = PROV_RANK_INFORMATION },
	{ .schema = &schemas[1],
	  .send = { build, read_nothing },
	  .use = PROV_FORM_PARTY,
	  .holders = DOC_FOR_BUSINESS,
	  .rank = PROV_RANK_PARTY },
	{ .schema = &schemas[2],
	  .send = { build, read_nothing },
	  .holders = DOC_FOR_PARTY_PERSON,
	  .rank = PROV_RANK_PARTY },
	{ .schema = NULL },
};

static const char *const groups[] = { NULL };

static const struct provider acme = {
	.name = "acme",
	.title = "Acme",
	.sandbox_endpoint = "https://sandbox.acme.example",
	.endpoint = "https://acme.example",
	.doctypes = types,
	.groups = groups,
	.forms = forms,
	.customer_read = { { .op = { build, read_nothing } } },
	.key_life_ms = 24 * 3600 * 1000,
};

static struct prov_requirement *require(struct prov_customer *to,
					enum prov_req_kind kind,
					const char *code, const char *label,
					const char *party)
{
	struct prov_requirement *req = prov_customer_require(to);

	req->kind = kind;
	req->code = mem_dup(code);
	req->label = mem_dup(label);
	req->party = mem_dup(party);
	return req;
}

static struct prov_requirement *
require_document(struct prov_customer *to, const char *code, const char *party)
{
	struct prov_requirement *req =
		require(to, PROV_REQ_DOCUMENT, code, NULL, party);

	req->type = doc_type_find(types, code);
	return req;
}

static struct prov_requirement *require_form(struct prov_customer *to, size_t i,
					     const char *party)
{
	struct prov_requirement *req =
		require(to, PROV_REQ_INFORMATION, schemas[i].name, NULL, party);

	req->form = &forms[i];
	return req;
}

static void add_party(struct prov_customer *to, const char *id,
		      const char *name)
{
	struct prov_party *party = prov_customer_add_party(to);

	party->id = mem_dup(id);
	party->name = mem_dup(name);
	party->role = mem_dup("owner");
	party->stage = PROV_STAGE_IN_REVIEW;
	party->pending = 2;
	party->pending_most = 4;
}

static struct prov_customer company(void)
{
	struct prov_customer out = { 0 };
	struct prov_requirement *req = NULL;

	out.id = mem_dup("marlin");
	out.name = mem_dup("Marlin Ltda");
	out.kind = PROV_BUSINESS;
	out.stage = PROV_STAGE_ACTION_NEEDED;
	out.link = mem_dup(LINK);
	add_party(&out, "p1", "Ana Lima");
	add_party(&out, "p2", "Rui Paz");
	require_form(&out, 0, NULL);
	require_form(&out, 1, NULL)->optional = true;
	require_document(&out, "BILL", NULL);
	require(&out, PROV_REQ_TERMS, "contract", "Sign the contract", NULL);
	require(&out, PROV_REQ_START, "finalize", "Finalise", NULL);
	req = require_form(&out, 2, "p1");
	prov_requirement_offer(req, "partner", "p2", "Rui Paz");
	req = require_document(&out, "CARD", "p1");
	req->status = PROV_REQ_REJECTED;
	req->reason.next = PROV_NEXT_CORRECT_DATA;
	req->reason.message = mem_dup(
		"The street is not the one on the card. The card has no date "
		"of issue. The photograph is of somebody else, or very old.");
	require_form(&out, 2, "p2");
	require_document(&out, "SELFIE", "p2")->bundle = mem_dup("face");
	require_document(&out, "PROOF", "p2")->bundle = mem_dup("face");
	return out;
}

static int put_selfie(struct case_store *store,
		      const struct prov_profile *profile, struct err *err)
{
	struct case_document selfie = {
		.type = mem_dup("SELFIE"),
		.party = mem_dup("p2"),
		.path = mem_dup("/scans/rui.jpg"),
		.checked = true,
		.facts = { .kind = DOC_JPEG, .bytes = 2000, .sha256 = "ab" },
		.chosen_ms = 1,
	};
	int ret = -1;

	if (!case_open(store, profile, "marlin", &selfie.case_id, err))
		ret = case_document_put(store, &selfie, err);
	case_document_release(&selfie);
	return ret;
}

/* Runs in the terminal: the wizard over the company's case. */
static int run_wizard(void *arg)
{
	struct prov_profile profile = {
		.name = (char[]){ "practice" },
		.provider = &acme,
		.endpoint = (char[]){ "http://127.0.0.1:1" },
		.secret = (char[]){ "key" },
		.parallel = 2,
	};
	struct tui_app app = { .profile = &profile,
			       .operator_name = (char[]){ "ana" } };
	struct prov_customer customer = company();
	struct err err = { 0 };
	int status = 99;

	(void)arg;
	setlocale(LC_ALL, "");
	tui_signals_init();
	app.xfer = xfer_new(2);
	if (case_store_open(&app.store, directory, "ana", &err) ||
	    case_customer_put(app.store, &profile, &customer, &err) ||
	    put_selfie(app.store, &profile, &err) ||
	    outbox_new(&app.outbox, app.store, app.xfer, &profile, NULL, NULL,
		       &err))
		printf("%s\n", err.text);
	else
		status = tui_wizard_run(&app);
	prov_customer_release(&customer);
	outbox_free(app.outbox);
	xfer_free(app.xfer);
	case_store_close(app.store);
	return status;
}

static const struct size {
	const char *name;
	int rows, cols;
} sizes[] = {
	{ "24x80", 24, 80 },
	{ "12x40", 12, 40 },
};

/* On the company's checklist. */
static struct pty *start(int rows, int cols)
{
	struct pty_options options = { .rows = rows,
				       .cols = cols,
				       .function = run_wizard };
	struct pty *pty = NULL;

	directory = mem_dup("/tmp/kyc-parts-XXXXXX");
	assert_non_null(mkdtemp(directory));
	pty = pty_start(&options);
	pty_expect(pty, "▸ Marlin Ltda");
	pty_send(pty, ENTER);
	pty_expect(pty, "[2 Documents");
	/* Nobody answers; the next key takes the word away. */
	pty_expect(pty, "cannot read customer");
	pty_send(pty, "k");
	pty_expect_gone(pty, "cannot read customer");
	return pty;
}

static void stop(struct pty *pty)
{
	pty_free(pty);
	test_remove_tree(directory);
	free(directory);
	directory = NULL;
}

/* The row of the pointer, once its frame is complete: the real cursor stands on
 * the focus only then. NULL: not yet; free() it. */
static char *pointed(struct pty *pty)
{
	int row = 0, col = 0;
	char *text = NULL;

	pty_cursor(pty, &row, &col);
	text = pty_row(pty, row);
	if (strncmp(text, "▸ ", strlen("▸ ")) == 0)
		return text;
	free(text);
	return NULL;
}

static bool points_elsewhere(struct pty *pty, const void *before)
{
	char *now = pointed(pty);
	bool other = now && strcmp(now, before) != 0;

	free(now);
	return other;
}

/* Down the rows until TEXT is on the screen. */
static void walk_to(struct pty *pty, const char *text)
{
	for (int i = 0; i < 40 && !pty_shows(pty, text); i++) {
		char *before = NULL;

		pty_expect_that(pty, points_elsewhere, "", "the pointer");
		before = pointed(pty);
		pty_send(pty, "j");
		pty_expect_that(pty, points_elsewhere, before, "another row");
		free(before);
	}
	pty_expect(pty, text);
}

static void test_parts_of_the_checklist(void **state)
{
	const struct size *row = *state;
	struct pty *pty = start(row->rows, row->cols);

	if (row->rows >= 24) {
		pty_expect_match(pty, "^Marlin Ltda · business · something is "
				      "wrong or missing +3 missing");
		pty_expect_match(pty, "▸ [^ ]+ The company +missing: 1 field");
		pty_expect(pty, "+ Add a partner");
		pty_expect_match(pty, "Finalise +not yet; missing: The comp");
	}
	pty_expect_match(pty, "▼ [0-9]+ more");
	walk_to(pty, "Ana Lima");
	pty_expect_match(pty, row->cols < 60 ? "^Ana Lima.*1 missing · 1 re"
					     : "^Ana Lima · owner · in review "
					       "+1 missing · 1 rejected");
	pty_send(pty, END);
	pty_expect(pty, "▸");
	pty_expect_match(pty, "▲ [0-9]+ more");
	pty_expect(pty, "Proof of life");
	stop(pty);
}

static void test_parts_count_files_that_wait(void **state)
{
	struct pty *pty = start(24, 80);

	(void)state;
	walk_to(pty, "2 of 4 files left: 2 wait for review");
	stop(pty);
}

/* From form to form by key, the most urgent first; whom it is about, and which
 * of how many it is, is said. */
static void test_parts_switch_forms(void **state)
{
	const struct size *row = *state;
	struct pty *pty = start(row->rows, row->cols);
	bool wide = row->cols >= 60;

	pty_send(pty, "3");
	pty_expect(pty, "The company · Marlin");
	pty_expect(pty, wide ? "form 1 of 4 · 1 left" : "1 of 4 · 1 left");
	if (wide)
		pty_expect(pty, "F3 next form");
	pty_send(pty, F3);
	pty_expect(pty, "+ Add a partner · ");
	pty_expect(pty, wide ? "form 2 of 4" : "2 of 4");
	pty_send(pty, "\006"); /* Ctrl-F, in a text field as well */
	pty_expect(pty, "The owner · Ana Lima");
	pty_expect(pty, wide ? "form 3 of 4 · 2 left" : "3 of 4 · 2 left");
	pty_send(pty, F3);
	pty_expect(pty, "The owner · Rui Paz");
	pty_send(pty, F3);
	pty_expect(pty, "The company · Marlin");
	stop(pty);
}

/* What is typed into one party's form is not in the other's. */
static void test_parts_keep_forms_apart(void **state)
{
	struct pty *pty = start(24, 80);

	(void)state;
	pty_send(pty, "3" F3 F3);
	pty_expect(pty, "The owner · Ana Lima");
	pty_send(pty, "Rua A");
	pty_expect(pty, "Rua A");
	pty_send(pty, F3);
	pty_expect(pty, "The owner · Rui Paz");
	pty_expect_gone(pty, "Rua A");
	pty_send(pty, F3 F3 F3);
	pty_expect(pty, "The owner · Ana Lima");
	pty_expect(pty, "Rua A");
	stop(pty);
}

/* Who is offered is known only at run time. */
static void test_parts_offer_who_there_is(void **state)
{
	struct pty *pty = start(24, 80);

	(void)state;
	pty_send(pty, "3" F3 F3);
	pty_expect(pty, "The owner · Ana Lima");
	pty_send(pty, "\t\t");
	pty_expect_match(pty, "▸ +Signs together with");
	pty_send(pty, ENTER);
	pty_expect(pty, "─ Signs together with ─");
	pty_expect(pty, "Rui Paz");
	pty_send(pty, ENTER);
	pty_expect_gone(pty, "─ Signs together with ─");
	pty_expect_match(pty, "✓ Signs together with +Rui Paz");
	/* The other one is offered nobody: no list of countries instead. */
	pty_send(pty, F3);
	pty_expect(pty, "The owner · Rui Paz");
	pty_send(pty, "\t\t");
	pty_expect_match(pty, "▸ +Signs together with");
	pty_send(pty, ENTER);
	pty_expect(pty, "There is nothing to choose from yet.");
	stop(pty);
}

/* One party after another; what goes first goes along. */
static void test_parts_add_a_party_twice(void **state)
{
	const struct size *row = *state;
	struct pty *pty = start(row->rows, row->cols);

	pty_send(pty, "3" F3);
	pty_expect(pty, "+ Add a partner · ");
	pty_send(pty, "Bia" ENTER ENTER);
	pty_expect(pty, "The company goes first"); /* it is not filled in */
	pty_send(pty, F3 F3 F3);
	pty_expect(pty, "The company · Marlin");
	pty_send(pty, "Marlin" F3);
	pty_expect(pty, "+ Add a partner");
	pty_expect(pty, "[ Send, and begin another ]");
	pty_send(pty, ENTER);
	pty_expect(pty, "handed over");
	pty_expect_match(pty, "▸ ○ Name");
	pty_send(pty, "Caio" ENTER);
	pty_expect_match(pty, "▸ +\\[ Send, and begin another \\]");
	pty_send(pty, ENTER);
	pty_expect(pty, "handed over");
	pty_expect_gone(pty, "Caio");
	pty_send(pty, F2);
	pty_expect(pty, "[4 Review");
	if (row->rows < 24) {
		stop(pty);
		return;
	}
	pty_expect_match(pty, "^ +The company");
	pty_expect(pty, "Add a partner: Bia");
	pty_expect(pty, "Add a partner: Caio");
	stop(pty);
}

/* One key for all that is on its way, and the header tells of it on every
 * screen. */
static void test_parts_hold_and_cancel_all(void **state)
{
	struct pty *pty = start(24, 80);

	(void)state;
	pty_send(pty, "3");
	pty_expect(pty, "The company · Marlin");
	pty_send(pty, "Marlin" F3);
	pty_expect(pty, "+ Add a partner");
	pty_send(pty, "Bia" ENTER);
	pty_expect_match(pty, "▸ +\\[ Send, and begin another \\]");
	pty_send(pty, ENTER);
	pty_expect(pty, "handed over");
	pty_send(pty, F2);
	pty_expect(pty, "[4 Review");
	pty_expect_match(pty, "^kyc.* 2 sending · ");
	pty_send(pty, "H");
	pty_expect(pty, "All of it is held until H lets it go on.");
	pty_expect_match(pty, "^kyc.* 2 held · ");
	pty_send(pty, "1");
	pty_expect(pty, "[1 Customer");
	pty_expect_match(pty, "^kyc.* 2 held · ");
	pty_send(pty, ENTER);
	pty_expect(pty, "[2 Documents");
	pty_send(pty, "4");
	pty_expect(pty, "[4 Review");
	pty_send(pty, "H");
	pty_expect(pty, "All of it goes on.");
	pty_send(pty, "T");
	pty_expect(pty, "All of it is tried again now.");
	pty_send(pty, "C");
	pty_expect(pty, "Cancel 2 items on their way?");
	pty_send(pty, "y");
	pty_expect_gone(pty, " sending · ");
	pty_send(pty, "T");
	pty_expect(pty, "Nothing is on its way.");
	stop(pty);
}

/* What goes together says so, and does not go alone. */
static void test_parts_of_a_bundle_go_together(void **state)
{
	const struct size *row = *state;
	struct pty *pty = start(row->rows, row->cols);

	pty_send(pty, "4");
	pty_expect(pty, "[4 Review");
	if (row->rows >= 24) {
		pty_expect_match(pty, "^Rui Paz");
		pty_expect(pty, "goes together with: Proof of life");
		pty_expect(pty, "[ Nothing ready to send ]");
	}
	pty_send(pty, "k");
	pty_expect_match(pty, "▸ Selfie");
	stop(pty);
}

static void test_parts_lead_from_a_rejection_to_the_form(void **state)
{
	struct pty *pty = start(24, 80);

	(void)state;
	pty_send(pty, "5");
	pty_expect(pty, "[5 Status");
	/* All of what was said, over as many lines as it takes. */
	pty_expect(pty, "The street is not the one on the card.");
	pty_expect(pty, "somebody else, or very old.");
	pty_expect(pty, "▸ ID card front");
	pty_send(pty, ENTER);
	pty_expect(pty, "The owner · Ana Lima");
	pty_send(pty, ESC);
	pty_expect(pty, "[2 Documents");
	pty_expect_match(pty, "▸ [^ ]+ The owner");
	stop(pty);
}

/* Does the link stand there, row after row from the left edge, with nothing
 * beside it? */
static bool shows_link(struct pty *pty, const void *arg)
{
	const struct size *size = arg;
	size_t at = 0;

	for (int line = 0; line < size->rows; line++) {
		char *text = pty_row(pty, line);
		size_t len = strlen(text);
		bool part = len && at < strlen(LINK) &&
			    strncmp(&LINK[at], text, len) == 0;

		free(text);
		if (part)
			at += len;
		else if (at)
			break;
	}
	return at == strlen(LINK);
}

static void test_parts_show_a_link_whole(void **state)
{
	const struct size *row = *state;
	struct pty *pty = start(row->rows, row->cols);

	pty_send(pty, "t");
	pty_expect(pty, "Sign the contract");
	pty_expect_that(pty, shows_link, row, "the whole link");
	pty_send(pty, ESC);
	pty_expect_gone(pty, "https://acme.example/");
	stop(pty);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_parts_of_the_checklist, sizes);
	test_add(&tests, "test_parts_count_files_that_wait",
		 test_parts_count_files_that_wait);
	TEST_ROWS(&tests, test_parts_switch_forms, sizes);
	test_add(&tests, "test_parts_keep_forms_apart",
		 test_parts_keep_forms_apart);
	test_add(&tests, "test_parts_offer_who_there_is",
		 test_parts_offer_who_there_is);
	TEST_ROWS(&tests, test_parts_add_a_party_twice, sizes);
	test_add(&tests, "test_parts_hold_and_cancel_all",
		 test_parts_hold_and_cancel_all);
	TEST_ROWS(&tests, test_parts_of_a_bundle_go_together, sizes);
	test_add(&tests, "test_parts_lead_from_a_rejection_to_the_form",
		 test_parts_lead_from_a_rejection_to_the_form);
	TEST_ROWS(&tests, test_parts_show_a_link_whole, sizes);
	return test_run(&tests, "tui/parts");
}
