/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: removing a beneficial owner, which is also the way to change the
 * data of one who is verified: removed, added again, certified anew.
 * https://developers.dwolla.com/docs/balance/api-reference/beneficial-owners/remove
 */
#include "providers/dwolla.h"

static const struct form_field removal_fields[] = {
	{
		.key = "remove",
		.kind = FORM_YES_NO,
		.flags = FORM_REQUIRED,
		.rule = dwolla_yes_rule,
		.label = N_("Remove this beneficial owner"),
		.help = N_("The owners have to be certified again afterwards. "
			   "To change verified data, remove and add again."),
	},
	{ .key = NULL },
};

const struct form_schema dwolla_owner_removal = {
	.name = "dwolla.owner_removal",
	.title = N_("Remove the beneficial owner"),
	.fields = removal_fields,
};

int dwolla_removal_build(const struct prov_ctx *ctx,
			 struct prov_request *request, struct err *err)
{
	if (!ctx->answers || !form_answer_is(ctx->answers, "remove", "true"))
		return err_set(err, ERR_INPUT,
			       _("an owner is removed only when 'remove' says "
				 "yes"));
	request->method = "DELETE";
	if (prov_request_path(request, err, "/beneficial-owners/%s",
			      ctx->party))
		return -1;
	return dwolla_headers(ctx, false, request, err);
}

/* 200 and how the owner stood at last. Nobody else is in the path: who is not
 * found is removed. */
void dwolla_removal_read(const struct prov_reply *reply,
			 const struct prov_ctx *ctx, void *into,
			 struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const char *said = prov_json_word(root, "id");
	const char *code = prov_json_word(root, "code");

	(void)into;
	if (prov_reply_succeeded(reply, 200) && !prov_reply_is_page(reply) &&
	    (!said || prov_same_word(said, ctx->party)))
		prov_reply_accept(result, NULL);
	else if (reply->status == 404 && code &&
		 dwolla_same_code(code, "NotFound"))
		prov_reply_accept(result, NULL);
	else
		dwolla_fail(reply, ctx, &dwolla_owner_removal, NULL, result);
	json_decref(root);
}
