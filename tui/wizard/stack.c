/* SPDX-License-Identifier: MIT */
/* The stack of screens: who is shown, and how one gets to another. */
#include <stdlib.h>

#include "forms/form.h"
#include "tui/wizard/wizard_private.h"
#include "tui/words/form_pick.h"

static const struct tui_screen *const steps[] = {
	&tui_screen_customers, &tui_screen_documents, &tui_screen_information,
	&tui_screen_review,    &tui_screen_status,
};

#define STEPS ((int)(sizeof(steps) / sizeof(steps[0])))

struct tui_frame *tui_wizard_top(const struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;

	return &p->stack[p->depth - 1];
}

bool tui_wizard_typing(const struct tui_wizard *wizard)
{
	const struct tui_frame *top = tui_wizard_top(wizard);

	return top->screen->typing && top->screen->typing(top->state);
}

const struct tui_binding *tui_wizard_bindings(const struct tui_wizard *wizard)
{
	const struct tui_frame *top = tui_wizard_top(wizard);

	return top->screen->bindings_now ? top->screen->bindings_now(top->state)
					 : top->screen->bindings;
}

void tui_wizard_dirty(struct tui_wizard *wizard)
{
	wizard->private->dirty = true;
}

void tui_wizard_at_once(struct tui_wizard *wizard)
{
	wizard->private->dirty = wizard->private->urgent = true;
}

void tui_wizard_tell(struct tui_wizard *wizard, unsigned what)
{
	struct tui_wizard_private *p = wizard->private;

	p->dirty = true;
	for (size_t i = 0; i < p->depth; i++)
		if (p->stack[i].screen->changed)
			p->stack[i].screen->changed(wizard, p->stack[i].state,
						    what);
}

void tui_wizard_layout(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;

	tui_frame_layout(wizard);
	for (size_t i = 0; i < p->depth; i++)
		if (p->stack[i].screen->layout)
			p->stack[i].screen->layout(wizard, p->stack[i].state,
						   &p->area);
	p->dirty = true;
}

void tui_wizard_pop(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;
	struct tui_frame frame = p->stack[p->depth - 1];

	p->depth--;
	if (frame.screen->leave)
		frame.screen->leave(wizard, frame.state);
	p->dirty = true;
}

void tui_wizard_push(struct tui_wizard *wizard, const struct tui_screen *screen)
{
	struct tui_wizard_private *p = wizard->private;
	void *state = screen->enter(wizard);

	p->stack[p->depth++] = (struct tui_frame){ screen, state };
	if (screen->layout)
		screen->layout(wizard, state, &p->area);
	p->tick_ms = 0;
	p->dirty = true;
}

static bool goes_on_top(const struct tui_screen *screen)
{
	return screen->step == 0 || screen == &tui_screen_document;
}

/* Over the list of customers, where that is shown; else alone: whoever is
 * opened from it takes the place of the one that was worked on. */
static void pop_for_inbox(struct tui_wizard *wizard)
{
	while (wizard->private->depth > 0 &&
	       tui_wizard_top(wizard)->screen != &tui_screen_customers)
		tui_wizard_pop(wizard);
}

static void show(struct tui_wizard *wizard, const struct tui_screen *screen)
{
	struct tui_wizard_private *p = wizard->private;

	if (screen == &tui_screen_inbox) {
		pop_for_inbox(wizard);
	} else if (goes_on_top(screen)) {
		if (p->depth > 1 && (tui_wizard_top(wizard)->screen == screen ||
				     p->depth == TUI_STACK_MOST))
			tui_wizard_pop(wizard);
	} else {
		while (p->depth > 0)
			tui_wizard_pop(wizard);
	}
	tui_wizard_push(wizard, screen);
}

void tui_wizard_go_now(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;
	const struct tui_screen *screen = p->going;
	const struct tui_screen *over = p->over;

	p->going = p->over = NULL;
	if (!screen)
		return;
	if (!over || p->stack[0].screen != screen) {
		show(wizard, screen);
	} else { /* as it was left */
		while (p->depth > 1)
			tui_wizard_pop(wizard);
	}
	if (over)
		show(wizard, over);
}

void tui_go(struct tui_wizard *wizard, const struct tui_screen *screen)
{
	if (screen->step > 1 && !wizard->customer) {
		tui_say(wizard, _("Open a customer first."));
		return;
	}
	wizard->private->going = screen;
	wizard->private->over = NULL;
}

void tui_go_over(struct tui_wizard *wizard, const struct tui_screen *screen,
		 const struct tui_screen *over)
{
	tui_go(wizard, screen);
	wizard->private->over = over;
}

void tui_form_open(struct tui_wizard *wizard, const struct case_form *form,
		   const char *key)
{
	/* KEY may be the wizard's own. */
	char *copy = NULL;

	if (!tui_form_named(&wizard->checklist, form->name)) {
		tui_say(wizard,
			_("%s is not asked for any more. What was sent of it "
			  "stays in the record."),
			_(form->schema->title));
		return;
	}
	copy = mem_dup(key);
	mem_replace(&wizard->form, form->name);
	mem_replace(&wizard->field, copy);
	free(copy);
	tui_go(wizard, &tui_screen_information);
}

/* From 2a to where it came from, from the last steps to the checklist, from
 * there to the customers; never out of the program. */
void tui_wizard_back(struct tui_wizard *wizard)
{
	struct tui_wizard_private *p = wizard->private;
	int step = tui_wizard_top(wizard)->screen->step;

	if (p->depth > 1) {
		tui_wizard_pop(wizard);
		tui_wizard_layout(wizard);
	} else if (step > 2) {
		tui_go(wizard, &tui_screen_documents);
	} else if (step == 2) {
		tui_go(wizard, &tui_screen_customers);
	}
}

void tui_wizard_step_to(struct tui_wizard *wizard, int step)
{
	if (step >= 1 && step <= STEPS)
		tui_go(wizard, steps[step - 1]);
}

void tui_wizard_step_by(struct tui_wizard *wizard, int by)
{
	tui_wizard_step_to(wizard, tui_wizard_top(wizard)->screen->step + by);
}
