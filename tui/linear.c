/* SPDX-License-Identifier: MIT */
/* Linear mode: questions and answers, and the road through them. */
#include "tui/linear.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/command.h"
#include "tui/item_words.h"
#include "tui/part_words.h"
#include "tui/status_words.h"
#include "tui/undo.h"

#define LINE_MOST   65536 /* bytes of an answer */
#define SHOWN_MOST  20	  /* customers at once */
#define INTERRUPTED 130

void linear_say(const char *format, ...)
{
	char raw[2048];
	char clean[6144];
	va_list args;

	va_start(args, format);
	vsnprintf(raw, sizeof(raw), format, args);
	va_end(args);
	text_clean(clean, sizeof(clean), raw);
	printf("%s\n", clean);
	fflush(stdout);
}

void linear_say_err(const struct err *err)
{
	linear_say(_("Error: %s"), err->text);
}

void linear_say_findings(const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		linear_say(findings->list[i].severity == FINDING_ERROR
				   ? _("Error: %s")
				   : _("Warning: %s"),
			   findings->list[i].text);
}

/* The first whole line of what was typed, or (at the end) the rest; NULL: it
 * has not come yet. */
static char *take_line(struct linear *linear)
{
	const char *text = buf_text(&linear->typed);
	const char *end = memchr(text, '\n', linear->typed.len);
	size_t len = end ? (size_t)(end - text) : linear->typed.len;
	struct buf rest = { 0 };
	char *raw = NULL;
	char *line = NULL;

	if (!end && (!linear->ended || !len))
		return NULL;
	raw = mem_dup_n(text, len);
	line = text_trim(raw);
	mem_free_private(raw);
	if (end)
		buf_add(&rest, end + 1, linear->typed.len - len - 1);
	buf_release(&linear->typed);
	linear->typed = rest;
	return line;
}

/* What is there now; an answer that never ends is cut. */
static void read_some(struct linear *linear)
{
	char bytes[4096];
	ssize_t got = read(STDIN_FILENO, bytes, sizeof(bytes));

	if (got > 0 && linear->typed.len < LINE_MOST)
		buf_add(&linear->typed, bytes, (size_t)got);
	else if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
		linear->ended = true;
}

static char *await_line(struct linear *linear)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	struct err err = { 0 };
	char *line = NULL;

	while (!(line = take_line(linear)) && !linear->ended) {
		in.revents = 0;
		if (tui_app_turn(linear->app, &in, 1, -1, &err)) {
			linear_say_err(&err);
			linear->status = err_exit_status(err.code);
			linear->ended = true;
		}
		if (tui_signal_taken()) {
			linear->status = INTERRUPTED;
			linear->ended = true;
			return NULL;
		}
		if (in.revents)
			read_some(linear);
	}
	return line;
}

char *linear_ask(struct linear *linear, const char *format, ...)
{
	char raw[1024];
	char clean[3072];
	va_list args;

	va_start(args, format);
	vsnprintf(raw, sizeof(raw), format, args);
	va_end(args);
	text_clean(clean, sizeof(clean), raw);
	printf("%s ", clean);
	fflush(stdout);
	/* From a pipe there is no Enter that would end the line. */
	if (!isatty(STDIN_FILENO))
		putchar('\n');
	return await_line(linear);
}

int linear_choice(const char *answer, size_t count)
{
	char *end = NULL;
	unsigned long number = strtoul(answer, &end, 10);

	if (answer[0] < '0' || answer[0] > '9' || *end || !number ||
	    number > count)
		return -1;
	return (int)number - 1;
}

int linear_reload(struct linear *linear)
{
	struct err err = { 0 };

	if (!case_checklist_load(linear->app->store, linear->app->profile,
				 linear->customer, &linear->list, &err))
		return 0;
	linear_say_err(&err);
	return -1;
}

/* Customers. */

/* Whom the provider has. Without an answer those seen before will do. */
static void list_customers(struct linear *linear)
{
	const struct provider *provider = linear->app->profile->provider;
	struct err err = { 0 };

	if (!prov_can(&provider->customer_list))
		return;
	linear_say(_("Asking %s for its customers."), provider->title);
	if (tui_customers_now(linear->app, &err))
		linear_say_err(&err);
}

/* Ask about the customer; what the record knows will do otherwise. */
static int open_customer(struct linear *linear, const char *id)
{
	struct prov_customer customer = { 0 };
	struct err err = { 0 };
	int64_t seen_ms = 0;
	int ret = tui_customer_now(linear->app, id, &customer, &seen_ms, &err);

	if (err.code)
		linear_say_err(&err);
	prov_customer_release(&customer);
	if (ret)
		return -1;
	mem_replace(&linear->customer, id);
	return linear_reload(linear);
}

static void show_customers(const struct case_customer_list *found)
{
	for (size_t i = 0; i < found->count; i++) {
		const struct case_customer *one = &found->list[i];

		linear_say("%zu. %s, %s, %s, %s", i + 1, one->name,
			   tui_kind_word(one->kind), one->country,
			   case_newcomer_is(one->id)
				   ? _("new, not sent")
				   : tui_stage_word(one->stage));
	}
	if (found->matching > found->count)
		linear_say(P_("%zu more; type more of the name.",
			      "%zu more; type more of the name.",
			      found->matching - found->count),
			   found->matching - found->count);
}

/* True: whoever was made is open. */
static bool create(struct linear *linear, const char *begun)
{
	char *id = linear_create(linear, begun);
	bool opened = id && !open_customer(linear, id);

	free(id);
	return opened;
}

