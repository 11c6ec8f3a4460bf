/* SPDX-License-Identifier: MIT */
/* The registry, and what is the same for every provider. */
#include "providers/provider.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

const struct provider *const prov_registry[] = { &prov_lumx, NULL };

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

void prov_result_release(struct prov_result *result)
{
	free(result->code);
	free(result->message);
	free(result->provider_id);
	free(result->log_id);
	findings_release(&result->problems);
	*result = (struct prov_result){ 0 };
}

void prov_link_release(struct prov_link *link)
{
	mem_free_private(link->url);
	free(link->expires);
	*link = (struct prov_link){ 0 };
}

void prov_profile_free(struct prov_profile *profile)
{
	if (!profile)
		return;
	free(profile->name);
	free(profile->endpoint);
	mem_free_private(profile->secret);
	free(profile->ca_file);
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

static bool is_port(const char *text)
{
	size_t len = strspn(text, "0123456789");
	long port = len >= 1 && len <= 5 ? strtol(text, NULL, 10) : 0;

	return !text[len] && port >= 1 && port <= 65535;
}

/* Split "host", "host:port", "[v6]" or "[v6]:port"; the host goes to HOST. */
static int host_of(const char *text, char *host, size_t size)
{
	static const char name_chars[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					 "abcdefghijklmnopqrstuvwxyz"
					 "0123456789-._";
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
	return !*rest || (*rest == ':' && is_port(rest + 1)) ? 0 : -1;
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
				 "https://host or https://host:port, with "
				 "nothing after it"),
			       endpoint);
	if (prov_same_word(scheme, "http") && !is_loopback(host))
		return err_set(err, ERR_CONFIG,
			       _("endpoint '%s' would send in the clear: plain "
				 "http is only for this machine itself"),
			       endpoint);
	return 0;
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
