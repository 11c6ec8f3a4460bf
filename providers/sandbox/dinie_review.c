/* SPDX-License-Identifier: MIT */
/*
 * Dinie: what the reviewers do. It needs no timer: the time that has passed
 * is caught up with whenever somebody asks. Each item is decided on its own;
 * what is approved is not listed any more.
 * https://dinie.nexaedge.dev/guides/customer-registration
 */
#include "providers/sandbox/dinie.h"

#include "forms/mem.h"

/* Why an item is sent back, by the word of the sample. */
static const struct reason {
	const char *word, *message;
} reasons[] = {
	{ "blurry", "The picture is blurred and cannot be read. Please send a "
		    "sharp one." },
	{ "expired", "The document has expired. Please send a valid one." },
	{ "too-old", "The document is older than 90 days. Please send a newer "
		     "one." },
	{ NULL, NULL },
};

static char *message_of(const char *word)
{
	const struct reason *reason = reasons;

	while (reason->word && strcmp(reason->word, word))
		reason++;
	return reason->word
		       ? mem_dup(reason->message)
		       : mem_printf("The document was not accepted: %s", word);
}

/* Does the status follow the items? Not once it is final, nor where it is a
 * word that nobody knows. */
static bool follows(const json_t *record)
{
	return dinie_is(record, "status", "pending_kyc") ||
	       dinie_is(record, "status", "under_review");
}

static void set_status(json_t *record)
{
	json_t *kyc = json_object_get(record, "kyc"), *item;
	const char *status = "active";
	size_t i;

	if (!follows(record))
		return;
	if (json_array_size(kyc))
		status = "under_review";
	json_array_foreach(kyc, i, item) if (dinie_is_open(item)) status =
		"pending_kyc";
	json_object_set_new(record, "status", json_string(status));
}

void dinie_touch(json_t *record, int64_t now)
{
	char text[MOMENT_SIZE];

	moment_text(now, text);
	json_object_set_new(dinie_shape(record), "updated_at",
			    json_string(text));
	set_status(record);
}

/* Where items carry a status of their own, it is kept true. */
static void set_word(json_t *item, const char *word)
{
	if (json_object_get(item, "status"))
		json_object_set_new(item, "status", json_string(word));
}

static void plan_review(json_t *item, int64_t due, const char *reason)
{
	json_object_set_new(
		item, "review",
		json_pack("{sI ss}", "due", (json_int_t)due, "reason", reason));
}

void dinie_plan(json_t *record, int64_t due)
{
	json_t *item;
	size_t i;

	if (!dinie_is(record, "status", "under_review"))
		return;
	json_array_foreach(json_object_get(record, "kyc"), i,
			   item) if (!json_object_get(item, "review"))
		plan_review(item, due, "");
}

void dinie_sent(json_t *record, json_t *item, int64_t now, int64_t due,
		const char *reason)
{
	char text[MOMENT_SIZE];

	/* To the millisecond: two uploads are never of one time. */
	moment_text(now, text);
	json_object_set_new(item, "uploaded_at",
			    json_sprintf("%.*s.%03dZ", (int)strlen(text) - 1,
					 text, (int)(now % 1000)));
	json_object_set_new(item, "message", json_null());
	plan_review(item, due, reason);
	set_word(item, "submitted");
	dinie_touch(record, now);
	dinie_plan(record, due);
}

/* A data item whose type is no field is done with any correction. */
static bool asks_for(const json_t *item, const char *key)
{
	static const char *const fields[] = { "email", "phone", "name", "cnpj",
					      "trading_name" };

	if (!dinie_is(item, "kind", "data"))
		return false;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (dinie_is(item, "type", fields[i]))
			return dinie_is(item, "type", key);
	return true;
}

void dinie_corrected(json_t *record, const char *key)
{
	json_t *kyc = json_object_get(record, "kyc");
	size_t i = json_array_size(kyc);

	while (i--)
		if (asks_for(json_array_get(kyc, i), key))
			json_array_remove(kyc, i);
}

/* Nobody opened the link: after a while the check counts as passed, so that a
 * demonstration gets on. */
static bool settle_biometrics(json_t *record, int64_t now, int64_t review_ms)
{
	json_t *session = json_object_get(record, "session"), *item;
	int64_t asked = json_integer_value(json_object_get(session, "asked"));

	if (!asked || now < asked + 2 * review_ms)
		return false;
	item = dinie_item(record, "document", DINIE_BIOMETRICS);
	json_object_clear(session);
	if (item)
		dinie_sent(record, item, asked + 2 * review_ms,
			   asked + 3 * review_ms, "");
	return true;
}

/* Decide item I when its time has come; returns when that was, or 0. */
static int64_t settle_item(json_t *kyc, size_t i, int64_t now)
{
	json_t *item = json_array_get(kyc, i);
	json_t *review = json_object_get(item, "review");
	int64_t due = json_integer_value(json_object_get(review, "due"));
	char *message;

	if (!due || now < due)
		return 0;
	if (!*dinie_text(review, "reason")) {
		json_array_remove(kyc, i);
		return due;
	}
	message = message_of(dinie_text(review, "reason"));
	json_object_set_new(item, "message", json_string(message));
	set_word(item, "rejected");
	json_object_del(item, "review");
	free(message);
	return due;
}

bool dinie_settle(json_t *record, int64_t now, int64_t review_ms)
{
	bool changed = settle_biometrics(record, now, review_ms);
	json_t *kyc = json_object_get(record, "kyc");
	size_t i = json_array_size(kyc);

	while (i--) {
		int64_t due = settle_item(kyc, i, now);

		if (!due)
			continue;
		dinie_touch(record, due);
		changed = true;
	}
	return changed;
}
