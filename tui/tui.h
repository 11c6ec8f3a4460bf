/* SPDX-License-Identifier: MIT */
/*
 * tui: what the operator sees and types. Only this room shows anything to a
 * person, and only main() ends the program.
 *
 * The program:
 *   main.c              the entrance: which command, or the wizard
 *   options.[ch]        the command line as tables
 *   config.[ch]         the INI configuration; config_keys.c
 *   secret.c            secrets from where the configuration says
 *   app.[ch]            what wizard and commands stand on; a turn of the loop
 *   signals.c           signals as something to poll
 *   report.[ch]         messages and results, in words and as JSON
 *
 * commands/: line mode
 *   cmd_*.c             one command each; command.h is what they share
 *   batch.h             a manifest; batch_line.c: one line of it
 *   common.c            an item, a file, a text: what several commands do
 *   question.c          what they ask of the provider, and wait for
 *   drive.c             the outbox driven to an answer, with progress
 *   outcome.c           what became of it, said; the exit status
 *   demo.c              practice server, samples and wizard in one
 *
 * linear/: the wizard as plain questions; linear.h is what they share
 *   linear.c            from the first question to the last
 *   linear_ask.c        what is said, asked and answered
 *   linear_*.c          what each screen does otherwise: create, customers,
 *                       list (the checklist), item, folder, form, send, wait
 *                       (for news), told (what became of it)
 *   linear_words.c      how an item stands
 *
 * Each of the folders knows those that stand behind it: linear and commands,
 * screens, files, wizard, words, widgets, terminal.
 *
 * terminal/: keys in, characters out
 *   term.[ch]           taken, given back, whatever happens; term_frame.c
 *   input.[ch]          keys and pastes; input_decode.c
 *   theme.[ch]          how each style looks, from a file
 *   cell.[ch]           a character in the look of the theme
 *   draw.[ch]           clipped, cleaned text; bars; boxes
 *   clipboard.[ch]      the terminal's, by OSC 52
 *
 * widgets/: without a screen
 *   edit.[ch]           one line of text being edited; edit_draw.c,
 *                       edit_past.c: typing undone
 *   list.[ch]           which row is selected, which are in view
 *   page.[ch]           lines that scroll by their focused field
 *   overlay.[ch]        a box: something to read, or a question
 *   chooser.[ch]        a list to choose from, filtered as one types
 *   meter.[ch]          a transfer's numbers as words and a bar
 *   form_view.[ch]      a form being filled in; form_derive.c
 *   schema_copy.[ch]    its rows, kept while they are worked on
 *
 * files/: found, and seen
 *   path.[ch]           paths as people and terminals give them
 *   names.[ch]          names below a path being typed, a page at a time
 *   reader.[ch]         what is in a folder, read by a thread
 *   picker.[ch]         a file chosen from a folder; picker_fit.c,
 *                       picker_keys.c, picker_list.c, picker_view.c
 *   picture.[ch]        what a file looks like, beside it; picture_view.c
 *   slot_pictures.[ch]  of what is chosen, and of what was rejected;
 *                       slot_pictures_view.c
 *
 * wizard/: wizard_private.h is what its own files share
 *   wizard.[ch]         its loop, and what all screens may do
 *   stack.c             the screens: who is shown, how to get to another
 *   frame.c             what stands around every screen; frame_road.c
 *   keys.c              keys that mean the same everywhere; leaving
 *   mouse.c             clicks and the wheel as keys
 *   preferences.c       its theme, and whether the mouse is ours
 *   say.c               what it says, asks and shows in a box
 *   profile.c           the profile in use, changed
 *   work.c              the customer being worked on, asked about politely
 *   listing.[ch]        the provider's list of customers, in the background
 *   and what several screens do to the record, and ask of the provider:
 *   draft.[ch]          a file chosen for a slot: recorded, looked into
 *   undo.[ch]           the last change of a draft undone, or done again
 *   remedy.[ch]         what is to be done about a rejection, and going there
 *   requests.[ch]       the terms' link, the start of the review
 *
 * screens/: screen_*.c has the keys of each; its state, its drawing and what
 * it does stand beside it
 *   customers.[ch]      lists of customers; customers_find.c
 *   create.[ch]         a new customer: kept, sent, opened
 *   inbox.[ch]          the rejected inbox; inbox_ask.c
 *   documents.[ch]      the checklist; documents_drop.c
 *   document_view.[ch]  one document; document_files.c, document_draw.c
 *   folder.[ch]         a whole folder for the checklist; folder_look.c,
 *                       folder_read.c, folder_view.c
 *   information.[ch]    the information form; information_form.c
 *   review.[ch]         review and send; review_draw.c, review_moving.c
 *   status.[ch]         the status; status_rows.c, status_note.c
 *   (papers, profiles)  other papers instead of one, and the profiles, are
 *                       whole in their screen_*.c
 *
 * words/: rows and words; nothing here draws
 *   checklist_view.[ch] the checklist as rows
 *   review_view.[ch]    what is sent as rows, and their sums; send_words.c:
 *                       how it stands
 *   form_pick.[ch]      which form is meant: the most urgent, the next
 *   item_words.[ch]     how an item stands
 *   part_words.[ch]     how the customer and each party stand, what is missing
 *   check_words.[ch]    what the checks found of a file
 *   phase.[ch]          how far it has come, as five marks
 *   status_words.[ch]   what became of an item, and the timeline
 *   clock_words.[ch]    how long it waits, and what a provider promises
 *   receipt_words.[ch]  receipts, for the screen and the shell
 */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include "tui/app.h"
#include "tui/wizard/wizard.h"

#endif
