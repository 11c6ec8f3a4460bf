/* SPDX-License-Identifier: MIT */
/* Errors: filling the struct, and the exit status of a code. */
#include "forms/err.h"

#include <stdarg.h>
#include <stdio.h>

#include "forms/text.h"

int err_set(struct err *err, enum err_code code, const char *format, ...)
{
	char raw[sizeof(err->text)];
	va_list args;

	if (!err)
		return -1;
	va_start(args, format);
	vsnprintf(raw, sizeof(raw), format, args);
	va_end(args);
	err->code = code;
	text_clean(err->text, sizeof(err->text), raw);
	return -1;
}

int err_prefix(struct err *err, const char *format, ...)
{
	char prefix[sizeof(err->text)];
	char raw[2 * sizeof(err->text) + 2];
	va_list args;

	if (!err)
		return -1;
	va_start(args, format);
	vsnprintf(prefix, sizeof(prefix), format, args);
	va_end(args);
	snprintf(raw, sizeof(raw), "%s: %s", prefix, err->text);
	text_clean(err->text, sizeof(err->text), raw);
	return -1;
}

int err_exit_status(enum err_code code)
{
	static const int statuses[] = {
		[ERR_NONE] = 0,	       [ERR_USAGE] = 2,
		[ERR_INPUT] = 3,       [ERR_REFUSED] = 1,
		[ERR_NETWORK] = 4,     [ERR_CREDENTIALS] = 5,
		[ERR_CONFIG] = 6,      [ERR_STORE] = 6,
		[ERR_CANCELLED] = 130, [ERR_BUG] = 6,
	};

	return statuses[code];
}
