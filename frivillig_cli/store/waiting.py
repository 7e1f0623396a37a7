"""Whether what a command writes may be what an answer to a survey waits for: asked of each one."""

from __future__ import annotations

from frivillig_cli.store.register import Register

_OPEN = (
    "SELECT 1 FROM survey_problem WHERE status = 'open' AND org_id IS NOT NULL"
    " AND field IS NOT NULL LIMIT 1"
)
_WRITTEN = (
    "SELECT 1 FROM event WHERE seq > (SELECT ifnull(max(last_seq), 0) FROM command)"
    " AND table_name IN ('org', 'contact', 'person', 'person_phone') LIMIT 1"
)


def may_settle(register: Register) -> bool:
    """Whether the command under way has written of associations or people, while problems wait.

    One that takes another back settles nothing.
    """
    if register.takes_back or register.value(_OPEN) is None:
        return False
    return register.value(_WRITTEN) is not None
