/* SPDX-License-Identifier: MIT */
/* What all adapters' readers share. */
#include "providers/reply.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_MOST  300
#define WORDS_MOST 400
/* Of a body that is no JSON; enough to recognise a proxy by its page. */
#define BODY_MOST     200
#define MESSAGES_MOST 50

static size_t first_visible(const struct prov_reply *reply)
{
	size_t at = 0;

	while (at < reply->len && strchr(" \t\r\n", reply->body[at]) &&
	       reply->body[at])
		at++;
	return at;
}

bool prov_reply_is_empty(const struct prov_reply *reply)
{
	return !reply->body || first_visible(reply) == reply->len;
}

bool prov_reply_is_page(const struct prov_reply *reply)
{
	if (prov_reply_is_type(reply, "text/html") ||
	    prov_reply_is_type(reply, "application/xhtml+xml"))
		return true;
	return !prov_reply_is_empty(reply) &&
	       reply->body[first_visible(reply)] == '<';
}

bool prov_reply_succeeded(const struct prov_reply *reply, int status)
{
	return reply->sent_whole && reply->status == status;
}

/* Add what a person would read of a page or of plain text: no tags, one blank
 * between words, BODY_MOST bytes. */
static void add_visible(struct buf *out, const struct prov_reply *reply)
{
	bool page = prov_reply_is_page(reply);
	bool tag = false, blank = false;

	for (size_t i = 0; i < reply->len && out->len < BODY_MOST; i++) {
		char c = reply->body[i];

		if (page && (c == '<' || c == '>')) {
			tag = c == '<';
			blank = true;
		} else if ((unsigned char)c <= ' ' || c == 0x7f) {
			blank = true;
		} else if (!tag) {
			if (blank && out->len)
				buf_add_char(out, ' ');
			blank = false;
			buf_add_char(out, c);
		}
	}
}

/* One of their messages: a text, or an object that holds one. */
static const char *message_of(const json_t *item)
{
	if (json_is_object(item)) {
		const json_t *object = item;

		item = json_object_get(object, "message");
		if (!item)
			item = json_object_get(object, "detail");
	}
	return json_string_value(item);
}

/* Another message, whole, behind BETWEEN, or a mark that there is more. */
static void add_message(struct buf *out, const char *between, const char *text)
{
	static const char more[] = "; …";

	if (!text || !*text)
		return;
	if (!out->len)
		buf_add_text(out, text);
	else if (out->len + strlen(text) <= WORDS_MOST)
		buf_addf(out, "%s%s", between, text);
	else if (out->len < strlen(more) ||
		 strcmp(out->data + out->len - strlen(more), more) != 0)
		buf_add_text(out, more);
}

static void add_words(struct buf *out, const json_t *words)
{
	const json_t *item = NULL;
	size_t i;

	add_message(out, ": ", message_of(words));
	json_array_foreach(words, i, item)
		add_message(out, "; ", message_of(item));
}

/* Their own words, cleaned; "" when there are none. free() it. */
static char *words_of(const struct prov_reply *reply, const json_t *root)
{
	struct buf raw = { 0 };
	char *words = NULL;

	add_words(&raw, json_object_get(root, "message"));
	if (!raw.len)
		add_words(&raw, json_object_get(root, "error"));
	if (!raw.len) {
		add_words(&raw, json_object_get(root, "title"));
		add_words(&raw, json_object_get(root, "detail"));
	}
	if (!raw.len && !prov_reply_is_empty(reply))
		add_visible(&raw, reply);
	words = prov_clean(buf_text(&raw), WORDS_MOST + 16);
	buf_release(&raw);
	return words;
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/* Our field for their NAME, which may be the last part of a dotted key. */
static const char *field_for(const char *name, const struct form_schema *schema,
			     const struct prov_field_name *names)
{
	const struct form_field *fields = schema ? schema->fields : NULL;

	for (; names && names->theirs; names++)
		if (strcmp(names->theirs, name) == 0)
			return names->ours;
	/* The whole name decides before any last part does. */
	for (size_t i = 0; fields && fields[i].key; i++)
		if (strcmp(fields[i].key, name) == 0)
			return fields[i].key;
	for (size_t i = 0; fields && fields[i].key; i++) {
		const char *leaf = strrchr(fields[i].key, '.');

		if (leaf && strcmp(leaf + 1, name) == 0)
			return fields[i].key;
	}
	return NULL;
}

/* Where an error is: "firstName", "address.city" or a JSON pointer, "/a/b". */
static const char *field_at(const char *place, const struct form_schema *schema,
			    const struct prov_field_name *names)
{
	char dotted[128];
	size_t len = 0;

	place += *place == '/' || *place == '#';
	place += *place == '/';
	for (; place[len] && len + 1 < sizeof(dotted); len++)
		dotted[len] = (char)(place[len] == '/' ? '.' : place[len]);
	dotted[len] = '\0';
	return *dotted ? field_for(dotted, schema, names) : NULL;
}

/* Can WORD inside a sentence only be meant as a field ("postalCode"), where
 * "country" may be just a word? */
static bool is_unmistakable(const char *word)
{
	if (strchr(word, '.'))
		return true;
	return strcspn(word + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") <
	       strlen(word + 1);
}

/* Copy the name at AT to WORD ("" when it is too long), without the stop that
 * ends a sentence. Returns the bytes it takes; 0: no name is here. */
static size_t name_at(const char *at, char *word, size_t size)
{
	size_t len = 0, copied;

	while (is_name_char(at[len]))
		len++;
	copied = len < size ? len : 0;
	while (copied && at[copied - 1] == '.')
		copied--;
	memcpy(word, at, copied);
	word[copied] = '\0';
	return len;
}

/* The field that a sentence such as "address.city should not be empty" speaks
 * of: its first word, else one in quotes or one that can only be a field. */
static const char *field_in(const char *text, const struct form_schema *schema,
			    const struct prov_field_name *names)
{
	const char *at = text;
	char word[64];

	while (*at) {
		size_t len = name_at(at, word, sizeof(word));
		bool sure = at == text || strchr("'\"`", at[-1]);
		const char *field = NULL;

		if (*word && (sure || is_unmistakable(word)))
			field = field_for(word, schema, names);
		if (field)
			return field;
		at += len ? len : 1;
	}
	return NULL;
}

/* One message, perhaps with the field named beside it. */
static void add_problem(const json_t *item, const struct form_schema *schema,
			const struct prov_field_name *names,
			struct findings *problems)
{
	static const char *const places[] = { "field", "property", "path",
					      "param", NULL };
	const char *text = message_of(item);
	const char *field = NULL;

	if (!text || !*text)
		return;
	for (size_t i = 0; places[i] && !field; i++) {
		const char *name = prov_json_word(item, places[i]);

		field = name ? field_at(name, schema, names) : NULL;
	}
	if (!field)
		field = field_in(text, schema, names);
	if (field)
		findings_add(problems, FINDING_ERROR, "refused_by_provider",
			     field, "%s", text);
}

/* Is FIELD among the first COUNT? */
static bool spoken_of(const struct findings *problems, size_t count,
		      const char *field)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(problems->list[i].field, field) == 0)
			return true;
	return false;
}

