/* SPDX-License-Identifier: MIT */
/* Answers on their way to JSON and back. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "forms/country.h"
#include "forms/field.h"
#include "forms/i18n.h"
#include "forms/kinds.h"
#include "forms/mem.h"
#include "forms/tax_id.h"
#include "forms/text.h"

#define DEPTH_MAX 8   /* objects within objects */
#define KEY_MAX	  200 /* bytes of a dotted key */

/* Wipe the text in VALUE and let go of it. jansson's strings are its own, but
 * nobody else holds these, and it frees without wiping. */
static void json_forget(json_t *value)
{
	const char *key = NULL;
	json_t *member = NULL;
	void *next = NULL;
	size_t i = 0;

	json_object_foreach_safe(value, next, key, member)
		json_forget(json_incref(member));
	json_array_foreach(value, i, member) json_forget(json_incref(member));
	if (json_is_string(value))
		mem_wipe((char *)json_string_value(value),
			 json_string_length(value));
	json_decref(value);
}

/* Text that is not UTF-8 cannot be JSON; form_check has said so. */
static json_t *json_text(const char *text)
{
	json_t *value = json_string(text);
	char *clean = NULL;

	if (value)
		return value;
	clean = text_clean_new(text);
	value = json_string(clean);
	mem_free_private(clean);
	return value;
}

static json_t *multi_to_json(const char *answer)
{
	json_t *list = json_array();
	struct buf one = { 0 };

	while (form_multi_next(&answer, &one))
		json_array_append_new(list, json_text(buf_text(&one)));
	buf_release(&one);
	return list;
}

/* However it was written down. */
static json_t *tax_id_to_json(const struct form_field *field,
			      const char *answer)
{
	char *sent = field->flags & FORM_MARKS ? form_field_show(field, answer)
					       : tax_id_plain(answer);
	json_t *value = json_text(sent);

	mem_free_private(sent);
	return value;
}

static json_t *answer_to_json(const struct form_field *field,
			      const char *answer)
{
	if (field->kind == FORM_MULTI)
		return multi_to_json(answer);
	if (field->kind == FORM_TAX_ID)
		return tax_id_to_json(field, answer);
	if (field->kind == FORM_YES_NO && strcmp(answer, "true") == 0)
		return json_true();
	if (field->kind == FORM_YES_NO && strcmp(answer, "false") == 0)
		return json_false();
	if (field->kind == FORM_COUNTRY && (field->flags & FORM_ALPHA2)) {
		const struct country *country = country_find(answer);

		return json_text(country ? country->alpha2 : answer);
	}
	return json_text(answer);
}

/* Put VALUE into OBJECT under the dotted KEY. */
static void put(json_t *object, const char *key, json_t *value)
{
	const char *dot = NULL;

	while ((dot = strchr(key, '.'))) {
		char *part = mem_dup_n(key, (size_t)(dot - key));
		json_t *inner = json_object_get(object, part);

		if (!inner) {
			inner = json_object();
			json_object_set_new(object, part, inner);
		}
		free(part);
		object = inner;
		key = dot + 1;
	}
	json_object_set_new(object, key, value);
}

static int add_to_buf(const char *data, size_t size, void *buf)
{
	return buf_add(buf, data, size);
}

void form_answers_to_json(const struct form_schema *schema,
			  const struct form_answers *answers, const char *type,
			  struct buf *out)
{
	const struct form_field *field = schema->fields;
	json_t *object = json_object();
	size_t before = out->len;

	if (type)
		json_object_set_new(object, "type", json_text(type));
	for (; field->key; field++) {
		const char *answer = form_field_shown(field, answers)
					     ? form_answer(answers, field->key)
					     : "";

		if (*answer || (field->flags & FORM_SEND_EMPTY))
			put(object, field->key, answer_to_json(field, answer));
	}
	/* jansson keeps the order of insertion. */
	if (json_dump_callback(object, add_to_buf, out, JSON_COMPACT) &&
	    out->data) {
		out->len = before; /* all of it or nothing */
		out->data[before] = '\0';
	}
	json_forget(object);
}

/* One reading of an object: where to, and what was found. */
struct reading {
	const struct form_schema *schema;
	struct form_answers *answers;
	struct findings *findings;
};

/* Is PATH where fields nest: is there "PATH.something"? */
static bool is_nest(const struct form_schema *schema, const char *path)
{
	const struct form_field *field = schema->fields;
	size_t len = strlen(path);

	for (; field->key; field++)
		if (strncmp(field->key, path, len) == 0 &&
		    field->key[len] == '.')
			return true;
	return false;
}

static void add_unknown(struct reading *reading, const char *path)
{
	const struct form_field *fields = reading->schema->fields;
	const char **keys = NULL;
	const char *nearest = NULL;
	size_t count = 0;

	while (fields[count].key)
		count++;
	keys = mem_array(count + 1, sizeof(*keys));
	for (size_t i = 0; i < count; i++)
		keys[i] = fields[i].key;
	nearest = text_nearest(path, keys);
	free(keys);
	if (nearest)
		findings_add(reading->findings, FINDING_WARNING,
			     "unknown_field", path,
			     _("'%s' is not asked for and was left out, did "
			       "you mean '%s'?"),
			     path, nearest);
	else
		findings_add(reading->findings, FINDING_WARNING,
			     "unknown_field", path,
			     _("'%s' is not asked for and was left out"), path);
}

