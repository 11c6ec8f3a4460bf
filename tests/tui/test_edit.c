/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unigbrk.h>
#include <unistr.h>

#include "forms/mem.h"
#include "tests/test.h"
#include "tui/widgets/edit.h"

/* KEYS in a row: characters as they are, and these for the named ones. */
static int key_of(char c)
{
	switch (c) {
	case '<':
		return TUI_KEY_LEFT;
	case '>':
		return TUI_KEY_RIGHT;
	case '^':
		return TUI_KEY_HOME;
	case '$':
		return TUI_KEY_END;
	case '~':
		return TUI_KEY_BACKSPACE;
	case '#':
		return TUI_KEY_DELETE;
	case '{':
		return TUI_KEY_WORD_LEFT;
	case '}':
		return TUI_KEY_WORD_RIGHT;
	default:
		return (unsigned char)c;
	}
}

static const struct typing {
	const char *name;
	const char *before; /* the cursor stands at its end */
	const char *keys;
	const char *after;
	size_t cursor;
} typings[] = {
	{ "letters", "", "abc", "abc", 3 },
	{ "in the middle", "ac", "<b", "abc", 2 },
	{ "at the start", "bc", "^a", "abc", 1 },
	{ "backspace", "abc", "~", "ab", 2 },
	{ "backspace on nothing", "", "~~", "", 0 },
	{ "delete", "abc", "^#", "bc", 0 },
	{ "delete at the end", "abc", "#", "abc", 3 },
	{ "a letter with its marks goes whole", "xe\xcc\x81", "~", "x", 1 },
	{ "a wide letter goes whole", "a\xe4\xb8\xad", "~", "a", 1 },
	{ "left over a wide letter", "\xe4\xb8\xad", "<a", "a\xe4\xb8\xad", 1 },
	{ "words to the left", "one two", "{x", "one xtwo", 5 },
	{ "words to the right", "one two", "^}x", "onex two", 4 },
	{ "Ctrl-A and Ctrl-E", "b", "\001a\005c", "abc", 3 },
	{ "Ctrl-U cuts what is before", "one two", "{\025", "two", 0 },
	{ "Ctrl-K cuts what is behind", "one two", "{\013", "one ", 4 },
	{ "Ctrl-W cuts a word", "one two ", "\027", "one ", 4 },
	{ "a family goes whole",
	  "x\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa7", "~", "x", 1 },
	{ "a flag goes whole",
	  "\xf0\x9f\x87\xa7\xf0\x9f\x87\xb7\xf0\x9f\x87\xb5\xf0\x9f\x87\xb9",
	  "~", "\xf0\x9f\x87\xa7\xf0\x9f\x87\xb7", 8 },
	{ "a skin goes with its hand", "x\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd",
	  "<#", "x", 1 },
	{ "what turns the writing round goes alone", "a\xe2\x80\xae\x62", "<~",
	  "ab", 1 },
	{ "half a letter goes alone",
	  "a\xc3"
	  "b",
	  "<~", "ab", 1 },
	{ "a letter before a mark takes it along", "\xcc\x81", "^ex",
	  "e\xcc\x81x", 4 },
	{ "what is typed is undone at once", "one ", "two\037", "one ", 4 },
	{ "word by word", "", "one two\037", "one ", 4 },
	{ "and again", "", "one two\037\022", "one two", 7 },
	{ "a cut is undone where it was", "one two", "{\025\037", "one two",
	  4 },
	{ "what is deleted is undone at once", "abc", "~~\037", "abc", 3 },
	{ "moving begins a step", "", "ab<c\037", "ab", 1 },
	{ "typing ends doing again", "", "a \037b", "b", 1 },
	{ "right stops at the end", "a", ">>b", "ab", 2 },
	{ "left stops at the start", "a", "<<<b", "ba", 1 },
};

static void test_edit_keys(void **state)
{
	const struct typing *row = *state;
	struct tui_edit edit = { 0 };

	tui_edit_set(&edit, row->before);
	for (const char *key = row->keys; *key; key++) {
		struct tui_input in = { .key = key_of(*key) };

		assert_true(tui_edit_key(&edit, &in, NULL));
	}
	assert_string_equal(tui_edit_text(&edit), row->after);
	assert_int_equal(edit.cursor, row->cursor);
	tui_edit_release(&edit);
	assert_string_equal(tui_edit_text(&edit), "");
}

