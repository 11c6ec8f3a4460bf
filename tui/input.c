/* SPDX-License-Identifier: MIT */
/*
 * Bytes from the terminal made into keys. The sequences are those that xterm,
 * the Linux console, rxvt, screen and tmux share (ECMA-48 and its habits), so
 * no terminal has to be put into a keypad mode that a crash would leave on.
 */
#include "tui/input.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include <unistr.h>

#include "forms/mem.h"
#include "tui/draw.h"
#include "tui/term.h"

#define ESC	       0x1b
#define PASTE_MOST     ((size_t)1 << 20)
#define PASTE_END      "\033[201~"
#define PASTE_END_LEN  6
#define PASTE_QUIET_MS 10000 /* a paste whose end never came is over */
#define NUMBERS	       3     /* of a sequence, that are looked at */
#define PARTIAL_MS     250   /* a sequence or character cut in two */

/* The keyboard has one reader. */
static struct {
	unsigned char bytes[4096];
	size_t len;
	int64_t last_ms; /* when bytes last came */
	bool gone;
	bool pasting;
	char *paste; /* PASTE_MOST + 1 once one came */
	size_t paste_len;
	bool paste_cut;
	int row, col; /* of the last click */
} reader;

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int escape_ms(void)
{
	const char *said = getenv("ESCDELAY");
	long ms = said ? strtol(said, NULL, 10) : 0;

	return ms > 0 && ms <= 2000 ? (int)ms : 40;
}

static void drop(size_t count)
{
	memmove(reader.bytes, reader.bytes + count, reader.len - count);
	reader.len -= count;
}

/* Take what is there; false when there was nothing. */
static bool fill(void)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	ssize_t n;

	if (reader.gone || reader.len == sizeof(reader.bytes))
		return false;
	if (poll(&in, 1, 0) <= 0)
		return false;
	n = read(STDIN_FILENO, reader.bytes + reader.len,
		 sizeof(reader.bytes) - reader.len);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return false;
	if (n <= 0) {
		reader.gone = true;
		return false;
	}
	reader.len += (size_t)n;
	reader.last_ms = now_ms();
	return true;
}

static void paste_add(size_t count)
{
	size_t room = PASTE_MOST - reader.paste_len;
	size_t taken = count < room ? count : room;

	memcpy(reader.paste + reader.paste_len, reader.bytes, taken);
	reader.paste_len += taken;
	reader.paste_cut |= taken < count;
	drop(count);
}

static void paste_begin(void)
{
	if (!reader.paste)
		reader.paste = mem_alloc(PASTE_MOST + 1);
	mem_wipe(reader.paste, reader.paste_len);
	reader.paste_len = 0;
	reader.paste_cut = false;
	reader.pasting = true;
}

static int paste_deliver(struct tui_input *in)
{
	reader.pasting = false;
	reader.paste[reader.paste_len] = '\0';
	in->key = TUI_KEY_PASTE;
	in->paste = reader.paste;
	in->paste_len = reader.paste_len;
	in->paste_cut = reader.paste_cut;
	return 1;
}

/* Move what belongs to the paste; 1 once its end came. */
static int paste_read(struct tui_input *in)
{
	for (;;) {
		unsigned char *end = memmem(reader.bytes, reader.len, PASTE_END,
					    PASTE_END_LEN);
		size_t keep = PASTE_END_LEN - 1;

		if (end) {
			paste_add((size_t)(end - reader.bytes));
			drop(PASTE_END_LEN);
			return paste_deliver(in);
		}
		/* The last bytes may be the beginning of the end. */
		while (keep > 0 && (keep > reader.len ||
				    memcmp(reader.bytes + reader.len - keep,
					   PASTE_END, keep)))
			keep--;
		paste_add(reader.len - keep);
		if (!fill())
			break;
	}
	if (reader.gone || now_ms() - reader.last_ms >= PASTE_QUIET_MS) {
		paste_add(reader.len);
		return paste_deliver(in);
	}
	return 0;
}

/* "\033[5;3~": the number, the modifier, and what ends it. */
static int key_of_number(int number)
{
	switch (number) {
	case 1:
	case 7:
		return TUI_KEY_HOME;
	case 3:
		return TUI_KEY_DELETE;
	case 4:
	case 8:
		return TUI_KEY_END;
	case 5:
		return TUI_KEY_PAGE_UP;
	case 6:
		return TUI_KEY_PAGE_DOWN;
	case 11:
		return TUI_KEY_HELP;
	case 12:
		return TUI_KEY_F2;
	case 13:
		return TUI_KEY_F3;
	case 15:
		return TUI_KEY_F5;
	case 18:
		return TUI_KEY_F7;
	case 19:
		return TUI_KEY_F8;
	case 20:
		return TUI_KEY_F9;
	case 21:
		return TUI_KEY_F10;
	default:
		return TUI_KEY_NONE;
	}
}

