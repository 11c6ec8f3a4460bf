/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: customers made of rows. Their ids never change, so that scripts and
 * tests may name them: customer N of the table (counted from 1) is
 *
 *	5eed0000-0000-4000-8000-00000000000N	in twelve decimal digits
 *	5eed0000-0000-4000-9000-0000000000NMM	its owner MM (from 01), ten
 *						digits and two
 *	5eed0000-0000-4000-a000-0000000000NMM	its document MM, likewise
 *
 * so Rosa Delgado is ...-8000-000000000001, and the second owner of customer
 * 20 is ...-9000-000000002002. Pending documents of theirs stay so. What was
 * filed of them: a person's ssn is 900000000 + N (a controller's four digits
 * where a full one is asked for), an EIN 000000000 + N.
 */
#include "providers/sandbox/dwolla.h"

#include "forms/i18n.h"
#include "forms/mem.h"

#define SEED_ID	    "5eed0000-0000-4000-8000-%012zu"
#define OWNER_ID    "5eed0000-0000-4000-9000-%010zu%02zu"
#define DOCUMENT_ID "5eed0000-0000-4000-a000-%010zu%02zu"
#define CLASS_ID    "9ed3f670-7d6f-11e3-b1ce-5404a6144203"
#define FIRST_DAY   ((int64_t)1767603600000) /* 2026-01-05T09:00:00Z */
#define DAY_MS	    ((int64_t)24 * 60 * 60 * 1000)

static const struct place {
	const char *city, *state, *code;
} places[] = {
	{ "Des Moines", "IA", "50309" }, { "Albany", "NY", "12207" },
	{ "Austin", "TX", "78701" },	 { "Boise", "ID", "83702" },
	{ "Denver", "CO", "80202" },
};

/* The next word of *LIST (may be NULL) to WORD; false: there is none. */
static bool next_word(const char **list, char *word, size_t size)
{
	size_t len;

	if (!*list)
		return false;
	*list += strspn(*list, " ");
	len = strcspn(*list, " ");
	snprintf(word, size, "%.*s", (int)len, *list);
	*list += len;
	return len > 0;
}

/* {firstName, lastName} of a name in two parts. */
static json_t *named(const char *name)
{
	const char *blank = strchr(name, ' ');
	size_t first = blank ? (size_t)(blank - name) : strlen(name);

	return json_pack("{ss# ss}", "firstName", name, first, "lastName",
			 blank ? blank + 1 : "Example");
}

static json_t *birthday(size_t number)
{
	return json_sprintf("%zu-%02zu-%02zu", 1960 + number % 40,
			    1 + number % 12, 1 + number % 28);
}

/* A controller or an owner, as it would be sent. */
static json_t *a_person(const char *name, size_t number)
{
	const struct place *place =
		&places[number % (sizeof(places) / sizeof(places[0]))];
	json_t *person = named(name);

	json_object_set_new(person, "dateOfBirth", birthday(number));
	json_object_set_new(
		person, "ssn",
		json_sprintf("%09zu", 900000000 + number % 99999999));
	json_object_set_new(
		person, "address",
		json_pack("{so ss ss ss ss}", "address1",
			  json_sprintf("%zu Elm Street", 100 + number), "city",
			  place->city, "stateProvinceRegion", place->state,
			  "country", "US", "postalCode", place->code));
	return person;
}

/* Whose first ssn was short: the full one is asked for. */
static bool has_short_ssn(const struct dwolla_seed *seed)
{
	return (seed->needs && strstr(seed->needs, "controller")) ||
	       (seed->codes && !strcmp(seed->codes, "Required"));
}