/* One answer of the customers' question. True: a customer is open. */
static bool choose(struct linear *linear, struct case_customer_list *found,
		   const char *answer)
{
	struct err err = { 0 };
	int at = linear_choice(answer, found->count);

	if (at >= 0 && case_newcomer_is(found->list[at].id))
		return create(linear, found->list[at].id);
	if (at >= 0)
		return !open_customer(linear, found->list[at].id);
	case_customer_list_release(found);
	if (strcmp(answer, "+") == 0)
		return create(linear, NULL);
	if (case_customers_search(linear->app->store, linear->app->profile,
				  answer, 0, SHOWN_MOST, found, &err)) {
		linear_say_err(&err);
		return false;
	}
	/* Nobody seen before; a whole id may still be one. */
	if (!found->count && *answer)
		return !open_customer(linear, answer);
	show_customers(found);
	return false;
}

static bool choose_customer(struct linear *linear)
{
	struct case_customer_list found = { 0 };
	bool chosen = false;
	char *answer = NULL;

	if (linear->app->profile->provider->creations)
		linear_say("%s", _("+ makes a new customer."));
	while (!chosen &&
	       (answer = linear_ask(linear,
				    _("Customer: part of a name, a number of "
				      "the list, or an id; q leaves:")))) {
		if (strcmp(answer, "q") == 0) {
			free(answer);
			break;
		}
		chosen = choose(linear, &found, answer);
		free(answer);
	}
	case_customer_list_release(&found);
	return chosen;
}

/* The checklist of one customer. */

static void show_item(const struct linear *linear, size_t at)
{
	const struct case_item *item = &linear->list.items[at];
	bool optional = item->requirement->optional || item->side_optional;
	char *label = tui_item_label(item);
	char words[300];

	tui_item_words(&linear->list, item, true, xfer_now_unix(), words,
		       sizeof(words));
	linear_say("%zu. %s%s: %s", at + 1, label,
		   optional ? _(" (optional)") : "", words);
	free(label);
}

static void show_items(const struct linear *linear)
{
	const struct case_checklist *list = &linear->list;
	const struct prov_customer *customer = &list->customer;

	linear_say("%s, %s, %s. %s", customer->name,
		   tui_kind_word(customer->kind), customer->country,
		   tui_stage_word(customer->stage));
	if (customer->closed_because)
		linear_say("%s", customer->closed_because);
	for (size_t p = 0; p < list->part_count; p++) {
		const struct case_part *part = &list->parts[p];

		if (part->party)
			linear_say(_("For %s:"), part->party->name
							 ? part->party->name
							 : part->party->id);
		for (size_t i = part->first; i < part->first + part->count; i++)
			show_item(linear, i);
	}
}

static void undo(struct linear *linear, enum tui_undo what)
{
	struct case_change change = { 0 };
	struct err err = { 0 };
	char *words = NULL;

	if (tui_undo_step(linear->app->store, linear->list.case_id, what,
			  &change, &err)) {
		linear_say_err(&err);
		return;
	}
	linear_reload(linear);
	words = tui_undo_words(linear->app->profile->provider, &linear->list,
			       what, &change);
	linear_say("%s", words);
	mem_free_private(words);
	case_change_release(&change);
}

/* Whether to show the list again. */
static bool obey(struct linear *linear, const char *answer)
{
	int at = linear_choice(answer, linear->list.count);
	char *id = NULL;

	if (at >= 0) {
		linear_item(linear, &linear->list.items[at]);
		if ((size_t)at < linear->list.count)
			show_item(linear, (size_t)at);
		return false;
	}
	switch (answer[0]) {
	case '\0':
		return true;
	case 's':
		linear_send(linear);
		return true;
	case 't':
		linear_status(linear);
		return false;
	case 'u':
	case 'U':
		undo(linear, answer[0] == 'u' ? TUI_UNDO : TUI_REDO);
		return false;
	case 'r':
		id = mem_dup(linear->customer);
		open_customer(linear, id);
		free(id);
		return true;
	default:
		linear_say(
			"%s",
			_("A number opens that line. Enter lists them again. "
			  "s sends what is ready. r asks the provider "
			  "again. t tells what became of everything. u "
			  "undoes the last change, U does it again. b "
			  "goes back to the customers. q leaves; "
			  "everything is kept."));
		return false;
	}
}

/* False: leave altogether. */
static bool work_on(struct linear *linear)
{
	bool show = true;
	char *answer = NULL;

	for (;;) {
		if (show)
			show_items(linear);
		answer = linear_ask(linear,
				    _("A number, s, r, t, u, b, q or ?:"));
		if (!answer || strcmp(answer, "q") == 0 ||
		    strcmp(answer, "b") == 0)
			break;
		show = obey(linear, answer);
		free(answer);
	}
	show = answer && *answer == 'b';
	free(answer);
	return show;
}

/* What stays behind is said; it is no failure. */
static void say_rest(struct linear *linear)
{
	struct outbox_totals totals = { 0 };
	unsigned rest;

	outbox_totals(linear->app->outbox, &totals);
	rest = totals.queued + totals.sending + totals.waiting + totals.held +
	       totals.unsure;
	if (!rest)
		return;
	linear_say(P_("%u item has no answer yet. It stays saved; 'kyc resume' "
		      "sends it. ",
		      "%u items have no answer yet. They stay saved; 'kyc "
		      "resume' sends them. ",
		      rest),
		   rest);
	linear->status = tui_worse(linear->status, 4);
}

int tui_linear_run(struct tui_app *app)
{
	struct linear linear = { .app = app };

	linear_say("kyc · %s %s", app->profile->provider->title,
		   tui_realm(app->profile));
	list_customers(&linear);
	while (!linear.ended && choose_customer(&linear) && work_on(&linear))
		;
	say_rest(&linear);
	case_checklist_release(&linear.list);
	buf_release(&linear.typed);
	free(linear.customer);
	return linear.status;
}
