// SPDX-License-Identifier: MIT
/* The body of a request as a stream that can be started again. */
#include "providers/body.h"

#include <errno.h>
#include <unistd.h>

#include "forms/i18n.h"
#include "forms/mem.h"

/* Below it, to wake a thread costs what it saves. */
#define LARGE_BYTES (1 << 20)

static int take_files(struct body *body, const struct prov_file *files,
		      size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		const char *sha256 = files[i].sha256;

		if (!files[i].file->bytes)
			return err_set(err, ERR_INPUT, _("the file is empty"));
		body->files[i].file = *files[i].file;
		snprintf(body->files[i].sha256, sizeof(body->files[i].sha256),
			 "%s", sha256 ? sha256 : "");
		body->total += files[i].file->bytes;
	}
	body->file_count = count;
	return 0;
}

/* Whatever was read of a file so far counts no more. */
static void start_digest(struct body *body)
{
	if (body->hasher)
		hasher_reset(body->hasher, &body->stream);
	if (!body->file_count || body->hasher)
		return;
	doc_digest_free(body->digest);
	body->digest = doc_digest_new();
}

int body_init(struct body *body, const struct prov_request *request,
	      const struct prov_file *files, size_t file_count,
	      struct hasher *hasher, struct err *err)
{
	struct body made = { 0 };

	if (prov_request_files(request) != file_count ||
	    file_count > PROV_FILES_MOST)
		return err_set(err, ERR_BUG,
			       "the request and its files do not go together");
	if (take_files(&made, files, file_count, err))
		return -1;
	if (request->part_count)
		prov_multipart_frames(request, made.frames, &made.content_type);
	else if (buf_add(&made.frames[0], request->body, request->body_len))
		return err_set(err, ERR_BUG, "the request is too large");
	for (size_t i = 0; i <= file_count; i++)
		made.total += made.frames[i].len;
	if (file_count && made.total > LARGE_BYTES)
		made.hasher = hasher;
	start_digest(&made);
	*body = made;
	return 0;
}

void body_release(struct body *body)
{
	for (size_t i = 0; i <= PROV_FILES_MOST; i++)
		buf_release(&body->frames[i]);
	buf_release(&body->content_type);
	if (body->hasher)
		hasher_reset(body->hasher, &body->stream);
	doc_digest_free(body->digest);
	*body = (struct body){ 0 };
}

void body_rewind(struct body *body)
{
	body->at = 0;
	start_digest(body);
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
static bool file_is_right(struct body *body, const struct body_file *file)
{
	char hex[65] = "";

	if (body->hasher)
		hasher_finish(body->hasher, &body->stream, hex);
	else
		doc_digest_hex(body->digest, hex);
	/* Ended now: what comes next is another file, a rewind or the end. */
	start_digest(body);
	return (!file->sha256[0] || !strcmp(hex, file->sha256)) &&
	       doc_file_unchanged(&file->file);
}

static ssize_t read_at(const struct body_file *file, uint64_t at, void *to,
		       size_t room)
{
	ssize_t got;

	do
		got = pread(file->file.fd, to, room, (off_t)at);
	while (got < 0 && errno == EINTR);
	return got;
}

/* What is hashed later is a copy: TO may be anything by then. */
static ssize_t read_hashed(struct body *body, const struct body_file *file,
			   uint64_t at, char *to, size_t room)
{
	struct hash_block *block = NULL;
	ssize_t got;

	if (!file->sha256[0] || !body->hasher) {
		got = read_at(file, at, to, room);
		if (got > 0 && file->sha256[0])
			doc_digest_add(body->digest, to, (size_t)got);
		return got;
	}
	if (room > HASH_BLOCK_BYTES)
		room = HASH_BLOCK_BYTES;
	block = hasher_block(body->hasher);
	got = read_at(file, at, block->data, room);
	if (got <= 0) {
		hasher_give_back(body->hasher, block);
		return got;
	}
	memcpy(to, block->data, (size_t)got);
	block->len = (size_t)got;
	hasher_add(body->hasher, &body->stream, block);
	return got;
}

static size_t read_file(struct body *body, const struct body_file *file,
			uint64_t at, char *to, size_t room)
{
	uint64_t left = file->file.bytes - at;
	ssize_t got;

	if (room > left)
		room = (size_t)left;
	got = read_hashed(body, file, at, to, room);
	if (got < 0)
		return failed(body, _("the file cannot be read any more"));
	if (!got)
		return failed(body, _("the file became shorter while it was "
				      "being sent"));
	if ((uint64_t)got == left && !file_is_right(body, file)) {
		mem_wipe(to, (size_t)got);
		return failed(body, _("the file changed after it was checked"));
	}
	return (size_t)got;
}

/* One stretch: never across the edges between frames and files. */
static size_t read_stretch(struct body *body, char *to, size_t room)
{
	uint64_t at = body->at;
	size_t i = 0;

	for (; i < body->file_count; i++) {
		const struct body_file *file = &body->files[i];

		if (at < body->frames[i].len)
			break;
		at -= body->frames[i].len;
		if (at < file->file.bytes)
			return read_file(body, file, at, to, room);
		at -= file->file.bytes;
	}
	return copy(&body->frames[i], at, to, room);
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
