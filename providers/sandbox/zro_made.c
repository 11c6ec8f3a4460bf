/* SPDX-License-Identifier: MIT */
/* Z.ro Bank: the record of an invented account, as if all of it had come in
 * over the API. Everything follows from its number. */
#include "providers/sandbox/zro.h"

#include "forms/mem.h"

#define FIRST_DAY     ((int64_t)1767603600000) /* 2026-01-05T09:00:00Z */
#define DAY_MS	      ((int64_t)24 * 60 * 60 * 1000)
#define ENVELOPE_EACH 7

/* The group of digits that says what an id is of. */
#define ID_PARTY      "9000"
#define ID_ONBOARDING "a000"
#define ID_DOCUMENT   "a100"
#define ID_FILE	      "a200"
#define ID_OTHER      "a300"

/* The parties of account N: shareholders from 01, representatives from 11. */
enum {
	PARTY_PERSON = 1,
	PARTY_COMPANY = 2,
	PARTY_REPRESENTATIVE = 11,
	PARTY_OTHER_REPRESENTATIVE = 12,
};

static void numbered(char out[UUID_SIZE], const char *group, size_t number,
		     size_t part)
{
	snprintf(out, UUID_SIZE, "5eed0000-0000-4000-%s-%010zu%02zu", group,
		 number % 10000000000, part % 100);
}

/* Some CPF (or CNPJ) that is good and nobody else's. */
static void tax_id(char out[15], bool company, size_t number, size_t part)
{
	snprintf(out, 15, company ? "%08zu0001" : "%09zu",
		 (company ? 10203040 : 102030405) +
			 (number * 100 + part) * 37 % 80000000);
	zro_complete_tax_id(out);
}

static void moment_of(char out[ZRO_MOMENT_SIZE], size_t number, int64_t later)
{
	zro_moment(FIRST_DAY + (int64_t)(number % 120) * DAY_MS +
			   later * 60000 + (int64_t)(number % 997),
		   out);
}

static json_t *an_address(void)
{
	return json_pack("{ss ss si ss ss ss ss ss}", "zip_code", "01310100",
			 "street", "Avenida Paulista", "number", 1000,
			 "neighborhood", "Bela Vista", "city", "São Paulo",
			 "federative_unit", "SP", "country", "BRA",
			 "complement", "conj. 1201");
}

json_t *zro_record(const char *id, size_t number, json_t *account)
{
	return json_pack("{ss sI sb so s[] s[] s[] s[]}", "id", id, "number",
			 (json_int_t)number, "envelope",
			 number && number % ENVELOPE_EACH == 0, "account",
			 account, "onboardings", "shareholders",
			 "representatives", "documents");
}

static json_t *account_of(const struct zro_shape *shape, const char *id,
			  size_t number)
{
	bool open = shape->status && !strcmp(shape->status, "finished");
	const char *state = shape->state ? shape->state
			    : open	 ? "active"
					 : "pending";
	char document[15], created[ZRO_MOMENT_SIZE];
	size_t first = strcspn(shape->name, " ");
	json_t *account;

	tax_id(document, shape->kind, number, 0);
	moment_of(created, number, 0);
	account = json_pack(
		"{ss ss ss# ss ss ss so sb ss ss}", "id", id, "state", state,
		"name", shape->name, shape->kind ? strlen(shape->name) : first,
		"full_name", shape->name, "document", document, "phone_number",
		"5511955551234", "email",
		json_sprintf("conta.%zu@example.com", number), "active",
		!strcmp(state, "active"), "person_type",
		shape->kind ? ZRO_LEGAL : ZRO_NATURAL, "created_at", created);
	if (shape->kind) {
		json_object_set_new(account, "legal_person_type",
				    json_string(shape->kind));
		return account;
	}
	json_object_set_new(account, "birth_date", json_string("1984-11-03"));
	json_object_set_new(account, "mother_name",
			    shape->has & ZRO_HAS_ODD
				    ? json_object()
				    : json_string("Eva Exemplo"));
	json_object_set_new(account, "genre",
			    shape->has & ZRO_HAS_ODD ? json_object()
						     : json_string("F"));
	return account;
}

