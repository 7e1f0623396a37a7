"""An activation as scripts read it: the keys that they rely on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from frivillig_cli.records.activation.model import Row
from frivillig_cli.work.beredskap import group_answers, script
from frivillig_cli.work.beredskap.view import View


def to_json(view: View, files: list[Path]) -> dict[str, Any]:
    """The keys that scripts rely on; protected people have no phones."""
    activation = view.activation
    shown = ("id", "number", "title", "kind", "state", "started", "ended", "payer", "episode",
             "round", "agreements", "asked_by", "decided_by", "external_ref", "place",
             "callback", "in_charge", "called_off")  # fmt: skip
    return {
        **{key: getattr(activation, key) for key in shown},
        "mark": script.mark(activation.kind) or None,
        "needs": needs_json(view),
        "covered": view.covered,
        **apart_json(view),
        "episodes": [
            {
                "episode": one.activation.episode,
                "ended": one.activation.ended,
                "called_off": one.activation.called_off,
                "needs": [
                    {**told, "met": need.met}
                    for told, need in zip(needs_json(one), one.needs, strict=True)
                ],
                **episode_counts(one),
            }
            for one in view.past
        ],
        "group_answers": [
            {
                "group_id": one.group_id,
                "name": one.group_name,
                "coming": one.coming,
                "of": one.asked,
                "eta": one.eta,
                "not_counted": group_answers.lost(view, one),
            }
            for one in view.told
        ],
        "calls": [row_json(view, row) for row in view.eligible],
        "not_home": [
            {
                "person_id": row.person_id,
                "name": row.name,
                "row_code": row.row_code,
                "deployment": row.deployment,
            }
            for row in view.out
        ],
        "not_home_unnamed": [
            {"group_id": group, "name": name, "n": n}
            for group, (name, n) in group_answers.unnamed(view).items()
        ],
        "excluded": [
            {"person_id": row.person_id, "name": row.name, "reason": row.reason}
            for row in view.excluded
        ],
        "files": [str(file) for file in files],
    }


def episode_counts(view: View) -> dict[str, int]:
    """How many were called in an episode, and of them said yes, are in reserve, and said no."""
    answers = Counter(row.answer for row in view.eligible if row.called)
    return {
        "called": view.tally["called"],
        **{key: answers[key] for key in ("yes", "reserve", "no")},
        **apart_json(view),
    }


def apart_json(view: View) -> dict[str, int]:
    """Those who came, or come, and are among neither those called nor their answers."""
    by_leaders, unnamed = view.by_leaders
    own = {key: view.tally[key] for key in ("came", "carried")}
    return {**own, "by_leaders": by_leaders, "by_leaders_unnamed": unnamed}


def needs_json(view: View) -> list[dict[str, Any]]:
    """What is needed and how much of it is met; `skill` is None for anyone."""
    return [
        {"skill": need.skill, "needed": need.needed, "confirmed": need.confirmed}
        for need in view.needs
    ]


def row_json(view: View, row: Row) -> dict[str, Any]:
    """One row as the `calls` of an activation show it."""
    return {
        "person_id": row.person_id,
        "name": row.name,
        "phones": list(row.usable),
        "groups": [seat.name for seat in row.groups],
        "rank": row.rank,
        "row_code": row.row_code,
        "skills": list(row.skills),
        "selection": row.selection,
        "reason": row.reason,
        "contact": row.contact,
        "answer": row.answer,
        "deployment": row.deployment,
        "attempts": row.attempts,
        "eta": row.eta,
        "shared_with": view.shared.get(row.id, []),
        "protected": row.protected,
        "walk_in": row.walk_in,
        **{key: getattr(row, key) for key in ("called", "came", "lease_by", "lease_until")},
    }
