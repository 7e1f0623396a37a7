-- A batch is drafts until it is sent; only then has somebody got the letter.

CREATE TABLE letter_batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  template TEXT NOT NULL,
  -- the SHA-256 of the template's file in each language, by language
  versions TEXT NOT NULL CHECK (json_valid(versions)),
  title TEXT NOT NULL,
  format TEXT NOT NULL,
  recipients TEXT NOT NULL CHECK (recipients IN ('org', 'volunteer', 'agreement')),
  folder TEXT NOT NULL,
  case_number TEXT,
  survey_id INTEGER REFERENCES survey (id),
  status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'sent')),
  created TEXT NOT NULL,
  sent TEXT,
  CHECK ((status = 'sent') = (sent IS NOT NULL))
) STRICT;

-- One recipient of a batch: the file that was written, or why none was.
CREATE TABLE letter (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id INTEGER NOT NULL REFERENCES letter_batch (id),
  org_id INTEGER REFERENCES org (id),
  person_id INTEGER REFERENCES person (id),
  agreement_id INTEGER REFERENCES agreement (id),
  recipient TEXT NOT NULL,
  language TEXT NOT NULL,
  address TEXT,
  file TEXT,
  sha256 TEXT,
  skipped TEXT,
  missing_field TEXT,
  missing_in TEXT,
  CHECK ((file IS NULL) = (skipped IS NOT NULL))
) STRICT;
CREATE INDEX letter_by_batch ON letter (batch_id);
CREATE INDEX letter_by_org ON letter (org_id);
CREATE INDEX letter_by_person ON letter (person_id);
CREATE INDEX letter_by_agreement ON letter (agreement_id);
