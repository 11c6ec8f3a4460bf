/* SPDX-License-Identifier: MIT */
/* The review screen: its rows, and all that is known of one of them. */
#include "tui/screens/review.h"

#include <stdlib.h>

#include "tui/words/item_words.h"
#include "tui/words/phase.h"

void review_rebuild(const struct tui_wizard *wizard, struct review *state)
{
	state->now_ms = xfer_now();
	state->now_unix_ms = xfer_now_unix();
	tui_send_rows_build(&wizard->checklist, wizard->app->profile->provider,
			    state->now_unix_ms, &state->rows);
}

const struct tui_send_row *review_selected(const struct review *state)
{
	return state->list.selected < state->rows.count
		       ? &state->rows.list[state->list.selected]
		       : NULL;
}

static bool no_progress(const void *arg, int64_t submission,
			struct xfer_progress *out)
{
	(void)arg;
	(void)submission;
	(void)out;
	return false;
}

bool review_all_answered(const struct review *state)
{
	struct tui_send_total total;

	tui_send_sum(&state->rows, no_progress, NULL, &total);
	return total.accepted && !total.moving && !total.refused &&
	       !state->rows.ready;
}

static struct tui_send_context context_of(const struct tui_wizard *wizard,
					  const struct review *state)
{
	int64_t paused = outbox_paused(wizard->app->outbox);

	return (struct tui_send_context){
		.checklist = &wizard->checklist,
		.provider = wizard->app->profile->provider,
		.rows = &state->rows,
		.stopped = outbox_stopped(wizard->app->outbox),
		.paused_ms = paused > 0 ? paused : 0,
		.now_ms = state->now_ms,
		.now_unix_ms = state->now_unix_ms,
	};
}

void review_words(const struct tui_wizard *wizard, const struct review *state,
		  const struct tui_send_row *row, char *out, size_t size)
{
	struct tui_send_context context = context_of(wizard, state);
	struct xfer_progress moving = { 0 };

	if (row->state == TUI_SEND_MOVING &&
	    outbox_progress(wizard->app->outbox, row->submission->id, &moving))
		context.moving = &moving;
	tui_send_words(row, &context, out, size);
}

void review_show(struct tui_wizard *wizard, const struct review *state,
		 const struct tui_send_row *row)
{
	const struct case_submission *sub = row->submission;
	struct tui_send_context context = context_of(wizard, state);
	char *mates = tui_send_mates(row, &context);
	struct tui_phase phase = { 0 };
	struct xfer_progress moving = { 0 };
	bool wire =
		sub && outbox_progress(wizard->app->outbox, sub->id, &moving);
	struct buf text = { 0 };
	char words[400];

	review_words(wizard, state, row, words, sizeof(words));
	buf_addf(&text, "%s\n", words);
	if (tui_send_phase(row, wire ? &moving : NULL, &phase)) {
		char *lines = tui_phase_lines(&phase);

		buf_addf(&text, "\n%s", lines);
		free(lines);
	}
	if (mates[0])
		buf_addf(&text, _("\nIn one request with: %s"), mates);
	if (sub && sub->path)
		buf_addf(&text, _("\nFile: %s"), tui_base_name(sub->path));
	if (sub && sub->sha256[0])
		buf_addf(&text, _("\nSHA-256: %s"), sub->sha256);
	if (sub && sub->attempts)
		buf_addf(&text, _("\nTried: %u times"), sub->attempts);
	if (sub && sub->message)
		buf_addf(&text, _("\nLast answer: %s"), sub->message);
	if (sub && sub->code)
		buf_addf(&text, " (%s)", sub->code);
	if (sub)
		buf_addf(&text, _("\nIdempotency key: %s"), sub->key);
	tui_show(wizard, row->label, buf_text(&text));
	buf_release(&text);
	free(mates);
}
