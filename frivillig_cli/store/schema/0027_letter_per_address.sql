-- Whether one letter was asked for where several share an address: an e-mail inbox is one too.
ALTER TABLE letter_batch ADD COLUMN one_per_address INTEGER NOT NULL DEFAULT 0
  CHECK (one_per_address IN (0, 1));
-- Of those before it is known where it left somebody out.
UPDATE letter_batch SET one_per_address = 1
  WHERE id IN (SELECT batch_id FROM letter WHERE skipped = 'same_address');
