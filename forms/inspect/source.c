/* SPDX-License-Identifier: MIT */
/*
 * Bytes of a file at offsets of our own: the descriptor is shared with the
 * sender, who may be reading it at the same time.
 */
#include "forms/inspect/inspect.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void inspect_source_init(struct inspect_source *source, int fd, uint64_t size)
{
	source->fd = fd;
	source->size = size;
	source->at = 0;
	source->start = 0;
	source->held = 0;
}

static void source_fill(struct inspect_source *source)
{
	ssize_t got;

	source->start = source->at;
	source->held = 0;
	do
		got = pread(source->fd, source->window, sizeof(source->window),
			    (off_t)source->at);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		source->held = (size_t)got;
}

const unsigned char *inspect_source_view(struct inspect_source *source,
					 size_t *len)
{
	uint64_t into = source->at - source->start;

	*len = 0;
	if (source->at >= source->size)
		return NULL;
	if (source->at < source->start || into >= source->held) {
		source_fill(source);
		into = 0;
	}
	if (!source->held)
		return NULL;
	*len = source->held - (size_t)into;
	/* A file that grows meanwhile is read as it was. */
	if (*len > source->size - source->at)
		*len = (size_t)(source->size - source->at);
	return source->window + into;
}

bool inspect_source_skip(struct inspect_source *source, uint64_t len)
{
	if (len > source->size - source->at) {
		source->at = source->size;
		return false;
	}
	source->at += len;
	return true;
}

bool inspect_source_read(struct inspect_source *source, void *out, size_t len)
{
	unsigned char *to = out;
	const unsigned char *from;
	size_t part;

	while (len) {
		from = inspect_source_view(source, &part);
		if (!from)
			return false;
		if (part > len)
			part = len;
		memcpy(to, from, part);
		source->at += part;
		to += part;
		len -= part;
	}
	return true;
}
