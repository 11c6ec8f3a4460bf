/* SPDX-License-Identifier: MIT */
/*
 * Lumx: the invented customers that a practice server begins with. Their ids
 * never change, so that scripts and tests may name them: customer N of the
 * table in lumx_seed_table.c (counted from 1) is
 *
 *	5eed0000-0000-4000-8000-00000000000N	in twelve decimal digits
 *	5eed0000-0000-4000-9000-0000000000NMM	its associated party MM (from
 *						01), ten digits and two
 *
 * so Maria Souza is ...-8000-000000000001, and the second party of customer
 * 31 is ...-9000-000000003102. Tax ids end in what the stage calls for: 1
 * never starts, 2 is asked again once, 3 is rejected, others are approved.
 */
#include "providers/sandbox/lumx_seed.h"

#include "forms/i18n.h"
#include "forms/mem.h"
#include "providers/sandbox/names.h"

#define SEED_ID	   "5eed0000-0000-4000-8000-%012zu"
#define PARTY_ID   "5eed0000-0000-4000-9000-%010zu%02zu"
#define ACCOUNT_ID "5eed0000-0000-4000-a000-%012zu"
#define FIRST_DAY  ((int64_t)1767603600000) /* 2026-01-05T09:00:00Z */
#define DAY_MS	   ((int64_t)24 * 60 * 60 * 1000)

json_t *lumx_record(const char *id, json_t *shape)
{
	return json_pack("{ss so s[] s[] s{sb} s{ss} sI}", "id", id, "customer",
			 shape, "documents", "parties", "terms", "accepted", 0,
			 "review", "status", "NOT_STARTED", "touched",
			 (json_int_t)0);
}

static json_t *an_address(const char *country)
{
	return json_pack("{ss ss ss ss ss}", "country", country, "line1",
			 "Rua das Acácias, 456", "city", "Rio de Janeiro",
			 "state", "RJ", "postalCode", "20000-000");
}

/* What both kinds of customer say of themselves. */
static json_t *information_of_both(const char *country)
{
	return json_pack("{ss so ss ss s[s] s[s] s[ss] ss}", "phone",
			 "+5511999999999", "address", an_address(country),
			 "monthlyVolumeInUSD", "5000", "transactionVolumeInUSD",
			 "1000", "jurisdictions", "BRA", "involvedActivities",
			 "NONE", "transactionCounterparties", "SELF", "FAMILY",
			 "sourceOfFunds", "EMPLOYMENT");
}

static json_t *person_information(const char *name)
{
	const char *blank = strchr(name, ' ');
	size_t first = blank ? (size_t)(blank - name) : strlen(name);

	return json_pack("{ss ss# ss ss ss ss}", "type", "INDIVIDUAL",
			 "firstName", name, first, "middleName", "", "lastName",
			 blank ? blank + 1 : name, "professionalSituation",
			 "EMPLOYEE", "professionalOccupation", "Teacher");
}

static json_t *company_information(void)
{
	return json_pack(
		"{ss ss ss ss ss sb ss ss ss}", "type", "BUSINESS",
		"companyType", "FOREIGN_EXCHANGE_MARKET_FX", "annualRevenue",
		"1000000.00", "monthlyTransactionVolume", "100000.00",
		"complianceAndAML", "A written policy, reviewed yearly",
		"isRegulatedActivity", 0, "regulatedActivityDetails", "",
		"website", "https://example.com", "servicesProvided",
		"Trade in goods");
}

static json_t *information(const struct lumx_seed *seed)
{
	json_t *all = seed->parties ? company_information()
				    : person_information(seed->name);
	json_t *both = information_of_both(seed->country);

	json_object_update(all, both);
	json_decref(both);
	return all;
}

static void add_document(json_t *record, const char *party, const char *type,
			 const char *side, const char *reason)
{
	const json_t *shape = json_object_get(record, "customer");

	json_array_append_new(
		json_object_get(record, "documents"),
		json_pack("{ss ss ss ss ss ss sI ss}", "type", type, "country",
			  lumx_text(shape, "country"), "side", side, "party",
			  party, "kind", "image/jpeg", "sha256", "", "bytes",
			  (json_int_t)100000, "reason", reason ? reason : ""));
}

