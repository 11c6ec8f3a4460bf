/* SPDX-License-Identifier: MIT */
/* What wizard and commands stand on, and one turn of the event loop. */
#include "tui/app.h"

#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "providers/session.h"
#include "tui/config.h"

#define FDS_MOST	8
#define LOOKER_CHECK_MS 1000 /* its time limit is noticed when it is asked */
#define STORE_AGAIN_MS	1000 /* what failed is tried again */

/* The running program's directory, or NULL. */
static char *own_directory(void)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash = NULL;

	if (len <= 0)
		return NULL;
	path[len] = '\0';
	slash = strrchr(path, '/');
	if (!slash)
		return NULL;
	*slash = '\0';
	return mem_dup(path);
}

char *tui_program(const char *name)
{
	char *directory = own_directory();
	char *path = NULL;

	if (directory) {
		path = mem_printf("%s/%s", directory, name);
		if (access(path, X_OK)) {
			free(path);
			path = NULL;
		}
	}
	free(directory);
	return path ? path : mem_printf("%s/%s", KYC_LIBEXECDIR, name);
}

char *tui_data(const char *name)
{
	char *program = tui_program("kyc-sandbox");
	bool installed =
		strncmp(program, KYC_LIBEXECDIR, strlen(KYC_LIBEXECDIR)) == 0;

	free(program);
	return mem_printf("%s/%s",
			  installed ? KYC_DATADIR : KYC_SOURCE_DIR "/assets",
			  name);
}

char *tui_catalogs(void)
{
	char *directory = own_directory();
	char *path = NULL;

	if (directory) {
		path = mem_printf("%s/assets/locale", directory);
		if (access(path, R_OK | X_OK)) {
			free(path);
			path = NULL;
		}
	}
	free(directory);
	return path ? path : mem_dup(KYC_LOCALEDIR);
}

static char *user_name(void)
{
	struct passwd *user = getpwuid(geteuid());

	return mem_dup(user ? user->pw_name : "unknown");
}

struct prov_profile *tui_app_profile(const struct tui_app *app, size_t i)
{
	return &app->config->profiles[i].access;
}

const char *tui_realm(const struct prov_profile *profile)
{
	static const char *const words[] = {
		[PROV_PRACTICE] = N_("practice"),
		[PROV_SANDBOX] = N_("sandbox"),
		[PROV_PRODUCTION] = N_("PRODUCTION"),
	};

	return _(words[prov_environment(profile)]);
}

/* Its credentials, and what its calls will share. */
static int ready_profile(struct tui_profile *profile, struct err *err)
{
	const char *ca_file = profile->access.ca_file;

	if (ca_file && xfer_check_trust(ca_file, err))
		return -1;
	if (!profile->access.secret)
		profile->access.secret = tui_secret_fetch(profile, err);
	if (!profile->access.secret)
		return -1;
	if (!profile->access.session)
		profile->access.session = prov_session_new();
	return 0;
}

static int open_profile(struct tui_app *app, unsigned parts, struct err *err)
{
	struct tui_config *config = mem_alloc(sizeof(*config));
	struct tui_profile *chosen = NULL;
	char *path = tui_config_path(app->options.config, err);
	int ret = -1;

	app->config = config;
	if (!path || tui_config_read(config, path, err))
		goto out;
	app->profile_count = config->profile_count;
	chosen = tui_config_profile(config, app->options.profile, err);
	if (!chosen)
		goto out;
	if (app->options.endpoint) {
		if (prov_endpoint_check(app->options.endpoint, err))
			goto out;
		mem_replace(&chosen->access.endpoint, app->options.endpoint);
	}
	if ((parts & TUI_APP_SECRET) && ready_profile(chosen, err))
		goto out;
	if (config->language)
		language_set(config->language);
	if (config->operator_name)
		mem_replace(&app->operator_name, config->operator_name);
	app->profile = &chosen->access;
	ret = 0;
out:
	free(path);
	return ret;
}

static int open_store(struct tui_app *app, struct err *err)
{
	app->state_dir = tui_state_dir(app->options.state, err);
	if (!app->state_dir)
		return -1;
	return case_store_open(&app->store, app->state_dir, app->operator_name,
			       err);
}

static void pass_change(void *arg, int64_t submission)
{
	struct tui_app *app = arg;

	if (app->changed)
		app->changed(app->changed_arg, submission);
}

int tui_app_open(struct tui_app *app, const struct tui_options *options,
		 unsigned parts, struct err *err)
{
	char *program = NULL;

	if (parts & TUI_APP_OUTBOX)
		parts |= TUI_APP_PROFILE | TUI_APP_SECRET | TUI_APP_STORE |
			 TUI_APP_WIRE;
	if (parts & TUI_APP_SECRET)
		parts |= TUI_APP_PROFILE;
	app->options = *options;
	app->operator_name = user_name();
	if ((parts & TUI_APP_PROFILE) && open_profile(app, parts, err))
		goto fail;
	if ((parts & TUI_APP_STORE) && open_store(app, err))
		goto fail;
	if (parts & TUI_APP_WIRE)
		/* One more than documents: a question never waits for them. */
		app->xfer =
			xfer_new(app->profile ? app->profile->parallel + 1 : 1);
	if (parts & TUI_APP_LOOKER) {
		program = tui_program("kyc-inspect");
		app->looker = doc_looker_new(program);
		free(program);
	}
	if ((parts & TUI_APP_OUTBOX) &&
	    outbox_new(&app->outbox, app->store, app->xfer, app->profile,
		       pass_change, app, err))
		goto fail;
	return 0;
fail:
	tui_app_close(app);
	return -1;
}

