/* SPDX-License-Identifier: MIT */
#include "providers/sandbox/names.h"

#include <stdio.h>

void name_invent(char *out, size_t size, size_t i)
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

	snprintf(out, size, "%s %s %zu", first[i % 13], last[i % 11], i + 1);
}
