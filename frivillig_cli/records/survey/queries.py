"""All the SQL that reads surveys."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from frivillig_cli.core.compact import compact_json
from frivillig_cli.core.sentence import say
from frivillig_cli.records.survey import questions
from frivillig_cli.records.survey.key import survey_code
from frivillig_cli.records.survey.model import (
    Answer,
    AnsweredField,
    Outcome,
    Problem,
    Recipient,
    Survey,
    SurveyCounts,
    Value,
)
from frivillig_cli.records.survey.open_queries import OPEN_BY_FIELD
from frivillig_cli.store.register import Register
from frivillig_cli.store.resolve import RefKind, resolve

KIND = RefKind("survey", "frivillig survey list --limit 0", label="title", searched=False)


def survey_id(register: Register, ref: str) -> int:
    """The id of the survey that `ref` names (number, or enough of the title)."""
    return resolve(register, ref, KIND)


def get(register: Register, wanted: int) -> Survey:
    """One survey, whole."""
    return _survey(register.row("SELECT * FROM survey WHERE id = ?", (wanted,)))


def every(register: Register) -> list[Survey]:
    """All surveys, the latest first."""
    return [_survey(row) for row in register.rows("SELECT * FROM survey ORDER BY id DESC")]


def _survey(row: Any) -> Survey:
    return Survey(
        row["id"],
        row["uid"],
        row["title"],
        row["due"],
        row["status"],
        questions.from_json(row["questions"]),
        row["created"],
        row["closed"],
        survey_code(row["uid"]),
    )


def counts(register: Register, survey_id: int) -> SurveyCounts:
    """How far a survey has come. An organisation that was sent to twice counts once."""
    row = register.row(f"SELECT {_COUNTED} FROM ({_BY_ORG}) AS theirs", (survey_id,))
    return SurveyCounts(*(value or 0 for value in row or ()))


_COUNTED = (
    "count(*), sum(answered), sum(answered AND result = 1), sum(answered AND result = 2),"
    " sum(answered AND result = 3), sum(answered AND result = 3 AND EXISTS ("
    "  SELECT 1 FROM survey_answer a, json_each(a.answers) AS field"
    "  WHERE a.survey_id = theirs.survey_id AND a.org_id = theirs.org_id"
    "  AND json_extract(field.value, '$.outcome') = 'applied')), sum(archived AND NOT answered)"
)
_BY_ORG = (
    "SELECT survey_id, org_id, org.status = 'archived' AS archived,"
    " max(answered IS NOT NULL) AS answered,"
    " max(CASE result WHEN 'problems' THEN 3 WHEN 'changed' THEN 2 WHEN 'unchanged'"
    " THEN 1 ELSE 0 END) AS result FROM survey_recipient JOIN org ON org.id = org_id"
    " WHERE survey_id = ? GROUP BY org_id"
)


def counts_by_category(register: Register, survey_id: int) -> dict[str | None, SurveyCounts]:
    """How far a survey has come, by the category (ICNPO) of those it was sent to; None: unknown."""
    rows = register.rows(
        f"SELECT o.category, {_COUNTED} FROM ({_BY_ORG}) AS theirs JOIN org o ON o.id = org_id"
        " GROUP BY o.category",
        (survey_id,),
    )
    return {row[0]: SurveyCounts(*row[1:]) for row in rows}


def reminded(register: Register, survey_id: int, template: str) -> dict[int, str]:
    """org -> when the last letter of `template` about the survey was written, or posted.

    A draft counts: whoever made it means to send it, and an unwanted one is undone.
    """
    rows = register.rows(
        "SELECT l.org_id, max(coalesce(l.registered, b.created)) FROM letter l"
        " JOIN letter_batch b ON b.id = l.batch_id"
        " WHERE b.survey_id = ? AND b.template = ? AND l.skipped IS NULL GROUP BY l.org_id",
        (survey_id, template),
    )
    return {row[0]: row[1] for row in rows}


def missing(register: Register, survey_id: int) -> list[int]:
    """The ids of organisations that were sent to and have not answered, by name; not archived
    ones."""
    sql = (
        "SELECT o.id FROM survey_recipient r JOIN org o ON o.id = r.org_id WHERE r.survey_id = ?"
        " AND o.status <> 'archived' GROUP BY o.id HAVING max(r.answered) IS NULL"
        " ORDER BY o.name_sort, o.id"
    )
    return [row[0] for row in register.rows(sql, (survey_id,))]


def sent_to(register: Register, survey_id: int) -> dict[int, bool]:
    """The ids of the organisations that were sent to, and whether each has answered."""
    sql = "SELECT org_id, max(answered) FROM survey_recipient WHERE survey_id = ? GROUP BY org_id"
    return {row[0]: row[1] is not None for row in register.rows(sql, (survey_id,))}


def recipients(register: Register, survey_id: int) -> list[Recipient]:
    """Everyone that was sent to; a second sending with other values is a recipient of its own."""
    sql = "SELECT * FROM survey_recipient WHERE survey_id = ? ORDER BY id"
    return [_recipient(row) for row in register.rows(sql, (survey_id,))]


def _recipient(row: Any) -> Recipient:
    return Recipient(
        row["id"],
        row["survey_id"],
        row["org_id"],
        {field: _value(value) for field, value in json.loads(row["base"]).items()},
        row["base_key"],
        row["sent"],
        row["answered"],
        row["result"],
    )


def _value(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value


def answers(register: Register, survey_id: int, org_id: int | None = None) -> list[Answer]:
    """What came back, in the order it came; of one organisation, or of all."""
    sql = (
        "SELECT * FROM survey_answer WHERE survey_id = ? AND (? IS NULL OR org_id = ?) ORDER BY id"
    )
    return [_answer(row) for row in register.rows(sql, (survey_id, org_id, org_id))]


def keep_base(register: Register, sent: tuple[int, int, str, str, str]) -> None:
    """Keep what was sent, unless it was before: survey, org, base as JSON, its key, when."""
    register.execute(
        "INSERT INTO survey_recipient (survey_id, org_id, base, base_key, sent)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT (survey_id, org_id, base_key) DO NOTHING",
        sent,
    )


def keep_file(register: Register, survey_id: int, sha256: str) -> None:
    """Keep that this very file was sent."""
    register.execute(
        "INSERT INTO survey_file (survey_id, sha256) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (survey_id, sha256),
    )


def sent_files(register: Register, survey_id: int) -> frozenset[str]:
    """The sha256 of every file that was sent in a survey."""
    sql = "SELECT sha256 FROM survey_file WHERE survey_id = ?"
    return frozenset(row[0] for row in register.rows(sql, (survey_id,)))


def stored_answer(register: Register, recipient_id: int, sha256: str) -> tuple[int, str] | None:
    """The id and the JSON of a form that came before in the same file, or None."""
    sql = "SELECT id, answers FROM survey_answer WHERE recipient_id = ? AND sha256 = ?"
    row = register.row(sql, (recipient_id, sha256))
    return (row[0], row[1]) if row else None


def mark_answered(register: Register, recipient_id: int, when: str) -> None:
    """Mark that a recipient has answered, unless that is known."""
    sql = "UPDATE survey_recipient SET answered = ? WHERE id = ? AND answered IS NULL"
    register.execute(sql, (when, recipient_id))


def outcomes_of(register: Register, recipient_id: int) -> set[Outcome]:
    """What has become of the fields that one recipient has answered, in all their forms."""
    sql = (
        "SELECT DISTINCT json_extract(field.value, '$.outcome')"
        " FROM survey_answer, json_each(answers) AS field WHERE recipient_id = ?"
    )
    return {Outcome(row[0]) for row in register.rows(sql, (recipient_id,))}


def _answer(row: Any) -> Answer:
    said = {
        field: AnsweredField(
            _value(cell["answer"]), Outcome(cell["outcome"]), cell.get("mark"), cell.get("day")
        )
        for field, cell in json.loads(row["answers"]).items()
    }
    return Answer(
        row["id"],
        row["org_id"],
        row["recipient_id"],
        row["file"],
        row["sha256"],
        row["received"],
        said,
        row["written"],
    )


def problems(
    register: Register, survey_id: int, *, status: str | None = "open", ids: Sequence[int] = ()
) -> list[Problem]:
    """Problems of a survey, those of one organisation together; all of them with status None."""
    marks = ",".join("?" * len(ids))
    narrowed = f" AND p.id IN ({marks})" if ids else ""
    sql = (
        "SELECT p.* FROM survey_problem p LEFT JOIN org o ON o.id = p.org_id"
        f" WHERE p.survey_id = ? AND (? IS NULL OR p.status = ?){narrowed}"
        " ORDER BY o.name_sort IS NULL, o.name_sort, p.id"
    )
    return [_problem(row) for row in register.rows(sql, (survey_id, status, status, *ids))]


def open_by_field(register: Register) -> dict[int, list[Problem]]:
    """survey -> its open problems that are about a field of an association."""
    found: dict[int, list[Problem]] = {}
    for row in register.rows(f"SELECT * FROM survey_problem WHERE {OPEN_BY_FIELD} ORDER BY id"):
        found.setdefault(row["survey_id"], []).append(_problem(row))
    return found


def problems_of_answer(register: Register, answer_id: int) -> list[Problem]:
    """All problems that one returned form had, resolved ones too."""
    sql = "SELECT * FROM survey_problem WHERE answer_id = ? ORDER BY id"
    return [_problem(row) for row in register.rows(sql, (answer_id,))]


def statuses(register: Register, survey_id: int, code: str) -> dict[tuple[int, str], str]:
    """(id of an answer, field) -> open or resolved, of the problems of one kind."""
    sql = (
        "SELECT answer_id, field, status FROM survey_problem"
        " WHERE survey_id = ? AND code = ? AND answer_id IS NOT NULL AND field IS NOT NULL"
        " ORDER BY id"
    )
    return {(row[0], row[1]): row[2] for row in register.rows(sql, (survey_id, code))}


def form_of(register: Register, problem_id: int) -> tuple[dict[str, Value], Answer] | None:
    """What was sent to whom a kept problem came from, and their answer; None without one."""
    row = register.row(
        "SELECT a.*, r.base FROM survey_problem p JOIN survey_answer a ON a.id = p.answer_id"
        " JOIN survey_recipient r ON r.id = a.recipient_id WHERE p.id = ?",
        (problem_id,),
    )
    if row is None:
        return None
    return {name: _value(value) for name, value in json.loads(row["base"]).items()}, _answer(row)


def problems_of_forms(
    register: Register, forms: Collection[int], *, before_answer: int
) -> list[Problem]:
    """Open problems of forms, by recipient, that came before the answer with this id."""
    marks = ", ".join("?" * len(forms))
    sql = (
        "SELECT * FROM survey_problem WHERE answer_id < ? AND status = 'open' AND answer_id IN"
        f" (SELECT id FROM survey_answer WHERE recipient_id IN ({marks})) ORDER BY id"
    )
    return [_problem(row) for row in register.rows(sql, (before_answer, *forms))]


def recipient_of(register: Register, answer_id: int) -> int:
    """The id of the recipient whose form an answer is."""
    sql = "SELECT recipient_id FROM survey_answer WHERE id = ?"
    return int(register.value(sql, (answer_id,)))


def settled_answer(register: Register, problem_id: int) -> Answer | None:
    """The last form of the one whose form had a problem, when no form of theirs has one open."""
    sql = (
        "SELECT last.* FROM survey_problem p JOIN survey_answer a ON a.id = p.answer_id"
        " JOIN survey_answer last ON last.id = (SELECT max(id) FROM survey_answer"
        "  WHERE recipient_id = a.recipient_id)"
        " WHERE p.id = ? AND NOT EXISTS (SELECT 1 FROM survey_problem o"
        "  JOIN survey_answer theirs ON theirs.id = o.answer_id"
        "  WHERE theirs.recipient_id = a.recipient_id AND o.status = 'open')"
    )
    row = register.row(sql, (problem_id,))
    return _answer(row) if row else None


def _problem(row: Any) -> Problem:
    return Problem(
        row["file"],
        row["code"],
        say(row["message"]),
        row["org_id"],
        row["sheet"],
        row["cell"],
        row["field"],
        row["value"],
        row["id"],
        row["status"],
    )


def confirmations(register: Register, org_id: int) -> dict[str, tuple[str, str]]:
    """field -> (date, source) of an organisation's last confirmation of it."""
    sql = (
        "SELECT field.value, confirmed, source FROM confirmation, json_each(fields) AS field"
        " WHERE org_id = ? ORDER BY confirmed, confirmation.id"
    )
    return {row[0]: (row[1], row[2]) for row in register.rows(sql, (org_id,))}


