/* SPDX-License-Identifier: MIT */
/* Line mode: results, messages and progress. */
#include "tui/report.h"

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/meter.h"

/* One line of progress for all that is on the wire: a bar that is drawn over
 * on a terminal (ten times a second at most), otherwise a line at 25, 50, 75
 * % and at the last byte. All-zero is a valid beginning. */
struct progress {
	int64_t drawn_ms;
	unsigned said; /* quarters said of the item below */
	int64_t item;
	bool open; /* a line without its end is on the screen */
};

/* What to do next, by the code of what failed. */
static const char *const next_steps[] = {
	[ERR_USAGE] = N_("see 'kyc --help'"),
	[ERR_NETWORK] = N_("nothing is lost; try again, or 'kyc resume'"),
	[ERR_CREDENTIALS] = N_("check the key that the profile names; nothing "
			       "is lost"),
	[ERR_CONFIG] = N_("mend the configuration, or try 'kyc demo', which "
			  "needs none"),
	[ERR_STORE] = N_("nothing more is sent before that is mended"),
	[ERR_BUG] = N_("this is a mistake in kyc; please report it"),
};

int tui_report_err(const struct err *err)
{
	const char *next = NULL;

	if ((size_t)err->code < sizeof(next_steps) / sizeof(*next_steps))
		next = next_steps[err->code];
	fprintf(stderr, "kyc: %s\n", err->text);
	if (next)
		fprintf(stderr, "     %s\n", _(next));
	return err_exit_status(err->code);
}

int tui_report_end(int status)
{
	struct pollfd out = { .fd = STDOUT_FILENO };
	int failed = fflush(stdout) ? errno : 0;

	if (!failed && !ferror(stdout))
		return status;
	/* "| head -1" has seen enough. */
	if (poll(&out, 1, 0) > 0 && (out.revents & POLLERR))
		return status;
	fprintf(stderr,
		_("kyc: cannot write the results%s%s\n"
		  "     what was sent is in the record; 'kyc status' shows it\n"),
		failed ? ": " : "", failed ? strerror(failed) : "");
	return tui_worse(status, 6);
}

void tui_report(const struct tui_app *app, const char *format, ...)
{
	char raw[1024];
	char clean[3072];
	va_list args;

	if (app->options.quiet)
		return;
	va_start(args, format);
	vsnprintf(raw, sizeof(raw), format, args);
	va_end(args);
	text_clean(clean, sizeof(clean), raw);
	fprintf(stderr, "%s\n", clean);
}

void tui_report_findings(const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];
		bool error = finding->severity == FINDING_ERROR;

		fprintf(stderr, "  %s: %s\n", error ? _("error") : _("warning"),
			finding->text);
	}
}

/* The state that is promised to scripts; what still waits is "queued". */
static const char *state_word(const struct case_submission *submission)
{
	switch (submission->state) {
	case CASE_ACCEPTED:
		return "accepted";
	case CASE_REFUSED:
	case CASE_CANCELLED:
		return "refused";
	case CASE_SENDING: /* and not waited for any more */
	case CASE_UNSURE:
		return "unsure";
	default:
		return "queued";
	}
}

static const struct finding *first_error(const struct findings *findings)
{
	for (size_t i = 0; findings && i < findings->count; i++)
		if (findings->list[i].severity == FINDING_ERROR)
			return &findings->list[i];
	return NULL;
}

/* What is no UTF-8 is shown as far as it is: a line lacks nothing. */
static json_t *text_or_null(const char *text)
{
	json_t *value = text && *text ? json_string(text) : json_null();
	char *clean = value ? NULL : text_clean_new(text);

	if (!value)
		value = json_string(clean);
	free(clean);
	return value;
}