static json_t *onboarding_of(const struct zro_shape *shape, size_t number,
			     size_t part)
{
	char id[UUID_SIZE], created[ZRO_MOMENT_SIZE];
	json_t *made;

	numbered(id, ID_ONBOARDING, number, part);
	moment_of(created, number, (int64_t)part);
	made = json_pack("{ss ss so ss}", "id", id, "status", shape->status,
			 "address", an_address(), "created_at", created);
	if (shape->kind) {
		json_object_set_new(made, "company_revenue",
				    json_integer(10000000));
		return made;
	}
	json_object_set_new(made, "nationality", json_string("Brasileiro"));
	json_object_set_new(made, "pep", json_false());
	return made;
}

static void add_shareholder(json_t *record, size_t number, size_t part)
{
	bool company = part == PARTY_COMPANY;
	char id[UUID_SIZE], document[15], created[ZRO_MOMENT_SIZE];

	numbered(id, ID_PARTY, number, part);
	tax_id(document, company, number, part);
	moment_of(created, number, 2 + (int64_t)part);
	json_array_append_new(
		json_object_get(record, "shareholders"),
		json_pack("{ss ss ss ss si ss ss ss}", "id", id, "document",
			  document, "person_type",
			  company ? ZRO_LEGAL : ZRO_NATURAL, "name",
			  company ? "Participações Três Irmãos Ltda."
				  : "Ana Lúcia Gonçalves",
			  "participation_percentage", company ? 40 : 60, "type",
			  "PARTNER", "zip_code", "01310100", "created_at",
			  created));
}

/* The person stands for itself, somebody else for the company. */
static void add_representative(json_t *record, size_t number, size_t part)
{
	bool other = part == PARTY_OTHER_REPRESENTATIVE;
	char id[UUID_SIZE], owner[UUID_SIZE], paper[UUID_SIZE],
		place[UUID_SIZE];
	char document[15], created[ZRO_MOMENT_SIZE];
	json_t *made, *address = an_address();

	numbered(id, ID_PARTY, number, part);
	numbered(owner, ID_PARTY, number, other ? PARTY_COMPANY : PARTY_PERSON);
	numbered(paper, ID_OTHER, number, part);
	numbered(place, ID_OTHER, number, part + 20);
	tax_id(document, false, number, other ? part : PARTY_PERSON);
	moment_of(created, number, 4 + (int64_t)part);
	json_object_set_new(address, "id", json_string(place));
	made = json_pack(
		"{ss s{ss ss ss ss} so ss ss ss ss ss sb sb}", "id", id,
		"document", "id", paper, "type", "CPF", "number", document,
		"country_of_issue", "BRA", "address", address, "name",
		other ? "João Antônio Peçanha" : "Ana Lúcia Gonçalves",
		"mother_name", "Eva Exemplo", "representor_type",
		other ? "ADMINISTRATOR" : "PARTNER", "person_type", ZRO_NATURAL,
		"shareholder_id", owner, "pep", 0, "is_public_server", 0);
	json_object_update_new(
		made,
		json_pack("{ss ss ss ss ss}", "birth_date",
			  "1979-03-14T00:00:00.000Z", "phone_number",
			  "5511955551234", "email", "representante@example.com",
			  "relationship_start_date", "2020-01-02T00:00:00.000Z",
			  "created_at", created));
	json_array_append_new(json_object_get(record, "representatives"), made);
}

static void add_document(json_t *record, size_t number,
			 const struct zro_paper *paper)
{
	json_t *documents = json_object_get(record, "documents");
	size_t at = json_array_size(documents) + 1;
	char id[UUID_SIZE], file_id[UUID_SIZE], created[ZRO_MOMENT_SIZE];

	numbered(id, ID_DOCUMENT, number, at);
	numbered(file_id, ID_FILE, number, at);
	moment_of(created, number, 30 + (int64_t)at);
	json_array_append_new(
		documents,
		json_pack("{ss ss ss ss ss ss ss so ss ss sI ss ss ss}", "id",
			  id, "file_id", file_id, "owner", paper->owner, "of",
			  paper->of, "type", paper->type, "side", paper->side,
			  "family", paper->family, "file_name",
			  json_sprintf("%s%s%s.jpg", paper->type,
				       *paper->side ? "_" : "", paper->side),
			  "content_type", "image/jpeg", "sha256", "", "bytes",
			  (json_int_t)100000, "reason", "", "created_at",
			  created, "updated_at", created));
}

