/* SPDX-License-Identifier: MIT */
#include "providers/sandbox/fault.h"

#include <ctype.h>
#include <errno.h>
#include <strings.h>

#include "forms/i18n.h"
#include "forms/mem.h"
#include "forms/text.h"

const char fault_grammar[] = N_(
	"A fault SPEC is a comma-separated list. What goes wrong:\n"
	"  delay=MS          answer later\n"
	"  rate=BYTES        read bodies at so many bytes a second\n"
	"  status=CODE[/N]   answer CODE and do nothing (to every Nth request)\n"
	"  retry-after=S     with status: ask for S seconds of patience\n"
	"  cut=BYTES         close the connection after so many bytes of body\n"
	"  lose=N            do what was asked, but close the connection without\n"
	"                    an answer, on every Nth request with a body\n"
	"  answer=KIND       the right status with a wrong body: html, half, empty\n"
	"When:\n"
	"  method=M  path=PREFIX   only such requests\n"
	"  skip=N                  not the first N of them\n"
	"  count=N                 only N of them\n"
	"  every=N                 only every Nth of them\n"
	"Example: --fault status=503,count=2,path=/customers,method=POST\n");

struct fault {
	struct fault_effect effect;
	char *method, *path;
	uint64_t skip, count, every;
	uint64_t seen;	/* requests that fit */
	uint64_t fired; /* of them, those it fell on */
	struct fault *next;
};

/* One pair of a SPEC. Returns false when VALUE will not do. */
struct pair {
	const char *key;
	bool (*read)(struct fault *fault, const char *value);
};

static bool number(const char *text, uint64_t most, uint64_t *out)
{
	char *end = NULL;

	errno = 0;
	*out = strtoull(text, &end, 10);
	return isdigit((unsigned char)*text) && !*end && !errno && *out <= most;
}

static bool read_delay(struct fault *fault, const char *value)
{
	uint64_t ms;

	if (!number(value, 86400000, &ms))
		return false;
	fault->effect.delay_ms = (int64_t)ms;
	return true;
}

static bool read_rate(struct fault *fault, const char *value)
{
	return number(value, UINT32_MAX, &fault->effect.rate) &&
	       fault->effect.rate;
}

static bool read_status(struct fault *fault, const char *value)
{
	uint64_t code;
	char digits[4] = "";

	if (strlen(value) < 3)
		return false;
	memcpy(digits, value, 3);
	if (!number(digits, 599, &code) || code < 200)
		return false;
	fault->effect.status = (int)code;
	if (!value[3])
		return true;
	return value[3] == '/' && number(value + 4, 1000000, &fault->every) &&
	       fault->every;
}

static bool read_retry_after(struct fault *fault, const char *value)
{
	uint64_t seconds;

	if (!number(value, 86400, &seconds))
		return false;
	fault->effect.retry_after = (int)seconds;
	return true;
}

static bool read_cut(struct fault *fault, const char *value)
{
	fault->effect.cuts = true;
	return number(value, UINT32_MAX, &fault->effect.cut);
}

static bool read_lose(struct fault *fault, const char *value)
{
	fault->effect.lose = true;
	return number(value, 1000000, &fault->every) && fault->every;
}

static bool read_answer(struct fault *fault, const char *value)
{
	static const char *const kinds[] = {
		[FAULT_ANSWER_WHOLE] = "whole",
		[FAULT_ANSWER_HTML] = "html",
		[FAULT_ANSWER_HALF] = "half",
		[FAULT_ANSWER_EMPTY] = "empty",
	};
	int i;

	for (i = 0; i <= FAULT_ANSWER_EMPTY; i++) {
		if (!strcmp(value, kinds[i])) {
			fault->effect.answer = (enum fault_answer)i;
			return true;
		}
	}
	return false;
}

static bool read_method(struct fault *fault, const char *value)
{
	mem_replace(&fault->method, value);
	return *value;
}

static bool read_path(struct fault *fault, const char *value)
{
	mem_replace(&fault->path, value);
	return *value == '/';
}

