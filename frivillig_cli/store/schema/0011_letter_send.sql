-- What went out of a letter is kept: to whom, how, under which number, and the very bytes.

-- The day on which they asked for no more mailings; NULL: they may be written to.
ALTER TABLE org ADD COLUMN no_mailings TEXT CHECK (date(no_mailings, '+0 days') IS no_mailings);
ALTER TABLE person ADD COLUMN no_mailings TEXT CHECK (date(no_mailings, '+0 days') IS no_mailings);

-- How the batch was addressed, and what it was told to pass over.
ALTER TABLE letter_batch ADD COLUMN addressed TEXT NOT NULL DEFAULT 'org'
  CHECK (addressed IN ('org', 'contact'));
ALTER TABLE letter_batch ADD COLUMN again INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1));
ALTER TABLE letter_batch ADD COLUMN also_opted_out INTEGER NOT NULL DEFAULT 0
  CHECK (also_opted_out IN (0, 1));

ALTER TABLE letter ADD COLUMN title TEXT;
ALTER TABLE letter ADD COLUMN case_number TEXT;
ALTER TABLE letter ADD COLUMN exempt TEXT;
-- Of one who shares an address: the name of whom, and the letter that went there.
ALTER TABLE letter ADD COLUMN shared_with TEXT;
ALTER TABLE letter ADD COLUMN same_as INTEGER REFERENCES letter (id);
-- The document's number within its case, given when the letter has gone out.
ALTER TABLE letter ADD COLUMN document INTEGER CHECK (document > 0);
ALTER TABLE letter ADD COLUMN sent TEXT;
ALTER TABLE letter ADD COLUMN sent_how TEXT CHECK (sent_how IN ('post', 'email'));
ALTER TABLE letter ADD COLUMN sent_to TEXT;
ALTER TABLE letter ADD COLUMN registered TEXT;
-- The SHA-256 of what went out, in letter_file; NULL where no copy was to be had.
ALTER TABLE letter ADD COLUMN kept TEXT;
UPDATE letter SET sent_how = 'post',
  sent = (SELECT b.sent FROM letter_batch b WHERE b.id = letter.batch_id),
  registered = (SELECT b.sent FROM letter_batch b WHERE b.id = letter.batch_id)
  WHERE skipped IS NULL
  AND (SELECT b.status FROM letter_batch b WHERE b.id = letter.batch_id) = 'sent';

-- The bytes, by their hash. Letters of a batch are alike, so they are packed together (LZMA).
-- These tables are beside the history: it has the hash, and would hold the bytes once more.
CREATE TABLE letter_pack (
  id INTEGER PRIMARY KEY,
  packed BLOB NOT NULL
) STRICT;
CREATE TABLE letter_file (
  sha256 TEXT PRIMARY KEY,
  pack_id INTEGER NOT NULL REFERENCES letter_pack (id),
  start INTEGER NOT NULL,
  size INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The outbox. Each step is on the disk before the next is taken: `queued`, `sending` from just
-- before the message is handed over, then `sent` or `refused`. A `sending` that nobody is at is in
-- doubt. When the run ends it is entered in `letter`, and the message moves to letter_file.
CREATE TABLE letter_mail (
  id INTEGER PRIMARY KEY,
  letter_id INTEGER NOT NULL UNIQUE REFERENCES letter (id),
  message_id TEXT NOT NULL,
  address TEXT NOT NULL,
  message BLOB,
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'refused')),
  tries INTEGER NOT NULL DEFAULT 0,
  at TEXT NOT NULL,
  answer TEXT
) STRICT;
