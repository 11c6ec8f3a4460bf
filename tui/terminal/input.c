/* SPDX-License-Identifier: MIT */
/* Bytes from the terminal, as they come: read, waited for where something was
 * cut in two, and gathered while something is pasted. */
#include "tui/terminal/input.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "forms/mem.h"
#include "tui/terminal/input_private.h"
#include "tui/terminal/term.h"

#define PASTE_MOST     ((size_t)1 << 20)
#define PASTE_END      "\033[201~"
#define PASTE_END_LEN  6
#define PASTE_QUIET_MS 10000 /* a paste whose end never came is over */
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
		key = tui_input_decode(reader.bytes, reader.len, &used, in);
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
