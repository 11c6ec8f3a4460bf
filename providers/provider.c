/* SPDX-License-Identifier: MIT */
/* The registry, and what is the same for every provider. */
#include "providers/provider.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

const struct provider *const prov_registry[] = { &prov_lumx, &prov_dinie,
						 &prov_dwolla, &prov_zro, NULL };

const struct provider *prov_find(const char *name)
{
	for (size_t i = 0; name && prov_registry[i]; i++)
		if (strcmp(prov_registry[i]->name, name) == 0)
			return prov_registry[i];
	return NULL;
}

bool prov_can(const struct prov_op *op)
{
	return op && op->build && op->read;
}

bool prov_has_tokens(const struct provider *provider)
{
	return prov_can(&provider->token);
}

const struct prov_form *prov_form_find(const struct provider *provider,
				       const char *schema)
{
	const struct prov_form *form = provider->forms;
	const struct prov_creation *creation = NULL;

	for (; schema && form && form->schema; form++)
		if (strcmp(form->schema->name, schema) == 0)
			return form;
	creation = prov_creation_find(provider, schema);
	return creation ? &creation->form : NULL;
}

const char *prov_setting(const struct prov_ctx *ctx, const char *name)
{
	const struct prov_profile *profile = ctx->profile;
	const struct prov_setting *rows =
		profile ? profile->provider->settings : NULL;

	for (size_t i = 0; rows && rows[i].name && i < PROV_SETTINGS_MOST; i++)
		if (strcmp(rows[i].name, name) == 0)
			return profile->settings[i];
	return NULL;
}

unsigned prov_holder(const struct prov_customer *customer, const char *party)
{
	const struct prov_party *one = prov_customer_party(customer, party);

	if (one)
		return one->kind == PROV_BUSINESS ? DOC_FOR_PARTY_BUSINESS
						  : DOC_FOR_PARTY_PERSON;
	if (party)
		return DOC_FOR_PARTY_PERSON;
	return customer->kind == PROV_BUSINESS ? DOC_FOR_BUSINESS
					       : DOC_FOR_PERSON;
}

void prov_result_release(struct prov_result *result)
{
	free(result->code);
	free(result->message);
	free(result->provider_id);
	free(result->log_id);
	findings_release(&result->problems);
	free(result->more);
	*result = (struct prov_result){ 0 };
}

void prov_link_release(struct prov_link *link)
{
	mem_free_private(link->url);
	free(link->expires);
	*link = (struct prov_link){ 0 };
}

void prov_token_release(struct prov_token *token)
{
	mem_free_private(token->text);
	*token = (struct prov_token){ 0 };
}

void prov_profile_wipe(struct prov_profile *profile)
{
	free(profile->name);
	free(profile->endpoint);
	free(profile->client);
	mem_free_private(profile->secret);
	free(profile->ca_file);
	for (size_t i = 0; i < PROV_SETTINGS_MOST; i++)
		free(profile->settings[i]);
	*profile = (struct prov_profile){ 0 };
}

void prov_profile_free(struct prov_profile *profile)
{
	if (!profile)
		return;
	prov_profile_wipe(profile);
	free(profile);
}

/* 127.0.0.0/8, ::1 or the name localhost: it never leaves the machine. */
static bool is_loopback(const char *host)
{
	struct in6_addr six;
	struct in_addr four;

	if (inet_pton(AF_INET, host, &four) == 1)
		return ntohl(four.s_addr) >> 24 == 127;
	if (inet_pton(AF_INET6, host, &six) == 1)
		return IN6_IS_ADDR_LOOPBACK(&six);
	return prov_same_word(host, "localhost");
}

static const char name_chars[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				 "abcdefghijklmnopqrstuvwxyz"
				 "0123456789-._";

static bool is_port(const char *text)
{
	size_t len = strspn(text, "0123456789");
	long port = len >= 1 && len <= 5 ? strtol(text, NULL, 10) : 0;

	return !text[len] && port >= 1 && port <= 65535;
}

/* "/v3", "/api/v3": plain segments, none of them "." or "..". */
static bool is_path(const char *text)
{
	while (*text == '/') {
		size_t len = strspn(++text, name_chars);

		if ((len == 1 && *text == '.') ||
		    (len == 2 && text[0] == '.' && text[1] == '.'))
			return false;
		text += len;
	}
	return !*text;
}

/* Split "host", "host:port", "[v6]" or "[v6]:port", each perhaps with a path
 * behind it; the host goes to HOST. */
static int host_of(const char *text, char *host, size_t size)
{
	char port[8] = "";
	bool bracketed = text[0] == '[';
	struct in6_addr six;
	const char *rest = NULL;
	size_t len;

	if (bracketed) {
		len = strcspn(++text, "]");
		rest = text + len + (text[len] == ']');
		if (!text[len])
			return -1;
	} else {
		len = strspn(text, name_chars);
		rest = text + len;
	}
	if (!len || len >= size)
		return -1;
	memcpy(host, text, len);
	host[len] = '\0';
	if (bracketed && inet_pton(AF_INET6, host, &six) != 1)
		return -1;
	if (*rest == ':') {
		len = strcspn(++rest, "/");
		if (len >= sizeof(port))
			return -1;
		memcpy(port, rest, len);
		if (!is_port(port))
			return -1;
		rest += len;
	}
	return is_path(rest) ? 0 : -1;
}

int prov_endpoint_check(const char *endpoint, struct err *err)
{
	const char *authority = endpoint ? strstr(endpoint, "://") : NULL;
	char scheme[6] = "";
	char host[256];
	size_t len = authority ? (size_t)(authority - endpoint) : 0;

	if (len && len < sizeof(scheme)) {
		memcpy(scheme, endpoint, len);
		scheme[len] = '\0';
	}
	if (!prov_same_word(scheme, "https") && !prov_same_word(scheme, "http"))
		return err_set(err, ERR_CONFIG,
			       _("endpoint '%s' does not start with https://"),
			       endpoint ? endpoint : "");
	if (host_of(authority + 3, host, sizeof(host)))
		return err_set(err, ERR_CONFIG,
			       _("endpoint '%s' is not of the form "
				 "https://host or https://host:port, perhaps "
				 "with a path after it"),
			       endpoint);
	if (prov_same_word(scheme, "http") && !is_loopback(host))
		return err_set(err, ERR_CONFIG,
			       _("endpoint '%s' would send in the clear: plain "
				 "http is only for this machine itself"),
			       endpoint);
	return 0;
}

enum prov_environment prov_environment(const struct prov_profile *profile)
{
	const char *test = profile->provider->sandbox_endpoint;
	const char *authority =
		profile->endpoint ? strstr(profile->endpoint, "://") : NULL;
	char host[256];

	if (authority && !host_of(authority + 3, host, sizeof(host)) &&
	    is_loopback(host))
		return PROV_PRACTICE;
	return test && authority && strcmp(test, profile->endpoint) == 0
		       ? PROV_SANDBOX
		       : PROV_PRODUCTION;
}

void prov_key_new(char key[37])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char bytes[16];
	size_t at = 0;

	while (getrandom(bytes, sizeof(bytes), 0) != sizeof(bytes))
		if (errno != EINTR)
			abort(); /* never a key that somebody may guess */
	bytes[6] = (bytes[6] & 0x0f) | 0x40;
	bytes[8] = (bytes[8] & 0x3f) | 0x80;
	for (size_t i = 0; i < sizeof(bytes); i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			key[at++] = '-';
		key[at++] = digits[bytes[i] >> 4];
		key[at++] = digits[bytes[i] & 0x0f];
	}
	key[at] = '\0';
}
