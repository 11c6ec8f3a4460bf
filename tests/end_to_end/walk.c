/* SPDX-License-Identifier: MIT */
#include "tests/end_to_end/walk.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/test.h"

void walk_expect(struct practice_run run, int status, const char *says)
{
	if (run.status != status ||
	    (!strstr(run.out, says) && !strstr(run.err, says)))
		fail_msg("wanted %d '%s', got %d\nout: %s\nerr: %s", status,
			 says, run.status, run.out, run.err);
	practice_run_release(&run);
}

void walk_upload(const struct practice *practice,
		 const struct walk_paper *paper, int status, const char *says)
{
	const char *words[24] = { "upload",	   "--json", "-c",
				  paper->customer, "-t",     paper->type };
	const char *const options[][2] = {
		{ "-s", paper->side },
		{ "-P", paper->party },
		{ "-C", paper->country },
	};
	char *path = practice_sample(paper->sample);
	size_t count = 6;

	for (size_t i = 0; i < 3; i++) {
		if (!options[i][1])
			continue;
		words[count++] = options[i][0];
		words[count++] = options[i][1];
	}
	if (paper->later)
		words[count++] = "--no-wait";
	words[count] = path;
	walk_expect(practice_kyc(practice, words), status, says);
	free(path);
}

void walk_form(const struct practice *practice, const char *customer,
	       const char *party, const char *form, const char *json,
	       int status, const char *says)
{
	char *path = practice_file(practice, "form.json", json);
	const char *words[12] = { "info", "--json", "-c", customer };
	size_t count = 4;

	if (form) {
		words[count++] = "-t";
		words[count++] = form;
	}
	if (party) {
		words[count++] = "-P";
		words[count++] = party;
	}
	words[count] = path;
	walk_expect(practice_kyc(practice, words), status, says);
	free(path);
}

/* The JSON lines of TEXT, as an array. */
static json_t *lines_of(const char *text)
{
	json_t *list = json_array();

	while (*text) {
		size_t len = strcspn(text, "\n");
		json_t *line = json_loadb(text, len, 0, NULL);

		if (!line)
			fail_msg("not JSON: '%.*s'", (int)len, text);
		json_array_append_new(list, line);
		text += len + (text[len] != '\0');
	}
	return list;
}

static const char *text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static bool same(const char *one, const char *other)
{
	return one && other ? strcmp(one, other) == 0 : one == other;
}

/* REQUIREMENT is "CODE" or "CODE/SIDE". */
static bool is_about(const json_t *line, const char *requirement,
		     const char *party)
{
	const char *slash = strchr(requirement, '/');
	size_t len =
		slash ? (size_t)(slash - requirement) : strlen(requirement);
	const char *code = text_of(line, "requirement");

	return code && strlen(code) == len &&
	       strncmp(code, requirement, len) == 0 &&
	       same(text_of(line, "side"), slash ? slash + 1 : NULL) &&
	       same(text_of(line, "party"), party);
}

static json_t *status_of(const struct practice *practice, const char *customer)
{
	struct practice_run run =
		KYC(practice, "status", "-c", customer, "--json");
	json_t *list = NULL;

	if (run.status)
		fail_msg("status ended with %d: %s", run.status, run.err);
	list = lines_of(run.out);
	practice_run_release(&run);
	return list;
}

static void compare(const json_t *line, const char *key, const char *want,
		    const char *about)
{
	const char *got = NULL;

	if (strncmp(key, "reason.", 7) == 0)
		got = text_of(json_object_get(line, "reason"), key + 7);
	else
		got = text_of(line, key);
	if (!same(got, want))
		fail_msg("%s: '%s' is '%s', wanted '%s'", about, key,
			 got ? got : "null", want ? want : "no line");
}

void walk_expect_item(const struct practice *practice, const char *customer,
		      const char *requirement, const char *party,
		      const char *key, const char *want)
{
	json_t *list = status_of(practice, customer);
	bool found = false;
	json_t *line = NULL;
	size_t i;

	json_array_foreach(list, i, line)
	{
		if (found || !is_about(line, requirement, party))
			continue;
		found = true;
		compare(line, key, want, requirement);
	}
	json_decref(list);
	if (found != (want != NULL))
		fail_msg("%s of %s %s", requirement, party ? party : customer,
			 found ? "is there" : "is not there");
}

