// SPDX-License-Identifier: MIT
/* The wire over TLS, against openssl's and nghttp2's own servers; skipped
 * where those are not installed. */
#include "providers/xfer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/mem.h"
#include "tests/test.h"

enum {
	DEADLINE_MS = 20000,
};

static char directory[] = "/tmp/kyc-test-tls.XXXXXX";

struct ended {
	unsigned times;
	enum prov_end end;
	int status;
	bool sent_whole;
	char *body;
	char detail[256];
};

static void on_done(void *arg, const struct prov_reply *reply)
{
	struct ended *ended = arg;

	ended->times++;
	ended->end = reply->end;
	ended->status = reply->status;
	ended->sent_whole = reply->sent_whole;
	free(ended->body);
	ended->body = mem_dup_n(reply->body, reply->len);
	memcpy(ended->detail, reply->detail, sizeof(ended->detail));
}

static char *file_in(const char *name)
{
	return mem_printf("%s/%s", directory, name);
}

/* Starts ARGV with its standard output at *OUT. */
static pid_t spawn(const char *const argv[], int *out)
{
	int ends[2];
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		int null = open("/dev/null", O_RDWR);

		dup2(null, STDIN_FILENO);
		dup2(ends[1], STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		close(ends[0]);
		/* It takes away no const: history wants it so. */
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(ends[1]);
	*out = ends[0];
	return pid;
}

/* Reads until WORD is there and returns what follows it on its line; NULL when
 * the program ended before. */
static char *wait_for_word(int out, const char *word)
{
	char text[4096] = "";
	size_t len = 0;
	char *at = NULL;

	while (!(at = strstr(text, word)) || !strchr(at, '\n')) {
		struct pollfd fd = { .fd = out, .events = POLLIN };
		ssize_t got;

		if (poll(&fd, 1, DEADLINE_MS) <= 0 || len + 1 >= sizeof(text))
			return NULL;
		got = read(out, text + len, sizeof(text) - 1 - len);
		if (got <= 0)
			return NULL;
		len += (size_t)got;
		text[len] = '\0';
	}
	at += strlen(word);
	return mem_dup_n(at, strcspn(at, "\n"));
}

static void stop(pid_t pid, int out)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	close(out);
}

/* A key and a certificate for NAME that signs itself; false: no openssl. */
static bool make_certificate(const char *name)
{
	char *key = file_in("key.pem"), *cert = file_in("cert.pem");
	char *subject = mem_printf("subjectAltName=%s", name);
	const char *argv[] = { "openssl",
			       "req",
			       "-x509",
			       "-newkey",
			       "ec",
			       "-pkeyopt",
			       "ec_paramgen_curve:prime256v1",
			       "-nodes",
			       "-keyout",
			       key,
			       "-out",
			       cert,
			       "-days",
			       "2",
			       "-subj",
			       "/CN=test",
			       "-addext",
			       subject,
			       NULL };
	int out, status = 0;
	pid_t pid = spawn(argv, &out);

	waitpid(pid, &status, 0);
	close(out);
	free(key);
	free(cert);
	free(subject);
	return status == 0;
}

static void ask(const char *endpoint, const char *ca_file, size_t bytes,
		struct ended *ended)
{
	struct prov_request request = { .method = bytes ? "POST" : "GET" };
	struct xfer_order order = { .endpoint = endpoint,
				    .ca_file = ca_file,
				    .request = &request };
	struct xfer *xfer = xfer_new(1);
	struct err err = { 0 };
	char *body = bytes ? mem_alloc(bytes + 1) : NULL;

	request.path = mem_dup("/");
	if (body) {
		memset(body, 'x', bytes);
		prov_request_body(&request, "application/json", body);
	}
	ended->times = 0;
	assert_int_equal(xfer_start(xfer, &order, on_done, ended, NULL, &err),
			 0);
	while (!ended->times)
		xfer_wait(xfer, NULL, 0, 1000);
	xfer_free(xfer);
}

static const struct certificate {
	const char *name, *subject;
	bool pinned;
	enum prov_end end;
} certificates[] = {
	{ "signed by itself", "IP:127.0.0.1", false, PROV_END_UNREACHED },
	{ "signed by itself, pinned", "IP:127.0.0.1", true, PROV_END_ANSWER },
	{ "pinned, of somebody else", "DNS:example.org", true,
	  PROV_END_UNREACHED },
};

