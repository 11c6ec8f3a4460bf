/* SPDX-License-Identifier: MIT */
/*
 * Tables and their migrations. A step that was released is never edited: a
 * change is a new step at the end. The file's user_version is the number of
 * steps it has seen.
 *
 * Words kept here (states, sides, stages, form and document codes) are the
 * ones other rooms promise never to rename; numbers kept here are facts of a
 * file, not the order of an enum, except rank, which is what rows sort by.
 */
#include "cases/store_private.h"
#include "forms/i18n.h"

/*
 * customers.number carries the profile's number above its 40 low bits, so
 * that the text index, which knows only row numbers, can be asked for one
 * profile. customers.text marks each word's beginning with "^^": a word of
 * one or two letters is found by its marks, as trigrams need three. The index
 * is kept by customers.c: triggers could reach it only in a trusted schema.
 */
static const char step_customers[] =
	"CREATE TABLE profiles ("
	" number INTEGER PRIMARY KEY,"
	" name TEXT NOT NULL UNIQUE,"
	" customers INTEGER NOT NULL DEFAULT 0) STRICT;"

	"CREATE TABLE customers ("
	" number INTEGER PRIMARY KEY,"
	" profile INTEGER NOT NULL REFERENCES profiles,"
	" id TEXT NOT NULL,"
	" name TEXT NOT NULL DEFAULT '',"
	" folded TEXT NOT NULL DEFAULT '',"
	" text TEXT NOT NULL DEFAULT '',"
	" tax_id TEXT,"
	" email TEXT,"
	" kind TEXT NOT NULL DEFAULT 'individual',"
	" country TEXT NOT NULL DEFAULT '',"
	" stage TEXT NOT NULL DEFAULT '',"
	" stage_word TEXT,"
	" stage_mark TEXT NOT NULL DEFAULT '',"
	" stage_since_ms INTEGER NOT NULL DEFAULT 0,"
	" seen_ms INTEGER NOT NULL DEFAULT 0,"
	" read_ms INTEGER NOT NULL DEFAULT 0,"
	" snapshot TEXT,"
	" missing INTEGER NOT NULL DEFAULT -1,"
	" rejected INTEGER NOT NULL DEFAULT 0,"
	" unsent INTEGER NOT NULL DEFAULT 0,"
	" touched_ms INTEGER NOT NULL DEFAULT 0,"
	" urgent INTEGER GENERATED ALWAYS AS (unsent > 0 OR rejected > 0)"
	"  STORED,"
	" UNIQUE (profile, id)) STRICT;"
	"CREATE INDEX customers_order ON customers"
	" (profile, urgent DESC, touched_ms DESC, folded, number);"

	"CREATE TRIGGER customers_counted AFTER INSERT ON customers BEGIN"
	" UPDATE profiles SET customers = customers + 1"
	"  WHERE number = new.profile; END;"

	"CREATE VIRTUAL TABLE customer_text USING fts5 (text,"
	" content = 'customers', content_rowid = 'number', columnsize = 0,"
	" tokenize = 'trigram case_sensitive 1');";

static const char step_cases[] =
	"CREATE TABLE cases ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" customer INTEGER NOT NULL UNIQUE REFERENCES customers,"
	" opened_ms INTEGER NOT NULL) STRICT;"

	"CREATE TABLE answers ("
	" case_id INTEGER NOT NULL REFERENCES cases,"
	" form TEXT NOT NULL,"
	" key TEXT NOT NULL,"
	" value TEXT NOT NULL,"
	" set_ms INTEGER NOT NULL,"
	" PRIMARY KEY (case_id, form, key)) STRICT, WITHOUT ROWID;"

	"CREATE TABLE documents ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" case_id INTEGER NOT NULL REFERENCES cases,"
	" type TEXT NOT NULL,"
	" side TEXT NOT NULL,"
	" party TEXT NOT NULL," /* '': the customer itself */
	" country TEXT NOT NULL,"
	" path TEXT,"
	" checked INTEGER NOT NULL,"
	" kind INTEGER NOT NULL,"
	" mime TEXT NOT NULL,"
	" bytes INTEGER NOT NULL,"
	" sha256 TEXT NOT NULL,"
	" width INTEGER NOT NULL,"
	" height INTEGER NOT NULL,"
	" pages INTEGER NOT NULL,"
	" encrypted INTEGER NOT NULL,"
	" damaged INTEGER NOT NULL,"
	" findings TEXT NOT NULL,"
	" fields TEXT,"
	" chosen_ms INTEGER NOT NULL,"
	" UNIQUE (case_id, type, side, party)) STRICT;";

