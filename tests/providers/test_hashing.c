/* SPDX-License-Identifier: MIT */
/* Hashing beside the loop: the same digests, in whatever order it is done. */
#include "providers/hashing.h"

#include <string.h>

#include "tests/test.h"

#define STREAMS 5
#define BLOCKS	40 /* of each: more than there are blocks */

static void add(struct hasher *hasher, struct hash_stream *stream,
		struct doc_digest *same, unsigned char seed)
{
	struct hash_block *block = hasher_block(hasher);

	block->len = 1 + (size_t)seed * 500;
	memset(block->data, seed, block->len);
	if (same)
		doc_digest_add(same, block->data, block->len);
	hasher_add(hasher, stream, block);
}

static void check(struct hasher *hasher, struct hash_stream *stream,
		  struct doc_digest *same)
{
	char expected[65] = "";
	char hex[65] = "";

	hasher_finish(hasher, stream, hex);
	doc_digest_hex(same, expected);
	doc_digest_free(same);
	assert_string_equal(hex, expected);
	assert_int_equal(strlen(hex), 64);
}

static void test_hasher_keeps_streams_apart(void **state)
{
	struct hasher *hasher = hasher_new();
	struct hash_stream streams[STREAMS] = { { 0 } };
	struct doc_digest *same[STREAMS];

	(void)state;
	for (int i = 0; i < STREAMS; i++)
		same[i] = doc_digest_new();
	for (int k = 0; k < BLOCKS; k++)
		for (int i = 0; i < STREAMS; i++)
			add(hasher, &streams[i], same[i],
			    (unsigned char)(k * STREAMS + i));
	for (int i = STREAMS; i-- > 0;)
		check(hasher, &streams[i], same[i]);
	hasher_free(hasher);
}

static void test_hasher_forgets_what_is_reset(void **state)
{
	struct hasher *hasher = hasher_new();
	struct hash_stream stream = { 0 };

	(void)state;
	for (int lap = 0; lap < BLOCKS; lap++) {
		struct doc_digest *same = doc_digest_new();

		for (int k = 0; k < lap % 7; k++)
			add(hasher, &stream, NULL, 200);
		hasher_reset(hasher, &stream);
		add(hasher, &stream, same, 7);
		check(hasher, &stream, same);
	}
	/* Of nothing, and with a block that was not used. */
	hasher_give_back(hasher, hasher_block(hasher));
	check(hasher, &stream, doc_digest_new());
	hasher_free(hasher);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hasher_keeps_streams_apart),
		cmocka_unit_test(test_hasher_forgets_what_is_reset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
