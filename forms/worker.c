/* SPDX-License-Identifier: MIT */
/* The process kyc-inspect: started, told, heard, ended. */
#include "forms/worker.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/i18n.h"
#include "forms/mem.h"
#include "forms/process.h"

void worker_init(struct worker *worker, const char *program)
{
	*worker = (struct worker){
		.program = mem_dup(program),
		.socket = -1,
	};
}

/* What a sanitizer says is to be seen. */
#ifdef KYC_SANITIZERS
#define WORKER_ERROR STDERR_FILENO
#else
#define WORKER_ERROR -1
#endif

int worker_start(struct worker *worker, struct err *err)
{
	char *const arguments[] = { worker->program, NULL };
	int pair[2];
	int error;

	if (worker->socket >= 0)
		return 0;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
		return err_set(err, ERR_CONFIG, _("cannot look into files: %s"),
			       strerror(errno));
	error = process_start(&worker->pid, worker->program, arguments, pair[1],
			      -1, WORKER_ERROR);
	close(pair[1]);
	if (error) {
		close(pair[0]);
		return err_set(err, ERR_CONFIG,
			       _("cannot look into files: cannot start "
				 "'%s': %s"),
			       worker->program, strerror(error));
	}
	worker->socket = pair[0];
	return 0;
}

void worker_reap(struct worker *worker)
{
	size_t i = 0;

	while (i < worker->ended_count) {
		if (waitpid(worker->ended[i], NULL, WNOHANG))
			worker->ended[i] = worker->ended[--worker->ended_count];
		else
			i++;
	}
}

void worker_end(struct worker *worker)
{
	if (worker->socket < 0)
		return;
	close(worker->socket);
	worker->socket = -1;
	kill(worker->pid, SIGKILL);
	worker->ended = mem_grow(worker->ended, worker->ended_count,
				 sizeof(*worker->ended));
	worker->ended[worker->ended_count++] = worker->pid;
	worker->pid = 0;
	worker_reap(worker);
}

void worker_release(struct worker *worker)
{
	worker_end(worker);
	/* It has been killed: a moment is enough, and no more is given. */
	for (int i = 0; i < 100 && worker->ended_count; i++) {
		poll(NULL, 0, 5);
		worker_reap(worker);
	}
	free(worker->ended);
	free(worker->program);
}

int worker_tell(const struct worker *worker, uint64_t id, int fd)
{
	struct inspect_question question = {
		.version = INSPECT_VERSION,
		.id = id,
	};
	union {
		struct cmsghdr align;
		char room[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	struct iovec part = { &question, sizeof(question) };
	struct msghdr message = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.room,
		.msg_controllen = sizeof(control.room),
	};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	ssize_t sent;

	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(head), &fd, sizeof(int));
	do
		sent = sendmsg(worker->socket, &message,
			       MSG_NOSIGNAL | MSG_DONTWAIT);
	while (sent < 0 && errno == EINTR);
	if (sent == (ssize_t)sizeof(question))
		return 0;
	return errno == EPIPE || errno == ECONNRESET ? -1 : 1;
}

int worker_hear(const struct worker *worker, struct inspect_answer *answer)
{
	ssize_t got;

	do
		got = recv(worker->socket, answer, sizeof(*answer),
			   MSG_DONTWAIT | MSG_TRUNC);
	/* A reset is told once, before the last words of a dead worker. */
	while (got < 0 && (errno == EINTR || errno == ECONNRESET));
	if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return 0;
	if (got != (ssize_t)sizeof(*answer) ||
	    answer->version != INSPECT_VERSION)
		return -1;
	answer->mime[sizeof(answer->mime) - 1] = '\0';
	answer->sha256[sizeof(answer->sha256) - 1] = '\0';
	return 1;
}
