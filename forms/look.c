/* SPDX-License-Identifier: MIT */
/*
 * Asking the worker. Questions stand in one queue, oldest first: answered ones
 * that nobody took yet, then those that were sent (the first of these is being
 * read), then those that wait. Few are sent at a time, so that the socket never
 * fills and a new worker has little to be told again.
 */
#include "forms/look.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/i18n.h"
#include "forms/inspect/inspect.h"
#include "forms/mem.h"
#include "forms/process.h"
#include "forms/worker.h"

#define SENT_MAX  4
#define TRIES_MAX 3

/* The worker ends itself first; this is for one that cannot even do that. */
#define PATIENCE_MS (INSPECT_SECONDS * 1000 + 2000)

enum question_state {
	WAITING,
	SENT,
	ANSWERED
};

struct question {
	uint64_t id;	 /* the asker's */
	uint64_t serial; /* ours, on the socket: never twice */
	int fd;		 /* our own copy; -1 once answered */
	unsigned tries;
	enum question_state state;
	bool forgotten;
	bool awaited; /* by doc_look(), which takes it itself */
	struct doc_facts facts;
};

struct doc_looker {
	struct worker worker;
	int bell;	 /* always readable: for answers that already came in */
	bool ready;	 /* the worker has said so */
	bool broken;	 /* the last one ended before it was ready */
	int patience;	 /* milliseconds for one file */
	int64_t since;	 /* when it began with the one it is reading */
	uint64_t serial; /* the last one given */
	struct question *queue;
	size_t count;
};

struct doc_looker *doc_looker_new(const char *program)
{
	struct doc_looker *looker = mem_alloc(sizeof(*looker));
	int pair[2] = { -1, -1 };

	/* The end of a pipe that nobody writes to is readable for ever. */
	if (!pipe2(pair, O_CLOEXEC | O_NONBLOCK))
		close(pair[1]);
	looker->bell = pair[0];
	worker_init(&looker->worker, program);
	looker->patience = PATIENCE_MS;
	return looker;
}

pid_t doc_looker_worker(const struct doc_looker *looker)
{
	return looker->worker.pid;
}

void doc_looker_patience(struct doc_looker *looker, int milliseconds)
{
	looker->patience = milliseconds;
}

/* The queue */

/* Index of the first question in STATE; the count when there is none. */
static size_t queue_find(const struct doc_looker *looker,
			 enum question_state state)
{
	size_t i = 0;

	while (i < looker->count && looker->queue[i].state != state)
		i++;
	return i;
}

static size_t queue_count(const struct doc_looker *looker,
			  enum question_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < looker->count; i++)
		count += looker->queue[i].state == state;
	return count;
}

static void queue_remove(struct doc_looker *looker, size_t i)
{
	if (looker->queue[i].fd >= 0)
		close(looker->queue[i].fd);
	looker->count--;
	memmove(&looker->queue[i], &looker->queue[i + 1],
		(looker->count - i) * sizeof(*looker->queue));
}

static void queue_answer(struct doc_looker *looker, size_t i,
			 const struct doc_facts *facts)
{
	struct question *question = &looker->queue[i];

	if (question->forgotten) {
		queue_remove(looker, i);
		return;
	}
	close(question->fd);
	question->fd = -1;
	question->facts = *facts;
	question->state = ANSWERED;
}

static void queue_answer_damaged(struct doc_looker *looker, size_t i)
{
	struct doc_facts facts = { .damaged = true };
	struct stat st;

	if (!fstat(looker->queue[i].fd, &st))
		facts.bytes = (uint64_t)st.st_size;
	memcpy(facts.mime, "application/octet-stream", 25);
	queue_answer(looker, i, &facts);
}

/*
 * The worker died, or has to: the file it was reading is to blame, and the
 * others are told to the next one. One that was never ready blames the
 * installation, but the question must be answered all the same.
 */
static void worker_lost(struct doc_looker *looker)
{
	size_t i = queue_find(looker, SENT);

	looker->broken = !looker->ready;
	worker_end(&looker->worker);
	looker->ready = false;
	if (i < looker->count)
		queue_answer_damaged(looker, i);
	for (i = 0; i < looker->count; i++) {
		if (looker->queue[i].state == SENT)
			looker->queue[i].state = WAITING;
	}
}

/* Send what may be sent; -1 when the worker turned out to be gone. */
static int send_some(struct doc_looker *looker)
{
	size_t sent = queue_count(looker, SENT);
	size_t i;

	while (sent < SENT_MAX &&
	       (i = queue_find(looker, WAITING)) < looker->count) {
		struct question *question = &looker->queue[i];
		int told = worker_tell(&looker->worker, question->serial,
				       question->fd);

		/* No room is no trouble while an answer is due. */
		if (told > 0 && sent)
			return 0;
		if (told) {
			if (++question->tries >= TRIES_MAX)
				queue_answer_damaged(looker, i);
			return -1;
		}
		question->state = SENT;
		if (!sent++)
			looker->since = clock_ms(CLOCK_MONOTONIC);
	}
	return 0;
}

/* Numbers and names as the worker may have them, whatever it sent. */
static struct doc_facts facts_of(const struct inspect_answer *answer)
{
	struct doc_facts facts = {
		.bytes = answer->bytes,
		.width = answer->width,
		.height = answer->height,
		.pages = answer->pages,
		.encrypted = answer->encrypted != 0,
		.damaged = answer->damaged != 0,
	};
	size_t hex = strspn(answer->sha256, "0123456789abcdef");

