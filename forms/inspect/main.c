/* SPDX-License-Identifier: MIT */
/*
 * kyc-inspect: answers questions about files, one by one, until its standard
 * input, a socket of the program that started it, is closed. It holds no
 * secrets, keeps nothing, and may die of any file.
 */
#include "forms/inspect/inspect.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "forms/look.h"

#define QUESTIONS STDIN_FILENO

static bool is_question_socket(int fd)
{
	socklen_t len = sizeof(int);
	int type = 0;

	return !getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) &&
	       type == SOCK_SEQPACKET;
}

/* Whatever else was open at the other side is none of our business. */
static void close_others(void)
{
	long most = sysconf(_SC_OPEN_MAX);

#ifdef SYS_close_range
	if (!syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0))
		return;
#endif
	for (int fd = STDERR_FILENO + 1; fd < most && fd < 65536; fd++)
		close(fd);
}

static int say(enum inspect_what what, uint64_t id,
	       const struct doc_facts *facts)
{
	struct inspect_answer answer = {
		.version = INSPECT_VERSION,
		.what = what,
		.id = id,
		.bytes = facts->bytes,
		.kind = facts->kind,
		.width = facts->width,
		.height = facts->height,
		.pages = facts->pages,
		.encrypted = facts->encrypted,
		.damaged = facts->damaged,
	};
	ssize_t sent;

	memcpy(answer.mime, facts->mime, sizeof(answer.mime));
	memcpy(answer.sha256, facts->sha256, sizeof(answer.sha256));
	do
		sent = send(QUESTIONS, &answer, sizeof(answer), MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent == (ssize_t)sizeof(answer) ? 0 : -1;
}

/* The next question, and its descriptor or -1. Returns -1 at the end. */
static int hear(struct inspect_question *question, int *fd)
{
	union {
		struct cmsghdr align;
		char room[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	struct iovec part = { question, sizeof(*question) };
	struct msghdr message = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.room,
		.msg_controllen = sizeof(control.room),
	};
	struct cmsghdr *head;
	ssize_t got;

	*fd = -1;
	do
		got = recvmsg(QUESTIONS, &message, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	head = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;
	if (head && head->cmsg_level == SOL_SOCKET &&
	    head->cmsg_type == SCM_RIGHTS &&
	    head->cmsg_len == CMSG_LEN(sizeof(int)))
		memcpy(fd, CMSG_DATA(head), sizeof(int));
	if (got != (ssize_t)sizeof(*question) ||
	    question->version != INSPECT_VERSION) {
		if (*fd >= 0)
			close(*fd);
		return -1;
	}
	return 0;
}

static void serve(struct magic_set *magic)
{
	struct inspect_question question;
	struct doc_facts facts = { 0 };
	int failed = say(INSPECT_READY, 0, &facts);
	int fd;

	while (!failed && !hear(&question, &fd)) {
		facts = (struct doc_facts){ 0 };
		/* Unanswered, it ends this process, which is noticed. */
		alarm(INSPECT_SECONDS);
		if (fd >= 0)
			inspect_file(magic, fd, &facts);
		else
			facts.damaged = true;
		alarm(0);
		if (fd >= 0)
			close(fd);
		failed = say(INSPECT_FACTS, question.id, &facts);
	}
}

int main(void)
{
	struct magic_set *magic = NULL;
	char hex[65];
	struct doc_digest *digest = NULL;

	if (!is_question_socket(QUESTIONS)) {
		fputs("kyc-inspect: kyc starts this by itself\n", stderr);
		return 2;
	}
	clearenv();
	close_others();
	inspect_guard_limits();
	magic = inspect_kind_open();
	/* Once now, while libcrypto may still open what it wants. */
	digest = doc_digest_new();
	doc_digest_hex(digest, hex);
	doc_digest_free(digest);
	inspect_guard_calls();
	serve(magic);
	inspect_kind_close(magic);
	return 0;
}
