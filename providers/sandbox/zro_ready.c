/* SPDX-License-Identifier: MIT */
/* Z.ro Bank: what keeps an onboarding from being finalized, in the order in
 * which its page lists the codes. https://docs.zrobank.io/baas/endpoints/
 * v-1-finalize-legal-person-onboarding-rest-controller-execute-v-1 */
#include "providers/sandbox/zro.h"

#define ZIP_UNKNOWN "00000000" /* in practice: nobody knows this one */

/* Has some representative that counts this shareholder? */
static bool is_represented(const json_t *record, const char *shareholder)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(record, "representatives"), i, one)
	{
		if (!zro_flag(one, "deleted") &&
		    zro_is(one, "shareholder_id", shareholder))
			return true;
	}
	return false;
}

/* At least one representative, each of a shareholder, and one of each
 * shareholder that is a company. */
static bool all_represented(const json_t *record)
{
	const json_t *shareholders = json_object_get(record, "shareholders");
	bool any = false;
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(record, "representatives"), i, one)
	{
		if (zro_flag(one, "deleted"))
			continue;
		any = true;
		if (!zro_by_id(shareholders, zro_text(one, "shareholder_id")))
			return false;
	}
	json_array_foreach(shareholders, i, one)
	{
		if (zro_is(one, "person_type", ZRO_LEGAL) &&
		    !is_represented(record, zro_text(one, "id")))
			return false;
	}
	return any;
}

static bool was_sent(const json_t *record, const char *owner, const char *of,
		     const char *type, const char *family, const char *side)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(record, "documents"), i, one)
	{
		if (!zro_counts(one, owner, of) || !zro_is(one, "type", type))
			continue;
		if ((!family || zro_is(one, "family", family)) &&
		    (!side || zro_is(one, "side", side)))
			return true;
	}
	return false;
}

/* Both sides of one card, or a passport, or what came without sides. */
static bool has_identity(const json_t *record, const char *id)
{
	static const char *const whole[] = { "passport", "id", "cnh" };
	static const char *const cards[] = { "national_id", "driver_license" };
	static const char type[] = "identity_document";

	for (size_t i = 0; i < 3; i++)
		if (was_sent(record, "representative", id, type, whole[i],
			     NULL))
			return true;
	for (size_t i = 0; i < 2; i++)
		if (was_sent(record, "representative", id, type, cards[i],
			     "front") &&
		    was_sent(record, "representative", id, type, cards[i],
			     "back"))
			return true;
	return false;
}

static bool has_person_files(const json_t *record, const char *id)
{
	return was_sent(record, "representative", id, "selfie", NULL, NULL) &&
	       was_sent(record, "representative", id,
			"qualification_declaration", NULL, NULL) &&
	       has_identity(record, id);
}

static bool all_have_files(const json_t *record)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(record, "representatives"), i, one)
	{
		if (!zro_flag(one, "deleted") &&
		    !has_person_files(record, zro_text(one, "id")))
			return false;
	}
	return true;
}

static bool has_company_files(const json_t *record, const char *id)
{
	return was_sent(record, "company", id, "social_contract", NULL, NULL) &&
	       (was_sent(record, "company", id, "balance_sheet", NULL, NULL) ||
		was_sent(record, "company", id, "revenue_statement", NULL,
			 NULL));
}

const char *zro_lacks(const json_t *record, const json_t *onboarding)
{
	if (!zro_is(onboarding, "status", "pending"))
		return "ONBOARDING_INVALID_STATUS";
	if (!json_array_size(json_object_get(record, "shareholders")))
		return "SHAREHOLDERS_REQUIRED";
	if (!all_represented(record))
		return "SHAREHOLDER_MISSING_LEGAL_REPRESENTATIVES";
	if (!all_have_files(record))
		return "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING";
	if (!has_company_files(record, zro_text(onboarding, "id")))
		return "ONBOARDING_DOCUMENTS_MISSING";
	if (zro_is(json_object_get(onboarding, "address"), "zip_code",
		   ZIP_UNKNOWN))
		return "VALIDATION";
	return NULL;
}
