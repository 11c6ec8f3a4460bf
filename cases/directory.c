/* SPDX-License-Identifier: MIT */
/* The state directory: made with its parents, and closed to everybody else. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cases/store_private.h"
#include "forms/i18n.h"
#include "forms/mem.h"

static int complain(const char *dir, const char *why, struct err *err)
{
	return err_set(err, ERR_STORE,
		       _("cannot keep the record in '%s': %s; choose another "
			 "directory with --state"),
		       dir, why);
}

/* mkdir() takes the umask's bits away, even our own: so chmod after it. */
static int make_one(const char *path)
{
	if (mkdir(path, 0700))
		return errno == EEXIST ? 0 : -1;
	return chmod(path, 0700);
}

static int make_all(const char *dir, struct err *err)
{
	char *path = mem_dup(dir);
	int ret = 0;

	for (char *slash = path + 1; !ret && (slash = strchr(slash, '/'));
	     slash++) {
		*slash = '\0';
		ret = make_one(path);
		*slash = '/';
	}
	if (!ret)
		ret = make_one(path);
	if (ret)
		complain(dir, strerror(errno), err);
	free(path);
	return ret;
}

/* What others may read or write is tightened; what is not ours is refused. */
static int close_to_others(const char *dir, struct err *err)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st;
	int ret = -1;

	if (fd < 0)
		return complain(dir, strerror(errno), err);
	if (fstat(fd, &st))
		complain(dir, strerror(errno), err);
	else if (geteuid() && st.st_uid != geteuid())
		complain(dir, _("it belongs to another user"), err);
	else if ((st.st_mode & 0077) && fchmod(fd, 0700))
		complain(dir,
			 _("others may read it, and that cannot be "
			   "changed"),
			 err);
	else if (access(dir, R_OK | W_OK | X_OK))
		complain(dir, strerror(errno), err);
	else
		ret = 0;
	close(fd);
	return ret;
}

char *state_dir_make(const char *dir, struct err *err)
{
	char *real = NULL;

	if (!*dir) {
		err_set(err, ERR_STORE, _("no state directory is given"));
		return NULL;
	}
	if (make_all(dir, err))
		return NULL;
	real = realpath(dir, NULL);
	if (!real) {
		complain(dir, strerror(errno), err);
		return NULL;
	}
	if (close_to_others(real, err)) {
		free(real);
		return NULL;
	}
	return real;
}
