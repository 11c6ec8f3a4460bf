/* SPDX-License-Identifier: MIT */
#include "tui/widgets/meter.h"

#include <stdio.h>

#include "forms/form.h"
#include "tui/terminal/draw.h"

#define STALL_MS 12000 /* silence that is worth a word */
#define END_S	 30    /* silence that ends an attempt, as the wire has it */

unsigned tui_meter_percent(uint64_t sent, uint64_t total, bool answered)
{
	uint64_t percent;

	if (answered)
		return 100;
	if (total == 0)
		return 0;
	percent = sent > UINT64_MAX / 100 ? sent / (total / 100 + 1)
					  : sent * 100 / total;
	return percent > 99 ? 99 : (unsigned)percent;
}

static void sending_words(char *out, size_t size, const struct xfer_progress *p,
			  int64_t silent_ms)
{
	uint64_t left = p->total > p->sent ? p->total - p->sent : 0;
	char rate[32], time[32];

	if (silent_ms >= STALL_MS) {
		snprintf(out, size, _("no bytes for %d s, retry at %d s"),
			 (int)(silent_ms / 1000), END_S);
		return;
	}
	if (p->bytes_per_s == 0) {
		snprintf(out, size, "%s", _("sending"));
		return;
	}
	text_bytes(rate, sizeof(rate), p->bytes_per_s);
	/* Rounded up: nothing is left only when nothing is left. */
	left = left / p->bytes_per_s + (left % p->bytes_per_s != 0);
	tui_duration(time, sizeof(time),
		     left > 359999 ? 359999000 : (int64_t)left * 1000);
	snprintf(out, size, "%s/s  %s", rate, time);
}

void tui_meter_words(char *out, size_t size, const struct xfer_progress *p,
		     const char *provider, int64_t now_ms)
{
	int64_t last = p->last_byte_ms ? p->last_byte_ms : p->started_ms;
	int64_t silent_ms = now_ms > last ? now_ms - last : 0;
	int seconds = (int)(silent_ms / 1000);

	switch (p->phase) {
	case XFER_WAITING_TURN:
		snprintf(out, size, "%s", _("waits for its turn"));
		break;
	case XFER_CONNECTING:
		if (seconds >= 2)
			snprintf(out, size, _("connecting, %d s"), seconds);
		else
			snprintf(out, size, "%s", _("connecting"));
		break;
	case XFER_SENDING:
		sending_words(out, size, p, silent_ms);
		break;
	case XFER_AWAITING:
		/* What follows a lost answer is not a retry: see the outbox. */
		if (silent_ms >= STALL_MS)
			snprintf(out, size, _("waits for %s %d s of %d s"),
				 provider, seconds, END_S);
		else
			snprintf(out, size, _("waits for %s %d s"), provider,
				 seconds);
		break;
	}
}
