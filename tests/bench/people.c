/* SPDX-License-Identifier: MIT */
/* A million customers as they might be: the same ones each time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases/case.h"
#include "cases/store_private.h"
#include "forms/form.h"
#include "tests/bench/bench.h"
#include "tests/test.h"

#define PAGE	  100000 /* customers in one transaction */
#define PERSONS	  4	 /* of five; the fifth is a business */
#define NAME_MOST 160
#define TOUCHED	  397 /* one of so many was worked on */

/* Each list begins with what is most frequent. */
static const char *const given[] = {
	"Maria",    "José",    "Ana",	   "João",     "Antônio",  "Francisca",
	"Carlos",   "Paulo",   "Adriana",  "Pedro",    "Lucas",	   "Luiz",
	"Marcos",   "Luís",    "Gabriel",  "Rafael",   "Daniel",   "Marcelo",
	"Bruno",    "Juliana", "Márcia",   "Fernanda", "Patrícia", "Aline",
	"Sandra",   "Camila",  "Amanda",   "Bruna",    "Jéssica",  "Letícia",
	"Júlia",    "Luciana", "Vanessa",  "Mariana",  "Gabriela", "Vera",
	"Vitória",  "Larissa", "Cláudia",  "Beatriz",  "Rita",	   "Sônia",
	"Renata",   "Mário",   "Marlene",  "Marta",    "Íris",	   "Conceição",
	"Inês",	    "Otávio",  "Núñez",	   "Zoë",      "Jürgen",   "Søren",
	"Łukasz",   "Đặng",    "François", "Renée",    "Siân",	   "Björn",
	"Mohammed", "Fátima",  "Yuki",	   "Wei",      "Olga",	   "Giovanni",
	"Marlin",   "Ximena",  "Quitéria", "Wagner",
};
static const char *const family[] = {
	"Silva",     "Santos",	  "Oliveira",	"Souza",      "Rodrigues",
	"Ferreira",  "Alves",	  "Pereira",	"Lima",	      "Gomes",
	"Costa",     "Ribeiro",	  "Martins",	"Carvalho",   "Almeida",
	"Lopes",     "Soares",	  "Fernandes",	"Vieira",     "Barbosa",
	"Rocha",     "Dias",	  "Nascimento", "Andrade",    "Moreira",
	"Nunes",     "Marques",	  "Machado",	"Mendes",     "Freitas",
	"Cardoso",   "Ramos",	  "Gonçalves",	"Santana",    "Teixeira",
	"Araújo",    "Monteiro",  "Brandão",	"São José",   "Assunção",
	"Müller",    "Straße",	  "Muñoz",	"Peña",	      "Núñez",
	"Rossi",     "O'Connor",  "Łuczak",	"Nguyễn",     "D'Ávila",
	"Magalhães", "Guimarães", "Simões",	"Quintão",    "Yamamoto",
	"Wójcik",    "Zuñiga",	  "Kowalski",	"Schröder",   "Haddad",
	"Bragança",  "Sant'Anna", "Cavalcanti", "Figueiredo", "Xavier",
};
static const char *const trades[] = {
	"Comércio de Alimentos",
	"Serviços Médicos",
	"Construções",
	"Transportes",
	"Padaria e Confeitaria",
	"Pescados",
	"Informática",
	"Confecções",
	"Distribuidora",
	"Engenharia",
	"Consultoria",
	"Farmácia",
	"Automóveis",
	"Móveis e Decoração",
	"Agropecuária",
};
static const char *const forms[] = { "Ltda", "ME", "S.A.", "EIRELI", "GmbH" };
static const char *const countries[] = { "BRA", "BRA", "BRA", "PRT", "DEU" };

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static uint64_t state;

static uint32_t random_below(uint32_t most)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((state >> 33) % most);
}

/* Some names are frequent and most are not. */
static const char *pick(const char *const *list, size_t count)
{
	uint32_t a = random_below((uint32_t)count);
	uint32_t b = random_below((uint32_t)count);

	return list[a < b ? a : b];
}

static void name_person(char *name)
{
	const char *first = pick(given, COUNT(given));
	const char *second = random_below(2) ? pick(given, COUNT(given)) : "";
	const char *last = pick(family, COUNT(family));
	const char *more = random_below(3) ? pick(family, COUNT(family)) : "";

	snprintf(name, NAME_MOST, "%s%s%s%s%s%s %s", first, *second ? " " : "",
		 second, random_below(4) ? "" : " da", *more ? " " : "", more,
		 last);
}

