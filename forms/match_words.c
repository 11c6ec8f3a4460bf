/* SPDX-License-Identifier: MIT */
/* The words by which people name files, as data. */
#include "forms/match_words.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/mem.h"
#include "forms/text.h"

#define WORDS_MOST 64

enum subject {
	SUBJECT_NONE,
	SUBJECT_ADDRESS,
	SUBJECT_AML,
	SUBJECT_ARTICLES,
	SUBJECT_ATTORNEY,
	SUBJECT_BALANCE,
	SUBJECT_BANK,
	SUBJECT_CHART,
	SUBJECT_DBA,
	SUBJECT_DIRECTORS,
	SUBJECT_DRIVING,
	SUBJECT_EIN,
	SUBJECT_IDENTITY,
	SUBJECT_INCOME,
	SUBJECT_MEI,
	SUBJECT_PASSPORT,
	SUBJECT_POWERS,
	SUBJECT_RECEIPT,
	SUBJECT_REGULATED,
	SUBJECT_RESULT,
	SUBJECT_REVENUE,
	SUBJECT_SELFIE,
	SUBJECT_SHAREHOLDERS,
	SUBJECT_TAX,
};

/* All words of a pattern have to be there, in any order. */
static const struct pattern {
	enum subject subject;
	const char *words;
} patterns[] = {
	{ SUBJECT_ADDRESS, "address" },
	{ SUBJECT_ADDRESS, "proof address" },
	{ SUBJECT_ADDRESS, "agua" },
	{ SUBJECT_ADDRESS, "comprovante endereco" },
	{ SUBJECT_ADDRESS, "comprovante residencia" },
	{ SUBJECT_ADDRESS, "comprobante domicilio" },
	{ SUBJECT_ADDRESS, "conta agua" },
	{ SUBJECT_ADDRESS, "conta luz" },
	{ SUBJECT_ADDRESS, "domicilio" },
	{ SUBJECT_ADDRESS, "endereco" },
	{ SUBJECT_ADDRESS, "energia" },
	{ SUBJECT_ADDRESS, "luz" },
	{ SUBJECT_ADDRESS, "residencia" },
	{ SUBJECT_ADDRESS, "utility bill" },
	{ SUBJECT_AML, "aml" },
	{ SUBJECT_AML, "laundering" },
	{ SUBJECT_AML, "lavagem dinheiro" },
	{ SUBJECT_AML, "pld" },
	{ SUBJECT_ARTICLES, "articles" },
	{ SUBJECT_ARTICLES, "ato constitutivo" },
	{ SUBJECT_ARTICLES, "acta constitutiva" },
	{ SUBJECT_ARTICLES, "bylaws" },
	{ SUBJECT_ARTICLES, "contrato social" },
	{ SUBJECT_ARTICLES, "escritura" },
	{ SUBJECT_ARTICLES, "estatuto" },
	{ SUBJECT_ARTICLES, "estatutos" },
	{ SUBJECT_ARTICLES, "formation" },
	{ SUBJECT_ARTICLES, "incorporation" },
	{ SUBJECT_ATTORNEY, "poder" },
	{ SUBJECT_ATTORNEY, "power attorney" },
	{ SUBJECT_ATTORNEY, "procuracao" },
	{ SUBJECT_BALANCE, "balance" },
	{ SUBJECT_BALANCE, "balance sheet" },
	{ SUBJECT_BALANCE, "balanco" },
	{ SUBJECT_BALANCE, "balanco patrimonial" },
	{ SUBJECT_BANK, "bank" },
	{ SUBJECT_BANK, "bank statement" },
	{ SUBJECT_BANK, "extracto" },
	{ SUBJECT_BANK, "extrato" },
	{ SUBJECT_BANK, "extrato bancario" },
	{ SUBJECT_CHART, "chart" },
	{ SUBJECT_CHART, "organigrama" },
	{ SUBJECT_CHART, "organograma" },
	{ SUBJECT_CHART, "ownership chart" },
	{ SUBJECT_DBA, "dba" },
	{ SUBJECT_DBA, "fictitious" },
	{ SUBJECT_DIRECTORS, "administradores" },
	{ SUBJECT_DIRECTORS, "ata" },
	{ SUBJECT_DIRECTORS, "directors" },
	{ SUBJECT_DIRECTORS, "diretores" },
	{ SUBJECT_DRIVING, "carteira motorista" },
	{ SUBJECT_DRIVING, "cnh" },
	{ SUBJECT_DRIVING, "driver license" },
	{ SUBJECT_DRIVING, "drivers" },
	{ SUBJECT_DRIVING, "drivers license" },
	{ SUBJECT_DRIVING, "driving" },
	{ SUBJECT_DRIVING, "habilitacao" },
	{ SUBJECT_DRIVING, "licencia conducir" },
	{ SUBJECT_EIN, "147c" },
	{ SUBJECT_EIN, "cp575" },
	{ SUBJECT_EIN, "ein" },
	{ SUBJECT_EIN, "ss4" },
	{ SUBJECT_IDENTITY, "cedula" },
	{ SUBJECT_IDENTITY, "dni" },
	{ SUBJECT_IDENTITY, "id" },
	{ SUBJECT_IDENTITY, "id card" },
	{ SUBJECT_IDENTITY, "identidad" },
	{ SUBJECT_IDENTITY, "identidade" },
	{ SUBJECT_IDENTITY, "identity" },
	{ SUBJECT_IDENTITY, "identity card" },
	{ SUBJECT_IDENTITY, "national id" },
	{ SUBJECT_IDENTITY, "rg" },
	{ SUBJECT_INCOME, "comprovante renda" },
	{ SUBJECT_INCOME, "contracheque" },
	{ SUBJECT_INCOME, "holerite" },
	{ SUBJECT_INCOME, "income" },
	{ SUBJECT_INCOME, "ingresos" },
	{ SUBJECT_INCOME, "nomina" },
	{ SUBJECT_INCOME, "payslip" },
	{ SUBJECT_INCOME, "proof income" },
	{ SUBJECT_INCOME, "renda" },
	{ SUBJECT_MEI, "ccmei" },
	{ SUBJECT_MEI, "mei" },
	{ SUBJECT_PASSPORT, "pasaporte" },
	{ SUBJECT_PASSPORT, "passaporte" },
	{ SUBJECT_PASSPORT, "passport" },
	{ SUBJECT_POWERS, "declaracao poderes" },
	{ SUBJECT_POWERS, "declaration powers" },
	{ SUBJECT_POWERS, "poderes" },
	{ SUBJECT_POWERS, "powers" },
	{ SUBJECT_RECEIPT, "delivery receipt" },
	{ SUBJECT_RECEIPT, "recibo entrega" },
	{ SUBJECT_REGULATED, "regulated" },
	{ SUBJECT_RESULT, "dre" },
	{ SUBJECT_RESULT, "demonstracao resultado" },
	{ SUBJECT_RESULT, "income statement" },
	{ SUBJECT_REVENUE, "faturamento" },
	{ SUBJECT_REVENUE, "facturacion" },
	{ SUBJECT_REVENUE, "revenue" },
	{ SUBJECT_SELFIE, "face" },
	{ SUBJECT_SELFIE, "retrato" },
	{ SUBJECT_SELFIE, "rosto" },
	{ SUBJECT_SELFIE, "selfie" },
	{ SUBJECT_SHAREHOLDERS, "accionistas" },
	{ SUBJECT_SHAREHOLDERS, "acionistas" },
	{ SUBJECT_SHAREHOLDERS, "qsa" },
	{ SUBJECT_SHAREHOLDERS, "quadro societario" },
	{ SUBJECT_SHAREHOLDERS, "shareholders" },
	{ SUBJECT_SHAREHOLDERS, "socios" },
	{ SUBJECT_TAX, "dirpf" },
	{ SUBJECT_TAX, "imposto renda" },
	{ SUBJECT_TAX, "income tax" },
	{ SUBJECT_TAX, "income tax return" },
	{ SUBJECT_TAX, "irpf" },
	{ SUBJECT_TAX, "tax return" },
};

