/* SPDX-License-Identifier: MIT */
/* Calls as plain data: paths, headers, waiting times, multipart bodies; and
 * the small things that are the same for every provider. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "providers/provider.h"

/* 2026-05-01 12:00:00 GMT */
#define NOW ((int64_t)1777636800000)

static const struct id_row {
	const char *name;
	const char *id;
	const char *path; /* NULL: no such id */
} id_rows[] = {
	{ "uuid", "3c90c3cc-0d44-4b50-8888-8dd25736052a",
	  "/customers/3c90c3cc-0d44-4b50-8888-8dd25736052a/tos" },
	{ "slash", "a/b", "/customers/a%2Fb/tos" },
	{ "slash and dots", "../../admin", "/customers/..%2F..%2Fadmin/tos" },
	{ "question mark", "a?b=c", "/customers/a%3Fb%3Dc/tos" },
	{ "fragment", "a#b", "/customers/a%23b/tos" },
	{ "percent", "a%2Fb", "/customers/a%252Fb/tos" },
	{ "blank", "a b", "/customers/a%20b/tos" },
	{ "not ASCII", "é", "/customers/%C3%A9/tos" },
	{ "three dots", "...", "/customers/.../tos" },
	{ "empty", "", NULL },
	{ "one dot", ".", NULL },
	{ "two dots", "..", NULL },
	{ "line end", "a\nb", NULL },
	{ "carriage return", "a\rb", NULL },
	{ "delete", "a\x7f", NULL },
	{ "C1 control", "a\xc2\x85", NULL },
	{ "broken UTF-8", "a\xff", NULL },
	{ "right-to-left mark", "a\xe2\x80\xae", NULL },
};

static void test_path_encodes_ids(void **state)
{
	const struct id_row *row = *state;
	struct prov_request request = { 0 };
	struct err err = { 0 };
	int ret =
		prov_request_path(&request, &err, "/customers/%s/tos", row->id);

	assert_int_equal(prov_id_valid(row->id), row->path != NULL);
	assert_int_equal(ret, row->path ? 0 : -1);
	if (row->path)
		assert_string_equal(request.path, row->path);
	else
		assert_int_equal(err.code, ERR_INPUT);
	prov_request_release(&request);
}

static void test_path_refuses_long_ids(void **state)
{
	struct prov_request request = { 0 };
	char id[202];

	(void)state;
	memset(id, 'a', sizeof(id));
	id[200] = '\0';
	assert_int_equal(prov_request_path(&request, NULL, "/%s", id), 0);
	id[200] = 'a';
	id[201] = '\0';
	assert_int_equal(prov_request_path(&request, NULL, "/%s", id), -1);
	/* What was there stays. */
	assert_int_equal(strlen(request.path), 201);
	assert_int_equal(prov_request_path(&request, NULL, "/%s", NULL), -1);
	prov_request_release(&request);
}

static void test_query_is_encoded(void **state)
{
	struct prov_request request = { 0 };

	(void)state;
	assert_int_equal(prov_request_path(&request, NULL, "/customers"), 0);
	prov_request_query(&request, "size", "100");
	prov_request_query(&request, "cursor", NULL);
	prov_request_query(&request, "cursor", "a&b=c d\n#");
	assert_string_equal(request.path,
			    "/customers?size=100&cursor=a%26b%3Dc%20d%0A%23");
	prov_request_release(&request);
}

static void test_body_brings_its_type(void **state)
{
	struct prov_request request = { 0 };

	(void)state;
	prov_request_body(&request, "application/json", strdup("{}"));
	assert_int_equal(request.body_len, 2);
	assert_int_equal(request.header_count, 1);
	assert_string_equal(request.headers[0].name, "Content-Type");
	assert_string_equal(request.headers[0].value, "application/json");
	prov_request_release(&request);
	assert_null(request.body);
	assert_int_equal(request.header_count, 0);
}

static char header_name[] = "retry-AFTER";

