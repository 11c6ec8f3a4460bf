/* SPDX-License-Identifier: MIT */
/*
 * Lumx: the invented customers that a practice server begins with. Their ids
 * never change, so that scripts and tests may name them: customer N of the
 * table below (counted from 1) is
 *
 *	5eed0000-0000-4000-8000-00000000000N	in twelve decimal digits
 *	5eed0000-0000-4000-9000-0000000000NMM	its associated party MM (from
 *						01), ten digits and two
 *
 * so Maria Souza is ...-8000-000000000001, and the second party of customer
 * 31 is ...-9000-000000003102. Tax ids end in what the stage calls for: 1
 * never starts, 2 is asked again once, 3 is rejected, others are approved.
 */
#include "providers/sandbox/lumx.h"

#include "forms/i18n.h"
#include "forms/mem.h"

#define SEED_ID	   "5eed0000-0000-4000-8000-%012zu"
#define PARTY_ID   "5eed0000-0000-4000-9000-%010zu%02zu"
#define ACCOUNT_ID "5eed0000-0000-4000-a000-%012zu"
#define FIRST_DAY  ((int64_t)1767603600000) /* 2026-01-05T09:00:00Z */
#define DAY_MS	   ((int64_t)24 * 60 * 60 * 1000)

enum stage {
	STAGE_NOTHING,	/* created, and nothing since */
	STAGE_INFORMED, /* additional information is in */
	STAGE_SOME,	/* and an identity document, or the articles */
	STAGE_ALMOST,	/* all but the terms */
	STAGE_RFI,
	STAGE_UNDER,
	STAGE_APPROVED,
	STAGE_FINAL,
};

struct seed {
	const char *name;
	const char *country;
	const char *day; /* of birth or incorporation */
	const char *tax_id;
	enum stage stage;
	const char *reason;		  /* of an RFI */
	const struct seed_party *parties; /* ends with NULL; a business has */
};

struct seed_party {
	const char *role, *name, *day, *tax_id;
	int share;	    /* percent; 0: not said */
	const char *reason; /* its identity document is declined for this */
};

static const struct seed_party two[] = {
	{ "UBO", "Ana Lúcia Gonçalves", "1979-03-14", "311.904.225-08", 60,
	  NULL },
	{ "REPRESENTATIVE", "João Antônio Peçanha", "1984-11-02",
	  "408.551.730-16", 0, NULL },
	{ NULL, NULL, NULL, NULL, 0, NULL },
};

static const struct seed_party three[] = {
	{ "UBO", "Jürgen Müller", "1968-07-21", "47 036 892 816", 51, NULL },
	{ "SHAREHOLDER", "Zoë Brännström", "1990-01-30", "19900130-2396", 20,
	  NULL },
	{ "REPRESENTATIVE", "François Lefèvre", "1975-12-09",
	  "1 75 12 75 116 004", 0, NULL },
	{ NULL, NULL, NULL, NULL, 0, NULL },
};

static const struct seed_party blurred[] = {
	{ "UBO", "Iñaki Etxeberría Ñandú", "1982-05-05", "53188726-K", 75,
	  "blurry" },
	{ "REPRESENTATIVE", "Lucía Peña", "1991-09-17", "71663025-S", 0, NULL },
	{ NULL, NULL, NULL, NULL, 0, NULL },
};

static const struct seed_party nobody[] = {
	{ NULL, NULL, NULL, NULL, 0, NULL },
};