static void test_tls_certificate(void **state)
{
	const struct certificate *row = *state;
	char *key = file_in("key.pem"), *cert = file_in("cert.pem");
	const char *argv[] = { "openssl", "s_server", "-accept", "127.0.0.1:0",
			       "-key",	  key,	      "-cert",	 cert,
			       "-www",	  NULL };
	struct ended ended = { 0 };
	char *address = NULL, *endpoint = NULL;
	pid_t pid;
	int out;

	if (!make_certificate(row->subject))
		skip();
	pid = spawn(argv, &out);
	address = wait_for_word(out, "ACCEPT ");
	assert_non_null(address);
	endpoint = mem_printf("https://%s", address);
	ask(endpoint, row->pinned ? cert : NULL, 0, &ended);
	stop(pid, out);
	assert_int_equal(ended.end, row->end);
	if (row->end == PROV_END_UNREACHED)
		assert_non_null(
			strstr(ended.detail, "certificate is not valid"));
	else
		assert_int_equal(ended.status, 200);
	free(ended.body);
	free(endpoint);
	free(address);
	free(key);
	free(cert);
}

static void test_tls_no_ca_file(void **state)
{
	struct ended ended = { 0 };
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char endpoint[64];

	(void)state;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	bind(fd, (struct sockaddr *)&address, sizeof(address));
	listen(fd, 1);
	getsockname(fd, (struct sockaddr *)&address, &size);
	snprintf(endpoint, sizeof(endpoint), "https://127.0.0.1:%u",
		 ntohs(address.sin_port));
	ask(endpoint, "/nonexistent/ca.pem", 10, &ended);
	assert_int_equal(ended.end, PROV_END_UNREACHED);
	assert_non_null(strstr(ended.detail, "certificates cannot be read"));
	free(ended.body);
	close(fd);
}

/* nghttpd takes no port 0: one that is free now. */
static unsigned free_port(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	bind(fd, (struct sockaddr *)&address, sizeof(address));
	getsockname(fd, (struct sockaddr *)&address, &size);
	close(fd);
	return ntohs(address.sin_port);
}

static void test_tls_http2(void **state)
{
	char *key = file_in("key.pem"), *cert = file_in("cert.pem");
	char port[16];
	const char *argv[] = {
		"nghttpd", "-v", "-a", "127.0.0.1", "--echo-upload",
		port,	   key,	 cert, NULL
	};
	struct ended ended = { 0 };
	char *said, *endpoint;
	pid_t pid;
	int out;

	(void)state;
	snprintf(port, sizeof(port), "%u", free_port());
	if (!make_certificate("IP:127.0.0.1"))
		skip();
	pid = spawn(argv, &out);
	said = wait_for_word(out, "listen 127.0.0.1:");
	if (!said) {
		stop(pid, out);
		free(key);
		free(cert);
		skip();
	}
	endpoint = mem_printf("https://127.0.0.1:%s", port);
	ask(endpoint, cert, 300000, &ended);
	stop(pid, out);
	assert_int_equal(ended.end, PROV_END_ANSWER);
	assert_int_equal(ended.status, 200);
	assert_true(ended.sent_whole);
	assert_int_equal(strspn(ended.body, "x"), 300000);
	free(ended.body);
	free(endpoint);
	free(said);
	free(key);
	free(cert);
}

static int remove_directory(void)
{
	char *key = file_in("key.pem"), *cert = file_in("cert.pem");

	unlink(key);
	unlink(cert);
	free(key);
	free(cert);
	return rmdir(directory);
}

int main(void)
{
	struct test_list tests = { 0 };
	int ret;

	signal(SIGPIPE, SIG_IGN);
	if (!mkdtemp(directory))
		return 1;
	TEST_ROWS(&tests, test_tls_certificate, certificates);
	test_add(&tests, "the CA file is missing", test_tls_no_ca_file);
	test_add(&tests, "HTTP/2", test_tls_http2);
	ret = test_run(&tests, "providers/xfer over TLS");
	remove_directory();
	return ret;
}
