/* SPDX-License-Identifier: MIT */
/*
 * Every key of a screen is in its help, and every key in its help is one: the
 * screens' handlers are asked key by key, over a record with something of all.
 * Text fields and lists of choices have keys of their own and are not asked.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/test.h"
#include "tui/config.h"
#include "tui/wizard/wizard_private.h"

#define OWN_MOST 48 /* keys of one screen */
#define ID	 "5eed0000-0000-4000-8000-000000000001"

static const struct asked {
	const char *name;
	const struct tui_screen *screen;
	bool letters;	  /* characters are keys there, and not typed */
	int first[2];	  /* keys pressed before: another state of the screen */
	const char *slot; /* the paper it is about; NULL: it is about more */
} screens[] = {
	{ "customers", &tui_screen_customers, false, { 0 }, NULL },
	{ "inbox", &tui_screen_inbox, false, { 0 }, NULL },
	{ "kinds of a new customer", &tui_screen_create, true, { 0 }, NULL },
	{ "new customer", &tui_screen_create, false, { TUI_KEY_ENTER }, NULL },
	{ "documents", &tui_screen_documents, true, { 0 }, NULL },
	{ "document", &tui_screen_document, false, { 0 }, "ID_CARD" },
	{ "picker", &tui_screen_document, false, { TUI_CTRL('F') }, "ID_CARD" },
	{ "folder", &tui_screen_folder, false, { 0 }, NULL },
	{ "picker of a folder",
	  &tui_screen_folder,
	  false,
	  { TUI_CTRL('F') },
	  NULL },
	{ "files of a folder",
	  &tui_screen_folder,
	  true,
	  { TUI_KEY_PASTE },
	  NULL },
	{ "information", &tui_screen_information, false, { 0 }, NULL },
	{ "review", &tui_screen_review, true, { 0 }, NULL },
	{ "status", &tui_screen_status, true, { 0 }, NULL },
	{ "papers", &tui_screen_papers, true, { 0 }, "PROOF_OF_ADDRESS" },
	{ "profiles", &tui_screen_profiles, true, { 0 }, NULL },
};

static const struct named {
	int key;
	const char *name;
} names[] = {
	{ TUI_KEY_ENTER, "Enter" },
	{ TUI_KEY_TAB, "Tab" },
	{ TUI_KEY_BACKTAB, "Shift-Tab" },
	{ TUI_KEY_ESC, "Esc" },
	{ TUI_KEY_DELETE, "Delete" },
	{ TUI_KEY_BACKSPACE, "Backspace" },
	{ TUI_KEY_UP, "↑" },
	{ TUI_KEY_DOWN, "↓" },
	{ TUI_KEY_LEFT, "←" },
	{ TUI_KEY_RIGHT, "→" },
	{ TUI_KEY_HOME, "Home" },
	{ TUI_KEY_END, "End" },
	{ TUI_KEY_PAGE_UP, "PgUp" },
	{ TUI_KEY_PAGE_DOWN, "PgDn" },
	{ TUI_KEY_HELP, "F1" },
	{ TUI_KEY_F2, "F2" },
	{ TUI_KEY_F3, "F3" },
	{ TUI_KEY_F5, "F5" },
	{ TUI_KEY_F7, "F7" },
	{ TUI_KEY_F8, "F8" },
};

#define NAMES (sizeof(names) / sizeof(*names))

struct desk {
	char *dir;
	struct tui_profile profile;
	struct tui_config config;
	struct tui_app app;
	struct tui_wizard_private private;
	struct tui_wizard wizard;
};

static void require(struct prov_customer *to, const char *code,
		    enum prov_req_status status)
{
	struct prov_requirement *req = prov_customer_require(to);

	req->kind = PROV_REQ_DOCUMENT;
	req->code = mem_dup(code);
	req->type = doc_type_find(prov_lumx.doctypes, code);
	req->status = status;
}

