/* SPDX-License-Identifier: MIT */
#include "tui/terminal/clipboard.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/mem.h"

#define TEXT_MOST 65536 /* some terminals drop what is longer */

void tui_clipboard_put(const char *text)
{
	size_t len = strnlen(text, TEXT_MOST);
	unsigned char *coded = mem_alloc((len + 2) / 3 * 4 + 1);

	EVP_EncodeBlock(coded, (const unsigned char *)text, (int)len);
	printf("\033]52;c;%s\033\\", (const char *)coded);
	fflush(stdout);
	mem_free_private((char *)coded);
}
