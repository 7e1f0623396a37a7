-- What is settled before anything happens: terms, numbers, who is away, what is tried and printed.

-- Who pays in a search that the police lead; who is reached on each side, day and night.
ALTER TABLE agreement ADD COLUMN rescue_payer TEXT
  CHECK (rescue_payer IN ('association', 'municipality', 'rescue_service', 'other'));
ALTER TABLE agreement ADD COLUMN municipality_stand_in TEXT;
ALTER TABLE agreement ADD COLUMN association_contact TEXT;
ALTER TABLE agreement ADD COLUMN association_stand_in TEXT;
ALTER TABLE agreement ADD COLUMN confidentiality TEXT;
ALTER TABLE agreement ADD COLUMN exercised TEXT CHECK (date(exercised, '+0 days') IS exercised);
ALTER TABLE agreement_contribution ADD COLUMN kind TEXT CHECK (kind IN
  ('people', 'premises', 'food', 'care', 'transport', 'equipment', 'payment', 'other'));

ALTER TABLE resource ADD COLUMN status TEXT NOT NULL DEFAULT 'active'
  CHECK (status IN ('active', 'archived'));
ALTER TABLE resource ADD COLUMN second_key_holder_id INTEGER REFERENCES person (id);
ALTER TABLE resource ADD COLUMN beds INTEGER CHECK (beds >= 0);

-- The one number of a person that is rung first in a call-out, whatever its rank.
ALTER TABLE person_phone ADD COLUMN callout INTEGER NOT NULL DEFAULT 0 CHECK (callout IN (0, 1));

-- Whoever is in a group may ask not to be called, volunteer or not: it is the person's.
ALTER TABLE person ADD COLUMN opted_out_until TEXT
  CHECK (date(opted_out_until, '+0 days') IS opted_out_until);
UPDATE person SET opted_out_until = (SELECT v.opted_out_until FROM volunteer v WHERE v.id = person.id)
  WHERE id IN (SELECT v.id FROM volunteer v WHERE v.opted_out_until IS NOT NULL);
-- The triggers of the history name every column; they are made anew after this step.
DROP TRIGGER IF EXISTS history_volunteer_i;
DROP TRIGGER IF EXISTS history_volunteer_u;
DROP TRIGGER IF EXISTS history_volunteer_d;
ALTER TABLE volunteer DROP COLUMN opted_out_until;

-- Away from and to a day, both counted. Why is nobody's business: it may be about health.
CREATE TABLE absence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES person (id),
  from_date TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),
  to_date TEXT NOT NULL CHECK (date(to_date, '+0 days') IS to_date),
  CHECK (to_date >= from_date)
) STRICT;
CREATE INDEX absence_by_person ON absence (person_id);

-- Where somebody else has the first claim on a person in a crisis: an employer, the Civil Defence.
CREATE TABLE other_duty (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES person (id),
  what TEXT NOT NULL CHECK (trim(what) <> ''),
  UNIQUE (person_id, what)
) STRICT;

-- The preparedness plan was gone through (forskrift om kommunal beredskapsplikt § 6).
CREATE TABLE plan_revision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revised TEXT NOT NULL CHECK (date(revised, '+0 days') IS revised),
  by TEXT NOT NULL,
  note TEXT
) STRICT;

-- What was made to be printed and put away: the plan's annex, the pack for the drawer.
CREATE TABLE printout (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('plan', 'pack')),
  at TEXT NOT NULL,
  place TEXT NOT NULL,
  responsible TEXT,
  people INTEGER NOT NULL CHECK (people >= 0),
  files TEXT NOT NULL CHECK (json_valid(files))
) STRICT;

-- What was learnt of an activation (§ 8), and what is to be done about it, by whom and when.
CREATE TABLE evaluation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  activation_id INTEGER NOT NULL REFERENCES activation (id),
  written TEXT NOT NULL CHECK (date(written, '+0 days') IS written),
  by TEXT NOT NULL,
  went_well TEXT,
  to_improve TEXT,
  text TEXT,
  CHECK (went_well IS NOT NULL OR to_improve IS NOT NULL OR text IS NOT NULL)
) STRICT;
CREATE INDEX evaluation_by_activation ON evaluation (activation_id);

CREATE TABLE action_item (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  activation_id INTEGER NOT NULL REFERENCES activation (id),
  what TEXT NOT NULL CHECK (trim(what) <> ''),
  owner TEXT,
  due TEXT CHECK (date(due, '+0 days') IS due),
  done TEXT CHECK (date(done, '+0 days') IS done)
) STRICT;
CREATE INDEX action_item_by_activation ON action_item (activation_id);
