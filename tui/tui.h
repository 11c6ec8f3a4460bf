/* SPDX-License-Identifier: MIT */
/*
 * tui: what the operator sees and types. Only this room shows anything to a
 * person, and only main() ends the program.
 *
 * The program and what stands below the screens:
 *   main.c              the entrance: which command, or the wizard
 *   options.[ch]        the command line as tables
 *   config.[ch]         the INI configuration; config_keys.c
 *   secret.c            secrets from where the configuration says
 *   app.[ch]            what wizard and commands stand on; a turn of the loop
 *   signals.c           signals as something to poll
 *
 * Line mode:
 *   cmd_*.c             one command each; command.h is what they share
 *   batch.h             a manifest; batch_line.c: one line of it
 *   common.c            an item, a file, a text: what several commands do
 *   outcome.c           what became of it, said; the exit status
 *   question.c          what they ask of the provider, and wait for
 *   report.[ch]         messages and results, in words and as JSON
 *   drive.c             the outbox driven to an answer, with progress
 *   demo.c              practice server, samples and wizard in one
 *   linear*.c           the wizard as plain questions; linear.h
 *
 * The terminal, and widgets without a screen:
 *   term.[ch]           taken, given back, whatever happens
 *   theme.[ch]          how each style looks, from a file
 *   input.[ch]          keys and pastes; input_decode.c
 *   draw.[ch]           clipped, cleaned text; bars; boxes
 *   cell.[ch]           a character in the look of the theme
 *   edit.[ch]           one line of text being edited; edit_draw.c,
 *                       edit_past.c: typing undone
 *   list.[ch]           which row is selected, which are in view
 *   meter.[ch]          a transfer's numbers as words and a bar
 *   path.[ch]           paths as people and terminals give them
 *   page.[ch]           lines that scroll by their focused field
 *   chooser.[ch]        a list to choose from, filtered as one types
 *   picker.[ch]         a file chosen from a folder; picker_fit.c,
 *                       picker_keys.c, picker_list.c, picker_view.c
 *   picture.[ch]        what a file looks like, beside it; picture_view.c
 *   reader.[ch]         what is in a folder, read by a thread
 *   names.[ch]          names below a path being typed, a page at a time
 *   form_view.[ch]      a form being filled in; form_derive.c
 *   undo.[ch]           the last change of a draft undone, or done again
 *   overlay.[ch]        a box: something to read, or a question
 *   clipboard.[ch]      the terminal's, by OSC 52
 *
 * The wizard; wizard_private.h is what its own files share:
 *   wizard.[ch]         its loop, and what all screens may do
 *   stack.c             the screens: who is shown, how to get to another
 *   work.c              the customer being worked on, asked about politely
 *   profile.c           the profile in use, changed
 *   listing.[ch]        the provider's list of customers, in the background
 *   keys.c              keys that mean the same everywhere; leaving
 *   say.c               what it says, asks and shows in a box
 *   taste.c             its theme, and whether the mouse is ours
 *   mouse.c             clicks and the wheel as keys
 *   frame.c             what stands around every screen
 *
 * The screens, keys apart from drawing and from words:
 *   screen_*.c          one screen each: its keys
 *   create.[ch]         a new customer: kept, sent, opened
 *   customers.[ch]      lists of customers, drawn; customers_find.c
 *   inbox.[ch]          the rejected inbox, drawn; inbox_ask.c
 *   documents.[ch]      the checklist, drawn; documents_drop.c
 *   checklist_view.[ch] the checklist as rows
 *   item_words.[ch]     how an item stands, in words
 *   document_view.[ch]  one document: its fields; document_files.c,
 *                       document_draw.c
 *   check_words.[ch]    what the checks found of a file, in words
 *   slot_pictures.[ch]  of what is chosen, and of what was rejected;
 *                       slot_pictures_view.c
 *   folder.[ch]         a whole folder for the checklist; folder_read.c,
 *                       folder_view.c
 *   draft.[ch]          a file chosen for a slot: recorded, looked into
 *   information.[ch]    the information form, drawn
 *   review.[ch]         review and send; review_draw.c, review_moving.c
 *   review_view.[ch]    what is sent, as rows and sums
 *   send_words.c        how what is sent stands, in words
 *   phase.[ch]          how far what is sent has come, as five marks
 *   requests.[ch]       the terms' link, the start of the review
 *   status.[ch]         the status, drawn; status_rows.c, status_note.c
 *   remedy.[ch]         what is to be done about a rejection, and going there
 *   status_words.[ch]   what became of an item, and the timeline
 *   clock_words.[ch]    how long it waits, and what a provider promises
 *   receipt_words.[ch]  receipts, for the screen and the shell
 */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include "tui/app.h"
#include "tui/wizard.h"

#endif