static void add_party(json_t *record, const struct lumx_seed_party *party,
		      const char *id)
{
	const json_t *shape = json_object_get(record, "customer");
	json_t *made =
		json_pack("{ss ss ss ss ss ss ss so ss ss s{ss}}", "id", id,
			  "type", "INDIVIDUAL", "role", party->role, "name",
			  party->name, "birthDate", party->day, "email",
			  "party@example.com", "taxId", party->tax_id,
			  "address", an_address(lumx_text(shape, "country")),
			  "createdAt", lumx_text(shape, "createdAt"),
			  "updatedAt", lumx_text(shape, "createdAt"), "review",
			  "status", "NOT_STARTED");

	if (party->share)
		json_object_set_new(made, "ownershipPercentage",
				    json_integer(party->share));
	json_array_append_new(json_object_get(record, "parties"), made);
}

static json_t *shape_of(const struct lumx_seed *seed, const char *id,
			size_t number)
{
	bool company = seed->parties;
	char email[64], account[UUID_SIZE], created[MOMENT_SIZE];

	snprintf(email, sizeof(email), "%s.%zu@example.com",
		 company ? "office" : "customer", number);
	snprintf(account, sizeof(account), ACCOUNT_ID, number % 1000000000000);
	moment_text(FIRST_DAY + (int64_t)(number % 120) * DAY_MS, created);
	return json_pack("{ss ss ss ss ss ss ss s{} s[{ss ss}] ss ss}", "id",
			 id, "type", company ? "BUSINESS" : "INDIVIDUAL",
			 company ? "legalName" : "name", seed->name, "taxId",
			 seed->tax_id,
			 company ? "incorporationDate" : "birthDate", seed->day,
			 "country", seed->country, "email", email, "metadata",
			 "accounts", "id", account, "currency", "BRL",
			 "createdAt", created, "updatedAt", created);
}

/* What was sent by the stage that a seed is in. */
static void add_papers(json_t *record, const struct lumx_seed *seed,
		       size_t number)
{
	const struct lumx_seed_party *party = seed->parties;
	bool company = party;

	if (company)
		add_document(record, "", "INCORPORATION_ARTICLES", "",
			     seed->reason);
	else
		add_document(record, "", "PASSPORT", "FRONT_SIDE",
			     seed->reason);
	if (seed->stage == LUMX_SOME)
		return;
	add_document(record, "", "PROOF_OF_ADDRESS", "", NULL);
	for (size_t i = 1; company && party->name; i++, party++) {
		char id[UUID_SIZE];

		snprintf(id, sizeof(id), PARTY_ID, number, i);
		add_document(record, id, "PASSPORT", "FRONT_SIDE",
			     seed->stage == LUMX_RFI ? party->reason : NULL);
		add_document(record, id, "PROOF_OF_ADDRESS", "", NULL);
	}
}

static void set_stage(json_t *record, enum lumx_stage stage)
{
	json_t *terms = json_object_get(record, "terms");

	if (stage <= LUMX_ALMOST)
		return;
	json_object_set_new(terms, "accepted", json_true());
	switch (stage) {
	case LUMX_RFI:
		lumx_decide(record);
		break;
	case LUMX_UNDER:
		lumx_start(record, NULL, 0);
		break;
	case LUMX_APPROVED:
		lumx_set_status(record, "APPROVED", NULL);
		break;
	default:
		lumx_set_status(record, "FINAL_REJECTION", NULL);
	}
}

static json_t *build(const struct lumx_seed *seed, const char *id,
		     size_t number)
{
	json_t *record = lumx_record(id, shape_of(seed, id, number));
	const struct lumx_seed_party *party = seed->parties;

	for (size_t i = 1; party && party->name; i++, party++) {
		char party_id[UUID_SIZE];

		snprintf(party_id, sizeof(party_id), PARTY_ID,
			 number % 10000000000, i % 100);
		add_party(record, party, party_id);
	}
	if (seed->stage >= LUMX_INFORMED)
		json_object_set_new(json_object_get(record, "customer"),
				    "additionalInformation", information(seed));
	if (seed->stage >= LUMX_SOME)
		add_papers(record, seed, number);
	set_stage(record, seed->stage);
	return record;
}

json_t *lumx_seed(size_t i)
{
	char id[UUID_SIZE];

	snprintf(id, sizeof(id), SEED_ID, (i + 1) % 1000000000000);
	return build(&lumx_seeds[i], id, i + 1);
}