static const struct seed seeds[LUMX_SEEDS] = {
	/* Individuals: 1 to 28. */
	{ "Maria Souza", "BRA", "1990-04-12", "529.982.247-20", STAGE_NOTHING,
	  NULL, NULL },
	{ "José Ângelo São Tiago", "BRA", "1985-08-30", "168.995.350-09",
	  STAGE_NOTHING, NULL, NULL },
	{ "Hans Müller", "DEU", "1978-02-11", "86 095 742 719", STAGE_NOTHING,
	  NULL, NULL },
	{ "Núria Ñandú i Puig", "ESP", "1993-06-25", "54362315-4",
	  STAGE_NOTHING, NULL, NULL },
	{ "Emily O'Connor", "IRL", "1988-10-03", "1234567-8", STAGE_NOTHING,
	  NULL, NULL },
	{ "Carlos Núñez", "MEX", "1970-01-19", "NUCC700119-1", STAGE_NOTHING,
	  NULL, NULL },
	{ "Beatriz Conceição", "BRA", "1996-12-24", "390.533.447-02",
	  STAGE_NOTHING, NULL, NULL },
	{ "Thiago Araújo", "BRA", "1982-03-08", "746.824.890-73", STAGE_NOTHING,
	  NULL, NULL },
	{ "Chloé Dubois", "FRA", "1999-07-14", "30 23 217 600 05",
	  STAGE_INFORMED, NULL, NULL },
	{ "Antônio Guimarães", "BRA", "1965-05-01", "111.444.777-35",
	  STAGE_INFORMED, NULL, NULL },
	{ "Sofía Fernández", "ARG", "1991-11-11", "27-35123456-4",
	  STAGE_INFORMED, NULL, NULL },
	{ "Łukasz Żółkiewski", "POL", "1986-09-09", "860909-00416", STAGE_SOME,
	  NULL, NULL },
	{ "Renata Brandão", "BRA", "1977-04-04", "935.411.347-80", STAGE_SOME,
	  NULL, NULL },
	{ "Oliver Smith", "GBR", "1994-02-28", "QQ 12 34 56", STAGE_SOME, NULL,
	  NULL },
	{ "Fernanda Assunção", "BRA", "1989-08-08", "275.484.389-26",
	  STAGE_ALMOST, NULL, NULL },
	{ "Camila Falcão", "BRA", "1992-10-10", "714.602.380-02", STAGE_ALMOST,
	  NULL, NULL },
	{ "Pedro Simões", "PRT", "1983-12-12", "245 019 832", STAGE_RFI,
	  "blurry", NULL },
	{ "Joana D'Ávila", "BRA", "1987-01-07", "168.295.014-52", STAGE_RFI,
	  "expired", NULL },
	{ "Björn Åkesson", "SWE", "1981-06-06", "810606-9242", STAGE_RFI,
	  "too-old", NULL },
	{ "Inês Guedes", "BRA", "1998-03-03", "853.513.468-92", STAGE_RFI,
	  "the corner is cut off", NULL },
	{ "Marta Kovačević", "HRV", "1990-05-15", "943 577 024 18", STAGE_UNDER,
	  NULL, NULL },
	{ "Rafael Leitão", "BRA", "1976-09-22", "012.345.678-90", STAGE_UNDER,
	  NULL, NULL },
	{ "Γιώργος Παπαδόπουλος", "GRC", "1984-04-23", "094259216", STAGE_UNDER,
	  NULL, NULL },
	{ "Paulo César Magalhães", "BRA", "1969-11-29", "987.654.321-00",
	  STAGE_APPROVED, NULL, NULL },
	{ "田中 花子", "JPN", "1995-02-02", "1234 5678 9018", STAGE_APPROVED,
	  NULL, NULL },
	{ "Grace Hopewell", "USA", "1980-12-09", "078-05-1120", STAGE_APPROVED,
	  NULL, NULL },
	{ "Otávio Frazão", "BRA", "1974-07-07", "406.279.580-33", STAGE_FINAL,
	  NULL, NULL },
	{ "Ivana Nováková", "CZE", "1993-01-01", "935101/0013", STAGE_FINAL,
	  NULL, NULL },
	/* Businesses: 29 to 40. */
	{ "Padaria São João Ltda.", "BRA", "2015-06-01", "11.222.333/0001-80",
	  STAGE_NOTHING, NULL, nobody },
	{ "Müller & Söhne GmbH", "DEU", "1987-03-15", "DE 100 200 306",
	  STAGE_NOTHING, NULL, three },
	{ "Café Açaí Importação S.A.", "BRA", "2019-09-09",
	  "10.608.010/0001-54", STAGE_INFORMED, NULL, two },
	{ "Ñandú Textiles S.L.", "ESP", "2008-02-20", "B-10020305",
	  STAGE_INFORMED, NULL, blurred },
	{ "Construções Irmãos Araújo Ltda.", "BRA", "2001-12-12",
	  "10.203.040/0001-04", STAGE_SOME, NULL, two },
	{ "Étoffes du Lac Perdu SARL", "FRA", "1999-05-05",
	  "FR 40 100 200 305", STAGE_ALMOST, NULL, three },
	{ "Transportes Ñuñoa SpA", "CHL", "2012-08-18", "76.192.083-2",
	  STAGE_RFI, "expired", two },
	{ "Etxe Berri S.L.", "ESP", "2016-04-01", "B-10030412", STAGE_RFI, NULL,
	  blurred },
	{ "Água Viva Saneamento S.A.", "BRA", "1995-10-30",
	  "10.305.070/0001-00", STAGE_UNDER, NULL, two },
	{ "Northern Lights Trading Inc.", "CAN", "2010-01-11", "12345 6789",
	  STAGE_APPROVED, NULL, three },
	{ "Comércio de Pães Três Corações Ltda.", "BRA", "2005-07-27",
	  "10.406.080/0001-96", STAGE_APPROVED, NULL, two },
	{ "Sombra e Água Fresca Câmbio Ltda.", "BRA", "2021-02-02",
	  "10.507.090/0001-93", STAGE_FINAL, NULL, two },
};

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

