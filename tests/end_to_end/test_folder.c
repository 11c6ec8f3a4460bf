/* SPDX-License-Identifier: MIT */
/* A whole folder of scans for one customer, in the wizard. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/end_to_end/hands.h"
#include "tests/test.h"

#define ENTER  "\r"
#define ESC    "\033"
#define DOWN   "\033OB"
#define PASTE  "\033[200~"
#define PASTED "\033[201~"

static struct practice practice;
static char *scans; /* the folder */

/* A copy of a sample under the name that an operator would give it. */
static void scan(const char *sample, const char *name)
{
	char *from = practice_sample(sample);
	char *to = mem_printf("%s/%s", scans, name);
	FILE *in = fopen(from, "rb");
	FILE *out = fopen(to, "wb");
	char bytes[4096];
	size_t got = 0;

	assert_non_null(in);
	assert_non_null(out);
	while ((got = fread(bytes, 1, sizeof(bytes), in)) > 0)
		assert_int_equal(fwrite(bytes, 1, got, out), got);
	fclose(in);
	assert_int_equal(fclose(out), 0);
	free(from);
	free(to);
}

static void start(void)
{
	char *empty = NULL;

	practice_start(&practice, "--review-seconds 3600");
	scans = mem_printf("%s/scans", practice.dir);
	empty = mem_printf("%s/empty", practice.dir);
	assert_int_equal(mkdir(scans, 0700), 0);
	assert_int_equal(mkdir(empty, 0700), 0);
	free(empty);
	scan("id-card-front.jpg", "RG frente.jpg");
	scan("id-card-back.jpg", "rg_verso.jpg");
	scan("passport.jpg", "passaporte.jpg");
	scan("proof-of-address.pdf", "Comprovante de residência.pdf");
	scan("selfie.jpg", "IMG_2041.jpg");
	scan("id-card-front.jpg", "RG frente copia.jpg");
}

static void stop(void)
{
	practice_stop(&practice);
	free(scans);
}

static struct pty *open_checklist(const char *typed, const char *name)
{
	struct pty *pty = hands_open_with(&practice, NULL);

	hands_choose(pty, typed, name);
	return pty;
}

static void list_scans(struct pty *pty)
{
	pty_send(pty, "a");
	pty_expect(pty, "A whole folder");
	pty_send(pty, scans);
	pty_send(pty, ENTER);
	pty_expect(pty, "6 files");
	/* The last one was looked into. */
	pty_expect_gone(pty, "looking");
}

static void test_folder_proposes_and_takes(void **state)
{
	struct pty *pty = open_checklist("Beatriz", "Beatriz Conceição");

	(void)state;
	list_scans(pty);
	pty_expect_match(pty, "Comprovante.*Proof of address +named");
	pty_expect_match(pty, "RG frente copia.jpg +Identity card front");
	pty_expect_match(pty, "RG frente.jpg .*the same as 'RG");
	pty_expect_match(pty, "rg_verso.jpg +Identity card back");
	pty_expect_match(pty, "passaporte.jpg .*not needed");
	pty_expect_match(pty, "IMG_2041.jpg .*says nothing");
	pty_send(pty, "s");
	pty_expect(pty, "[2 Documents");
	pty_expect_match(pty, "Identity card +front .+ ready +back .+ ready");
	pty_expect_match(pty, "Proof of address +ready");
	pty_expect(pty, "3 ready");
	hands_leave(pty);
}

/* What the operator says stays, and pushes out who was there. */
static void test_folder_obeys(void **state)
{
	struct pty *pty = open_checklist("Camila", "Camila Falcão");

	(void)state;
	list_scans(pty);
	pty_send(pty, DOWN); /* IMG_2041.jpg */
	pty_send(pty, ENTER);
	pty_expect(pty, "Find:");
	pty_send(pty, "selfie");
	pty_expect_gone(pty, "Passport");
	pty_send(pty, ENTER);
	pty_expect_match(pty, "IMG_2041.jpg +Selfie +put there by you");
	pty_send(pty, "\033OA"); /* the proof of address */
	pty_send(pty, "x");
	pty_expect_match(pty, "Comprovante.*left out by you");
	pty_send(pty, ESC);
	pty_expect(pty, "[2 Documents");
	pty_expect_gone(pty, " ready");
	hands_leave(pty);
}

/* It is locked, and its name does not say so. */
static void test_folder_says_what_cannot_go_there(void **state)
{
	struct pty *pty = open_checklist("Camila", "Camila Falcão");
	char *locked = practice_sample("refused-encrypted.pdf");
	char *text = mem_printf(PASTE "'%s' '%s/rg_verso.jpg' '%s/RG "
				      "frente.jpg'" PASTED,
				locked, scans, scans);

	(void)state;
	pty_send(pty, text);
	free(text);
	free(locked);
	pty_expect(pty, "3 files, 2 with a place");
	pty_expect_gone(pty, "looking");
	pty_expect_match(pty, "^▸ ○ refused-encrypted.pdf");
	pty_send(pty, ENTER);
	pty_expect(pty, "Find:");
	pty_send(pty, "bank" ENTER);
	pty_expect_match(pty, "^▸ ✗ refused-encrypted.pdf +Bank statement");
	pty_expect(pty, "'refused-encrypted.pdf' asks for a");
	hands_leave(pty);
}

static void test_folder_takes_dropped_files(void **state)
{
	struct pty *pty = open_checklist("Chlo", "Chloé Dubois");
	char *text = mem_printf(PASTE "'%s/rg_verso.jpg' '%s/RG frente.jpg' "
				      "'%s/passaporte.jpg'" PASTED,
				scans, scans, scans);

	(void)state;
	pty_send(pty, text);
	free(text);
	pty_expect(pty, "3 files, 2 with a place");
	hands_leave(pty);
}

static void test_folder_says_what_it_cannot_read(void **state)
{
	struct pty *pty = open_checklist("Emily", "Emily O'Connor");

	(void)state;
	pty_send(pty, "a");
	pty_expect(pty, "A whole folder");
	pty_send(pty, "/nonexistent/scans" ENTER);
	pty_expect(pty, "cannot read the folder '/nonexistent/scans'");
	pty_expect(pty, "/nonexistent/scans");
	pty_send(pty, "\025");
	pty_send(pty, practice.dir);
	pty_send(pty, "/empty" ENTER);
	pty_expect(pty, "there is no file in");
	pty_send(pty, ESC);
	pty_expect(pty, "[2 Documents");
	hands_leave(pty);
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed;

	test_add(&tests, "proposes and takes", test_folder_proposes_and_takes);
	test_add(&tests, "obeys", test_folder_obeys);
	test_add(&tests, "what cannot go there",
		 test_folder_says_what_cannot_go_there);
	test_add(&tests, "dropped files", test_folder_takes_dropped_files);
	test_add(&tests, "cannot read", test_folder_says_what_it_cannot_read);
	start();
	failed = test_run(&tests, "end_to_end/folder");
	stop();
	return failed;
}
