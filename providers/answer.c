// SPDX-License-Identifier: MIT
/* An answer as it comes in. */
#include "providers/answer.h"

#include <ctype.h>

#include "forms/mem.h"

static void drop_headers(struct answer *answer)
{
	for (size_t i = 0; i < answer->header_count; i++) {
		mem_free_private(answer->headers[i].name);
		mem_free_private(answer->headers[i].value);
	}
	free(answer->headers);
	answer->headers = NULL;
	answer->header_count = 0;
}

/* "HTTP/1.1 204 No Content" and "HTTP/2 204 " alike. */
static int status_of(const char *line, size_t len)
{
	const char *blank = memchr(line, ' ', len);
	const char *end = line + len;
	int status = 0;

	if (!blank || end - blank < 4)
		return 0;
	for (int i = 1; i <= 3; i++) {
		if (!isdigit((unsigned char)blank[i]))
			return 0;
		status = status * 10 + (blank[i] - '0');
	}
	return status;
}

static void trim(const char **text, size_t *len)
{
	while (*len && strchr(" \t\r\n", **text) && **text) {
		(*text)++;
		(*len)--;
	}
	while (*len && (*text)[*len - 1] &&
	       strchr(" \t\r\n", (*text)[*len - 1]))
		(*len)--;
}

static void keep_header(struct answer *answer, const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len);
	const char *value;
	size_t value_len;
	struct prov_header *header;

	/* A folded line starts with a blank: nobody needs one. */
	if (!colon || colon == line || *line == ' ' || *line == '\t')
		return;
	value = colon + 1;
	value_len = len - (size_t)(value - line);
	trim(&value, &value_len);
	answer->headers = mem_grow(answer->headers, answer->header_count,
				   sizeof(*answer->headers));
	header = &answer->headers[answer->header_count++];
	header->name = mem_dup_n(line, (size_t)(colon - line));
	header->value = mem_dup_n(value, value_len);
}

int answer_head(struct answer *answer, const char *line, size_t len)
{
	bool first = len > 5 && !memcmp(line, "HTTP/", 5);

	answer->head_bytes += len;
	answer->lines++;
	/* Trailers after the body count, and are not kept. */
	if (!answer->whole_head && first)
		answer->heads++;
	if (answer->head_bytes > ANSWER_HEAD_MAX ||
	    answer->lines > ANSWER_LINES_MAX ||
	    answer->heads > ANSWER_HEADS_MAX) {
		answer->too_large = true;
		return -1;
	}
	if (answer->whole_head)
		return 0;
	if (first) {
		drop_headers(answer);
		answer->status = status_of(line, len);
		return 0;
	}
	if (len <= 2 && (*line == '\r' || *line == '\n'))
		answer->whole_head = answer->status >= 200;
	else
		keep_header(answer, line, len);
	return 0;
}

int answer_body(struct answer *answer, const char *data, size_t len)
{
	answer->body.max = ANSWER_BODY_MAX;
	if (buf_add(&answer->body, data, len)) {
		answer->too_large = true;
		return -1;
	}
	return 0;
}

void answer_release(struct answer *answer)
{
	drop_headers(answer);
	buf_release(&answer->body);
	*answer = (struct answer){ 0 };
}
