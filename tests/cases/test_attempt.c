/* SPDX-License-Identifier: MIT */
/* What the end of an attempt means: the table, row by row. */
#include "cases/attempt.h"

#include "tests/test.h"

static const struct judging {
	const char *name;
	enum prov_outcome outcome;
	enum prov_end end;
	enum attempt_why why;
	bool before, key_dies;
	bool wants_key, stored, may_be_running; /* as the reader says */
	bool new_key;				/* as it is judged */
	unsigned tries, most;
	int64_t wait_ms;
	enum case_state state;
	bool before_after, stops, parks;
} judgings[] = {
	{ .name = "accepted",
	  .outcome = PROV_ACCEPTED,
	  .end = PROV_END_ANSWER,
	  .state = CASE_ACCEPTED,
	  .before_after = true },
	{ .name = "accepted after a doubt",
	  .outcome = PROV_ACCEPTED,
	  .end = PROV_END_ANSWER,
	  .before = true,
	  .state = CASE_ACCEPTED,
	  .before_after = true },
	{ .name = "refused",
	  .outcome = PROV_REFUSED,
	  .end = PROV_END_ANSWER,
	  .state = CASE_REFUSED },
	{ .name = "refused after a doubt: it is the provider's word",
	  .outcome = PROV_REFUSED,
	  .end = PROV_END_ANSWER,
	  .before = true,
	  .state = CASE_REFUSED,
	  .before_after = true },
	{ .name = "again",
	  .outcome = PROV_AGAIN,
	  .end = PROV_END_ANSWER,
	  .wait_ms = 7000,
	  .state = CASE_QUEUED },
	{ .name = "refused after a doubt, while the other may still run",
	  .outcome = PROV_REFUSED,
	  .end = PROV_END_ANSWER,
	  .before = true,
	  .may_be_running = true,
	  .state = CASE_UNSURE,
	  .before_after = true },
	{ .name = "refused without a doubt has nothing that may still run",
	  .outcome = PROV_REFUSED,
	  .end = PROV_END_ANSWER,
	  .may_be_running = true,
	  .state = CASE_REFUSED },
	{ .name = "busy after a doubt keeps the key",
	  .outcome = PROV_AGAIN,
	  .end = PROV_END_ANSWER,
	  .before = true,
	  .wants_key = true,
	  .wait_ms = 1,
	  .state = CASE_UNSURE,
	  .before_after = true },
	{ .name = "again, the answer stored under the key ends the doubt",
	  .outcome = PROV_AGAIN,
	  .end = PROV_END_ANSWER,
	  .before = true,
	  .wants_key = true,
	  .stored = true,
	  .new_key = true,
	  .wait_ms = 1,
	  .state = CASE_QUEUED },
	{ .name = "again, the same key keeps the doubt",
	  .outcome = PROV_AGAIN,
	  .end = PROV_END_ANSWER,
	  .before = true,
	  .wait_ms = 1,
	  .state = CASE_UNSURE,
	  .before_after = true },
	{ .name = "not reached, after a doubt",
	  .outcome = PROV_AGAIN,
	  .end = PROV_END_UNREACHED,
	  .before = true,
	  .state = CASE_UNSURE,
	  .before_after = true },
	{ .name = "again for the sixth time",
	  .outcome = PROV_AGAIN,
	  .end = PROV_END_ANSWER,
	  .tries = 6,
	  .state = CASE_QUEUED,
	  .parks = true },
	{ .name = "again as often as the provider says",
	  .outcome = PROV_AGAIN,
	  .end = PROV_END_ANSWER,
	  .tries = 3,
	  .most = 3,
	  .state = CASE_QUEUED,
	  .parks = true },
	{ .name = "lost",
	  .outcome = PROV_UNSURE,
	  .end = PROV_END_LOST,
	  .state = CASE_UNSURE,
	  .before_after = true },
	{ .name = "lost, and keys are not remembered",
	  .outcome = PROV_UNSURE,
	  .end = PROV_END_LOST,
	  .key_dies = true,
	  .state = CASE_UNSURE,
	  .before_after = true,
	  .parks = true },
	{ .name = "denied",
	  .outcome = PROV_DENIED,
	  .end = PROV_END_ANSWER,
	  .state = CASE_QUEUED,
	  .stops = true },
	{ .name = "denied after a doubt",
	  .outcome = PROV_DENIED,
	  .end = PROV_END_ANSWER,
	  .before = true,
	  .state = CASE_UNSURE,
	  .before_after = true,
	  .stops = true },
	{ .name = "the file changed",
	  .outcome = PROV_REFUSED,
	  .end = PROV_END_SOURCE,
	  .state = CASE_REFUSED },
	{ .name = "the file changed after a doubt",
	  .outcome = PROV_REFUSED,
	  .end = PROV_END_SOURCE,
	  .before = true,
	  .state = CASE_UNSURE,
	  .before_after = true,
	  .parks = true },
	{ .name = "cancelled before a byte left",
	  .outcome = PROV_AGAIN,
	  .end = PROV_END_CANCELLED,
	  .why = ATTEMPT_CANCELLED,
	  .state = CASE_CANCELLED },
	{ .name = "cancelled, but an earlier one may have arrived",
	  .outcome = PROV_AGAIN,
	  .end = PROV_END_CANCELLED,
	  .why = ATTEMPT_CANCELLED,
	  .before = true,
	  .state = CASE_UNSURE,
	  .before_after = true,
	  .parks = true },
	{ .name = "cancelled on the way",
	  .outcome = PROV_UNSURE,
	  .end = PROV_END_CANCELLED,
	  .why = ATTEMPT_CANCELLED,
	  .state = CASE_UNSURE,
	  .before_after = true,
	  .parks = true },
	{ .name = "cancelled too late",
	  .outcome = PROV_ACCEPTED,
	  .end = PROV_END_ANSWER,
	  .why = ATTEMPT_CANCELLED,
	  .state = CASE_ACCEPTED,
	  .before_after = true },
	{ .name = "left before a byte left",
	  .outcome = PROV_AGAIN,
	  .end = PROV_END_CANCELLED,
	  .why = ATTEMPT_LEAVING,
	  .tries = 6,
	  .state = CASE_QUEUED },
	{ .name = "left on the way",
	  .outcome = PROV_UNSURE,
	  .end = PROV_END_CANCELLED,
	  .why = ATTEMPT_LEAVING,
	  .state = CASE_UNSURE,
	  .before_after = true },
};

