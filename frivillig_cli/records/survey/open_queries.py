"""Whether what a command writes may be what an answer to a survey waits for: asked of each one."""

from __future__ import annotations

from frivillig_cli.store.register import Register

# Of a problem that waits for a field of an association to be set.
OPEN_BY_FIELD = "status = 'open' AND org_id IS NOT NULL AND field IS NOT NULL"
# The associations that wait, of those that were written, or those in office there.
_WRITTEN = f"""
WITH written AS (
  SELECT DISTINCT table_name AS kind, row_id AS id FROM event
  WHERE seq > (SELECT ifnull(max(last_seq), 0) FROM command)
    AND table_name IN ('org', 'contact', 'person', 'person_phone')
)
SELECT DISTINCT org_id FROM survey_problem WHERE {OPEN_BY_FIELD} AND org_id IN (
  SELECT id FROM written WHERE kind = 'org'
  UNION SELECT c.org_id FROM written w JOIN contact c ON c.id = w.id WHERE w.kind = 'contact'
  UNION SELECT c.org_id FROM written w JOIN contact c ON c.person_id = w.id WHERE w.kind = 'person'
  UNION SELECT c.org_id FROM written w JOIN person_phone f ON f.id = w.id
    JOIN contact c ON c.person_id = f.person_id WHERE w.kind = 'person_phone'
)
"""


def orgs_to_settle(register: Register) -> frozenset[int]:
    """The associations with problems of surveys that wait, of which, or of whose people, the
    command under way has written. One that takes another back settles nothing."""
    sql = f"SELECT 1 FROM survey_problem WHERE {OPEN_BY_FIELD} LIMIT 1"
    if register.takes_back or register.value(sql) is None:
        return frozenset()
    return frozenset(row[0] for row in register.rows(_WRITTEN))
