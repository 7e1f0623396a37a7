-- Which files were sent, so that one which comes back as it went out is not taken for an answer;
-- and when an answer was written, so that an older one never passes for the later.

CREATE TABLE survey_file (
  id INTEGER PRIMARY KEY,
  survey_id INTEGER NOT NULL REFERENCES survey (id),
  sha256 TEXT NOT NULL,
  UNIQUE (survey_id, sha256)
) STRICT;

ALTER TABLE survey_answer ADD COLUMN written TEXT;

-- Members by age, in the groups that grants are reckoned by.
ALTER TABLE org ADD COLUMN members_0_5 INTEGER CHECK (members_0_5 >= 0);
ALTER TABLE org ADD COLUMN members_6_12 INTEGER CHECK (members_6_12 >= 0);
ALTER TABLE org ADD COLUMN members_13_19 INTEGER CHECK (members_13_19 >= 0);
ALTER TABLE org ADD COLUMN members_20_25 INTEGER CHECK (members_20_25 >= 0);
ALTER TABLE org ADD COLUMN members_26 INTEGER CHECK (members_26 >= 0);
