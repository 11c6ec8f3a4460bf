/* SPDX-License-Identifier: MIT */
/* The command line as tables: options, commands, and the help made of them. */
#ifndef TUI_OPTIONS_H
#define TUI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/app.h"

/* All borrowed from argv, except the lists themselves. */
struct tui_arguments {
	struct tui_options global;
	bool help, version;
	const char *customer, *type, *side, *country, *party;
	const char *search;
	const char *kind;
	const char **fields; /* -i KEY=VALUE */
	size_t field_count;
	bool no_wait, again;
	const char *parallel; /* a number, checked by the reader */
	const char *port, *data, *seed, *review_seconds;
	const char *token_seconds, *rate_limit;
	const char *submission, *head;
	const char **faults;
	size_t fault_count;
	const char **operands;
	size_t operand_count;
};

struct tui_command {
	const char *name;     /* NULL name: the wizard; NULL run ends */
	const char *operands; /* as shown in the help */
	const char *letters;  /* its options beyond the global ones, by key */
	size_t least, most;   /* operands */
	const char *summary;
	const char
		*detail; /* what else its help says, in lines; NULL: nothing */
	int (*run)(const struct tui_arguments *arguments);
};

/* The table of all commands; the first is the wizard. */
extern const struct tui_command tui_commands[];

/*
 * Read ARGV against the table: *COMMAND and ARGUMENTS (which comes in empty).
 * ERR_USAGE with a sentence and the nearest known word.
 */
int tui_arguments_parse(struct tui_arguments *arguments,
			const struct tui_command **command, int argc,
			char **argv, struct err *err) ERR_CHECKED;
void tui_arguments_release(struct tui_arguments *arguments);

/* Help for COMMAND, or for the program when it is the wizard; to stdout. */
void tui_arguments_help(const struct tui_command *command);

#endif
