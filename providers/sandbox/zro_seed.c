/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: the invented accounts that a practice server begins with. Their
 * ids never change, so that scripts and tests may name them: account N of the
 * table below (counted from 1) is
 *
 *	5eed0000-0000-4000-8000-00000000000N	in twelve decimal digits
 *	5eed0000-0000-4000-9000-0000000000NMM	its party MM: shareholders
 *						01 (a person) and 02 (a
 *						company), representatives 11
 *						and 12 of these two
 *	5eed0000-0000-4000-a000-0000000000NMM	its onboarding MM, from 01
 *	5eed0000-0000-4000-a100-0000000000NMM	its document MM, from 01
 *	5eed0000-0000-4000-a200-0000000000NMM	the file of that document
 *
 * so Maria Souza is ...-8000-000000000001, and the company among the
 * shareholders of account 21 is ...-9000-000000002102. The answers for each
 * seventh account come as {success, data, error}, the others bare. The
 * reviews of these accounts never get on by themselves, so that a state stays
 * what the table says until somebody changes something.
 */
#include "providers/sandbox/zro.h"

#include "forms/i18n.h"
#include "forms/mem.h"
#include "providers/sandbox/names.h"

#define SEED_ID "5eed0000-0000-4000-8000-%012zu"

#define PARTIES (ZRO_HAS_SHAREHOLDERS | ZRO_HAS_PERSON | ZRO_HAS_OTHER)
#define PAPERS	(ZRO_HAS_CONTRACT | ZRO_HAS_BALANCE)
#define ALL	(PARTIES | ZRO_HAS_PERSON_FILES | PAPERS)

static const struct zro_shape seeds[ZRO_SEEDS] = {
	/* Natural persons: 1 to 19. */
	{ "Maria Souza", NULL, NULL, 0, NULL, NULL },
	{ "José Ângelo São Tiago", NULL, "pending", 0, NULL, NULL },
	{ "Beatriz Conceição", NULL, "finished", ZRO_HAS_FILES, NULL, NULL },
	{ "Thiago Araújo", NULL, "rejected", ZRO_HAS_FILES, "DOCUMENT_BLURRY",
	  NULL },
	{ "Antônio Guimarães", NULL, "failed", ZRO_HAS_FILES, NULL, NULL },
	{ "Renata Brandão", NULL, "expired", 0, "ONBOARDING_EXPIRED", NULL },
	{ "Fernanda Assunção", NULL, NULL, 0, NULL, NULL },
	{ "Camila Falcão", NULL, "pending", ZRO_HAS_OLDER | ZRO_HAS_ODD, NULL,
	  NULL },
	{ "Joana D'Ávila", NULL, "pending", ZRO_HAS_FILES, NULL, NULL },
	{ "Inês Guedes", NULL, "rejected", ZRO_HAS_DIGITAL, NULL, NULL },
	{ "Rafael Leitão", NULL, NULL, 0, NULL, "deactivated" },
	{ "Paulo César Magalhães", NULL, NULL, 0, NULL, "expired" },
	{ "Maria das Graças Conceição de Albuquerque e Vasconcellos", NULL,
	  NULL, 0, NULL, NULL },
	{ "Otávio Frazão", NULL, "pending", ZRO_HAS_FILES, NULL, NULL },
	{ "Iñaki Etxeberría Ñandú", NULL, "in_process", ZRO_HAS_FILES, NULL,
	  NULL },
	{ "Zoë Brännström", NULL, "pending", ZRO_HAS_REJECTED, NULL, NULL },
	{ "Łukasz Żółkiewski", NULL, NULL, 0, NULL, NULL },
	{ "田中 花子", NULL, NULL, 0, NULL, NULL },
	{ "Gabriela Simões", NULL, "finished", ZRO_HAS_DIGITAL, NULL, NULL },
	/* Legal persons: 20 to 38. */
	{ "Padaria São João Ltda.", "LTDA", NULL, 0, NULL, NULL },
	{ "Café Açaí Importação S.A.", "SA", "pending", PARTIES, NULL, NULL },
	{ "Construções Irmãos Araújo Ltda.", "LTDA", "pending",
	  PARTIES | ZRO_HAS_PERSON_FILES, NULL, NULL },
	{ "Água Viva Saneamento S.A.", "SA", "in_process", ALL, NULL, NULL },
	{ "Comércio de Pães Três Corações Ltda.", "LTDA", "finished", ALL, NULL,
	  NULL },
	{ "Sombra e Água Fresca Câmbio Ltda.", "LTDA", "rejected", ALL,
	  "DOCUMENT_BLURRY", NULL },
	{ "Transportes Além-Mar EI", "EI", "failed", ALL, NULL, NULL },
	{ "Oficina do Seu Zé MEI", "MEI", "invalid", ALL, NULL, NULL },
	{ "Consultoria Ipê-Amarelo SLU", "SLU", "in_process_delayed", ALL, NULL,
	  NULL },
	{ "Clínica Três Marias SS", "SS", "approved", ALL, NULL, NULL },
	{ "Móveis Jacarandá Ltda.", "LTDA", "pending",
	  ZRO_HAS_SHAREHOLDERS | ZRO_HAS_PERSON, NULL, NULL },
	{ "Livraria Machado & Assis Ltda.", "LTDA", "rejected", ALL, NULL,
	  NULL },
	{ "Tecelagem Santo Antônio Ltda.", "LTDA", "pending", 0, NULL, NULL },
	{ "Mineração Pedra Azul S.A.", "SA", "pending", ALL, NULL, NULL },
	{ "Pousada Maçã do Amor Ltda.", "LTDA", "pending",
	  PARTIES | ZRO_HAS_PERSON_FILES | ZRO_HAS_CONTRACT | ZRO_HAS_OLDER,
	  NULL, NULL },
	{ "Ótica Boa Visão Ltda.", "LTDA", "pending", ALL, NULL, NULL },
	{ "Náutica Ilhéus Ltda.", "LTDA", "expired", PARTIES,
	  "ONBOARDING_EXPIRED", NULL },
	{ "Olaria Barro Vermelho Ltda.", "LTDA", "pending",
	  PARTIES | ZRO_HAS_OLDER, NULL, NULL },
	{ "Estação Sé Tecnologia S.A.", "SA", "pending", ALL | ZRO_HAS_OLDER,
	  NULL, NULL },
};

