/* SPDX-License-Identifier: MIT */
/* Claims: files under claims/ in the state directory, locked by flock(). */
#include "cases/claim.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cases/store_private.h"
#include "forms/i18n.h"
#include "forms/mem.h"
#include "providers/provider.h"

#define CLAIM_NAME_LEN 36
#define CLAIM_TRIES    8

struct case_claim {
	char name[CLAIM_NAME_LEN + 1];
	char *path;
	int fd;
};

/* Names come back from the record: nothing but our own spelling is a path. */
static bool name_valid(const char *name)
{
	return strlen(name) == CLAIM_NAME_LEN &&
	       strspn(name, "0123456789abcdef-") == CLAIM_NAME_LEN;
}

static char *claim_path(const struct case_store *store, const char *name)
{
	return mem_printf("%s/claims/%s", store->dir, name);
}

/*
 * Somebody cleaning up may catch the file between its making and its lock and
 * remove it: then it has no name any more, and another is made.
 */
static int take(struct case_claim *claim)
{
	struct stat st;

	claim->fd =
		open(claim->path,
		     O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (claim->fd < 0)
		return -1;
	if (!fchmod(claim->fd, 0600) && !flock(claim->fd, LOCK_EX | LOCK_NB) &&
	    !fstat(claim->fd, &st) && st.st_nlink == 1)
		return 0;
	close(claim->fd);
	unlink(claim->path);
	claim->fd = -1;
	return -1;
}

static int make_directory(const struct case_store *store)
{
	char *path = mem_printf("%s/claims", store->dir);
	int ret = mkdir(path, 0700) && errno != EEXIST ? -1 : chmod(path, 0700);

	free(path);
	return ret;
}

const char *case_claim_name(struct case_store *store, struct err *err)
{
	struct case_claim *claim = NULL;
	int ret;

	if (store->claim)
		return store->claim->name;
	ret = make_directory(store);
	claim = mem_alloc(sizeof(*claim));
	claim->fd = -1;
	for (int i = 0; !ret && claim->fd < 0 && i < CLAIM_TRIES; i++) {
		prov_key_new(claim->name);
		free(claim->path);
		claim->path = claim_path(store, claim->name);
		ret = take(claim) && i == CLAIM_TRIES - 1 ? -1 : 0;
	}
	if (ret) {
		err_set(err, ERR_STORE,
			_("cannot keep the record in '%s': %s; choose another "
			  "directory with --state"),
			store->dir, strerror(errno));
		case_claim_free(claim);
		return NULL;
	}
	store->claim = claim;
	return claim->name;
}

void case_claim_free(struct case_claim *claim)
{
	if (!claim)
		return;
	if (claim->fd >= 0) {
		unlink(claim->path);
		close(claim->fd);
	}
	free(claim->path);
	free(claim);
}

/* When it cannot be told, somebody is taken to be alive: waiting is safe. */
bool case_claim_dead(const struct case_store *store, const char *name)
{
	char *path = NULL;
	bool dead = false;
	int fd;

	if (!name_valid(name))
		return true;
	path = claim_path(store, name);
	fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		dead = errno == ENOENT;
	} else {
		dead = !flock(fd, LOCK_EX | LOCK_NB);
		if (dead)
			unlink(path);
		close(fd);
	}
	free(path);
	return dead;
}

void case_claims_clean(const struct case_store *store)
{
	char *path = mem_printf("%s/claims", store->dir);
	DIR *dir = opendir(path);
	struct dirent *entry = NULL;

	while (dir && (entry = readdir(dir)))
		if (name_valid(entry->d_name))
			case_claim_dead(store, entry->d_name);
	if (dir)
		closedir(dir);
	free(path);
}
