/* SPDX-License-Identifier: MIT */
#include "tests/providers/zro_practice.h"

static unsigned nonces;

/* Another one each time. */
static char *new_uuid(void)
{
	return mem_printf("0a0a0a0a-0000-4000-8000-%012x", ++nonces);
}

json_t *dig(json_t *json, const char *dotted)
{
	char *copy = mem_dup(dotted), *next = copy, *key;

	while (json && (key = strsep(&next, ".")))
		json = json_is_array(json)
			       ? json_array_get(json, strtoul(key, NULL, 10))
			       : json_object_get(json, key);
	free(copy);
	return json;
}

const char *text_at(const struct sandbox_reply *reply, const char *dotted)
{
	const char *text = json_string_value(dig(reply->json, dotted));

	return text ? text : "";
}

/* What a file of a form holds, by the word that stands for it. */
static void add_file(struct buf *body, const char *word)
{
	static const struct {
		const char *word, *type, *bytes;
	} files[] = {
		{ "jpeg", "image/jpeg", "\xff\xd8\xff\xe0 practice" },
		{ "jpg", "image/jpg", "\xff\xd8\xff\xe0 practice" },
		{ "pdf", "application/pdf", "%PDF-1.7 practice" },
		{ "png", "image/png", "\x89PNG\r\n" },
		{ "liar", "image/jpeg", "%PDF-1.7 practice" },
		{ "empty", "image/jpeg", "" },
		{ NULL, "image/jpeg", "\xff\xd8\xff\xe0 KYC-SAMPLE-REJECT:" },
	};
	size_t i = 0;

	while (files[i].word && strcmp(files[i].word, word))
		i++;
	assert_int_equal(buf_addf(body,
				  "; filename=\"%s.jpg\"\r\n"
				  "Content-Type: %s\r\n\r\n%s%s",
				  word, files[i].type, files[i].bytes,
				  files[i].word ? "" : word),
			 0);
}

char *form(const char *spec)
{
	char *copy = mem_dup(spec), *next = copy, *field;
	struct buf body = { 0 };

	while ((field = strsep(&next, "&"))) {
		char *value = strchr(field, '=');

		assert_non_null(value);
		*value++ = '\0';
		assert_int_equal(buf_addf(&body,
					  "--xyz\r\nContent-Disposition: "
					  "form-data; name=\"%s\"",
					  field),
				 0);
		if (*value == '@')
			add_file(&body, value + 1);
		else
			assert_int_equal(buf_addf(&body, "\r\n\r\n%s", value),
					 0);
		assert_int_equal(buf_add_text(&body, "\r\n"), 0);
	}
	assert_int_equal(buf_add_text(&body, "--xyz--\r\n"), 0);
	free(copy);
	return buf_take(&body);
}

char *headers_for(const char *method, int who, const char *more,
		  const char *content)
{
	char *nonce = new_uuid(), *transaction = new_uuid();
	struct buf all = { 0 };
	int bad = buf_addf(&all, "nonce: %s\r\n%s", nonce, more);

	if (strcmp(method, "GET"))
		bad |= buf_addf(&all, "x-transaction-uuid: %s\r\n",
				transaction);
	if (who)
		bad |= buf_addf(&all,
				"x-product-uuid: " PRODUCT "\r\n"
				"x-product-target-user-uuid: "
				"5eed0000-0000-4000-8000-%012d\r\n",
				who);
	if (content)
		bad |= buf_addf(&all, "Content-Type: %s\r\n",
				*content == '{' ? "application/json"
						: "multipart/form-data; "
						  "boundary=xyz");
	assert_int_equal(bad, 0);
	free(nonce);
	free(transaction);
	return buf_take(&all);
}

