/* SPDX-License-Identifier: MIT */
/*
 * What Z.ro Bank's adapter tests share: a context that is complete, and a whole
 * customer read from a table of answers that are stored in zro/ (after the
 * samples of docs.zrobank.io) or written beside the test.
 */
#ifndef TESTS_PROVIDERS_ZRO_CASE_H
#define TESTS_PROVIDERS_ZRO_CASE_H

#include "providers/zro.h"
#include "tests/providers/adapter_case.h"

#define ZRO_TOKEN   "practice.token"
#define ZRO_KEY	    "11111111-2222-4333-8444-555555555555"
#define ZRO_NONCE   "99999999-8888-4777-8666-555555555555"
#define ZRO_PRODUCT "5eed0000-0000-4000-b000-000000000001"
#define ZRO_PERSON  "0e2b7c6e-29b9-4935-a059-5473b13033ac"
#define ZRO_COMPANY "f6e2e084-29b9-4935-a059-5473b13033aa"
/* The onboarding of either, one who owns and one who represents. */
#define ZRO_RECORD "8fc58500-b12e-49d7-892c-dfd704b94c2d"
#define ZRO_OWNER  "d13ca8f2-4f0a-4a3d-b81e-5ee9c8bb8c56"
#define ZRO_REP	   "a21ca8f2-4f0a-4a3d-b81e-5ee9c8bb8c57"
#define ZRO_NOW	   INT64_C(1777636800000)

/* A profile with its product, and a context on it. PROFILE must live as long;
 * VERSION (of the company's onboarding) may be NULL. */
struct prov_ctx zro_ctx(struct prov_profile *profile, const char *customer,
			const char *version);

/* An answer to a GET; "@name" is the stored one. The last row has no path, and
 * whatever has no row is answered 422. */
struct zro_page {
	const char *path; /* with its query only from page 2 on: "?page=2" */
	const char *body;
	int status; /* 0: 200 */
};

/* CUSTOMER read as ask.c does it, all steps and the settling; true unless a
 * step was refused that is not optional. */
bool zro_walk(const struct prov_ctx *ctx, const struct zro_page *pages,
	      struct prov_customer *customer);

/* A line for each requirement: "CODE[ front|back][ of PARTY] status", "?" when
 * it is optional, its group, ">TARGET", "+" in a bundle. free() it. */
char *zro_lines(const struct prov_customer *customer);

#endif
