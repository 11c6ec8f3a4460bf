/* SPDX-License-Identifier: MIT */
#include "tests/sandbox_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/buf.h"
#include "forms/mem.h"
#include "tests/test.h"

#define WORDS	 32
#define PATIENCE 60000 /* ms; only a broken program needs them */

/* The line that the program says once it listens. */
static void read_port(struct sandbox_server *server)
{
	char line[128] = "", *colon, *slash;
	size_t used = 0;

	while (used + 1 < sizeof(line) && !strchr(line, '\n')) {
		struct pollfd fd = { .fd = server->out, .events = POLLIN };

		assert_int_equal(poll(&fd, 1, PATIENCE), 1);
		assert_int_equal(read(server->out, line + used, 1), 1);
		line[++used] = '\0';
	}
	line[strcspn(line, "\n")] = '\0';
	colon = strstr(line, " http://127.0.0.1:");
	assert_non_null(colon);
	colon = strrchr(line, ':');
	server->port = (uint16_t)strtoul(colon + 1, &slash, 10);
	snprintf(server->base, sizeof(server->base), "%s", slash);
	snprintf(server->signing, sizeof(server->signing),
		 "Bearer kyc-sandbox-key");
}

static void run(const char *provider, const char *options, int out)
{
	char *program = test_build_path("kyc-sandbox");
	char *words = mem_dup(options), *next = words, *word;
	char *argv[WORDS] = { program, mem_dup(provider),
			      mem_dup("--with-parent") };
	size_t count = 3;

	while ((word = strsep(&next, " ")) && count + 1 < WORDS)
		if (*word)
			argv[count++] = word;
	dup2(out, STDOUT_FILENO);
	execv(program, argv);
	_exit(127);
}

void sandbox_start_for(struct sandbox_server *server, const char *provider,
		       const char *options)
{
	int ends[2];

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	server->pid = fork();
	assert_true(server->pid >= 0);
	if (!server->pid)
		run(provider, options, ends[1]);
	close(ends[1]);
	server->out = ends[0];
	read_port(server);
}

void sandbox_start(struct sandbox_server *server, const char *options)
{
	sandbox_start_for(server, "lumx", options);
}

void sandbox_stop(struct sandbox_server *server, int signal)
{
	int status = 0;

	kill(server->pid, signal);
	assert_int_equal(waitpid(server->pid, &status, 0), server->pid);
	if (signal == SIGTERM) {
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
	close(server->out);
}

int sandbox_connect(const struct sandbox_server *server)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(server->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(
		connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

size_t sandbox_send(int fd, const void *data, size_t len)
{
	size_t sent = 0;

	while (sent < len) {
		ssize_t now = send(fd, (const char *)data + sent, len - sent,
				   MSG_NOSIGNAL);

		if (now < 0)
			break;
		sent += (size_t)now;
	}
	return sent;
}

struct sandbox_reply sandbox_finish(int fd)
{
	struct sandbox_reply reply = { 0 };
	struct buf all = { 0 };
	char some[4096], *blank;
	ssize_t got;

	for (;;) {
		struct pollfd wait = { .fd = fd, .events = POLLIN };

		assert_int_equal(poll(&wait, 1, PATIENCE), 1);
		got = read(fd, some, sizeof(some));
		if (got <= 0)
			break;
		assert_int_equal(buf_add(&all, some, (size_t)got), 0);
	}
	close(fd);
	blank = strstr(buf_text(&all), "\r\n\r\n");
	if (blank && sscanf(buf_text(&all), "HTTP/1.1 %d", &reply.status) == 1)
		*blank = '\0';
	reply.head = mem_dup(blank ? buf_text(&all) : "");
	reply.text = mem_dup(blank ? blank + 4 : "");
	reply.json = json_loads(reply.text, 0, NULL);
	buf_release(&all);
	return reply;
}

void sandbox_release(struct sandbox_reply *reply)
{
	json_decref(reply->json);
	free(reply->head);
	free(reply->text);
	*reply = (struct sandbox_reply){ 0 };
}

struct sandbox_reply sandbox_call(const struct sandbox_server *server,
				  const char *method, const char *path,
				  const char *headers, const char *body)
{
	int fd = sandbox_connect(server);
	struct buf request = { 0 };

	assert_int_equal(buf_addf(&request,
				  "%s %s%s HTTP/1.1\r\nHost: 127.0.0.1\r\n"
				  "Connection: close\r\n%s",
				  method, server->base, path, headers),
			 0);
	if (!strstr(headers, "Authorization:"))
		assert_int_equal(buf_addf(&request, "Authorization: %s\r\n",
					  server->signing),
				 0);
	if (body)
		assert_int_equal(buf_addf(&request, "Content-Length: %zu\r\n",
					  strlen(body)),
				 0);
	assert_int_equal(buf_add_text(&request, "\r\n"), 0);
	assert_int_equal(buf_add_text(&request, body), 0);
	sandbox_send(fd, request.data, request.len);
	buf_release(&request);
	return sandbox_finish(fd);
}
