/* SPDX-License-Identifier: MIT */
/* The command line: one table of options, read with getopt_long. */
#include "tui/options.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"

enum option_kind {
	OPTION_FLAG, /* bool at OFFSET */
	OPTION_TEXT, /* const char * at OFFSET */
	OPTION_LIST, /* const char ** and, behind it, its size_t count */
};

#define AT(member) offsetof(struct tui_arguments, member)

/* KEY below 256 is also the short option. */
static const struct option_row {
	int key;
	const char *name;
	const char *value; /* name of its value, or NULL */
	enum option_kind kind;
	size_t offset;
	bool global;
	const char *help;
} rows[] = {
	{ 'c', "customer", "ID", OPTION_TEXT, AT(customer), false,
	  N_("the customer, by the provider's id") },
	{ 't', "type", "TYPE", OPTION_TEXT, AT(type), false,
	  N_("document type, or a form, by its code") },
	{ 's', "side", "SIDE", OPTION_TEXT, AT(side), false,
	  N_("front or back, where the type has sides") },
	{ 'C', "country", "COUNTRY", OPTION_TEXT, AT(country), false,
	  N_("country of the document: BRA or BR") },
	{ 'P', "party", "PARTY", OPTION_TEXT, AT(party), false,
	  N_("the associated party it belongs to: id or name") },
	{ 'i', "field", "KEY=VALUE", OPTION_LIST, AT(fields), false,
	  N_("a field of this provider alone; may be repeated") },
	{ 'k', "kind", "KIND", OPTION_TEXT, AT(kind), false,
	  N_("of customer: individual or business") },
	{ 'S', "search", "TEXT", OPTION_TEXT, AT(search), false,
	  N_("only those whose name has it, or id begins so") },
	{ 'w', "no-wait", NULL, OPTION_FLAG, AT(no_wait), false,
	  N_("queue it and leave; 'kyc resume' sends it") },
	{ 'a', "again", NULL, OPTION_FLAG, AT(again), false,
	  N_("a second copy of what was accepted is meant") },
	{ 'n', "parallel", "N", OPTION_TEXT, AT(parallel), false,
	  N_("transfers at once, 1 to 16") },
	{ 256, "port", "N", OPTION_TEXT, AT(port), false,
	  N_("port to listen on; default: any free one") },
	{ 257, "data", "DIR", OPTION_TEXT, AT(data), false,
	  N_("keep the practice server's state here") },
	{ 258, "seed", "FILE", OPTION_TEXT, AT(seed), false,
	  N_("JSON list of customers to begin with") },
	{ 259, "fault", "SPEC", OPTION_LIST, AT(faults), false,
	  N_("delay, rate, status, cut, lose or answer badly") },
	{ 260, "review-seconds", "N", OPTION_TEXT, AT(review_seconds), false,
	  N_("how long a review takes") },
	{ 'T', "token-seconds", "N", OPTION_TEXT, AT(token_seconds), false,
	  N_("how long an access token lives") },
	{ 'L', "rate-limit", "N", OPTION_TEXT, AT(rate_limit), false,
	  N_("requests a minute") },
	{ 'B', "submission", "ID", OPTION_TEXT, AT(submission), false,
	  N_("one submission, by its number") },
	{ 'H', "head", "HASH", OPTION_TEXT, AT(head), false,
	  N_("hash of an entry that was kept elsewhere") },
	{ 'p', "profile", "PROFILE", OPTION_TEXT, AT(global.profile), true,
	  N_("profile of the configuration to use") },
	{ 261, "config", "FILE", OPTION_TEXT, AT(global.config), true,
	  N_("default: $KYC_CONFIG or ~/.config/kyc/config") },
	{ 262, "state", "DIR", OPTION_TEXT, AT(global.state), true,
	  N_("record; default: $KYC_STATE or ~/.local/state/kyc") },
	{ 263, "endpoint", "URL", OPTION_TEXT, AT(global.endpoint), true,
	  N_("instead of the profile's endpoint") },
	{ 'j', "json", NULL, OPTION_FLAG, AT(global.json), true,
	  N_("one JSON object a line on standard output") },
	{ 'q', "quiet", NULL, OPTION_FLAG, AT(global.quiet), true,
	  N_("no progress, only errors") },
	{ 'v', "verbose", NULL, OPTION_FLAG, AT(global.verbose), true,
	  N_("say more about what happens") },
	{ 264, "kiosk", NULL, OPTION_FLAG, AT(global.kiosk), true, NULL },
	{ 267, "linear", NULL, OPTION_FLAG, AT(global.linear), true,
	  N_("the wizard as plain questions, a line each") },
	{ 265, "no-color", NULL, OPTION_FLAG, AT(global.no_color), true,
	  N_("the wizard without colours, as with $NO_COLOR") },
	{ 266, "theme", "NAME", OPTION_TEXT, AT(global.theme), true,
	  N_("its colours: high-contrast, colour-blind, or a file") },
	{ 'h', "help", NULL, OPTION_FLAG, AT(help), true, N_("this help") },
	{ 'V', "version", NULL, OPTION_FLAG, AT(version), true,
	  N_("the version") },
};