struct sandbox_reply ask_with(const struct sandbox_server *server,
			      const char *method, const char *path, int who,
			      const char *more, const char *content)
{
	char *headers = headers_for(method, who, more, content);
	char *body =
		content && *content != '{' ? form(content) : mem_dup(content);
	struct sandbox_reply reply =
		sandbox_call(server, method, path, headers, body);

	free(headers);
	free(body);
	return reply;
}

struct sandbox_reply ask(const struct sandbox_server *server,
			 const char *method, const char *path, int who,
			 const char *content)
{
	return ask_with(server, method, path, who, "", content);
}

void expect(struct sandbox_reply reply, int status, const char *says)
{
	if (reply.status != status || !strstr(reply.text, says))
		fail_msg("wanted %d '%s', got %d '%s'", status, says,
			 reply.status, reply.text);
	sandbox_release(&reply);
}

void expect_code(struct sandbox_reply reply, int status, const char *code)
{
	if (reply.status != status || strcmp(text_at(&reply, "code"), code))
		fail_msg("wanted %d '%s', got %d '%s'", status, code,
			 reply.status, reply.text);
	assert_true(json_is_false(dig(reply.json, "success")));
	assert_true(json_is_null(dig(reply.json, "data")));
	assert_string_equal(text_at(&reply, "error"),
			    status == 401 ? "AUTH" : "USER");
	assert_true(*text_at(&reply, "message"));
	sandbox_release(&reply);
}

void take_token(struct sandbox_server *server, struct sandbox_reply reply)
{
	assert_int_equal(reply.status, 200);
	snprintf(server->signing, sizeof(server->signing), "Bearer %s",
		 text_at(&reply, "access_token"));
	sandbox_release(&reply);
}

void start(struct sandbox_server *server, const char *options)
{
	sandbox_start_for(server, "zro", options);
	take_token(server,
		   ask(server, "POST", "/auth/signin", NOBODY, CREDENTIALS));
}

char *read_text(const struct sandbox_server *server, const char *path, int who,
		const char *dotted)
{
	struct sandbox_reply reply = ask(server, "GET", path, who, NULL);
	char *text;

	if (reply.status != 200)
		fail_msg("%s: %d '%s'", path, reply.status, reply.text);
	text = mem_dup(text_at(&reply, dotted));
	sandbox_release(&reply);
	return text;
}

void assert_reads(const struct sandbox_server *server, const char *path,
		  int who, const char *dotted, const char *want)
{
	char *text = read_text(server, path, who, dotted);

	assert_string_equal(text, want);
	free(text);
}

char *make(const struct sandbox_server *server, const char *path, int who,
	   const char *content)
{
	struct sandbox_reply reply = ask(server, "POST", path, who, content);
	char *id;

	if (reply.status != 201)
		fail_msg("%s: %d '%s'", path, reply.status, reply.text);
	id = mem_dup(
		text_at(&reply, dig(reply.json, "success") ? "data.id" : "id"));
	assert_int_equal(strlen(id), 36);
	sandbox_release(&reply);
	return id;
}

char *changed(const char *text, const char *from, const char *to)
{
	const char *at = *from ? strstr(text, from) : text;

	if (!at)
		fail_msg("'%s' is not in the body to change", from);
	return mem_printf("%.*s%s%s", (int)(at - text), text, to,
			  at + strlen(from));
}

void assert_arrived(const struct sandbox_server *server, int who, size_t all,
		    size_t replaced)
{
	char *path = mem_printf("/practice/customers/"
				"5eed0000-0000-4000-8000-%012d",
				who);
	struct sandbox_reply reply =
		sandbox_call(server, "GET", path,
			     "Authorization: Bearer kyc-sandbox-key\r\n", NULL);
	json_t *one;
	size_t i;

	assert_int_equal(reply.status, 200);
	json_array_foreach(dig(reply.json, "documents"), i, one)
	{
		if (json_is_true(dig(one, "replaced")))
			replaced--;
	}
	assert_int_equal(i, all);
	assert_int_equal(replaced, 0);
	sandbox_release(&reply);
	free(path);
}