static void add_business(json_t *body, const struct dwolla_seed *seed,
			 size_t number)
{
	json_t *controller;

	json_object_set_new(body, "type", json_string("business"));
	json_object_set_new(body, "businessName", json_string(seed->business));
	json_object_set_new(body, "businessType", json_string(seed->type));
	json_object_set_new(body, "businessClassification",
			    json_string(CLASS_ID));
	json_object_set_new(body, "ein",
			    json_sprintf("%09zu", number % 999999999));
	json_object_set_new(body, "website",
			    json_string("https://example.com"));
	if (seed->codes && strstr(seed->codes, "DBA"))
		json_object_set_new(body, "doingBusinessAs",
				    json_sprintf("%s Shop", seed->business));
	if (!seed->controller)
		return;
	controller = a_person(seed->controller, number);
	json_object_set_new(controller, "title", json_string("CEO"));
	if (has_short_ssn(seed))
		json_object_set_new(controller, "ssn", json_string("1234"));
	json_object_set_new(body, "controller", controller);
	json_object_del(body, "ssn");
	json_object_del(body, "dateOfBirth");
}

/* What was sent to create it. */
static json_t *body_of(const struct dwolla_seed *seed, size_t number)
{
	const struct place *place =
		&places[number % (sizeof(places) / sizeof(places[0]))];
	json_t *body = named(seed->name);

	json_object_set_new(body, "email",
			    json_sprintf("%s.%zu@example.com",
					 seed->business ? "office" : "customer",
					 number));
	json_object_set_new(body, "type", json_string(seed->type));
	/* Of those nothing more is known. */
	if (!seed->business && strcmp(seed->type, "personal") != 0)
		return body;
	json_object_set_new(body, "address1",
			    json_sprintf("%zu Walnut Street", 10 + number));
	json_object_set_new(body, "city", json_string(place->city));
	json_object_set_new(body, "state", json_string(place->state));
	json_object_set_new(body, "postalCode", json_string(place->code));
	json_object_set_new(body, "phone",
			    json_sprintf("515555%04zu", number % 10000));
	json_object_set_new(body, "dateOfBirth", birthday(number));
	json_object_set_new(
		body, "ssn",
		json_sprintf("%09zu", 900000000 + number % 99999999));
	if (seed->business)
		add_business(body, seed, number);
	return body;
}

/* VERDICT: pending, accepted, or codes with a plus between; after a '!' the
 * first of them is the primary one and not among all. */
static void add_document(json_t *record, const char *owner, const char *type,
			 const char *verdict, size_t number)
{
	json_t *list = json_object_get(record, "documents"), *document, *codes;
	size_t at = json_array_size(list) + 1;
	char id[UUID_SIZE], *copy, *next, *code;

	snprintf(id, sizeof(id), DOCUMENT_ID, number % 10000000000, at % 100);
	document = json_pack(
		"{ss ss ss so sI ss ss ss so sI ss}", "id", id, "type", type,
		"owner", owner, "sha256",
		json_sprintf("%062zx%02zx", number, at & 0xff), "bytes",
		(json_int_t)100000, "kind",
		strcmp(type, "other") != 0 ? "image/jpeg" : "application/pdf",
		"name", "", "mark", "", "created",
		json_incref(json_object_get(dwolla_shape(record), "created")),
		"due", (json_int_t)0, "verdict", verdict);
	json_array_append_new(list, document);
	if (!strcmp(verdict, "pending") || !strcmp(verdict, "accepted"))
		return;
	codes = json_array();
	if (*verdict == '!')
		json_object_set_new(document, "apart", json_true());
	copy = mem_dup(verdict + (*verdict == '!'));
	next = copy;
	while ((code = strsep(&next, "+")))
		json_array_append_new(codes, json_string(code));
	free(copy);
	dwolla_reject(document, codes);
}

static void add_documents(json_t *record, const char *list, size_t number)
{
	char word[128];

	while (next_word(&list, word, sizeof(word))) {
		char *verdict = strchr(word, ':');

		if (!verdict)
			continue;
		*verdict++ = '\0';
		add_document(record, "", word, verdict, number);
	}
}

static void add_owner(json_t *record, const char *id, json_t *filed,
		      const char *status)
{
	json_t *owner = dwolla_shown(filed);

	json_object_set_new(owner, "id", json_string(id));
	json_object_set_new(owner, "verificationStatus", json_string(status));
	json_object_set(owner, "created",
			json_object_get(dwolla_shape(record), "created"));
	json_object_set_new(owner, "filed", filed);
	json_array_append_new(json_object_get(record, "owners"), owner);
}

