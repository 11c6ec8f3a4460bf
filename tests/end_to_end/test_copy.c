/* SPDX-License-Identifier: MIT */
/* What goes to the terminal's clipboard: the customer's words, the receipt. */
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/end_to_end/hands.h"
#include "tests/test.h"

static struct practice practice;

static struct pty *open_status(const char *typed, const char *name)
{
	struct pty *pty = hands_open_with(&practice, NULL);

	hands_choose(pty, typed, name);
	pty_send(pty, "5");
	pty_expect(pty, "[5 Status");
	return pty;
}

/* What the program last asked the terminal to keep; free() it. */
static char *copied(struct pty *pty)
{
	static const char begin[] = "\033]52;c;";
	size_t len = 0;
	const char *bytes = pty_bytes(pty, &len);
	const char *at = NULL;
	unsigned char *text = NULL;
	size_t coded = 0;

	for (const char *next = strstr(bytes, begin); next;
	     next = strstr(at, begin))
		at = next + strlen(begin);
	assert_non_null(at);
	coded = strcspn(at, "\033");
	text = mem_alloc(coded + 1);
	assert_true(EVP_DecodeBlock(text, (const unsigned char *)at,
				    (int)coded) > 0);
	return (char *)text;
}

/* Neutral, whole, and nothing of what is for staff. */
static void test_copy_for_the_customer(void **state)
{
	struct pty *pty = open_status("pedro", "Pedro Simões");
	char *text = NULL;

	(void)state;
	pty_expect(pty, "The photo cannot be read");
	pty_send(pty, "y");
	pty_expect(pty, "For the customer");
	pty_expect(pty, "We could not read your document: Passport");
	text = copied(pty);
	assert_non_null(strstr(text, "Please send us a new picture"));
	assert_null(strstr(text, "DOCUMENT_QUALITY"));
	assert_null(strstr(text, "Enter"));
	free(text);
	hands_leave(pty);
}

static void test_copy_the_receipt(void **state)
{
	struct pty *pty = open_status("pedro", "Pedro Simões");
	char *text = NULL;

	(void)state;
	pty_expect(pty, "The photo cannot be read");
	pty_send(pty, "Y");
	pty_expect(pty, "Receipt");
	text = copied(pty);
	assert_non_null(strstr(text, "DOCUMENT_QUALITY"));
	free(text);
	hands_leave(pty);
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed;

	test_add(&tests, "for the customer", test_copy_for_the_customer);
	test_add(&tests, "the receipt", test_copy_the_receipt);
	practice_start(&practice, "--review-seconds 3600");
	failed = test_run(&tests, "end_to_end/copy");
	practice_stop(&practice);
	return failed;
}
