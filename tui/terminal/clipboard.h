/* SPDX-License-Identifier: MIT */
/* The terminal's clipboard, by OSC 52, also through ssh and tmux. */
#ifndef TUI_CLIPBOARD_H
#define TUI_CLIPBOARD_H

/* Ask the terminal to take TEXT (at most 64 kB of it). Whether it did cannot be
 * known: show the text as well. Between two frames only. */
void tui_clipboard_put(const char *text);

#endif
