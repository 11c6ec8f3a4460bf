/* SPDX-License-Identifier: MIT */
/* Ids and times as the providers write them: UUIDs, UTC in ISO 8601. */
#ifndef SANDBOX_IDS_H
#define SANDBOX_IDS_H

#include <stdbool.h>
#include <stdint.h>

#define UUID_SIZE 37 /* 8-4-4-4-12 and the NUL */

/* How much of one is the secret of a practice link: short, so that the link
 * stands on one row of a terminal and can be copied whole. */
#define LINK_TOKEN 8

void uuid_new(char out[UUID_SIZE]); /* version 4, from the system's random */

/* Is TEXT 8-4-4-4-12 in hex (any version, any case)? OUT: in lower case. */
bool uuid_read(const char *text, char out[UUID_SIZE]);
bool uuid_is_v4(const char *text);

/* Unix milliseconds. Never goes back while the program runs, even when
 * somebody sets the clock. */
int64_t moment_now(void);

#define MOMENT_SIZE 32
void moment_text(int64_t ms, char out[MOMENT_SIZE]); /* 2026-05-25T09:00:00Z */

/* Is TEXT a day of the calendar, YYYY-MM-DD, not before 1800? */
bool day_valid(const char *text);

#endif
