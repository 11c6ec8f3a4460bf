/* SPDX-License-Identifier: MIT */
/* How much a provider is bothered, hours played in a moment. */
#include "cases/budget.h"

#include <stdlib.h>

#include "tests/test.h"

#define MOST   4
#define SECOND INT64_C(1000)
#define HOUR   (3600 * SECOND)

/* Sends whatever there is room for until UNTIL; each ends like HOW at once.
 * Returns how many went. */
static unsigned play(struct budget *budget, enum budget_end how,
		     int64_t wait_ms, int64_t from, int64_t until)
{
	unsigned sent = 0;

	for (int64_t now = from; now < until; now += 10) {
		while (budget_has_room(budget, MOST, now) && sent < 1000000 &&
		       budget->in_flight < MOST) {
			budget_begin(budget, now);
			sent++;
		}
		while (budget->in_flight)
			budget_end(budget, how, MOST, wait_ms, now);
	}
	return sent;
}

static void test_budget_probes_the_dead(void **state)
{
	struct budget budget = { 0 };
	unsigned sent;

	(void)state;
	sent = play(&budget, BUDGET_FAILED, -1, SECOND, 61 * SECOND);
	assert_in_range(sent, 11, 40);
	/* And once a minute from then on. */
	sent = play(&budget, BUDGET_FAILED, -1, 2 * HOUR, 3 * HOUR);
	assert_in_range(sent, 58, 61);
}

static void test_budget_has_one_probe_at_a_time(void **state)
{
	struct budget budget = { 0 };

	(void)state;
	play(&budget, BUDGET_FAILED, -1, SECOND, 20 * SECOND);
	assert_true(budget_has_room(&budget, MOST, HOUR));
	budget_begin(&budget, HOUR);
	assert_false(budget_has_room(&budget, MOST, HOUR));
	assert_int_equal(budget_next(&budget, HOUR), -1);
	budget_end(&budget, BUDGET_FAILED, MOST, -1, HOUR);
	assert_false(budget_has_room(&budget, MOST, HOUR));
	assert_true(budget_next(&budget, HOUR) > HOUR);
}

static void test_budget_waits_as_told(void **state)
{
	struct budget budget = { 0 };
	unsigned sent;

	(void)state;
	sent = play(&budget, BUDGET_FAILED, 300 * SECOND, SECOND, HOUR);
	assert_in_range(sent, 11, 12 + 13);
	assert_true(budget_next(&budget, HOUR) <= HOUR + 300 * SECOND);
}

/* A day for one item is no day for all. */
static void test_budget_caps_what_it_is_told(void **state)
{
	struct budget budget = { 0 };

	(void)state;
	play(&budget, BUDGET_FAILED, 24 * HOUR, SECOND, 10 * SECOND);
	assert_in_range(budget_next(&budget, 10 * SECOND), 10 * SECOND,
			HOUR / 2);
}

static void test_budget_notices_life(void **state)
{
	struct budget budget = { 0 };

	(void)state;
	play(&budget, BUDGET_FAILED, -1, SECOND, 60 * SECOND);
	budget_begin(&budget, HOUR);
	budget_end(&budget, BUDGET_ANSWERED, MOST, -1, HOUR);
	for (unsigned i = 0; i < MOST; i++) {
		assert_true(budget_has_room(&budget, MOST, HOUR));
		budget_begin(&budget, HOUR);
	}
	assert_false(budget_has_room(&budget, MOST, HOUR));
}

static void test_budget_forgives(void **state)
{
	struct budget budget = { 0 };

	(void)state;
	play(&budget, BUDGET_FAILED, -1, SECOND, 60 * SECOND);
	assert_false(budget_has_room(&budget, MOST, 60 * SECOND));
	budget_forgive(&budget);
	assert_true(budget_has_room(&budget, MOST, 60 * SECOND));
}

