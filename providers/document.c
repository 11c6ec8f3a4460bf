/* SPDX-License-Identifier: MIT */
/* What documents have in common, whoever they go to. */
#include <stdlib.h>

#include "providers/provider.h"

static int check_side(const struct prov_document *document, struct err *err)
{
	bool none = document->type->sides == DOC_NO_SIDES;

	if (none == (document->side == DOC_SIDE_NONE))
		return 0;
	return err_set(err, ERR_INPUT,
		       none ? _("%s has no sides: leave the side out")
			    : _("%s needs a side, front or back"),
		       document->type->code);
}

static int check_kind(const struct prov_document *document, struct err *err)
{
	struct buf kinds = { 0 };

	if (document->kind & document->type->kinds)
		return 0;
	doc_kinds_text(&kinds, document->type->kinds);
	err_set(err, ERR_INPUT, _("%s is taken as %s, not as %s"),
		document->type->code, buf_text(&kinds),
		doc_kind_name(document->kind));
	buf_release(&kinds);
	return -1;
}

int prov_document_check(const struct prov_document *document, const char *title,
			struct err *err)
{
	if (check_side(document, err) || check_kind(document, err))
		return -1;
	if (!document->bytes)
		return err_set(err, ERR_INPUT, _("the file is empty"));
	if (document->fields && form_answers_count(document->fields))
		return err_set(err, ERR_INPUT,
			       _("%s knows no field '%s' of a document"), title,
			       form_answers_key(document->fields, 0));
	return 0;
}

int prov_document_fits(const struct prov_document *document, struct err *err)
{
	char most[32];

	if (document->bytes <= document->type->max_bytes)
		return 0;
	text_bytes(most, sizeof(most), document->type->max_bytes);
	return err_set(err, ERR_INPUT, _("%s takes files of 1 byte to %s"),
		       document->type->code, most);
}

/* The operator's own file name may say too much. */
void prov_document_part(const struct prov_document *document,
			struct prov_request *request)
{
	const char *side = doc_side_name(document->side);
	char *name = mem_printf("document%s%s.%s", *side ? "-" : "", side,
				doc_kind_suffix(document->kind));

	prov_request_file(request, "file", name, doc_kind_mime(document->kind));
	free(name);
}
