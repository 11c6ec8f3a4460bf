/* SPDX-License-Identifier: MIT */
/* A desk to work at. */
#include "tests/cases/desk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cases/store_private.h"

void desk_open(struct desk *desk)
{
	char dir[] = "/tmp/kyc-desk-XXXXXX";

	assert_non_null(mkdtemp(dir));
	*desk = (struct desk){ 0 };
	desk->dir = mem_dup(dir);
	desk->state = mem_printf("%s/state", dir);
	desk->profile.name = mem_dup("desk");
	desk->profile.provider = &desk_provider;
	desk->profile.endpoint = mem_dup("http://127.0.0.1:1");
	desk->profile.secret = mem_dup("s3cret");
	desk->profile.parallel = 4;
	OK(case_store_open(&desk->store, desk->state, "ana", &err));
}

void desk_reopen(struct desk *desk)
{
	case_store_close(desk->store);
	desk->store = NULL;
	OK(case_store_open(&desk->store, desk->state, "ana", &err));
}

static void remove_tree(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry = NULL;

	while (dir && (entry = readdir(dir))) {
		char *inner = NULL;

		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		inner = mem_printf("%s/%s", path, entry->d_name);
		if (unlink(inner))
			remove_tree(inner);
		free(inner);
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

void desk_close(struct desk *desk)
{
	case_store_close(desk->store);
	remove_tree(desk->dir);
	free(desk->dir);
	free(desk->state);
	free(desk->profile.name);
	free(desk->profile.endpoint);
	mem_free_private(desk->profile.secret);
	*desk = (struct desk){ 0 };
}

struct prov_requirement *desk_want(struct prov_customer *customer,
				   enum prov_req_kind kind, const char *code)
{
	struct prov_requirement *req = prov_customer_require(customer);

	req->kind = kind;
	req->code = mem_dup(code);
	if (kind == PROV_REQ_DOCUMENT)
		req->type = prov_type(&desk_provider, code, 0);
	if (kind == PROV_REQ_INFORMATION) {
		char *schema_name = mem_printf(
			"desk_%s", strcmp(code, "FORM") ? code : "person");

		req->form = prov_form_find(&desk_provider, schema_name);
		assert_non_null(req->form);
		free(schema_name);
	}
	return req;
}

int64_t desk_put(struct desk *desk, struct prov_customer *customer)
{
	int64_t case_id = 0;

	OK(case_customer_put(desk->store, &desk->profile, customer, &err));
	OK(case_open(desk->store, &desk->profile, customer->id, &case_id,
		     &err));
	prov_customer_release(customer);
	return case_id;
}

void desk_load(struct desk *desk, const char *id,
	       struct prov_customer *customer)
{
	struct err err = { 0 };
	int64_t seen_ms = 0;

	assert_int_equal(case_customer_load(desk->store, &desk->profile, id,
					    customer, &seen_ms, &err),
			 1);
}

int64_t desk_customer(struct desk *desk, const char *id, const char *name)
{
	struct prov_customer customer = { 0 };

	customer.id = mem_dup(id);
	customer.name = mem_dup(name);
	customer.stage = PROV_STAGE_NOT_STARTED;
	customer.stage_word = mem_dup("NOT_STARTED");
	snprintf(customer.country, sizeof(customer.country), "BRA");
	desk_want(&customer, PROV_REQ_DOCUMENT, "ID")->group =
		desk_provider.groups[0];
	desk_want(&customer, PROV_REQ_DOCUMENT, "PASS")->group =
		desk_provider.groups[0];
	desk_want(&customer, PROV_REQ_DOCUMENT, "SELFIE");
	desk_want(&customer, PROV_REQ_INFORMATION, "FORM");
	desk_want(&customer, PROV_REQ_START, "START");
	return desk_put(desk, &customer);
}

char *desk_file(struct desk *desk, const char *name, const char *content)
{
	char *path = mem_printf("%s/%s", desk->dir, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(content, file) >= 0);
	assert_int_equal(fclose(file), 0);
	return path;
}

int64_t desk_document(struct desk *desk, int64_t case_id, const char *type,
		      enum doc_side side, const char *content)
{
	char *name = mem_printf("%lld-%s-%s.jpg", (long long)case_id, type,
				doc_side_name(side));
	struct doc_digest *digest = doc_digest_new();
	struct case_document document = { .case_id = case_id, .side = side };
	int64_t id;

	document.type = mem_dup(type);
	document.path = desk_file(desk, name, content);
	document.checked = true;
	document.facts.kind = DOC_JPEG;
	document.facts.bytes = strlen(content);
	doc_digest_add(digest, content, strlen(content));
	doc_digest_hex(digest, document.facts.sha256);
	doc_digest_free(digest);
	OK(case_document_put(desk->store, &document, &err));
	id = document.id;
	case_document_release(&document);
	free(name);
	return id;
}

/* The customer's requirement for DOCUMENT, or NULL. */
static const struct prov_requirement *
requirement_for(const struct case_checklist *list, int64_t document)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].document && !list->items[i].unasked &&
		    list->items[i].document->id == document)
			return list->items[i].requirement;
	return NULL;
}

