/* SPDX-License-Identifier: MIT */
/*
 * Bytes made into keys. The sequences are those that xterm, the Linux console,
 * rxvt, screen and tmux share (ECMA-48 and its habits), so no terminal has to
 * be put into a keypad mode that a crash would leave on.
 */
#include <wchar.h>

#include <unistr.h>

#include "tui/terminal/draw.h"
#include "tui/terminal/input_private.h"

#define NUMBERS 3 /* of a sequence, that are looked at */

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
static int key_of_mouse(const int *number, int final, struct tui_input *in)
{
	if (final != 'M')
		return TUI_KEY_NONE;
	in->col = number[1] - 1;
	in->row = number[2] - 1;
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

static int key_of_csi(const unsigned char *params, size_t len, int final,
		      struct tui_input *in)
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
		return key_of_mouse(number, final, in);
	if (final == '~')
		return key_of_number(number[0]);
	/* 1 + the sum of Shift 1, Alt 2, Ctrl 4. */
	return key_of_letter(final, number[1] > 2);
}

static int decode_csi(const unsigned char *at, size_t len, size_t *used,
		      struct tui_input *in)
{
	if (len > 2 && at[2] == '[') { /* Linux console: F1 to F5 */
		*used = len > 3 ? 4 : 0;
		if (!*used)
			return TUI_KEY_NONE;
		return at[3] == 'A'   ? TUI_KEY_HELP
		       : at[3] == 'B' ? TUI_KEY_F2
		       : at[3] == 'C' ? TUI_KEY_F3
		       : at[3] == 'E' ? TUI_KEY_F5
				      : TUI_KEY_NONE;
	}
	for (size_t i = 2; i < len; i++) {
		if (at[i] >= 0x40 && at[i] <= 0x7e) {
			*used = i + 1;
			return key_of_csi(at + 2, i - 2, at[i], in);
		}
		if (at[i] < 0x20 || at[i] > 0x7e || i > 32) {
			*used = i; /* broken off by something else */
			return TUI_KEY_NONE;
		}
	}
	*used = 0;
	return TUI_KEY_NONE;
}

static int decode_escape(const unsigned char *at, size_t len, size_t *used,
			 struct tui_input *in)
{
	*used = 0;
	if (len < 2)
		return TUI_KEY_NONE;
	*used = 2;
	switch (at[1]) {
	case '[':
		return decode_csi(at, len, used, in);
	case 'O':
		*used = len > 2 ? 3 : 0;
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
static int decode_character(const unsigned char *at, size_t len, size_t *used)
{
	if (tui_utf8()) {
		ucs4_t c = 0;
		int n = u8_mbtoucr(&c, at, len);

		*used = n == -2 ? 0 : n > 0 ? (size_t)n : 1;
		if (n > 0 && c >= 0x80 && c < 0xa0)
			return TUI_KEY_NONE; /* C1 controls */
		return n > 0 ? (int)c : 0xfffd;
	} else {
		mbstate_t state = { 0 };
		wchar_t c = 0;
		size_t n = mbrtowc(&c, (const char *)at, len, &state);

		*used = n == (size_t)-2 ? 0 : n > 0 && n <= len ? n : 1;
		return n > 0 && n <= len ? (int)c : 0xfffd;
	}
}

int tui_input_decode(const unsigned char *at, size_t len, size_t *used,
		     struct tui_input *in)
{
	unsigned char c = at[0];

	if (c == ESC)
		return decode_escape(at, len, used, in);
	*used = 1;
	if (c < 0x20 || c == 0x7f)
		return decode_control(c);
	if (c < 0x80)
		return c;
	return decode_character(at, len, used);
}