/* Keys that are no short options: --no-wait and the like. */
static const char no_short[] = "SwanjTLBH";

#define ROWS (sizeof(rows) / sizeof(*rows))

/* Options with a long name alone share letters that stand for them in a
 * command's LETTERS: port O, data D, seed E, fault F, review-seconds R. */
static bool command_takes(const struct tui_command *command,
			  const struct option_row *row)
{
	static const char stand_ins[] = { 'O', 'D', 'E', 'F', 'R' };
	int letter = row->key;

	if (row->global)
		return true;
	if (letter >= 256)
		letter = stand_ins[letter - 256];
	return strchr(command->letters, letter) != NULL;
}

static void take_value(struct tui_arguments *arguments,
		       const struct option_row *row, const char *value)
{
	char *at = (char *)arguments + row->offset;
	const char ***list = (void *)at;
	size_t *count = (void *)(at + sizeof(*list));

	switch (row->kind) {
	case OPTION_FLAG:
		*(bool *)(void *)at = true;
		break;
	case OPTION_TEXT:
		*(const char **)(void *)at = value;
		break;
	case OPTION_LIST:
		*list = mem_grow(*list, *count, sizeof(**list));
		(*list)[(*count)++] = value;
		break;
	}
}

static int unknown_option(const char *word, struct err *err)
{
	const char *names[ROWS + 1] = { 0 };
	const char *near = NULL;

	char *name = NULL;

	while (*word == '-')
		word++;
	name = mem_dup_n(word, strcspn(word, "="));
	for (size_t i = 0; i < ROWS; i++)
		names[i] = rows[i].name;
	near = text_nearest(name, names);
	err_set(err, ERR_USAGE,
		near ? _("there is no option '--%s'; did you mean '--%s'?")
		     : _("there is no option '--%s'%s"),
		name, near ? near : "");
	free(name);
	return -1;
}

static const struct tui_command *command_called(const char *name)
{
	for (const struct tui_command *c = tui_commands; c->run; c++)
		if (c->name && strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

static int unknown_command(const char *word, struct err *err)
{
	const char *names[32] = { 0 };
	const char *near = NULL;
	size_t count = 0;

	for (const struct tui_command *c = tui_commands; c->run; c++)
		if (c->name && count < 31)
			names[count++] = c->name;
	near = text_nearest(word, names);
	return err_set(err, ERR_USAGE,
		       near ? _("there is no command '%s'; did you mean '%s'?")
			    : _("there is no command '%s'%s"),
		       word, near ? near : "");
}

static void make_getopt(struct option *longs, char *shorts)
{
	*shorts++ = ':'; /* tell a missing value from an unknown option */
	for (size_t i = 0; i < ROWS; i++) {
		longs[i] = (struct option){
			.name = rows[i].name,
			.has_arg =
				rows[i].value ? required_argument : no_argument,
			.val = rows[i].key,
		};
		if (rows[i].key < 256 && !strchr(no_short, rows[i].key)) {
			*shorts++ = (char)rows[i].key;
			if (rows[i].value)
				*shorts++ = ':';
		}
	}
	*shorts = '\0';
}

static const struct option_row *row_of(int key)
{
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].key == key)
			return &rows[i];
	return NULL;
}

