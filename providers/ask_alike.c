/* SPDX-License-Identifier: MIT */
/* Is somebody there already? The list, or what the provider finds of it, is
 * looked through until he is met. */
#include "forms/mem.h"
#include "providers/ask_private.h"

static struct form_answers *copy_of(const struct form_answers *from)
{
	struct form_answers *copy = form_answers_new();

	for (size_t i = 0; i < form_answers_count(from); i++) {
		const char *key = form_answers_key(from, i);

		form_answer_set(copy, key, form_answer(from, key));
	}
	return copy;
}

static bool on_page(void *arg, const struct prov_page *page, bool more,
		    const struct err *err)
{
	struct prov_asking *asking = arg;
	struct prov_customer nobody = { 0 };

	if (!page) {
		asking->found(asking->found_arg, NULL, err);
		return false;
	}
	for (size_t i = 0; i < page->count; i++) {
		if (!prov_creation_is(asking->creation, asking->answers,
				      &page->customers[i]))
			continue;
		asking->found(asking->found_arg, &page->customers[i], NULL);
		return false;
	}
	if (!more)
		asking->found(asking->found_arg, &nobody, NULL);
	return more;
}

int prov_ask_alike(struct xfer *xfer, const struct prov_profile *profile,
		   const struct prov_creation *creation,
		   const struct form_answers *answers, prov_customer_fn *done,
		   void *arg, struct prov_asking **out, struct err *err)
{
	struct prov_asking *asking =
		asking_new(xfer, profile, ASK_CUSTOMERS, NULL);

	asking->arg = asking;
	asking->done.page = on_page;
	asking->creation = creation;
	asking->answers = copy_of(answers);
	asking->found = done;
	asking->found_arg = arg;
	return asking_start(asking, out, err);
}
