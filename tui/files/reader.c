/* SPDX-License-Identifier: MIT */
#include "tui/files/reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/form.h"

#define STACK_BYTES ((size_t)256 << 10)
#define SECOND_MS   1000

/* Freed by the side that leaves last. */
struct tui_reader {
	pthread_mutex_t lock;
	char *path; /* the thread's alone */
	/* Under LOCK: */
	struct tui_reader_entry **found; /* not taken yet */
	size_t count;
	enum tui_reader_state state;
	int error;
	bool left; /* nobody wants it any more */
	bool ended;
};

void tui_reader_entry_free(struct tui_reader_entry *entry)
{
	free(entry);
}

/* To the second: the newer of two scans is the first, but what was copied or
 * unpacked in one go comes by name, not in an order that nobody can see. */
int tui_reader_newest_first(const void *a, const void *b)
{
	const struct tui_reader_entry *const *one = a, *const *other = b;
	int64_t when = (*one)->modified_ms / SECOND_MS;
	int64_t other_when = (*other)->modified_ms / SECOND_MS;

	if (when != other_when)
		return when < other_when ? 1 : -1;
	return strcmp((*one)->name, (*other)->name);
}

static void destroy(struct tui_reader *reader)
{
	for (size_t i = 0; i < reader->count; i++)
		tui_reader_entry_free(reader->found[i]);
	free(reader->found);
	free(reader->path);
	pthread_mutex_destroy(&reader->lock);
	free(reader);
}

/* The thread. */

static enum tui_reader_kind kind_of(int folder, const char *name,
				    struct stat *st)
{
	struct stat behind;

	if (S_ISLNK(st->st_mode)) {
		if (fstatat(folder, name, &behind, 0) ||
		    !S_ISDIR(behind.st_mode))
			return TUI_READER_LINK;
		*st = behind;
	}
	if (S_ISDIR(st->st_mode))
		return TUI_READER_FOLDER;
	return S_ISREG(st->st_mode) ? TUI_READER_FILE : TUI_READER_ODD;
}

/* NULL: it went away meanwhile. */
static struct tui_reader_entry *look_at(int folder, const char *name)
{
	struct tui_reader_entry *entry;
	size_t len = strlen(name) + 1, folded_len = 0;
	char *folded = NULL;
	struct stat st;

	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW))
		return NULL;
	folded = text_fold(name);
	folded_len = strlen(folded) + 1;
	/* Side by side: all of them are walked through at each letter. */
	entry = mem_alloc(sizeof(*entry) + len + folded_len);
	memcpy(entry->name, name, len);
	memcpy(entry->name + len, folded, folded_len);
	entry->folded = entry->name + len;
	free(folded);
	entry->kind = kind_of(folder, name, &st);
	entry->bytes = st.st_size > 0 ? (uint64_t)st.st_size : 0;
	entry->modified_ms =
		st.st_mtim.tv_sec * 1000LL + st.st_mtim.tv_nsec / 1000000;
	return entry;
}

/* False: nobody wants more. */
static bool hand_over(struct tui_reader *reader, struct tui_reader_entry *entry)
{
	bool wanted = false;

	pthread_mutex_lock(&reader->lock);
	wanted = !reader->left;
	if (wanted) {
		reader->found = mem_grow(reader->found, reader->count,
					 sizeof(struct tui_reader_entry *));
		reader->found[reader->count++] = entry;
	}
	pthread_mutex_unlock(&reader->lock);
	if (!wanted)
		tui_reader_entry_free(entry);
	return wanted;
}

static enum tui_reader_state read_all(struct tui_reader *reader, DIR *dir,
				      int *error)
{
	struct tui_reader_entry *entry = NULL;
	struct dirent *next = NULL;
	struct stat st;
	size_t seen = 0;

	while (errno = 0, (next = readdir(dir))) {
		if (!strcmp(next->d_name, ".") || !strcmp(next->d_name, ".."))
			continue;
		if (seen++ == TUI_READER_MOST)
			return TUI_READER_CUT;
		entry = look_at(dirfd(dir), next->d_name);
		if (entry && !hand_over(reader, entry))
			return TUI_READER_DONE;
	}
	*error = errno;
	/* One that was removed while it was read just seems to end. */
	if (!*error && !fstat(dirfd(dir), &st) && st.st_nlink == 0)
		*error = ENOENT;
	return *error ? TUI_READER_FAILED : TUI_READER_DONE;
}

static void *work(void *arg)
{
	struct tui_reader *reader = arg;
	DIR *dir = opendir(reader->path);
	enum tui_reader_state state = TUI_READER_FAILED;
	int error = dir ? 0 : errno;
	bool left = false;

	if (dir) {
		state = read_all(reader, dir, &error);
		closedir(dir);
	}
	pthread_mutex_lock(&reader->lock);
	reader->state = state;
	reader->error = error;
	reader->ended = true;
	left = reader->left;
	pthread_mutex_unlock(&reader->lock);
	if (left)
		destroy(reader);
	return NULL;
}

static int start(struct tui_reader *reader)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	pthread_t thread;
	int error = pthread_attr_init(&attributes);

	if (error)
		return error;
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&thread, &attributes, work, reader);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return error;
}

/* The loop's side. */

struct tui_reader *tui_reader_start(const char *path)
{
	struct tui_reader *reader = mem_alloc(sizeof(*reader));
	int error = 0;

	reader->path = mem_dup(path);
	reader->state = TUI_READER_BUSY;
	pthread_mutex_init(&reader->lock, NULL);
	error = start(reader);
	if (!error)
		return reader;
	destroy(reader);
	errno = error;
	return NULL;
}

size_t tui_reader_take(struct tui_reader *reader,
		       struct tui_reader_entry **list, size_t most)
{
	size_t taken;

	pthread_mutex_lock(&reader->lock);
	taken = reader->count < most ? reader->count : most;
	reader->count -= taken;
	for (size_t i = 0; i < taken; i++)
		list[i] = reader->found[reader->count + i];
	pthread_mutex_unlock(&reader->lock);
	return taken;
}

enum tui_reader_state tui_reader_state(struct tui_reader *reader, int *error)
{
	enum tui_reader_state state;

	pthread_mutex_lock(&reader->lock);
	state = reader->count ? TUI_READER_BUSY : reader->state;
	*error = reader->error;
	pthread_mutex_unlock(&reader->lock);
	return state;
}

void tui_reader_free(struct tui_reader *reader)
{
	bool ended = false;

	if (!reader)
		return;
	pthread_mutex_lock(&reader->lock);
	reader->left = true;
	ended = reader->ended;
	pthread_mutex_unlock(&reader->lock);
	if (ended)
		destroy(reader);
}
