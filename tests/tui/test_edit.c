/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "forms/mem.h"
#include "tests/test.h"
#include "tui/edit.h"

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
	test_add(&tests, "test_edit_leaves_other_keys_alone",
		 test_edit_leaves_other_keys_alone);
	test_add(&tests, "test_edit_keeps_its_ceiling",
		 test_edit_keeps_its_ceiling);
	return test_run(&tests, "tui/edit");
}
