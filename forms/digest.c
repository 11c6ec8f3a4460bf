/* SPDX-License-Identifier: MIT */
/* SHA-256 in steps, on top of libcrypto. */
#include "forms/look.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "forms/mem.h"

struct doc_digest {
	EVP_MD_CTX *context;
	bool broken; /* libcrypto gave up: the digest is "" */
};

struct doc_digest *doc_digest_new(void)
{
	struct doc_digest *digest = mem_alloc(sizeof(*digest));

	digest->context = EVP_MD_CTX_new();
	if (!digest->context ||
	    !EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL))
		digest->broken = true;
	return digest;
}

void doc_digest_add(struct doc_digest *digest, const void *data, size_t len)
{
	if (digest->broken || !len)
		return;
	if (!EVP_DigestUpdate(digest->context, data, len))
		digest->broken = true;
}

void doc_digest_hex(struct doc_digest *digest, char hex[65])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned int len = 0;

	if (!digest->broken &&
	    (!EVP_DigestFinal_ex(digest->context, sum, &len) || len != 32))
		digest->broken = true;
	/* A digest that is not known is "", never one that looks real. */
	if (digest->broken)
		len = 0;
	for (unsigned int i = 0; i < len; i++) {
		hex[2 * i] = digits[sum[i] >> 4];
		hex[2 * i + 1] = digits[sum[i] & 15];
	}
	hex[2 * len] = '\0';
	digest->broken = true;
}

void doc_digest_free(struct doc_digest *digest)
{
	if (!digest)
		return;
	EVP_MD_CTX_free(digest->context);
	free(digest);
}
