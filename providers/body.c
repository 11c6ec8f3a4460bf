// SPDX-License-Identifier: MIT
/* The body of a request as a stream that can be started again. */
#include "providers/body.h"

#include <errno.h>
#include <unistd.h>

#include "forms/i18n.h"
#include "forms/mem.h"

static bool wants_file(const struct prov_request *request)
{
	for (size_t i = 0; i < request->part_count; i++)
		if (!request->parts[i].value)
			return true;
	return false;
}

int body_init(struct body *body, const struct prov_request *request,
	      const struct doc_file *file, const char *sha256, struct err *err)
{
	struct body made = { 0 };

	if (wants_file(request) != (file != NULL))
		return err_set(err, ERR_BUG,
			       "the request and its file do not go together");
	if (file && !file->bytes)
		return err_set(err, ERR_INPUT, _("the file is empty"));
	if (request->part_count)
		prov_multipart_frame(request, &made.before, &made.after,
				     &made.content_type);
	else if (buf_add(&made.before, request->body, request->body_len))
		return err_set(err, ERR_BUG, "the request is too large");
	if (file) {
		made.has_file = true;
		made.file = *file;
		made.digest = doc_digest_new();
		if (sha256)
			snprintf(made.sha256, sizeof(made.sha256), "%s",
				 sha256);
	}
	made.total =
		made.before.len + made.after.len + (file ? file->bytes : 0);
	*body = made;
	return 0;
}

void body_release(struct body *body)
{
	buf_release(&body->before);
	buf_release(&body->after);
	buf_release(&body->content_type);
	doc_digest_free(body->digest);
	*body = (struct body){ 0 };
}

void body_rewind(struct body *body)
{
	body->at = 0;
	if (body->has_file) {
		doc_digest_free(body->digest);
		body->digest = doc_digest_new();
	}
}

static size_t failed(struct body *body, const char *why)
{
	snprintf(body->why, sizeof(body->why), "%s", why);
	return BODY_FAILED;
}

static size_t copy(const struct buf *from, uint64_t at, char *to, size_t room)
{
	size_t left = from->len - (size_t)at;

	if (left > room)
		left = room;
	memcpy(to, from->data + at, left);
	return left;
}

/* Is what was read, up to its last byte, the file that was checked? */
static bool file_is_right(struct body *body)
{
	char hex[65] = "";

	doc_digest_hex(body->digest, hex);
	/* Ended now: what comes next is only a rewind or the release. */
	doc_digest_free(body->digest);
	body->digest = doc_digest_new();
	return (!body->sha256[0] || !strcmp(hex, body->sha256)) &&
	       doc_file_unchanged(&body->file);
}

static size_t read_file(struct body *body, uint64_t at, char *to, size_t room)
{
	uint64_t left = body->file.bytes - at;
	ssize_t got;

	if (room > left)
		room = (size_t)left;
	do
		got = pread(body->file.fd, to, room, (off_t)at);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return failed(body, _("the file cannot be read any more"));
	if (!got)
		return failed(body, _("the file became shorter while it was "
				      "being sent"));
	doc_digest_add(body->digest, to, (size_t)got);
	if ((uint64_t)got == left && !file_is_right(body)) {
		mem_wipe(to, (size_t)got);
		return failed(body, _("the file changed after it was checked"));
	}
	return (size_t)got;
}

/* One stretch: never across the edges between frame and file. */
static size_t read_stretch(struct body *body, char *to, size_t room)
{
	uint64_t bytes = body->has_file ? body->file.bytes : 0;
	uint64_t at = body->at;

	if (at < body->before.len)
		return copy(&body->before, at, to, room);
	at -= body->before.len;
	if (at < bytes)
		return read_file(body, at, to, room);
	return copy(&body->after, at - bytes, to, room);
}

size_t body_read(struct body *body, char *to, size_t room)
{
	size_t done = 0;

	while (done < room && body->at < body->total) {
		size_t got = read_stretch(body, to + done, room - done);

		if (got == BODY_FAILED)
			return BODY_FAILED;
		body->at += got;
		done += got;
	}
	return done;
}