static json_t *information(const struct seed *seed)
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

static void add_party(json_t *record, const struct seed_party *party,
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

static json_t *shape_of(const struct seed *seed, const char *id, size_t number)
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
static void add_papers(json_t *record, const struct seed *seed, size_t number)
{
	const struct seed_party *party = seed->parties;
	bool company = party;

	if (company)
		add_document(record, "", "INCORPORATION_ARTICLES", "",
			     seed->reason);
	else
		add_document(record, "", "PASSPORT", "FRONT_SIDE",
			     seed->reason);
	if (seed->stage == STAGE_SOME)
		return;
	add_document(record, "", "PROOF_OF_ADDRESS", "", NULL);
	for (size_t i = 1; company && party->name; i++, party++) {
		char id[UUID_SIZE];

		snprintf(id, sizeof(id), PARTY_ID, number, i);
		add_document(record, id, "PASSPORT", "FRONT_SIDE",
			     seed->stage == STAGE_RFI ? party->reason : NULL);
		add_document(record, id, "PROOF_OF_ADDRESS", "", NULL);
	}
}

static void set_stage(json_t *record, enum stage stage)
{
	json_t *terms = json_object_get(record, "terms");

	if (stage <= STAGE_ALMOST)
		return;
	json_object_set_new(terms, "accepted", json_true());
	switch (stage) {
	case STAGE_RFI:
		lumx_decide(record);
		break;
	case STAGE_UNDER:
		lumx_start(record, NULL, 0);
		break;
	case STAGE_APPROVED:
		lumx_set_status(record, "APPROVED", NULL);
		break;
	default:
		lumx_set_status(record, "FINAL_REJECTION", NULL);
	}
}

static json_t *build(const struct seed *seed, const char *id, size_t number)
{
	json_t *record = lumx_record(id, shape_of(seed, id, number));
	const struct seed_party *party = seed->parties;

	for (size_t i = 1; party && party->name; i++, party++) {
		char party_id[UUID_SIZE];

		snprintf(party_id, sizeof(party_id), PARTY_ID,
			 number % 10000000000, i % 100);
		add_party(record, party, party_id);
	}
	if (seed->stage >= STAGE_INFORMED)
		json_object_set_new(json_object_get(record, "customer"),
				    "additionalInformation", information(seed));
	if (seed->stage >= STAGE_SOME)
		add_papers(record, seed, number);
	set_stage(record, seed->stage);
	return record;
}

json_t *lumx_seed(size_t i)
{
	char id[UUID_SIZE];

	snprintf(id, sizeof(id), SEED_ID, (i + 1) % 1000000000000);
	return build(&seeds[i], id, i + 1);
}

/* One of as many as are wanted: always the same for the same I. */
json_t *lumx_generate(size_t i, const char *id)
{
	static const char *const first[] = { "Adriana", "Bruno",  "Cecília",
					     "Dário",	"Elisa",  "Fábio",
					     "Günter",	"Helena", "Ígor",
					     "Júlia",	"Kauã",	  "Lívia",
					     "Máximo" };
	static const char *const last[] = { "Abreu",	 "Brandão",   "Corrêa",
					    "Díaz",	 "Estêvão",   "Ferraz",
					    "Gómez",	 "Hernández", "Itô",
					    "Jørgensen", "Königsberg" };
	static const char *const countries[] = { "BRA", "ARG", "MEX", "PRT",
						 "DEU" };
	static const enum stage stages[] = { STAGE_NOTHING,  STAGE_APPROVED,
					     STAGE_INFORMED, STAGE_APPROVED,
					     STAGE_UNDER,    STAGE_APPROVED,
					     STAGE_NOTHING };
	char name[64], tax_id[32];
	struct seed seed = {
		.name = name,
		.country = countries[i / 7 % 5],
		.day = "1990-01-01",
		.tax_id = tax_id,
		.stage = stages[i % 7],
	};

	snprintf(name, sizeof(name), "%s %s %zu", first[i % 13], last[i % 11],
		 i + 1);
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
