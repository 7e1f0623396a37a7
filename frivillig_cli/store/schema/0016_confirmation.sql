-- One row for each answer, with the fields that it said are right: one row a field made as many
-- rows, and as many events, as all the rest of a survey.

CREATE TABLE confirmation (
  id INTEGER PRIMARY KEY,
  org_id INTEGER NOT NULL REFERENCES org (id),
  confirmed TEXT NOT NULL,
  source TEXT NOT NULL,
  fields TEXT NOT NULL CHECK (json_array_length(fields) > 0),
  UNIQUE (org_id, confirmed, source)
) STRICT;
INSERT INTO confirmation (org_id, confirmed, source, fields)
  SELECT org_id, confirmed, source, json_group_array(field) FROM field_confirmation
  GROUP BY org_id, confirmed, source ORDER BY min(id);
DELETE FROM field_confirmation;
DROP TABLE field_confirmation;
