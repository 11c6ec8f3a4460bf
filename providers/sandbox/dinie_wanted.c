/* SPDX-License-Identifier: MIT */
/*
 * Dinie: what the invented customers still have to send, or have sent. The
 * full list of types is not published; those that the pages show are here,
 * and a few that nobody can know.
 * https://dinie.nexaedge.dev/guides/customer-registration
 */
#include "providers/sandbox/dinie.h"

#include "forms/mem.h"

#define SENT_AT "2026-03-03T15:10:00Z"
#define WANTED	8 /* items of one customer */

#define DOCUMENT "document"
#define DATA	 "data"

struct item {
	const char *kind, *type, *description;
	const char *message; /* of the reviewer; NULL: none */
	bool sent;
	const char *status; /* a member that the pages do not list; NULL */
};

#define CARD_FRONT  DOCUMENT, "identity_card_front", "RG (frente)"
#define CARD_BACK   DOCUMENT, "identity_card_back", "RG (verso)"
#define CNH	    DOCUMENT, "cnh", "Carteira nacional de habilitação (CNH)"
#define SELFIE	    DOCUMENT, "selfie", "Selfie"
#define ADDRESS	    DOCUMENT, "proof_of_address", "Comprovante de endereço"
#define BIOMETRICS  DOCUMENT, DINIE_BIOMETRICS, "Biometria facial"
#define CCMEI	    DOCUMENT, "ccmei", "Certificado da condição de MEI (CCMEI)"
#define ARTICLES    DOCUMENT, "articles_of_association", "Contrato social"
#define INCOME	    DOCUMENT, "income_statement", "Comprovante de renda"
#define OWNER_FRONT DOCUMENT, "partner_identity_front", "RG do sócio (frente)"
#define OWNER_BACK  DOCUMENT, "partner_identity_back", "RG do sócio (verso)"
#define OWNER_PROOF \
	DOCUMENT, "partner_proof_of_address", "Comprovante de endereço do sócio"
#define EMAIL	DATA, "email", "E-mail"
#define PHONE	DATA, "phone", "Telefone"
#define CNPJ	DATA, "cnpj", "CNPJ"
#define NAME	DATA, "name", "Nome completo"
#define TRADING DATA, "trading_name", "Nome fantasia"

static const struct item at_first_person[] = {
	{ CARD_FRONT, NULL, false, NULL }, { CARD_BACK, NULL, false, NULL },
	{ SELFIE, NULL, false, NULL },	   { ADDRESS, NULL, false, NULL },
	{ BIOMETRICS, NULL, false, NULL }, { 0 },
};

static const struct item at_first_business[] = {
	{ CCMEI, NULL, false, NULL },	   { CARD_FRONT, NULL, false, NULL },
	{ CARD_BACK, NULL, false, NULL },  { SELFIE, NULL, false, NULL },
	{ BIOMETRICS, NULL, false, NULL }, { 0 },
};