static const struct wait_row {
	const char *name;
	const char *value;
	int64_t want;
} wait_rows[] = {
	{ "seconds", "7", 7000 },
	{ "none", "0", 0 },
	{ "blanks around", "  7  ", 7000 },
	{ "a day and more", "86401", 86400000 },
	{ "more digits than a number", "99999999999999999999", 86400000 },
	{ "negative", "-1", -1 },
	{ "fraction", "1.5", -1 },
	{ "words", "soon", -1 },
	{ "empty", "", -1 },
	{ "IMF date", "Fri, 01 May 2026 12:00:30 GMT", 30000 },
	{ "RFC 850 date", "Friday, 01-May-26 12:01:00 GMT", 60000 },
	{ "asctime date", "Fri May  1 12:00:05 2026", 5000 },
	{ "date past", "Sun, 06 Nov 1994 08:49:37 GMT", 0 },
	{ "RFC 850 date of the last century", "Sunday, 06-Nov-94 08:49:37 GMT",
	  0 },
	{ "date far ahead", "Fri, 31 Dec 9999 23:59:59 GMT", 86400000 },
	{ "date over a leap day", "Tue, 29 Feb 2028 00:00:00 GMT", 86400000 },
	{ "no such month", "Fri, 01 Mai 2026 12:00:30 GMT", -1 },
	{ "no such hour", "Fri, 01 May 2026 25:00:30 GMT", -1 },
	{ "no zone", "Fri, 01 May 2026 12:00:30", -1 },
};

static void test_retry_after_is_read(void **state)
{
	const struct wait_row *row = *state;
	char value[64];
	struct prov_header header = { header_name, value };
	struct prov_reply reply = { .headers = &header, .header_count = 1 };

	snprintf(value, sizeof(value), "%s", row->value);
	assert_int_equal(prov_reply_retry_after(&reply, NOW), row->want);
}

static void test_retry_after_may_be_missing(void **state)
{
	struct prov_reply reply = { 0 };

	(void)state;
	assert_int_equal(prov_reply_retry_after(&reply, NOW), -1);
}

static const struct type_row {
	const char *name;
	const char *value;
	bool page;
} type_rows[] = {
	{ "plain", "text/html", true },
	{ "with charset", "text/html; charset=utf-8", true },
	{ "in capitals", "TEXT/HTML", true },
	{ "other", "application/json", false },
	{ "longer", "text/html5", false },
	{ "shorter", "text/htm", false },
	{ "empty", "", false },
	{ "parameter only", ";text/html", false },
};

static void test_page_is_told_by_its_type(void **state)
{
	const struct type_row *row = *state;
	char name[] = "content-type";
	char value[64];
	struct prov_header header = { name, value };
	struct prov_reply reply = { .headers = &header, .header_count = 1 };

	snprintf(value, sizeof(value), "%s", row->value);
	assert_int_equal(prov_reply_is_type(&reply, "text/html"), row->page);
}

static void test_last_header_counts(void **state)
{
	char name[] = "X-A", first[] = "1", second[] = "2", other[] = "X-B";
	struct prov_header headers[] = { { name, first },
					 { name, second },
					 { other, first } };
	struct prov_reply reply = { .headers = headers, .header_count = 3 };

	(void)state;
	assert_string_equal(prov_reply_header(&reply, "x-a"), "2");
	assert_null(prov_reply_header(&reply, "x-c"));
}

/* All of a body with "FILE" for each file's bytes. */
static char *multipart(const struct prov_request *request, char **type)
{
	struct buf frames[PROV_FILES_MOST + 1] = { 0 };
	struct buf content_type = { 0 }, all = { 0 };
	size_t files = prov_request_files(request);

	prov_multipart_frames(request, frames, &content_type);
	for (size_t i = 0; i <= files; i++) {
		buf_add(&all, buf_text(&frames[i]), frames[i].len);
		if (i < files)
			buf_add_text(&all, "FILE");
		buf_release(&frames[i]);
	}
	*type = buf_take(&content_type);
	return buf_take(&all);
}

static void test_multipart_is_the_same_every_time(void **state)
{
	static const char want[] =
		"--kyc-3c90c3cc0d444b5088888dd25736052a\r\n"
		"Content-Disposition: form-data; name=\"type\"\r\n\r\n"
		"PASSPORT\r\n"
		"--kyc-3c90c3cc0d444b5088888dd25736052a\r\n"
		"Content-Disposition: form-data; name=\"file\"; "
		"filename=\"document-front.jpg\"\r\n"
		"Content-Type: image/jpeg\r\n\r\n"
		"FILE\r\n"
		"--kyc-3c90c3cc0d444b5088888dd25736052a--\r\n";

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct prov_request request = { 0 };
		char *type = NULL, *body = NULL;

		request.key = strdup("3c90c3cc-0d44-4b50-8888-8dd25736052a");
		prov_request_part(&request, "type", "PASSPORT");
		prov_request_file(&request, "file", "document-front.jpg",
				  "image/jpeg");
		body = multipart(&request, &type);
		assert_string_equal(body, want);
		assert_string_equal(type,
				    "multipart/form-data; boundary="
				    "kyc-3c90c3cc0d444b5088888dd25736052a");
		prov_request_release(&request);
		free(body);
		free(type);
	}
}

