/* SPDX-License-Identifier: MIT */
/*
 * Listening on the loopback address, and waiting. One thread: a request that
 * has to wait is suspended, and the others go on.
 */
#include "providers/sandbox/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>

#include "forms/i18n.h"
#include "forms/mem.h"

#define SLOW_SOCKET 16384 /* a slow reader is felt at the other end */
#define MEMORY	    ((size_t)256 * 1024) /* of a connection */
/* The end of a client that was killed in the middle of its body is not always
 * told to us; until it is noticed, its key counts as in progress. */
#define IDLE_S 5

void server_wait(struct exchange *x, int64_t wake_ms)
{
	x->wake_ms = wake_ms;
	x->next = x->server->waiting;
	x->server->waiting = x;
	MHD_suspend_connection(x->connection);
}

/* Wake those whose time has come; all of them with NOW at its most. */
static void wake(struct server *server, int64_t now)
{
	struct exchange **at = &server->waiting;

	while (*at) {
		struct exchange *x = *at;

		if (x->wake_ms > now) {
			at = &x->next;
			continue;
		}
		*at = x->next;
		MHD_resume_connection(x->connection);
	}
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection,
				  const char *url, const char *method,
				  const char *version, const char *data,
				  size_t *size, void **state)
{
	struct exchange *x = *state;

	(void)version;
	if (!x) {
		x = exchange_new(arg, connection, method, url);
		*state = x;
		return exchange_begin(x);
	}
	return *size ? exchange_body(x, data, size) : exchange_end(x);
}

static void on_completed(void *arg, struct MHD_Connection *connection,
			 void **state, enum MHD_RequestTerminationCode code)
{
	(void)arg;
	(void)connection;
	(void)code;
	if (*state)
		exchange_free(*state);
	*state = NULL;
}

static int listen_on(struct server *server, uint16_t port, struct err *err)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	const union MHD_DaemonInfo *info;
	int small = SLOW_SOCKET;

	server->daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, port, NULL, NULL,
		on_request, server, MHD_OPTION_SOCK_ADDR, &address,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
	info = server->daemon ? MHD_get_daemon_info(server->daemon,
						    MHD_DAEMON_INFO_BIND_PORT)
			      : NULL;
	if (!info)
		return err_set(err, ERR_CONFIG,
			       _("cannot listen on port %u: %s"), port,
			       strerror(errno));
	server->port = info->port;
	snprintf(server->base, sizeof(server->base), "http://127.0.0.1:%u",
		 server->port);
	if (!fault_slows(server->faults))
		return 0;
	info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_LISTEN_FD);
	if (info)
		setsockopt(info->listen_fd, SOL_SOCKET, SO_RCVBUF, &small,
			   sizeof(small));
	return 0;
}

struct server *server_new(const struct practice *practice,
			  const struct server_plan *plan, struct err *err)
{
	struct server *server = mem_alloc(sizeof(*server));
	const char *folder;
	char *keys = NULL;

	server->practice = practice;
	server->review_ms = plan->review_ms;
	server->token_ms = plan->token_ms ? plan->token_ms : practice->token_ms;
	server->minute_most =
		plan->minute_most ? plan->minute_most : practice->minute_most;
	server->tokens = tokens_new();
	server->faults = plan->faults;
	server->verbose = plan->verbose;
	server->world =
		world_new(&practice->maker, practice->name, &plan->world, err);
	if (!server->world)
		goto failed;
	folder = world_folder(server->world);
	if (folder)
		keys = mem_printf("%s/replay.jsonl", folder);
	server->replay = replay_new(keys, moment_now(), err);
	free(keys);
	if (!server->replay || listen_on(server, plan->port, err))
		goto failed;
	return server;
failed:
	server_free(server);
	return NULL;
}

void server_free(struct server *server)
{
	if (!server)
		return;
	wake(server, INT64_MAX);
	if (server->daemon)
		MHD_stop_daemon(server->daemon);
	replay_free(server->replay);
	tokens_free(server->tokens);
	world_free(server->world);
	free(server);
}

uint16_t server_port(const struct server *server)
{
	return server->port;
}

int server_fd(const struct server *server)
{
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);

	return info ? info->epoll_fd : -1;
}

int server_timeout(struct server *server)
{
	const struct exchange *x;
	int64_t now = moment_now(), wait = -1;
	MHD_UNSIGNED_LONG_LONG daemon_ms;

	if (MHD_get_timeout(server->daemon, &daemon_ms) == MHD_YES)
		wait = daemon_ms < 60000 ? (int64_t)daemon_ms : 60000;
	for (x = server->waiting; x; x = x->next) {
		int64_t left = x->wake_ms > now ? x->wake_ms - now : 0;

		if (wait < 0 || left < wait)
			wait = left;
	}
	return (int)wait;
}

void server_run(struct server *server)
{
	wake(server, moment_now());
	MHD_run(server->daemon);
}