/* By the number of the seed, from 1 as in the table of dinie_seed.c. */
static const struct item wanted[DINIE_SEEDS + 1][WANTED] = {
	[1] = { { CARD_FRONT, NULL, false, NULL },
		{ CARD_BACK, NULL, false, NULL },
		{ SELFIE, NULL, false, NULL },
		{ ADDRESS, NULL, false, NULL },
		{ BIOMETRICS, NULL, false, NULL } },
	[2] = { { CNH, NULL, false, NULL }, { SELFIE, NULL, false, NULL } },
	[3] = { { CARD_FRONT, NULL, true, NULL },
		{ CARD_BACK, "A foto está desfocada e não pode ser lida.", true,
		  NULL },
		{ SELFIE, NULL, true, NULL } },
	[4] = { { EMAIL, "O e-mail informado não existe.", false, NULL },
		{ PHONE, NULL, false, NULL },
		{ CARD_FRONT, NULL, true, NULL },
		{ CARD_BACK, NULL, true, NULL } },
	[5] = { { CNH, NULL, true, NULL },
		{ SELFIE, NULL, true, NULL },
		{ ADDRESS, NULL, true, NULL } },
	[7] = { { CNH, NULL, true, NULL }, { INCOME, NULL, false, NULL } },
	[8] = { { DOCUMENT, "vehicle_registration_front",
		  "Documento do veículo (frente)", NULL, false, NULL },
		{ DOCUMENT, "vehicle_registration_back",
		  "Documento do veículo (verso)", NULL, false, NULL },
		{ DATA, "mother_name", "Nome da mãe", NULL, false, NULL } },
	[9] = { { CARD_FRONT, NULL, true, "approved" },
		{ CARD_BACK, NULL, true, "rejected" },
		{ SELFIE, "A selfie anterior foi recusada.", true,
		  "submitted" },
		{ ADDRESS, NULL, false, "pending" },
		{ EMAIL, "O e-mail informado não existe.", false,
		  "pending_correction" },
		{ INCOME, NULL, false, "awaiting_bureau" } },
	[10] = { { CNH, "O documento não pertence ao cliente.", true, NULL } },
	[13] = { { CNH, "O documento está vencido.", true, NULL },
		 { SELFIE, NULL, true, NULL } },
	[14] = { { BIOMETRICS, NULL, false, NULL } },
	[15] = { { CARD_FRONT, NULL, false, NULL },
		 { CARD_BACK, NULL, false, NULL },
		 { NAME, NULL, false, NULL },
		 { EMAIL, NULL, false, NULL },
		 { PHONE, NULL, false, NULL } },
	[16] = { { INCOME, NULL, false, NULL } },
	[17] = { { CCMEI, NULL, false, NULL },
		 { CARD_FRONT, NULL, false, NULL },
		 { CARD_BACK, NULL, false, NULL },
		 { SELFIE, NULL, false, NULL },
		 { BIOMETRICS, NULL, false, NULL } },
	[18] = { { ARTICLES, NULL, false, NULL },
		 { ADDRESS, NULL, false, NULL },
		 { OWNER_FRONT, NULL, false, NULL },
		 { OWNER_BACK, NULL, false, NULL },
		 { OWNER_PROOF, NULL, false, NULL } },
	[19] = { { ARTICLES, NULL, true, NULL },
		 { OWNER_FRONT, "O documento do sócio está vencido.", true,
		   NULL },
		 { OWNER_BACK, NULL, false, NULL } },
	[20] = { { CNPJ, "O CNPJ não confere com o CCMEI.", false, NULL },
		 { TRADING, NULL, false, NULL },
		 { CCMEI, NULL, true, NULL } },
	[21] = { { ARTICLES, NULL, true, NULL },
		 { OWNER_FRONT, NULL, true, NULL },
		 { OWNER_BACK, NULL, true, NULL } },
	[23] = { { CCMEI, "O certificado está ilegível.", true, NULL } },
	[24] = { { CCMEI, NULL, false, NULL }, { CNH, NULL, false, NULL } },
};

static json_t *list_of(const struct item *items, size_t most)
{
	json_t *list = json_array(), *one;

	for (size_t i = 0; i < most && items[i].kind; i++) {
		one = dinie_item_new(items[i].kind, items[i].type,
				     items[i].description, items[i].message,
				     items[i].sent ? SENT_AT : NULL);
		if (items[i].status)
			json_object_set_new(one, "status",
					    json_string(items[i].status));
		json_array_append_new(list, one);
	}
	return list;
}

/* The items of the newer interface, which these pages do not describe; its
 * customers cannot be sent anything here.
 * https://github.com/dinie-tech/sdk-js */
static json_t *newer_list(void)
{
	return json_pack("[{ss ss ss sb}, {ss ss ss sb s{ss ss ss}}]",
			 "requirement_id", "company_document",
			 "requirement_type", "company_document", "label",
			 "CCMEI", "mandatory", 1, "requirement_id",
			 "identity_sub1", "requirement_type", "identity",
			 "label", "Documento de identidade", "mandatory", 1,
			 "subject", "id", "sub1", "name", "Sônia Bittencourt",
			 "subject_type", "applicant");
}

json_t *dinie_wanted(size_t i)
{
	enum {
		NEWER = 12
	};

	return i + 1 == NEWER ? newer_list() : list_of(wanted[i + 1], WANTED);
}

json_t *dinie_wanted_at_first(bool business)
{
	return list_of(business ? at_first_business : at_first_person, WANTED);
}
