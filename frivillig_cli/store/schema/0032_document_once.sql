-- No two letters have one number in a case. Where two have come to (an undo that was undone), the
-- later one has none: it is given with `letter sent BATCH --first-document`.
UPDATE letter SET document = NULL WHERE document IS NOT NULL AND EXISTS (
  SELECT 1 FROM letter other WHERE other.case_number = letter.case_number
  AND other.document = letter.document AND other.id < letter.id
);
CREATE UNIQUE INDEX letter_document_once ON letter (case_number, document)
  WHERE document IS NOT NULL;
