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

/* 0, or -1 where LIBRARY has not all of them; dlerror() says which. */
static int find_all(void *library, struct xfer_curl *found)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
		void *function = dlsym(library, functions[i].name);

		if (!function)
			return -1;
		memcpy((char *)found + functions[i].offset, &function,
		       sizeof(function));
	}
	return 0;
}

/* Lazily: not a tenth of what it links to is ever called. Its names stay its
 * own; what it was given to hold on to is never unloaded. */
int xfer_curl_load(const char *name, struct err *err)
{
	struct xfer_curl found = { 0 };
	void *library = NULL;

	if (xfer_curl.easy_init)
		return 0;
	library = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
	if (library && !find_all(library, &found)) {
		xfer_curl = found;
		return 0;
	}
	err_set(err, ERR_CONFIG, _("cannot load libcurl: %s"), dlerror());
	if (library)
		dlclose(library);
	return -1;
}