	if (answer->kind == DOC_JPEG || answer->kind == DOC_PNG ||
	    answer->kind == DOC_PDF)
		facts.kind = (enum doc_kind)answer->kind;
	for (size_t i = 0; i < sizeof(facts.mime) - 1; i++) {
		if (answer->mime[i] <= ' ' || answer->mime[i] > '~')
			break;
		facts.mime[i] = answer->mime[i];
	}
	if (hex == 64)
		memcpy(facts.sha256, answer->sha256, hex);
	return facts;
}

/* Take one packet: 1, 0 when there is none, -1 when the worker is gone or
 * says what cannot be. */
static int receive_one(struct doc_looker *looker)
{
	struct inspect_answer answer;
	struct doc_facts facts;
	size_t i = queue_find(looker, SENT);
	int got = worker_hear(&looker->worker, &answer);

	if (got <= 0)
		return got;
	looker->since = clock_ms(CLOCK_MONOTONIC);
	if (answer.what == INSPECT_READY && !looker->ready) {
		looker->ready = true;
		looker->broken = false;
		return 1;
	}
	if (answer.what != INSPECT_FACTS || i == looker->count ||
	    answer.id != looker->queue[i].serial)
		return -1;
	facts = facts_of(&answer);
	queue_answer(looker, i, &facts);
	return 1;
}

static bool is_overdue(const struct doc_looker *looker)
{
	return queue_find(looker, SENT) < looker->count &&
	       clock_ms(CLOCK_MONOTONIC) - looker->since > looker->patience;
}

/* Everything that can be done without waiting. */
static void advance(struct doc_looker *looker)
{
	int got = 0;

	worker_reap(&looker->worker);
	for (;;) {
		while (looker->worker.socket >= 0 &&
		       (got = receive_one(looker)) > 0)
			;
		/* What has come in counts, however late it is taken. */
		if (looker->worker.socket >= 0 &&
		    (got < 0 || is_overdue(looker)))
			worker_lost(looker);
		if (queue_find(looker, WAITING) == looker->count)
			return;
		if (worker_start(&looker->worker, NULL)) {
			looker->broken = true;
			queue_answer_damaged(looker,
					     queue_find(looker, WAITING));
			continue;
		}
		/* If it is gone, the next round hears its last words. */
		if (!send_some(looker))
			return;
	}
}

/* The door */

int doc_looker_fd(const struct doc_looker *looker)
{
	if (queue_find(looker, ANSWERED) < looker->count)
		return looker->bell;
	return looker->count ? looker->worker.socket : -1;
}

bool doc_looker_broken(const struct doc_looker *looker)
{
	return looker->broken;
}

/* Put a question into the queue; 0, or -1 with nothing in it. */
static int ask(struct doc_looker *looker, uint64_t id, int fd, bool awaited,
	       struct err *err)
{
	struct question question = {
		.id = id,
		.fd = -1,
		.state = WAITING,
		.awaited = awaited,
	};

	if (worker_start(&looker->worker, err))
		return -1;
	question.fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	if (question.fd < 0)
		return err_set(err, ERR_INPUT,
			       _("cannot look into the file: %s"),
			       strerror(errno));
	question.serial = ++looker->serial;
	looker->queue =
		mem_grow(looker->queue, looker->count, sizeof(*looker->queue));
	looker->queue[looker->count++] = question;
	advance(looker);
	return 0;
}

int doc_looker_ask(struct doc_looker *looker, uint64_t id, int fd,
		   struct err *err)
{
	return ask(looker, id, fd, false, err);
}

int doc_looker_take(struct doc_looker *looker, uint64_t *id,
		    struct doc_facts *facts)
{
	advance(looker);
	for (size_t i = 0; i < looker->count; i++) {
		const struct question *question = &looker->queue[i];

		if (question->state != ANSWERED || question->awaited)
			continue;
		*id = question->id;
		*facts = question->facts;
		queue_remove(looker, i);
		return 1;
	}
	return 0;
}

void doc_looker_forget(struct doc_looker *looker, uint64_t id)
{
	for (size_t i = looker->count; i-- > 0;) {
		struct question *question = &looker->queue[i];

		if (question->id != id || question->awaited)
			continue;
		/* The worker answers it all the same. */
		if (question->state == SENT)
			question->forgotten = true;
		else
			queue_remove(looker, i);
	}
}

int doc_look(struct doc_looker *looker, const struct doc_file *file,
	     struct doc_facts *facts, struct err *err)
{
	struct pollfd wait = { .events = POLLIN };
	uint64_t serial;
	size_t i;

	if (ask(looker, 0, file->fd, true, err))
		return -1;
	serial = looker->serial;
	for (;;) {
		advance(looker);
		for (i = 0; looker->queue[i].serial != serial; i++)
			;
		if (looker->queue[i].state == ANSWERED)
			break;
		/* Short, because of the worker that cannot even die. */
		wait.fd = looker->worker.socket;
		poll(&wait, 1, looker->patience < 500 ? looker->patience : 500);
	}
	*facts = looker->queue[i].facts;
	queue_remove(looker, i);
	if (looker->broken)
		return err_set(err, ERR_CONFIG,
			       _("cannot look into files: '%s' ended as soon "
				 "as it was started"),
			       looker->worker.program);
	return 0;
}

void doc_looker_free(struct doc_looker *looker)
{
	if (!looker)
		return;
	worker_release(&looker->worker);
	while (looker->count)
		queue_remove(looker, looker->count - 1);
	if (looker->bell >= 0)
		close(looker->bell);
	free(looker->queue);
	free(looker);
}
