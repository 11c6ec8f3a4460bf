/* SPDX-License-Identifier: MIT */
/* What the wizard says, asks and shows in a box. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "forms/form.h"
#include "tui/wizard/wizard_private.h"

void tui_wizard_message(struct tui_wizard *wizard, char *text, bool bad)
{
	struct tui_wizard_private *p = wizard->private;

	free(p->message);
	p->message = text ? text_clean_new(text) : NULL;
	p->message_bad = bad;
	p->dirty = true;
	free(text);
}

void tui_say(struct tui_wizard *wizard, const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) >= 0)
		tui_wizard_message(wizard, text, false);
	va_end(args);
}

void tui_say_no_more(struct tui_wizard *wizard)
{
	if (!wizard->private->message_bad)
		tui_wizard_message(wizard, NULL, false);
}

static const char *what_next(enum err_code code)
{
	switch (code) {
	case ERR_INPUT:
		return _("Correct it and try again.");
	case ERR_REFUSED:
		return _("Step 5 says what to do about it.");
	case ERR_NETWORK:
		return _("Nothing is lost; R tries again.");
	case ERR_CREDENTIALS:
		return _("Check the profile's API key, then start kyc again.");
	case ERR_CONFIG:
		return _("Check the configuration.");
	case ERR_STORE:
		return _("Free some space or check the state directory; what "
			 "was saved before is safe.");
	case ERR_BUG:
		return _("This is a mistake in kyc; please report it.");
	default:
		return "";
	}
}

void tui_say_err(struct tui_wizard *wizard, const struct err *err)
{
	const char *next = what_next(err->code);

	tui_wizard_message(
		wizard,
		mem_printf("%s%s%s", err->text, *next ? ". " : "", next), true);
}

void tui_ask(struct tui_wizard *wizard,
	     void (*yes)(struct tui_wizard *wizard, void *arg), void *arg,
	     const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) >= 0) {
		tui_overlay_ask(&wizard->private->overlay, text, yes, arg);
		free(text);
	}
	va_end(args);
	wizard->private->leave_asked = false;
	wizard->private->dirty = true;
}

void tui_show(struct tui_wizard *wizard, const char *title, const char *text)
{
	tui_overlay_read(&wizard->private->overlay, title, text);
	wizard->private->dirty = true;
}

void tui_show_bare(struct tui_wizard *wizard, const char *title,
		   const char *text)
{
	tui_overlay_sheet(&wizard->private->overlay, title, text);
	/* It is here: nobody waits for it any more. */
	tui_wizard_message(wizard, NULL, false);
}
