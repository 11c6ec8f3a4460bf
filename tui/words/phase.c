/* SPDX-License-Identifier: MIT */
#include "tui/words/phase.h"

#include "forms/form.h"
#include "tui/words/item_words.h"

enum {
	CHECK,
	SEND,
	WAIT,
	RECEIVED,
	REVIEW
};

static bool at(struct tui_phase *out, unsigned done, enum tui_symbol now)
{
	*out = (struct tui_phase){ done, now };
	return true;
}

static bool submission_phase(const struct case_submission *sub,
			     const struct xfer_progress *moving,
			     struct tui_phase *out)
{
	switch (sub->state) {
	case CASE_QUEUED:
	case CASE_SENDING:
		return at(out,
			  moving && moving->phase == XFER_AWAITING ? WAIT
								   : SEND,
			  TUI_SYMBOL_POINTER);
	case CASE_UNSURE:
		return at(out, WAIT, TUI_SYMBOL_UNSURE);
	case CASE_ACCEPTED:
		return at(out, RECEIVED, TUI_SYMBOL_POINTER);
	case CASE_REFUSED: /* the answer was there, and it was no */
		return at(out, RECEIVED, TUI_SYMBOL_BAD);
	case CASE_DRAFT:
	case CASE_CANCELLED:
		break;
	}
	return false;
}

static bool draft_phase(const struct case_item *item, struct tui_phase *out)
{
	const struct case_document *document = item->document;

	if (item->form)
		return at(out,
			  findings_errors(&item->form->findings) ? CHECK : SEND,
			  TUI_SYMBOL_OPEN);
	if (tui_draft_error(document))
		return at(out, CHECK, TUI_SYMBOL_BAD);
	if (document && document->path && !document->checked)
		return at(out, CHECK, TUI_SYMBOL_POINTER);
	return at(out, SEND, TUI_SYMBOL_OPEN);
}

bool tui_item_phase(const struct case_item *item,
		    const struct xfer_progress *moving, struct tui_phase *out)
{
	const struct case_submission *sub = item->submission;

	switch (item->state) {
	case CASE_ITEM_DRAFT:
		return draft_phase(item, out);
	case CASE_ITEM_QUEUED:
	case CASE_ITEM_UNSURE:
		return sub && submission_phase(sub, moving, out);
	case CASE_ITEM_SENT:
		return at(out, RECEIVED, TUI_SYMBOL_POINTER);
	case CASE_ITEM_IN_REVIEW:
		return at(out, REVIEW, TUI_SYMBOL_POINTER);
	case CASE_ITEM_ACCEPTED:
		return at(out, TUI_PHASES, TUI_SYMBOL_DONE);
	case CASE_ITEM_REJECTED:
		if (sub && sub->state == CASE_REFUSED)
			return submission_phase(sub, NULL, out);
		return at(out, REVIEW, TUI_SYMBOL_BAD);
	case CASE_ITEM_MISSING:
	case CASE_ITEM_NOT_NEEDED:
		break;
	}
	return false;
}

bool tui_send_phase(const struct tui_send_row *row,
		    const struct xfer_progress *moving, struct tui_phase *out)
{
	const struct case_submission *sub = row->submission;

	switch (row->state) {
	case TUI_SEND_READY:
	case TUI_SEND_WAITS:
		return at(out, SEND, TUI_SYMBOL_OPEN);
	case TUI_SEND_CHECKING:
		return at(out, CHECK, TUI_SYMBOL_POINTER);
	case TUI_SEND_BLOCKED:
		return at(out, CHECK, TUI_SYMBOL_BAD);
	case TUI_SEND_MOVING:
		return submission_phase(sub, moving, out);
	case TUI_SEND_SETTLED:
		break;
	}
	/* What the provider said of it since. */
	if (sub->state == CASE_ACCEPTED && row->item &&
	    row->item->submission == sub &&
	    tui_item_phase(row->item, NULL, out) && out->done >= RECEIVED)
		return true;
	return submission_phase(sub, NULL, out);
}

static const char *mark_of(const struct tui_phase *phase, unsigned i)
{
	return tui_symbol(i < phase->done    ? TUI_SYMBOL_DONE
			  : i == phase->done ? phase->now
					     : TUI_SYMBOL_OPEN);
}

void tui_phase_marks(const struct tui_phase *phase, char *out, size_t size)
{
	struct buf text = { 0 };

	for (unsigned i = 0; i < TUI_PHASES; i++)
		buf_add_text(&text, mark_of(phase, i));
	snprintf(out, size, "%s", buf_text(&text));
	buf_release(&text);
}

char *tui_phase_lines(const struct tui_phase *phase)
{
	static const char *const names[TUI_PHASES] = {
		[CHECK] = N_("checked here"),
		[SEND] = N_("sent"),
		[WAIT] = N_("answered by the provider"),
		[RECEIVED] = N_("received"),
		[REVIEW] = N_("reviewed"),
	};
	struct buf text = { 0 };

	for (unsigned i = 0; i < TUI_PHASES; i++)
		buf_addf(&text, "%s %s\n", mark_of(phase, i), _(names[i]));
	return buf_take(&text);
}
