-- No two letters have one number in a case. Where two have come to (an undo that was undone), the
-- later one has none: it is given with `letter sent BATCH --first-document`.
UPDATE letter SET document = NULL WHERE document IS NOT NULL AND case_number IS NOT NULL
  AND id NOT IN (SELECT min(id) FROM letter GROUP BY case_number, document);
CREATE UNIQUE INDEX letter_document_once ON letter (case_number, document)
  WHERE document IS NOT NULL;
