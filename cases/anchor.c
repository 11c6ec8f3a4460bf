/* SPDX-License-Identifier: MIT */
/*
 * The end of the audit trail, kept apart from its rows: one line of a fixed
 * length, written over in place. It never goes back, and is never ahead of
 * what a power cut leaves in the record: an entry gets there once it is
 * durable. It is not synced itself: being some entries behind, it proves less
 * and accuses nobody.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cases/trail.h"
#include "forms/mem.h"

/* "0000000000000000057 9f2c…\n" */
#define NUMBER_DIGITS 19
#define LINE_BYTES    (NUMBER_DIGITS + 1 + 64 + 1)

/* An entry, and the commit that made it durable. */
struct waiting {
	struct audit_head head; /* number 0: none */
	uint64_t mark;
};

/* What a store knows of its file. */
struct anchor {
	struct audit_head added; /* the last one of ours; number 0: noted */
	bool seen;		 /* the file was there */
	int64_t said;		 /* the entry that says it was not; 0: none */
	struct waiting first, last; /* committed, and not written */
};

static char *anchor_path(const struct case_store *store)
{
	return mem_printf("%s/%s", store->dir, ANCHOR_FILE);
}

static int parse(const char *line, struct audit_head *head)
{
	static const char digits[] = "0123456789abcdef";

	if (strspn(line, "0123456789") != NUMBER_DIGITS ||
	    line[NUMBER_DIGITS] != ' ' ||
	    strspn(line + NUMBER_DIGITS + 1, digits) != 64 ||
	    line[LINE_BYTES - 1] != '\n')
		return -1;
	errno = 0;
	head->number = strtoll(line, NULL, 10);
	memcpy(head->hash, line + NUMBER_DIGITS + 1, 64);
	head->hash[64] = '\0';
	return errno || head->number < 1 ? -1 : 1;
}

/* The file is made, empty, with the first entry. */
static int read_line(int fd, struct audit_head *head)
{
	char line[LINE_BYTES + 2] = { 0 };
	ssize_t got = pread(fd, line, LINE_BYTES + 1, 0);

	if (got == 0)
		return 1;
	return got == LINE_BYTES ? parse(line, head) : -1;
}

static int open_regular(const char *path, int flags)
{
	int fd = open(path, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
	struct stat st;

	if (fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode))
		return fd;
	if (fd >= 0) {
		close(fd);
		errno = EINVAL;
	}
	return -1;
}

int anchor_read(const struct case_store *store, struct audit_head *head)
{
	char *path = anchor_path(store);
	int fd = open_regular(path, O_RDONLY);
	int got = fd >= 0 ? read_line(fd, head) : errno == ENOENT ? 0 : -1;

	if (fd >= 0)
		close(fd);
	free(path);
	return got;
}

static struct anchor *anchor_of(struct case_store *store)
{
	if (!store->anchor)
		store->anchor = mem_alloc(sizeof(*store->anchor));
	return store->anchor;
}

static int make_file(const struct case_store *store)
{
	char *path = anchor_path(store);
	int fd = open_regular(path, O_RDWR | O_CREAT);

	if (fd >= 0)
		close(fd);
	free(path);
	return fd < 0 ? -1 : 0;
}

bool anchor_begin(struct case_store *store, int64_t before)
{
	struct anchor *anchor = anchor_of(store);
	struct audit_head head = { 0 };

	/* Where nothing was noted yet nothing is missing, nor for those who
	 * note something at the same time. */
	if (!before)
		anchor->seen = make_file(store) == 0;
	else if (!anchor->seen)
		anchor->seen = anchor_read(store, &head) != 0;
	return before && !anchor->seen;
}

void anchor_said(struct case_store *store, int64_t entry)
{
	anchor_of(store)->said = entry;
}

int64_t anchor_said_by(const struct case_store *store)
{
	return store->anchor ? store->anchor->said : 0;
}

void anchor_added(struct case_store *store, const struct audit_head *added)
{
	anchor_of(store)->added = *added;
}

/* What was undone since it was added is not there, or is another one. */
static bool is_there(struct case_store *store, const struct audit_head *added)
{
	struct err ignored = { 0 };
	int64_t count = 0;

	return db_number(store, &count,
			 "SELECT count(*) FROM events WHERE id = ?1"
			 " AND hash = ?2",
			 DB_ARGS(db_int(added->number), db_text(added->hash)),
			 &ignored) > 0 &&
	       count > 0;
}

/* Only what this process added is as durable as its own commit: the last entry
 * may be another's. */
void anchor_note(struct case_store *store, uint64_t mark)
{
	struct anchor *anchor = store->anchor;

	if (!anchor || !anchor->added.number ||
	    !is_there(store, &anchor->added))
		return;
	anchor->last = (struct waiting){ anchor->added, mark };
	anchor->added = (struct audit_head){ 0 };
	if (!anchor->first.head.number)
		anchor->first = anchor->last;
}

/* Under a lock, so that of two processes the one that is behind stays so. */
static int write_line(int fd, const struct audit_head *head)
{
	struct audit_head there = { 0 };
	char line[LINE_BYTES + 8];
	int got;

	if (flock(fd, LOCK_EX | LOCK_NB))
		return -1;
	got = read_line(fd, &there);
	/* What is not ours stays for verify to find. */
	if (got < 0 || there.number >= head->number)
		return 0;
	snprintf(line, sizeof(line), "%0*" PRId64 " %s\n", NUMBER_DIGITS,
		 head->number, head->hash);
	return pwrite(fd, line, LINE_BYTES, 0) == LINE_BYTES ? 0 : -1;
}

static int write_file(const struct case_store *store,
		      const struct audit_head *head)
{
	char *path = anchor_path(store);
	int fd = open_regular(path, O_RDWR | O_CREAT);
	int ret = -1;

	if (fd >= 0) {
		ret = write_line(fd, head);
		close(fd); /* the lock goes with it */
	}
	free(path);
	return ret;
}

void anchor_keep(struct case_store *store, uint64_t mark)
{
	struct anchor *anchor = store->anchor;
	bool all;

	if (!anchor || !anchor->first.head.number || anchor->first.mark > mark)
		return;
	all = anchor->last.mark <= mark;
	if (write_file(store, all ? &anchor->last.head : &anchor->first.head))
		return;
	anchor->seen = true;
	anchor->first = all ? (struct waiting){ 0 } : anchor->last;
}

void anchor_free(struct anchor *anchor)
{
	free(anchor);
}
