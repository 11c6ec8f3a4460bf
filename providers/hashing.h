/* SPDX-License-Identifier: MIT */
/*
 * Hashing what is read beside the loop: one thread, which takes blocks that
 * were filled and hands them back empty. There are few blocks. Who finds none
 * hashes one himself, so the loop waits for no more than the one block that the
 * thread has in hand, and all goes on, only slower, where there is no thread.
 */
#ifndef PROVIDERS_HASHING_H
#define PROVIDERS_HASHING_H

#include <stdbool.h>
#include <stddef.h>

#include "forms/look.h"

#define HASH_BLOCK_BYTES (128 << 10)

struct hasher;

struct hash_block {
	struct hash_block *next;
	size_t len;
	unsigned char data[HASH_BLOCK_BYTES];
};

/* What is hashed in one go, in the order in which it came. All-zero is one that
 * has nothing. */
struct hash_stream {
	struct doc_digest *digest;
	struct hash_block *first, *last; /* filled, and not hashed yet */
	struct hash_stream *next;	 /* that waits, too */
	bool listed;			 /* waits for the thread */
	bool busy;			 /* somebody hashes a block of it */
};

struct hasher *hasher_new(void); /* the thread comes with the first block */
void hasher_free(struct hasher *hasher); /* NULL is fine; no stream is left */

/* A block to be filled; it is given back by the next two. */
struct hash_block *hasher_block(struct hasher *hasher);
void hasher_add(struct hasher *hasher, struct hash_stream *stream,
		struct hash_block *block);
void hasher_give_back(struct hasher *hasher, struct hash_block *block);

/* The digest of all that was added; the stream is empty after. */
void hasher_finish(struct hasher *hasher, struct hash_stream *stream,
		   char hex[65]);
/* As if nothing had been added. */
void hasher_reset(struct hasher *hasher, struct hash_stream *stream);

#endif