/* The letters that end CSI and SS3 sequences. MODIFIED: with Ctrl or Alt. */
static int key_of_letter(int letter, bool modified)
{
	switch (letter) {
	case 'A':
		return TUI_KEY_UP;
	case 'B':
		return TUI_KEY_DOWN;
	case 'C':
		return modified ? TUI_KEY_WORD_RIGHT : TUI_KEY_RIGHT;
	case 'D':
		return modified ? TUI_KEY_WORD_LEFT : TUI_KEY_LEFT;
	case 'F':
		return TUI_KEY_END;
	case 'H':
		return TUI_KEY_HOME;
	case 'P':
		return TUI_KEY_HELP;
	case 'Q':
		return TUI_KEY_F2;
	case 'Z':
		return TUI_KEY_BACKTAB;
	case 'c': /* rxvt's Ctrl-arrows */
		return TUI_KEY_WORD_RIGHT;
	case 'd':
		return TUI_KEY_WORD_LEFT;
	default:
		return TUI_KEY_NONE;
	}
}

/* After ESC O: as above, and the keypad's digits and signs. */
static int key_of_ss3(int letter)
{
	if (letter == 'M')
		return TUI_KEY_ENTER;
	if (letter == 'I')
		return TUI_KEY_TAB;
	if (letter == 'R') /* after CSI it is an answer of the terminal */
		return TUI_KEY_F3;
	if (letter >= 'j' && letter <= 'y')
		return letter - 'j' + '*';
	if (letter == 'X')
		return '=';
	return key_of_letter(letter, false);
}

/* "\033[<0;41;7M": button, column and row, from 1; 'm' when it is let go. */
static int key_of_mouse(const int *number, int final)
{
	if (final != 'M')
		return TUI_KEY_NONE;
	reader.col = number[1] - 1;
	reader.row = number[2] - 1;
	switch (number[0]) {
	case 0:
		return TUI_KEY_CLICK;
	case 64:
		return TUI_KEY_WHEEL_UP;
	case 65:
		return TUI_KEY_WHEEL_DOWN;
	default:
		return TUI_KEY_NONE;
	}
}

static int key_of_csi(const unsigned char *params, size_t len, int final)
{
	int number[NUMBERS] = { 0 };
	size_t which = 0;

	for (size_t i = 0; i < len; i++) {
		if (params[i] == ';')
			which++;
		else if (params[i] >= '0' && params[i] <= '9' &&
			 which < NUMBERS && number[which] < 1000)
			number[which] = number[which] * 10 + params[i] - '0';
	}
	if (len && params[0] == '<')
		return key_of_mouse(number, final);
	if (final == '~')
		return key_of_number(number[0]);
	/* 1 + the sum of Shift 1, Alt 2, Ctrl 4. */
	return key_of_letter(final, number[1] > 2);
}

/*
 * A sequence at the start of the bytes: *USED of them, and its key (NONE: one
 * that means nothing here). *USED 0: more has to come.
 */
static int decode_csi(size_t *used)
{
	const unsigned char *at = reader.bytes;

	if (reader.len > 2 && at[2] == '[') { /* Linux console: F1 to F5 */
		*used = reader.len > 3 ? 4 : 0;
		if (!*used)
			return TUI_KEY_NONE;
		return at[3] == 'A'   ? TUI_KEY_HELP
		       : at[3] == 'B' ? TUI_KEY_F2
		       : at[3] == 'C' ? TUI_KEY_F3
		       : at[3] == 'E' ? TUI_KEY_F5
				      : TUI_KEY_NONE;
	}
	for (size_t i = 2; i < reader.len; i++) {
		if (at[i] >= 0x40 && at[i] <= 0x7e) {
			*used = i + 1;
			return key_of_csi(at + 2, i - 2, at[i]);
		}
		if (at[i] < 0x20 || at[i] > 0x7e || i > 32) {
			*used = i; /* broken off by something else */
			return TUI_KEY_NONE;
		}
	}
	*used = 0;
	return TUI_KEY_NONE;
}

