/* SPDX-License-Identifier: MIT */
/* Dwolla: customers as it answers them, and what is made of them, in few
 * words; for dwolla_assert_lines(). */
#ifndef TESTS_PROVIDERS_DWOLLA_WORDS_H
#define TESTS_PROVIDERS_DWOLLA_WORDS_H

#define IDENTITY(status)                  \
	"license " status " (Identity)\n" \
	"idCard " status " (Identity)\n"  \
	"passport " status " (Identity)\n"
#define OWNER_FORM    "beneficial-owners missing? [dwolla.owner]\n"
#define CERTIFICATION "certify-beneficial-ownership missing "

#define LINK(name) "\"" name "\":{\"href\":\"/customers/c\"}"
#define PERSONAL(status, links)                                          \
	"{\"id\":\"c\",\"type\":\"personal\",\"status\":\"" status "\"," \
	"\"_links\":{" links "}}"
#define COMPANY_OF(kind, status, links)                                  \
	"{\"id\":\"c\",\"type\":\"business\",\"status\":\"" status "\"," \
	"\"businessType\":\"" kind "\",\"_links\":{" links "}}"
#define LLC(status, links) COMPANY_OF("llc", status, links)

#endif