static void add_owners(json_t *record, const char *list, size_t number)
{
	static const char *const names[] = { "Ruth Calloway", "Theo Lindqvist",
					     "Maya Okonkwo" };
	char word[64];
	size_t i;

	for (i = 0; next_word(&list, word, sizeof(word)); i++) {
		char *reason = strchr(word, '/'), id[UUID_SIZE];

		if (reason)
			*reason++ = '\0';
		snprintf(id, sizeof(id), OWNER_ID, number % 10000000000,
			 (i + 1) % 100);
		add_owner(record, id,
			  a_person(names[i % 3], number * 10 + i + 200), word);
		if (reason)
			add_document(record, id, "license", reason, number);
	}
}

static void add_needs(json_t *record, const char *list)
{
	json_t *retry = json_object_get(record, "retry");
	char word[64];

	while (next_word(&list, word, sizeof(word))) {
		if (!strcmp(word, "controller"))
			json_object_set_new(retry, "controller", json_true());
		else if (*word == '=')
			json_array_append_new(json_object_get(retry, "fields"),
					      json_string(word + 1));
		else
			dwolla_need(record, word, "");
	}
}

static json_t *build(const struct dwolla_seed *seed, const char *id,
		     size_t number)
{
	json_t *filed = body_of(seed, number), *shape = dwolla_shown(filed);
	const char *codes = seed->codes;
	char created[MOMENT_SIZE], word[64];
	json_t *record;

	moment_text(FIRST_DAY + (int64_t)(number % 120) * DAY_MS, created);
	json_object_set_new(shape, "id", json_string(id));
	json_object_set_new(shape, "status", json_string(seed->status));
	json_object_set_new(shape, "created", json_string(created));
	record = dwolla_record(shape, filed);
	add_needs(record, seed->needs);
	while (next_word(&codes, word, sizeof(word)))
		dwolla_direct(record, word, 0);
	add_documents(record, seed->documents, number);
	add_owners(record, seed->owners, number);
	if (seed->certification)
		json_object_set_new(json_object_get(record, "certification"),
				    "status", json_string(seed->certification));
	if (seed->certification)
		json_object_set_new(json_object_get(record, "certification"),
				    "since", json_integer(moment_now()));
	json_object_set_new(
		record, "before",
		json_string(seed->business || !strcmp(seed->type, "personal")
				    ? "verified"
				    : "unverified"));
	dwolla_set_status(record, seed->status, 0);
	json_array_clear(json_object_get(record, "events"));
	return record;
}

json_t *dwolla_seed(size_t i)
{
	char id[UUID_SIZE];

	snprintf(id, sizeof(id), SEED_ID, (i + 1) % 1000000000000);
	return build(&dwolla_seeds[i], id, i + 1);
}

/* One of as many as are wanted: always the same for the same I. They have no
 * owners and no documents: those are found in records that were changed. */
json_t *dwolla_generate(size_t i, const char *id)
{
	static const char *const first[] = { "Alice", "Brian", "Carla", "Derek",
					     "Elena", "Frank", "Grace", "Henry",
					     "Inès",  "Jorge", "Kayla", "Louis",
					     "Mateo" };
	static const char *const last[] = { "Adams",  "Brooks", "Castillo",
					    "Diaz",   "Evans",	"Foster",
					    "García", "Hughes", "Ingram",
					    "Jensen", "Knight" };
	static const struct dwolla_seed kinds[] = {
		{ .type = "personal", .status = "verified" },
		{ .type = "personal", .status = "document", .needs = "person" },
		{ .type = "personal", .status = "verified" },
		{ .type = "llc",
		  .status = "document",
		  .needs = "person business" },
		{ .type = "personal", .status = "retry" },
		{ .type = "corporation", .status = "verified" },
		{ .type = "receive-only", .status = "unverified" },
	};
	struct dwolla_seed seed = kinds[i % 7];
	char name[64], business[64];

	snprintf(name, sizeof(name), "%s %s %zu", first[i % 13], last[i % 11],
		 i + 1);
	snprintf(business, sizeof(business), "%s Works %zu", last[i % 11],
		 i + 1);
	seed.name = name;
	if (i % 7 == 3 || i % 7 == 5) {
		seed.business = business;
		seed.controller = name;
	}
	return build(&seed, id, DWOLLA_SEEDS + 1 + i);
}

