-- Two rows of one call list that turned out to be of one person, once it had ended: both stay as
-- they were logged. `twin_of` is the row of the one that the other was merged into.

CREATE TABLE callout_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  activation_id INTEGER NOT NULL REFERENCES activation (id),
  person_id INTEGER REFERENCES person (id),
  row_code TEXT NOT NULL,
  rank INTEGER NOT NULL,
  name TEXT NOT NULL,
  phones TEXT NOT NULL CHECK (json_valid(phones)),
  groups TEXT NOT NULL CHECK (json_valid(groups)),
  skills TEXT NOT NULL CHECK (json_valid(skills)),
  selection TEXT NOT NULL CHECK (selection IN ('eligible', 'excluded')),
  reason TEXT CHECK (reason IN
    ('inactive', 'agreement_expired', 'opted_out_until', 'absent', 'minor', 'no_number',
     'protected', 'busy_other_activation', 'other_duty', 'manual')),
  contact TEXT NOT NULL DEFAULT 'pending' CHECK (contact IN
    ('pending', 'calling', 'reached', 'not_reached', 'given_up')),
  answer TEXT CHECK (answer IN
    ('yes', 'later', 'last_resort', 'reserve', 'no', 'unclear', 'withdrew')),
  need_id INTEGER REFERENCES activation_need (id),
  eta TEXT,
  deployment TEXT CHECK (deployment IN
    ('on_way', 'on_site', 'relieved', 'released', 'home_safe', 'no_show')),
  lease_by TEXT,
  lease_until TEXT,
  episode INTEGER NOT NULL DEFAULT 1,
  walk_in INTEGER CHECK (walk_in = 1),
  twin_of INTEGER REFERENCES callout (id) CHECK (twin_of <> id),
  CHECK ((selection = 'excluded') = (reason IS NOT NULL)),
  CHECK (person_id IS NOT NULL OR walk_in IS NOT NULL),
  UNIQUE (activation_id, row_code)
) STRICT;
INSERT INTO callout_new (id, activation_id, person_id, row_code, rank, name, phones, groups, skills,
  selection, reason, contact, answer, need_id, eta, deployment, lease_by, lease_until, episode,
  walk_in)
SELECT id, activation_id, person_id, row_code, rank, name, phones, groups, skills,
  selection, reason, contact, answer, need_id, eta, deployment, lease_by, lease_until, episode,
  walk_in
FROM callout;
DELETE FROM sqlite_sequence WHERE name = 'callout_new';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'callout_new', seq FROM sqlite_sequence WHERE name = 'callout';
DROP TABLE callout;
ALTER TABLE callout_new RENAME TO callout;
CREATE INDEX callout_by_rank ON callout (activation_id, selection, contact, rank);
CREATE INDEX callout_by_person ON callout (person_id);
CREATE INDEX callout_by_twin ON callout (twin_of) WHERE twin_of IS NOT NULL;
CREATE UNIQUE INDEX callout_once ON callout (activation_id, person_id) WHERE twin_of IS NULL;
