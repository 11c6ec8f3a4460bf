/* SPDX-License-Identifier: MIT */
/* The entrance: which command, or the wizard. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/form.h"
#include "tui/commands/command.h"

const struct tui_command tui_commands[] = {
	{ NULL, "", "", 0, 0, N_("the wizard"), NULL, tui_cmd_wizard },
	{ "demo", "[PROVIDER]", "R", 0, 1,
	  N_("the wizard on a practice server, with samples"),
	  N_("It needs no configuration, and nothing leaves this machine.\n"
	     "PROVIDER is lumx, dinie, dwolla or zro; lumx without it."),
	  tui_cmd_demo },
	{ "create", "[-k KIND] FILE|-", "kw", 1, 1,
	  N_("make a new customer of a form, as JSON"),
	  N_("FILE has the answers of the provider's own form as a JSON object, by their\n"
	     "keys; - reads standard input. Who is there already is refused, and named."),
	  tui_cmd_create },
	{ "customers", "", "S", 0, 0, N_("list the provider's customers"), NULL,
	  tui_cmd_customers },
	{ "status", "-c CUSTOMER", "c", 0, 0,
	  N_("what is still wanted from a customer, and why"),
	  N_("A line that begins with ! says where the provider has something else than\n"
	     "was sent from here."),
	  tui_cmd_status },
	{ "upload",
	  "-c CUSTOMER -t TYPE [-s SIDE] [-C COUNTRY] [-P PARTY] FILE",
	  "ctsCPiwa", 1, 1, N_("check and send one document"),
	  N_("TYPE is the provider's own code, such as PASSPORT, license or\n"
	     "identity_document:passport. What was accepted already is not sent again."),
	  tui_cmd_upload },
	{ "info", "-c CUSTOMER [-t FORM] [-P PARTY] FILE|-", "ctPw", 1, 1,
	  N_("send a form, such as the additional information, as JSON"),
	  N_("FILE has the answers as a JSON object, by their keys; - reads standard\n"
	     "input. FORM is another form than the customer's own."),
	  tui_cmd_info },
	{ "start", "-c CUSTOMER", "cw", 0, 0,
	  N_("ask the provider to begin its review"),
	  N_("While something is missing it is named, and nothing is asked for."),
	  tui_cmd_start },
	{ "link", "-c CUSTOMER [-t CODE] [-P PARTY]", "ctP", 0, 0,
	  N_("a page that only the customer can open"),
	  N_("Treat it as a secret. CODE and PARTY say which one where there are several."),
	  tui_cmd_link },
	{ "batch", "MANIFEST|-", "na", 1, 1,
	  N_("send what a manifest of JSON lines says"),
	  N_("A line has customer, type, file and, where they apply, side, country, party\n"
	     "and fields; or customer and info. Relative paths start at the manifest.\n"
	     "Running it again sends only what was not accepted."),
	  tui_cmd_batch },
	{ "resume", "", "", 0, 0,
	  N_("drive what is in the outbox to an answer"),
	  N_("What could not be settled stands at the end, with what to do about it."),
	  tui_cmd_resume },
	{ "check", "-t TYPE FILE...", "t", 1, 100000,
	  N_("what would be said of files, sending nothing"), NULL,
	  tui_cmd_check },
	{ "receipt", "-c CUSTOMER | --submission ID", "cB", 0, 0,
	  N_("what was sent, when, by whom, and each attempt"),
	  N_("It needs no network, and can be pasted into a ticket."),
	  tui_cmd_receipt },
	{ "audit", "verify|list|head", "cH", 1, 1,
	  N_("prove, list or quote the audit trail"),
	  N_("verify: is the trail what was written? list: its entries, oldest first.\n"
	     "head: number and hash of the last one, to be kept elsewhere."),
	  tui_cmd_audit },
	{ "sandbox", "[PROVIDER|all]", "ODEFRTL", 0, 1,
	  N_("run the practice server"),
	  N_("SPEC says what goes wrong: delay=MS, rate=BYTES, status=CODE, retry-after=S,\n"
	     "cut=BYTES, lose=N, answer=html, half or empty; and when: method=M,\n"
	     "path=PREFIX, skip=N, count=N, every=N."),
	  tui_cmd_sandbox },
	{ NULL, NULL, NULL, 0, 0, NULL, NULL, NULL },
};

/* Personal data must not end in a core dump or be read by a debugger. */
static void keep_private(void)
{
	const struct rlimit none = { 0, 0 };

	umask(077);
	setrlimit(RLIMIT_CORE, &none);
#ifndef KYC_SANITIZERS /* the leak checker is a debugger */
	prctl(PR_SET_DUMPABLE, 0);
#endif
}

/* Where one of the three standard files was closed, whatever is opened next
 * would get its number, and our words. */
static void keep_standard_files(void)
{
	int fd = open("/dev/null", O_RDONLY | O_NOCTTY);

	while (fd >= 0 && fd <= STDERR_FILENO)
		fd = open("/dev/null", O_RDONLY | O_NOCTTY);
	if (fd > STDERR_FILENO)
		close(fd);
}

int main(int argc, char **argv)
{
	struct tui_arguments arguments = { 0 };
	const struct tui_command *command = NULL;
	struct err err = { 0 };
	char *catalogs = NULL;
	int status = 0;

	catalogs = tui_catalogs();
	language_init(catalogs);
	free(catalogs);
	keep_private();
	keep_standard_files();
	tui_signals_init();
	if (tui_arguments_parse(&arguments, &command, argc, argv, &err)) {
		status = tui_report_err(&err);
	} else if (arguments.version) {
		printf("kyc %s\n", PACKAGE_VERSION);
	} else if (arguments.help) {
		tui_arguments_help(command);
	} else {
		status = command->run(&arguments);
	}
	tui_arguments_release(&arguments);
	return tui_report_end(status);
}