static int put_customer(struct desk *desk, struct err *err)
{
	struct prov_customer maria = { 0 };
	struct prov_requirement *req = NULL;
	int ret;

	maria.id = mem_dup(ID);
	maria.name = mem_dup("Maria Souza");
	maria.kind = PROV_BUSINESS;
	maria.stage = PROV_STAGE_ACTION_NEEDED;
	require(&maria, "PROOF_OF_ADDRESS", PROV_REQ_REJECTED);
	require(&maria, "INCORPORATION_ARTICLES", PROV_REQ_MISSING);
	req = prov_customer_require(&maria);
	req->kind = PROV_REQ_INFORMATION;
	req->code = mem_dup("INFORMATION");
	req->form = prov_form_find(&prov_lumx, "lumx.business");
	ret = case_customer_put(desk->app.store, &desk->profile.access, &maria,
				err);
	prov_customer_release(&maria);
	return ret;
}

static void open_desk(struct desk *desk)
{
	struct err err = { 0 };

	*desk = (struct desk){ .dir = mem_dup("/tmp/kyc-keys-XXXXXX") };
	assert_non_null(mkdtemp(desk->dir));
	desk->profile.access = (struct prov_profile){
		.provider = &prov_lumx,
		.parallel = 1,
	};
	desk->profile.access.name = mem_dup("practice");
	desk->profile.access.endpoint = mem_dup("http://127.0.0.1:1");
	desk->profile.access.secret = mem_dup("key");
	desk->config.profiles = &desk->profile;
	desk->config.profile_count = 1;
	desk->app.config = &desk->config;
	desk->app.profile_count = 1;
	desk->app.profile = &desk->profile.access;
	desk->app.xfer = xfer_new(1);
	desk->app.looker = doc_looker_new("/bin/false");
	assert_int_equal(
		case_store_open(&desk->app.store, desk->dir, "ana", &err), 0);
	assert_int_equal(outbox_new(&desk->app.outbox, desk->app.store,
				    desk->app.xfer, &desk->profile.access, NULL,
				    NULL, &err),
			 0);
	assert_int_equal(put_customer(desk, &err), 0);
	desk->private.area = (struct tui_area){ 3, 0, 18, 80 };
	desk->wizard.app = &desk->app;
	desk->wizard.private = &desk->private;
	tui_wizard_open(&desk->wizard, ID);
}

static void close_desk(struct desk *desk)
{
	tui_listing_stop(&desk->wizard);
	tui_wizard_forget_question(&desk->wizard);
	tui_wizard_close(&desk->wizard);
	free(desk->private.message);
	outbox_free(desk->app.outbox);
	doc_looker_free(desk->app.looker);
	xfer_free(desk->app.xfer);
	case_store_close(desk->app.store);
	free(desk->profile.access.name);
	free(desk->profile.access.endpoint);
	free(desk->profile.access.secret);
	test_remove_tree(desk->dir);
	free(desk->dir);
}

/* Bring the screen, entered anew, into the state that is asked about. */
static void prepare(struct desk *desk, const struct asked *row, void *state)
{
	struct tui_input in = { .paste = desk->dir,
				.paste_len = strlen(desk->dir) };

	for (size_t i = 0; i < 2 && row->first[i]; i++) {
		in.key = row->first[i];
		row->screen->key(&desk->wizard, state, &in);
		/* What was dropped is read by a thread. */
		for (int n = 0; n < 5000 && in.key == TUI_KEY_PASTE &&
				row->screen->tick_in(&desk->wizard, state) >= 0;
		     n++) {
			poll(NULL, 0, 1);
			row->screen->tick(&desk->wizard, state, 0);
		}
		row->screen->layout(&desk->wizard, state, &desk->private.area);
	}
}

/* The screen may have made them for the state that it is in. */
static void copy_bindings(const struct tui_binding *from,
			  struct tui_binding to[OWN_MOST])
{
	size_t count = 0;

	for (; from && from->key && count + 1 < OWN_MOST; from++)
		to[count++] = *from;
	to[count] = (struct tui_binding){ 0 };
}

