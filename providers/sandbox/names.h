/* SPDX-License-Identifier: MIT */
/* Names of people that do not exist. */
#ifndef SANDBOX_NAMES_H
#define SANDBOX_NAMES_H

#include <stddef.h>

/* "Adriana Abreu 1": the same for the same I, cut to SIZE, and no two alike. */
void name_invent(char *out, size_t size, size_t i);

#endif
