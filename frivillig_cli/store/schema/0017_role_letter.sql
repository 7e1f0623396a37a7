-- Letters to those who can be called out: what they are in which group (§ 4).

CREATE TABLE letter_batch_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  template TEXT NOT NULL,
  -- the SHA-256 of the template's file in each language, by language
  versions TEXT NOT NULL CHECK (json_valid(versions)),
  title TEXT NOT NULL,
  format TEXT NOT NULL,
  recipients TEXT NOT NULL CHECK (recipients IN ('org', 'volunteer', 'agreement', 'member')),
  folder TEXT NOT NULL,
  case_number TEXT,
  survey_id INTEGER REFERENCES survey (id),
  status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'sent')),
  created TEXT NOT NULL,
  sent TEXT,
  -- How the batch was addressed, and what it was told to pass over.
  addressed TEXT NOT NULL DEFAULT 'org' CHECK (addressed IN ('org', 'contact')),
  again INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1)),
  also_opted_out INTEGER NOT NULL DEFAULT 0 CHECK (also_opted_out IN (0, 1)),
  CHECK ((status = 'sent') = (sent IS NOT NULL))
) STRICT;
INSERT INTO letter_batch_new (id, template, versions, title, format, recipients, folder,
  case_number, survey_id, status, created, sent, addressed, again, also_opted_out)
SELECT id, template, versions, title, format, recipients, folder,
  case_number, survey_id, status, created, sent, addressed, again, also_opted_out
FROM letter_batch;
DELETE FROM sqlite_sequence WHERE name = 'letter_batch_new';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'letter_batch_new', seq FROM sqlite_sequence WHERE name = 'letter_batch';
DROP TABLE letter_batch;
ALTER TABLE letter_batch_new RENAME TO letter_batch;
