-- A survey keeps the values it was sent with: a three-way comparison needs them.

CREATE TABLE survey (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL CHECK (trim(title) <> ''),
  name_sort TEXT NOT NULL,
  name_search TEXT NOT NULL,
  due TEXT CHECK (date(due, '+0 days') IS due),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
  questions TEXT NOT NULL CHECK (json_valid(questions)),
  created TEXT NOT NULL,
  closed TEXT
) STRICT;

CREATE TABLE survey_recipient (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  survey_id INTEGER NOT NULL REFERENCES survey (id),
  org_id INTEGER NOT NULL REFERENCES org (id),
  base TEXT NOT NULL CHECK (json_valid(base)),
  base_key TEXT NOT NULL,
  sent TEXT NOT NULL,
  answered TEXT,
  result TEXT CHECK (result IN ('unchanged', 'changed', 'problems')),
  UNIQUE (survey_id, org_id, base_key)
) STRICT;
CREATE INDEX survey_recipient_by_org ON survey_recipient (org_id);

CREATE TABLE survey_answer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  survey_id INTEGER NOT NULL REFERENCES survey (id),
  org_id INTEGER NOT NULL REFERENCES org (id),
  recipient_id INTEGER NOT NULL REFERENCES survey_recipient (id),
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  received TEXT NOT NULL,
  answers TEXT NOT NULL CHECK (json_valid(answers)),
  UNIQUE (recipient_id, sha256)
) STRICT;
CREATE INDEX survey_answer_by_org ON survey_answer (survey_id, org_id);

CREATE TABLE survey_problem (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  survey_id INTEGER NOT NULL REFERENCES survey (id),
  answer_id INTEGER REFERENCES survey_answer (id),
  org_id INTEGER REFERENCES org (id),
  file TEXT NOT NULL,
  sheet TEXT,
  cell TEXT,
  field TEXT,
  value TEXT,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'resolved'))
) STRICT;
CREATE INDEX survey_problem_by_survey ON survey_problem (survey_id, status);

CREATE TABLE field_confirmation (
  id INTEGER PRIMARY KEY,
  org_id INTEGER NOT NULL REFERENCES org (id),
  field TEXT NOT NULL,
  confirmed TEXT NOT NULL,
  source TEXT NOT NULL,
  UNIQUE (org_id, field)
) STRICT;
