/* SPDX-License-Identifier: MIT */
/* kyc-sandbox: the command line of the practice server, and its one loop. */
#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "forms/i18n.h"
#include "forms/language.h"
#include "forms/mem.h"
#include "providers/sandbox/dinie.h"
#include "providers/sandbox/dwolla.h"
#include "providers/sandbox/fault.h"
#include "providers/sandbox/lumx.h"
#include "providers/sandbox/sandbox.h"
#include "providers/sandbox/zro.h"

static const struct practice *const practices[] = {
	&practice_lumx,
	&practice_dinie,
	&practice_dwolla,
	&practice_zro,
};

#define PRACTICES (sizeof(practices) / sizeof(practices[0]))

enum {
	OPTION_WITH_PARENT = 256
};

static const struct option options[] = {
	{ "port", required_argument, NULL, 'p' },
	{ "data", required_argument, NULL, 'd' },
	{ "seed", required_argument, NULL, 's' },
	{ "customers", required_argument, NULL, 'c' },
	{ "fault", required_argument, NULL, 'f' },
	{ "review-seconds", required_argument, NULL, 'r' },
	{ "token-seconds", required_argument, NULL, 't' },
	{ "rate-limit", required_argument, NULL, 'l' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "with-parent", no_argument, NULL, OPTION_WITH_PARENT },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

struct order {
	const char *provider; /* NULL: all */
	struct server_plan plan;
	bool with_parent;
	bool done; /* help or version was shown */
};

static void show_help(void)
{
	size_t i;

	printf("%s",
	       _("Usage: kyc-sandbox [PROVIDER|all] [OPTION]...\n"
		 "A practice server on this machine alone: it keeps the "
		 "provider's contract,\nand nothing in it is real.\n\n"
		 "      --port N            listen there (several providers: N, "
		 "N+1, ...); 0: any\n"
		 "      --data DIR          keep what happens in this folder\n"
		 "      --seed FILE         start with these customers, a JSON "
		 "list\n"
		 "      --customers N       and so many invented ones\n"
		 "      --fault SPEC        misbehave; may be repeated\n"
		 "      --review-seconds N  how long a review takes (6); 0: at "
		 "once\n"
		 "      --token-seconds N   how long an access token lives\n"
		 "      --rate-limit N      requests a minute\n"
		 "      --with-parent       end when the starting process ends\n"
		 "      --verbose           a line a request on standard error\n"
		 "      --help, --version\n\n"
		 "Once it listens it prints a line a provider: its name and "
		 "address.\n"));
	printf(_("The API key, client secret or API key of an id: %s\n"
		 "The client id or API id, where one is wanted: %s\n\n"),
	       PRACTICE_SECRET, PRACTICE_CLIENT);
	printf("%s\n", _(fault_grammar));
	printf("%s", _("Providers:"));
	for (i = 0; i < PRACTICES; i++)
		printf(" %s", practices[i]->name);
	printf("\n");
}

static int read_number(const char *name, const char *text,
		       unsigned long long most, unsigned long long *out,
		       struct err *err)
{
	char *end = NULL;

	errno = 0;
	*out = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || *out > most)
		return err_set(err, ERR_USAGE,
			       _("--%s must be a number up to %llu, not '%s'"),
			       name, most, text);
	return 0;
}

static int read_option(struct order *order, int option, struct err *err)
{
	struct server_plan *plan = &order->plan;
	unsigned long long n = 0;
	int ret = 0;

	switch (option) {
	case 'p':
		ret = read_number("port", optarg, 65535, &n, err);
		plan->port = (uint16_t)n;
		break;
	case 'd':
		plan->world.folder = optarg;
		break;
	case 's':
		plan->world.seed_file = optarg;
		break;
	case 'c':
		ret = read_number("customers", optarg, 100000000, &n, err);
		plan->world.generated = (size_t)n;
		break;
	case 'f':
		ret = fault_add(&plan->faults, optarg, err);
		break;
	case 'r':
		ret = read_number("review-seconds", optarg, 86400, &n, err);
		plan->review_ms = (int64_t)n * 1000;
		break;
	case 't':
		ret = read_number("token-seconds", optarg, 86400, &n, err);
		plan->token_ms = (int64_t)n * 1000;
		break;
	case 'l':
		ret = read_number("rate-limit", optarg, 1000000, &n, err);
		plan->minute_most = (unsigned)n;
		break;
	case 'v':
		plan->verbose = true;
		break;
	case OPTION_WITH_PARENT:
		order->with_parent = true;
		break;
	case 'h':
		show_help();
		order->done = true;
		break;
	case 'V':
		puts("kyc-sandbox " PACKAGE_VERSION);
		order->done = true;
		break;
	default:
		/* getopt said what was wrong. */
		ret = err_set(err, ERR_USAGE, "%s",
			      _("kyc-sandbox --help says how it is called"));
	}
	return ret;
}

