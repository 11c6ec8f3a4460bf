/* SPDX-License-Identifier: MIT */
/*
 * What a check found: the one shape for files, fields and rules, ours and the
 * provider's. An error stops the item from being sent; a warning says that it
 * may be refused. Adding a check means adding findings, nothing else.
 */
#ifndef FORMS_FINDING_H
#define FORMS_FINDING_H

#include <stdbool.h>
#include <stddef.h>

#include "forms/buf.h"
#include "forms/err.h"

enum finding_severity {
	FINDING_WARNING,
	FINDING_ERROR,
};

struct finding {
	enum finding_severity severity;
	char *code;  /* stable, lower_snake; scripts branch on it */
	char *field; /* key of the field it belongs to, or NULL: the whole */
	char *text;  /* a sentence for a person, cleaned */
};

/* All-zero is a valid empty list. */
struct findings {
	struct finding *list;
	size_t count;
};

/* Further ones are dropped, warnings before errors: outside data has no say. */
#define FINDINGS_MAX 200

void findings_add(struct findings *findings, enum finding_severity severity,
		  const char *code, const char *field, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
void findings_append(struct findings *to, const struct findings *from);
void findings_release(struct findings *findings); /* empty after */

size_t findings_errors(const struct findings *findings);

/* The first finding about FIELD, errors before warnings; NULL if none,
 * and for a FIELD that is NULL. */
const struct finding *findings_for(const struct findings *findings,
				   const char *field);

/* As a JSON array of {"code","severity","field","message"}, and back. */
void findings_to_json(const struct findings *findings, struct buf *out);
int findings_from_json(struct findings *findings, const char *json,
		       struct err *err) ERR_CHECKED;

#endif