static json_t *error_object(const struct case_submission *submission,
			    const struct findings *findings)
{
	const struct finding *finding = first_error(findings);

	if (!finding)
		finding = first_error(&submission->problems);
	if (submission->state == CASE_ACCEPTED ||
	    (!finding && !submission->message))
		return json_null();
	return json_pack(
		"{s:o, s:o, s:o}", "code",
		text_or_null(finding && findings ? finding->code
						 : submission->code),
		"field", text_or_null(finding ? finding->field : NULL),
		"message",
		text_or_null(finding ? finding->text : submission->message));
}

static bool is_form(const struct case_submission *submission)
{
	return submission->schema || submission->rank < PROV_RANK_DOCUMENT;
}

static void print_json(const struct case_submission *submission,
		       const struct findings *findings)
{
	const char *type = submission->type;
	json_t *object = NULL;
	char *text = NULL;

	if (!type)
		type = is_form(submission) ? "information" : "start";
	object = json_pack(
		"{s:s, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:o, s:o, s:I, "
		"s:i, s:o, s:o}",
		"event", "result", "submission",
		submission->id ? json_integer(submission->id) : json_null(),
		"customer", text_or_null(submission->customer), "type",
		text_or_null(type), "side",
		text_or_null(doc_side_name(submission->side)), "party",
		text_or_null(submission->party), "state",
		state_word(submission), "provider_id",
		text_or_null(submission->provider_id), "key",
		text_or_null(submission->key), "sha256",
		text_or_null(submission->sha256), "bytes",
		(json_int_t)submission->bytes, "attempts",
		(int)submission->attempts, "form",
		text_or_null(submission->schema), "error",
		error_object(submission, findings));
	text = object ? json_dumps(object, JSON_COMPACT) : NULL;
	printf("%s\n", text ? text : "{}");
	fflush(stdout);
	free(text);
	json_decref(object);
}

static const char *what_of(const struct case_submission *submission)
{
	const char *what = submission->type;

	if (!what)
		what = is_form(submission) ? submission->schema
					   : _("start of the verification");
	return what ? what : _("information");
}

static void print_words(const struct case_submission *submission)
{
	const char *what = what_of(submission);
	const char *side = doc_side_name(submission->side);
	char *raw = NULL;
	char *words = NULL;

	raw = mem_printf(
		"%s %s%s%s%s%s: %s%s%s",
		submission->customer ? submission->customer : "?", what,
		*side ? " " : "", side, submission->party ? " " : "",
		submission->party ? submission->party : "",
		state_word(submission), submission->message ? ": " : "",
		submission->message ? submission->message : "");
	words = text_clean_new(raw);
	printf("%s\n", words);
	fflush(stdout);
	mem_free_private(words);
	mem_free_private(raw);
}

int tui_report_result(const struct tui_app *app,
		      const struct case_submission *submission,
		      const struct findings *findings)
{
	if (app->options.json)
		print_json(submission, findings);
	else
		print_words(submission);
	if (findings && findings_errors(findings))
		return 3;
	switch (submission->state) {
	case CASE_ACCEPTED:
		return 0;
	case CASE_REFUSED:
	case CASE_CANCELLED:
		return submission->attempts ? 1 : 3;
	default:
		return 4;
	}
}

static void draw_bar(const struct xfer_progress *p, const struct tui_app *app,
		     const char *label, struct progress *progress)
{
	char words[80];
	char bar[25];
	unsigned percent = tui_meter_percent(p->sent, p->total, false);
	unsigned full = percent * 24 / 100;

	for (unsigned i = 0; i < 24; i++)
		bar[i] = i < full ? '#' : '.';
	bar[24] = '\0';
	tui_meter_words(words, sizeof(words), p, app->profile->provider->title,
			xfer_now());
	fprintf(stderr, "\r\033[K%.24s  %s %3u %%  %s", label, bar, percent,
		words);
	fflush(stderr);
	progress->open = true;
}

static void say_quarter(const struct xfer_progress *p, const char *label,
			struct progress *progress)
{
	unsigned quarter = p->total ? (unsigned)(p->sent * 4 / p->total) : 0;