static int read_order(struct order *order, int argc, char **argv,
		      struct err *err)
{
	int option;

	while ((option = getopt_long(argc, argv, "hV", options, NULL)) != -1) {
		if (read_option(order, option, err))
			return -1;
		if (order->done)
			return 0;
	}
	if (optind < argc && strcmp(argv[optind], "all"))
		order->provider = argv[optind];
	if (optind + 1 < argc)
		return err_set(err, ERR_USAGE, _("one provider, or 'all'"));
	return 0;
}

static bool wanted(const struct order *order, const struct practice *practice)
{
	return !order->provider || !strcmp(order->provider, practice->name);
}

/* Start what is wanted; returns how many, or -1. */
static int start(const struct order *order, struct server *servers[PRACTICES],
		 struct err *err)
{
	struct server_plan plan = order->plan;
	int count = 0;
	size_t i;

	for (i = 0; i < PRACTICES; i++) {
		if (!wanted(order, practices[i]))
			continue;
		servers[count] = server_new(practices[i], &plan, err);
		if (!servers[count])
			return err_prefix(err, "%s", practices[i]->name);
		printf("%s http://127.0.0.1:%u%s\n", practices[i]->name,
		       server_port(servers[count]),
		       practices[i]->base ? practices[i]->base : "");
		count++;
		if (plan.port)
			plan.port++;
	}
	if (!count)
		return err_set(err, ERR_USAGE,
			       _("there is no practice server for '%s'"),
			       order->provider);
	fflush(stdout);
	return count;
}

/* Until a signal says that it is enough. */
static void serve(struct server **servers, int count, int signals)
{
	struct pollfd fds[PRACTICES + 1] = { { .fd = signals,
					       .events = POLLIN } };
	int i;

	for (i = 0; i < count; i++)
		fds[i + 1] = (struct pollfd){ .fd = server_fd(servers[i]),
					      .events = POLLIN };
	for (;;) {
		int wait = -1;

		for (i = 0; i < count; i++) {
			int own = server_timeout(servers[i]);

			if (own >= 0 && (wait < 0 || own < wait))
				wait = own;
		}
		if (poll(fds, (nfds_t)count + 1, wait) < 0 && errno != EINTR)
			return;
		if (fds[0].revents)
			return;
		for (i = 0; i < count; i++)
			server_run(servers[i]);
	}
}

/* A descriptor that is readable once somebody wants an end; -1 on failure. */
static int signals_open(bool with_parent)
{
	pid_t parent = getppid();
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	if (with_parent) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		/* It may have died before we asked. */
		if (getppid() != parent)
			raise(SIGTERM);
	}
	return signalfd(-1, &set, SFD_CLOEXEC);
}

int main(int argc, char **argv)
{
	struct order order = { .plan.review_ms = 6000 };
	struct server *servers[PRACTICES] = { NULL };
	struct err err = { 0 };
	int signals = -1, count = 0;
	size_t i;

	language_init(KYC_LOCALEDIR);
	if (read_order(&order, argc, argv, &err) || order.done)
		goto out;
	signals = signals_open(order.with_parent);
	if (signals < 0) {
		err_set(&err, ERR_CONFIG, _("cannot wait for signals: %s"),
			strerror(errno));
		goto out;
	}
	count = start(&order, servers, &err);
	if (count > 0)
		serve(servers, count, signals);
out:
	if (err.code)
		fprintf(stderr, "kyc-sandbox: %s\n", err.text);
	for (i = 0; i < PRACTICES; i++)
		server_free(servers[i]);
	if (signals >= 0)
		close(signals);
	fault_free(order.plan.faults);
	return err_exit_status(err.code);
}