static void test_multipart_takes_several_files(void **state)
{
	static const char want[] =
		"--kyc-1\r\n"
		"Content-Disposition: form-data; name=\"a\"; filename=\"a.jpg\""
		"\r\nContent-Type: image/jpeg\r\n\r\nFILE\r\n"
		"--kyc-1\r\n"
		"Content-Disposition: form-data; name=\"b\"\r\n\r\nbetween\r\n"
		"--kyc-1\r\n"
		"Content-Disposition: form-data; name=\"c\"; filename=\"c.pdf\""
		"\r\nContent-Type: application/pdf\r\n\r\nFILE\r\n"
		"--kyc-1--\r\n";
	struct prov_request request = { 0 };
	char *type = NULL, *body = NULL;

	(void)state;
	request.key = strdup("1");
	prov_request_file(&request, "a", "a.jpg", "image/jpeg");
	prov_request_part(&request, "b", "between");
	prov_request_file(&request, "c", "c.pdf", "application/pdf");
	body = multipart(&request, &type);
	assert_string_equal(body, want);
	prov_request_release(&request);
	free(body);
	free(type);
}

static void test_multipart_value_cannot_end_its_part(void **state)
{
	struct prov_request request = { 0 };
	char *type = NULL, *body = NULL;

	(void)state;
	request.key = strdup("12");
	prov_request_part(&request, "a",
			  "x\r\n--kyc-12--\r\n--kyc-12-1\r\nforged");
	prov_request_file(&request, "file", "f", "image/png");
	body = multipart(&request, &type);
	assert_string_equal(type, "multipart/form-data; boundary=kyc-12-2");
	assert_non_null(strstr(body, "--kyc-12-2--\r\n"));
	prov_request_release(&request);
	free(body);
	free(type);
}

static void test_multipart_names_cannot_leave_their_quotes(void **state)
{
	struct prov_request request = { 0 };
	char *type = NULL, *body = NULL;

	(void)state;
	request.key = strdup("12");
	prov_request_part(&request, "a\"\r\nX-Evil: 1", "v");
	prov_request_file(&request, "file", "b\"\n.jpg", "image/png\r\nX: y");
	body = multipart(&request, &type);
	assert_non_null(strstr(body, "name=\"a%22%0D%0AX-Evil: 1\"\r\n"));
	assert_non_null(strstr(body, "filename=\"b%22%0A.jpg\"\r\n"));
	assert_non_null(strstr(body, "Content-Type: image/pngX: y\r\n"));
	prov_request_release(&request);
	free(body);
	free(type);
}

static void test_multipart_keeps_parts_behind_the_file(void **state)
{
	struct prov_request request = { 0 };
	char *type = NULL, *body = NULL;

	(void)state;
	request.key = strdup("12");
	prov_request_file(&request, "file", "f.pdf", "application/pdf");
	prov_request_part(&request, "last", "one");
	body = multipart(&request, &type);
	assert_non_null(strstr(body, "\r\n\r\nFILE\r\n--kyc-12\r\n"));
	assert_non_null(strstr(body, "name=\"last\"\r\n\r\none\r\n"
				     "--kyc-12--\r\n"));
	prov_request_release(&request);
	free(body);
	free(type);
}

