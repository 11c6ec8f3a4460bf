/* SPDX-License-Identifier: MIT */
/* Words for how long something has waited, and until when a provider has said
 * that it answers. Draws nothing. */
#ifndef TUI_CLOCK_WORDS_H
#define TUI_CLOCK_WORDS_H

#include "cases/case.h"

/* "10:42" today, else "2026-11-24 10:42". */
void tui_clock(char *out, size_t size, int64_t unix_ms);

/* "3 minutes", "5 hours", "2 days": how long it is from THEN to NOW. */
void tui_span(char *out, size_t size, int64_t then_ms, int64_t now_ms);

/* By when PROVIDER has promised to answer what it has since SINCE_MS (unix; 0:
 * not known); "" where nothing is promised. free() it. */
char *tui_promise_words(const struct provider *provider, int64_t since_ms,
			int64_t now_ms);
/* Is it over? */
bool tui_promise_broken(const struct provider *provider, int64_t since_ms,
			int64_t now_ms);

/* "Waits for us: 2 days", "With Dwolla: 3 hours. …"; NULL where that clock
 * does not run; free() it. */
char *tui_clock_ours(const struct case_clocks *clocks, int64_t now_ms);
char *tui_clock_theirs(const struct case_clocks *clocks,
		       const struct provider *provider, int64_t now_ms);

#endif