void walk_expect_customer(const struct practice *practice, const char *customer,
			  const char *status)
{
	struct practice_run run = KYC(practice, "customers", "--json");
	json_t *list = NULL, *line = NULL;
	bool found = false;
	size_t i;

	if (run.status)
		fail_msg("customers ended with %d: %s", run.status, run.err);
	list = lines_of(run.out);
	json_array_foreach(list, i, line)
	{
		if (!same(text_of(line, "id"), customer))
			continue;
		assert_false(found);
		found = true;
		compare(line, "status", status, customer);
	}
	assert_true(found);
	json_decref(list);
	practice_run_release(&run);
}

char *walk_party(const struct practice *practice, const char *customer,
		 const char *requirement, size_t number)
{
	json_t *list = status_of(practice, customer), *line = NULL;
	char *party = NULL;
	size_t i;

	json_array_foreach(list, i, line)
	{
		const char *of = text_of(line, "party");

		if (of && !party && is_about(line, requirement, of) &&
		    !number--)
			party = mem_dup(of);
	}
	json_decref(list);
	if (!party)
		fail_msg("nobody of %s has a %s", customer, requirement);
	return party;
}

size_t walk_lines(const char *text)
{
	return walk_count(text, "\n");
}

size_t walk_count(const char *text, const char *word)
{
	size_t count = 0;

	while ((text = strstr(text, word))) {
		count++;
		text += strlen(word);
	}
	return count;
}

void walk_odd_ids(const struct practice *practice, const char *type,
		  const char *sample)
{
	static const char *const ids[] = {
		"..",
		".",
		"a/../b",
		"../customers",
		"a?b=c",
		"a#b",
		"a%2e%2e",
		"a\nb",
		"a\033[2J",
		"a\x01"
		"b",
		"a\xff"
		"b",
		" ",
	};

	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		const struct walk_paper paper = { .customer = ids[i],
						  .type = type,
						  .sample = sample };
		struct practice_run run = KYC(practice, "status", "-c", ids[i]);

		/* Refused here, or unknown there. */
		if (run.status != 3 && run.status != 1)
			fail_msg("id %zu: status ended with %d: %s", i,
				 run.status, run.err);
		assert_string_equal(run.out, "");
		assert_int_equal(walk_count(run.err, "kyc: "), 1);
		/* Nothing of it reaches a terminal as it is. */
		if (strpbrk(run.err, "\033\001\xff") || strstr(run.err, "a\nb"))
			fail_msg("id %zu is shown as it is: %s", i, run.err);
		walk_upload(practice, &paper, run.status, "");
		practice_run_release(&run);
	}
	WALK(practice, 0, "nothing is waiting", "resume");
}

void walk_wrong_secret(const struct practice *practice,
		       const struct walk_paper *papers)
{
	struct practice_run run = { 0 };
	size_t count = 0;

	for (; papers[count].type; count++) {
		struct walk_paper paper = papers[count];

		paper.later = true;
		walk_upload(practice, &paper, 4, "\"state\":\"queued\"");
	}
	setenv("PRACTICE_KEY", "another", 1);
	WALK(practice, 5, "check the key that the profile names", "status",
	     "-c", papers[0].customer);
	run = KYC(practice, "resume", "--json");
	unsetenv("PRACTICE_KEY");
	assert_int_equal(run.status, 5);
	assert_int_equal(walk_count(run.err, "kyc: "), 1);
	/* The others may not have been tried at all. */
	assert_in_range(walk_count(run.out, "\"state\":\"queued\""), 1, count);
	assert_null(strstr(run.err, "another"));
	practice_run_release(&run);
	run = KYC(practice, "resume", "--json");
	assert_int_equal(run.status, 0);
	assert_int_equal(walk_count(run.out, "\"state\":\"accepted\""), count);
	practice_run_release(&run);
}
