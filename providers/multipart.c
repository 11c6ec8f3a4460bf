/* SPDX-License-Identifier: MIT */
/*
 * multipart/form-data bodies (RFC 7578): the same request gives the same
 * bytes, because a provider may compare a repeat under the same key with what
 * it has seen.
 */
#include "providers/request.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "forms/mem.h"

/* RFC 2046 allows 70 characters; nobody guesses a key, so a file never holds
 * its own boundary. */
#define BOUNDARY_SIZE 71
#define KEY_MOST      48

static bool is_plain(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

static bool in_a_value(const struct prov_request *request, const char *boundary)
{
	for (size_t i = 0; i < request->part_count; i++)
		if (request->parts[i].value &&
		    strstr(request->parts[i].value, boundary))
			return true;
	return false;
}

static void boundary_of(const struct prov_request *request,
			char boundary[BOUNDARY_SIZE])
{
	char base[KEY_MOST + 8] = "kyc-";
	size_t len = strlen(base);

	for (const char *at = request->key; at && *at; at++)
		if (is_plain(*at) && len < KEY_MOST)
			base[len++] = *at;
	base[len] = '\0';
	snprintf(boundary, BOUNDARY_SIZE, "%s", base);
	for (unsigned i = 1; in_a_value(request, boundary); i++)
		snprintf(boundary, BOUNDARY_SIZE, "%s-%u", base, i);
}

/* As browsers do it (WHATWG, multipart/form-data encoding algorithm). */
static void add_quoted(struct buf *out, const char *text)
{
	buf_add_char(out, '"');
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c == 0x7f || c == '"')
			buf_addf(out, "%%%02X", (unsigned)c);
		else
			buf_add_char(out, *text);
	}
	buf_add_char(out, '"');
}

static void add_head(struct buf *out, const struct prov_part *part,
		     const char *boundary)
{
	buf_addf(out,
		 "--%s\r\nContent-Disposition: form-data; name=", boundary);
	add_quoted(out, part->name);
	if (!part->value) {
		buf_add_text(out, "; filename=");
		add_quoted(out, part->filename ? part->filename : "file");
		buf_add_text(out, "\r\nContent-Type: ");
		for (const char *at = part->content_type; at && *at; at++)
			if ((unsigned char)*at >= 0x20 && *at != 0x7f)
				buf_add_char(out, *at);
	}
	buf_add_text(out, "\r\n\r\n");
}

size_t prov_request_files(const struct prov_request *request)
{
	size_t count = 0;

	for (size_t i = 0; i < request->part_count; i++)
		count += !request->parts[i].value;
	return count;
}

void prov_multipart_frames(const struct prov_request *request,
			   struct buf frames[PROV_FILES_MOST + 1],
			   struct buf *content_type)
{
	char boundary[BOUNDARY_SIZE];
	size_t at = 0;

	boundary_of(request, boundary);
	for (size_t i = 0; i < request->part_count; i++) {
		const struct prov_part *part = &request->parts[i];

		add_head(&frames[at], part, boundary);
		if (part->value)
			buf_add_text(&frames[at], part->value);
		else if (at < PROV_FILES_MOST)
			at++;
		buf_add_text(&frames[at], "\r\n");
	}
	buf_addf(&frames[at], "--%s--\r\n", boundary);
	buf_addf(content_type, "multipart/form-data; boundary=%s", boundary);
}
