/* SPDX-License-Identifier: MIT */
/*
 * libcurl, loaded for the first call. It brings thirty libraries along: to
 * link them at the start takes longer than the rest of it, for a program that
 * most often shows a screen first, and for commands that never call anybody.
 * Its functions are those of <curl/curl.h>, called xfer_curl.easy_init() for
 * curl_easy_init().
 */
#ifndef PROVIDERS_XFER_CURL_H
#define PROVIDERS_XFER_CURL_H

#include <curl/curl.h>

#include "forms/err.h"

#define XFER_CURL_FUNCTIONS(X) \
	X(easy_cleanup)        \
	X(easy_getinfo)        \
	X(easy_init)           \
	X(easy_reset)          \
	X(easy_setopt)         \
	X(global_cleanup)      \
	X(global_init)         \
	X(multi_add_handle)    \
	X(multi_cleanup)       \
	X(multi_info_read)     \
	X(multi_init)          \
	X(multi_perform)       \
	X(multi_poll)          \
	X(multi_remove_handle) \
	X(multi_setopt)

#define XFER_CURL_MEMBER(name) __typeof__(curl_##name) *name;
struct xfer_curl {
	XFER_CURL_FUNCTIONS(XFER_CURL_MEMBER)
};
#undef XFER_CURL_MEMBER

extern struct xfer_curl xfer_curl; /* filled by xfer_curl_load() */

/* Load it from the file NAME, as dlopen() looks for it. ERR_CONFIG when it is
 * not installed, or is none; once it is there, nothing happens any more. */
int xfer_curl_load(const char *name, struct err *err) ERR_CHECKED;

#endif
