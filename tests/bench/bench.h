/* SPDX-License-Identifier: MIT */
/*
 * The numbers that are promised, measured on this machine: `make bench`.
 *
 *   bench.c    which numbers, and how they are printed
 *   run.c      a program run to its end: how long, how much memory
 *   paper.c    documents of 50 MB
 *   memory.c   peak memory while they are sent
 *   speed.c    how long that takes, beside curl
 *   search.c   one of a million customers found, letter by letter
 *   people.c   that million
 *   dialog.c   dialog --menu, to measure it by
 *   screen.c   the wizard alone: its first screen, bytes a letter
 *   load.c     the wizard while eight documents are sent
 *   sent.c     time, memory and syncs of what is sent, beside curl
 *   many.c     ten thousand that wait, and a provider that is dead
 *   queue.c    a record with documents that wait, and their sending
 *   preview.c  a picture of a file, by the process that draws it
 *   picker.c   a folder of 100,000 files to choose from
 *   discard.c  the server for it, which keeps nothing
 *
 * Every wait is for an event. What cannot be measured ends the program.
 */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/practice.h"
#include "tests/pty.h"

/* How often what is compared is measured; an odd number. */
extern unsigned bench_runs;
#define BENCH_RUNS_MOST 99

#define BENCH_EIGHT 8
/* Largest that the provider takes. */
#define BENCH_BYTES 50000000
/* For the practice server: 1,000 customers with the 40 that are always there.
 */
#define BENCH_CUSTOMERS "--customers 960"
/* The information of this one is in, so its documents are taken. */
#define BENCH_CUSTOMER "5eed0000-0000-4000-8000-000000000010"

/* One number a line. NOTE: what it is compared to. */
void bench_number(const char *what, double value, const char *unit,
		  const char *note);
/* The same, with the promise that it is below LIMIT. */
void bench_promise(const char *what, double value, const char *unit,
		   double limit);
void bench_title(const char *title);

double bench_now_ms(void);

/* Sorts VALUES; the smallest that so many hundredths of them do not pass. */
double bench_percentile(double *values, size_t count, unsigned percent);

/* As practice_start(), with eight transfers at once. There is one at a time;
 * it does not outlive the program, however that ends. */
const struct practice *bench_practice(const char *options);
void bench_practice_stop(void);

/* What a program took. */
struct bench_run {
	int status; /* exit status, or 128 + signal */
	double ms;
	double cpu_ms;	/* of it and of those it waited for */
	double peak_mb; /* of it, or of a child of its own, if that had more */
};

/* Run ARGV (NULL-terminated; argv[0] is searched in PATH) and wait. */
struct bench_run bench_run(const struct practice *practice,
			   const char *const *argv);
/* The same with kyc, whose name is not in ARGV; it must end with STATUS. */
struct bench_run bench_kyc(const struct practice *practice, int status,
			   const char *const *argv);

/* What the last one said on both its outputs; free() it. */
char *bench_log(const struct practice *practice);

/* A slot for each of eight documents of one customer. */
struct bench_slot {
	const char *type;
	const char *side; /* or NULL */
};
extern const struct bench_slot bench_slots[BENCH_EIGHT];

/* Write a PDF of BENCH_BYTES below the practice directory, unlike those with
 * another NUMBER; its path, free() it. */
char *bench_paper(const struct practice *practice, unsigned number);

/* The wizard in a pseudo-terminal of 24 by 80. *STARTED (may be NULL) becomes
 * when it was executed. */
struct pty *bench_wizard(const struct practice *practice, double *started);
/* A pty_condition: a frame is drawn whole, its keys included. */
bool bench_frame(struct pty *pty, const void *arg);
/* Send KEY; how long until the pointer stands elsewhere, its frame whole. */
double bench_move(struct pty *pty, const char *key);

/* dialog --menu beside it, if it is installed: until its first screen, in *MS,
 * and until the next item is chosen, which can be told where it is MONO. */
bool bench_has_dialog(void);
struct pty *bench_dialog(bool mono, double *ms);
double bench_dialog_move(struct pty *pty, bool down);

/* Run FUNCTION in a fork of this program, and wait. */
struct bench_run bench_fork(int (*function)(void *arg), void *arg);

/* Write a PDF of SIZE bytes (at least 1,000) at PATH. */
void bench_paper_at(const char *path, size_t size, unsigned number);

/* A file that a document is made of. */
struct bench_file {
	char *path;
	uint64_t bytes;
	char sha256[65];
};

void bench_digest(const char *path, uint64_t *bytes, char sha256[65]);

/* Queue COUNT documents, of as many customers, in the record at STATE; HASHED:
 * their bytes are hashed when they are sent. */
struct prov_profile;
void bench_queue(const char *state, const struct prov_profile *profile,
		 const struct bench_file *files, size_t file_count,
		 unsigned count, bool hashed);
/* Send all that waits there, until it is durable that all was accepted; 0. */
int bench_send_all(const char *state, const struct prov_profile *profile);
/* From now on this program's syncs are counted there (NULL: not). */
void bench_count_syncs(unsigned *counter);

/* Put COUNT customers into the record at STATE, the same ones each time. */
void bench_people(const char *state, const struct prov_profile *profile,
		  unsigned count);

/* The server that discards: it answers each request with SAYS, which must live
 * on. Returns its endpoint. There is one at a time. */
struct bench_seen {
	unsigned connections, requests;
	uint64_t bytes; /* of bodies */
};
const char *bench_discard_start(const char *says);
struct bench_seen bench_discard_seen(void); /* since it was last asked */
void bench_discard_stop(void);

void bench_sent(void);
void bench_many(void);
void bench_dead(void);
void bench_memory(void);
void bench_speed(void);
void bench_screen(void);
void bench_search(void);
void bench_load(void);
void bench_preview(void);
void bench_picker(void);

#endif
