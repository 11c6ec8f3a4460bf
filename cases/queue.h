/* SPDX-License-Identifier: MIT */
/*
 * What waits in the outbox, in memory, and which of it may start. It follows
 * the record: reading is all it does there, but for saying why something
 * waits.
 */
#ifndef CASES_QUEUE_H
#define CASES_QUEUE_H

#include "cases/submission.h"

struct queue_item {
	struct submission_brief brief;
	int64_t due_ms; /* monotonic; INT64_MAX: when asked; 0: at once */
};

/* One case with something unsettled: all its submissions, oldest first. */
struct queue_case {
	int64_t id;
	struct queue_item *items;
	size_t count;
	bool asking; /* the provider is being asked: nothing is sent */
};

/* All-zero is empty and has read nothing. */
struct queue {
	struct queue_case *cases; /* by id */
	size_t count;
	int64_t newest;	   /* highest submission read */
	uint64_t queued;   /* the store's counter when it was read */
	int64_t version;   /* of the file, for changes by others */
	int64_t looked_ms; /* monotonic; when others were looked for */
	unsigned others;   /* being sent by other processes */
};

void queue_release(struct queue *queue);

/* Read what changed: queued over here, or anything by other processes. */
int queue_follow(struct queue *queue, struct case_store *store,
		 const struct prov_profile *profile, int64_t now_ms,
		 struct err *err) ERR_CHECKED;

/* Read CASE_ID again, after one of its submissions changed. */
int queue_reload(struct queue *queue, struct case_store *store,
		 const struct prov_profile *profile, int64_t case_id,
		 struct err *err) ERR_CHECKED;

/* SUBMISSION is due then, with all it leads; until it changes in the record. */
void queue_set_due(struct queue *queue, int64_t case_id, int64_t submission,
		   int64_t due_ms);

/* Nothing of CASE_ID may start while ASKING. */
void queue_set_asking(struct queue *queue, int64_t case_id, bool asking);

/* The oldest that may start at NOW_MS, or NULL. */
const struct queue_item *queue_pick(const struct queue *queue, int64_t now_ms);

/* Monotonic ms when the next one that waits for its time is due, or when
 * others must be looked for again; -1: never. */
int64_t queue_next(const struct queue *queue, int64_t now_ms);

#endif
