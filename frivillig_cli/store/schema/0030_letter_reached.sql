-- Of a letter to one who wanted no mailings, and was to get it all the same: since when they had
-- said so, when it was written. Who says so later gets none.
ALTER TABLE letter ADD COLUMN opted_out TEXT CHECK (date(opted_out, '+0 days') IS opted_out);
-- Of those before, it is known by the day.
UPDATE letter SET opted_out = (
  SELECT max(day) FROM (
    SELECT no_mailings AS day FROM org WHERE id = letter.org_id
    UNION ALL SELECT no_mailings FROM person WHERE id = letter.person_id
    UNION ALL SELECT p.no_mailings FROM contact c JOIN person p ON p.id = c.person_id
      WHERE c.org_id = letter.org_id AND c.to_date IS NULL)
  WHERE day < (SELECT date(b.created) FROM letter_batch b WHERE b.id = letter.batch_id))
WHERE skipped IS NULL AND sent IS NULL
  AND batch_id IN (SELECT id FROM letter_batch WHERE also_opted_out = 1);

-- Whom of those who share the letter it reaches (their rows, as JSON): settled when it is handed
-- over. When it is entered as sent, whom it does not reach has become `not_reached`, for good.
ALTER TABLE letter_mail ADD COLUMN reaches TEXT CHECK (reaches IS NULL OR json_valid(reaches));
CREATE INDEX letter_by_host ON letter (same_as) WHERE same_as IS NOT NULL;
-- Of those before, by the e-mail addresses that they have now.
UPDATE letter_mail SET reaches = (
  SELECT json_group_array(mine.id) FROM letter mine
  WHERE mine.same_as = letter_mail.letter_id AND mine.skipped = 'same_address'
    AND lower(letter_mail.address) IN (
      SELECT lower(email) FROM org WHERE id = mine.org_id
      UNION SELECT lower(email) FROM person WHERE id = mine.person_id
      UNION SELECT lower(p.email) FROM contact c JOIN person p ON p.id = c.person_id
        WHERE c.org_id = mine.org_id AND c.to_date IS NULL))
WHERE state IN ('sending', 'sent');
UPDATE letter SET skipped = 'not_reached'
WHERE skipped = 'same_address' AND EXISTS (
  SELECT 1 FROM letter host WHERE host.id = letter.same_as AND host.sent_how = 'email'
    AND lower(host.sent_to) NOT IN (
      SELECT lower(email) FROM org WHERE id = letter.org_id AND email IS NOT NULL
      UNION SELECT lower(email) FROM person WHERE id = letter.person_id AND email IS NOT NULL
      UNION SELECT lower(p.email) FROM contact c JOIN person p ON p.id = c.person_id
        WHERE c.org_id = letter.org_id AND c.to_date IS NULL AND p.email IS NOT NULL));