static void test_attempt_judge(void **state)
{
	const struct judging *row = *state;
	const struct prov_result result = {
		.outcome = row->outcome,
		.new_key = row->wants_key,
		.stored = row->stored,
		.may_be_running = row->may_be_running,
		.wait_ms = row->wait_ms ? row->wait_ms : -1,
		.most_attempts = row->most,
	};
	const struct attempt attempt = {
		.result = &result,
		.end = row->end,
		.why = row->why,
		.sent_before = row->before,
		.tries = row->tries ? row->tries : 1,
		.key_lives = !row->key_dies,
	};
	struct attempt_verdict verdict;

	attempt_judge(&attempt, &verdict);
	assert_int_equal(verdict.state, row->state);
	assert_int_equal(verdict.sent_before, row->before_after);
	assert_int_equal(verdict.stop, row->stops);
	assert_int_equal(verdict.parked, row->parks);
	assert_int_equal(verdict.new_key, row->new_key);
	assert_int_equal(verdict.wait_ms, row->wait_ms);
}

static const struct waiting {
	const char *name;
	unsigned tries;
	uint32_t dice;
	int64_t asked_ms, least, most;
} waitings[] = {
	{ "the first is short", 1, UINT32_MAX, -1, 0, 500 },
	{ "it doubles", 3, UINT32_MAX, -1, 0, 2000 },
	{ "the dice decide", 3, 1999, -1, 1999, 1999 },
	{ "never undercuts the provider", 1, 0, 60000, 60000, 60000 },
	{ "no wait is longer than a day", 1, 0, INT64_MAX, 86400000, 86400000 },
};

static void test_attempt_waits(void **state)
{
	const struct waiting *row = *state;
	const struct prov_result result = { .outcome = PROV_AGAIN,
					    .wait_ms = row->asked_ms };
	const struct attempt attempt = { .result = &result,
					 .end = PROV_END_ANSWER,
					 .tries = row->tries,
					 .dice = row->dice };
	struct attempt_verdict verdict;

	attempt_judge(&attempt, &verdict);
	assert_in_range(verdict.wait_ms, row->least, row->most);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_attempt_judge, judgings);
	TEST_ROWS(&tests, test_attempt_waits, waitings);
	return test_run(&tests, "cases/attempt");
}
