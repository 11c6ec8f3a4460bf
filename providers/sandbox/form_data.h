/* SPDX-License-Identifier: MIT */
/*
 * multipart/form-data (RFC 7578), read as it arrives and read strictly: no
 * preamble, every part named, no name twice, closed at the end. A file's
 * bytes are looked at and let go, so its size costs no memory.
 */
#ifndef SANDBOX_FORM_DATA_H
#define SANDBOX_FORM_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "forms/err.h"

#define FORM_PARTS	 16
#define FORM_TEXT_MOST	 2000 /* bytes of a part that is not a file */
#define FORM_MARK	 "KYC-SAMPLE-REJECT:"
#define FORM_REASON_MOST 40

struct form_part {
	char name[64];
	char *value; /* of a text part; NULL: a file */

	/* What is kept of a file. */
	char filename[256];
	char content_type[64]; /* lower case, no parameters; "": none given */
	uint64_t bytes;
	unsigned char lead[8]; /* its first bytes; zero where there are none */
	char sha256[65];
	char reason[FORM_REASON_MOST + 1]; /* after FORM_MARK in it, or "" */
};

struct form_data;

/* NULL when CONTENT_TYPE is not multipart/form-data with a good boundary. */
struct form_data *form_data_new(const char *content_type);
void form_data_free(struct form_data *form);

/* Bytes as they come. What is wrong with them is said by form_data_end(). */
void form_data_feed(struct form_data *form, const void *data, size_t len);

/* There is no more: 0 when all of it was good. */
int form_data_end(struct form_data *form, struct err *err) ERR_CHECKED;

/* NULL when there is no such part. */
const struct form_part *form_data_part(const struct form_data *form,
				       const char *name);
/* The text of the part NAME; NULL: there is none, or it is a file. */
const char *form_data_text(const struct form_data *form, const char *name);
size_t form_data_count(const struct form_data *form);
const struct form_part *form_data_at(const struct form_data *form, size_t i);

/* What FILE begins with, as a media type; NULL: no kind that anybody takes. */
const char *form_part_kind(const struct form_part *file);

#endif
