"""How an entry of the history is written out."""

from collections import Counter
from datetime import datetime
from typing import Any

from frivillig_cli.core.clock import oslo
from frivillig_cli.core.dates import show_date_short, show_time
from frivillig_cli.core.i18n import N_, _

TABLES = {
    "org": N_("associations"),
    "org_tag": N_("tags"),
    "org_umbrella": N_("umbrellas"),
    "org_source": N_("sources"),
    "merged": N_("merges"),
    "not_duplicate": N_("pairs marked as two"),
    "person": N_("people"),
    "person_phone": N_("phone numbers"),
    "person_skill": N_("skills"),
    "contact": N_("offices"),
    "volunteer": N_("volunteers"),
    "agreement": N_("agreements"),
    "agreement_party": N_("parties"),
    "agreement_contribution": N_("contributions"),
    "resource": N_("premises and equipment"),
    "response_group": N_("groups"),
    "response_member": N_("group members"),
    "absence": N_("absences"),
    "other_duty": N_("other duties"),
    "plan_revision": N_("revisions of the plan"),
    "printout": N_("printouts"),
    "evaluation": N_("evaluations"),
    "action_item": N_("things to do"),
    "survey": N_("surveys"),
    "survey_recipient": N_("survey recipients"),
    "survey_answer": N_("survey answers"),
    "survey_file": N_("questionnaires written"),
    "survey_problem": N_("survey problems"),
    "confirmation": N_("confirmations"),
    "letter_batch": N_("batches of letters"),
    "letter": N_("letters"),
    "activation": N_("call-outs"),
    "activation_need": N_("needs"),
    "callout": N_("call list rows"),
    "attempt": N_("calls"),
    "episode": N_("episodes"),
    "callout_past": N_("call list rows of an earlier episode"),
    "group_answer": N_("groups that answered as one"),
    "expense": N_("expenses"),
    "log_entry": N_("log entries"),
    "imported_file": N_("imported files"),
    "setting": N_("settings"),
}


def moment(at: str) -> str:
    """A stored time as people read it here: 15.03.2027 03:10."""
    local = oslo(datetime.fromisoformat(at))
    return f"{show_date_short(local.date())} {show_time(local)}"


def counts(entry: Any) -> str:
    """'associations 3, tags 2': how many rows of each kind a command touched."""
    rows = Counter(table for table, _row in dict.fromkeys((c.table, c.row) for c in entry.changes))
    return ", ".join(f"{_(TABLES.get(table, table))} {n}" for table, n in rows.most_common())


def entry_json(entry: Any) -> dict[str, Any]:
    """An entry as scripts see it."""
    return {
        "id": entry.id,
        "at": entry.at,
        "command": entry.command,
        "who": entry.who,
        "undoes": entry.undoes,
        "undone_by": entry.undone_by,
        "changes": [
            {"table": change.table, "row": change.row, "op": change.op} for change in entry.changes
        ],
    }
