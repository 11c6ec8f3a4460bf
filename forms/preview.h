/* SPDX-License-Identifier: MIT */
/*
 * A picture of a file as characters, made by a process of its own
 * (kyc-preview) within a second and 64 MB. Nothing here waits.
 */
#ifndef FORMS_PREVIEW_H
#define FORMS_PREVIEW_H

#include "forms/err.h"
#include "forms/inspect/preview.h"

/* All-zero is none. */
struct preview {
	int cols, rows;
	struct preview_cell *cells; /* row by row */
};

void preview_release(struct preview *preview);

struct preview_asking;

/* Draw the file PATH into COLS by ROWS, in COLOURS (0: none). PROGRAM is the
 * path of kyc-preview. NULL: it cannot be started. */
struct preview_asking *preview_ask(const char *program, const char *path,
				   int cols, int rows, int colours, bool ascii);

/* 1: PREVIEW is filled; 0: not yet; -1: there is none. */
int preview_take(struct preview_asking *asking, struct preview *preview);

void preview_forget(struct preview_asking *asking); /* NULL is fine */

#endif
