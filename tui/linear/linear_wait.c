/* SPDX-License-Identifier: MIT */
/* Linear mode: news of the provider, one line a change. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/linear/linear.h"
#include "tui/wizard/requests.h"
#include "tui/words/item_words.h"
#include "tui/words/part_words.h"

#define WAIT_FIRST_MS 1000
#define WAIT_MOST_MS  30000
#define GIVE_UP_MS    (2 * 60 * 1000) /* without any news */

/* What was known before: an item's state by what it is called. */
struct known {
	char **words;
	size_t count;
	enum prov_stage stage;
};

static void know(const struct linear *linear, struct known *known)
{
	known->words = mem_array(linear->list.count + 1, sizeof(*known->words));
	known->count = linear->list.count;
	known->stage = linear->list.customer.stage;
	for (size_t i = 0; i < known->count; i++)
		known->words[i] = linear_item_words(linear, i, true);
}

static void known_release(struct known *known)
{
	for (size_t i = 0; i < known->count; i++)
		free(known->words[i]);
	free(known->words);
	*known = (struct known){ 0 };
}

static bool was_known(const struct known *known, const char *words)
{
	for (size_t i = 0; i < known->count; i++)
		if (strcmp(known->words[i], words) == 0)
			return true;
	return false;
}

/* Say what is not as it was; how many lines. */
static size_t say_news(const struct linear *linear, const struct known *before)
{
	const struct case_checklist *list = &linear->list;
	size_t news = 0;

	for (size_t n = 1; n <= list->count; n++) {
		char *words = linear_item_words(
			linear, linear_numbered(linear, n), true);

		if (!was_known(before, words)) {
			linear_say("%zu. %s", n, words);
			news++;
		}
		free(words);
	}
	if (list->customer.stage != before->stage) {
		linear_say("%s: %s", tui_stage_word(list->customer.stage),
			   tui_holder_name(list, NULL));
		news++;
	}
	return news;
}

int linear_news(struct linear *linear, size_t *news)
{
	struct known before = { 0 };
	size_t said = 0;
	int ret;

	know(linear, &before);
	ret = linear_open(linear, linear->customer);
	if (!ret)
		said = say_news(linear, &before);
	if (news)
		*news = said;
	known_release(&before);
	return ret;
}

void linear_refresh(struct linear *linear)
{
	size_t news = 0;

	if (!linear_news(linear, &news) && !news)
		linear_say(_("Nothing new: %s"),
			   tui_stage_word(linear->list.customer.stage));
}

static bool has(const struct linear *linear, enum case_item_state state)
{
	for (size_t i = 0; i < linear->list.count; i++)
		if (linear->list.items[i].state == state)
			return true;
	return false;
}

/* Is there anything that the provider has to decide? What arrived is looked at
 * when all is there. */
static bool undecided(const struct linear *linear)
{
	const struct case_checklist *list = &linear->list;
	enum prov_stage stage = list->customer.stage;

	if (stage == PROV_STAGE_IN_REVIEW || has(linear, CASE_ITEM_IN_REVIEW))
		return true;
	return has(linear, CASE_ITEM_SENT) && !list->missing &&
	       !list->rejected && stage != PROV_STAGE_APPROVED &&
	       stage != PROV_STAGE_CLOSED && !tui_start_possible(list);
}

/* Let MS go by. False: a line was typed, or all is over. From a pipe the next
 * line is there already, and is not for us. */
static bool pause_for(struct linear *linear, int64_t ms)
{
	int64_t until_ms = xfer_now() + ms;
	bool listens = isatty(STDIN_FILENO);
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	struct err err = { 0 };
	int64_t left;

	while ((left = until_ms - xfer_now()) > 0) {
		char *line = NULL;

		in.revents = 0;
		if (tui_app_turn(linear->app, &in, listens, (int)left, &err)) {
			linear_say_err(&err);
			linear_stop(linear, err_exit_status(err.code));
		} else if (tui_signal_taken()) {
			linear_stop(linear, 130);
		}
		if (linear->ended)
			return false;
		line = listens && in.revents ? linear_typed(linear, true)
					     : NULL;
		if (line) {
			free(line);
			return false;
		}
	}
	return true;
}

void linear_wait(struct linear *linear)
{
	const char *title = linear->app->profile->provider->title;
	int64_t since_ms = xfer_now();
	int64_t pause = WAIT_FIRST_MS;
	size_t news = 0;

	if (linear_news(linear, &news))
		return;
	if (undecided(linear))
		linear_say(_("Waiting for %s."), title);
	while (undecided(linear) && xfer_now() - since_ms < GIVE_UP_MS) {
		if (!pause_for(linear, pause) || linear_news(linear, &news))
			return;
		pause = news			   ? WAIT_FIRST_MS
			: pause * 2 < WAIT_MOST_MS ? pause * 2
						   : WAIT_MOST_MS;
		if (news)
			since_ms = xfer_now();
	}
	linear_say(undecided(linear) ? _("Still undecided: %s")
				     : _("Nothing is left for the provider to "
					 "decide: %s"),
		   tui_stage_word(linear->list.customer.stage));
}
