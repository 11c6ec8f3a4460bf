/* SPDX-License-Identifier: MIT */
/* Line mode: the outbox driven until it is settled, with its progress. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "tui/report.h"
#include "tui/widgets/meter.h"

/* One line of progress for all that is on the wire: a bar that is drawn over
 * on a terminal (ten times a second at most), otherwise a line at 25, 50, 75
 * % and at the last byte. All-zero is a valid beginning. */
struct progress {
	int64_t drawn_ms;
	unsigned said; /* quarters said of the item below */
	int64_t item;
	bool open; /* a line without its end is on the screen */
};

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
	if (!isatty(STDERR_FILENO)) {
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
	int64_t named;	  /* whom LABEL is of */
	char *label;
	char *said; /* what was last said to hold things up */
	struct progress progress;
	struct tui_driver driver;
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
		   (long long)now.id, tui_what_of(&now), now.attempts,
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
	if (drive->driver.changed) {
		progress_end(&drive->progress);
		drive->driver.changed(drive->driver.arg, submission);
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

/* One turn of the loop. 0: go on; 1: the driver has enough; 2: a signal; -1:
 * ERR. */
static int turn(struct tui_app *app, const struct tui_driver *driver,
		struct err *err)
{
	struct pollfd in = { .fd = driver->fd, .events = POLLIN };
	bool listens = driver->turn && driver->fd >= 0;

	if (tui_app_turn(app, &in, listens, 100, err))
		return -1;
	if (tui_signal_taken())
		return 2;
	return driver->turn && !driver->turn(driver->arg, in.revents != 0);
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
	return turn(app, &drive->driver, err);
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

/* The progress that a command shows: of SUBMISSION, or of one at a time. */
static void show_progress(struct tui_app *app, int64_t submission,
			  struct drive *drive)
{
	int64_t item = submission ? submission
				  : outbox_shown(app->outbox, drive->item);

	note_bytes(app, item, drive);
	if (drive->driver.turn)
		return;
	if (item && item != drive->named) {
		name_item(app, item, &drive->label);
		drive->named = item;
	}
	if (submission || isatty(STDERR_FILENO))
		progress_tick(&drive->progress, app, item,
			      drive->label ? drive->label : _("sending"));
}

int tui_drive(struct tui_app *app, int64_t submission,
	      const struct tui_driver *driver, struct err *err)
{
	struct drive drive = { .app = app,
			       .changed = true,
			       .moved_ms = xfer_now() };
	outbox_changed *changed = app->changed;
	void *changed_arg = app->changed_arg;
	int64_t looked_ms = 0;
	int ret = 0;

	if (driver)
		drive.driver = *driver;
	app->changed = note_change;
	app->changed_arg = &drive;
	while (!ret) {
		ret = drive_turn(app, submission, &drive, err);
		if (ret || xfer_now() - looked_ms < 100)
			continue;
		looked_ms = xfer_now();
		show_progress(app, submission, &drive);
	}
	progress_end(&drive.progress);
	app->changed = changed;
	app->changed_arg = changed_arg;
	free(drive.said);
	free(drive.label);
	return ret == 2 ? 1 : ret < 0 ? -1 : 0;
}