def org_names(register: Register, wanted: Sequence[int]) -> dict[int, str]:
    """id -> name of the organisations that a report names."""
    found: dict[int, str] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ",".join("?" * len(part))
        found |= {
            row[0]: row[1]
            for row in register.rows(f"SELECT id, name FROM org WHERE id IN ({marks})", part)
        }
    return found


def confirm_fields(
    register: Register, org_id: int, fields: Sequence[str], confirmed: str, source: str
) -> None:
    """Keep when, and in what, an organisation last said that these fields are right."""
    known = register.row(
        "SELECT id, fields FROM confirmation WHERE org_id = ? AND confirmed = ? AND source = ?",
        (org_id, confirmed, source),
    )
    said = list(json.loads(known["fields"])) if known else []
    more = [field for field in dict.fromkeys(fields) if field not in said]
    if not more:
        return
    together = compact_json([*said, *more])
    if known:
        register.update("confirmation", known["id"], fields=together)
    else:
        register.insert(
            "confirmation", org_id=org_id, confirmed=confirmed, source=source, fields=together
        )


def completions(register: Register, folded: str) -> list[tuple[int, str]]:
    """(id, title) of surveys whose title holds `folded`, the latest first."""
    sql = (
        "SELECT id, title FROM survey WHERE instr(name_search, ?) > 0 OR ? = ''"
        " ORDER BY id DESC LIMIT 50"
    )
    return [(row[0], row[1]) for row in register.rows(sql, (folded, folded))]
