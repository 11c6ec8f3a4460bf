/* SPDX-License-Identifier: MIT */
#include "providers/xfer_curl.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#include "forms/i18n.h"

struct xfer_curl xfer_curl;

static const struct function {
	const char *name;
	size_t offset; /* of its pointer */
} functions[] = {
#define FUNCTION(name) { "curl_" #name, offsetof(struct xfer_curl, name) },
	XFER_CURL_FUNCTIONS(FUNCTION)
};

int xfer_curl_load(struct err *err)
{
	struct xfer_curl loaded = { 0 };
	void *library = NULL;

	if (xfer_curl.easy_init)
		return 0;
	library = dlopen(KYC_LIBCURL, RTLD_LAZY);
	if (!library)
		return err_set(err, ERR_CONFIG, _("cannot load libcurl: %s"),
			       dlerror());
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
		void *found = dlsym(library, functions[i].name);

		if (!found)
			return err_set(err, ERR_CONFIG,
				       _("cannot load libcurl: %s"), dlerror());
		memcpy((char *)&loaded + functions[i].offset, &found,
		       sizeof(found));
	}
	xfer_curl = loaded;
	return 0;
}