static const struct pasting {
	const char *name;
	const char *paste;
	const char *after;
} pastings[] = {
	{ "plain", "abc", "abc" },
	{ "line ends become blanks", "one\ntwo\r\nthree", "one two three" },
	{ "the last line end goes", "one\n", "one" },
	{ "blanks around go", "  one  ", "one" },
	{ "control bytes go", "a\033[31mb\007c", "a[31mbc" },
	{ "nothing", "", "" },
};

static void test_edit_pastes(void **state)
{
	const struct pasting *row = *state;
	struct tui_edit edit = { 0 };
	struct tui_input in = { .key = TUI_KEY_PASTE,
				.paste = row->paste,
				.paste_len = strlen(row->paste) };
	bool changed = false;

	assert_true(tui_edit_key(&edit, &in, &changed));
	assert_string_equal(tui_edit_text(&edit), row->after);
	assert_int_equal(changed, row->after[0] != '\0');
	tui_edit_release(&edit);
}

static const struct noticing {
	const char *name;
	const char *paste;
	size_t max;
	bool noticed;
} noticings[] = {
	{ "nothing to say", "one\ntwo\t", 7, false },
	{ "no room", "one two", 6, true },
	{ "control characters", "a\033[31m", 100, true },
};

static void test_edit_notices(void **state)
{
	const struct noticing *row = *state;
	struct tui_edit edit = { .max = row->max };
	struct tui_input in = { .key = TUI_KEY_PASTE,
				.paste = row->paste,
				.paste_len = strlen(row->paste) };

	assert_true(tui_edit_key(&edit, &in, NULL));
	assert_int_equal(tui_edit_notice(&edit) != NULL, row->noticed);
	in = (struct tui_input){ .key = TUI_KEY_LEFT };
	assert_true(tui_edit_key(&edit, &in, NULL));
	assert_null(tui_edit_notice(&edit));
	tui_edit_release(&edit);
}

/* Beside the line, what it must be: a text and a place in it. */
struct model {
	char text[512];
	size_t cursor;
};

static bool is_edge(const char *text, size_t at)
{
	size_t len = strlen(text);
	char edges[512];

	u8_grapheme_breaks((const uint8_t *)text, len, edges);
	return at == 0 || at == len || edges[at];
}

static void model_cut(struct model *model, size_t from, size_t to)
{
	memmove(model->text + from, model->text + to,
		strlen(model->text + to) + 1);
	model->cursor = from;
}

static void model_insert(struct model *model, const char *new)
{
	size_t len = strlen(new);
	char *at = model->text + model->cursor;

	memmove(at + len, at, strlen(at) + 1);
	memcpy(at, new, len);
	model->cursor += len;
}

static size_t before(const struct model *model)
{
	size_t at = model->cursor;

	do
		at -= at > 0;
	while (!is_edge(model->text, at));
	return at;
}

static size_t behind(const struct model *model)
{
	size_t at = model->cursor;

	do
		at += model->text[at] != '\0';
	while (!is_edge(model->text, at));
	return at;
}

static void model_key(struct model *model, int key)
{
	switch (key) {
	case TUI_KEY_LEFT:
		model->cursor = before(model);
		break;
	case TUI_KEY_RIGHT:
		model->cursor = behind(model);
		break;
	case TUI_KEY_BACKSPACE:
		model_cut(model, before(model), model->cursor);
		break;
	case TUI_KEY_DELETE:
		model_cut(model, model->cursor, behind(model));
		break;
	case TUI_KEY_HOME:
		model->cursor = 0;
		break;
	case TUI_KEY_END:
		model->cursor = strlen(model->text);
		break;
	default: {
		uint8_t bytes[8] = { 0 };

		u8_uctomb(bytes, (ucs4_t)key, 6);
		model_insert(model, (const char *)bytes);
	}
	}
	while (!is_edge(model->text, model->cursor))
		model->cursor++;
}

/* Whatever is pressed, in any order: letters that people, families and flags
 * are made of, and keys. */
