/* SPDX-License-Identifier: MIT */
/* Z.ro Bank: its routes, and a page for tests.
 * https://docs.zrobank.io/baas */
#include "providers/sandbox/zro.h"

#define BODY_MOST   ((uint64_t)126000000) /* five files of 25 MB, and words */
#define TOKEN_MS    ((int64_t)3600000)
#define MINUTE_MOST 400

/* What the practice server knows of an account, for tests and the curious: it
 * wants no nonce, and takes the key itself as well as a token. */
static void page_record(struct call *call)
{
	const char *key = call_bearer(call);
	char id[UUID_SIZE];
	json_t *record;

	if (!key ||
	    (strcmp(key, PRACTICE_SECRET) &&
	     tokens_state(call->tokens, key, call->now) != TOKEN_LIVE)) {
		zro_deny(call, "UNAUTHORIZED", NULL);
		return;
	}
	if (!zro_id(call, 0, "id", id))
		return;
	record = world_find(call->world, id);
	if (!record)
		zro_deny_as(call, 404, "USER_NOT_FOUND", NULL);
	else if (zro_keep(call, record, false))
		call_json(call, 200, json_incref(record));
	json_decref(record);
}

#define LEGAL	"/users/onboardings/legal-person"
#define NATURAL "/v1/users/onboardings"
#define SHARES	"/v1/users/shareholders"
#define PEOPLE	"/users/legal-representatives"

/* The first that fits counts: "legal-person" would fit an {} as well. */
static const struct route routes[] = {
	{ "POST", "/auth/signin", ROUTE_SIGN_IN | ROUTE_JSON, zro_sign_in },
	{ "POST", "/auth/refresh-token", ROUTE_SIGN_IN, zro_refresh },
	{ "GET", "/v1/users/accounts", 0, zro_list_accounts },
	{ "GET", "/v1/users/accounts/{}", 0, zro_read_account },

	{ "POST", "/v1" LEGAL, ROUTE_JSON, zro_create_legal },
	{ "POST", "/v2" LEGAL, ROUTE_JSON, zro_create_legal_v2 },
	{ "GET", "/v1" LEGAL, 0, zro_list_legal },
	{ "GET", "/v1" LEGAL "/{}", 0, zro_read_legal },
	{ "POST", "/v1" LEGAL "/{}/finalize", 0, zro_finalize },
	{ "POST", "/v1" LEGAL "/{}/documents", ROUTE_FORM,
	  zro_send_company_file },
	{ "GET", "/v1" LEGAL "/{}/documents", 0, zro_list_company_files },
	{ "GET", "/v1" LEGAL "/{}/documents/{}", 0, zro_read_company_file },
	{ "PATCH", "/v1" LEGAL "/{}/documents/{}", ROUTE_FORM,
	  zro_replace_company_file },

	{ "POST", SHARES, ROUTE_JSON, zro_create_shareholder },
	{ "GET", SHARES, 0, zro_list_shareholders },
	{ "GET", SHARES "/{}", 0, zro_read_shareholder },
	{ "PUT", SHARES "/{}", ROUTE_JSON, zro_change_shareholder },

	{ "POST", "/v1" PEOPLE, ROUTE_JSON, zro_create_representative_v1 },
	{ "POST", "/v2" PEOPLE, ROUTE_JSON, zro_create_representative_v2 },
	{ "POST", "/v3" PEOPLE, ROUTE_JSON, zro_create_representative_v3 },
	{ "GET", "/v1" PEOPLE, 0, zro_list_representatives },
	{ "PUT", "/v2" PEOPLE "/{}", ROUTE_JSON, zro_change_representative },
	{ "DELETE", "/v1" PEOPLE "/{}", 0, zro_delete_representative },
	{ "POST", "/v1" PEOPLE "/{}/documents", ROUTE_FORM,
	  zro_send_person_files },
	{ "POST", "/v2" PEOPLE "/{}/documents", ROUTE_FORM,
	  zro_send_person_file },
	{ "GET", "/v1" PEOPLE "/{}/documents", 0, zro_list_person_files },
	{ "GET", "/v1" PEOPLE "/{}/documents/{}", 0, zro_read_person_file },
	{ "PUT", "/v1" PEOPLE "/{}/documents/{}", ROUTE_FORM,
	  zro_replace_person_file },

	{ "POST", NATURAL, ROUTE_JSON, zro_create_natural },
	{ "GET", NATURAL, 0, zro_list_natural },
	{ "GET", NATURAL "/{}", 0, zro_read_natural },
	{ "POST", NATURAL "/{}/documents", ROUTE_FORM, zro_send_natural },
	{ "GET", NATURAL "/{}/documents", 0, zro_list_natural_files },
	{ "PUT", NATURAL "/{}/documents/{}", ROUTE_FORM,
	  zro_replace_natural_file },

	{ "GET", "/practice/customers/{}", ROUTE_PUBLIC, page_record },
	{ NULL, NULL, 0, NULL },
};

const struct practice practice_zro = {
	.name = "zro",
	.routes = routes,
	.maker = {
		.seeds = ZRO_SEEDS,
		.seed = zro_seed,
		.generate = zro_generate,
		.adopt = zro_adopt,
	},
	.body_most = BODY_MOST,
	.token_ms = TOKEN_MS,
	.minute_most = MINUTE_MOST,
	.admit = zro_admit,
	.refuse = zro_refuse,
};
