/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: why a document was rejected, and where that leads.
 * https://developers.dwolla.com/docs/balance/business-verified-customer/handle-verification-statuses
 */
#include "providers/dwolla.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MOST 1000

/* All that are documented. Those that ask for other data move the customer to
 * "retry": a new picture would not help before that. */
static const struct failure {
	const char *code;
	enum prov_next next;
	const char *words;
	const char *field; /* the one that is most often wrong; or NULL */
} failures[] = {
	{ "BusinessDocNotSupported", PROV_NEXT_OTHER_PAPER,
	  N_("this business document is not supported"), NULL },
	{ "BusinessNameMismatch", PROV_NEXT_CORRECT_DATA,
	  N_("the business name on record is not the one on the document"),
	  "businessName" },
	{ "BusinessTypeMismatch", PROV_NEXT_CORRECT_DATA,
	  N_("the business type on record is not the one on the document"),
	  "businessType" },
	{ "ForeignPassportNotAllowed", PROV_NEXT_OTHER_PAPER,
	  N_("only a passport of the United States is taken"), NULL },
	{ "ScanDobMismatch", PROV_NEXT_CORRECT_DATA,
	  N_("the date of birth on record is not the one on the document"),
	  "dateOfBirth" },
	{ "ScanFailedOther", PROV_NEXT_OTHER_PAPER,
	  N_("it may not be genuine, or is a sample"), NULL },
	{ "ScanIdExpired", PROV_NEXT_OTHER_PAPER,
	  N_("it is expired or shows no date of expiry"), NULL },
	{ "ScanIdTypeNotSupported", PROV_NEXT_OTHER_PAPER,
	  N_("this kind of ID is not supported, as military and firearm "
	     "IDs"),
	  NULL },
	{ "ScanIdUnrecognized", PROV_NEXT_NEW_PICTURE,
	  N_("the ID was not recognized"), NULL },
	{ "ScanNameMismatch", PROV_NEXT_CORRECT_DATA,
	  N_("the name on record is not the one on the document"),
	  "firstName" },
	{ "ScanNotReadable", PROV_NEXT_NEW_PICTURE,
	  N_("it cannot be read: blurred, dark, glare or cut off"), NULL },
	{ "ScanNotUploaded", PROV_NEXT_OTHER_PAPER,
	  N_("the picture does not show an ID"), NULL },
	/* A reason that is new: nothing that was sent will be looked at
	 * again. */
	{ NULL, PROV_NEXT_OTHER_PAPER, NULL, NULL },
};

static const struct failure *failure_of(const char *code)
{
	const struct failure *row = failures;

	while (row->code && !dwolla_same_code(row->code, code))
		row++;
	return row;
}

void dwolla_join(char **text, const char *more)
{
	char *clean = NULL;

	if (!more || !*more)
		return;
	clean = prov_clean(more, 300);
	if (!*text) {
		*text = clean;
		return;
	}
	if (!strstr(*text, clean) && strlen(*text) < WORDS_MOST) {
		size_t len = strlen(*text);
		bool stopped = len && (*text)[len - 1] == '.';
		char *both = mem_printf("%.*s; %s", (int)(len - stopped), *text,
					clean);

		free(*text);
		*text = both;
	}
	free(clean);
}

/* Data first, for everything else depends on it; then another paper. */
static int demand(enum prov_next next)
{
	static const enum prov_next order[] = { PROV_NEXT_NONE,
						PROV_NEXT_NEW_PICTURE,
						PROV_NEXT_OTHER_PAPER,
						PROV_NEXT_CORRECT_DATA };

	for (int i = 0; i < 4; i++)
		if (order[i] == next)
			return i;
	return 0;
}

/* One reason, in their words where they gave some. */
static void add(struct prov_reason *reason, const char *code, const char *words)
{
	const struct failure *row = failure_of(code);
	char *both = NULL;

	if (demand(row->next) > demand(reason->next))
		reason->next = row->next;
	if (!reason->field)
		reason->field = row->field;
	if (!words || !*words)
		words = row->words ? _(row->words) : code;
	else if (!row->code)
		words = both = mem_printf("%s: %s", code, words);
	dwolla_join(&reason->message, words);
	free(both);
}

/* Their words for CODE in the list, or NULL. */
static const char *described(const json_t *list, const char *code)
{
	const json_t *entry = NULL;
	size_t i;

	json_array_foreach(list, i, entry) if (
		dwolla_same_code(prov_json_word(entry, "reason"),
				 code)) return prov_json_word(entry,
							      "description");
	return NULL;
}

/* A sample has a primary reason that its list lacks: all of both count. */
void dwolla_reason(const json_t *document, struct prov_reason *reason)
{
	const json_t *list = json_object_get(document, "allFailureReasons");
	const char *primary = prov_json_word(document, "failureReason");
	const json_t *entry = NULL;
	size_t i;

	free(reason->code);
	free(reason->message);
	*reason = (struct prov_reason){ 0 };
	if (primary && *primary) {
		reason->code = prov_clean(primary, 64);
		add(reason, primary, described(list, primary));
	}
	json_array_foreach(list, i, entry)
	{
		const char *code = prov_json_word(entry, "reason");

		if (i >= DWOLLA_LIST_MOST || !code || !*code ||
		    dwolla_same_code(code, primary))
			continue;
		if (!reason->code)
			reason->code = prov_clean(code, 64);
		add(reason, code, prov_json_word(entry, "description"));
	}
	if (!reason->next)
		reason->next = PROV_NEXT_OTHER_PAPER;
}
