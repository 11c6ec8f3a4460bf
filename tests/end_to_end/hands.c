/* SPDX-License-Identifier: MIT */
#include "tests/end_to_end/hands.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "forms/mem.h"
#include "tests/test.h"

#define ENV_MOST 8

static struct pty *open_wizard(const struct practice *practice, int rows,
			       int cols, const char *const *env)
{
	char *program = test_build_path("kyc");
	char *config = mem_printf("KYC_CONFIG=%s", practice->config);
	char *directory = mem_printf("KYC_STATE=%s", practice->state);
	const char *all[ENV_MOST + 4] = { config, directory,
					  "PRACTICE_KEY=kyc-sandbox-key" };
	const char *argv[] = { program, NULL };
	struct pty_options options = {
		.rows = rows, .cols = cols, .env = all, .argv = argv
	};
	struct pty *pty = NULL;

	for (size_t i = 0; env && env[i]; i++) {
		assert_true(i < ENV_MOST);
		all[i + 3] = env[i];
	}
	pty = pty_start(&options);
	free(program);
	free(config);
	free(directory);
	return pty;
}

struct pty *hands_open(const struct practice *practice, int rows, int cols)
{
	static const char *const plain[] = { "NO_COLOR", NULL };

	return open_wizard(practice, rows, cols, plain);
}

struct pty *hands_open_with(const struct practice *practice,
			    const char *const *env)
{
	return open_wizard(practice, 24, 80, env);
}

void hands_leave(struct pty *pty)
{
	pty_send(pty, "\003\003");
	assert_int_equal(pty_wait_exit(pty), 130);
	pty_free(pty);
}

void hands_choose(struct pty *pty, const char *typed, const char *name)
{
	pty_expect(pty, "[1 Customer");
	pty_expect_match(pty, "(24 of 24|40 of 40) match");
	pty_send(pty, typed);
	pty_expect_match(pty, "1 of [0-9]+ match");
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "[2 Documents");
	pty_expect(pty, name);
	/* The list of what is wanted comes from the provider; while it is
	 * asked the rows may still change. */
	pty_expect(pty, "── ");
	pty_expect_gone(pty, "asking");
}

/* The row of the pointer, whose frame is complete: the real cursor stands on
 * the focus only then. -1: not yet. */
static int pointed_row(struct pty *pty)
{
	int row = 0, col = 0;
	char *text = NULL;
	bool pointed = false;

	pty_cursor(pty, &row, &col);
	text = pty_row(pty, row);
	pointed = row >= 3 && strncmp(text, "▸ ", strlen("▸ ")) == 0;
	free(text);
	return pointed ? row : -1;
}

static bool moved_from(struct pty *pty, const void *old)
{
	int row = pointed_row(pty);

	return row >= 0 && row != *(const int *)old;
}

/* The row that begins with LABEL behind its marks; -1: none. */
static int labelled_row(struct pty *pty, const char *label)
{
	int found = -1;

	for (int i = 3; i < 21 && found < 0; i++) {
		char *row = pty_row(pty, i);
		const char *at = row;

		while (*at == ' ' || (*at & 0x80))
			at++;
		if (strncmp(at, label, strlen(label)) == 0)
			found = i;
		free(row);
	}
	return found;
}

void hands_point_at(struct pty *pty, const char *label)
{
	int pointer = -1;
	int wanted = -1;

	for (int i = 0; i < 40; i++) {
		pty_expect_that(pty, moved_from, &(int){ -1 }, "the pointer");
		pointer = pointed_row(pty);
		wanted = labelled_row(pty, label);
		if (wanted == pointer)
			return;
		pty_send(pty, wanted >= 0 && wanted < pointer ? HANDS_UP
							      : HANDS_DOWN);
		pty_expect_that(pty, moved_from, &pointer, "another row");
	}
	fail_msg("no row is called '%s'", label);
}

void hands_open_slot(struct pty *pty, const char *label)
{
	hands_point_at(pty, label);
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "no file yet");
}

void hands_give_side(struct pty *pty, const char *sample)
{
	char *path = practice_sample(sample);
	char *name = mem_printf("/%s", sample);

	pty_send(pty, path);
	pty_expect(pty, name);
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "sha256");
	free(path);
	free(name);
}

void hands_give(struct pty *pty, const char *sample)
{
	hands_give_side(pty, sample);
	pty_send(pty, HANDS_ESC);
	pty_expect_gone(pty, "Tab complete");
}

void hands_give_next(struct pty *pty, const char *label, const char *sample)
{
	char *title = mem_printf("^  %s  ", label);

	pty_send(pty, HANDS_ENTER);
	pty_expect_match(pty, title);
	pty_expect(pty, "no file yet");
	hands_give(pty, sample);
	pty_send(pty, "n");
	free(title);
}

/* Ask until there is a line that matches REGEX, or (not THERE) there is none.
 */
static void await(const struct practice *practice, const char *customer,
		  const char *regex, bool there)
{
	regex_t line;
	bool met = false;

	assert_int_equal(
		regcomp(&line, regex, REG_EXTENDED | REG_NOSUB | REG_NEWLINE),
		0);
	for (int i = 0; i < 600 && !met; i++) {
		struct practice_run run =
			KYC(practice, "status", "-c", customer);

		met = run.status == 0 &&
		      (regexec(&line, run.out, 0, NULL, 0) == 0) == there;
		practice_run_release(&run);
	}
	regfree(&line);
	if (!met)
		fail_msg("'%s' never %s", regex, there ? "came" : "went");
}

void hands_await(const struct practice *practice, const char *customer,
		 const char *regex)
{
	await(practice, customer, regex, true);
}

void hands_await_gone(const struct practice *practice, const char *customer,
		      const char *regex)
{
	await(practice, customer, regex, false);
}
