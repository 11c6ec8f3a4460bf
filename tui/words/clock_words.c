/* SPDX-License-Identifier: MIT */
#include "tui/words/clock_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "forms/form.h"

#define MINUTE_MS (60 * (int64_t)1000)
#define HOUR_MS	  (60 * MINUTE_MS)
#define DAY_MS	  (24 * HOUR_MS)

void tui_clock(char *out, size_t size, int64_t unix_ms)
{
	time_t then = (time_t)(unix_ms / 1000);
	time_t now = time(NULL);
	struct tm at = { 0 };
	struct tm today = { 0 };
	bool same;

	localtime_r(&then, &at);
	localtime_r(&now, &today);
	same = at.tm_year == today.tm_year && at.tm_yday == today.tm_yday;
	strftime(out, size, same ? "%H:%M" : "%Y-%m-%d %H:%M", &at);
}

void tui_span(char *out, size_t size, int64_t then_ms, int64_t now_ms)
{
	int64_t ms = now_ms > then_ms ? now_ms - then_ms : 0;
	long number;

	if (ms < MINUTE_MS) {
		snprintf(out, size, "%s", _("under a minute"));
	} else if (ms < HOUR_MS) {
		number = (long)(ms / MINUTE_MS);
		snprintf(out, size, P_("%ld minute", "%ld minutes", number),
			 number);
	} else if (ms < 2 * DAY_MS) {
		number = (long)(ms / HOUR_MS);
		snprintf(out, size, P_("%ld hour", "%ld hours", number),
			 number);
	} else {
		number = (long)(ms / DAY_MS);
		snprintf(out, size, P_("%ld day", "%ld days", number), number);
	}
}

static int64_t due_ms(const struct provider *provider, int64_t since_ms)
{
	return case_business_days(since_ms, provider->review_days);
}

bool tui_promise_broken(const struct provider *provider, int64_t since_ms,
			int64_t now_ms)
{
	return provider->review_days && since_ms &&
	       due_ms(provider, since_ms) < now_ms;
}

char *tui_promise_words(const struct provider *provider, int64_t since_ms,
			int64_t now_ms)
{
	char due[32];

	if (!provider->review_days || !since_ms)
		return mem_dup("");
	tui_clock(due, sizeof(due), due_ms(provider, since_ms));
	if (tui_promise_broken(provider, since_ms, now_ms))
		return mem_printf(_("It had promised an answer by %s."), due);
	return mem_printf(_("It promises an answer by %s."), due);
}

char *tui_clock_ours(const struct case_clocks *clocks, int64_t now_ms)
{
	char span[40];

	if (!clocks->ours_ms)
		return NULL;
	tui_span(span, sizeof(span), clocks->ours_ms, now_ms);
	return mem_printf(_("Waits for us: %s."), span);
}

char *tui_clock_theirs(const struct case_clocks *clocks,
		       const struct provider *provider, int64_t now_ms)
{
	char *promise = NULL;
	char *text = NULL;
	char span[40];

	if (!clocks->theirs_ms)
		return NULL;
	promise = tui_promise_words(provider, clocks->theirs_ms, now_ms);
	tui_span(span, sizeof(span), clocks->theirs_ms, now_ms);
	text = mem_printf(_("Waits for %s: %s.%s%s"), provider->title, span,
			  *promise ? " " : "", promise);
	free(promise);
	return text;
}
