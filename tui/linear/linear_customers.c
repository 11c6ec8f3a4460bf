/* SPDX-License-Identifier: MIT */
/* Linear mode: which customer; the rejected inbox; another profile. */
#include <stdlib.h>
#include <string.h>

#include "cases/inbox.h"
#include "tui/commands/command.h"
#include "tui/linear/linear.h"
#include "tui/terminal/draw.h"
#include "tui/words/item_words.h"
#include "tui/words/part_words.h"

#define SHOWN_MOST 20 /* at once */

/* What was looked for, and which of them were said last. */
struct found {
	char *text;
	struct case_customer_list list;
	size_t offset; /* of the first of LIST among all */
	bool inbox;    /* what was said last is the inbox */
	struct case_inbox rejected;
};

static void found_release(struct found *found)
{
	free(found->text);
	case_customer_list_release(&found->list);
	case_inbox_release(&found->rejected);
	*found = (struct found){ 0 };
}

/* Whom the provider has. Without an answer those seen before will do. */
static void ask_provider(struct linear *linear)
{
	const struct provider *provider = linear->app->profile->provider;
	struct err err = { 0 };

	if (!prov_can(&provider->customer_list))
		return;
	linear_say(_("Asking %s for its customers."), provider->title);
	if (tui_customers_now(linear->app, &err))
		linear_say_err(&err);
}

int linear_open(struct linear *linear, const char *id)
{
	struct prov_customer customer = { 0 };
	struct err err = { 0 };
	int64_t seen_ms = 0;
	char *copy = mem_dup(id);
	int ret =
		tui_customer_now(linear->app, copy, &customer, &seen_ms, &err);

	if (err.code)
		linear_say_err(&err);
	prov_customer_release(&customer);
	if (!ret) {
		mem_replace(&linear->customer, copy);
		ret = linear_reload(linear);
	}
	free(copy);
	return ret;
}

static void say_customer(size_t number, const struct case_customer *one)
{
	struct buf work = { 0 };

	if (one->rejected)
		buf_addf(&work,
			 P_(", %u rejected", ", %u rejected", one->rejected),
			 one->rejected);
	if (one->unsent && !case_newcomer_is(one->id))
		buf_addf(&work,
			 P_(", %u not sent", ", %u not sent", one->unsent),
			 one->unsent);
	linear_say("%zu. %s, %s%s%s, %s%s", number,
		   one->name && *one->name     ? one->name
		   : case_newcomer_is(one->id) ? _("(no name yet)")
					       : one->id,
		   tui_kind_word(one->kind), *one->country ? ", " : "",
		   one->country,
		   case_newcomer_is(one->id) ? _("new, not sent")
					     : tui_stage_word(one->stage),
		   buf_text(&work));
	buf_release(&work);
}

/* That there are MATCHING, of which END were said. */
static void say_more(size_t matching, size_t end)
{
	size_t rest = matching > end ? matching - end : 0;

	if (rest)
		linear_say(P_("%zu more; Enter lists the next ones.",
			      "%zu more; Enter lists the next ones.", rest),
			   rest);
}

/* Those of TEXT from OFFSET on. */
static void search(struct linear *linear, struct found *found, size_t offset)
{
	struct err err = { 0 };

	case_customer_list_release(&found->list);
	found->inbox = false;
	found->offset = offset;
	if (case_customers_search(linear->app->store, linear->app->profile,
				  found->text, offset, SHOWN_MOST, &found->list,
				  &err)) {
		linear_say_err(&err);
		return;
	}
	for (size_t i = 0; i < found->list.count; i++)
		say_customer(offset + i + 1, &found->list.list[i]);
	say_more(found->list.matching, offset + found->list.count);
}

/* Nobody seen before: a whole id may still be one, and is one that was typed as
 * it is. True: it is open. */
static bool search_text(struct linear *linear, struct found *found,
			const char *text)
{
	mem_replace(&found->text, text);
	search(linear, found, 0);
	if (found->list.count == 1 && text_same(found->list.list[0].id, text))
		return !linear_open(linear, text);
	return !found->list.count && *text && !linear_open(linear, text);
}

