-- While it goes on: walk-ins, corrections of a call, groups that answer as one, expenses, who is in
-- charge. A walk-in is a row without a person until somebody says that they belong in the register.

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
  CHECK ((selection = 'excluded') = (reason IS NOT NULL)),
  CHECK (person_id IS NOT NULL OR walk_in IS NOT NULL),
  UNIQUE (activation_id, person_id),
  UNIQUE (activation_id, row_code)
) STRICT;
INSERT INTO callout_new (id, activation_id, person_id, row_code, rank, name, phones, groups, skills,
  selection, reason, contact, answer, need_id, eta, deployment, lease_by, lease_until, episode)
SELECT id, activation_id, person_id, row_code, rank, name, phones, groups, skills,
  selection, reason, contact, answer, need_id, eta, deployment, lease_by, lease_until, episode
FROM callout;
DELETE FROM sqlite_sequence WHERE name = 'callout_new';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'callout_new', seq FROM sqlite_sequence WHERE name = 'callout';
DROP TABLE callout;
ALTER TABLE callout_new RENAME TO callout;
CREATE INDEX callout_by_rank ON callout (activation_id, selection, contact, rank);
CREATE INDEX callout_by_person ON callout (person_id);

ALTER TABLE activation ADD COLUMN in_charge TEXT;

-- `voids` is the attempt that this one takes back (it was a slip of the finger); both stay.
-- `skill` is the need that a yes was told to count for, whatever the register knows of them.
ALTER TABLE attempt ADD COLUMN voids INTEGER REFERENCES attempt (id);
ALTER TABLE attempt ADD COLUMN skill TEXT;
CREATE UNIQUE INDEX attempt_voided_once ON attempt (voids) WHERE voids IS NOT NULL;
DROP TRIGGER attempt_is_append_only_u;
CREATE TRIGGER attempt_is_append_only_u BEFORE UPDATE ON attempt
WHEN new.number IS NOT NULL OR new.id IS NOT old.id OR new.activation_id IS NOT old.activation_id
  OR new.callout_id IS NOT old.callout_id OR new.episode IS NOT old.episode
  OR new.round IS NOT old.round OR new.caller IS NOT old.caller
  OR new.happened IS NOT old.happened OR new.registered IS NOT old.registered
  OR new.outcome IS NOT old.outcome OR new.answer IS NOT old.answer OR new.eta IS NOT old.eta
  OR new.late IS NOT old.late OR new.supersedes IS NOT old.supersedes
  OR new.voids IS NOT old.voids OR new.skill IS NOT old.skill
BEGIN SELECT raise(ABORT, 'append-only: attempt'); END;

-- A group that answers as one: so many come, of so many asked; the names are filled in afterwards.
CREATE TABLE group_answer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  activation_id INTEGER NOT NULL REFERENCES activation (id),
  episode INTEGER NOT NULL,
  group_id INTEGER NOT NULL REFERENCES response_group (id),
  group_name TEXT NOT NULL,
  need_id INTEGER REFERENCES activation_need (id),
  coming INTEGER NOT NULL CHECK (coming >= 0),
  asked INTEGER CHECK (asked >= coming),
  eta TEXT,
  caller TEXT NOT NULL,
  happened TEXT NOT NULL,
  registered TEXT NOT NULL
) STRICT;
CREATE INDEX group_answer_by_activation ON group_answer (activation_id);
CREATE TRIGGER group_answer_is_append_only_u BEFORE UPDATE ON group_answer
WHEN new.id IS NOT old.id OR new.activation_id IS NOT old.activation_id
  OR new.coming IS NOT old.coming OR new.asked IS NOT old.asked OR new.eta IS NOT old.eta
  OR new.need_id IS NOT old.need_id OR new.happened IS NOT old.happened
  OR new.registered IS NOT old.registered OR new.caller IS NOT old.caller
BEGIN SELECT raise(ABORT, 'append-only: group_answer'); END;
CREATE TRIGGER group_answer_is_append_only_d BEFORE DELETE ON group_answer
BEGIN SELECT raise(ABORT, 'append-only: group_answer'); END;

-- Money laid out, in øre. One that was wrong is superseded by another, never changed.
CREATE TABLE expense (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  activation_id INTEGER NOT NULL REFERENCES activation (id),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  what TEXT NOT NULL CHECK (trim(what) <> ''),
  payer TEXT NOT NULL CHECK (payer IN
    ('association', 'municipality', 'rescue_service', 'other', 'to_be_settled')),
  receipt TEXT,
  happened TEXT NOT NULL,
  registered TEXT NOT NULL,
  by TEXT NOT NULL,
  supersedes INTEGER UNIQUE REFERENCES expense (id)
) STRICT;
CREATE INDEX expense_by_activation ON expense (activation_id);
CREATE TRIGGER expense_is_append_only_u BEFORE UPDATE ON expense
BEGIN SELECT raise(ABORT, 'append-only: expense'); END;
CREATE TRIGGER expense_is_append_only_d BEFORE DELETE ON expense
BEGIN SELECT raise(ABORT, 'append-only: expense'); END;