static void name_business(char *name, unsigned number)
{
	snprintf(name, NAME_MOST, "%s %s %u %s", pick(family, COUNT(family)),
		 pick(trades, COUNT(trades)), number % 1000,
		 pick(forms, COUNT(forms)));
}

static void make(struct prov_customer *customer, unsigned number)
{
	static char id[40], name[NAME_MOST], tax_id[32];
	bool business = number % (PERSONS + 1) == 0;
	uint32_t a = random_below(1000), b = random_below(1000),
		 c = random_below(1000), d = random_below(100);

	snprintf(id, sizeof(id), "%08x-%04x-4%03x-8%03x-%012x",
		 random_below(0x7fffffff), random_below(0x10000), a, b, number);
	if (business) {
		name_business(name, number);
		snprintf(tax_id, sizeof(tax_id), "%02u.%03u.%03u/%04u-%02u", d,
			 a, b, 1 + c % 3, c % 100);
	} else {
		name_person(name);
		snprintf(tax_id, sizeof(tax_id), "%03u.%03u.%03u-%02u", a, b, c,
			 d);
	}
	*customer = (struct prov_customer){
		.id = id,
		.name = name,
		.tax_id = tax_id,
		.kind = business ? PROV_BUSINESS : PROV_INDIVIDUAL,
		.stage = random_below(200) ? PROV_STAGE_APPROVED
					   : PROV_STAGE_ACTION_NEEDED,
	};
	snprintf(customer->country, sizeof(customer->country), "%s",
		 countries[random_below(COUNT(countries))]);
}

/* Their rows at once, and the index of them all in the end: one by one, as
 * pages come, they would take some minutes. */
static int put(struct case_store *store, int64_t profile, unsigned number,
	       const struct prov_customer *customer, struct err *err)
{
	bool rejected = customer->stage == PROV_STAGE_ACTION_NEEDED;
	char *folded = search_fold(customer->name);
	char *text = search_text(folded, customer->tax_id);
	int ret;

	ret = db_run(store,
		     "INSERT INTO customers (number, profile, id, name, folded,"
		     " text, tax_id, kind, country, stage, stage_mark,"
		     " stage_since_ms, seen_ms, rejected, touched_ms)"
		     " VALUES ((?1 << 40) + ?2, ?1, ?3, ?4, ?5, ?6, ?7, ?8,"
		     " ?9, ?10, ?10 || ':', 1, 1, ?11, ?12)",
		     DB_ARGS(db_int(profile), db_int(number),
			     db_text(customer->id), db_text(customer->name),
			     db_text(folded), db_text(text),
			     db_text(customer->tax_id),
			     db_text(prov_kind_name(customer->kind)),
			     db_text(customer->country),
			     db_text(prov_stage_name(customer->stage)),
			     db_int(rejected),
			     db_int(number % TOUCHED ? 0 : number + 1)),
		     err);
	free(folded);
	free(text);
	return ret;
}

static int put_all(struct case_store *store, const struct prov_profile *profile,
		   unsigned count, struct err *err)
{
	int64_t number = 0;

	if (profile_number(store, profile->name, &number, err))
		return -1;
	for (unsigned i = 0; i < count; i++) {
		struct prov_customer customer;

		make(&customer, i);
		if ((i % PAGE == 0 && case_store_begin(store, err)) ||
		    put(store, number, i, &customer, err) ||
		    ((i % PAGE == PAGE - 1 || i == count - 1) &&
		     (case_store_commit(store, err) ||
		      case_store_settle(store, err))))
			return -1;
	}
	return db_run(store,
		      "INSERT INTO customer_text (customer_text)"
		      " VALUES ('rebuild')",
		      NULL, err);
}

void bench_people(const char *dir, const struct prov_profile *profile,
		  unsigned count)
{
	struct case_store *store = NULL;
	struct err err = { 0 };

	state = 1;
	if (case_store_open(&store, dir, "bench", &err) ||
	    db_run(store, "PRAGMA cache_size = -65536", NULL, &err) ||
	    put_all(store, profile, count, &err))
		fail_msg("%s", err.text);
	case_store_close(store);
}