int64_t desk_submit(struct desk *desk, int64_t case_id, const char *type,
		    enum doc_side side, const char *content)
{
	int64_t document = desk_document(desk, case_id, type, side, content);
	struct case_checklist list = { 0 };
	int64_t submission = 0;
	char *customer = desk_text(desk,
				   "SELECT c.id FROM customers c"
				   " JOIN cases k"
				   " ON k.customer = c.number"
				   " WHERE k.id = ?1",
				   case_id);

	OK(case_checklist_load(desk->store, &desk->profile, customer, &list,
			       &err));
	OK(case_submit_document(desk->store, &desk->profile, document,
				requirement_for(&list, document), &submission,
				&err));
	case_checklist_release(&list);
	free(customer);
	return submission;
}

int64_t desk_submit_form(struct desk *desk, int64_t case_id, const char *schema,
			 const char *party, const char *key, const char *value)
{
	struct form_answers *answers = form_answers_new();
	int64_t submission = 0;

	form_answer_set(answers, key, value);
	OK(case_submit_form(desk->store, &desk->profile, case_id,
			    prov_form_find(&desk_provider, schema), NULL, party,
			    answers, &submission, &err));
	form_answers_free(answers);
	return submission;
}

int64_t desk_submit_information(struct desk *desk, int64_t case_id,
				const char *phone)
{
	return desk_submit_form(desk, case_id, "desk_person", NULL, "phone",
				phone);
}

pid_t desk_child(const char *what, const char *one, const char *two, int *from)
{
	char self[4096] = "";
	int pipes[2];
	pid_t child;

	assert_true(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
	assert_int_equal(pipe(pipes), 0);
	child = fork();
	if (!child) {
		dup2(pipes[1], STDOUT_FILENO);
		execl(self, self, what, one, two, NULL);
		_exit(127);
	}
	close(pipes[1]);
	*from = pipes[0];
	return child;
}

struct case_submission desk_read(struct desk *desk, int64_t id)
{
	struct case_submission submission = { 0 };
	struct err err = { 0 };

	assert_int_equal(
		case_submission_load(desk->store, id, &submission, &err), 1);
	return submission;
}

enum case_state desk_state(struct desk *desk, int64_t id)
{
	struct case_submission submission = desk_read(desk, id);
	enum case_state state = submission.state;

	case_submission_release(&submission);
	return state;
}

int64_t desk_number(struct desk *desk, const char *sql)
{
	struct err err = { 0 };
	int64_t number = -1;

	assert_int_equal(db_number(desk->store, &number, sql, NULL, &err), 1);
	return number;
}

char *desk_text(struct desk *desk, const char *sql, int64_t number)
{
	sqlite3_stmt *stmt = NULL;
	char *text = NULL;

	OK(db_query(desk->store, &stmt, sql, DB_ARGS(db_int(number)), &err));
	if (db_step(desk->store, stmt, NULL) > 0)
		text = db_column_dup(stmt, 0);
	sqlite3_finalize(stmt);
	return text;
}

void desk_sql(struct desk *desk, const char *sql)
{
	sqlite3_exec(desk->store->db, sql, NULL, NULL, NULL);
}
