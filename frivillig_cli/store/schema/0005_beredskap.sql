-- The call-out. An activation is a snapshot; attempts and the log are append-only.
-- `callout.episode` is the one that contact, answer and deployment belong to.

CREATE TABLE activation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  number TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL CHECK (trim(title) <> ''),
  name_sort TEXT NOT NULL,
  name_search TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('real', 'exercise', 'contact_test')),
  state TEXT NOT NULL CHECK (state IN ('active', 'standing_down', 'closed', 'cancelled')),
  episode INTEGER NOT NULL DEFAULT 1,
  round INTEGER NOT NULL DEFAULT 1,
  started TEXT NOT NULL,
  ended TEXT,
  payer TEXT NOT NULL CHECK (payer IN
    ('association', 'municipality', 'rescue_service', 'other', 'to_be_settled')),
  agreements TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(agreements)),
  asked_by TEXT,
  decided_by TEXT,
  external_ref TEXT,
  place TEXT,
  place_id INTEGER REFERENCES resource (id),
  callback TEXT,
  continues_id INTEGER REFERENCES activation (id),
  folder TEXT
) STRICT;
CREATE INDEX activation_by_state ON activation (state);

CREATE TABLE activation_need (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  activation_id INTEGER NOT NULL REFERENCES activation (id),
  skill TEXT,
  needed INTEGER NOT NULL CHECK (needed >= 0)
) STRICT;
CREATE UNIQUE INDEX activation_need_once ON activation_need (activation_id, ifnull(skill, ''));

CREATE TABLE callout (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  activation_id INTEGER NOT NULL REFERENCES activation (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
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
  CHECK ((selection = 'excluded') = (reason IS NOT NULL)),
  UNIQUE (activation_id, person_id),
  UNIQUE (activation_id, row_code)
) STRICT;
CREATE INDEX callout_by_rank ON callout (activation_id, selection, contact, rank);
CREATE INDEX callout_by_person ON callout (person_id);

CREATE TABLE attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  activation_id INTEGER NOT NULL REFERENCES activation (id),
  callout_id INTEGER NOT NULL REFERENCES callout (id),
  episode INTEGER NOT NULL,
  round INTEGER NOT NULL,
  number TEXT,
  caller TEXT NOT NULL,
  happened TEXT NOT NULL,
  registered TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN
    ('answered', 'no_answer', 'busy', 'voicemail', 'wrong_number', 'other_person',
     'network_down', 'sms_sent', 'in_person', 'via_leader')),
  answer TEXT,
  eta TEXT,
  late INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1)),
  supersedes INTEGER REFERENCES attempt (id)
) STRICT;
CREATE INDEX attempt_by_callout ON attempt (callout_id);
CREATE INDEX attempt_by_activation ON attempt (activation_id);

-- The chain covers `commitment`, SHA-256 over salt, sender, receiver and text, and not the words
-- themselves: they and the salt can be erased where the law asks for it, and the chain still holds.
CREATE TABLE log_entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  activation_id INTEGER NOT NULL REFERENCES activation (id),
  seq INTEGER NOT NULL,
  happened TEXT NOT NULL,
  registered TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN
    ('alert', 'call', 'answer', 'decision', 'action', 'observation', 'expense', 'stand_down',
     'correction')),
  sender TEXT,
  receiver TEXT,
  text TEXT,
  by TEXT NOT NULL,
  supersedes INTEGER,
  salt TEXT,
  commitment TEXT NOT NULL,
  chain TEXT NOT NULL,
  UNIQUE (activation_id, seq)
) STRICT;

-- Nothing is rewritten or deleted. Erasure alone may empty a number, or the words of an entry.
CREATE TRIGGER attempt_is_append_only_u BEFORE UPDATE ON attempt
WHEN new.number IS NOT NULL OR new.id IS NOT old.id OR new.activation_id IS NOT old.activation_id
  OR new.callout_id IS NOT old.callout_id OR new.episode IS NOT old.episode
  OR new.round IS NOT old.round OR new.caller IS NOT old.caller
  OR new.happened IS NOT old.happened OR new.registered IS NOT old.registered
  OR new.outcome IS NOT old.outcome OR new.answer IS NOT old.answer OR new.eta IS NOT old.eta
  OR new.late IS NOT old.late OR new.supersedes IS NOT old.supersedes
BEGIN SELECT raise(ABORT, 'append-only: attempt'); END;
CREATE TRIGGER attempt_is_append_only_d BEFORE DELETE ON attempt
BEGIN SELECT raise(ABORT, 'append-only: attempt'); END;
CREATE TRIGGER log_entry_is_append_only_u BEFORE UPDATE ON log_entry
WHEN new.text IS NOT NULL OR new.sender IS NOT NULL OR new.receiver IS NOT NULL
  OR new.salt IS NOT NULL OR new.id IS NOT old.id OR new.activation_id IS NOT old.activation_id
  OR new.seq IS NOT old.seq OR new.happened IS NOT old.happened
  OR new.registered IS NOT old.registered OR new.type IS NOT old.type OR new.by IS NOT old.by
  OR new.supersedes IS NOT old.supersedes OR new.commitment IS NOT old.commitment
  OR new.chain IS NOT old.chain
BEGIN SELECT raise(ABORT, 'append-only: log_entry'); END;
CREATE TRIGGER log_entry_is_append_only_d BEFORE DELETE ON log_entry
BEGIN SELECT raise(ABORT, 'append-only: log_entry'); END;