json_t *zro_seed(size_t i)
{
	char id[UUID_SIZE];

	snprintf(id, sizeof(id), SEED_ID, (i + 1) % 1000000000000);
	return zro_make(&seeds[i], id, i + 1);
}

/* One of as many as are wanted: always the same for the same I. */
json_t *zro_generate(size_t i, const char *id)
{
	static const struct zro_shape kinds[] = {
		{ "", NULL, NULL, 0, NULL, NULL },
		{ "", "LTDA", NULL, 0, NULL, NULL },
		{ "", NULL, "finished", ZRO_HAS_FILES, NULL, NULL },
		{ "", "SA", "pending", PARTIES, NULL, NULL },
		{ "", NULL, "pending", 0, NULL, NULL },
		{ "", "LTDA", "in_process", ALL, NULL, NULL },
	};
	struct zro_shape shape = kinds[i % 6];
	char person[64], name[80];

	name_invent(person, sizeof(person), i);
	snprintf(name, sizeof(name), "%s%s", person,
		 shape.kind ? " Comércio Ltda." : "");
	shape.name = name;
	return zro_make(&shape, id, ZRO_SEEDS + 1 + i);
}

/* Of a seed file: an account as the API shows it, and beside that what else
 * there is in a record of this server, under the names of zro.h. */
json_t *zro_adopt(const json_t *shape, struct err *err)
{
	static const char *const extras[] = { "onboardings",	 "shareholders",
					      "representatives", "documents",
					      "envelope",	 "older",
					      "number" };
	char id[UUID_SIZE], now[ZRO_MOMENT_SIZE];
	json_t *account, *record;

	if (!zro_is(shape, "person_type", ZRO_NATURAL) &&
	    !zro_is(shape, "person_type", ZRO_LEGAL)) {
		err_set(err, ERR_CONFIG,
			_("person_type must be NATURAL_PERSON or "
			  "LEGAL_PERSON"));
		return NULL;
	}
	if (!zro_is_tax_id(zro_text(shape, "document"))) {
		err_set(err, ERR_CONFIG,
			_("document must be a CPF or CNPJ, digits alone"));
		return NULL;
	}
	if (!uuid_read(zro_text(shape, "id"), id))
		uuid_new(id);
	zro_moment(moment_now(), now);
	account = json_pack("{ss sb ss}", "state", "pending", "active", 0,
			    "created_at", now);
	json_object_update(account, (json_t *)(uintptr_t)shape);
	json_object_set_new(account, "id", json_string(id));
	record = zro_record(id, 0, account);
	for (size_t i = 0; i < sizeof(extras) / sizeof(extras[0]); i++) {
		json_t *extra = json_object_get(shape, extras[i]);

		if (extra)
			json_object_set(record, extras[i], extra);
		json_object_del(account, extras[i]);
	}
	return record;
}
