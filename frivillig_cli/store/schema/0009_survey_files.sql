-- Which files were sent, so that one which comes back as it went out is not taken for an answer;
-- and when an answer was written, so that an older one never passes for the later.

CREATE TABLE survey_file (
  id INTEGER PRIMARY KEY,
  survey_id INTEGER NOT NULL REFERENCES survey (id),
  sha256 TEXT NOT NULL,
  UNIQUE (survey_id, sha256)
) STRICT;

ALTER TABLE survey_answer ADD COLUMN written TEXT;
