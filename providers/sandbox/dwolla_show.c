/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: what an answer shows of a record. What is to be done next is in the
 * links.
 */
#include "providers/sandbox/dwolla.h"

#include <stdarg.h>

#include "forms/buf.h"

void dwolla_link(json_t *links, const char *name, const char *resource,
		 const char *base, const char *format, ...)
{
	struct buf href = { 0 };
	va_list args;

	va_start(args, format);
	if (!buf_add_text(&href, base) && !buf_addv(&href, format, args))
		json_object_set_new(
			links, name,
			json_pack("{ss ss ss}", "href", buf_text(&href), "type",
				  DWOLLA_TYPE, "resource-type", resource));
	va_end(args);
	buf_release(&href);
}

static void documents_link(json_t *links, const json_t *record,
			   const char *base, const char *name)
{
	dwolla_link(links, name, "document", base, "/customers/%s/documents",
		    dwolla_text(record, "id"));
}

static void own_link(json_t *links, const json_t *record, const char *base,
		     const char *name)
{
	dwolla_link(links, name, "customer", base, "/customers/%s",
		    dwolla_text(record, "id"));
}

static void add_document_links(json_t *links, const json_t *record,
			       const char *base)
{
	bool person = dwolla_needs(record, "person");
	bool business = dwolla_needs(record, "business");

	if (person && business)
		documents_link(links, record, base,
			       "verify-controller-and-business-with-document");
	else if (person)
		documents_link(links, record, base, "verify-with-document");
	else if (business)
		documents_link(links, record, base,
			       "verify-business-with-document");
	if (dwolla_needs(record, "dba"))
		documents_link(links, record, base, "upload-dba-document");
	documents_link(links, record, base, "document-form");
}

/* A retry of the controller is one of the business as well, unless the full
 * number is all that is asked for. */
static void add_retry_links(json_t *links, const json_t *record,
			    const char *base)
{
	const json_t *retry = json_object_get(record, "retry");
	bool controller = json_is_true(json_object_get(retry, "controller"));

	if (!controller ||
	    !dwolla_listed(json_object_get(retry, "fields"), "controller.ssn"))
		own_link(links, record, base, "retry-verification");
	if (controller)
		own_link(links, record, base, "retry-with-full-ssn");
}

static bool all_owners_verified(const json_t *record)
{
	json_t *owner;
	size_t i;

	json_array_foreach(json_object_get(record, "owners"), i, owner)
	{
		if (!dwolla_is(owner, "verificationStatus", "verified"))
			return false;
	}
	return true;
}

static void add_owner_links(json_t *links, const json_t *record,
			    const char *base)
{
	const char *id = dwolla_text(record, "id");

	dwolla_link(links, "beneficial-owners", "beneficial-owner", base,
		    "/customers/%s/beneficial-owners", id);
	if (!all_owners_verified(record))
		dwolla_link(links, "verify-beneficial-owners",
			    "beneficial-owner", base,
			    "/customers/%s/beneficial-owners", id);
	if (!dwolla_is(json_object_get(record, "certification"), "status",
		       "certified"))
		dwolla_link(links, "certify-beneficial-ownership",
			    "beneficial-ownership", base,
			    "/customers/%s/beneficial-ownership", id);
}

static void add_money_links(json_t *links, const json_t *record,
			    const char *base)
{
	const char *id = dwolla_text(record, "id");

	dwolla_link(links, "send", "transfer", base, "/transfers");
	dwolla_link(links, "receive", "transfer", base, "/transfers");
	dwolla_link(links, "transfers", "transfer", base,
		    "/customers/%s/transfers", id);
	dwolla_link(links, "funding-sources", "funding-source", base,
		    "/customers/%s/funding-sources", id);
}

static json_t *show_links(const json_t *record, const char *base)
{
	json_t *links = json_object();

	own_link(links, record, base, "self");
	if (dwolla_in(record, "suspended") || dwolla_in(record, "deactivated"))
		return links;
	if (dwolla_in(record, "document"))
		add_document_links(links, record, base);
	if (dwolla_in(record, "retry"))
		add_retry_links(links, record, base);
	if (dwolla_has_owners(record))
		add_owner_links(links, record, base);
	if (dwolla_in(record, "verified"))
		add_money_links(links, record, base);
	if (dwolla_in(record, "verified") || dwolla_in(record, "unverified")) {
		own_link(links, record, base, "edit");
		own_link(links, record, base, "edit-form");
	}
	own_link(links, record, base, "deactivate");
	return links;
}

json_t *dwolla_show(const json_t *record, const char *base)
{
	json_t *shown = json_pack("{so}", "_links", show_links(record, base));
	json_t *errors = dwolla_show_directives(record, base);

	if (json_array_size(errors))
		json_object_set_new(shown, "_embedded",
				    json_pack("{sO}", "errors", errors));
	json_decref(errors);
	json_object_update(shown, dwolla_shape(record));
	return shown;
}

json_t *dwolla_show_owner(const json_t *owner, const char *base)
{
	const char *id = dwolla_text(owner, "id");
	json_t *links = json_object(), *shown;

	dwolla_link(links, "self", "beneficial-owner", base,
		    "/beneficial-owners/%s", id);
	if (dwolla_is(owner, "verificationStatus", "document"))
		dwolla_link(links, "verify-with-document", "document", base,
			    "/beneficial-owners/%s/documents", id);
	if (dwolla_is(owner, "verificationStatus", "incomplete"))
		dwolla_link(links, "retry-verification", "beneficial-owner",
			    base, "/beneficial-owners/%s", id);
	shown = json_pack("{so}", "_links", links);
	json_object_update(shown, (json_t *)(uintptr_t)owner);
	json_object_del(shown, "filed");
	return shown;
}
