/* SPDX-License-Identifier: MIT */
/* What an operator may have otherwise: the theme, and whether the mouse is
 * ours. As configured at first, then as changed with a key. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/config.h"
#include "tui/terminal/cell.h"
#include "tui/terminal/term.h"
#include "tui/terminal/theme.h"
#include "tui/wizard/wizard_private.h"

/* The first is built in; the others are files that come along. */
static const struct {
	const char *name;
	const char *title;
} themes[] = {
	{ NULL, N_("the built-in colours") },
	{ "high-contrast", N_("high contrast") },
	{ "colour-blind", N_("colours for the colour-blind") },
};

#define THEMES (sizeof(themes) / sizeof(*themes))

/* A theme that cannot be read leaves the built-in one. */
static int use_theme(struct tui_wizard *wizard, const char *name)
{
	const struct tui_config *config = wizard->app->config;
	struct tui_theme theme;
	struct err err = { 0 };
	char *path = NULL;
	int ret = 0;

	if (name && strcmp(name, "default") == 0)
		name = NULL;
	wizard->private->theme = name;
	if (name) {
		path = tui_theme_path(name, config ? config->path : NULL);
		ret = tui_theme_read(&theme, path, &err);
		free(path);
	} else {
		tui_theme_default(&theme);
	}
	tui_cell_theme(&theme);
	if (ret)
		tui_say_err(wizard, &err);
	return ret;
}

void tui_preferences(struct tui_wizard *wizard)
{
	const struct tui_config *config = wizard->app->config;
	const char *said = getenv("KYC_THEME");

	if (!said || !*said)
		said = config ? config->theme : NULL;
	use_theme(wizard, said);
	if (config && config->mouse)
		wizard->private->mouse = tui_term_mouse(true);
}

void tui_next_theme(struct tui_wizard *wizard)
{
	const char *now = wizard->private->theme;
	size_t next = 0;

	/* After one of the operator's own comes the first. */
	for (size_t i = 0; i < THEMES; i++)
		if (text_same(themes[i].name, now))
			next = (i + 1) % THEMES;
	if (!use_theme(wizard, themes[next].name))
		tui_say(wizard, "%s", _(themes[next].title));
}

void tui_toggle_mouse(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;

	if (!tui_term_mouse(!p->mouse)) {
		tui_say(wizard, _("This terminal has no mouse for kyc."));
		return;
	}
	p->mouse = !p->mouse;
	tui_say(wizard, "%s",
		p->mouse ? _("A click chooses, the wheel scrolls. F7 gives "
			     "the mouse back to the terminal.")
			 : _("The mouse is the terminal's again: it copies."));
}
