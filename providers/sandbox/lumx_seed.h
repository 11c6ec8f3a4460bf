/* SPDX-License-Identifier: MIT */
/* Between the table of Lumx's invented customers and what makes records of
 * them. Nobody else includes this. */
#ifndef SANDBOX_LUMX_SEED_H
#define SANDBOX_LUMX_SEED_H

#include "providers/sandbox/lumx.h"

enum lumx_stage {
	LUMX_NOTHING,  /* created, and nothing since */
	LUMX_INFORMED, /* additional information is in */
	LUMX_SOME,     /* and an identity document, or the articles */
	LUMX_ALMOST,   /* all but the terms */
	LUMX_RFI,
	LUMX_UNDER,
	LUMX_APPROVED,
	LUMX_FINAL,
};

struct lumx_seed_party {
	const char *role, *name, *day, *tax_id;
	int share;	    /* percent; 0: not said */
	const char *reason; /* its identity document is declined for this */
};

struct lumx_seed {
	const char *name;
	const char *country;
	const char *day; /* of birth or incorporation */
	const char *tax_id;
	enum lumx_stage stage;
	const char *reason; /* of an RFI */
	/* Ends with a NULL name; NULL: a person, who has none. */
	const struct lumx_seed_party *parties;
};

extern const struct lumx_seed lumx_seeds[LUMX_SEEDS];

#endif