#define PATTERNS (sizeof(patterns) / sizeof(*patterns))

static const struct {
	const char *word;
	enum doc_side side;
} sides[] = {
	{ "anverso", DOC_SIDE_FRONT }, { "front", DOC_SIDE_FRONT },
	{ "frontal", DOC_SIDE_FRONT }, { "frente", DOC_SIDE_FRONT },
	{ "back", DOC_SIDE_BACK },     { "costas", DOC_SIDE_BACK },
	{ "dorso", DOC_SIDE_BACK },    { "reverso", DOC_SIDE_BACK },
	{ "traseira", DOC_SIDE_BACK }, { "verso", DOC_SIDE_BACK },
};

/* Where a word ends although no sign stands between: "rgFrente", "rg2". */
static bool is_edge(const char *text, size_t at)
{
	unsigned char left = (unsigned char)text[at - 1];
	unsigned char right = (unsigned char)text[at];

	if (isdigit(left) || isdigit(right))
		return !(isdigit(left) && isdigit(right)) && left < 0x80 &&
		       right < 0x80;
	return islower(left) && isupper(right);
}

static bool is_sign(unsigned char c)
{
	return c < 0x80 && !isalnum(c);
}

void match_words_split(const char *text, struct match_words *out)
{
	size_t at = 0;

	while (text[at] && out->count < WORDS_MOST) {
		size_t from = at;
		char *word = NULL;

		if (is_sign((unsigned char)text[at])) {
			at++;
			continue;
		}
		while (text[at] && !is_sign((unsigned char)text[at]) &&
		       (at == from || !is_edge(text, at)))
			at++;
		word = mem_dup_n(text + from, at - from);
		out->list = mem_grow(out->list, out->count, sizeof(*out->list));
		out->list[out->count++] = text_fold(word);
		free(word);
	}
}

