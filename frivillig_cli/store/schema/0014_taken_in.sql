-- What came back from phones and papers, by an id of its own, so that the same answer is taken in
-- once however often it is given. `overtaken`: a later answer of theirs stood here already; this
-- one is kept, and changes nothing.

CREATE TABLE taken_in (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  activation_id INTEGER NOT NULL REFERENCES activation (id),
  tap TEXT NOT NULL CHECK (trim(tap) <> ''),
  source TEXT NOT NULL CHECK (source IN ('phone', 'paper')),
  registered TEXT NOT NULL,
  attempt_id INTEGER REFERENCES attempt (id),
  overtaken INTEGER NOT NULL DEFAULT 0 CHECK (overtaken IN (0, 1)),
  CHECK (overtaken = 0 OR attempt_id IS NOT NULL),
  UNIQUE (activation_id, tap)
) STRICT;
CREATE INDEX taken_in_by_attempt ON taken_in (attempt_id) WHERE overtaken = 1;
