/* SPDX-License-Identifier: MIT */
/* multipart/form-data as it arrives: a small machine over a small window. */
#include "providers/sandbox/form_data.h"

#include <ctype.h>
#include <strings.h>

#include "forms/buf.h"
#include "forms/look.h"
#include "forms/mem.h"
#include "forms/text.h"

#define HEADERS_MOST  4000
#define BOUNDARY_MOST 70 /* RFC 2046, 5.1.1 */
#define WINDOW_MOST   ((size_t)4 << 20)

enum stage {
	STAGE_OPENING,	/* "--boundary" must be the first thing */
	STAGE_BOUNDARY, /* after one: a line end, or "--" */
	STAGE_HEADERS,
	STAGE_CONTENT,
	STAGE_CLOSED,
};

struct form_data {
	enum stage stage;
	char *delimiter; /* CR LF "--boundary" */
	size_t delimiter_len;
	struct buf window; /* bytes not dealt with yet */
	struct form_part parts[FORM_PARTS];
	size_t count;
	struct buf text;	   /* of the part that is being read */
	struct doc_digest *digest; /* likewise, for a file */
	char tail[sizeof(FORM_MARK) + FORM_REASON_MOST]; /* a file's last */
	size_t tail_len;
	struct err wrong;
};

static void fail(struct form_data *form, const char *why)
{
	if (!form->wrong.code)
		err_set(&form->wrong, ERR_INPUT, "%s", why);
}

/* The ';' at or after AT that is not inside quotes, or NULL. */
static const char *next_parameter(const char *at)
{
	bool quoted = false;

	for (; *at; at++) {
		if (quoted && *at == '\\' && at[1])
			at++;
		else if (*at == '"')
			quoted = !quoted;
		else if (*at == ';' && !quoted)
			return at;
	}
	return NULL;
}

/*
 * Parameter NAME of a header VALUE to OUT: token or quoted, with backslash
 * escapes. False when it is not there, too long, or broken.
 */
static bool parameter(const char *value, const char *name, char *out,
		      size_t size)
{
	size_t name_len = strlen(name), used = 0;
	const char *at = next_parameter(value);
	bool quoted;

	for (; at; at = next_parameter(at)) {
		at += 1 + strspn(at + 1, " \t");
		if (!strncasecmp(at, name, name_len) && at[name_len] == '=')
			break;
	}
	if (!at)
		return false;
	at += name_len + 1;
	quoted = *at == '"';
	at += quoted;
	while (*at && (quoted ? *at != '"' : !strchr("; \t", *at))) {
		if (quoted && *at == '\\' && at[1])
			at++;
		if (used + 1 >= size)
			return false;
		out[used++] = *at++;
	}
	out[used] = '\0';
	return !quoted || *at == '"';
}

struct form_data *form_data_new(const char *content_type)
{
	static const char kind[] = "multipart/form-data";
	char boundary[BOUNDARY_MOST + 1];
	struct form_data *form;

	if (!content_type ||
	    strncasecmp(content_type, kind, sizeof(kind) - 1) ||
	    !parameter(content_type, "boundary", boundary, sizeof(boundary)) ||
	    !*boundary)
		return NULL;
	form = mem_alloc(sizeof(*form));
	form->delimiter = mem_printf("\r\n--%s", boundary);
	form->delimiter_len = strlen(form->delimiter);
	form->window.max = WINDOW_MOST;
	form->text.max = FORM_TEXT_MOST;
	return form;
}

void form_data_free(struct form_data *form)
{
	size_t i;

	if (!form)
		return;
	for (i = 0; i < form->count; i++)
		mem_free_private(form->parts[i].value);
	doc_digest_free(form->digest);
	buf_release(&form->window);
	buf_release(&form->text);
	free(form->delimiter);
	free(form);
}

/* Drop the first LEN bytes of the window. */
static void consume(struct form_data *form, size_t len)
{
	form->window.len -= len;
	memmove(form->window.data, form->window.data + len, form->window.len);
	form->window.data[form->window.len] = '\0';
}

