/* SPDX-License-Identifier: MIT */
/* kyc: the wizard, drawn or as plain questions. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/commands/command.h"
#include "tui/linear/linear.h"
#include "tui/wizard/wizard.h"

/* Does the environment say that nothing can, or should, be drawn over? */
static bool wants_lines(void)
{
	const char *accessible = getenv("ACCESSIBLE");
	const char *term = getenv("TERM");

	return (accessible && strcmp(accessible, "1") == 0) ||
	       (term && strcmp(term, "dumb") == 0);
}

int tui_wizard(const struct tui_options *given, struct err *err)
{
	struct tui_options options = *given;
	struct tui_app app = { 0 };
	int status = 0;

	options.linear = options.linear || wants_lines();
	/* What is told by the environment to whatever is started is the one
	 * place where colours are asked about. */
	if (options.no_color)
		setenv("NO_COLOR", "1", 1);
	if (options.theme)
		setenv("KYC_THEME", options.theme, 1);
	if (tui_app_open(&app, &options, TUI_APP_OUTBOX | TUI_APP_LOOKER, err))
		return -1;
	status = options.linear ? tui_linear_run(&app) : tui_wizard_run(&app);
	tui_app_close(&app);
	return status;
}

int tui_cmd_wizard(const struct tui_arguments *arguments)
{
	struct err err = { 0 };
	int status = -1;

	if (arguments->global.kiosk)
		err_set(&err, ERR_USAGE, _("this version has no kiosk mode"));
	else
		status = tui_wizard(&arguments->global, &err);
	return status < 0 ? tui_report_err(&err) : status;
}
