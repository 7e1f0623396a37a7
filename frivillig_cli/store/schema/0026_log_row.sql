-- Which row a line of the log is about, where it tells what came of one: two may have one name.
-- It is not sealed: the name in the line is.
ALTER TABLE log_entry ADD COLUMN callout_id INTEGER REFERENCES callout (id);
CREATE INDEX log_entry_by_row ON log_entry (callout_id) WHERE callout_id IS NOT NULL;
-- Of those before, the one of that name whom something was recorded of in the same breath.
DROP TRIGGER log_entry_is_append_only_u;
UPDATE log_entry SET callout_id = coalesce(
  (SELECT min(c.id) FROM attempt a JOIN callout c ON c.id = a.callout_id
    WHERE a.activation_id = log_entry.activation_id AND a.registered = log_entry.registered
      AND c.name = CASE type WHEN 'call' THEN receiver ELSE sender END),
  (SELECT min(c.id) FROM callout c WHERE c.activation_id = log_entry.activation_id
      AND c.name = CASE type WHEN 'call' THEN receiver ELSE sender END))
  WHERE type IN ('call', 'answer', 'action', 'stand_down', 'correction');
CREATE TRIGGER log_entry_is_append_only_u BEFORE UPDATE ON log_entry
WHEN new.text IS NOT NULL OR new.sender IS NOT NULL OR new.receiver IS NOT NULL
  OR new.salt IS NOT NULL OR new.id IS NOT old.id OR new.activation_id IS NOT old.activation_id
  OR new.seq IS NOT old.seq OR new.happened IS NOT old.happened
  OR new.registered IS NOT old.registered OR new.type IS NOT old.type OR new.by IS NOT old.by
  OR new.supersedes IS NOT old.supersedes OR new.commitment IS NOT old.commitment
  OR new.chain IS NOT old.chain OR new.callout_id IS NOT old.callout_id
BEGIN SELECT raise(ABORT, 'append-only: log_entry'); END;

-- Whether a leader said it when it was being wound up: that none is left out there takes back
-- nothing then. Not known of those before: the log tells.
ALTER TABLE group_answer ADD COLUMN in_stand_down INTEGER CHECK (in_stand_down IN (0, 1));
DROP TRIGGER group_answer_is_append_only_u;
CREATE TRIGGER group_answer_is_append_only_u BEFORE UPDATE ON group_answer
WHEN new.id IS NOT old.id OR new.activation_id IS NOT old.activation_id
  OR new.coming IS NOT old.coming OR new.asked IS NOT old.asked OR new.eta IS NOT old.eta
  OR new.need_id IS NOT old.need_id OR new.happened IS NOT old.happened
  OR new.registered IS NOT old.registered OR new.caller IS NOT old.caller
  OR new.voids IS NOT old.voids OR new.in_stand_down IS NOT old.in_stand_down
BEGIN SELECT raise(ABORT, 'append-only: group_answer'); END;