static void add_wrong_shape(struct reading *reading, const char *path,
			    const char *wanted)
{
	findings_add(reading->findings, FINDING_ERROR, "wrong_shape", path,
		     _("'%s' is not read: %s is wanted there"), path, wanted);
}

static const char *shape_wanted(enum form_kind kind)
{
	switch (kind) {
	case FORM_MULTI:
		return _("a list of texts");
	case FORM_YES_NO:
		return _("true or false");
	case FORM_NUMBER:
	case FORM_MONEY:
		return _("a text or a number");
	default:
		return _("a text");
	}
}

/* The digits of a number as a person would type them: 50000, not 50000.0. */
static char *number_text(const json_t *value)
{
	char *text =
		json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
	char *copy = NULL;
	size_t len = 0;

	copy = mem_dup(text ? text : "");
	mem_free_private(text);
	len = strlen(copy);
	if (len > 2 && strcmp(copy + len - 2, ".0") == 0)
		copy[len - 2] = '\0';
	return copy;
}

/* The texts of a list, as they would be typed; NULL when it holds more. */
static char *list_text(const json_t *list)
{
	struct buf out = { 0 };
	const json_t *item = NULL;
	size_t i = 0;

	json_array_foreach(list, i, item)
	{
		if (!json_is_string(item)) {
			buf_release(&out);
			return NULL;
		}
		if (i)
			buf_add_char(&out, ',');
		buf_add_text(&out, json_string_value(item));
	}
	return buf_take(&out);
}

/* VALUE as it would be typed into FIELD; NULL when it has another shape. */
static char *typed_text(const struct form_field *field, const json_t *value)
{
	if (json_is_string(value))
		return mem_dup(json_string_value(value));
	if (field->kind == FORM_MULTI && json_is_array(value))
		return list_text(value);
	if (field->kind == FORM_YES_NO && json_is_boolean(value))
		return mem_dup(json_is_true(value) ? "true" : "false");
	if ((field->kind == FORM_NUMBER || field->kind == FORM_MONEY) &&
	    json_is_number(value))
		return number_text(value);
	return NULL;
}

static void read_field(struct reading *reading, const struct form_field *field,
		       const json_t *value)
{
	char *typed = NULL;
	char *parsed = NULL;

	if (json_is_null(value))
		return;
	typed = typed_text(field, value);
	if (!typed) {
		add_wrong_shape(reading, field->key, shape_wanted(field->kind));
		return;
	}
	parsed = form_field_parse(field, typed);
	form_answer_set(reading->answers, field->key, parsed);
	mem_free_private(parsed);
	mem_free_private(typed);
}

static void read_object(struct reading *reading, const json_t *object,
			const char *prefix, int depth);

static void read_member(struct reading *reading, const char *path,
			const json_t *value, int depth)
{
	const struct form_field *field = form_field_find(reading->schema, path);

	if (field)
		read_field(reading, field, value);
	else if (!is_nest(reading->schema, path))
		add_unknown(reading, path);
	else if (json_is_object(value) && depth < DEPTH_MAX)
		read_object(reading, value, path, depth + 1);
	else if (!json_is_null(value))
		add_wrong_shape(reading, path, _("an object"));
}

static void read_object(struct reading *reading, const json_t *object,
			const char *prefix, int depth)
{
	const char *key = NULL;
	json_t *value = NULL;

	/* The macro takes the object without const, and leaves it alone. */
	json_object_foreach((json_t *)object, key, value)
	{
		struct buf path = { .max = KEY_MAX };

		if (!*prefix && strcmp(key, "type") == 0 &&
		    !form_field_find(reading->schema, key))
			continue;
		if (buf_add_text(&path, prefix) ||
		    (*prefix && buf_add_char(&path, '.')) ||
		    buf_add_text(&path, key))
			add_unknown(reading, key);
		else
			read_member(reading, buf_text(&path), value, depth);
		buf_release(&path);
	}
}

/* jansson's own words quote what they stumbled over, which may be private. */
static int say_not_json(const json_error_t *error, struct err *err)
{
	if (json_error_code(error) == json_error_duplicate_key)
		return err_set(err, ERR_INPUT,
			       _("cannot read the answers: a name is given "
				 "twice, at line %d"),
			       error->line);
	return err_set(err, ERR_INPUT,
		       _("cannot read the answers: not JSON at line %d, "
			 "column %d"),
		       error->line, error->column);
}

int form_answers_from_json(const struct form_schema *schema, const char *json,
			   struct form_answers *answers,
			   struct findings *findings, struct err *err)
{
	struct reading reading = { schema, answers, findings };
	size_t len = strlen(json);
	json_error_t error;
	json_t *object = NULL;

	if (len > FORM_JSON_MAX)
		return err_set(err, ERR_INPUT,
			       _("cannot read the answers: over %zu bytes"),
			       FORM_JSON_MAX);
	object = json_loadb(json, len, JSON_REJECT_DUPLICATES, &error);
	if (!object)
		return say_not_json(&error, err);
	if (!json_is_object(object)) {
		json_forget(object);
		return err_set(err, ERR_INPUT,
			       _("cannot read the answers: not a JSON object"));
	}
	read_object(&reading, object, "", 1);
	json_forget(object);
	return 0;
}