/* Read all options; which of them were given is noted in SEEN. */
static int read_options(struct tui_arguments *arguments, bool *seen, int argc,
			char **argv, struct err *err)
{
	struct option longs[ROWS + 1] = { 0 };
	char shorts[2 * ROWS + 2];
	const struct option_row *row = NULL;

	make_getopt(longs, shorts);
	opterr = 0;
	optind = 0;
	for (;;) {
		int key = getopt_long(argc, argv, shorts, longs, NULL);

		if (key == -1)
			return 0;
		if (key == '?' && optopt && optopt < 256) {
			char word[] = { '-', (char)optopt, '\0' };

			return err_set(err, ERR_USAGE,
				       _("there is no option '%s'"), word);
		}
		if (key == '?')
			return unknown_option(argv[optind - 1], err);
		if (key == ':')
			return err_set(err, ERR_USAGE,
				       _("option '%s' needs a value"),
				       argv[optind - 1]);
		row = row_of(key);
		if (!row)
			return err_set(err, ERR_BUG, "option %d has no row",
				       key);
		seen[row - rows] = true;
		take_value(arguments, row, optarg);
	}
}

static int check_options(const struct tui_command *command, const bool *seen,
			 struct err *err)
{
	for (size_t i = 0; i < ROWS; i++)
		if (seen[i] && !command_takes(command, &rows[i]))
			return err_set(err, ERR_USAGE,
				       _("'kyc%s%s' takes no option '--%s'"),
				       command->name ? " " : "",
				       command->name ? command->name : "",
				       rows[i].name);
	return 0;
}

static int check_operands(const struct tui_command *command,
			  const struct tui_arguments *arguments,
			  struct err *err)
{
	if (arguments->help)
		return 0;
	if (arguments->operand_count < command->least)
		return err_set(err, ERR_USAGE,
			       _("something is missing; usage: kyc %s %s"),
			       command->name, command->operands);
	if (arguments->operand_count > command->most)
		return err_set(err, ERR_USAGE,
			       _("one too many: '%s'; usage: kyc %s %s"),
			       arguments->operands[command->most],
			       command->name ? command->name : "",
			       command->operands);
	return 0;
}

int tui_arguments_parse(struct tui_arguments *arguments,
			const struct tui_command **command, int argc,
			char **argv, struct err *err)
{
	bool seen[ROWS] = { 0 };

	*command = &tui_commands[0];
	if (read_options(arguments, seen, argc, argv, err))
		return -1;
	if (optind < argc) {
		*command = command_called(argv[optind]);
		if (!*command)
			return unknown_command(argv[optind], err);
		optind++;
	}
	for (; optind < argc; optind++) {
		arguments->operands =
			mem_grow(arguments->operands, arguments->operand_count,
				 sizeof(*arguments->operands));
		arguments->operands[arguments->operand_count++] = argv[optind];
	}
	if (check_options(*command, seen, err))
		return -1;
	return check_operands(*command, arguments, err);
}

void tui_arguments_release(struct tui_arguments *arguments)
{
	free(arguments->fields);
	free(arguments->faults);
	free(arguments->operands);
	memset(arguments, 0, sizeof(*arguments));
}

static void help_options(const struct tui_command *command, bool global)
{
	for (size_t i = 0; i < ROWS; i++) {
		const struct option_row *row = &rows[i];
		char left[40];
		bool has_short = row->key < 256 && !strchr(no_short, row->key);

		if (row->global != global || !row->help ||
		    !command_takes(command, row))
			continue;
		snprintf(left, sizeof(left), "%c%c%s --%s%s%s",
			 has_short ? '-' : ' ', has_short ? row->key : ' ',
			 has_short ? "," : " ", row->name,
			 row->value ? " " : "", row->value ? row->value : "");
		printf("  %-26s %s\n", left, _(row->help));
	}
}

void tui_arguments_help(const struct tui_command *command)
{
	if (command->name) {
		printf(_("usage: kyc %s%s%s\n\n%s\n"), command->name,
		       *command->operands ? " " : "", command->operands,
		       _(command->summary));
		if (command->detail)
			printf("\n%s\n", _(command->detail));
		printf("\n%s\n", _("Options:"));
		help_options(command, false);
	} else {
		printf(_("usage: kyc [-p PROFILE]  %s\n"), _(command->summary));
		for (const struct tui_command *c = tui_commands; c->run; c++)
			if (c->name)
				printf("       kyc %-13s %s\n", c->name,
				       _(c->summary));
		printf(_("\n'kyc COMMAND --help' says what a command "
			 "takes; 'man kyc' has all of it.\n"));
		printf("\n%s\n", _("Options:"));
	}
	help_options(command, true);
	printf(_("\nExit status: 0 all accepted; 1 refused by the provider; 2 "
		 "usage;\n3 refused here before sending; 4 not settled yet, "
		 "kept ('kyc resume');\n5 credentials; 6 configuration or "
		 "state; 130 interrupted.\n"));
}
