-- Of a letter that tells somebody their role: in which groups, a JSON list of their numbers. It
-- tells of no other. Not known of those before: they told of all that were called out.
ALTER TABLE letter ADD COLUMN told_groups TEXT CHECK (told_groups IS NULL OR json_valid(told_groups));