	if (quarter <= progress->said)
		return;
	progress->said = quarter;
	if (quarter == 4)
		fprintf(stderr,
			_("%s: all bytes sent, waiting for the "
			  "answer\n"),
			label);
	else
		fprintf(stderr, "%s: %u %%\n", label, quarter * 25);
}

static void progress_tick(struct progress *progress, const struct tui_app *app,
			  int64_t submission, const char *label)
{
	struct xfer_progress now = { 0 };

	if (app->options.quiet ||
	    !outbox_progress(app->outbox, submission, &now))
		return;
	if (progress->item != submission) {
		progress->item = submission;
		progress->said = 0;
	}
	if (app->options.linear || !isatty(STDERR_FILENO)) {
		say_quarter(&now, label, progress);
	} else if (xfer_now() - progress->drawn_ms >= 100) {
		progress->drawn_ms = xfer_now();
		draw_bar(&now, app, label, progress);
	}
}

static void progress_end(struct progress *progress)
{
	if (progress->open)
		fprintf(stderr, "\r\033[K");
	progress->open = false;
}

int tui_worse(int one, int other)
{
	static const int order[] = { 6, 5, 130, 2, 1, 3, 4, 0 };

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (one == order[i] || other == order[i])
			return order[i];
	return one;
}

static bool settled(enum case_state state)
{
	return state == CASE_ACCEPTED || state == CASE_REFUSED ||
	       state == CASE_CANCELLED;
}

/* 1: SUBMISSION has its answer; 0: not yet; -1: ERR. */
static int is_settled(struct tui_app *app, int64_t submission, struct err *err)
{
	struct case_submission now = { 0 };
	int ret = case_submission_load(app->store, submission, &now, err);

	if (ret == 1)
		ret = settled(now.state);
	else if (ret == 0)
		ret = 1;
	case_submission_release(&now);
	return ret;
}

/* Is there still something that may move by itself? A question that is on
 * the wire, too: what it is about goes on with its answer. */
static bool moving(const struct tui_app *app)
{
	return xfer_active(app->xfer) || outbox_next(app->outbox) >= 0;
}

#define PATIENCE_ONE_MS 30000
#define PATIENCE_ALL_MS 120000

/* What the outbox's callback notes, and who else wants to hear. */
struct drive {
	struct tui_app *app;
	bool changed;	  /* a look into the record is worth it */
	int64_t heard;	  /* the submission that changed last */
	int64_t moved_ms; /* when something went on */
	int64_t item;	  /* whose progress is shown */
	uint64_t most;	  /* bytes of it that ever were sent at once */
	char *said;	  /* what was last said to hold things up */
	struct progress progress;
	outbox_changed *tell;
	void *arg;
};

/* For --verbose: each step of each submission. */
static void say_change(struct drive *drive, int64_t submission)
{
	struct case_submission now = { 0 };
	struct err ignored = { 0 };

	if (case_submission_load(drive->app->store, submission, &now,
				 &ignored) != 1)
		return;
	progress_end(&drive->progress);
	tui_report(drive->app, _("submission %lld, %s, attempt %u: %s%s%s"),
		   (long long)now.id, what_of(&now), now.attempts,
		   case_state_name(now.state), now.message ? ": " : "",
		   now.message ? now.message : "");
	case_submission_release(&now);
}

static void note_change(void *arg, int64_t submission)
{
	struct drive *drive = arg;

	drive->changed = true;
	drive->heard = submission;
	if (drive->app->options.verbose && !drive->app->options.quiet)
		say_change(drive, submission);
	if (drive->tell) {
		progress_end(&drive->progress);
		drive->tell(drive->arg, submission);
	}
}

/* Say what holds up the one that changed last, once for each reason; one
 * that has its answer is a step forward. */
