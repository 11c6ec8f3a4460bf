/* SPDX-License-Identifier: MIT */
/*
 * What the files of this room share about the record: the connection, small
 * helpers around SQLite, and the words for its failures. Not for others.
 */
#ifndef CASES_STORE_PRIVATE_H
#define CASES_STORE_PRIVATE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "cases/store.h"
#include "providers/provider.h"

struct anchor;
struct case_claim;
struct durable;

/* How SQLite writes the log, and our way of it: see store.c. */
struct store_log {
	sqlite3_io_methods ours; /* comes first: SQLite sees nothing else */
	const sqlite3_io_methods *real;
};

/* A statement that is kept to be used again. */
struct db_kept {
	sqlite3_stmt *stmt; /* NULL: none */
	bool out;	    /* is being used */
	uint64_t used;	    /* when it last was; higher is later */
};

#define DB_KEPT_MOST 64

struct case_store {
	sqlite3 *db;
	struct db_kept kept[DB_KEPT_MOST];
	uint64_t kept_used;
	struct store_log log;
	struct durable *durable;
	char *dir;  /* real path */
	char *path; /* of the file */
	char *operator_name;
	unsigned depth;		  /* transactions that are open */
	struct case_claim *claim; /* made when first needed */
	uint64_t queued;	  /* counts what was queued over here */
	struct anchor *anchor;	  /* made when first needed */
};

/* An argument of a statement. */
struct db_arg {
	enum {
		DB_END,
		DB_INT,
		DB_TEXT
	} kind;
	int64_t number;
	const char *text; /* NULL binds NULL; borrowed until the last step */
};

static inline struct db_arg db_int(int64_t number)
{
	return (struct db_arg){ .kind = DB_INT, .number = number };
}

static inline struct db_arg db_text(const char *text)
{
	return (struct db_arg){ .kind = DB_TEXT, .text = text };
}

#define DB_ARGS(...)                   \
	(const struct db_arg[])        \
	{                              \
		__VA_ARGS__,           \
		{                      \
			.kind = DB_END \
		}                      \
	}

/* Fill ERR with what SQLite last complained about, in plain words. -1. */
int db_error(struct case_store *store, struct err *err);

/* *STMT ready for its first step, ARGS (may be NULL) bound to ?1, ?2, … */
int db_query(struct case_store *store, sqlite3_stmt **stmt, const char *sql,
	     const struct db_arg *args, struct err *err) ERR_CHECKED;
/* The same for what is asked often: it is kept when it was given back. */
int db_borrow(struct case_store *store, sqlite3_stmt **stmt, const char *sql,
	      const struct db_arg *args, struct err *err) ERR_CHECKED;
void db_give_back(struct case_store *store, sqlite3_stmt *stmt);
void db_forget(struct case_store *store); /* keeps none; before closing */
/* 1: a row; 0: no more; -1: ERR. */
int db_step(struct case_store *store, sqlite3_stmt *stmt,
	    struct err *err) ERR_CHECKED;
/* Borrow, step to the end, give back. */
int db_run(struct case_store *store, const char *sql, const struct db_arg *args,
	   struct err *err) ERR_CHECKED;
/* The first column of the first row: 1; no row: 0; -1: ERR. */
int db_number(struct case_store *store, int64_t *number, const char *sql,
	      const struct db_arg *args, struct err *err) ERR_CHECKED;

/* Commit when RET is 0, else undo; -1 when either went wrong. */
int db_finish(struct case_store *store, int ret, struct err *err) ERR_CHECKED;

/* A column as text: "" or NULL where it is NULL; or copied. */
const char *db_column(sqlite3_stmt *stmt, int column);
char *db_column_dup(sqlite3_stmt *stmt, int column);
void db_column_copy(sqlite3_stmt *stmt, int column, char *out, size_t size);

/* What the schema of this program is called, and how new it is. */
#define DB_APPLICATION_ID 0x6b796331 /* "kyc1" */
int schema_newest(void);
/* Bring STORE up to schema_newest(), step by step. */
int schema_migrate(struct case_store *store, struct err *err) ERR_CHECKED;

/* event.c. The same as case_event_add(), DETAIL formatted. */
int event_addf(struct case_store *store, struct err *err, const char *what,
	       int64_t case_id, int64_t submission, const char *format, ...)
	__attribute__((format(printf, 6, 7))) ERR_CHECKED;

/* directory.c. The real path of DIR, made 0700 with its parents; NULL: ERR. */
char *state_dir_make(const char *dir, struct err *err);

/* The number under which PROFILE is kept, given when first asked for. */
int profile_number(struct case_store *store, const char *profile,
		   int64_t *number, struct err *err) ERR_CHECKED;

/* customers.c. Note when a case was worked on, and count what is unsent. */
int customer_touch(struct case_store *store, int64_t case_id,
		   struct err *err) ERR_CHECKED;

/* What every page of a list says. SEEN_MS 0: nobody has said anything. */
int customer_put_basics(struct case_store *store, int64_t profile,
			const struct prov_customer *customer, int64_t seen_ms,
			struct err *err) ERR_CHECKED;

/* stage.c. Where CUSTOMER, whose row is there, stands; WHOLE: with all reasons.
 */
int customer_put_stage(struct case_store *store, int64_t profile,
		       const struct prov_customer *customer, bool whole,
		       struct err *err) ERR_CHECKED;

/* What the search finds customer NUMBER by becomes NEW from OLD, which must be
 * what was said last. NULL: nothing. */
int customer_index(struct case_store *store, int64_t number, const char *old,
		   const char *new, struct err *err) ERR_CHECKED;

/* A row for CUSTOMER, of whom only the id is known. */
int customer_put_bare(struct case_store *store, int64_t profile,
		      const char *customer, struct err *err) ERR_CHECKED;

/* New customers come first, whenever they were touched: the index that is in
 * order has this much added to it. */
#define NEWCOMER_FIRST_MS ((int64_t)1 << 46)

/* record.c. The case of CUSTOMER, made if there is none; case_open() without
 * its look at the id. */
int record_open(struct case_store *store, const char *profile,
		const char *customer, int64_t *case_id,
		struct err *err) ERR_CHECKED;

/* newcomer_made.c. SUBMISSION of CASE_ID was accepted: if it is a new
 * customer's, MADE is his id from now on; KNOWN: the provider had him before.
 * And he is discarded. Both within a transaction. */
int newcomer_made(struct case_store *store, int64_t case_id, int64_t submission,
		  const char *made, bool known, struct err *err) ERR_CHECKED;
int newcomer_forget(struct case_store *store, const char *profile,
		    const char *id, struct err *err) ERR_CHECKED;

/* search_words.c. TEXT folded for the text index, without its marks and quotes;
 * and what is indexed: a FOLDED name and a tax id (may be NULL). free() both.
 */
char *search_fold(const char *text);
char *search_text(const char *folded, const char *tax_id);

/* The reverse of prov_kind_name() and prov_stage_name(); what is not known is
 * an individual, and of unknown stage. */
enum prov_kind kind_from_name(const char *name);
enum prov_stage stage_from_name(const char *name);

/* record.c. Answers as one flat JSON object of texts, and back; NULL gives
 * NULL both ways. */
char *answers_to_text(const struct form_answers *answers);
struct form_answers *answers_from_text(const char *text);
char *findings_to_text(const struct findings *findings);

/* checklist.c. case_checklist_load(), but a case that is not there yet is not
 * made (case_id stays 0). */
struct case_checklist;
int checklist_read(struct case_store *store, const struct prov_profile *profile,
		   const char *customer, struct case_checklist *checklist,
		   struct err *err) ERR_CHECKED;

#endif
