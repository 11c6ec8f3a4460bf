/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: identity documents in the requirement list. Any one family will
 * do, with all of its sides; a front of one and a back of another will not.
 */
#include "providers/zro.h"

const char *const zro_families[] = {
	"identity_document:national_id",
	"identity_document:driver_license",
	"identity_document:passport",
	NULL,
};

const char *const zro_natural_families[] = {
	"physical_document:rg",
	"physical_document:cnh",
	NULL,
};

/* An environment without sides keeps the whole as one file. */
static bool is_one_file(const struct prov_customer *customer, const char *code,
			const char *party)
{
	return zro_paper(customer, code, DOC_SIDE_NONE, party) != NULL;
}

static bool is_whole(const struct prov_customer *customer, const char *code,
		     const char *party)
{
	return is_one_file(customer, code, party) ||
	       (zro_paper(customer, code, DOC_SIDE_FRONT, party) &&
		zro_paper(customer, code, DOC_SIDE_BACK, party));
}

bool zro_identified(const struct prov_customer *customer,
		    const char *const *families, const char *party)
{
	for (; *families; families++)
		if (is_whole(customer, *families, party))
			return true;
	return false;
}

static void want(struct prov_customer *customer, const char *code,
		 enum doc_side side, const char *party, const char *owner,
		 const char *bundle)
{
	struct prov_requirement *req =
		zro_want(customer, code, side, party, owner);

	req->group = zro_groups[0];
	mem_replace(&req->bundle, bundle);
}

/* Each side is a requirement of its own, so that neither can be left out and
 * each shows how it stands. */
void zro_want_identity(struct prov_customer *customer,
		       const char *const *families, const char *party,
		       const char *owner, const char *bundle)
{
	for (; *families; families++) {
		if (zro_type(*families, DOC_FOR_ANYONE)->sides ==
			    DOC_NO_SIDES ||
		    is_one_file(customer, *families, party)) {
			want(customer, *families, DOC_SIDE_NONE, party, owner,
			     bundle);
			continue;
		}
		want(customer, *families, DOC_SIDE_FRONT, party, owner, bundle);
		want(customer, *families, DOC_SIDE_BACK, party, owner, bundle);
	}
}