static struct form_part *current(struct form_data *form)
{
	return &form->parts[form->count - 1];
}

/* A file that asks to be declined says so in plain ASCII, anywhere in it. */
static void find_mark(struct form_data *form, const char *data, size_t len)
{
	struct form_part *part = current(form);
	const char *at = memmem(data, len, FORM_MARK, sizeof(FORM_MARK) - 1);
	size_t used = 0;

	if (!at)
		return;
	at += sizeof(FORM_MARK) - 1;
	while (at < data + len && used < FORM_REASON_MOST &&
	       (isalnum((unsigned char)*at) || *at == '-' || *at == '_'))
		part->reason[used++] = *at++;
	part->reason[used] = '\0';
}

static void file_bytes(struct form_data *form, const char *data, size_t len)
{
	struct form_part *part = current(form);
	size_t keep = sizeof(form->tail);
	struct buf seam = { 0 };

	for (size_t i = 0; i < len && part->bytes + i < sizeof(part->lead); i++)
		part->lead[part->bytes + i] = (unsigned char)data[i];
	part->bytes += len;
	doc_digest_add(form->digest, data, len);

	/* The mark may lie across two pieces: look at the seam as well. */
	find_mark(form, data, len);
	if (buf_add(&seam, form->tail, form->tail_len) ||
	    buf_add(&seam, data, len < keep ? len : keep))
		abort();
	find_mark(form, buf_text(&seam), seam.len);
	if (len >= keep) {
		memcpy(form->tail, data + len - keep, keep);
		form->tail_len = keep;
	} else {
		form->tail_len = seam.len < keep ? seam.len : keep;
		memcpy(form->tail, seam.data + seam.len - form->tail_len,
		       form->tail_len);
	}
	buf_release(&seam);
}

static void content(struct form_data *form, const char *data, size_t len)
{
	if (!len)
		return;
	if (form->digest)
		file_bytes(form, data, len);
	else if (buf_add(&form->text, data, len))
		fail(form, "a text part is too long");
}

static void part_end(struct form_data *form)
{
	struct form_part *part = current(form);

	if (form->digest) {
		doc_digest_hex(form->digest, part->sha256);
		doc_digest_free(form->digest);
		form->digest = NULL;
		return;
	}
	if (!text_valid(buf_text(&form->text), form->text.len))
		fail(form, "a text part is not UTF-8");
	part->value = mem_dup(buf_text(&form->text));
	buf_release(&form->text);
	form->text.max = FORM_TEXT_MOST;
}

/* Content-Type of a part, without its parameters. */
static void part_type(struct form_part *part, const char *value)
{
	size_t len = strcspn(value, "; \t");

	for (size_t i = 0; i < len && i + 1 < sizeof(part->content_type); i++)
		part->content_type[i] = (char)tolower((unsigned char)value[i]);
}

/* Returns whether the part is a file. */
static bool part_header(struct form_data *form, char *line)
{
	static const char disposition[] = "content-disposition:";
	static const char type[] = "content-type:";
	struct form_part *part = current(form);
	const char *value = strchr(line, ':');

	if (!value) {
		fail(form, "a part has a broken header");
		return false;
	}
	value += 1 + strspn(value + 1, " \t");
	if (!strncasecmp(line, type, sizeof(type) - 1))
		part_type(part, value);
	if (strncasecmp(line, disposition, sizeof(disposition) - 1))
		return false;
	if (strncasecmp(value, "form-data", 9) ||
	    !parameter(value, "name", part->name, sizeof(part->name)))
		fail(form, "a part is not named");
	return parameter(value, "filename", part->filename,
			 sizeof(part->filename));
}

/* The header block of a new part: lines, each ended by CR LF. */
static void part_begin(struct form_data *form, char *lines)
{
	struct form_part *part;
	bool file = false;
	char *end;

	if (form->count == FORM_PARTS) {
		fail(form, "there are too many parts");
		return;
	}
	form->count++;
	part = current(form);
	for (; *lines; lines = end + 2) {
		end = strstr(lines, "\r\n");
		*end = '\0';
		if (part_header(form, lines))
			file = true;
	}
	if (!*part->name)
		fail(form, "a part is not named");
	for (size_t i = 0; i + 1 < form->count; i++)
		if (!strcmp(form->parts[i].name, part->name))
			fail(form, "a part appears twice");
	if (file)
		form->digest = doc_digest_new();
	form->tail_len = 0;
}

