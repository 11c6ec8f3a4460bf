/* SPDX-License-Identifier: MIT */
/* Lumx: what the API shows of a customer's record. */
#include "providers/sandbox/lumx.h"

/* The requirement lists of https://docs.lumx.io/guides/create-a-customer */
static const char *const person_list[] = { "ID_CARD",
					   "PASSPORT",
					   "DRIVERS_LICENSE",
					   "BANK_STATEMENT",
					   "INCOME_TAX_RETURN",
					   "DELIVERY_RECEIPT",
					   "SELFIE",
					   NULL };
static const char *const company_list[] = { "INCORPORATION_ARTICLES",
					    "POWER_OF_ATTORNEY",
					    "DIRECTORS_REGISTRY",
					    "SHAREHOLDER_REGISTRY",
					    "REGULATED_ACTIVITY_DOCUMENT",
					    "SIGNED_BALANCE_SHEET",
					    "SIGNED_CORPORATE_STRUCTURE_CHART",
					    "SIGNED_INCOME_STATEMENT",
					    NULL };

static json_t *show_verification(const json_t *review, const char *base,
				 const char *id)
{
	const char *status = lumx_text(review, "status");
	json_t *reason = json_object_get(review, "reason");
	json_t *shown =
		json_pack("{ss ss}", "status", status, "level", "STANDARD");

	if (!strcmp(status, "NOT_STARTED") || !strcmp(status, "RFI"))
		json_object_set_new(
			shown, "link",
			json_sprintf("%s/practice/verify/%s", base, id));
	if (reason)
		json_object_set(shown, "statusReason", reason);
	return shown;
}

/* While a review goes on only what was sent is listed. */
static void list_one(json_t *list, const char *name, bool sent, bool under)
{
	if (sent || !under)
		json_array_append_new(
			list, json_pack("{ss ss}", "name", name, "status",
					sent ? "SENT" : "NOT_SENT"));
}

/*
 * PROOF_OF_ADDRESS is wanted and yet in no list that the provider's pages
 * show: it appears here once it was sent.
 */
static json_t *show_requirements(const json_t *record)
{
	const json_t *customer = lumx_shape(record);
	const char *const *names =
		lumx_is_person(customer) ? person_list : company_list;
	const char *status = lumx_status(record);
	bool under = !strcmp(status, "UNDER_VERIFICATION");
	json_t *list = json_array();

	if (!strcmp(status, "APPROVED") || !strcmp(status, "FINAL_REJECTION"))
		return list;
	for (; *names; names++)
		list_one(list, *names, lumx_was_sent(record, "", *names),
			 under);
	if (lumx_newest(record, "", "PROOF_OF_ADDRESS", ""))
		list_one(list, "PROOF_OF_ADDRESS",
			 lumx_was_sent(record, "", "PROOF_OF_ADDRESS"), under);
	list_one(list, "ADDITIONAL_INFORMATION",
		 json_object_get(customer, "additionalInformation"), under);
	if (!json_is_true(json_object_get(json_object_get(record, "terms"),
					  "accepted")))
		list_one(list, "TERMS_OF_SERVICE", false, under);
	return list;
}

/* An address on a chain that is nobody's, made of the customer's id. */
static json_t *show_wallets(const char *id)
{
	char hex[41] = "";
	size_t used = 0;

	while (used < 40)
		for (const char *at = id; *at && used < 40; at++)
			if (*at != '-')
				hex[used++] = *at;
	return json_pack("[{ss ss+ ss+ sb}]", "blockchain", "POLYGON",
			 "address", "0x", hex, "blockExplorerUrl",
			 "https://example.com/0x", hex, "isDefault", 1);
}

/* WHOLE: as one customer is read; else as in a list. */
json_t *lumx_show(const json_t *record, const char *base, bool whole)
{
	const char *id = lumx_text(record, "id");
	json_t *shown = json_copy(lumx_shape(record));

	json_object_set_new(shown, "verification",
			    show_verification(lumx_review(record), base, id));
	if (whole)
		json_object_set_new(shown, "requirements",
				    show_requirements(record));
	if (!strcmp(lumx_status(record), "APPROVED"))
		json_object_set_new(shown, "wallets", show_wallets(id));
	return shown;
}

json_t *lumx_show_party(const json_t *party, const char *base)
{
	json_t *shown = json_copy((json_t *)(uintptr_t)party);

	json_object_del(shown, "review");
	json_object_set_new(shown, "verification",
			    show_verification(lumx_review(party), base,
					      lumx_text(party, "id")));
	return shown;
}

json_t *lumx_show_report(const json_t *record)
{
	const json_t *review = lumx_review(record);

	return json_pack("{ss ss ss sO*}", "customerId",
			 lumx_text(record, "id"), "status",
			 lumx_text(review, "status"), "level", "STANDARD",
			 "statusReason", json_object_get(review, "reason"));
}
