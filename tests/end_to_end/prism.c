/* SPDX-License-Identifier: MIT */
#include "tests/end_to_end/prism.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/buf.h"
#include "forms/mem.h"
#include "tests/relay.h"
#include "tests/test.h"

#define PATIENCE_MS 60000
/* The line of an answer's head that says what is wrong, as JSON. */
#define VIOLATIONS "sl-violations:"
#define SHOWN_MOST 10
#define KNOWN_MOST 16

struct prism {
	pid_t pid;
	int out;
	struct sandbox_server server; /* as one would call it */
	char base[16];		      /* of the practice server */
	struct relay *relay;
};

/* Whatever it has to say has to be taken, or it stops; until UNTIL came, or as
 * long as there is something (NULL). */
static void take_log(struct prism *prism, const char *until)
{
	struct pollfd wait = { .fd = prism->out, .events = POLLIN };
	struct buf log = { 0 };
	char some[4096];

	while (poll(&wait, 1, until ? PATIENCE_MS : 0) == 1) {
		ssize_t got = read(prism->out, some, sizeof(some));

		if (got <= 0)
			break;
		buf_add(&log, some, (size_t)got);
		if (until && strstr(buf_text(&log), until)) {
			buf_release(&log);
			return;
		}
	}
	if (until)
		fail_msg("no '%s': %s", until, buf_text(&log));
	buf_release(&log);
}

/* A port that nobody has right now. */
static uint16_t free_port(void)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, len), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
	close(fd);
	return ntohs(address.sin_port);
}