static int hear(struct tui_app *app, struct drive *drive, struct err *err)
{
	struct case_submission now = { 0 };
	int64_t heard = drive->heard;
	int got = 0;

	drive->heard = 0;
	if (heard)
		got = case_submission_load(app->store, heard, &now, err);
	if (got == 1 && settled(now.state)) {
		drive->moved_ms = xfer_now();
	} else if (got == 1 && now.message && now.next_ms &&
		   now.next_ms != INT64_MAX &&
		   (!drive->said || strcmp(drive->said, now.message) != 0)) {
		mem_replace(&drive->said, now.message);
		progress_end(&drive->progress);
		tui_report(app, _("%s: %s; trying again"),
			   now.type ? now.type : _("information"), now.message);
	}
	case_submission_release(&now);
	return got < 0 ? -1 : 0;
}

/* Bytes count as going on only where none of them went before: a server that
 * takes everything and answers nothing is not waited for. */
static void note_bytes(struct tui_app *app, int64_t item, struct drive *drive)
{
	struct xfer_progress now = { 0 };

	if (!item || !outbox_progress(app->outbox, item, &now))
		return;
	if (item != drive->item) {
		drive->item = item;
		drive->most = 0;
	}
	if (now.sent > drive->most) {
		drive->most = now.sent;
		drive->moved_ms = xfer_now();
	}
}

static bool patience_over(const struct tui_app *app, int64_t submission,
			  struct drive *drive)
{
	int64_t most = submission ? PATIENCE_ONE_MS : PATIENCE_ALL_MS;

	if (xfer_now() - drive->moved_ms < most)
		return false;
	progress_end(&drive->progress);
	tui_report(app, _("nothing went on for %d s; it is kept"),
		   (int)(most / 1000));
	return true;
}

/* 0: go on; 1: settled, or nothing moves; 2: a signal; -1: ERR. */
static int drive_turn(struct tui_app *app, int64_t submission,
		      struct drive *drive, struct err *err)
{
	int done = 0;

	if (outbox_pump(app->outbox, err))
		return -1;
	if (hear(app, drive, err))
		return -1;
	if (submission && drive->changed) {
		drive->changed = false;
		done = is_settled(app, submission, err);
		if (done)
			return done;
	}
	if (outbox_stopped(app->outbox) || !moving(app) ||
	    patience_over(app, submission, drive))
		return 1;
	if (tui_app_turn(app, NULL, 0, 100, err))
		return -1;
	return tui_signal_taken() ? 2 : 0;
}

/* What the progress of ITEM is called: its document type. */
static void name_item(struct tui_app *app, int64_t item, char **label)
{
	struct case_submission now = { 0 };
	struct err ignored = { 0 };

	if (case_submission_load(app->store, item, &now, &ignored) == 1)
		mem_replace(label, now.type ? now.type : _("information"));
	case_submission_release(&now);
}

int tui_drive(struct tui_app *app, int64_t submission, outbox_changed *changed,
	      void *arg, struct err *err)
{
	struct drive drive = {
		.app = app,
		.changed = true,
		.moved_ms = xfer_now(),
		.tell = changed,
		.arg = arg,
	};
	int64_t item = 0, named = 0;
	int64_t looked_ms = 0;
	char *label = NULL;
	int ret = 0;

	app->changed = note_change;
	app->changed_arg = &drive;
	while (!ret) {
		ret = drive_turn(app, submission, &drive, err);
		if (ret || xfer_now() - looked_ms < 100)
			continue;
		looked_ms = xfer_now();
		item = submission ? submission
				  : outbox_shown(app->outbox, drive.item);
		note_bytes(app, item, &drive);
		if (item && item != named) {
			name_item(app, item, &label);
			named = item;
		}
		if (submission || app->options.linear || isatty(STDERR_FILENO))
			progress_tick(&drive.progress, app, item,
				      label ? label : _("sending"));
	}
	progress_end(&drive.progress);
	app->changed = NULL;
	free(drive.said);
	free(label);
	return ret == 2 ? 1 : ret < 0 ? -1 : 0;
}
