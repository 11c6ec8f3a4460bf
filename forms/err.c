/* SPDX-License-Identifier: MIT */
/* Errors: filling the struct, and the exit status of a code. */
#include "forms/err.h"

#include <stdarg.h>

#include "forms/buf.h"
#include "forms/text.h"

int err_set(struct err *err, enum err_code code, const char *format, ...)
{
	struct buf raw = { 0 };
	va_list args;

	if (!err)
		return -1;
	va_start(args, format);
	if (buf_addv(&raw, format, args))
		buf_add_text(&raw, format); /* endless arguments: do without */
	va_end(args);
	err->code = code;
	text_clean_ends(err->text, sizeof(err->text), buf_text(&raw));
	buf_release(&raw);
	return -1;
}

int err_prefix(struct err *err, const char *format, ...)
{
	struct buf raw = { 0 };
	va_list args;

	if (!err)
		return -1;
	va_start(args, format);
	buf_addv(&raw, format, args);
	va_end(args);
	buf_addf(&raw, ": %s", err->text);
	text_clean_ends(err->text, sizeof(err->text), buf_text(&raw));
	buf_release(&raw);
	return -1;
}

int err_exit_status(enum err_code code)
{
	static const int statuses[] = {
		[ERR_NONE] = 0,	   [ERR_USAGE] = 2,   [ERR_INPUT] = 3,
		[ERR_REFUSED] = 1, [ERR_NETWORK] = 4, [ERR_CREDENTIALS] = 5,
		[ERR_CONFIG] = 6,  [ERR_STORE] = 6,   [ERR_CANCELLED] = 130,
		[ERR_BUG] = 6,
	};

	if ((size_t)code >= sizeof(statuses) / sizeof(statuses[0]))
		return statuses[ERR_BUG];
	return statuses[code];
}