static int decode_escape(size_t *used)
{
	const unsigned char *at = reader.bytes;

	*used = 0;
	if (reader.len < 2)
		return TUI_KEY_NONE;
	*used = 2;
	switch (at[1]) {
	case '[':
		return decode_csi(used);
	case 'O':
		*used = reader.len > 2 ? 3 : 0;
		return *used ? key_of_ss3(at[2]) : TUI_KEY_NONE;
	case 'b':
	case 'B':
		return TUI_KEY_WORD_LEFT;
	case 'f':
	case 'F':
		return TUI_KEY_WORD_RIGHT;
	case 0x7f:
	case 0x08:
		return TUI_CTRL('W');
	default:
		/* Not an Alt key that anything here has: somebody was quick
		 * after Esc, or the line is slow. Nothing typed is lost. */
		*used = 1;
		return TUI_KEY_ESC;
	}
}

static int decode_control(unsigned char c)
{
	switch (c) {
	case '\r':
	case '\n':
		return TUI_KEY_ENTER;
	case '\t':
		return TUI_KEY_TAB;
	case 0x08:
	case 0x7f:
		return TUI_KEY_BACKSPACE;
	case TUI_CTRL('G'):
		return TUI_KEY_ESC;
	default:
		return c; /* NUL is TUI_KEY_NONE */
	}
}

/* One character of the locale's character set. */
static int decode_character(size_t *used)
{
	if (tui_utf8()) {
		ucs4_t c = 0;
		int n = u8_mbtoucr(&c, reader.bytes, reader.len);

		*used = n == -2 ? 0 : n > 0 ? (size_t)n : 1;
		if (n > 0 && c >= 0x80 && c < 0xa0)
			return TUI_KEY_NONE; /* C1 controls */
		return n > 0 ? (int)c : 0xfffd;
	} else {
		mbstate_t state = { 0 };
		wchar_t c = 0;
		size_t n = mbrtowc(&c, (const char *)reader.bytes, reader.len,
				   &state);

		*used = n == (size_t)-2 ? 0 : n > 0 && n <= reader.len ? n : 1;
		return n > 0 && n <= reader.len ? (int)c : 0xfffd;
	}
}

static int decode(size_t *used)
{
	unsigned char c = reader.bytes[0];

	if (c == ESC)
		return decode_escape(used);
	*used = 1;
	if (c < 0x20 || c == 0x7f)
		return decode_control(c);
	if (c < 0x80)
		return c;
	return decode_character(used);
}

/* How long the beginning of something waits for its rest. */
static int patience_ms(void)
{
	return reader.len == 1 && reader.bytes[0] == ESC ? escape_ms()
							 : PARTIAL_MS;
}

/* Nothing more came: a lone ESC is the key, other halves are nothing. */
static int give_up(void)
{
	bool escape = reader.bytes[0] == ESC && reader.len == 1;

	drop(reader.len);
	return escape ? TUI_KEY_ESC : TUI_KEY_NONE;
}

static bool starts_paste(void)
{
	return reader.len >= 6 && !memcmp(reader.bytes, "\033[200~", 6);
}

int tui_input_read(struct tui_input *in)
{
	*in = (struct tui_input){ 0 };
	if (tui_term_resized()) {
		in->key = TUI_KEY_RESIZE;
		return 1;
	}
	fill();
	if (reader.pasting)
		return paste_read(in);
	while (reader.len > 0) {
		size_t used = 0;
		int key;

		if (starts_paste()) {
			drop(6);
			paste_begin();
			return paste_read(in);
		}
		key = decode(&used);
		if (used) {
			drop(used);
		} else {
			if (fill())
				continue;
			if (!reader.gone &&
			    now_ms() - reader.last_ms < patience_ms())
				return 0;
			key = give_up();
		}
		if (key != TUI_KEY_NONE) {
			in->key = key;
			in->row = reader.row;
			in->col = reader.col;
			return 1;
		}
	}
	return reader.gone ? -1 : 0;
}

bool tui_input_is_typed(const struct tui_input *in)
{
	int key = in->key;

	return (key >= '0' && key <= '9') || (key >= 'A' && key <= 'Z') ||
	       (key >= 'a' && key <= 'z') ||
	       (key >= 0x80 && key < TUI_KEY_ENTER) || key == TUI_KEY_PASTE;
}

int tui_input_wait(void)
{
	int64_t due;

	if (reader.pasting)
		due = reader.last_ms + PASTE_QUIET_MS;
	else if (reader.len)
		due = reader.last_ms + patience_ms();
	else
		return -1;
	due -= now_ms();
	return due < 0 ? 0 : (int)due;
}

void tui_input_release(void)
{
	if (reader.paste)
		mem_wipe(reader.paste, reader.paste_len);
	free(reader.paste);
	memset(&reader, 0, sizeof(reader));
}