static void start(struct prism *prism, const char *program,
		  const char *contract)
{
	char port[8];
	int ends[2];

	snprintf(port, sizeof(port), "%u", (unsigned)prism->server.port);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	prism->pid = fork();
	assert_true(prism->pid >= 0);
	if (!prism->pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		execl(program, program, "mock", "--errors", "-h", "127.0.0.1",
		      "-p", port, contract, (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	prism->out = ends[0];
}

/* The same profile, for the relay's port. */
static void redirect(struct practice *practice, struct prism *prism)
{
	char *endpoint =
		mem_printf("http://127.0.0.1:%u%s",
			   (unsigned)relay_port(prism->relay), prism->base);
	struct buf text = { 0 };
	char old[4096] = "", *at = NULL;
	FILE *file = fopen(practice->config, "r");

	assert_non_null(file);
	assert_true(fread(old, 1, sizeof(old) - 1, file) > 0);
	fclose(file);
	at = strstr(old, practice->endpoint);
	assert_non_null(at);
	buf_addf(&text, "%.*s%s%s", (int)(at - old), old, endpoint,
		 at + strlen(practice->endpoint));
	free(practice->config);
	practice->config = practice_file(practice, "config", buf_text(&text));
	snprintf(practice->endpoint, sizeof(practice->endpoint), "%s",
		 endpoint);
	buf_release(&text);
	free(endpoint);
}

void prism_add(struct test_list *list, const char *name,
	       CMUnitTestFunction function)
{
	const char *program = getenv("KYC_PRISM");

	if (!program || *program)
		test_add(list, name, function);
}

struct prism *prism_beside(struct practice *practice)
{
	const char *program = getenv("KYC_PRISM");
	char *name = mem_printf("tests/contracts/%s.openapi.yaml",
				practice->provider);
	char *contract = test_source_path(name);
	struct prism *prism = NULL;

	if (program && access(program, X_OK) == 0) {
		prism = mem_alloc(sizeof(*prism));
		prism->server = practice->server;
		prism->server.port = free_port();
		*prism->server.base = '\0';
		snprintf(prism->base, sizeof(prism->base), "%s",
			 practice->server.base);
		start(prism, program, contract);
		take_log(prism, "Prism is listening");
		prism->relay = relay_new(practice->server.port);
		redirect(practice, prism);
	}
	if (!prism)
		print_message("no Prism, so nothing is judged by '%s'\n",
			      contract);
	free(contract);
	free(name);
	return prism;
}

void prism_free(struct prism *prism)
{
	if (!prism)
		return;
	kill(prism->pid, SIGKILL);
	while (waitpid(prism->pid, NULL, 0) < 0 && errno == EINTR)
		;
	close(prism->out);
	relay_free(prism->relay);
	free(prism);
}

void prism_expect_refused(struct prism *prism, const char *method,
			  const char *path, const char *headers,
			  const char *body)
{
	struct sandbox_reply reply =
		sandbox_call(&prism->server, method, path, headers, body);

	if (reply.status < 400)
		fail_msg("%s %s is let through: %d %s", method, path,
			 reply.status, reply.text);
	sandbox_release(&reply);
}

/* A request as it was sent: LEN bytes, HEAD of them before the body. */
struct request {
	const char *text;
	size_t head, len;
};

/* The value of a header line, or NULL. */
static const char *header_of(const struct request *request, const char *name)
{
	const char *end = request->text + request->head;
	size_t len = strlen(name);

	for (const char *at = request->text; at < end;
	     at = strchr(at, '\n') + 1)
		if (strncasecmp(at, name, len) == 0 && at[len] == ':')
			return at + len + 1;
	return NULL;
}

/* The first of LEN bytes at TEXT; false: that is all. */
static bool next_request(const char *text, size_t len, struct request *request)
{
	const char *end = memmem(text, len, "\r\n\r\n", 4);
	const char *length = NULL;

	if (!end)
		return false;
	request->text = text;
	request->head = (size_t)(end - text) + 4;
	length = header_of(request, "Content-Length");
	assert_null(header_of(request, "Transfer-Encoding"));
	request->len = request->head;
	if (length)
		request->len += strtoul(length, NULL, 10);
	return request->len <= len;
}

/* Its line, without what is the base of the practice server's paths. */
static void line_of(const struct prism *prism, const struct request *request,
		    struct buf *line)
{
	size_t len = strcspn(request->text, "\r");
	const char *path = memchr(request->text, ' ', len);
	size_t base = strlen(prism->base);

	assert_non_null(path);
	path++;
	buf_add(line, request->text, (size_t)(path - request->text));
	if (strncmp(path, prism->base, base) == 0)
		path += base;
	buf_add(line, path, len - (size_t)(path - request->text));
}

/* Nothing else but that each has a connection of its own. */
static struct sandbox_reply judge(struct prism *prism, const char *line,
				  const struct request *request)
{
	int fd = sandbox_connect(&prism->server);
	struct buf text = { 0 };
	const char *at = strchr(request->text, '\n') + 1;
	const char *end = request->text + request->head - 2;

	buf_addf(&text, "%s\r\nConnection: close\r\n", line);
	while (at < end) {
		size_t len = strcspn(at, "\n");

		/* Nobody waits for a word in between. */
		if (strncasecmp(at, "Expect:", 7) != 0)
			buf_add(&text, at, len + 1);
		at += len + 1;
	}
	buf_add_text(&text, "\r\n");
	buf_add(&text, request->text + request->head,
		request->len - request->head);
	sandbox_send(fd, text.data, text.len);
	buf_release(&text);
	take_log(prism, NULL);
	return sandbox_finish(fd);
}

/* What is wrong, as far as it says. */
static const char *why(const struct sandbox_reply *reply)
{
	const char *line = strcasestr(reply->head, VIOLATIONS);

	return line ? line + strlen(VIOLATIONS) : reply->text;
}

/* The row that knows why LINE is refused with REPLY, or -1. */
static int known_as(const struct prism_known *known, const char *line,
		    const struct sandbox_reply *reply)
{
	for (int i = 0; known && known[i].method; i++) {
		size_t len = strlen(known[i].method);

		if (strncmp(line, known[i].method, len) == 0 &&
		    strncmp(line + len + 1, known[i].path,
			    strlen(known[i].path)) == 0 &&
		    strstr(why(reply), known[i].says))
			return i;
	}
	return -1;
}

struct verdict {
	size_t count, refused;
	size_t met[KNOWN_MOST]; /* of each known row */
	struct buf words;
};

static void judge_one(struct prism *prism, const struct request *request,
		      const struct prism_known *known, struct verdict *verdict)
{
	struct buf line = { 0 };
	struct sandbox_reply reply = { 0 };
	int row = -1;

	line_of(prism, request, &line);
	reply = judge(prism, buf_text(&line), request);
	verdict->count++;
	if (reply.status >= 400 || !reply.status) {
		row = known_as(known, buf_text(&line), &reply);
		if (row >= 0 && row < KNOWN_MOST)
			verdict->met[row]++;
		else if (verdict->refused++ < SHOWN_MOST)
			buf_addf(&verdict->words, "%s: %d %.300s\n",
				 buf_text(&line), reply.status, why(&reply));
	}
	sandbox_release(&reply);
	buf_release(&line);
}

void prism_expect_content(struct prism *prism, size_t least,
			  const struct prism_known *known)
{
	struct verdict verdict = { 0 };
	struct request request = { 0 };
	const char *text = NULL;
	size_t len = 0;

	for (size_t i = 0; (text = relay_said(prism->relay, i, &len)); i++)
		for (; next_request(text, len, &request);
		     text += request.len, len -= request.len)
			judge_one(prism, &request, known, &verdict);
	if (verdict.refused)
		fail_msg("of %zu requests %zu are refused:\n%s", verdict.count,
			 verdict.refused, buf_text(&verdict.words));
	if (verdict.count < least)
		fail_msg("%zu requests, wanted %zu", verdict.count, least);
	for (int i = 0; known && known[i].method; i++)
		if (!verdict.met[i])
			fail_msg("%s %s is not refused any more (%s)",
				 known[i].method, known[i].path,
				 known[i].because);
	buf_release(&verdict.words);
}
