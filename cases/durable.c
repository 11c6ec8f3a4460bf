/* SPDX-License-Identifier: MIT */
/* A thread that syncs the log and empties it. */
#include "cases/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/i18n.h"
#include "forms/mem.h"
#include "providers/xfer.h"

/* A commit that nobody waits for is synced with others. */
#define GATHER_MS 20
/* In pages of the log. It is emptied past the first, as far as that goes
 * beside the loop. Only past the second the loop's next commit may have to
 * wait for the disk. */
#define EMPTY_PAGES  1000
#define INSIST_PAGES 16000
#define INSIST_MS    2000
#define STACK_BYTES  (256 << 10)

struct durable {
	char *dir, *path, *log_path;
	int log;	  /* -1: not opened yet */
	bool named;	  /* the log's name is on the disk */
	int64_t noted_ms; /* the loop's: of the first commit not asked for */
	uint64_t asked;	  /* likewise: up to where a sync was asked for */

	pthread_t thread;
	bool running;
	int pipe[2]; /* a byte for each sync that ended */

	pthread_mutex_t lock; /* for all below */
	pthread_cond_t wake, ended;
	bool quit;
	uint64_t noted, wanted, reached;
	unsigned pages;
	unsigned emptied; /* of PAGES, when it was last tried */
	int error;	  /* errno of the sync that failed; for good */
};

static int open_pipe(int ends[2])
{
	if (pipe(ends))
		return -1;
	for (int i = 0; i < 2; i++)
		if (fcntl(ends[i], F_SETFD, FD_CLOEXEC) ||
		    fcntl(ends[i], F_SETFL, O_NONBLOCK))
			return -1;
	return 0;
}

struct durable *durable_new(const char *dir, const char *path)
{
	struct durable *durable = mem_alloc(sizeof(*durable));
	struct stat st;

	durable->dir = mem_dup(dir);
	durable->path = mem_dup(path);
	durable->log_path = mem_printf("%s-wal", path);
	durable->log = -1;
	durable->pipe[0] = durable->pipe[1] = -1;
	durable->noted_ms = xfer_now();
	/* What others left in the log, killed perhaps, was never synced. */
	if (!stat(durable->log_path, &st) && st.st_size > 0)
		durable->noted = 1;
	pthread_mutex_init(&durable->lock, NULL);
	pthread_cond_init(&durable->wake, NULL);
	pthread_cond_init(&durable->ended, NULL);
	return durable;
}

void durable_free(struct durable *durable)
{
	if (!durable)
		return;
	if (durable->running) {
		pthread_mutex_lock(&durable->lock);
		durable->quit = true;
		pthread_cond_signal(&durable->wake);
		pthread_mutex_unlock(&durable->lock);
		pthread_join(durable->thread, NULL);
	}
	for (int i = 0; i < 2; i++)
		if (durable->pipe[i] >= 0)
			close(durable->pipe[i]);
	if (durable->log >= 0)
		close(durable->log);
	pthread_cond_destroy(&durable->ended);
	pthread_cond_destroy(&durable->wake);
	pthread_mutex_destroy(&durable->lock);
	free(durable->dir);
	free(durable->path);
	free(durable->log_path);
	free(durable);
}

/* What the thread does. It alone touches LOG and NAMED while it runs. */

static int sync_directory(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int error = fd < 0 || fsync(fd) ? errno : 0;

	if (fd >= 0)
		close(fd);
	return error;
}

