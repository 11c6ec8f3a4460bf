-- SPDX-License-Identifier: MIT
-- The record as version 4 of its schema had it.
PRAGMA application_id = 0x6b796331;
CREATE TABLE profiles (number INTEGER PRIMARY KEY,
 name TEXT NOT NULL UNIQUE,
 customers INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE customers (number INTEGER PRIMARY KEY,
 profile INTEGER NOT NULL REFERENCES profiles,
 id TEXT NOT NULL,
 name TEXT NOT NULL DEFAULT '',
 folded TEXT NOT NULL DEFAULT '',
 text TEXT NOT NULL DEFAULT '',
 tax_id TEXT,
 email TEXT,
 kind TEXT NOT NULL DEFAULT 'individual',
 country TEXT NOT NULL DEFAULT '',
 stage TEXT NOT NULL DEFAULT '',
 stage_word TEXT,
 stage_mark TEXT NOT NULL DEFAULT '',
 stage_since_ms INTEGER NOT NULL DEFAULT 0,
 seen_ms INTEGER NOT NULL DEFAULT 0,
 read_ms INTEGER NOT NULL DEFAULT 0,
 snapshot TEXT,
 missing INTEGER NOT NULL DEFAULT -1,
 rejected INTEGER NOT NULL DEFAULT 0,
 unsent INTEGER NOT NULL DEFAULT 0,
 touched_ms INTEGER NOT NULL DEFAULT 0,
 urgent INTEGER GENERATED ALWAYS AS (unsent > 0 OR rejected > 0) STORED,
	UNIQUE (profile, id)) STRICT;
CREATE INDEX customers_order ON customers (profile, urgent DESC, touched_ms
	DESC, folded, number);
CREATE TRIGGER customers_counted AFTER INSERT ON customers BEGIN UPDATE
	profiles SET customers = customers + 1 WHERE number = new.profile; END;
CREATE VIRTUAL TABLE customer_text USING fts5 (text, content = 'customers',
	content_rowid = 'number', columnsize = 0, tokenize = 'trigram case_sensitive 1');
CREATE TABLE cases (id INTEGER PRIMARY KEY AUTOINCREMENT,
 customer INTEGER NOT NULL UNIQUE REFERENCES customers,
 opened_ms INTEGER NOT NULL) STRICT;
CREATE TABLE answers ( case_id INTEGER NOT NULL REFERENCES cases,
 form TEXT NOT NULL,
 key TEXT NOT NULL,
 value TEXT NOT NULL,
 set_ms INTEGER NOT NULL, PRIMARY KEY (case_id, form, key)) STRICT, WITHOUT
	ROWID;
CREATE TABLE documents (id INTEGER PRIMARY KEY AUTOINCREMENT,
 case_id INTEGER NOT NULL REFERENCES cases,
 type TEXT NOT NULL,
 side TEXT NOT NULL,
 party TEXT NOT NULL,
 country TEXT NOT NULL,
 path TEXT,
 checked INTEGER NOT NULL,
 kind INTEGER NOT NULL,
 mime TEXT NOT NULL,
 bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
 width INTEGER NOT NULL,
 height INTEGER NOT NULL,
 pages INTEGER NOT NULL,
 encrypted INTEGER NOT NULL,
 damaged INTEGER NOT NULL,
 findings TEXT NOT NULL,
 fields TEXT,
 chosen_ms INTEGER NOT NULL, UNIQUE (case_id, type, side, party)) STRICT;
CREATE TABLE submissions (id INTEGER PRIMARY KEY AUTOINCREMENT,
 case_id INTEGER NOT NULL REFERENCES cases,
 profile TEXT NOT NULL,
 endpoint TEXT NOT NULL,
 customer TEXT NOT NULL,
 holder TEXT NOT NULL,
 standing TEXT NOT NULL,
 rank INTEGER NOT NULL,
 type TEXT NOT NULL,
 side TEXT NOT NULL,
 party TEXT NOT NULL,
 country TEXT NOT NULL,
 path TEXT,
 kind INTEGER NOT NULL,
 bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
 schema TEXT,
 answers TEXT,
 key TEXT NOT NULL UNIQUE,
 key_made_ms INTEGER NOT NULL, body_sha256 TEXT NOT NULL DEFAULT '',
 state TEXT NOT NULL,
 held INTEGER NOT NULL DEFAULT 0,
 sent_before INTEGER NOT NULL DEFAULT 0,
 attempts INTEGER NOT NULL DEFAULT 0,
 tries INTEGER NOT NULL DEFAULT 0,
 next_ms INTEGER NOT NULL DEFAULT 0,
 claim TEXT NOT NULL DEFAULT '',
 provider_id TEXT,
 code TEXT,
 message TEXT,
 problems TEXT NOT NULL DEFAULT '[]',
 queued_ms INTEGER NOT NULL,
 settled_ms INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX submissions_of_case ON submissions (case_id, id);
CREATE INDEX submissions_unsettled ON submissions (profile, id) WHERE
	settled_ms = 0;
CREATE INDEX submissions_content ON submissions (sha256) WHERE sha256 <> '';
CREATE UNIQUE INDEX submissions_slot ON submissions (case_id, rank, type,
	side, party) WHERE settled_ms = 0;
CREATE TABLE attempts (id INTEGER PRIMARY KEY AUTOINCREMENT,
 submission INTEGER NOT NULL REFERENCES submissions,
 number INTEGER NOT NULL,
 key TEXT NOT NULL, body_sha256 TEXT NOT NULL,
 started_ms INTEGER NOT NULL,
 ended_ms INTEGER NOT NULL DEFAULT 0,
 ended TEXT NOT NULL DEFAULT '',
 status INTEGER NOT NULL DEFAULT 0,
 outcome TEXT NOT NULL DEFAULT '',
 code TEXT,
 message TEXT,
 log_id TEXT,
 sent INTEGER NOT NULL DEFAULT 0, UNIQUE (submission, number)) STRICT;
CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT,
 when_ms INTEGER NOT NULL,
 who TEXT NOT NULL,
 what TEXT NOT NULL,
 case_id INTEGER NOT NULL,
 submission INTEGER NOT NULL,
 detail TEXT NOT NULL,
 previous_hash TEXT NOT NULL,
 hash TEXT NOT NULL) STRICT;
CREATE INDEX events_of_case ON events (case_id, id);
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT,
	'the audit trail cannot be changed'); END;
CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT
	RAISE(ABORT, 'the audit trail cannot be changed'); END;
PRAGMA user_version = 4;
