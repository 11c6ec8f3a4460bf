/* SPDX-License-Identifier: MIT */
#include "providers/sandbox/ids.h"

#include <ctype.h>
#include <sys/random.h>

#include "forms/process.h"

void uuid_new(char out[UUID_SIZE])
{
	unsigned char b[16] = { 0 };

	if (getrandom(b, sizeof(b), 0) != (ssize_t)sizeof(b))
		abort();
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	snprintf(out, UUID_SIZE,
		 "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
		 "%02x%02x%02x%02x%02x%02x",
		 b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9],
		 b[10], b[11], b[12], b[13], b[14], b[15]);
}

bool uuid_read(const char *text, char out[UUID_SIZE])
{
	size_t i;

	for (i = 0; i < UUID_SIZE - 1; i++) {
		unsigned char c = (unsigned char)text[i];
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? c != '-' : !isxdigit(c))
			return false;
		out[i] = (char)tolower(c);
	}
	out[i] = '\0';
	return !text[i];
}

bool uuid_is_v4(const char *text)
{
	char lower[UUID_SIZE];

	return uuid_read(text, lower) && lower[14] == '4' &&
	       strchr("89ab", lower[19]);
}

int64_t moment_now(void)
{
	static int64_t apart; /* between the two clocks, as it was at first */

	if (!apart)
		apart = clock_ms(CLOCK_REALTIME) - clock_ms(CLOCK_MONOTONIC);
	return clock_ms(CLOCK_MONOTONIC) + apart;
}

void moment_text(int64_t ms, char out[MOMENT_SIZE])
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm tm = { 0 };

	gmtime_r(&seconds, &tm);
	strftime(out, MOMENT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

static int digits(const char *text, size_t len)
{
	int value = 0;

	while (len--) {
		if (!isdigit((unsigned char)*text))
			return -1;
		value = value * 10 + (*text++ - '0');
	}
	return value;
}

bool day_valid(const char *text)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };
	int year, month, day;
	bool leap;

	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
		return false;
	year = digits(text, 4);
	month = digits(text + 5, 2);
	day = digits(text + 8, 2);
	if (year < 1800 || month < 1 || month > 12 || day < 1)
		return false;
	leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return day <= days[month - 1] - (month == 2 && !leap);
}