/* Has the screen a use for KEY? BINDINGS: its own then. */
static bool works(struct desk *desk, const struct asked *row, int key,
		  struct tui_binding bindings[OWN_MOST])
{
	struct tui_input in = { .key = key, .paste = "x", .paste_len = 1 };
	const struct tui_screen *screen = row->screen;
	struct tui_wizard *wizard = &desk->wizard;
	void *state = NULL;
	unsigned flags;

	wizard->slot.type =
		row->slot ? doc_type_find(prov_lumx.doctypes, row->slot) : NULL;
	state = screen->enter(wizard);
	desk->private.stack[0] = (struct tui_frame){ screen, state };
	desk->private.depth = 1;
	screen->layout(wizard, state, &desk->private.area);
	prepare(desk, row, state);
	copy_bindings(screen->bindings_now ? screen->bindings_now(state)
					   : screen->bindings,
		      bindings);
	flags = screen->key(wizard, state, &in);
	tui_overlay_close(&desk->private.overlay);
	screen->leave(wizard, state);
	desk->private.depth = 0;
	desk->private.going = NULL;
	return flags != TUI_IGNORED;
}

static const struct tui_binding *find(const struct tui_binding *bindings,
				      int key)
{
	for (; bindings && bindings->key; bindings++)
		if (bindings->key == key)
			return bindings;
	return NULL;
}

static void name_of(int key, char *out, size_t size)
{
	snprintf(out, size, "%s", "");
	for (size_t i = 0; i < NAMES; i++)
		if (names[i].key == key)
			snprintf(out, size, "%s", names[i].name);
	if (!*out && key > 0 && key < ' ')
		snprintf(out, size, "Ctrl-%c", key + '@');
	else if (!*out && key < 127)
		snprintf(out, size, "%s",
			 key == ' ' ? "Space" : (char[]){ (char)key, '\0' });
}

/* Does the row, or for an alias the one before it, speak of KEY? */
static bool is_spoken_of(const struct tui_binding *bindings,
			 const struct tui_binding *row)
{
	char name[16];

	name_of(row->key, name, sizeof(name));
	while (row > bindings && !row->name)
		row--;
	return strstr(row->name, name) ||
	       (row->help && strstr(row->help, name));
}

/* What is typed into a text field is no key of the screen. */
static bool is_typed(int key)
{
	const struct tui_input in = { .key = key,
				      .paste = "x",
				      .paste_len = 1 };
	struct tui_edit edit = { .max = 8 };
	bool changed = false;
	bool typed = tui_edit_key(&edit, &in, &changed);

	tui_edit_release(&edit);
	return typed;
}

static void check_key(struct desk *desk, const struct asked *row, int key)
{
	struct tui_binding own[OWN_MOST];
	const struct tui_binding *found = NULL;
	const struct tui_binding *common = find(tui_common_bindings, key);
	bool used;
	char name[16];

	if (!row->letters && is_typed(key))
		return;
	name_of(key, name, sizeof(name));
	used = works(desk, row, key, own);
	found = find(own, key);
	if (used && !found && !common)
		fail_msg("%s works and is not in the help", name);
	if (found && !used && !common)
		fail_msg("%s is in the help and does nothing", name);
	if (found && !is_spoken_of(own, found))
		fail_msg("no row of the help names %s", name);
}

static void test_keys(void **state)
{
	struct desk desk;

	open_desk(&desk);
	for (int key = 1; key < 127; key++)
		check_key(&desk, *state, key);
	for (size_t i = 0; i < NAMES; i++)
		check_key(&desk, *state, names[i].key);
	close_desk(&desk);
}

/* The keys of all screens are spoken of as well. */
static void test_keys_everywhere(void **state)
{
	(void)state;
	for (const struct tui_binding *row = tui_common_bindings; row->key;
	     row++)
		if (!is_spoken_of(tui_common_bindings, row) &&
		    row->key != TUI_KEY_F9)
			fail_msg("no row of the help names key %d", row->key);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_keys, screens);
	test_add(&tests, "test_keys_everywhere", test_keys_everywhere);
	return test_run(&tests, "tui/keys");
}