static void test_edit_walks(void **state)
{
	static const int keys[] = {
		'a',
		' ',
		0xe9,
		0x301,
		0x4e2d,
		0x1f468,
		0x200d,
		0x1f1e7,
		0x1f1f7,
		0x1f3fd,
		0x202e,
		0x1100,
		0x1161,
		0x0e33,
		0xfe0f,
		TUI_KEY_LEFT,
		TUI_KEY_RIGHT,
		TUI_KEY_BACKSPACE,
		TUI_KEY_DELETE,
		TUI_KEY_LEFT,
		TUI_KEY_HOME,
		TUI_KEY_END,
	};
	unsigned random = 1;

	(void)state;
	for (int walk = 0; walk < 50; walk++) {
		struct model model = { 0 };
		struct tui_edit edit = { 0 };
		struct tui_input in = { .key = TUI_CTRL('_') };

		for (int i = 0; i < 80; i++) {
			random = random * 1103515245 + 12345;
			in.key = keys[(random >> 16) %
				      (sizeof(keys) / sizeof(*keys))];
			model_key(&model, in.key);
			assert_true(tui_edit_key(&edit, &in, NULL));
			assert_string_equal(tui_edit_text(&edit), model.text);
			assert_int_equal(edit.cursor, model.cursor);
		}
		/* All of it undone is nothing, and done again it is all. */
		in.key = TUI_CTRL('_');
		while (tui_edit_key(&edit, &in, NULL))
			;
		assert_string_equal(tui_edit_text(&edit), "");
		in.key = TUI_CTRL('R');
		while (tui_edit_key(&edit, &in, NULL))
			;
		assert_string_equal(tui_edit_text(&edit), model.text);
		tui_edit_release(&edit);
	}
}

/* As large as a paste gets, and as odd: never a wait that one would notice. */
static void test_edit_large_pastes_are_quick(void **state)
{
	static const char *const odd[] = { "x", "\xcc\x81",	    "\xff",
					   " ", "\xf0\x9f\x87\xa7", "\033" };
	size_t len = 1 << 20;
	char *huge = mem_alloc(len + 1);

	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		struct tui_edit edit = { 0 };
		struct tui_input in = { .key = TUI_KEY_PASTE,
					.paste = huge,
					.paste_len = len };
		clock_t start = clock();

		for (size_t at = 0; at < len; at++)
			huge[at] = odd[i][at % strlen(odd[i])];
		assert_true(tui_edit_key(&edit, &in, NULL));
		for (int key = TUI_KEY_LEFT; key <= TUI_KEY_END; key++) {
			in = (struct tui_input){ .key = key };
			assert_true(tui_edit_key(&edit, &in, NULL));
		}
		assert_true(strlen(tui_edit_text(&edit)) <= 4096);
		/* Also where everything takes ten times as long. */
		assert_true(clock() - start < CLOCKS_PER_SEC);
		tui_edit_release(&edit);
	}
	free(huge);
}

static void test_edit_leaves_other_keys_alone(void **state)
{
	static const int others[] = { TUI_KEY_ENTER, TUI_KEY_TAB, TUI_KEY_ESC,
				      TUI_KEY_UP,    TUI_KEY_F5,  TUI_CTRL('D'),
				      TUI_CTRL('R') };
	struct tui_edit edit = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct tui_input in = { .key = others[i] };

		assert_false(tui_edit_key(&edit, &in, NULL));
	}
	assert_string_equal(tui_edit_text(&edit), "");
}

static void test_edit_keeps_its_ceiling(void **state)
{
	struct tui_edit edit = { .max = 5 };
	struct tui_input in = { .key = 0x4e2d }; /* three bytes */
	char *huge = mem_alloc((1 << 20) + 1);

	(void)state;
	assert_true(tui_edit_key(&edit, &in, NULL));
	assert_true(tui_edit_key(&edit, &in, NULL));
	assert_int_equal(strlen(tui_edit_text(&edit)), 3);
	memset(huge, 'x', 1 << 20);
	in = (struct tui_input){ .key = TUI_KEY_PASTE,
				 .paste = huge,
				 .paste_len = 1 << 20 };
	assert_true(tui_edit_key(&edit, &in, NULL));
	assert_string_equal(tui_edit_text(&edit), "\xe4\xb8\xadxx");
	tui_edit_set(&edit, "123456789");
	assert_string_equal(tui_edit_text(&edit), "12345");
	tui_edit_release(&edit);
	free(huge);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_edit_keys, typings);
	TEST_ROWS(&tests, test_edit_pastes, pastings);
	TEST_ROWS(&tests, test_edit_notices, noticings);
	test_add(&tests, "test_edit_walks", test_edit_walks);
	test_add(&tests, "test_edit_large_pastes_are_quick",
		 test_edit_large_pastes_are_quick);
	test_add(&tests, "test_edit_leaves_other_keys_alone",
		 test_edit_leaves_other_keys_alone);
	test_add(&tests, "test_edit_keeps_its_ceiling",
		 test_edit_keeps_its_ceiling);
	return test_run(&tests, "tui/edit");
}