/* All of WORDS, but of no field that was spoken of before: the top of an
 * answer often says again what its list says. */
static void add_problems(const json_t *words, const struct form_schema *schema,
			 const struct prov_field_name *names,
			 struct findings *problems)
{
	struct findings new = { 0 };
	size_t before = problems->count;
	const json_t *item = NULL;
	size_t i;

	if (!json_is_array(words))
		add_problem(words, schema, names, &new);
	json_array_foreach(words, i, item) if (i < MESSAGES_MOST)
		add_problem(item, schema, names, &new);
	for (i = 0; i < new.count; i++)
		if (!spoken_of(problems, before, new.list[i].field))
			findings_add(problems, FINDING_ERROR, new.list[i].code,
				     new.list[i].field, "%s", new.list[i].text);
	findings_release(&new);
}

/* Their machine word if they have one, else ours for the status. */
static char *code_of(const struct prov_reply *reply, const json_t *root)
{
	const char *code = prov_json_word(root, "code");
	size_t len = code ? strlen(code) : 0;

	if (len > 0 && len <= 64 &&
	    strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
			 "abcdefghijklmnopqrstuvwxyz0123456789.-") == len)
		return mem_dup(code);
	return mem_printf("http_%d", reply->status);
}

static const struct prov_status_rule *
rule_for(const struct prov_status_rule *rules, int status)
{
	while (rules->from && (status < rules->from || status > rules->to))
		rules++;
	return rules;
}

void prov_reply_fail(const struct prov_reply *reply, const char *title,
		     const struct prov_status_rule *rules, int64_t now,
		     const struct form_schema *schema,
		     const struct prov_field_name *names,
		     struct prov_result *result)
{
	const struct prov_status_rule *rule = rule_for(rules, reply->status);
	json_t *root = prov_reply_json(reply);
	char *words = words_of(reply, root);

	prov_result_release(result);
	result->outcome = rule->outcome;
	result->new_key = rule->new_key;
	result->most_attempts = rule->most_attempts;
	result->wait_ms = rule->outcome == PROV_AGAIN
				  ? prov_reply_retry_after(reply, now)
				  : -1;
	result->code = code_of(reply, root);
	result->foreign = prov_reply_is_page(reply);
	result->log_id = prov_json_text(root, "logId");
	if (!result->log_id && prov_reply_header(reply, "X-Request-ID"))
		result->log_id = prov_clean(
			prov_reply_header(reply, "X-Request-ID"), TEXT_MOST);
	if (*words)
		result->message = mem_printf("%s: %s (%s)", title, words,
					     _(rule->meaning));
	else
		result->message = mem_printf("%s: %s (HTTP %d)", title,
					     _(rule->meaning), reply->status);
	if (rule->outcome == PROV_REFUSED) {
		const json_t *inner = json_object_get(root, "_embedded");

		add_problems(json_object_get(root, "errors"), schema, names,
			     &result->problems);
		/* HAL keeps them one level down. */
		add_problems(json_object_get(inner, "errors"), schema, names,
			     &result->problems);
		add_problems(json_object_get(root, "message"), schema, names,
			     &result->problems);
		if (prov_json_word(root, "param"))
			add_problems(root, schema, names, &result->problems);
	}
	free(words);
	json_decref(root);
}

void prov_reply_accept(struct prov_result *result, const json_t *root)
{
	prov_result_release(result);
	result->outcome = PROV_ACCEPTED;
	result->wait_ms = -1;
	result->provider_id = prov_json_id(root, "id");
}

void prov_reply_puzzles(const struct prov_reply *reply, const char *title,
			struct prov_result *result)
{
	const char *why = _("the answer is not what it promises");

	if (!reply->sent_whole)
		why = _("the answer came before everything was sent");
	else if (prov_reply_is_page(reply))
		why = _("a web page came instead of an answer; is something "
			"in between?");
	prov_result_release(result);
	result->outcome = PROV_UNSURE;
	result->code = mem_printf("http_%d", reply->status);
	result->message =
		mem_printf("%s: %s (HTTP %d)", title, why, reply->status);
	result->wait_ms = -1;
}
