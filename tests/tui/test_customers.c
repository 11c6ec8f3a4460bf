/* SPDX-License-Identifier: MIT */
/*
 * The list of customers while the provider's own comes in: the selection stays
 * on its customer, on its line of the screen, and no turn of the loop notes so
 * many that a key would wait.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/test.h"
#include "tui/screens/customers.h"
#include "tui/wizard/wizard_private.h"

#define CUSTOMERS 100
#define COMING	  1000

struct desk {
	char *dir;
	struct prov_profile profile;
	struct tui_app app;
	struct tui_wizard_private private;
	struct tui_wizard wizard;
	struct customers *list;
};

static void put(struct desk *desk, const char *id, const char *name)
{
	struct prov_customer one = { 0 };
	struct err err = { 0 };

	one.id = mem_dup(id);
	one.name = mem_dup(name);
	assert_int_equal(case_customers_put(desk->app.store, &desk->profile,
					    &one, 1, &err),
			 0);
	prov_customer_release(&one);
}

/* "m-17" is called "M 017"; those of "a" come before, of "z" behind. */
static void put_many(struct desk *desk, const char *letter, int count)
{
	char id[32], name[32];
	struct err err = { 0 };

	assert_int_equal(case_store_begin(desk->app.store, &err), 0);
	for (int i = 0; i < count; i++) {
		snprintf(id, sizeof(id), "%s-%d", letter, i);
		snprintf(name, sizeof(name), "%s Silva %04d", letter, i);
		put(desk, id, name);
	}
	assert_int_equal(case_store_commit(desk->app.store, &err), 0);
}

static void open_desk(struct desk *desk)
{
	static char name[] = "practice";
	struct err err = { 0 };

	*desk = (struct desk){ .dir = mem_dup("/tmp/kyc-customers-XXXXXX") };
	assert_non_null(mkdtemp(desk->dir));
	desk->profile =
		(struct prov_profile){ .provider = &prov_lumx, .name = name };
	desk->app.profile = &desk->profile;
	assert_int_equal(
		case_store_open(&desk->app.store, desk->dir, "ana", &err), 0);
	desk->wizard.app = &desk->app;
	desk->wizard.private = &desk->private;
	put_many(desk, "m", CUSTOMERS);
	desk->list = customers_new(&desk->wizard);
	customers_layout(&desk->wizard, desk->list,
			 &(struct tui_area){ 3, 0, 18, 80 });
}

static void close_desk(struct desk *desk)
{
	customers_leave(&desk->wizard, desk->list);
	tui_listing_stop(&desk->wizard);
	free(desk->private.message);
	case_store_close(desk->app.store);
	test_remove_tree(desk->dir);
	free(desk->dir);
}

static void press(struct desk *desk, int key, size_t times)
{
	const struct tui_input in = { .key = key };

	for (size_t i = 0; i < times; i++)
		customers_key(&desk->wizard, desk->list, &in);
}

static const char *selected(struct desk *desk)
{
	const struct case_customer *row =
		customers_row(desk->list, desk->list->list.selected);

	return row ? row->id : "";
}

static size_t line(const struct desk *desk)
{
	return desk->list->list.selected - desk->list->list.top;
}

static void come(struct desk *desk)
{
	customers_changed(&desk->wizard, desk->list, TUI_CHANGED_CUSTOMERS);
	customers_tick(&desk->wizard, desk->list, xfer_now());
}

static const struct coming_row {
	const char *label;
	const char *typed;
	size_t down; /* pressed */
	const char *letter;
	int count;
} coming_rows[] = {
	{ "some behind", "", 40, "z", 10 },
	{ "a few before", "", 40, "a", 10 },
	{ "more before than were read", "", 40, "a", COMING },
	{ "before the first screen's", "", 5, "a", 3 },
	{ "before, while many match", "silva", 40, "a", COMING },
	{ "before the last", "", CUSTOMERS - 1, "a", COMING },
};

