-- That the present episode is being called off, or was. Of a later episode this leaves what took
-- place before: such a call-out is over, and not cancelled.

ALTER TABLE activation ADD COLUMN called_off INTEGER NOT NULL DEFAULT 0
  CHECK (called_off IN (0, 1));
ALTER TABLE episode ADD COLUMN called_off INTEGER NOT NULL DEFAULT 0 CHECK (called_off IN (0, 1));
UPDATE activation SET called_off = 1 WHERE state = 'cancelled';
UPDATE activation SET state = 'closed' WHERE state = 'cancelled' AND episode > 1;
