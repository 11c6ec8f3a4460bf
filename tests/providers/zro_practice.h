/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank's practice server as its tests ask it: signed in, each call with
 * its own nonce, and the names of the seeds that stand for a state. Whatever
 * goes wrong here fails the test.
 */
#ifndef TESTS_PROVIDERS_ZRO_PRACTICE_H
#define TESTS_PROVIDERS_ZRO_PRACTICE_H

#include "forms/buf.h"
#include "forms/mem.h"
#include "tests/sandbox_server.h"
#include "tests/test.h"

/* The seeds that stand for a state; the list is in zro_seed.c. */
enum {
	NOBODY = 0, /* the call names no customer */
	MARIA = 1,
	WAITING = 2,
	ENVELOPED = 7,
	OLDER = 8,
	SENT = 9,
	EMPTY_CO = 20,
	COMPANY = 21,
	ALMOST_CO = 22,
	UNDER_CO = 23,
	DONE_CO = 24,
	LACKING_CO = 30,
	REJECTED_CO = 31,
	BARE_CO = 32,
	READY_CO = 33,
	OLDER_CO = 37,
	OLDER_READY_CO = 38,
	STRANGER = 9999,
};

#define PRODUCT	     "5eed0000-0000-4000-b000-000000000001"
#define UUID	     "7d444840-9dc0-41d1-b245-5ffdce74fad2"
#define UUID_1	     "7d444840-9dc0-11d1-b245-5ffdce74fad2"
#define ACCOUNT(n)   "5eed0000-0000-4000-8000-0000000000" n
#define PARTY(n)     "5eed0000-0000-4000-9000-00000000" n
#define ONBOARDED(n) "5eed0000-0000-4000-a000-00000000" n
#define DOCUMENT(n)  "5eed0000-0000-4000-a100-00000000" n
#define A_FILE(n)    "5eed0000-0000-4000-a200-00000000" n

#define NATURAL	 "/v1/users/onboardings"
#define LEGAL	 "/v1/users/onboardings/legal-person"
#define LEGAL_2	 "/v2/users/onboardings/legal-person"
#define SHARES	 "/v1/users/shareholders"
#define PEOPLE	 "/v1/users/legal-representatives"
#define PEOPLE_2 "/v2/users/legal-representatives"
#define PEOPLE_3 "/v3/users/legal-representatives"

#define ADDRESS                                                          \
	"\"address\":{\"zip_code\":\"01310100\",\"street\":\"Rua A\","   \
	"\"number\":10,\"neighborhood\":\"Centro\",\"city\":\"Santos\"," \
	"\"federative_unit\":\"SP\",\"country\":\"BRA\"}"
#define COMPANY_BODY "{" ADDRESS ",\"company_revenue\":1000}"
#define PERSON_BODY  "{" ADDRESS ",\"nationality\":\"Brasileiro\",\"pep\":false}"
#define PARTNER                                                   \
	"{\"name\":\"Ana\",\"document\":\"52998224725\","         \
	"\"type\":\"PARTNER\",\"participation_percentage\":60.5," \
	"\"zip_code\":\"01310100\"}"
#define PARTNER_CO                                               \
	"{\"name\":\"B Ltda.\",\"document\":\"11222333000181\"," \
	"\"type\":\"PARTNER\",\"participation_percentage\":39.5}"
#define REPRESENTATIVE                                                 \
	"{\"name\":\"Ana\",\"mother_name\":\"Eva\",\"document\":"      \
	"\"52998224725\",\"birth_date\":\"1984-11-03T00:00:00.000Z\"," \
	"\"pep\":false,\"is_public_server\":false,"                    \
	"\"representor_type\":\"PARTNER\",\"phone_number\":"           \
	"\"5511955551234\",\"email\":\"a@example.com\","               \
	"\"relationship_start_date\":\"2020-01-02\","                  \
	"\"shareholder_id\":\"" PARTY("2101") "\"," ADDRESS "}"

#define PERSON_FILES  PEOPLE_2 "/" PARTY("2111") "/documents"
#define ALL_FILES     PEOPLE "/" PARTY("2111") "/documents"
#define COMPANY_FILES LEGAL "/" ONBOARDED("2101") "/documents"
#define NATURAL_FILES NATURAL "/" ONBOARDED("0201") "/documents"
#define ONE_FILE      NATURAL "/" ONBOARDED("0901") "/documents/"
#define CARD	      "document_type=identity_document&identity_document_type="
#define BOTH_SIDES    "&document_front=@jpeg&document_back=@pdf"

#define CREDENTIALS \
	"{\"api_id\":\"kyc-sandbox-client\",\"api_key\":\"kyc-sandbox-key\"}"

/* The value at "a.0.b", or NULL; the text there, or "". Borrowed. */
json_t *dig(json_t *json, const char *dotted);
const char *text_at(const struct sandbox_reply *reply, const char *dotted);

/* TEXT with the first FROM replaced by TO; free() it. */
char *changed(const char *text, const char *from, const char *to);

/* A form's body with the boundary xyz: SPEC is name=value&...; a value @WORD
 * is a file: jpeg, jpg, pdf, png, liar (a PDF that says it is a JPEG), empty;
 * any other WORD is the reason to decline it for. free() it. */
char *form(const char *spec);

/* All headers that METHOD wants, and MORE; WHO is the seed that is acted for
 * (NOBODY: none), CONTENT the one of ask(). free() them. */
char *headers_for(const char *method, int who, const char *more,
		  const char *content);

/* CONTENT is a JSON object, or the spec of a form, or NULL. */
struct sandbox_reply ask_with(const struct sandbox_server *server,
			      const char *method, const char *path, int who,
			      const char *more, const char *content);
struct sandbox_reply ask(const struct sandbox_server *server,
			 const char *method, const char *path, int who,
			 const char *content);

/* The reply has this status, and says this somewhere; it is released. */
void expect(struct sandbox_reply reply, int status, const char *says);
/* It is an error with this code, worded as all of them. */
void expect_code(struct sandbox_reply reply, int status, const char *code);

/* Sign further calls with the token in REPLY, which is released. */
void take_token(struct sandbox_server *server, struct sandbox_reply reply);
/* A server that is signed in to. */
void start(struct sandbox_server *server, const char *options);

/* The text at DOTTED of what GET PATH answers; free() it. */
char *read_text(const struct sandbox_server *server, const char *path, int who,
		const char *dotted);
void assert_reads(const struct sandbox_server *server, const char *path,
		  int who, const char *dotted, const char *want);

/* POST CONTENT, which must work; the id in the answer; free() it. */
char *make(const struct sandbox_server *server, const char *path, int who,
	   const char *content);

/* So many documents came in of WHO at all, and so many of them count no more.
 */
void assert_arrived(const struct sandbox_server *server, int who, size_t all,
		    size_t replaced);

#endif
