/* SPDX-License-Identifier: MIT */
/* A provider that makes customers, and a desk with somebody new. */
#ifndef TESTS_CASES_MAKER_H
#define TESTS_CASES_MAKER_H

#include "cases/newcomer.h"
#include "tests/cases/bench.h"

/* Made, or there already, by a provider that answers with the customer. */
#define MAKES(status, id)                                                \
	{                                                                \
		DO_HEAD, DO_BODY,                                        \
			DO_SAY("HTTP/1.1 " status " X\r\nConnection: "   \
			       "close\r\nContent-Type: application/json" \
			       "\r\n\r\n{\"id\":\"" id "\"}")            \
	}

/* One form, maker_person: "name", and "tax_id" (required). Answers: 2xx and the
 * customer, 409 there already, anything else refused because of "tax_id". Keys
 * for a day; its list has ids and tax ids. */
extern const struct provider maker;
extern const struct prov_creation maker_creations[];

/* Ana Lima, who has TAX_ID. */
void maker_fill_in(struct case_newcomer *newcomer, struct desk *desk,
		   const char *tax_id);
/* Queue NEWCOMER: the submission. */
int64_t maker_submit(struct case_newcomer *newcomer, struct desk *desk);
/* Is the new customer ID in the record, as one? */
bool maker_has(struct desk *desk, const char *id);

#endif
