/* SPDX-License-Identifier: MIT */
#include "tests/test.h"
#include "tui/widgets/meter.h"

static const struct percent {
	const char *name;
	uint64_t sent, total;
	bool answered;
	unsigned want;
} percents[] = {
	{ "nothing yet", 0, 1000, false, 0 },
	{ "rounds down", 999, 1000, false, 99 },
	{ "half", 500, 1000, false, 50 },
	{ "all bytes out is not done", 1000, 1000, false, 99 },
	{ "the answer is", 1000, 1000, true, 100 },
	{ "answered before the last byte", 10, 1000, true, 100 },
	{ "no length known", 5, 0, false, 0 },
	{ "more than announced", 2000, 1000, false, 99 },
	{ "beyond any file", UINT64_MAX, UINT64_MAX, false, 99 },
	{ "half of beyond", UINT64_MAX / 2, UINT64_MAX, false, 49 },
};

static void test_meter_percent(void **state)
{
	const struct percent *row = *state;

	assert_int_equal(
		tui_meter_percent(row->sent, row->total, row->answered),
		row->want);
}

static const struct words {
	const char *name;
	struct xfer_progress progress;
	int64_t now_ms;
	const char *want;
} words[] = {
	{ "its turn",
	  { .phase = XFER_WAITING_TURN },
	  5000,
	  "waits for its turn" },
	{ "connecting",
	  { .phase = XFER_CONNECTING, .started_ms = 1000 },
	  1500,
	  "connecting" },
	{ "connecting for long",
	  { .phase = XFER_CONNECTING, .started_ms = 1000 },
	  6000,
	  "connecting, 5 s" },
	{ "no rate yet",
	  { XFER_SENDING, 0, 1000, 1000, 1000, 0 },
	  1100,
	  "sending" },
	{ "rate and time left",
	  { XFER_SENDING, 700000, 1900000, 1000, 5000, 1200000 },
	  5100,
	  "1.2 MB/s  0:01" },
	{ "never 0:00 while bytes are left",
	  { XFER_SENDING, 999, 1000, 1000, 5000, 1000000 },
	  5000,
	  "1.0 MB/s  0:01" },
	{ "hours left",
	  { XFER_SENDING, 0, 36000000, 1000, 5000, 10000 },
	  5000,
	  "10 kB/s  1:00:00" },
	{ "a stall, and when it ends",
	  { XFER_SENDING, 10, 1000, 1000, 5000, 1000 },
	  19000,
	  "no bytes for 14 s, retry at 30 s" },
	{ "no stall yet",
	  { XFER_SENDING, 10, 1000, 1000, 5000, 1000 },
	  16999,
	  "1 kB/s  0:01" },
	{ "waiting for the answer",
	  { XFER_AWAITING, 1000, 1000, 1000, 5000, 1000 },
	  8000,
	  "waits for Lumx 3 s" },
	{ "waiting for long, and how long at most",
	  { XFER_AWAITING, 1000, 1000, 1000, 5000, 1000 },
	  19500,
	  "waits for Lumx 14 s of 30 s" },
	{ "a clock that went backwards",
	  { XFER_AWAITING, 1000, 1000, 1000, 5000, 1000 },
	  100,
	  "waits for Lumx 0 s" },
};

static void test_meter_words(void **state)
{
	const struct words *row = *state;
	char out[128];

	tui_meter_words(out, sizeof(out), &row->progress, "Lumx", row->now_ms);
	assert_string_equal(out, row->want);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_meter_percent, percents);
	TEST_ROWS(&tests, test_meter_words, words);
	return test_run(&tests, "tui/meter");
}