/* A submission repeats what it was made from: it is evidence, and must read
 * the same when customer, draft and configuration have moved on. */
static const char step_submissions[] =
	"CREATE TABLE submissions ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" case_id INTEGER NOT NULL REFERENCES cases,"
	" profile TEXT NOT NULL,"
	" endpoint TEXT NOT NULL,"
	" customer TEXT NOT NULL,"
	" holder TEXT NOT NULL,"   /* individual or business */
	" standing TEXT NOT NULL," /* at the provider, when it was queued */
	" rank INTEGER NOT NULL,"
	" type TEXT NOT NULL,"
	" side TEXT NOT NULL,"
	" party TEXT NOT NULL,"
	" country TEXT NOT NULL,"
	" path TEXT,"
	" kind INTEGER NOT NULL,"
	" bytes INTEGER NOT NULL,"
	" sha256 TEXT NOT NULL,"
	" schema TEXT,"
	" answers TEXT,"
	" key TEXT NOT NULL UNIQUE,"
	" key_made_ms INTEGER NOT NULL,"
	" body_sha256 TEXT NOT NULL DEFAULT '',"
	" state TEXT NOT NULL,"
	" held INTEGER NOT NULL DEFAULT 0,"
	" sent_before INTEGER NOT NULL DEFAULT 0,"
	" attempts INTEGER NOT NULL DEFAULT 0,"
	" tries INTEGER NOT NULL DEFAULT 0," /* since it was last woken */
	" next_ms INTEGER NOT NULL DEFAULT 0,"
	" claim TEXT NOT NULL DEFAULT '',"
	" provider_id TEXT,"
	" code TEXT,"
	" message TEXT,"
	" problems TEXT NOT NULL DEFAULT '[]',"
	" queued_ms INTEGER NOT NULL,"
	" settled_ms INTEGER NOT NULL DEFAULT 0) STRICT;"
	"CREATE INDEX submissions_of_case ON submissions (case_id, id);"
	"CREATE INDEX submissions_unsettled ON submissions (profile, id)"
	" WHERE settled_ms = 0;"
	"CREATE INDEX submissions_content ON submissions (sha256)"
	" WHERE sha256 <> '';"
	/* Whoever queues: one unsettled of a kind, for two processes too. */
	"CREATE UNIQUE INDEX submissions_slot ON submissions"
	" (case_id, rank, type, side, party) WHERE settled_ms = 0;"

	"CREATE TABLE attempts ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" submission INTEGER NOT NULL REFERENCES submissions,"
	" number INTEGER NOT NULL,"
	" key TEXT NOT NULL,"
	" body_sha256 TEXT NOT NULL,"
	" started_ms INTEGER NOT NULL,"
	" ended_ms INTEGER NOT NULL DEFAULT 0,"
	" ended TEXT NOT NULL DEFAULT '',"
	" status INTEGER NOT NULL DEFAULT 0,"
	" outcome TEXT NOT NULL DEFAULT '',"
	" code TEXT,"
	" message TEXT,"
	" log_id TEXT,"
	" sent INTEGER NOT NULL DEFAULT 0,"
	" UNIQUE (submission, number)) STRICT;";