static int sync_log(struct durable *durable)
{
	int error = 0;

	if (durable->log < 0)
		durable->log = open(durable->log_path,
				    O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (durable->log < 0 || fdatasync(durable->log))
		return errno;
	if (!durable->named)
		error = sync_directory(durable->dir);
	durable->named = !error;
	return error;
}

static sqlite3 *open_own(const struct durable *durable)
{
	sqlite3 *db = NULL;
	int code = sqlite3_open_v2(
		durable->path, &db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW |
			SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
		NULL);

	/* Reading something opens the log. */
	if (!code)
		code = sqlite3_exec(db,
				    "PRAGMA trusted_schema = OFF;"
				    "PRAGMA synchronous = NORMAL;"
				    "PRAGMA cache_size = -64;"
				    "PRAGMA mmap_size = 0;"
				    "SELECT count(*) FROM sqlite_schema",
				    NULL, NULL, NULL);
	if (!code)
		return db;
	sqlite3_close(db);
	return NULL;
}

/* It is only tidying: what fails is tried again when the log has grown. Its
 * own syncs come before what was synced is overwritten. */
static void empty_log(sqlite3 **db, const struct durable *durable, bool insist)
{
	if (!*db)
		*db = open_own(durable);
	if (!*db)
		return;
	sqlite3_busy_timeout(*db, insist ? INSIST_MS : 0);
	sqlite3_wal_checkpoint_v2(*db, NULL,
				  insist ? SQLITE_CHECKPOINT_TRUNCATE
					 : SQLITE_CHECKPOINT_PASSIVE,
				  NULL, NULL);
}

/* With the lock held; it is given up while the disk works. */
static void sync_once(struct durable *durable, sqlite3 **db)
{
	uint64_t upto = durable->noted;
	unsigned pages = durable->pages;
	ssize_t told;
	int error;

	pthread_mutex_unlock(&durable->lock);
	error = sync_log(durable);
	pthread_mutex_lock(&durable->lock);
	durable->error = error;
	if (!error)
		durable->reached = upto;
	pthread_cond_broadcast(&durable->ended);
	/* Full of bytes it wakes, too. */
	told = write(durable->pipe[1], "", 1);
	(void)told;
	if (pages < durable->emptied)
		durable->emptied = 0; /* it has begun anew */
	if (error || pages < durable->emptied + EMPTY_PAGES)
		return;
	durable->emptied = pages;
	pthread_mutex_unlock(&durable->lock);
	empty_log(db, durable, pages >= INSIST_PAGES);
	pthread_mutex_lock(&durable->lock);
}

static void *work(void *arg)
{
	struct durable *durable = arg;
	sqlite3 *db = NULL;

	pthread_mutex_lock(&durable->lock);
	while (!durable->quit) {
		if (durable->wanted > durable->reached && !durable->error)
			sync_once(durable, &db);
		else
			pthread_cond_wait(&durable->wake, &durable->lock);
	}
	pthread_mutex_unlock(&durable->lock);
	/* Another one is open still: this one closes nothing but itself. */
	sqlite3_close(db);
	return NULL;
}

/* Signals are the loop's: they must end its wait, not ours. */
static int start_thread(struct durable *durable)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	int error;

	if (durable->pipe[0] < 0 && open_pipe(durable->pipe))
		return errno;
	error = pthread_attr_init(&attributes);
	if (error)
		return error;
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&durable->thread, &attributes, work, durable);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	durable->running = !error;
	return error;
}

/* The loop's side. */

static int complain(const struct durable *durable, int error, struct err *err)
{
	return err_set(err, ERR_STORE,
		       _("cannot be sure of the record '%s': the disk does not "
			 "take it: %s; nothing is sent before that is mended, "
			 "and what was done last may be lost when the power "
			 "fails"),
		       durable->path, strerror(error));
}

void durable_note(struct durable *durable, unsigned pages)
{
	if (durable->asked == durable->noted)
		durable->noted_ms = xfer_now();
	pthread_mutex_lock(&durable->lock);
	durable->noted++;
	durable->pages = pages;
	pthread_mutex_unlock(&durable->lock);
}

uint64_t durable_mark(const struct durable *durable)
{
	return durable->noted; /* only this side writes it */
}

int64_t durable_due(const struct durable *durable)
{
	return durable->asked == durable->noted ? -1
						: durable->noted_ms + GATHER_MS;
}

int durable_fd(const struct durable *durable)
{
	return durable->pipe[0];
}

int durable_reached(struct durable *durable, uint64_t *mark, struct err *err)
{
	char bytes[64];
	int error;

	while (durable->pipe[0] >= 0 &&
	       read(durable->pipe[0], bytes, sizeof(bytes)) > 0)
		;
	pthread_mutex_lock(&durable->lock);
	error = durable->error;
	*mark = durable->reached;
	pthread_mutex_unlock(&durable->lock);
	return error ? complain(durable, error, err) : 0;
}

int durable_begin(struct durable *durable, struct err *err)
{
	int error = durable->running ? 0 : start_thread(durable);

	if (error)
		return err_set(err, ERR_STORE,
			       _("cannot keep the record '%s': %s"),
			       durable->path, strerror(error));
	durable->asked = durable->noted;
	pthread_mutex_lock(&durable->lock);
	error = durable->error;
	durable->wanted = durable->noted;
	pthread_cond_signal(&durable->wake);
	pthread_mutex_unlock(&durable->lock);
	return error ? complain(durable, error, err) : 0;
}

/* Without a thread there is none to wait for, and none is made. */
static int sync_here(struct durable *durable)
{
	if (!durable->error && durable->reached < durable->noted)
		durable->error = sync_log(durable);
	if (!durable->error)
		durable->asked = durable->reached = durable->noted;
	return durable->error;
}

int durable_wait(struct durable *durable, struct err *err)
{
	int error;

	if (!durable->running) {
		error = sync_here(durable);
		return error ? complain(durable, error, err) : 0;
	}
	if (durable_begin(durable, err))
		return -1;
	pthread_mutex_lock(&durable->lock);
	while (durable->reached < durable->noted && !durable->error)
		pthread_cond_wait(&durable->ended, &durable->lock);
	error = durable->error;
	pthread_mutex_unlock(&durable->lock);
	return error ? complain(durable, error, err) : 0;
}