static const struct endpoint_row {
	const char *name;
	const char *endpoint;
	bool good;
} endpoint_rows[] = {
	{ "https", "https://api.lumx.io", true },
	{ "https with port", "https://api.lumx.io:8443", true },
	{ "https to an address", "https://192.0.2.1", true },
	{ "https to a v6 address", "https://[2001:db8::1]:443", true },
	{ "scheme in capitals", "HTTPS://api.lumx.io", true },
	{ "http to loopback", "http://127.0.0.1:4010", true },
	{ "http to all of loopback", "http://127.1.2.3:4010", true },
	{ "http to v6 loopback", "http://[::1]:4010", true },
	{ "http to localhost", "http://localhost:4010", true },
	{ "http to a name", "http://api.lumx.io", false },
	{ "http to an address", "http://192.0.2.1", false },
	{ "http to a longer name", "http://localhost.example", false },
	{ "http to a name like loopback", "http://127.0.0.1.example", false },
	{ "http to a short address", "http://127.1", false },
	{ "http to a number", "http://2130706433", false },
	{ "http to mapped loopback", "http://[::ffff:127.0.0.1]", false },
	{ "another scheme", "ftp://api.lumx.io", false },
	{ "file", "file:///etc/passwd", false },
	{ "no scheme", "api.lumx.io", false },
	{ "no host", "https://", false },
	{ "only a port", "https://:443", false },
	{ "user", "https://user@api.lumx.io", false },
	{ "user like a host", "http://127.0.0.1:80@evil.example", false },
	{ "slash at the end", "https://api.lumx.io/", true },
	{ "path", "https://api.lumx.io/v1", true },
	{ "path behind a port", "https://api.lumx.io:443/api/v3", true },
	{ "path that climbs", "https://api.lumx.io/a/../b", false },
	{ "path with a blank", "https://api.lumx.io/a b", false },
	{ "query", "https://api.lumx.io?a", false },
	{ "fragment", "https://api.lumx.io#a", false },
	{ "backslash", "http://127.0.0.1\\@evil.example", false },
	{ "blank", "https://api.lumx.io ", false },
	{ "line end", "https://api.lumx.io\r\nX: y", false },
	{ "port 0", "https://api.lumx.io:0", false },
	{ "port too high", "https://api.lumx.io:65536", false },
	{ "port of letters", "https://api.lumx.io:http", false },
	{ "empty port", "https://api.lumx.io:", false },
	{ "open bracket", "https://[::1", false },
	{ "no address in brackets", "https://[api.lumx.io]", false },
	{ "percent", "https://api%2elumx.io", false },
	{ "empty", "", false },
	{ "nothing", NULL, false },
};

static void test_endpoint_is_checked(void **state)
{
	const struct endpoint_row *row = *state;
	struct err err = { 0 };

	assert_int_equal(prov_endpoint_check(row->endpoint, &err),
			 row->good ? 0 : -1);
	assert_int_equal(err.code, row->good ? ERR_NONE : ERR_CONFIG);
}

static void test_keys_are_uuids_and_differ(void **state)
{
	char key[37], other[37];

	(void)state;
	prov_key_new(key);
	prov_key_new(other);
	assert_int_equal(strlen(key), 36);
	assert_int_equal(strspn(key, "0123456789abcdef-"), 36);
	assert_int_equal(key[14], '4');
	assert_non_null(strchr("89ab", key[19]));
	for (int i = 0; i < 36; i++)
		assert_int_equal(key[i] == '-',
				 i == 8 || i == 13 || i == 18 || i == 23);
	assert_string_not_equal(key, other);
}

static void test_providers_are_found_by_name(void **state)
{
	struct prov_op none = { 0 };

	(void)state;
	assert_ptr_equal(prov_find("lumx"), &prov_lumx);
	assert_null(prov_find("nobody"));
	assert_null(prov_find(NULL));
	assert_true(prov_can(&prov_lumx.document_send));
	assert_false(prov_can(&none));
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_path_encodes_ids, id_rows);
	test_add(&tests, "long ids", test_path_refuses_long_ids);
	test_add(&tests, "query", test_query_is_encoded);
	test_add(&tests, "body", test_body_brings_its_type);
	TEST_ROWS(&tests, test_retry_after_is_read, wait_rows);
	test_add(&tests, "no waiting time", test_retry_after_may_be_missing);
	TEST_ROWS(&tests, test_page_is_told_by_its_type, type_rows);
	test_add(&tests, "repeated header", test_last_header_counts);
	test_add(&tests, "same bytes", test_multipart_is_the_same_every_time);
	test_add(&tests, "several files", test_multipart_takes_several_files);
	test_add(&tests, "boundary in a value",
		 test_multipart_value_cannot_end_its_part);
	test_add(&tests, "quotes in a name",
		 test_multipart_names_cannot_leave_their_quotes);
	test_add(&tests, "parts behind the file",
		 test_multipart_keeps_parts_behind_the_file);
	TEST_ROWS(&tests, test_endpoint_is_checked, endpoint_rows);
	test_add(&tests, "keys", test_keys_are_uuids_and_differ);
	test_add(&tests, "registry", test_providers_are_found_by_name);
	return test_run(&tests, "providers/request");
}