/* Four of ten fail, at random: that is a bad line and no dead provider. */
static void test_budget_bears_a_bad_line(void **state)
{
	struct budget budget = { 0 };
	unsigned probing = 0;

	(void)state;
	srand(7);
	for (int i = 0; i < 10000; i++) {
		int64_t now = SECOND + i * INT64_C(20);

		if (budget.probing)
			now = budget.probe_ms;
		budget_begin(&budget, now);
		budget_end(&budget,
			   rand() % 10 < 4 ? BUDGET_FAILED : BUDGET_ANSWERED,
			   MOST, -1, now);
		probing += budget.probing;
	}
	assert_in_range(probing, 0, 20);
}

/* In the measure of what goes well, more may fail before it counts. */
static void test_budget_grows_with_use(void **state)
{
	struct budget busy = { 0 };
	struct budget idle = { 0 };

	(void)state;
	for (int i = 0; i < 500; i++) {
		budget_begin(&busy, SECOND);
		budget_end(&busy, BUDGET_ANSWERED, MOST, -1, SECOND);
	}
	assert_in_range(play(&idle, BUDGET_FAILED, -1, SECOND, SECOND + 500),
			11, 15);
	assert_in_range(play(&busy, BUDGET_FAILED, -1, SECOND, SECOND + 500),
			60, 70);
}

static void test_budget_nothing_is_nothing(void **state)
{
	struct budget budget = { 0 };

	(void)state;
	assert_true(play(&budget, BUDGET_NOTHING, -1, SECOND, 2 * SECOND) >
		    100);
	assert_int_equal(budget.failed, 0);
}

static void begin(struct budget *budget, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		budget_begin(budget, SECOND);
}

static void end(struct budget *budget, enum budget_end how, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		budget_end(budget, how, 8, -1, SECOND);
}

static unsigned room(struct budget *budget)
{
	unsigned count = 0;

	for (; budget_has_room(budget, 8, SECOND); count++)
		budget_begin(budget, SECOND);
	end(budget, BUDGET_NOTHING, count);
	return count;
}

static void test_budget_narrows_and_widens(void **state)
{
	struct budget budget = { 0 };

	(void)state;
	assert_int_equal(room(&budget), 8);
	/* A whole round that was too many halves it once. */
	begin(&budget, 8);
	end(&budget, BUDGET_TOO_MANY, 8);
	assert_int_equal(room(&budget), 4);
	begin(&budget, 1);
	end(&budget, BUDGET_TOO_MANY, 1);
	assert_int_equal(room(&budget), 2);
	begin(&budget, 10);
	end(&budget, BUDGET_ANSWERED, 10);
	assert_int_equal(room(&budget), 3);
	begin(&budget, 200);
	end(&budget, BUDGET_ANSWERED, 200);
	assert_int_equal(room(&budget), 8);
}

static void test_budget_keeps_one_lane(void **state)
{
	struct budget budget = { 0 };

	(void)state;
	for (int i = 0; i < 8; i++) {
		begin(&budget, 1);
		end(&budget, BUDGET_TOO_MANY, 1);
	}
	assert_int_equal(room(&budget), 1);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "probes the dead", test_budget_probes_the_dead);
	test_add(&tests, "one probe at a time",
		 test_budget_has_one_probe_at_a_time);
	test_add(&tests, "waits as told", test_budget_waits_as_told);
	test_add(&tests, "caps what it is told",
		 test_budget_caps_what_it_is_told);
	test_add(&tests, "notices life", test_budget_notices_life);
	test_add(&tests, "forgives", test_budget_forgives);
	test_add(&tests, "bears a bad line", test_budget_bears_a_bad_line);
	test_add(&tests, "grows with use", test_budget_grows_with_use);
	test_add(&tests, "nothing is nothing", test_budget_nothing_is_nothing);
	test_add(&tests, "narrows and widens", test_budget_narrows_and_widens);
	test_add(&tests, "keeps one lane", test_budget_keeps_one_lane);
	return test_run(&tests, "cases/budget");
}
