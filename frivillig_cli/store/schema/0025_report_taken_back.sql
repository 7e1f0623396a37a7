-- `voids` is the report of a group's leader that this one takes back (it was written by mistake):
-- the one before it stands again, if there was one. Both stay.

ALTER TABLE group_answer ADD COLUMN voids INTEGER REFERENCES group_answer (id);
CREATE UNIQUE INDEX group_answer_voided_once ON group_answer (voids) WHERE voids IS NOT NULL;
DROP TRIGGER group_answer_is_append_only_u;
CREATE TRIGGER group_answer_is_append_only_u BEFORE UPDATE ON group_answer
WHEN new.id IS NOT old.id OR new.activation_id IS NOT old.activation_id
  OR new.coming IS NOT old.coming OR new.asked IS NOT old.asked OR new.eta IS NOT old.eta
  OR new.need_id IS NOT old.need_id OR new.happened IS NOT old.happened
  OR new.registered IS NOT old.registered OR new.caller IS NOT old.caller
  OR new.voids IS NOT old.voids
BEGIN SELECT raise(ABORT, 'append-only: group_answer'); END;
