-- What was one thing twice, and what only looks so.

-- Two organisations that somebody has looked at and found to be two; in no particular order.
CREATE TABLE not_duplicate (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  org_id INTEGER NOT NULL REFERENCES org (id),
  other_id INTEGER NOT NULL REFERENCES org (id),
  UNIQUE (org_id, other_id),
  CHECK (org_id <> other_id)
) STRICT;
CREATE INDEX not_duplicate_by_other ON not_duplicate (other_id);

-- Where a number went that is no longer used: what stands on paper and in old files is found.
CREATE TABLE merged (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  org_id INTEGER REFERENCES org (id),
  person_id INTEGER REFERENCES person (id),
  former_id INTEGER NOT NULL,
  former_uid TEXT NOT NULL,
  former_orgnr TEXT,
  at TEXT NOT NULL,
  CHECK ((org_id IS NULL) <> (person_id IS NULL))
) STRICT;
CREATE INDEX merged_by_org ON merged (org_id);
CREATE INDEX merged_by_person ON merged (person_id);
CREATE INDEX merged_by_former ON merged (former_id);
CREATE INDEX merged_by_orgnr ON merged (former_orgnr);
