/* SPDX-License-Identifier: MIT */
#include "tests/providers/dwolla_practice.h"

#include <openssl/evp.h>

#include "forms/buf.h"
#include "forms/mem.h"
#include "tests/test.h"

#define CLIENT "kyc-sandbox-client:kyc-sandbox-key"

void dwolla_open(struct sandbox_server *server, const char *options)
{
	struct sandbox_reply reply;
	unsigned char client[64];

	sandbox_start_for(server, "dwolla", options);
	EVP_EncodeBlock(client, (const unsigned char *)CLIENT,
			(int)strlen(CLIENT));
	snprintf(server->signing, sizeof(server->signing), "Basic %s", client);
	reply = sandbox_call(server, "POST", "/token",
			     "Content-Type: "
			     "application/x-www-form-urlencoded\r\n",
			     "grant_type=client_credentials");
	assert_int_equal(reply.status, 200);
	snprintf(
		server->signing, sizeof(server->signing), "Bearer %s",
		json_string_value(json_object_get(reply.json, "access_token")));
	sandbox_release(&reply);
}

/* The path of a URL, which may be one already. */
static const char *path_of(const char *url)
{
	const char *host = strstr(url, "://");

	return host ? strchr(host + 3, '/') : url;
}

struct sandbox_reply dwolla_ask(const struct sandbox_server *server,
				const char *method, const char *path,
				const char *body)
{
	return sandbox_call(server, method, path_of(path),
			    body ? ACCEPT JSON : ACCEPT, body);
}

struct sandbox_reply dwolla_send(const struct sandbox_server *server,
				 const char *path, const char *extra,
				 const char *type, const char *name,
				 const char *kind, const char *bytes)
{
	char *below = mem_printf("%s/documents", path);
	char *headers = mem_printf(ACCEPT FORM "%s", extra);
	struct buf body = { 0 };
	struct sandbox_reply reply;
	int bad = 0;

	if (type)
		bad |= buf_addf(&body,
				"--xyz\r\nContent-Disposition: form-data; "
				"name=\"documentType\"\r\n\r\n%s\r\n",
				type);
	if (bytes)
		bad |= buf_addf(&body,
				"--xyz\r\nContent-Disposition: form-data; "
				"name=\"file\"; filename=\"%s\"\r\n"
				"Content-Type: %s\r\n\r\n%s\r\n",
				name, kind, bytes);
	bad |= buf_add_text(&body, "--xyz--\r\n");
	assert_int_equal(bad, 0);
	reply = sandbox_call(server, "POST", below, headers, buf_text(&body));
	buf_release(&body);
	free(headers);
	free(below);
	return reply;
}

char *dwolla_location(struct sandbox_reply reply)
{
	const char *at = strstr(reply.head, "Location: ");
	char *path;

	if (reply.status != 201 || !at)
		fail_msg("nothing was made: %d %s", reply.status, reply.text);
	assert_string_equal(reply.text, "");
	at = path_of(at + strlen("Location: "));
	path = mem_dup_n(at, strcspn(at, "\r\n"));
	sandbox_release(&reply);
	return path;
}

void dwolla_expect(struct sandbox_reply reply, int status, const char *says)
{
	if (reply.status != status || !strstr(reply.text, says))
		fail_msg("wanted %d '%s', got %d '%s'", status, says,
			 reply.status, reply.text);
	sandbox_release(&reply);
}

void dwolla_shows(const struct sandbox_server *server, const char *path,
		  const char *says, const char *lacks)
{
	struct sandbox_reply reply = dwolla_ask(server, "GET", path, NULL);

	if (*lacks && strstr(reply.text, lacks))
		fail_msg("'%s' is in '%s'", lacks, reply.text);
	dwolla_expect(reply, 200, says);
}

char *dwolla_changed(const char *text, const char *from, const char *to)
{
	const char *at = *from ? strstr(text, from) : text;

	if (!at)
		fail_msg("'%s' is not in the body to change", from);
	return mem_printf("%.*s%s%s", (int)(at - text), text, to,
			  at + strlen(from));
}

char *dwolla_created(const struct sandbox_server *server, const char *body,
		     const char *from, const char *to)
{
	char *own = dwolla_changed(body, from, to);
	char *path =
		dwolla_location(dwolla_ask(server, "POST", "/customers", own));

	free(own);
	return path;
}

size_t dwolla_arrived(const struct sandbox_server *server, const char *path)
{
	char *page = mem_printf("/practice%s", path);
	struct sandbox_reply reply =
		sandbox_call(server, "GET", page,
			     "Authorization: Bearer kyc-sandbox-key\r\n", NULL);
	size_t count =
		json_array_size(json_object_get(reply.json, "documents"));

	assert_int_equal(reply.status, 200);
	sandbox_release(&reply);
	free(page);
	return count;
}
