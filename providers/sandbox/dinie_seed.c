/* SPDX-License-Identifier: MIT */
/*
 * Dinie: the invented customers that a practice server begins with. Their ids
 * never change, so that scripts and tests may name them: customer N of the
 * table below (counted from 1) is
 *
 *	cust_5eed00000000400080000000000000NN	in twelve decimal digits
 *
 * so Maria Souza is cust_5eed0000000040008000000000000001. People come first,
 * businesses, which have a CNPJ, from 17 on. What each of them is asked for
 * is in dinie_wanted.c; what stands for what:
 *
 *	 1 all of a card, a selfie, an address and the biometric check
 *	 2 a driving licence and a selfie      3 one item was rejected
 *	 4 e-mail and telephone to correct     5 under review
 *	 6 active                              7 a status that nobody knows
 *	 8 types that nobody knows             9 items with a status
 *	10 denied                             11 being created
 *	12 the newer interface's items        13 under review, one rejected
 *	14 the biometric check alone          15 nothing known but the CPF
 *	16 times as numbers                   17 a MEI with all to send
 *	18 a company and its partner          19 a partner's paper rejected
 *	20 CNPJ and trading name to correct   21 a company under review
 *	22 an active company                  23 its certificate rejected
 *	24 a certificate and a licence
 */
#include "providers/sandbox/dinie.h"

#include "forms/i18n.h"
#include "forms/mem.h"

#define SEED_ID	    "5eed0000-0000-4000-8000-%012zu"
#define FIRST_DAY   ((int64_t)1767603600000) /* 2026-01-05T09:00:00Z */
#define DAY_MS	    ((int64_t)24 * 60 * 60 * 1000)
#define FIRST_CPF   529982240u
#define FIRST_CNPJ  11222330u
#define EPOCH_TIMES 16 /* the seed whose times are numbers */

struct seed {
	const char *name; /* NULL: not known, nor email and phone */
	const char *status;
	const char *company; /* its trading name; NULL: no business */
};

static const struct seed seeds[DINIE_SEEDS] = {
	{ "Maria Souza", "pending_kyc", NULL },
	{ "José Ângelo São Tiago", "pending_kyc", NULL },
	{ "Beatriz Conceição", "pending_kyc", NULL },
	{ "Thiago Araújo", "pending_kyc", NULL },
	{ "Antônio Guimarães", "under_review", NULL },
	{ "Renata Brandão", "active", NULL },
	{ "Fernanda Assunção", "awaiting_bureau", NULL },
	{ "Camila Falcão", "pending_kyc", NULL },
	{ "Joana D'Ávila", "pending_kyc", NULL },
	{ "Otávio Frazão", "denied", NULL },
	{ "Inês Guedes", "creating", NULL },
	{ "Sônia Bittencourt", "pending_kyc", NULL },
	{ "Rafael Leitão", "under_review", NULL },
	{ "Paulo César Magalhães", "pending_kyc", NULL },
	{ NULL, "pending_kyc", NULL },
	{ "Luísa Peçanha", "pending_kyc", NULL },
	{ "João Batista Nóbrega", "pending_kyc", "Pão Quente do João" },
	{ "Ana Lúcia Gonçalves", "pending_kyc", "Construções Irmãos Araújo" },
	{ "Márcio Antunes", "pending_kyc", "Café Açaí Importação" },
	{ "Cecília Prado", "pending_kyc", "Ateliê Três Corações" },
	{ "Íris Valadão", "under_review", "Água Viva Saneamento" },
	{ "Davi Camargo", "active", "Transportes Boa Viagem" },
	{ "Elisa Noronha", "pending_kyc", "Doces da Elisa" },
	{ "Heitor Simões", "pending_kyc", "Simões Marcenaria" },
};

/* A member that may be unknown; TEXT is taken. */
static void set_text(json_t *shape, const char *key, char *text)
{
	json_object_set_new(shape, key, text ? json_string(text) : json_null());
	free(text);
}

static void set_times(json_t *shape, size_t number)
{
	int64_t at = FIRST_DAY + (int64_t)number * DAY_MS;
	char text[MOMENT_SIZE];

	moment_text(at, text);
	json_object_set_new(shape, "created_at",
			    number == EPOCH_TIMES ? json_integer(at / 1000)
						  : json_string(text));
	json_object_set(shape, "updated_at",
			json_object_get(shape, "created_at"));
}

