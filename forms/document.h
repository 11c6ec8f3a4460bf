/* SPDX-License-Identifier: MIT */
/*
 * Documents: the rules of a type, the facts of a file, and whether they go
 * together. Rules are data that providers state; facts come from the inspector
 * (forms/look.h); what does not fit becomes findings.
 */
#ifndef FORMS_DOCUMENT_H
#define FORMS_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "forms/finding.h"

enum doc_kind { /* flags, so that a type can name several */
	DOC_UNKNOWN = 0,
	DOC_JPEG = 1 << 0,
	DOC_PNG = 1 << 1,
	DOC_PDF = 1 << 2,
};

enum doc_side {
	DOC_SIDE_NONE, /* this type has no sides */
	DOC_SIDE_FRONT,
	DOC_SIDE_BACK,
};

enum doc_sides {
	DOC_NO_SIDES,	    /* a side must not be given */
	DOC_FRONT_ONLY,	    /* a side must be given; the front will do */
	DOC_FRONT_AND_BACK, /* both are wanted, front first */
};

enum doc_need {
	DOC_NOT_TAKEN,
	DOC_OPTIONAL,
	DOC_NEEDED,
};

enum {				       /* who a type is for */
	DOC_FOR_PERSON = 1 << 0,       /* an individual customer */
	DOC_FOR_BUSINESS = 1 << 1,     /* a business customer */
	DOC_FOR_PARTY_PERSON = 1 << 2, /* somebody associated with it */
	DOC_FOR_PARTY_BUSINESS = 1 << 3,
	DOC_FOR_ANY_PERSON = DOC_FOR_PERSON | DOC_FOR_PARTY_PERSON,
	DOC_FOR_ANY_BUSINESS = DOC_FOR_BUSINESS | DOC_FOR_PARTY_BUSINESS,
	DOC_FOR_ANYONE = DOC_FOR_ANY_PERSON | DOC_FOR_ANY_BUSINESS,
};

struct doc_type {
	const char *code;  /* the provider's own; NULL ends a table */
	const char *label; /* plain words */
	const char *help;  /* one line: what to give, what gets it refused */
	unsigned holders;  /* DOC_FOR_… */
	enum doc_sides sides;
	enum doc_need country;
	unsigned kinds;	       /* doc_kind flags that are taken */
	uint64_t max_bytes;    /* 0: no stated limit */
	uint64_t warn_bytes;   /* above it, it may be refused; 0: no such */
	unsigned max_age_days; /* issued within; 0: no stated limit */
};

/* What is known of a file's content; all-zero is "nothing yet". */
struct doc_facts {
	enum doc_kind kind;
	char mime[64]; /* by content, never by name */
	uint64_t bytes;
	char sha256[65];	/* lower-case hex; "" while unknown */
	unsigned width, height; /* pixels; 0 when it has none */
	unsigned pages;		/* PDF; 0 when not known */
	bool encrypted;		/* a PDF that asks for a password */
	bool damaged;		/* truncated, or its reader gave up */
};

const struct doc_type *doc_type_find(const struct doc_type *types,
				     const char *code);

/* "front", "back" or "": as the command line and the record spell it. */
const char *doc_side_name(enum doc_side side);
int doc_side_parse(const char *text, enum doc_side *side); /* -1: no such */

const char *doc_kind_name(enum doc_kind kind);	 /* "JPEG" … "unknown" */
const char *doc_kind_mime(enum doc_kind kind);	 /* "image/jpeg" … */
const char *doc_kind_suffix(enum doc_kind kind); /* "jpg" … "bin" */

/* Adds the names of KINDS: "JPEG, PNG or PDF". */
void doc_kinds_text(struct buf *words, unsigned kinds);

/* Does the file go with the type? Pure: looks at nothing but its arguments.
 * NAME is the operator's file name (cleaned here), for the extension check. */
void doc_check_file(const struct doc_type *type, const struct doc_facts *facts,
		    const char *name, struct findings *findings);

/* Does what is said about the document go with the type? Findings carry the
 * fields "side" and "country". COUNTRY "" means not given; one that the type
 * does not take is a warning, for the adapter leaves it out. */
void doc_check_choice(const struct doc_type *type, enum doc_side side,
		      const char *country, struct findings *findings);

#endif
