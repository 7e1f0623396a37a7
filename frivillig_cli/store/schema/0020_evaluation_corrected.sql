-- An evaluation that was wrong is superseded by another; both stay, and the last one is printed.

ALTER TABLE evaluation ADD COLUMN supersedes INTEGER REFERENCES evaluation (id);
CREATE UNIQUE INDEX evaluation_corrected_once ON evaluation (supersedes)
  WHERE supersedes IS NOT NULL;