static json_t *shape_of(const struct seed *seed, size_t number)
{
	json_t *shape = json_object();
	char cpf[15], cnpj[19];
	bool known = seed->name;

	dinie_cpf_make(FIRST_CPF + (unsigned)number * 7, cpf);
	dinie_cnpj_make(FIRST_CNPJ + (unsigned)number * 3, cnpj);
	json_object_set_new(shape, "cpf", json_string(cpf));
	set_text(shape, "cnpj", seed->company ? mem_dup(cnpj) : NULL);
	set_text(shape, "name", mem_dup(seed->name));
	set_text(shape, "email",
		 known ? mem_printf("customer%zu@example.com", number) : NULL);
	set_text(shape, "phone",
		 known ? mem_printf("+5511%09zu", 900000000 + number) : NULL);
	set_text(shape, "trading_name", mem_dup(seed->company));
	set_text(shape, "external_id", mem_printf("partner-%zu", number));
	set_times(shape, number);
	return shape;
}

json_t *dinie_seed(size_t i)
{
	char id[UUID_SIZE];

	snprintf(id, sizeof(id), SEED_ID, (i + 1) % 1000000000000);
	return dinie_record(id, shape_of(&seeds[i], i + 1), seeds[i].status,
			    dinie_wanted(i));
}

/* One of as many as are wanted: always the same for the same I. */
json_t *dinie_generate(size_t i, const char *id)
{
	static const char *const first[] = { "Adriana", "Bruno",  "Cecília",
					     "Dário",	"Elisa",  "Fábio",
					     "Gilda",	"Helena", "Ígor",
					     "Júlia",	"Kauã",	  "Lívia",
					     "Máximo" };
	static const char *const last[] = { "Abreu",  "Brandão", "Corrêa",
					    "Dutra",  "Estêvão", "Ferraz",
					    "Gouvêa", "Hermida", "Itô",
					    "Jardim", "Klein" };
	/* As seeds that show the same: what it wants follows. */
	static const size_t like[] = { 1, 6, 2, 5, 22, 17, 6 };
	size_t same = like[i % 7] - 1;
	char name[64];
	struct seed seed = {
		.name = name,
		.status = seeds[same].status,
		.company = seeds[same].company ? "Comércio de Bebidas" : NULL,
	};

	snprintf(name, sizeof(name), "%s %s %zu", first[i % 13], last[i % 11],
		 i + 1);
	return dinie_record(id, shape_of(&seed, DINIE_SEEDS + 1 + i),
			    seed.status, dinie_wanted(same));
}

/* Of a seed file: as the API shows a customer; its documents may be there. */

static json_t *adopted_shape(const json_t *shape)
{
	static const char *const members[] = { "cpf",	      "cnpj",
					       "name",	      "email",
					       "phone",	      "trading_name",
					       "external_id", "created_at",
					       "updated_at" };
	json_t *own = json_object(), *value;
	char now[MOMENT_SIZE];

	moment_text(moment_now(), now);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		value = json_object_get(shape, members[i]);
		if (!value && strstr(members[i], "_at"))
			json_object_set_new(own, members[i], json_string(now));
		else
			json_object_set(own, members[i],
					value ? value : json_null());
	}
	return own;
}

json_t *dinie_adopt(const json_t *shape, struct err *err)
{
	const json_t *documents = json_object_get(shape, "documents");
	const json_t *kyc = json_object_get(shape, "kyc");
	const char *status = dinie_text(shape, "status");
	const char *given = dinie_text(shape, "id");
	char id[UUID_SIZE];
	json_t *record;

	if (!dinie_cpf_valid(dinie_text(shape, "cpf"))) {
		err_set(err, ERR_CONFIG, _("a valid cpf is needed"));
		return NULL;
	}
	if (!dinie_uuid(given, id) && !uuid_read(given, id))
		uuid_new(id);
	record = dinie_record(
		id, adopted_shape(shape), *status ? status : "pending_kyc",
		json_is_array(kyc)
			? json_deep_copy(kyc)
			: dinie_wanted_at_first(*dinie_text(shape, "cnpj")));
	if (json_is_array(documents))
		json_object_set_new(record, "documents",
				    json_deep_copy(documents));
	return record;
}