/* Of a seed file: what the API shows, and beside it
 *
 *	filed		{ssn, dateOfBirth, ein, ...}
 *	needs		[person, business, dba]
 *	directives	[code]
 *	owners		[an owner as the API shows it, with an id]
 *	certification	certified, recertify or uncertified
 */

static int adopt_words(json_t *record, const json_t *shape, struct err *err)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(shape, "needs"), i, one)
	{
		const char *what = json_string_value(one);

		if (!what ||
		    (strcmp(what, "person") != 0 &&
		     strcmp(what, "business") != 0 && strcmp(what, "dba") != 0))
			return err_set(err, ERR_CONFIG,
				       _("needs are person, business and dba"));
		dwolla_need(record, what, "");
	}
	json_array_foreach(json_object_get(shape, "directives"), i, one)
	{
		const char *code = json_string_value(one);

		if (!code || !dwolla_directive(code))
			return err_set(err, ERR_CONFIG,
				       _("there is no directive '%s'"),
				       code ? code : "");
		dwolla_direct(record, code, 0);
	}
	return 0;
}

static int adopt_owners(json_t *record, const json_t *shape, struct err *err)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(shape, "owners"), i, one)
	{
		const char *status = dwolla_text(one, "verificationStatus");
		char id[UUID_SIZE];

		if (!uuid_read(dwolla_text(one, "id"), id) || !*status)
			return err_set(err, ERR_CONFIG,
				       _("an owner needs an id and a "
					 "verificationStatus"));
		one = json_deep_copy(one);
		json_object_del(one, "id");
		json_object_del(one, "verificationStatus");
		add_owner(record, id, one, status);
	}
	return 0;
}

static json_t *own_shape(const json_t *shape)
{
	static const char *const extras[] = { "filed", "needs", "directives",
					      "owners", "certification" };
	char id[UUID_SIZE], now[MOMENT_SIZE];
	json_t *own = json_deep_copy(shape);
	size_t i;

	for (i = 0; i < sizeof(extras) / sizeof(extras[0]); i++)
		json_object_del(own, extras[i]);
	if (!uuid_read(dwolla_text(shape, "id"), id))
		uuid_new(id);
	json_object_set_new(own, "id", json_string(id));
	moment_text(moment_now(), now);
	if (!json_object_get(own, "created"))
		json_object_set_new(own, "created", json_string(now));
	return own;
}

json_t *dwolla_adopt(const json_t *shape, struct err *err)
{
	json_t *filed = json_object_get(shape, "filed"), *own, *record;
	const char *certification = dwolla_text(shape, "certification");

	if (!*dwolla_text(shape, "firstName") ||
	    !*dwolla_text(shape, "lastName") || !*dwolla_text(shape, "email") ||
	    !*dwolla_text(shape, "type") || !*dwolla_text(shape, "status")) {
		err_set(err, ERR_CONFIG,
			_("firstName, lastName, email, type and status are "
			  "needed"));
		return NULL;
	}
	if (!dwolla_is_status(dwolla_text(shape, "status"))) {
		err_set(err, ERR_CONFIG, _("there is no status '%s'"),
			dwolla_text(shape, "status"));
		return NULL;
	}
	own = own_shape(shape);
	filed = filed ? json_deep_copy(filed) : json_object();
	record = dwolla_record(own, filed);
	if (adopt_words(record, shape, err) ||
	    adopt_owners(record, shape, err)) {
		json_decref(record);
		return NULL;
	}
	if (*certification)
		json_object_set_new(json_object_get(record, "certification"),
				    "status", json_string(certification));
	dwolla_set_status(record, dwolla_text(shape, "status"), 0);
	json_array_clear(json_object_get(record, "events"));
	return record;
}
