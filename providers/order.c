/* SPDX-License-Identifier: MIT */
/* The order of a customer's requirements. */
#include <stdlib.h>

#include "forms/form.h"
#include "providers/provider.h"

struct ranked {
	size_t owner, place, before;
	struct prov_requirement req;
};

static size_t owner_of(const struct prov_customer *customer,
		       const struct prov_requirement *req)
{
	size_t i = 0;

	if (req->kind == PROV_REQ_START ||
	    (req->form && req->form->rank == PROV_RANK_START))
		return customer->party_count + 2;
	if (!req->party)
		return 0;
	while (i < customer->party_count &&
	       !prov_same_word(customer->parties[i].id, req->party))
		i++;
	return i + 1;
}

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x->before < y->before ? -1 : 1;
}

void prov_customer_sort(struct prov_customer *customer,
			size_t (*place_of)(const struct prov_requirement *req))
{
	size_t count = customer->requirement_count;
	struct ranked *list = NULL;

	if (!count)
		return;
	list = mem_array(count, sizeof(*list));
	for (size_t i = 0; i < count; i++) {
		struct prov_requirement *req = &customer->requirements[i];

		list[i] = (struct ranked){
			.owner = owner_of(customer, req),
			.place = place_of(req),
			.before = i,
			.req = *req,
		};
	}
	qsort(list, count, sizeof(*list), compare_ranked);
	for (size_t i = 0; i < count; i++)
		customer->requirements[i] = list[i].req;
	free(list);
}
