-- Every change of every row, under the command that made it. The triggers on the other tables
-- (store/triggers.py makes them) write `event`; a command owns the events after the one before
-- it, up to `last_seq`, and seals them into a chain of SHA-256 (store/seal.py).

CREATE TABLE command (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  name TEXT NOT NULL,
  user TEXT NOT NULL,
  host TEXT NOT NULL,
  version TEXT NOT NULL,
  undoes INTEGER REFERENCES command (id),
  last_seq INTEGER NOT NULL,
  chain BLOB NOT NULL
) STRICT;

-- `before` and `after` are JSON: the whole row without its nulls when it is made or deleted,
-- only the columns that differ when it is changed. The chain covers SHA-256(salt, before,
-- after), so content and salt can be erased later and the chain still holds: `commitment`
-- then keeps what they amounted to.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('i', 'u', 'd')),
  at INTEGER NOT NULL,
  before TEXT,
  after TEXT,
  salt BLOB,
  commitment BLOB
) STRICT;

-- The images of commands of many rows, packed: `before` and `after` are null there. A piece
-- covers the events up to `last_seq`, from the piece before it (store/events.py).
CREATE TABLE image (
  last_seq INTEGER PRIMARY KEY,
  packed BLOB NOT NULL
) STRICT;

CREATE TRIGGER command_is_append_only_u BEFORE UPDATE ON command
BEGIN SELECT raise(ABORT, 'append-only: command'); END;
CREATE TRIGGER command_is_append_only_d BEFORE DELETE ON command
BEGIN SELECT raise(ABORT, 'append-only: command'); END;
CREATE TRIGGER event_is_append_only_d BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'append-only: event'); END;
-- Two changes only: images go into `image`, or content is erased for a commitment.
CREATE TRIGGER event_is_append_only_u BEFORE UPDATE ON event
WHEN new.seq IS NOT old.seq OR new.table_name IS NOT old.table_name
  OR new.row_id IS NOT old.row_id OR new.op IS NOT old.op OR new.at IS NOT old.at
  OR new.before IS NOT NULL OR new.after IS NOT NULL
  OR NOT ((new.salt IS old.salt AND new.commitment IS old.commitment)
    OR (new.salt IS NULL AND old.salt IS NOT NULL AND length(new.commitment) IS 32))
BEGIN SELECT raise(ABORT, 'append-only: event'); END;
CREATE TRIGGER image_is_append_only_d BEFORE DELETE ON image
BEGIN SELECT raise(ABORT, 'append-only: image'); END;
