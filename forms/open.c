/* SPDX-License-Identifier: MIT */
/*
 * Opening a file that a person named, once. Everything after works on the
 * descriptor, so that nothing can be put in the file's place in between.
 */
#include "forms/look.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/i18n.h"

/* The end of a long path says more than its beginning. */
static const char *path_end(const char *path)
{
	size_t len = strlen(path);

	if (len <= 256)
		return path;
	path += len - 256;
	while ((*path & 0xc0) == 0x80)
		path++;
	return path;
}

static int refuse(const char *path, int code, struct err *err)
{
	const char *shown = path_end(path);

	switch (code) {
	case ENOENT:
	case ENOTDIR:
		return err_set(err, ERR_INPUT,
			       _("cannot open '%s': there is no such file"),
			       shown);
	case EACCES:
	case EPERM:
		return err_set(err, ERR_INPUT,
			       _("cannot open '%s': you have no permission to "
				 "read it"),
			       shown);
	case ELOOP:
		return err_set(err, ERR_INPUT,
			       _("cannot open '%s': it is a symbolic link; "
				 "give the file it points to"),
			       shown);
	case ENAMETOOLONG:
		return err_set(err, ERR_INPUT,
			       _("cannot open '%s': the name is too long"),
			       shown);
	default:
		return err_set(err, ERR_INPUT, _("cannot open '%s': %s"), shown,
			       strerror(code));
	}
}

/* 0 when MODE is a regular file's. */
static int refuse_mode(const char *path, mode_t mode, struct err *err)
{
	const char *shown = path_end(path);

	switch (mode & S_IFMT) {
	case S_IFREG:
		return 0;
	case S_IFLNK:
		return refuse(path, ELOOP, err);
	case S_IFDIR:
		return err_set(err, ERR_INPUT,
			       _("cannot send '%s': it is a folder, not a "
				 "file"),
			       shown);
	case S_IFIFO:
		return err_set(err, ERR_INPUT,
			       _("cannot send '%s': it is a pipe, not a file"),
			       shown);
	case S_IFSOCK:
		return err_set(err, ERR_INPUT,
			       _("cannot send '%s': it is a socket, not a "
				 "file"),
			       shown);
	default:
		return err_set(err, ERR_INPUT,
			       _("cannot send '%s': it is a device, not a "
				 "file"),
			       shown);
	}
}

static int64_t nanoseconds(struct timespec at)
{
	return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

int doc_file_open(struct doc_file *file, const char *path, struct err *err)
{
	struct stat st;
	int fd = -1;

	/* By name first, because merely opening a device can do something:
	 * rewind a tape, hang up a line. The answer that counts comes from
	 * the descriptor. */
	if (lstat(path, &st))
		return refuse(path, errno, err);
	if (refuse_mode(path, st.st_mode, err))
		return -1;
	/* Not waiting: it may have become a pipe meanwhile. */
	do
		fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC |
					O_NOCTTY);
	while (fd < 0 && errno == EINTR);
	if (fd < 0)
		return refuse(path, errno, err);
	if (fstat(fd, &st)) {
		refuse(path, errno, err);
		goto out;
	}
	if (refuse_mode(path, st.st_mode, err))
		goto out;
	if (fcntl(fd, F_SETFL, 0)) {
		refuse(path, errno, err);
		goto out;
	}
	*file = (struct doc_file){
		.fd = fd,
		.bytes = (uint64_t)st.st_size,
		.device = st.st_dev,
		.inode = st.st_ino,
		.modified_ns = nanoseconds(st.st_mtim),
		.changed_ns = nanoseconds(st.st_ctim),
	};
	return 0;
out:
	close(fd);
	return -1;
}

void doc_file_close(struct doc_file *file)
{
	/* A struct of zeros was never opened: standard input stays open. */
	if (file->fd > 0 || (file->fd == 0 && file->inode))
		close(file->fd);
	*file = (struct doc_file)DOC_FILE_NONE;
}

bool doc_file_unchanged(const struct doc_file *file)
{
	struct stat st;

	return !fstat(file->fd, &st) && (uint64_t)st.st_size == file->bytes &&
	       nanoseconds(st.st_mtim) == file->modified_ns &&
	       nanoseconds(st.st_ctim) == file->changed_ns;
}
