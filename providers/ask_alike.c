/* SPDX-License-Identifier: MIT */
/* Is somebody there already? The list, or what the provider finds of it, is
 * looked through until he is met. */
#include "providers/ask_private.h"

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
	asking->answers = form_answers_copy(answers);
	asking->found = done;
	asking->found_arg = arg;
	return asking_start(asking, out, err);
}
