/* SPDX-License-Identifier: MIT */
/* Hashing beside the loop. */
#include "providers/hashing.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "forms/look.h"
#include "forms/mem.h"

#define BLOCKS_MOST 8
#define STACK_BYTES (256 << 10)

struct hasher {
	/* The loop's. */
	pthread_t thread;
	bool running, tried;
	size_t made; /* blocks */

	pthread_mutex_t lock; /* for all below, and what streams hold */
	pthread_cond_t wake, ended;
	bool idle; /* the thread waits to be woken */
	bool quit;
	struct hash_block *spare;
	struct hash_stream *first, *last; /* that wait */
};

static void list(struct hasher *hasher, struct hash_stream *stream)
{
	stream->listed = true;
	stream->next = NULL;
	if (hasher->last)
		hasher->last->next = stream;
	else
		hasher->first = stream;
	hasher->last = stream;
}

static void unlist(struct hasher *hasher, struct hash_stream *stream)
{
	struct hash_stream *before = NULL;

	if (!stream->listed)
		return;
	for (struct hash_stream *at = hasher->first; at != stream;
	     at = at->next)
		before = at;
	*(before ? &before->next : &hasher->first) = stream->next;
	if (hasher->last == stream)
		hasher->last = before;
	stream->listed = false;
}

static void put_spare(struct hasher *hasher, struct hash_block *block)
{
	block->next = hasher->spare;
	hasher->spare = block;
}

/* With the lock held; it is given up meanwhile. STREAM has a block, and nobody
 * else is at it. */
static void hash_one(struct hasher *hasher, struct hash_stream *stream)
{
	struct hash_block *block = stream->first;

	unlist(hasher, stream);
	stream->first = block->next;
	if (!stream->first)
		stream->last = NULL;
	stream->busy = true;
	pthread_mutex_unlock(&hasher->lock);
	doc_digest_add(stream->digest, block->data, block->len);
	pthread_mutex_lock(&hasher->lock);
	stream->busy = false;
	put_spare(hasher, block);
	if (stream->first)
		list(hasher, stream);
	pthread_cond_signal(&hasher->ended);
}

static void *work(void *arg)
{
	struct hasher *hasher = arg;

	pthread_mutex_lock(&hasher->lock);
	while (!hasher->quit) {
		if (hasher->first) {
			hash_one(hasher, hasher->first);
			continue;
		}
		hasher->idle = true;
		pthread_cond_wait(&hasher->wake, &hasher->lock);
		hasher->idle = false;
	}
	pthread_mutex_unlock(&hasher->lock);
	return NULL;
}

/* Signals are the loop's. That there is no thread is fine, too. */
static void start_thread(struct hasher *hasher)
{
	pthread_attr_t attributes;
	sigset_t all, before;

	hasher->tried = true;
	if (pthread_attr_init(&attributes))
		return;
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	hasher->running =
		!pthread_create(&hasher->thread, &attributes, work, hasher);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
}

struct hasher *hasher_new(void)
{
	struct hasher *hasher = mem_alloc(sizeof(*hasher));

	pthread_mutex_init(&hasher->lock, NULL);
	pthread_cond_init(&hasher->wake, NULL);
	pthread_cond_init(&hasher->ended, NULL);
	return hasher;
}

void hasher_free(struct hasher *hasher)
{
	if (!hasher)
		return;
	if (hasher->running) {
		pthread_mutex_lock(&hasher->lock);
		hasher->quit = true;
		pthread_cond_signal(&hasher->wake);
		pthread_mutex_unlock(&hasher->lock);
		pthread_join(hasher->thread, NULL);
	}
	while (hasher->spare) {
		struct hash_block *block = hasher->spare;

		hasher->spare = block->next;
		mem_wipe(block, sizeof(*block));
		free(block);
	}
	pthread_cond_destroy(&hasher->ended);
	pthread_cond_destroy(&hasher->wake);
	pthread_mutex_destroy(&hasher->lock);
	free(hasher);
}

struct hash_block *hasher_block(struct hasher *hasher)
{
	struct hash_block *block = NULL;

	if (!hasher->tried)
		start_thread(hasher);
	pthread_mutex_lock(&hasher->lock);
	while (!hasher->spare && hasher->made == BLOCKS_MOST) {
		if (hasher->first)
			hash_one(hasher, hasher->first);
		else
			pthread_cond_wait(&hasher->ended, &hasher->lock);
	}
	block = hasher->spare;
	if (block)
		hasher->spare = block->next;
	pthread_mutex_unlock(&hasher->lock);
	if (!block) {
		block = mem_alloc(sizeof(*block));
		hasher->made++;
	}
	block->next = NULL;
	block->len = 0;
	return block;
}

void hasher_add(struct hasher *hasher, struct hash_stream *stream,
		struct hash_block *block)
{
	if (!stream->digest)
		stream->digest = doc_digest_new();
	pthread_mutex_lock(&hasher->lock);
	if (stream->last)
		stream->last->next = block;
	else
		stream->first = block;
	stream->last = block;
	if (!stream->busy && !stream->listed)
		list(hasher, stream);
	if (hasher->idle)
		pthread_cond_signal(&hasher->wake);
	pthread_mutex_unlock(&hasher->lock);
}

void hasher_give_back(struct hasher *hasher, struct hash_block *block)
{
	pthread_mutex_lock(&hasher->lock);
	put_spare(hasher, block);
	pthread_mutex_unlock(&hasher->lock);
}

void hasher_finish(struct hasher *hasher, struct hash_stream *stream,
		   char hex[65])
{
	pthread_mutex_lock(&hasher->lock);
	while (stream->busy || stream->first) {
		if (stream->busy)
			pthread_cond_wait(&hasher->ended, &hasher->lock);
		else
			hash_one(hasher, stream);
	}
	pthread_mutex_unlock(&hasher->lock);
	if (!stream->digest)
		stream->digest = doc_digest_new();
	doc_digest_hex(stream->digest, hex);
	doc_digest_free(stream->digest);
	*stream = (struct hash_stream){ 0 };
}

void hasher_reset(struct hasher *hasher, struct hash_stream *stream)
{
	if (!stream->digest)
		return;
	pthread_mutex_lock(&hasher->lock);
	while (stream->first) {
		struct hash_block *block = stream->first;

		stream->first = block->next;
		put_spare(hasher, block);
	}
	stream->last = NULL;
	unlist(hasher, stream);
	while (stream->busy)
		pthread_cond_wait(&hasher->ended, &hasher->lock);
	pthread_mutex_unlock(&hasher->lock);
	doc_digest_free(stream->digest);
	*stream = (struct hash_stream){ 0 };
}
