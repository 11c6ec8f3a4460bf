/* SPDX-License-Identifier: MIT */
/* A manifest on its way: what kyc batch (cmd_batch.c) and each line of it
 * (batch_line.c) share. */
#ifndef TUI_BATCH_H
#define TUI_BATCH_H

#include "tui/commands/command.h"

struct batch {
	struct tui_app *app;
	char *directory; /* of the manifest; relative paths start here */
	struct prov_customer customer; /* the last one asked about */
	int64_t *waiting;	       /* submissions not yet said */
	size_t waiting_count;
	unsigned open; /* lines queued in the open transaction */
	int64_t opened_ms;
	size_t accepted; /* by an earlier run */
	bool unreached;	 /* the provider gave no answer */
	bool again;
	int status;
};

/* Check and queue one line, TEXT, many to one transaction; NUMBER is for a
 * person. What is refused is said and counts in STATUS. -1: ERR, and the batch
 * ends. */
int batch_line(struct batch *batch, const char *text, size_t number,
	       struct err *err) ERR_CHECKED;

/* End the transaction. Nobody else may touch the record while lines are open:
 * not what the provider answers, nor the outbox. */
int batch_commit(struct batch *batch, struct err *err) ERR_CHECKED;

#endif