/* In the words of the first version when the answers are OLDER. */
static void add_person_files(json_t *record, size_t number, size_t part,
			     bool older)
{
	static const char owner[] = "representative";
	char of[UUID_SIZE];

	numbered(of, ID_PARTY, number, part);
	add_document(record, number,
		     &(struct zro_paper){ NULL, owner, of, "selfie", "", "" });
	add_document(record, number,
		     &(struct zro_paper){ NULL, owner, of,
					  "qualification_declaration", "",
					  "" });
	add_document(record, number,
		     &(struct zro_paper){ NULL, owner, of, "identity_document",
					  older ? "" : "front",
					  older ? "cnh" : "driver_license" });
	if (!older)
		add_document(record, number,
			     &(struct zro_paper){ NULL, owner, of,
						  "identity_document", "back",
						  "driver_license" });
}

/* A natural person's, as the provider names them in its list. */
static void add_files(json_t *record, size_t number, unsigned has)
{
	static const struct {
		const char *type, *side, *name;
	} files[] = {
		{ "document_front", "front", "RG - Front." },
		{ "document_back", "back", "RG - Back." },
		{ "selfie", "", "Selfie." },
	};
	json_t *documents = json_object_get(record, "documents");
	const char *of = zro_text(zro_newest(record), "id");

	for (size_t i = has & ZRO_HAS_DIGITAL ? 2 : 0; i < 3; i++) {
		add_document(record, number,
			     &(struct zro_paper){ NULL, "person", of,
						  files[i].type, files[i].side,
						  *files[i].side ? "rg" : "" });
		json_object_set_new(
			json_array_get(documents,
				       json_array_size(documents) - 1),
			"file_name", json_string(files[i].name));
	}
}

static void add_company_file(json_t *record, size_t number, const char *type)
{
	const char *of = zro_text(zro_newest(record), "id");

	add_document(record, number,
		     &(struct zro_paper){ NULL, "company", of, type, "", "" });
}

static void add_papers(json_t *record, unsigned has, size_t number)
{
	bool older = has & ZRO_HAS_OLDER;

	if (has & ZRO_HAS_PERSON_FILES && has & ZRO_HAS_PERSON)
		add_person_files(record, number, PARTY_REPRESENTATIVE, older);
	if (has & ZRO_HAS_PERSON_FILES && has & ZRO_HAS_OTHER)
		add_person_files(record, number, PARTY_OTHER_REPRESENTATIVE,
				 older);
	if (has & ZRO_HAS_CONTRACT)
		add_company_file(record, number, "social_contract");
	if (has & ZRO_HAS_BALANCE)
		add_company_file(record, number, "balance_sheet");
	if (has & (ZRO_HAS_FILES | ZRO_HAS_DIGITAL))
		add_files(record, number, has);
}

static void add_onboardings(json_t *record, const struct zro_shape *shape,
			    size_t number)
{
	json_t *list = json_object_get(record, "onboardings"), *made;
	size_t part = 1;

	if (shape->has & ZRO_HAS_REJECTED) {
		made = onboarding_of(shape, number, part++);
		json_object_set_new(made, "status", json_string("rejected"));
		json_array_append_new(list, made);
	}
	if (!shape->status)
		return;
	made = onboarding_of(shape, number, part);
	if (shape->reason)
		json_object_update_new(made,
				       json_pack("{ss ss ss}", "failed_code",
						 shape->reason, "failed_type",
						 shape->kind ? "social_contract"
							     : "document_front",
						 "failed_reason", "blurry"));
	json_array_append_new(list, made);
}

json_t *zro_make(const struct zro_shape *shape, const char *id, size_t number)
{
	json_t *record = zro_record(id, number, account_of(shape, id, number));

	add_onboardings(record, shape, number);
	if (shape->has & ZRO_HAS_SHAREHOLDERS) {
		add_shareholder(record, number, PARTY_PERSON);
		add_shareholder(record, number, PARTY_COMPANY);
	}
	if (shape->has & ZRO_HAS_PERSON)
		add_representative(record, number, PARTY_REPRESENTATIVE);
	if (shape->has & ZRO_HAS_OTHER)
		add_representative(record, number, PARTY_OTHER_REPRESENTATIVE);
	add_papers(record, shape->has, number);
	if (shape->has & ZRO_HAS_OLDER)
		json_object_set_new(record, "older", json_true());
	return record;
}
