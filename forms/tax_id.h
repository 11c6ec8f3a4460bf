/* SPDX-License-Identifier: MIT */
/*
 * Brazilian tax numbers: CPF of persons, CNPJ of companies, by their check
 * digits. Since July 2026 a new CNPJ may hold letters; its check digits do
 * not. https://www.gov.br/receitafederal (CNPJ alfanumérico)
 */
#ifndef FORMS_TAX_ID_H
#define FORMS_TAX_ID_H

#include <stdbool.h>

/* TEXT without the dots, dash, slash and blanks that people write, letters in
 * capitals; all else stays, for the checks to fail on. free() it. */
char *tax_id_plain(const char *text);

/* Is TEXT (plain) one, check digits included? Eleven or fourteen times the
 * same digit passes the arithmetic but is nobody's. */
bool tax_id_is_cpf(const char *text);
bool tax_id_is_cnpj(const char *text);

#endif