/* Other profiles. */

static size_t profile_called(const struct tui_app *app, const char *name)
{
	for (size_t i = 0; i < app->profile_count; i++)
		if (text_same(tui_app_profile(app, i)->name, name))
			return i;
	return app->profile_count;
}

/* Practice is left for real people's papers knowingly or not at all. */
static int use_profile(struct linear *linear, size_t at)
{
	struct tui_app *app = linear->app;
	const struct prov_profile *profile = NULL;
	struct err err = { 0 };

	if (at >= app->profile_count)
		return -1;
	profile = tui_app_profile(app, at);
	if (profile == app->profile)
		return 0;
	if (prov_environment(profile) == PROV_PRODUCTION &&
	    !linear_confirm(linear, false,
			    _("Switch to '%s'? It is %s of %s: what is sent "
			      "there is about real people and cannot be "
			      "taken back."),
			    profile->name, tui_realm(profile),
			    profile->provider->title))
		return -1;
	if (tui_app_switch(app, at, &err)) {
		linear_say_err(&err);
		return -1;
	}
	linear_say("%s: %s, %s", profile->name, profile->provider->title,
		   tui_realm(profile));
	return 0;
}

static const struct linear_key profile_keys[] = {
	{ "1, 2, …", N_("a number of the list uses that profile."), NULL },
	{ "", N_("stays with the present one."), NULL },
	{ NULL, NULL, NULL },
};

static void choose_profile(struct linear *linear, struct found *found)
{
	struct tui_app *app = linear->app;
	char *answer = NULL;
	int at = -1;

	for (size_t i = 0; i < app->profile_count; i++) {
		const struct prov_profile *profile = tui_app_profile(app, i);

		linear_say("%zu. %s, %s, %s%s", i + 1, profile->name,
			   profile->provider->title, tui_realm(profile),
			   profile == app->profile ? _(", in use") : "");
	}
	answer = linear_ask(linear, profile_keys, _("Profile:"));
	at = answer ? linear_choice(answer, app->profile_count) : -1;
	if (answer && *answer && at < 0)
		linear_say(_("Error: '%.40s' is no number of the list."),
			   answer);
	free(answer);
	if (at < 0 || tui_app_profile(app, (size_t)at) == app->profile ||
	    use_profile(linear, (size_t)at))
		return;
	found_release(found);
	ask_provider(linear);
}

/* The rejected inbox. */

static void say_rejected(size_t number, const struct case_inbox_row *row)
{
	char ago[48] = "";

	if (row->since_ms)
		tui_ago(ago, sizeof(ago), row->since_ms, xfer_now_unix());
	linear_say(_("%zu. rejected %s: %s, %s"), number, ago,
		   row->name && *row->name ? row->name : row->id, row->profile);
}

static void say_inbox(struct linear *linear, struct found *found, size_t offset)
{
	struct err err = { 0 };
	size_t end = 0;

	case_inbox_release(&found->rejected);
	found->inbox = true;
	found->offset = offset;
	if (case_inbox_read(linear->app->store, "", offset, SHOWN_MOST,
			    &found->rejected, &err)) {
		linear_say_err(&err);
		return;
	}
	end = offset + found->rejected.count;
	for (size_t i = 0; i < found->rejected.count; i++)
		say_rejected(offset + i + 1, &found->rejected.rows[i]);
	if (!found->rejected.count)
		linear_say("%s", _("Nothing is known to be rejected."));
	else
		say_more(found->rejected.matching, end);
}

/* Enter: the next ones, or the first again after the last. */
static void say_next(struct linear *linear, struct found *found)
{
	size_t count = found->inbox ? found->rejected.count : found->list.count;
	size_t matching =
		found->inbox ? found->rejected.matching : found->list.matching;
	size_t next = found->offset + count;

	next = next < matching ? next : 0;
	if (found->inbox) {
		say_inbox(linear, found, next);
		return;
	}
	if (!found->text)
		found->text = mem_dup("");
	search(linear, found, next);
	if (!found->list.count)
		linear_say("%s", _("Nobody is known by that."));
}

