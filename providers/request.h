/* SPDX-License-Identifier: MIT */
/*
 * A call as an adapter describes it, and the answer as the wire brings it.
 * Both are plain data: no socket, no file, no clock.
 */
#ifndef PROVIDERS_REQUEST_H
#define PROVIDERS_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "forms/buf.h"
#include "forms/err.h"
#include "forms/field.h"
#include "forms/look.h"

/* More files than this never go in one request. */
#define PROV_FILES_MOST 8

/* A file to be sent; both borrowed. */
struct prov_file {
	const struct doc_file *file;
	const char *sha256; /* when it was checked; NULL: not to be compared */
};

struct prov_header {
	char *name;
	char *value; /* may be a secret: wiped on release */
};

struct prov_part {
	char *name;
	char *value;	    /* NULL: the next file's bytes go here */
	char *filename;	    /* ASCII, made by us; only with the file */
	char *content_type; /* only with the file */
};

/* All-zero is a valid empty request. */
struct prov_request {
	const char *method; /* a literal: "GET", "POST", "PATCH", "PUT" */
	char *path;	    /* "/customers/…?size=25", percent-encoded */
	struct prov_header *headers;
	size_t header_count;
	char *body; /* NULL: none, or PARTS */
	size_t body_len;
	struct prov_part *parts; /* multipart/form-data, in this order */
	size_t part_count;
	/* Multipart: the boundary is derived from this, so that a repeat under
	 * the same key is byte-identical. Owned; "" or NULL without parts. */
	char *key;
};

void prov_request_release(struct prov_request *request); /* empty after */

/* All of FROM again, into an empty one. */
void prov_request_copy(struct prov_request *to,
		       const struct prov_request *from);

/* Can TEXT be sent as (part of) a header's value: printable ASCII, no blanks,
 * not empty? Anything else could end the header. */
bool prov_header_safe(const char *text);

/* Put TEXT wherever a header holds MARK. */
void prov_request_fill(struct prov_request *request, const char *mark,
		       const char *text);

/*
 * Set the path: each %s of FORMAT takes a const char * and is
 * percent-encoded, '/', '.' alone and '..' included. Only %s is understood.
 * -1 and ERR_INPUT when an argument is empty, "." or "..", holds control
 * characters or is over 200 bytes: no such request can exist.
 */
int prov_request_path(struct prov_request *request, struct err *err,
		      const char *format, ...) ERR_CHECKED;

/* Append "name=value" to the path, percent-encoded; VALUE NULL: nothing. */
void prov_request_query(struct prov_request *request, const char *name,
			const char *value);

/* NAME and the formatted value are copied; control characters are refused by
 * the wire. */
void prov_request_header(struct prov_request *request, const char *name,
			 const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The header NAME with the idempotency key KEY; ERR_BUG without one. */
int prov_request_key(struct prov_request *request, const char *name,
		     const char *key, struct err *err) ERR_CHECKED;

/* The body: ANSWERS (borrowed) to SCHEMA as a JSON object; TYPE as in
 * form_answers_to_json(). */
void prov_request_answers(struct prov_request *request,
			  const struct form_schema *schema,
			  const struct form_answers *answers, const char *type);

/* The body, taken over (malloc'd), with its Content-Type. */
void prov_request_body(struct prov_request *request, const char *content_type,
		       char *body);

/* A part of a multipart/form-data body, copied; VALUE NULL is "". A file's
 * bytes come from elsewhere: the Nth part without a value is the Nth file,
 * PROV_FILES_MOST at most. */
void prov_request_part(struct prov_request *request, const char *name,
		       const char *value);
void prov_request_file(struct prov_request *request, const char *name,
		       const char *filename, const char *content_type);

/* How an attempt ended, before anybody looked at what the answer says. */
enum prov_end {
	PROV_END_LOST,	    /* zero: bytes may have arrived, no whole answer */
	PROV_END_ANSWER,    /* a whole answer came */
	PROV_END_UNREACHED, /* certain that no byte of the request arrived */
	PROV_END_SOURCE,    /* the file changed or failed: not sent whole */
	PROV_END_CANCELLED, /* by the operator; bytes may have arrived */
	PROV_END_TOO_LARGE, /* the answer passed its ceiling */
};

/* Borrowed by whoever reads it, for the length of the call. */
struct prov_reply {
	enum prov_end end;
	int status;	 /* HTTP status; 0 unless end is ANSWER */
	bool sent_whole; /* the request's last byte had left before */
	/* A kept connection turned out to be dead, and the same bytes went
	 * over another: the first ones may have arrived as well. */
	bool repeated;
	const char *body; /* NUL-terminated; may hold NULs before */
	size_t len;
	struct prov_header *headers; /* the final answer's, as they came */
	size_t header_count;
	char detail[256]; /* the wire's own words about END, cleaned */
};

/* Value of the last header NAME (any case), or NULL. */
const char *prov_reply_header(const struct prov_reply *reply, const char *name);

/* Is the body said to be TYPE ("text/html"), whatever its parameters? */
bool prov_reply_is_type(const struct prov_reply *reply, const char *type);

/* Are the two the same but for the case of ASCII letters, whatever the locale?
 * NULL is like nothing, not even NULL. */
bool prov_same_word(const char *a, const char *b);

/*
 * Milliseconds that Retry-After (seconds or HTTP date, against the answer's own
 * Date, else NOW, unix ms) asks to wait; -1 when it does not say. Capped at 24
 * h.
 */
int64_t prov_reply_retry_after(const struct prov_reply *reply, int64_t now);

/* How many parts are files. */
size_t prov_request_files(const struct prov_request *request);

/* A multipart body around its files: FRAMES[i] goes before file i, the last
 * one (of files + 1) after all; and the Content-Type. Deterministic in
 * REQUEST. Buffers come in empty. */
void prov_multipart_frames(const struct prov_request *request,
			   struct buf frames[PROV_FILES_MOST + 1],
			   struct buf *content_type);

#endif
