/* SPDX-License-Identifier: MIT */
/*
 * The numbers of a transfer as words and a bar: percent, rate, time left,
 * stalls. It starts no transfer and reads no clock: the caller brings the
 * numbers and the time, so a test can play an hour in a microsecond.
 */
#ifndef TUI_METER_H
#define TUI_METER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "providers/xfer.h"

/* Percent to show: 100 only when ANSWERED; all bytes out is still 99. */
unsigned tui_meter_percent(uint64_t sent, uint64_t total, bool answered);

/* What the row says beside its bar: "1.2 MB/s  0:01", "waits for Lumx 3 s",
 * "connecting", "no bytes for 14 s, retry at 30 s". NOW_MS is monotonic. */
void tui_meter_words(char *out, size_t size, const struct xfer_progress *p,
		     const char *provider, int64_t now_ms);

#endif
