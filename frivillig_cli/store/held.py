"""When an exercise has been held: several kinds of record ask for the last one that was."""

# Of an activation `a`: somebody was asked in it, in an episode that is over or is wound up; or it
# is said of one in the calendar that it was held.
_OVER = "(a.state <> 'active' OR {asked}.episode < a.episode)"
HELD = (
    "a.kind = 'exercise' AND a.state <> 'cancelled'"
    f" AND (EXISTS (SELECT 1 FROM attempt t WHERE t.activation_id = a.id"
    f" AND {_OVER.format(asked='t')} AND t.voids IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM attempt v WHERE v.voids = t.id))"
    " OR EXISTS (SELECT 1 FROM group_answer g WHERE g.activation_id = a.id"
    f" AND {_OVER.format(asked='g')})"
    " OR EXISTS (SELECT 1 FROM planned_exercise x WHERE x.activation_id = a.id))"
)
