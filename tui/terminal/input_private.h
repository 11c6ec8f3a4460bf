/* SPDX-License-Identifier: MIT */
/* What reading (input.c) and decoding (input_decode.c) share. */
#ifndef TUI_INPUT_PRIVATE_H
#define TUI_INPUT_PRIVATE_H

#include "tui/terminal/input.h"

#define ESC 0x1b

/*
 * The key that the LEN bytes at AT (one at least) begin with; it takes *USED of
 * them. TUI_KEY_NONE: something that means nothing here. *USED 0: more has to
 * come. Of a click IN gets the place.
 */
int tui_input_decode(const unsigned char *at, size_t len, size_t *used,
		     struct tui_input *in);

#endif