/* One of as many as are wanted: always the same for the same I. */
json_t *lumx_generate(size_t i, const char *id)
{
	static const char *const countries[] = { "BRA", "ARG", "MEX", "PRT",
						 "DEU" };
	static const enum lumx_stage stages[] = { LUMX_NOTHING,	 LUMX_APPROVED,
						  LUMX_INFORMED, LUMX_APPROVED,
						  LUMX_UNDER,	 LUMX_APPROVED,
						  LUMX_NOTHING };
	char name[64], tax_id[32];
	struct lumx_seed seed = {
		.name = name,
		.country = countries[i / 7 % 5],
		.day = "1990-01-01",
		.tax_id = tax_id,
		.stage = stages[i % 7],
	};

	name_invent(name, sizeof(name), i);
	snprintf(tax_id, sizeof(tax_id), "G%09zu-0", i);
	return build(&seed, id, LUMX_SEEDS + 1 + i);
}

/* Of a seed file. */

static int adopt_party(json_t *record, json_t *party, struct err *err)
{
	const json_t *verification = json_object_get(party, "verification");
	const char *status = lumx_text(verification, "status");
	char id[UUID_SIZE];

	if (!uuid_read(lumx_text(party, "id"), id))
		return err_set(err, ERR_CONFIG,
			       _("an associated party needs an id"));
	party = json_deep_copy(party);
	json_object_set_new(party, "id", json_string(id));
	json_object_set_new(
		party, "review",
		json_pack("{ss}", "status", *status ? status : "NOT_STARTED"));
	json_object_del(party, "verification");
	json_array_append_new(json_object_get(record, "parties"), party);
	return 0;
}

/* What the API does not show of a customer, beside what it does. */
static int adopt_extras(json_t *record, const json_t *shape, struct err *err)
{
	const json_t *verification = json_object_get(shape, "verification");
	const char *status = lumx_text(verification, "status");
	json_t *reason = json_object_get(verification, "statusReason"), *one;
	size_t i;

	json_array_foreach(json_object_get(shape, "associatedParties"), i,
			   one) if (adopt_party(record, one, err)) return -1;
	json_array_foreach(json_object_get(shape, "documents"), i, one)
	{
		if (!lumx_document_find(lumx_text(one, "type")))
			return err_set(err, ERR_CONFIG,
				       _("there is no document type '%s'"),
				       lumx_text(one, "type"));
		add_document(record, lumx_text(one, "associatedPartyId"),
			     lumx_text(one, "type"), lumx_text(one, "side"),
			     lumx_text(one, "reason"));
	}
	if (json_is_true(json_object_get(shape, "termsAccepted")))
		json_object_set_new(json_object_get(record, "terms"),
				    "accepted", json_true());
	if (*status)
		json_object_set_new(json_object_get(record, "review"), "status",
				    json_string(status));
	if (reason)
		json_object_set(json_object_get(record, "review"), "reason",
				reason);
	return 0;
}

json_t *lumx_adopt(const json_t *shape, struct err *err)
{
	static const char *const extras[] = {
		"verification", "requirements",	 "associatedParties",
		"documents",	"termsAccepted", "wallets"
	};
	char id[UUID_SIZE], now[MOMENT_SIZE];
	json_t *own, *record;

	if (!lumx_is(shape, "type", "INDIVIDUAL") &&
	    !lumx_is(shape, "type", "BUSINESS")) {
		err_set(err, ERR_CONFIG,
			_("type must be INDIVIDUAL or BUSINESS"));
		return NULL;
	}
	if (!*lumx_text(shape, "taxId") || !*lumx_text(shape, "country") ||
	    !*lumx_text(shape, "email") ||
	    (!*lumx_text(shape, "name") && !*lumx_text(shape, "legalName"))) {
		err_set(err, ERR_CONFIG,
			_("name (or legalName), taxId, country and email are "
			  "needed"));
		return NULL;
	}
	if (!uuid_read(lumx_text(shape, "id"), id))
		uuid_new(id);
	moment_text(moment_now(), now);
	own = json_deep_copy(shape);
	for (size_t i = 0; i < sizeof(extras) / sizeof(extras[0]); i++)
		json_object_del(own, extras[i]);
	json_object_set_new(own, "id", json_string(id));
	if (!json_object_get(own, "createdAt"))
		json_object_set_new(own, "createdAt", json_string(now));
	if (!json_object_get(own, "updatedAt"))
		json_object_set_new(own, "updatedAt", json_string(now));
	record = lumx_record(id, own);
	if (adopt_extras(record, shape, err)) {
		json_decref(record);
		return NULL;
	}
	return record;
}