/* True: whoever was made, or begun before, is open. */
static bool create(struct linear *linear, const char *begun)
{
	char *id = linear_create(linear, begun);
	bool opened = id && !linear_open(linear, id);

	free(id);
	return opened;
}

static bool open_found(struct linear *linear, const char *id)
{
	return case_newcomer_is(id) ? create(linear, id)
				    : !linear_open(linear, id);
}

/* Number AT of what was said last. True: the customer is open. */
static bool open_number(struct linear *linear, const struct found *found,
			size_t at)
{
	const struct case_inbox_row *row = NULL;

	if (!found->inbox)
		return open_found(linear,
				  found->list.list[at - found->offset].id);
	row = &found->rejected.rows[at - found->offset];
	return !use_profile(linear,
			    profile_called(linear->app, row->profile)) &&
	       !linear_open(linear, row->id);
}

/* Is ANSWER a number of what was said last? Its index, or -1. */
static int numbered(const struct found *found, const char *answer)
{
	size_t count = found->inbox ? found->rejected.count : found->list.count;
	int at = linear_choice(answer, found->offset + count);

	return at >= 0 && (size_t)at < found->offset ? -1 : at;
}

void linear_next_language(struct linear *linear)
{
	const struct language *language = language_next();

	language_set(language);
	linear_say("%s", language->name);
	if (linear->customer)
		linear_reload(linear);
}

static const struct linear_key keys[] = {
	{ N_("text"), N_("part of a name, an id or a tax id lists who has it."),
	  NULL },
	{ "1, 2, …", N_("a number of the list opens that customer."), NULL },
	{ "", N_("lists all, and then the next ones."), NULL },
	{ "r",
	  N_("lists who has something rejected, who waits longest "
	     "first."),
	  NULL },
	{ "+", N_("makes a new customer, where the provider lets one."), NULL },
	{ "g", N_("asks the provider for its list again."), NULL },
	{ "p", N_("changes to another profile."), NULL },
	{ "l", N_("speaks the next language."), NULL },
	{ "/r", N_("looks for what begins like a command."), NULL },
	{ "q", N_("leaves; everything is kept."), NULL },
	{ NULL, NULL, NULL },
};

/* One answer. True: a customer is open. */
static bool obey(struct linear *linear, struct found *found, const char *answer)
{
	int at = numbered(found, answer);

	if (at >= 0)
		return open_number(linear, found, (size_t)at);
	if (!*answer)
		say_next(linear, found);
	else if (strcmp(answer, "r") == 0)
		say_inbox(linear, found, 0);
	else if (strcmp(answer, "+") == 0)
		return create(linear, NULL);
	else if (strcmp(answer, "g") == 0)
		ask_provider(linear);
	else if (strcmp(answer, "p") == 0)
		choose_profile(linear, found);
	else if (strcmp(answer, "l") == 0)
		linear_next_language(linear);
	else
		return search_text(linear, found, answer + (answer[0] == '/'));
	return false;
}

bool linear_choose_customer(struct linear *linear)
{
	struct found found = { 0 };
	char *answer = NULL;
	bool open = false;

	mem_replace(&linear->customer, NULL);
	while (!open && (answer = linear_ask(linear, keys, _("Customer:")))) {
		bool leave = strcmp(answer, "q") == 0;

		if (!leave)
			open = obey(linear, &found, answer);
		free(answer);
		if (leave)
			break;
	}
	found_release(&found);
	return open;
}

void linear_begin(struct linear *linear)
{
	linear_say("kyc, %s, %s", linear->app->profile->provider->title,
		   tui_realm(linear->app->profile));
	linear_say(_("%s: %s"), "?", _("says what can be answered."));
	ask_provider(linear);
}
