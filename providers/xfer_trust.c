/* SPDX-License-Identifier: MIT */
/* A private CA, looked into before anything is queued that could never be
 * sent. */
#include <errno.h>
#include <openssl/pem.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "providers/xfer.h"

static bool has_certificate(BIO *file)
{
	X509 *certificate = PEM_read_bio_X509(file, NULL, NULL, NULL);
	bool has = certificate != NULL;

	X509_free(certificate);
	return has;
}

int xfer_check_trust(const char *path, struct err *err)
{
	BIO *file = access(path, R_OK) ? NULL : BIO_new_file(path, "r");
	bool has;

	if (!file)
		return err_set(err, ERR_CONFIG,
			       _("cannot read the ca_file '%s': %s"), path,
			       strerror(errno));
	has = has_certificate(file);
	BIO_free(file);
	if (!has)
		return err_set(
			err, ERR_CONFIG,
			_("the ca_file '%s' has no certificate: it has "
			  "to be PEM, with '-----BEGIN CERTIFICATE-----'"),
			path);
	return 0;
}
