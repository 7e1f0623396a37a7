-- The calendar of exercises. One that was held points to its activation.

CREATE TABLE planned_exercise (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  day TEXT NOT NULL CHECK (date(day, '+0 days') IS day),
  title TEXT NOT NULL CHECK (trim(title) <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('exercise', 'contact_test')),
  responsible TEXT,
  activation_id INTEGER REFERENCES activation (id),
  status TEXT NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'held', 'dropped')),
  CHECK ((status = 'held') = (activation_id IS NOT NULL))
) STRICT;
CREATE INDEX planned_exercise_by_day ON planned_exercise (day);