static bool read_skip(struct fault *fault, const char *value)
{
	return number(value, UINT32_MAX, &fault->skip);
}

static bool read_count(struct fault *fault, const char *value)
{
	return number(value, UINT32_MAX, &fault->count) && fault->count;
}

static bool read_every(struct fault *fault, const char *value)
{
	return number(value, UINT32_MAX, &fault->every) && fault->every;
}

static const struct pair pairs[] = {
	{ "delay", read_delay },
	{ "rate", read_rate },
	{ "status", read_status },
	{ "retry-after", read_retry_after },
	{ "cut", read_cut },
	{ "lose", read_lose },
	{ "answer", read_answer },
	{ "method", read_method },
	{ "path", read_path },
	{ "skip", read_skip },
	{ "count", read_count },
	{ "every", read_every },
	{ NULL, NULL },
};

/* PAIR is KEY=VALUE; it is written into. */
static int read_pair(struct fault *fault, char *text, struct err *err)
{
	char *value = strchr(text, '=');
	const struct pair *pair;

	if (!value)
		return err_set(err, ERR_USAGE,
			       _("'%s' in a fault has no value"), text);
	*value++ = '\0';
	for (pair = pairs; pair->key; pair++)
		if (!strcmp(pair->key, text))
			break;
	if (!pair->key)
		return err_set(err, ERR_USAGE, _("a fault has no '%s'"), text);
	if (!pair->read(fault, value))
		return err_set(err, ERR_USAGE,
			       _("'%s' in a fault cannot be '%s'"), text,
			       value);
	return 0;
}

static void free_one(struct fault *fault)
{
	free(fault->method);
	free(fault->path);
	free(fault);
}

int fault_add(struct fault **list, const char *spec, struct err *err)
{
	struct fault *fault = mem_alloc(sizeof(*fault));
	char *text = mem_dup(spec), *next = text, *pair;
	int ret = 0;

	fault->effect.retry_after = -1;
	while (!ret && (pair = strsep(&next, ",")))
		ret = read_pair(fault, pair, err);
	free(text);
	if (ret) {
		free_one(fault);
		return ret;
	}
	while (*list)
		list = &(*list)->next;
	*list = fault;
	return 0;
}

void fault_free(struct fault *list)
{
	while (list) {
		struct fault *next = list->next;

		free_one(list);
		list = next;
	}
}

static bool fits(const struct fault *fault, const char *method,
		 const char *path)
{
	bool has_body = strcmp(method, "GET") != 0;

	if ((fault->effect.lose || fault->effect.cuts) && !has_body)
		return false;
	if (fault->method && strcasecmp(fault->method, method))
		return false;
	return !fault->path || !strncmp(fault->path, path, strlen(fault->path));
}

/* Count a request that fits; does the rule fall on it? */
static bool falls(struct fault *fault)
{
	if (fault->seen++ < fault->skip)
		return false;
	if (fault->every && (fault->seen - fault->skip) % fault->every)
		return false;
	if (fault->count && fault->fired >= fault->count)
		return false;
	fault->fired++;
	return true;
}

static void merge(struct fault_effect *into, const struct fault_effect *more)
{
	into->delay_ms += more->delay_ms;
	if (more->rate)
		into->rate = more->rate;
	if (more->status && !into->status) {
		into->status = more->status;
		into->retry_after = more->retry_after;
	}
	if (more->cuts) {
		into->cuts = true;
		into->cut = more->cut;
	}
	into->lose |= more->lose;
	if (more->answer)
		into->answer = more->answer;
}

struct fault_effect fault_on(struct fault *list, const char *method,
			     const char *path)
{
	struct fault_effect effect = { .retry_after = -1 };

	for (; list; list = list->next)
		if (fits(list, method, path) && falls(list))
			merge(&effect, &list->effect);
	return effect;
}

bool fault_slows(const struct fault *list)
{
	for (; list; list = list->next)
		if (list->effect.rate)
			return true;
	return false;
}
