/* SPDX-License-Identifier: MIT */
/* A call and its answer as plain data: putting one together, and the parts of
 * HTTP that every reader needs. multipart.c has the bodies with a file. */
#include "providers/request.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/mem.h"
#include "forms/text.h"
#include "providers/provider.h"

#define ID_MOST	     200
#define KEY_BYTES    36 /* of a UUID */
#define WAIT_MOST_MS ((int64_t)24 * 60 * 60 * 1000)

void prov_request_release(struct prov_request *request)
{
	for (size_t i = 0; i < request->header_count; i++) {
		free(request->headers[i].name);
		mem_free_private(request->headers[i].value);
	}
	for (size_t i = 0; i < request->part_count; i++) {
		free(request->parts[i].name);
		mem_free_private(request->parts[i].value);
		free(request->parts[i].filename);
		free(request->parts[i].content_type);
	}
	mem_wipe(request->body, request->body_len);
	free(request->body);
	free(request->headers);
	free(request->parts);
	free(request->path);
	free(request->key);
	*request = (struct prov_request){ 0 };
}

void prov_request_copy(struct prov_request *to, const struct prov_request *from)
{
	to->method = from->method;
	to->path = mem_dup(from->path);
	to->key = mem_dup(from->key);
	if (from->body) {
		to->body = mem_dup_n(from->body, from->body_len);
		to->body_len = from->body_len;
	}
	for (size_t i = 0; i < from->header_count; i++)
		prov_request_header(to, from->headers[i].name, "%s",
				    from->headers[i].value);
	for (size_t i = 0; i < from->part_count; i++) {
		const struct prov_part *part = &from->parts[i];

		if (part->value)
			prov_request_part(to, part->name, part->value);
		else
			prov_request_file(to, part->name, part->filename,
					  part->content_type);
	}
}

bool prov_header_safe(const char *text)
{
	const char *at = text;

	for (; *at; at++)
		if (*at <= ' ' || *at >= 0x7f)
			return false;
	return at != text;
}

int prov_request_key(struct prov_request *request, const char *name,
		     const char *key, struct err *err)
{
	if (!key || strlen(key) != KEY_BYTES || !prov_header_safe(key))
		return err_set(err, ERR_BUG,
			       "a call that changes something has no key");
	prov_request_header(request, name, "%s", key);
	return 0;
}

void prov_request_fill(struct prov_request *request, const char *mark,
		       const char *text)
{
	for (size_t i = 0; i < request->header_count; i++) {
		struct prov_header *header = &request->headers[i];
		char *at = strstr(header->value, mark);
		char *filled = NULL;

		if (!at)
			continue;
		filled = mem_printf("%.*s%s%s", (int)(at - header->value),
				    header->value, text, at + strlen(mark));
		mem_free_private(header->value);
		header->value = filled;
	}
}

/* RFC 3986: all but the unreserved characters. The locale has no say. */
static void add_encoded(struct buf *out, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz"
				    "0123456789-._~";

	for (; *text; text++) {
		if (strchr(plain, *text))
			buf_add_char(out, *text);
		else
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)*text);
	}
}

bool prov_id_valid(const char *text)
{
	char clean[ID_MOST + 1];
	size_t len = text ? strlen(text) : 0;

	if (len < 1 || len > ID_MOST)
		return false;
	if (strcmp(text, ".") == 0 || strcmp(text, "..") == 0)
		return false;
	/* What has to be cleaned before it is shown cannot be an id. */
	return text_clean(clean, sizeof(clean), text) == len &&
	       strcmp(clean, text) == 0;
}

int prov_request_path(struct prov_request *request, struct err *err,
		      const char *format, ...)
{
	struct buf path = { 0 };
	va_list args;
	int ret = -1;

	va_start(args, format);
	for (const char *at = format; *at; at++) {
		const char *id = NULL;

		if (at[0] != '%' || at[1] != 's') {
			buf_add_char(&path, *at);
			continue;
		}
		at++;
		id = va_arg(args, const char *);
		if (!prov_id_valid(id)) {
			err_set(err, ERR_INPUT,
				_("'%.*s' cannot be an id at a provider"), 60,
				id ? id : "");
			goto out;
		}
		add_encoded(&path, id);
	}
	free(request->path);
	request->path = buf_take(&path);
	ret = 0;
out:
	va_end(args);
	buf_release(&path);
	return ret;
}

void prov_request_query(struct prov_request *request, const char *name,
			const char *value)
{
	struct buf path = { 0 };

	if (!value)
		return;
	buf_add_text(&path, request->path);
	buf_add_char(&path, strchr(buf_text(&path), '?') ? '&' : '?');
	add_encoded(&path, name);
	buf_add_char(&path, '=');
	add_encoded(&path, value);
	free(request->path);
	request->path = buf_take(&path);
}

void prov_request_header(struct prov_request *request, const char *name,
			 const char *format, ...)
{
	struct prov_header *header = NULL;
	va_list args;
	int len;

	request->headers = mem_grow(request->headers, request->header_count,
				    sizeof(*request->headers));
	header = &request->headers[request->header_count++];
	header->name = mem_dup(name);
	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	header->value = mem_alloc((size_t)(len < 0 ? 0 : len) + 1);
	va_start(args, format);
	if (len > 0)
		vsnprintf(header->value, (size_t)len + 1, format, args);
	va_end(args);
}