/* Each step returns whether it got on; false: it wants more bytes. */
static bool step_opening(struct form_data *form)
{
	size_t len = form->delimiter_len - 2;

	if (form->window.len < len)
		return false;
	if (memcmp(form->window.data, form->delimiter + 2, len)) {
		fail(form, "the body does not begin with its boundary");
		return false;
	}
	consume(form, len);
	form->stage = STAGE_BOUNDARY;
	return true;
}

static bool step_boundary(struct form_data *form)
{
	if (form->window.len < 2)
		return false;
	if (!memcmp(form->window.data, "--", 2)) {
		form->stage = STAGE_CLOSED;
	} else if (!memcmp(form->window.data, "\r\n", 2)) {
		form->stage = STAGE_HEADERS;
	} else {
		fail(form, "a boundary is not followed by a line end");
		return false;
	}
	consume(form, 2);
	return true;
}

static bool step_headers(struct form_data *form)
{
	char *end = memmem(form->window.data, form->window.len, "\r\n\r\n", 4);
	size_t len;

	if (!end) {
		if (form->window.len > HEADERS_MOST)
			fail(form, "the headers of a part are too long");
		return false;
	}
	len = (size_t)(end - form->window.data);
	if (len > HEADERS_MOST || memchr(form->window.data, '\0', len)) {
		fail(form, "the headers of a part are broken");
		return false;
	}
	end[2] = '\0';
	part_begin(form, form->window.data);
	consume(form, len + 4);
	form->stage = STAGE_CONTENT;
	return true;
}

static bool step_content(struct form_data *form)
{
	char *end = memmem(form->window.data, form->window.len, form->delimiter,
			   form->delimiter_len);
	size_t len;

	if (end) {
		len = (size_t)(end - form->window.data);
		content(form, form->window.data, len);
		part_end(form);
		consume(form, len + form->delimiter_len);
		form->stage = STAGE_BOUNDARY;
		return true;
	}
	/* The end of the window may be the beginning of a delimiter. */
	if (form->window.len >= form->delimiter_len) {
		len = form->window.len - form->delimiter_len + 1;
		content(form, form->window.data, len);
		consume(form, len);
	}
	return false;
}

static bool step(struct form_data *form)
{
	switch (form->stage) {
	case STAGE_OPENING:
		return step_opening(form);
	case STAGE_BOUNDARY:
		return step_boundary(form);
	case STAGE_HEADERS:
		return step_headers(form);
	case STAGE_CONTENT:
		return step_content(form);
	case STAGE_CLOSED:
		/* A line end may follow, and nothing else. */
		if (form->window.len > 2 ||
		    memcmp(form->window.data, "\r\n", form->window.len))
			fail(form, "something follows the last boundary");
		return false;
	}
	return false;
}

void form_data_feed(struct form_data *form, const void *data, size_t len)
{
	if (form->wrong.code || !len)
		return;
	if (buf_add(&form->window, data, len)) {
		fail(form, "the body cannot be read");
		return;
	}
	while (!form->wrong.code && form->window.len && step(form))
		continue;
}

int form_data_end(struct form_data *form, struct err *err)
{
	if (form->stage != STAGE_CLOSED)
		fail(form, "the body ends before its last boundary");
	if (form->wrong.code)
		return err_set(err, form->wrong.code, "%s", form->wrong.text);
	return 0;
}

const struct form_part *form_data_part(const struct form_data *form,
				       const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (!strcmp(form->parts[i].name, name))
			return &form->parts[i];
	return NULL;
}

size_t form_data_count(const struct form_data *form)
{
	return form->count;
}

const struct form_part *form_data_at(const struct form_data *form, size_t i)
{
	return &form->parts[i];
}
