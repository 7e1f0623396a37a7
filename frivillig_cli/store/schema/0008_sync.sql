-- What was last taken from the state's registers, field by field: a field whose present value is
-- still that one is the register's; any other has been set here, and is not overwritten.

CREATE TABLE org_source (
  id INTEGER PRIMARY KEY,
  org_id INTEGER NOT NULL UNIQUE REFERENCES org (id),
  taken TEXT NOT NULL CHECK (json_valid(taken)),
  at TEXT NOT NULL
) STRICT;