void prov_request_answers(struct prov_request *request,
			  const struct form_schema *schema,
			  const struct form_answers *answers, const char *type)
{
	struct buf body = { 0 };

	form_answers_to_json(schema, answers, type, &body);
	prov_request_body(request, "application/json", buf_take(&body));
}

void prov_request_body(struct prov_request *request, const char *content_type,
		       char *body)
{
	mem_free_private(request->body);
	request->body = body;
	request->body_len = body ? strlen(body) : 0;
	if (content_type)
		prov_request_header(request, "Content-Type", "%s",
				    content_type);
}

static struct prov_part *add_part(struct prov_request *request,
				  const char *name)
{
	struct prov_part *part = NULL;

	request->parts = mem_grow(request->parts, request->part_count,
				  sizeof(*request->parts));
	part = &request->parts[request->part_count++];
	*part = (struct prov_part){ .name = mem_dup(name) };
	return part;
}

void prov_request_part(struct prov_request *request, const char *name,
		       const char *value)
{
	add_part(request, name)->value = mem_dup(value ? value : "");
}

void prov_request_file(struct prov_request *request, const char *name,
		       const char *filename, const char *content_type)
{
	struct prov_part *part = add_part(request, name);

	part->filename = mem_dup(filename);
	part->content_type = mem_dup(content_type);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool prov_same_word(const char *a, const char *b)
{
	if (!a || !b)
		return false;
	while (*a && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return lower(*a) == lower(*b);
}

const char *prov_reply_header(const struct prov_reply *reply, const char *name)
{
	for (size_t i = reply->header_count; i-- > 0;)
		if (prov_same_word(reply->headers[i].name, name))
			return reply->headers[i].value;
	return NULL;
}

bool prov_reply_is_type(const struct prov_reply *reply, const char *type)
{
	const char *value = prov_reply_header(reply, "Content-Type");
	char media[128];
	size_t len;

	if (!value)
		return false;
	value += strspn(value, " \t");
	len = strcspn(value, "; \t");
	if (len >= sizeof(media))
		return false;
	memcpy(media, value, len);
	media[len] = '\0';
	return prov_same_word(media, type);
}

/* 0 = January; -1: no such month. */
static int month_of(const char *name)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
					      "May", "Jun", "Jul", "Aug",
					      "Sep", "Oct", "Nov", "Dec" };

	for (int i = 0; i < 12; i++)
		if (prov_same_word(months[i], name))
			return i;
	return -1;
}

/* Days from 1970-01-01 in the Gregorian calendar; MONTH from 0. */
static int64_t days_of(int64_t year, int month, int day)
{
	int64_t y = month < 2 ? year - 1 : year;
	int64_t era = y / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * ((month + 10) % 12) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

/* RFC 9110, 5.6.7: a two-digit year far ahead means the century before. */
static int full_year(int year, int64_t now)
{
	int this_year = (int)(1970 + now / 1000 / 31556952);

	year += this_year - this_year % 100;
	return year > this_year + 50 ? year - 100 : year;
}

/* The three spellings of a date that HTTP knows; unix ms, or -1. */
static int64_t http_date(const char *text, int64_t now)
{
	char month[4] = "";
	int day, year, hour, minute, second, end = 0;

	if (sscanf(text, "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT%n",
		   &day, month, &year, &hour, &minute, &second, &end) == 6 &&
	    end)
		goto found;
	if (sscanf(text, "%*9[A-Za-z], %2d-%3[A-Za-z]-%2d %2d:%2d:%2d GMT%n",
		   &day, month, &year, &hour, &minute, &second, &end) == 6 &&
	    end) {
		year = full_year(year, now);
		goto found;
	}
	if (sscanf(text, "%*3[A-Za-z] %3[A-Za-z] %2d %2d:%2d:%2d %4d%n", month,
		   &day, &hour, &minute, &second, &year, &end) != 6 ||
	    !end)
		return -1;
found:
	if (month_of(month) < 0 || day < 1 || day > 31 || year < 1970 ||
	    hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
	    second > 60)
		return -1;
	return (((days_of(year, month_of(month), day) * 24 + hour) * 60 +
		 minute) *
			60 +
		second) *
	       1000;
}

/* Seconds as milliseconds, capped; -1 when TEXT is not digits alone. */
static int64_t seconds_of(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	int64_t ms = 0;

	if (!digits || text[digits + strspn(text + digits, " \t")])
		return -1;
	for (size_t i = 0; i < digits && ms < WAIT_MOST_MS; i++)
		ms = ms * 10 + (int64_t)(text[i] - '0') * 1000;
	return ms;
}

int64_t prov_reply_retry_after(const struct prov_reply *reply, int64_t now)
{
	const char *text = prov_reply_header(reply, "Retry-After");
	int64_t wait;

	if (!text)
		return -1;
	text += strspn(text, " \t");
	wait = seconds_of(text);
	if (wait < 0) {
		const char *theirs = prov_reply_header(reply, "Date");
		int64_t date = http_date(text, now);
		int64_t since = theirs ? http_date(theirs, now) : -1;

		if (date < 0)
			return -1;
		/* By their clock, if they tell it: ours may be wrong. */
		if (since < 0)
			since = now;
		wait = date > since ? date - since : 0;
	}
	return wait < WAIT_MOST_MS ? wait : WAIT_MOST_MS;
}