void tui_app_close(struct tui_app *app)
{
	outbox_free(app->outbox);
	xfer_free(app->xfer);
	if (app->looker)
		doc_looker_free(app->looker);
	case_store_close(app->store);
	for (size_t i = 0; i < app->profile_count; i++)
		prov_session_free(tui_app_profile(app, i)->session);
	if (app->config)
		tui_config_release(app->config);
	free(app->config);
	free(app->state_dir);
	free(app->operator_name);
	memset(app, 0, sizeof(*app));
}

/* Is anything of ours on the wire? */
static bool is_sending(const struct tui_app *app)
{
	struct outbox_totals totals = { 0 };

	if (app->outbox)
		outbox_totals(app->outbox, &totals);
	return totals.sending > 0;
}

int tui_app_switch(struct tui_app *app, size_t i, struct err *err)
{
	struct tui_profile *to = &app->config->profiles[i];
	struct outbox *outbox = NULL;

	if (app->profile == &to->access)
		return 0;
	if (is_sending(app))
		return err_set(err, ERR_INPUT,
			       _("something is being sent with profile '%s': "
				 "wait until it has arrived"),
			       app->profile->name);
	if (ready_profile(to, err) ||
	    outbox_new(&outbox, app->store, app->xfer, &to->access, pass_change,
		       app, err))
		return -1;
	outbox_free(app->outbox);
	app->outbox = outbox;
	app->profile = &to->access;
	xfer_set_most(app->xfer, to->access.parallel + 1);
	return 0;
}

/* How long may be waited, given what is due in the outbox. */
static int wait_ms(const struct tui_app *app, int timeout_ms)
{
	int64_t next = app->outbox ? outbox_next(app->outbox) : -1;
	int64_t left = 0;

	if (next < 0)
		return timeout_ms;
	left = next - xfer_now();
	if (left < 0)
		left = 0;
	if (timeout_ms >= 0 && timeout_ms < left)
		return timeout_ms;
	return left > INT_MAX ? INT_MAX : (int)left;
}

static void wait_on(struct tui_app *app, struct pollfd *fds, size_t count,
		    int timeout_ms)
{
	if (app->xfer)
		xfer_wait(app->xfer, fds, count, timeout_ms);
	else
		poll(fds, count, timeout_ms);
}

static void deliver_looks(struct tui_app *app)
{
	struct doc_facts facts = { 0 };
	uint64_t id = 0;

	while (app->looker && doc_looker_take(app->looker, &id, &facts) == 1)
		if (app->looked)
			app->looked(app->looked_arg, id, &facts);
}

int tui_app_turn(struct tui_app *app, struct pollfd *fds, size_t count,
		 int timeout_ms, struct err *err)
{
	struct pollfd all[FDS_MOST + 3] = { 0 };
	size_t used = count < FDS_MOST ? count : FDS_MOST;
	int looker = -1;
	int store = -1;
	bool urgent = false;
	/* Keys and answers are heard all the same, and less is asked of a
	 * record that fails. */
	int ret = app->outbox ? outbox_pump(app->outbox, err) : 0;

	if (used)
		memcpy(all, fds, used * sizeof(*fds));
	all[used++] =
		(struct pollfd){ .fd = tui_signals_fd(), .events = POLLIN };
	looker = app->looker ? doc_looker_fd(app->looker) : -1;
	if (looker >= 0)
		all[used++] = (struct pollfd){ .fd = looker, .events = POLLIN };
	store = app->store ? case_store_fd(app->store) : -1;
	if (store >= 0)
		all[used++] = (struct pollfd){ .fd = store, .events = POLLIN };
	if (looker >= 0 && (timeout_ms < 0 || timeout_ms > LOOKER_CHECK_MS))
		timeout_ms = LOOKER_CHECK_MS;
	if (!ret)
		timeout_ms = wait_ms(app, timeout_ms);
	else if (timeout_ms < 0 || timeout_ms > STORE_AGAIN_MS)
		timeout_ms = STORE_AGAIN_MS;
	wait_on(app, all, used, timeout_ms);
	for (size_t i = 0; i < count && i < FDS_MOST; i++) {
		fds[i].revents = all[i].revents;
		urgent |= fds[i].revents != 0;
	}
	deliver_looks(app);
	/* What was typed goes first: the next turn begins with the outbox. */
	if (!ret && app->outbox && !urgent)
		ret = outbox_pump(app->outbox, err);
	return ret;
}