/* hash covers previous_hash and every other column: see event.c. */
static const char step_events[] =
	"CREATE TABLE events ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" when_ms INTEGER NOT NULL,"
	" who TEXT NOT NULL,"
	" what TEXT NOT NULL,"
	" case_id INTEGER NOT NULL,"
	" submission INTEGER NOT NULL,"
	" detail TEXT NOT NULL,"
	" previous_hash TEXT NOT NULL,"
	" hash TEXT NOT NULL) STRICT;"
	"CREATE INDEX events_of_case ON events (case_id, id);"
	"CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN"
	" SELECT RAISE(ABORT, 'the audit trail cannot be changed'); END;"
	"CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN"
	" SELECT RAISE(ABORT, 'the audit trail cannot be changed'); END;";

/*
 * Ranks get room between them. A form is told apart by its schema, which
 * stands where a document has its type. papers: what the provider had, id and
 * version, before the first attempt; NULL while none was made or nobody knew.
 */
static const char step_bundles[] =
	"ALTER TABLE submissions ADD COLUMN target TEXT;"
	"ALTER TABLE submissions ADD COLUMN bundle TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE submissions ADD COLUMN leader INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE submissions ADD COLUMN papers TEXT;"
	"UPDATE submissions SET rank = CASE rank WHEN 1 THEN 20 WHEN 2 THEN 30"
	" ELSE 0 END;"
	"UPDATE submissions SET type = schema WHERE rank = 0"
	" AND schema IS NOT NULL;"
	"CREATE INDEX submissions_led ON submissions (leader)"
	" WHERE leader <> 0;";

/*
 * rejections: see rejections.c. returns: the form whose draft a submission was;
 * its answers go back there when it is refused or cancelled, unless somebody
 * has begun another one (then that waits: see submit.c), and several such may
 * be under way at once. Whoever settles it: so it is done here.
 */
static const char step_returns[] =
	"ALTER TABLE customers ADD COLUMN rejections TEXT NOT NULL"
	" DEFAULT '{}';"
	"ALTER TABLE submissions ADD COLUMN returns TEXT;"
	"DROP INDEX submissions_slot;"
	"CREATE UNIQUE INDEX submissions_slot ON submissions"
	" (case_id, rank, type, side, party)"
	" WHERE settled_ms = 0 AND returns IS NULL;"
	"CREATE TRIGGER submissions_return AFTER UPDATE OF state ON submissions"
	" WHEN new.returns IS NOT NULL AND (new.state = 'refused'"
	"  OR new.state = 'cancelled' AND new.code IS NOT 'superseded')"
	" AND NOT EXISTS (SELECT 1 FROM answers"
	"  WHERE case_id = new.case_id AND form = new.returns) BEGIN"
	" INSERT INTO answers (case_id, form, key, value, set_ms)"
	"  SELECT new.case_id, new.returns, key, value, new.settled_ms"
	"  FROM json_each(new.answers);"
	" UPDATE submissions SET returns = NULL WHERE id = new.id; END;";

/* rejected_ms: since when what is rejected is known to be, the earliest of it;
 * 0: only a list told of it. The index is the order of the inbox. */
static const char step_notes[] =
	"ALTER TABLE customers ADD COLUMN rejected_ms INTEGER NOT NULL"
	" DEFAULT 0;"
	"UPDATE customers SET rejected_ms = coalesce("
	" (SELECT min(json_extract(value, '$.seen_ms'))"
	"  FROM json_each(rejections)), 0);"
	"CREATE INDEX customers_rejected ON customers"
	" (rejected_ms = 0, coalesce(nullif(rejected_ms, 0), stage_since_ms),"
	" folded, number)"
	" WHERE rejected > 0;"

	"CREATE TABLE notes ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" case_id INTEGER NOT NULL REFERENCES cases,"
	" when_ms INTEGER NOT NULL,"
	" who TEXT NOT NULL,"
	" text TEXT NOT NULL) STRICT;"
	"CREATE INDEX notes_of_case ON notes (case_id, id);";

/*
 * changes: see changes.c. before: the rows of the place as JSON; after: the
 * same of an undone step, as they were then. When a form's answers come back
 * (see above), what was changed of the next one cannot be undone over them.
 */
