/* SPDX-License-Identifier: MIT */
/*
 * Dwolla's practice server as a test asks it: signed in, in the API's own
 * type, with bodies that are taken and can be changed into ones that are not.
 */
#ifndef TESTS_PROVIDERS_DWOLLA_PRACTICE_H
#define TESTS_PROVIDERS_DWOLLA_PRACTICE_H

#include "tests/sandbox_server.h"

#define ACCEPT "Accept: application/vnd.dwolla.v1.hal+json\r\n"
#define JSON   "Content-Type: application/json\r\n"
#define FORM   "Content-Type: multipart/form-data; boundary=xyz\r\n"
#define KEY    "Idempotency-Key: any text will do\r\n"

/* Customer and owner N of the seeds, an owner being two digits more. */
#define CUSTOMER(n) "/customers/5eed0000-0000-4000-8000-0000000000" #n
#define OWNER(n)    "/beneficial-owners/5eed0000-0000-4000-9000-00000000" #n
#define NOBODY	    "/customers/5eed0000-0000-4000-8000-000000009999"

#define JPEG(name) "front-" name ".jpg", "image/jpeg", "\xff\xd8\xff\xe0 " name
#define PNG(name)  "front-" name ".png", "image/png", "\x89PNG\r\n " name
#define PDF(name)  name ".pdf", "application/pdf", "%PDF-1.7 " name

#define NAMES	"\"firstName\":\"Joan\",\"lastName\":\"Miró\","
#define ACCOUNT NAMES "\"email\":\"joan@example.com\","
#define PLACE                                                          \
	"\"address1\":\"99 33rd St\",\"city\":\"Albany\",\"state\":\"" \
	"NY\",\"postalCode\":\"12207\","
#define BORN "\"dateOfBirth\":\"1990-02-28\",\"ssn\":\"123456789\""

#define PERSONAL "{" ACCOUNT PLACE "\"type\":\"personal\"," BORN "}"
#define COMPANY                                            \
	ACCOUNT PLACE "\"type\":\"business\","             \
		      "\"businessName\":\"Mirror Works\"," \
		      "\"businessClassification\":"        \
		      "\"9ed3f670-7d6f-11e3-b1ce-5404a6144203\","
#define SOLE	 "{" COMPANY "\"businessType\":\"soleProprietorship\"," BORN "}"
#define BUSINESS "{" COMPANY "\"businessType\":\"llc\",\"ein\":\"987654321\"}"
#define ADDRESS                                                           \
	"\"address\":{\"address1\":\"1 Elm St\",\"city\":\"Des Moines\"," \
	"\"stateProvinceRegion\":\"IA\",\"country\":\"US\","              \
	"\"postalCode\":\"50266\"},"
#define CONTROLLED                                                           \
	"{" COMPANY "\"businessType\":\"llc\",\"ein\":\"987654321\","        \
	"\"controller\":{\"firstName\":\"Ines\",\"lastName\":\"Controller\"" \
	",\"title\":\"CEO\"," ADDRESS BORN "}}"
#define PERSON_OWNER "{" NAMES ADDRESS BORN "}"

/* Started with OPTIONS, and signed in. */
void dwolla_open(struct sandbox_server *server, const char *options);

/* One call with Accept, and a Content-Type when there is a BODY. PATH may be
 * a whole URL of this server's. */
struct sandbox_reply dwolla_ask(const struct sandbox_server *server,
				const char *method, const char *path,
				const char *body);

/* POST a form to PATH/documents: documentType TYPE (NULL: no such part) and a
 * file (BYTES of NULL: no such part). EXTRA are more headers. */
struct sandbox_reply dwolla_send(const struct sandbox_server *server,
				 const char *path, const char *extra,
				 const char *type, const char *name,
				 const char *kind, const char *bytes);

/* The path in the Location of REPLY, which is released; free() it. */
char *dwolla_location(struct sandbox_reply reply);

/* Fails the test unless REPLY (released) is STATUS and SAYS that. */
void dwolla_expect(struct sandbox_reply reply, int status, const char *says);

/* The same of the answer to GET PATH: SAYS is in it, LACKS ("": nothing) is
 * not. */
void dwolla_shows(const struct sandbox_server *server, const char *path,
		  const char *says, const char *lacks);

/* TEXT with the first FROM replaced by TO; free() it. */
char *dwolla_changed(const char *text, const char *from, const char *to);

/* Create what BODY says, changed so; "/customers/ID", free() it. */
char *dwolla_created(const struct sandbox_server *server, const char *body,
		     const char *from, const char *to);

/* How many documents arrived for the customer at PATH and its owners. */
size_t dwolla_arrived(const struct sandbox_server *server, const char *path);

#endif
