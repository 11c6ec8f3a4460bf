/* SPDX-License-Identifier: MIT */
/*
 * tui: what the operator sees and types. Only this room shows anything to a
 * person, and only main() ends the program.
 *
 *   main.c        the entrance: which command, or the wizard
 *   options.[ch]  the command line as tables
 *   config.[ch]   the INI configuration, and secrets from where it says
 *   app.[ch]      what wizard and commands stand on; one turn of the loop
 *   signals.c     signals as something to poll
 *   report.[ch]   line mode: messages, progress, JSON lines
 *   cmd_*.c       one line-mode command each
 *   demo.c        practice server, samples and wizard in one
 *   term.[ch]     the terminal: taken, given back, whatever happens
 *   input.[ch]    keys and pastes, decoded
 *   draw.[ch]     clipped, cleaned text; bars; boxes
 *   edit.[ch] list.[ch] meter.[ch] path.[ch]   widgets without a screen
 *   wizard.[ch]   the stack of screens and what they share
 *   overlay.c     help, questions, things to read
 *   screen_*.c    one screen each
 */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include "tui/app.h"
#include "tui/wizard.h"

#endif