static const char step_changes[] =
	"CREATE TABLE changes ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" case_id INTEGER NOT NULL REFERENCES cases,"
	" form TEXT NOT NULL," /* '': a slot */
	" key TEXT NOT NULL,"  /* of an answer, '': all; a slot's type */
	" side TEXT NOT NULL,"
	" party TEXT NOT NULL,"
	" before TEXT NOT NULL,"
	" after TEXT) STRICT;"
	"CREATE INDEX changes_of_case ON changes (case_id, id);"
	"CREATE TRIGGER changes_returned AFTER UPDATE OF returns ON submissions"
	" WHEN old.returns IS NOT NULL AND new.returns IS NULL BEGIN"
	" DELETE FROM changes WHERE case_id = new.case_id"
	"  AND form = old.returns; END;";

/*
 * For the search, when so many match that not all are looked at: work that
 * waits and who was worked on, with the text that is searched, so that no row
 * is read for it; and names by the alphabet.
 */
static const char step_finding[] =
	"CREATE INDEX customers_urgent ON customers"
	" (profile, touched_ms DESC, folded, number, text) WHERE urgent = 1;"
	"CREATE INDEX customers_recent ON customers"
	" (profile, touched_ms DESC, folded, number, text)"
	" WHERE touched_ms > 0;"
	"CREATE INDEX customers_named ON customers (profile, folded, number);";

/* When the provider's list of customers was last noted whole. */
static const char step_listed[] =
	"ALTER TABLE profiles ADD COLUMN listed_ms INTEGER NOT NULL DEFAULT 0;";

/* A case may have a thousand papers: what is unsent of it is counted at each
 * change, paper by paper. And forms, among very many papers. */
static const char step_counting[] =
	"CREATE INDEX submissions_sent ON submissions"
	" (case_id, type, side, party, queued_ms) WHERE state <> 'cancelled';"
	"CREATE INDEX submissions_waiting ON submissions (case_id)"
	" WHERE settled_ms = 0;"
	"CREATE INDEX submissions_filled_in ON submissions"
	" (profile, schema, customer, id) WHERE schema IS NOT NULL;";

/* tax_id: whom a submission makes; NULL where it makes nobody. Who is asked for
 * again is found by it. */
static const char step_making[] =
	"ALTER TABLE submissions ADD COLUMN tax_id TEXT;"
	"UPDATE submissions SET tax_id = (SELECT c.tax_id FROM cases k"
	" JOIN customers c ON c.number = k.customer WHERE k.id = case_id)"
	" WHERE rank = -10;"
	"CREATE INDEX submissions_making ON submissions (profile, tax_id)"
	" WHERE tax_id IS NOT NULL;";

static const char *const steps[] = {
	step_customers, step_cases,   step_submissions, step_events,
	step_bundles,	step_returns, step_notes,	step_changes,
	step_finding,	step_listed,  step_counting,	step_making,
};

int schema_newest(void)
{
	return sizeof(steps) / sizeof(*steps);
}

static int run(struct case_store *store, const char *sql, struct err *err)
{
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL)
		       ? db_error(store, err)
		       : 0;
}

/* One step and its number in one transaction. The number is read inside it:
 * another process may have taken the same step a moment ago. */
static int take_step(struct case_store *store, int64_t *version,
		     struct err *err)
{
	char sql[64];
	int ret = -1;

	if (case_store_begin(store, err))
		return -1;
	if (db_number(store, version, "PRAGMA user_version", NULL, err) < 0)
		goto out;
	if (*version < schema_newest()) {
		if (run(store, steps[*version], err))
			goto out;
		snprintf(sql, sizeof(sql), "PRAGMA user_version = %d",
			 (int)++*version);
		if (run(store, sql, err))
			goto out;
	}
	ret = 0;
out:
	ret = db_finish(store, ret, err);
	return ret ? err_prefix(err, _("cannot bring the record up to date"))
		   : 0;
}

int schema_migrate(struct case_store *store, struct err *err)
{
	int64_t version = 0;

	if (db_number(store, &version, "PRAGMA user_version", NULL, err) < 0)
		return -1;
	while (version < schema_newest())
		if (take_step(store, &version, err))
			return -1;
	return 0;
}
