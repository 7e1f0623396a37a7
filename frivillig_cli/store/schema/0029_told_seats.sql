-- Of a letter that tells somebody their role: which, as a JSON list of group and role ("2:leader").
-- It tells no other. Not known of those before: they told of all groups that were called out.
ALTER TABLE letter ADD COLUMN told_seats TEXT CHECK (told_seats IS NULL OR json_valid(told_seats));
-- Each letter that is shown asks whether it tells how somebody is reached who is protected by now.
CREATE INDEX person_protected ON person (id) WHERE protected = 1;