void match_words_release(struct match_words *words)
{
	for (size_t i = 0; i < words->count; i++)
		free(words->list[i]);
	free(words->list);
	*words = (struct match_words){ 0 };
}

/* Is the LEN bytes long WORD among them? */
static bool have(const struct match_words *words, const char *word, size_t len)
{
	for (size_t i = 0; i < words->count; i++)
		if (strlen(words->list[i]) == len &&
		    strncmp(words->list[i], word, len) == 0)
			return true;
	return false;
}

bool match_words_have(const struct match_words *words, const char *word)
{
	return have(words, word, strlen(word));
}

/* How many words PATTERN has, if all are there; else 0. "147c" and "ss4" come
 * apart at their digits, and stand in one piece here. */
static int fits(const struct match_words *words, const char *pattern)
{
	int count = 0;

	while (*pattern) {
		size_t len = strcspn(pattern, " ");
		size_t digits = strcspn(pattern, "0123456789");
		size_t end = digits + strspn(pattern + digits, "0123456789");

		if (digits < len && !have(words, pattern, len)) {
			if ((digits && !have(words, pattern, digits)) ||
			    !have(words, pattern + digits, end - digits) ||
			    (end < len &&
			     !have(words, pattern + end, len - end)))
				return 0;
		} else if (!have(words, pattern, len)) {
			return 0;
		}
		count++;
		pattern += len + (pattern[len] == ' ');
	}
	return count;
}

unsigned match_subject_best(const struct match_words *words)
{
	unsigned best = SUBJECT_NONE;
	int most = 0;

	for (size_t i = 0; i < PATTERNS; i++) {
		int count = fits(words, patterns[i].words);

		if (count > most) {
			most = count;
			best = patterns[i].subject;
		}
	}
	return best;
}

static const struct pattern *best_pattern(const struct match_words *words,
					  unsigned subject, int *count)
{
	const struct pattern *best = NULL;

	*count = 0;
	for (size_t i = 0; i < PATTERNS; i++) {
		int more = patterns[i].subject == subject
				   ? fits(words, patterns[i].words)
				   : 0;

		if (more > *count) {
			*count = more;
			best = &patterns[i];
		}
	}
	return best;
}

int match_subject_fits(const struct match_words *words, unsigned subject)
{
	unsigned rather = match_subject_best(words);
	int count = 0, most = 0;

	if (!subject)
		return 0;
	best_pattern(words, subject, &count);
	best_pattern(words, rather, &most);
	return count >= most ? count : 0;
}

void match_subject_words(const struct match_words *words, unsigned subject,
			 char *out, size_t size)
{
	int count = 0;
	const struct pattern *pattern = best_pattern(words, subject, &count);

	snprintf(out, size, "%s", pattern ? pattern->words : "");
}

enum doc_side match_side(const struct match_words *words, const char **word)
{
	enum doc_side side = DOC_SIDE_NONE;

	*word = "";
	for (size_t i = 0; i < sizeof(sides) / sizeof(*sides); i++) {
		if (!match_words_have(words, sides[i].word))
			continue;
		if (side && side != sides[i].side) {
			*word = "";
			return DOC_SIDE_NONE;
		}
		side = sides[i].side;
		*word = sides[i].word;
	}
	return side;
}
