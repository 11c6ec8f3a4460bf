/* SPDX-License-Identifier: MIT */
/*
 * What the wizard and every line-mode command stand on: the configuration,
 * one profile, the record, the wire, the outbox, the inspector; and one turn
 * of the event loop over all of them.
 */
#ifndef TUI_APP_H
#define TUI_APP_H

#include <poll.h>
#include <stdbool.h>

#include "cases/case.h"

/* The global options of the command line; all borrowed from argv or NULL. */
struct tui_options {
	const char *profile;  /* -p */
	const char *config;   /* --config */
	const char *state;    /* --state */
	const char *endpoint; /* --endpoint */
	bool quiet, verbose;
	bool kiosk;
	bool linear;	   /* nothing is drawn over */
	bool no_color;	   /* nor in colours */
	const char *theme; /* --theme */
	bool json;
};

/* A file was looked into; ID is what tui_app_look() returned. FINDINGS are of
 * doc_check_file() against the type that was asked for. */
typedef void tui_looked(void *arg, uint64_t id, const struct doc_facts *facts);

struct tui_config;

struct tui_app {
	struct tui_options options;
	char *state_dir;
	char *operator_name;
	struct tui_config *config;    /* with all profiles */
	size_t profile_count;	      /* in it */
	struct prov_profile *profile; /* the one in use, in it */
	struct case_store *store;
	struct xfer *xfer;
	struct outbox *outbox;
	struct doc_looker *looker;
	tui_looked *looked; /* set by who wants answers; may be NULL */
	void *looked_arg;
	outbox_changed *changed; /* likewise for the outbox */
	void *changed_arg;
};

enum { /* what tui_app_open() opens beyond the configuration */
	TUI_APP_PROFILE = 1 << 0, /* choose the profile, credentials not yet */
	TUI_APP_SECRET = 1 << 1,  /* fetch its credentials */
	TUI_APP_STORE = 1 << 2,
	TUI_APP_OUTBOX = 1 << 3, /* implies all above, and the wire */
	TUI_APP_WIRE = 1 << 4,
	TUI_APP_LOOKER = 1 << 5,
};

/* APP comes in all-zero. On failure everything is closed again. */
int tui_app_open(struct tui_app *app, const struct tui_options *options,
		 unsigned parts, struct err *err) ERR_CHECKED;
void tui_app_close(struct tui_app *app); /* all-zero after */

/* Where things end up, in a word nobody can miss: "practice", "sandbox" or
 * "PRODUCTION". */
const char *tui_realm(const struct prov_profile *profile);

/* Profile number I of the configuration. */
struct prov_profile *tui_app_profile(const struct tui_app *app, size_t i);

/*
 * Use profile number I from now on: its credentials are fetched, its outbox
 * opened. -1 and ERR, and nothing changed, when that fails or when something
 * of the present one is being sent just now. What waits in the outbox of the
 * one that is left is sent when it is used again.
 */
int tui_app_switch(struct tui_app *app, size_t i, struct err *err) ERR_CHECKED;

/*
 * One turn of the loop: start what is due, then wait for the wire, the
 * inspector, a signal, FDS (revents are filled) or TIMEOUT_MS (-1: as long as
 * nothing is due), deliver what happened. -1 and ERR when the record failed.
 */
int tui_app_turn(struct tui_app *app, struct pollfd *fds, size_t count,
		 int timeout_ms, struct err *err) ERR_CHECKED;

/* The first of SIGINT, SIGTERM, SIGHUP, SIGQUIT that came since the last call,
 * or 0. Signals end every wait. tui_signals_init() comes first in main(). */
void tui_signals_init(void);
int tui_signal_taken(void);
int tui_signals_fd(void); /* readable when one came */

/* Path of a program that belongs to us (kyc-inspect, kyc-sandbox): beside the
 * running one, else where it was installed. malloc'd. Never from $PATH. */
char *tui_program(const char *name);

/* The directory NAME of what is read, never compiled: installed, or in the
 * source tree of a program that was not. malloc'd. */
char *tui_data(const char *name);

/* The directory of the translations: as it was built beside the running
 * program, else where it was installed. malloc'd. */
char *tui_catalogs(void);

#endif
