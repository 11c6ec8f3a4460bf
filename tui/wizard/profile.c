/* SPDX-License-Identifier: MIT */
/* The profile in use: changing to another one. */
#include "forms/form.h"
#include "tui/wizard/wizard_private.h"

/* Nothing of the profile that is left may stand under the name of the next. */
static int switch_to(struct tui_wizard *wizard,
		     const struct prov_profile *profile, struct err *err)
{
	size_t i = 0;

	if (profile == wizard->app->profile)
		return 0;
	while (tui_app_profile(wizard->app, i) != profile)
		i++;
	tui_listing_stop(wizard);
	tui_wizard_forget_question(wizard);
	if (tui_app_switch(wizard->app, i, err))
		return -1;
	tui_wizard_close(wizard);
	return 0;
}

static void use(struct tui_wizard *wizard, void *unused)
{
	struct tui_wizard_private *p = wizard->private;
	struct err err = { 0 };

	(void)unused;
	if (switch_to(wizard, p->profile_asked, &err))
		tui_say_err(wizard, &err);
	else
		p->profile_then(wizard, p->profile_arg);
}

void tui_profile_use(struct tui_wizard *wizard,
		     const struct prov_profile *profile,
		     void (*then)(struct tui_wizard *wizard, void *arg),
		     void *arg)
{
	struct tui_wizard_private *p = wizard->private;

	p->profile_asked = profile;
	p->profile_then = then;
	p->profile_arg = arg;
	/* Practice is left for real people's papers knowingly or not at all. */
	if (profile != wizard->app->profile &&
	    prov_environment(profile) == PROV_PRODUCTION)
		tui_ask(wizard, use, NULL,
			_("Switch to '%s'? It is %s of %s: what is sent there "
			  "is about real people and cannot be taken back."),
			profile->name, tui_realm(profile),
			profile->provider->title);
	else
		use(wizard, NULL);
}
