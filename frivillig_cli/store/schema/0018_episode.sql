-- An episode that is over, as it stood when the call-out was opened again: what was needed and met,
-- what each had answered, where they were. `last_seq` is the last line of the log that is its own.

CREATE TABLE episode (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  activation_id INTEGER NOT NULL REFERENCES activation (id),
  episode INTEGER NOT NULL,
  ended TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  needs TEXT NOT NULL CHECK (json_valid(needs)),
  UNIQUE (activation_id, episode)
) STRICT;

CREATE TABLE callout_past (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  callout_id INTEGER NOT NULL REFERENCES callout (id),
  episode INTEGER NOT NULL,
  contact TEXT NOT NULL,
  answer TEXT,
  need_id INTEGER REFERENCES activation_need (id),
  eta TEXT,
  deployment TEXT,
  UNIQUE (callout_id, episode)
) STRICT;

CREATE TRIGGER episode_is_append_only_u BEFORE UPDATE ON episode
BEGIN SELECT raise(ABORT, 'append-only: episode'); END;
CREATE TRIGGER episode_is_append_only_d BEFORE DELETE ON episode
BEGIN SELECT raise(ABORT, 'append-only: episode'); END;
CREATE TRIGGER callout_past_is_append_only_u BEFORE UPDATE ON callout_past
BEGIN SELECT raise(ABORT, 'append-only: callout_past'); END;
CREATE TRIGGER callout_past_is_append_only_d BEFORE DELETE ON callout_past
BEGIN SELECT raise(ABORT, 'append-only: callout_past'); END;
