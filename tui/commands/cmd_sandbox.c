/* SPDX-License-Identifier: MIT */
/* kyc sandbox: becomes the practice server, a program of its own so that the
 * wizard does not carry a web server. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "tui/commands/command.h"

struct words {
	const char **list;
	size_t count;
};

static void add(struct words *words, const char *word)
{
	words->list = mem_grow(words->list, words->count, sizeof(*words->list));
	words->list[words->count++] = word;
}

static void add_option(struct words *words, const char *name, const char *value)
{
	if (!value)
		return;
	add(words, name);
	add(words, value);
}

int tui_cmd_sandbox(const struct tui_arguments *arguments)
{
	char *program = tui_program("kyc-sandbox");
	struct words words = { 0 };
	struct err err = { 0 };

	add(&words, "kyc-sandbox");
	if (arguments->operand_count)
		add(&words, arguments->operands[0]);
	add_option(&words, "--port", arguments->port);
	add_option(&words, "--data", arguments->data);
	add_option(&words, "--seed", arguments->seed);
	add_option(&words, "--review-seconds", arguments->review_seconds);
	add_option(&words, "--token-seconds", arguments->token_seconds);
	add_option(&words, "--rate-limit", arguments->rate_limit);
	for (size_t i = 0; i < arguments->fault_count; i++)
		add_option(&words, "--fault", arguments->faults[i]);
	if (arguments->global.verbose)
		add(&words, "--verbose");
	add(&words, NULL);
	execv(program, (char *const *)(uintptr_t)words.list);
	err_set(&err, ERR_CONFIG,
		_("cannot start the practice server '%s': %s"), program,
		strerror(errno));
	free(words.list);
	free(program);
	return tui_report_err(&err);
}
