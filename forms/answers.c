/* SPDX-License-Identifier: MIT */
/* Answers: key to text. */
#include <stdlib.h>
#include <string.h>

#include "forms/field.h"
#include "forms/kinds.h"
#include "forms/mem.h"

struct answer {
	char *key;
	char *value;
};

struct form_answers {
	struct answer *list; /* in the order they were first given */
	size_t count;
};

struct form_answers *form_answers_new(void)
{
	return mem_alloc(sizeof(struct form_answers));
}

static void answer_release(struct answer *answer)
{
	free(answer->key);
	mem_free_private(answer->value);
}

void form_answers_free(struct form_answers *answers)
{
	if (!answers)
		return;
	for (size_t i = 0; i < answers->count; i++)
		answer_release(&answers->list[i]);
	free(answers->list);
	free(answers);
}

static struct answer *answer_find(const struct form_answers *answers,
				  const char *key)
{
	for (size_t i = 0; answers && i < answers->count; i++)
		if (strcmp(answers->list[i].key, key) == 0)
			return &answers->list[i];
	return NULL;
}

const char *form_answer(const struct form_answers *answers, const char *key)
{
	const struct answer *answer = answer_find(answers, key);

	return answer ? answer->value : "";
}

bool form_answer_is(const struct form_answers *answers, const char *key,
		    const char *value)
{
	return strcmp(form_answer(answers, key), value) == 0;
}

bool form_answer_has(const struct form_answers *answers, const char *key,
		     const char *code)
{
	const char *at = form_answer(answers, key);
	struct buf one = { 0 };
	bool found = false;

	while (!found && form_multi_next(&at, &one))
		found = strcmp(buf_text(&one), code) == 0;
	buf_release(&one);
	return found;
}

static void answer_remove(struct form_answers *answers, struct answer *answer)
{
	size_t behind = (size_t)(answers->list + answers->count - answer - 1);

	answer_release(answer);
	memmove(answer, answer + 1, behind * sizeof(*answer));
	answers->count--;
}

void form_answer_set(struct form_answers *answers, const char *key,
		     const char *value)
{
	struct answer *answer = answer_find(answers, key);
	char *copy = NULL;

	if (!value || !*value) {
		if (answer)
			answer_remove(answers, answer);
		return;
	}
	copy = mem_dup(value); /* before what it may be part of is freed */
	if (answer) {
		mem_free_private(answer->value);
		answer->value = copy;
		return;
	}
	answers->list =
		mem_grow(answers->list, answers->count, sizeof(*answers->list));
	answers->list[answers->count++] =
		(struct answer){ .key = mem_dup(key), .value = copy };
}

void form_answer_toggle(struct form_answers *answers,
			const struct form_field *field, const char *code)
{
	const char *old = form_answer(answers, field->key);
	bool in = !form_answer_has(answers, field->key, code);
	bool only = in && field->alone && strcmp(code, field->alone) == 0;
	char *with = form_multi_with(field, only ? "" : old, code, in);

	if (in && field->alone && !only) {
		char *both = with;

		with = form_multi_with(field, both, field->alone, false);
		mem_free_private(both);
	}
	form_answer_set(answers, field->key, with);
	mem_free_private(with);
}

struct form_answers *form_answers_copy(const struct form_answers *from)
{
	struct form_answers *copy = from ? form_answers_new() : NULL;

	for (size_t i = 0; i < form_answers_count(from); i++)
		form_answer_set(copy, from->list[i].key, from->list[i].value);
	return copy;
}

bool form_answers_say(const struct form_answers *answers,
		      const struct form_answers *wanted)
{
	bool all = true;

	for (size_t i = 0; all && i < form_answers_count(wanted); i++)
		all = form_answer_is(answers, wanted->list[i].key,
				     wanted->list[i].value);
	return all;
}

size_t form_answers_count(const struct form_answers *answers)
{
	return answers ? answers->count : 0;
}

const char *form_answers_key(const struct form_answers *answers, size_t i)
{
	return i < form_answers_count(answers) ? answers->list[i].key : NULL;
}
