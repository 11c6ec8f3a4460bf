/* SPDX-License-Identifier: MIT */
#include "tui/files/picture.h"

#include <stdlib.h>

#include "forms/form.h"
#include "tui/app.h"

#define TICK_MS	 10
#define PAUSE_MS 60 /* who runs down a list sees none on the way */

void picture_release(struct picture *picture)
{
	preview_forget(picture->asking);
	preview_release(&picture->preview);
	free(picture->path);
	*picture = (struct picture){ 0 };
}

static bool is_wanted(const struct picture *picture, const char *path)
{
	return path && picture->cols > 0 && picture->rows > 0 &&
	       (!text_same(path, picture->path) ||
		picture->cols != picture->asked_cols ||
		picture->rows != picture->asked_rows);
}

static void ask(struct picture *picture, const char *path)
{
	char *program = tui_program("kyc-preview");

	preview_forget(picture->asking);
	preview_release(&picture->preview);
	mem_replace(&picture->path, path);
	picture->asked_cols = picture->cols;
	picture->asked_rows = picture->rows;
	picture->asking =
		preview_ask(program, path, picture->cols, picture->rows,
			    picture_colours(), !tui_utf8());
	picture->none = !picture->asking;
	free(program);
}

/* Nothing of what was shown before stays beside another file's name. */
static bool forget(struct picture *picture, const char *path)
{
	struct picture place = { .cols = picture->cols, .rows = picture->rows };

	if (!picture->path || text_same(path, picture->path))
		return false;
	picture_release(picture);
	*picture = place;
	return true;
}

bool picture_tick(struct picture *picture, const char *path)
{
	bool changed = forget(picture, path);
	int got = 0;

	if (is_wanted(picture, path)) {
		ask(picture, path);
		return true;
	}
	if (!picture->asking)
		return changed;
	got = preview_take(picture->asking, &picture->preview);
	if (!got)
		return changed;
	preview_forget(picture->asking);
	picture->asking = NULL;
	picture->none = got < 0;
	return true;
}

int picture_tick_in(const struct picture *picture, const char *path)
{
	if (is_wanted(picture, path) ||
	    (picture->path && !text_same(path, picture->path)))
		return PAUSE_MS;
	return picture->asking ? TICK_MS : -1;
}