static void test_customers_coming(void **state)
{
	const struct coming_row *row = *state;
	struct desk desk;
	char *id = NULL;
	size_t at;

	open_desk(&desk);
	for (const char *c = row->typed; *c; c++)
		press(&desk, *c, 1);
	press(&desk, TUI_KEY_DOWN, row->down);
	id = mem_dup(selected(&desk));
	at = line(&desk);
	assert_true(*id);
	put_many(&desk, row->letter, row->count);
	come(&desk);
	assert_string_equal(selected(&desk), id);
	/* A list whose beginning is shown goes on showing it. */
	if (row->down > 16)
		assert_int_equal(line(&desk), at);
	free(id);
	close_desk(&desk);
}

/* What is selected stays when the filter goes. */
static void test_customers_clear(void **state)
{
	struct desk desk;

	(void)state;
	open_desk(&desk);
	for (const char *c = "0077"; *c; c++)
		press(&desk, *c, 1);
	assert_string_equal(selected(&desk), "m-77");
	customers_clear(&desk.wizard, desk.list);
	assert_int_equal(desk.list->found.matching, CUSTOMERS);
	assert_string_equal(selected(&desk), "m-77");
	assert_int_equal(desk.list->list.selected, 77);
	close_desk(&desk);
}

/* Among many, a glance at first; then they are counted. */
static void test_customers_counts_later(void **state)
{
	struct desk desk;

	(void)state;
	open_desk(&desk);
	put_many(&desk, "z", 2 * COMING);
	for (const char *c = "silva"; *c; c++)
		press(&desk, *c, 1);
	assert_true(desk.list->counting_ms > 0);
	assert_false(customers_tick(&desk.wizard, desk.list,
				    desk.list->counting_ms - 1));
	assert_true(customers_tick(&desk.wizard, desk.list,
				   desk.list->counting_ms));
	assert_int_equal(desk.list->counting_ms, 0);
	assert_int_equal(desk.list->found.matching, 1000);
	assert_true(desk.list->found.more);
	/* A key that moves does not wait for that. */
	press(&desk, TUI_KEY_BACKSPACE, 1);
	press(&desk, TUI_KEY_PAGE_DOWN, 3);
	assert_int_equal(desk.list->counting_ms, 0);
	assert_true(desk.list->list.selected > 40);
	/* And there is no end before the last of them. */
	press(&desk, TUI_KEY_DOWN, 3 * COMING);
	assert_int_equal(desk.list->found.matching, CUSTOMERS + 2 * COMING);
	assert_false(desk.list->found.more);
	assert_int_equal(desk.list->list.selected + 1, CUSTOMERS + 2 * COMING);
	close_desk(&desk);
}

/* A page of a thousand is noted a few a turn. */
static void test_listing_pumps(void **state)
{
	struct tui_listing *listing = NULL;
	struct desk desk;
	unsigned turns = 1;

	(void)state;
	open_desk(&desk);
	listing = tui_listing_of(&desk.wizard);
	for (int i = 0; i < COMING; i++)
		prov_page_add(&listing->came)->id = mem_printf("new-%d", i);
	listing->whole = true;
	assert_true(tui_listing_busy(&desk.wizard));
	while (tui_listing_pump(&desk.wizard))
		turns++;
	assert_true(turns >= COMING / 50);
	assert_false(tui_listing_busy(&desk.wizard));
	assert_true(listing->listed_ms > 0);
	assert_null(listing->error);
	come(&desk);
	assert_int_equal(desk.list->found.total, CUSTOMERS + COMING);
	close_desk(&desk);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_customers_coming, coming_rows);
	test_add(&tests, "clearing the filter", test_customers_clear);
	test_add(&tests, "counts later", test_customers_counts_later);
	test_add(&tests, "listing pumps", test_listing_pumps);
	return test_run(&tests, "tui/customers");
}
