from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from frivillig_cli.core.names import fold
from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Register

from .conftest import AT, command

STAMP = AT.isoformat()
ORGS, PEOPLE, VOLUNTEERS, ANSWERS = 170, 800, 240, 120
MEGABYTES = 3


def _keys(number: int, name: str, *more: str) -> dict[str, Any]:
    folded = fold(name)
    search = " ".join([folded, *map(fold, more)])
    return {
        "id": number, "uid": f"{number:032x}", "name": name, "name_sort": folded,
        "name_search": folded, "search": search, "created": STAMP, "updated": STAMP,
    }  # fmt: skip


def _orgs() -> Iterator[dict[str, Any]]:
    for n in range(1, ORGS + 1):
        email = f"post@lag{n}.example"
        keys = _keys(n, f"Sylling og omegn songlag {n}", email, "Musikk og korps", "3410 Sylling")
        yield keys | {
            "orgnr": f"{900000000 + n}", "form": "FLI", "category": "1100", "language": "nb",
            "email": email, "phone": f"+47322{n:05}", "website": f"https://lag{n}.example",
            "street": f"Syllingveien {n}", "postcode": "3410", "city": "Sylling",
            "municipality": "3312", "bank_account": f"{86011100000 + n}", "members": n,
            "activities": "Øvelse hver tirsdag på skolen, konsert til jul og til sommeren",
        }  # fmt: skip


def _people() -> Iterator[dict[str, Any]]:
    for n in range(1, PEOPLE + VOLUNTEERS + 1):
        email = f"ingeborg.marie{n}@post.example"
        yield _keys(n, f"Ingeborg Marie Kittilsen {n}", email, f"+47900{n:05}") | {"email": email}


def _fill(register: Register) -> None:
    everyone = range(1, PEOPLE + VOLUNTEERS + 1)
    with register.transaction(command("demo")):
        register.insert_many("org", _orgs())
        register.insert_many("person", _people())
        register.insert_many(
            "person_phone", ({"person_id": n, "number": f"+47900{n:05}"} for n in everyone)
        )
        register.insert_many(
            "contact",
            ({"org_id": n % ORGS + 1, "person_id": n, "role": "board_member",
              "from_date": "2025-03-01"} for n in range(1, PEOPLE + 1)),
        )  # fmt: skip
        register.insert_many(
            "volunteer",
            ({"id": PEOPLE + n, "availability": "ettermiddag og kveld", "created": STAMP,
              "updated": STAMP} for n in range(1, VOLUNTEERS + 1)),
        )  # fmt: skip
        register.insert_many(
            "person_skill",
            ({"person_id": PEOPLE + n, "skill": skill} for n in range(1, VOLUNTEERS + 1)
             for skill in ("omsorg", "sjåfør")),
        )  # fmt: skip
        _survey(register)


def _survey(register: Register) -> None:
    base = json.dumps({f"field_{n}": "some value of a field" for n in range(25)})
    register.insert(
        "survey", uid="s", title="Endringer", name_sort="e", name_search="e", questions=base,
        created=STAMP,
    )  # fmt: skip
    register.insert_many(
        "survey_recipient",
        ({"survey_id": 1, "org_id": n, "base": base, "base_key": f"{n:032x}", "sent": STAMP}
         for n in range(1, ORGS + 1)),
    )  # fmt: skip
    register.insert_many(
        "survey_answer",
        ({"survey_id": 1, "org_id": n, "recipient_id": n, "file": f"svar {n}.xlsx",
          "sha256": f"{n:064x}", "received": STAMP, "answers": base}
         for n in range(1, ANSWERS + 1)),
    )  # fmt: skip


def test_a_municipality_with_its_history_takes_three_megabytes_at_most(tmp_path: Path) -> None:
    register = create_register(tmp_path / "r.db")
    _fill(register)
    for n in range(1, ANSWERS + 1):
        with register.transaction(command("survey import")):
            register.update("org", n, phone="+4732220000", updated="2026-12-01T00:00:00+00:00")
    register.close()
    assert register.path.stat().st_size <= MEGABYTES * 1_000_000


@pytest.mark.parametrize(("rows", "compacted"), [(500, True), (499, False)])
def test_the_file_is_made_anew_after_a_command_of_many_rows_only(
    tmp_path: Path, rows: int, compacted: bool
) -> None:
    register = create_register(tmp_path / "register.db")
    asked: list[str] = []
    register._connection.set_trace_callback(asked.append)
    with register.transaction(command("import")):
        register.insert_many("setting", ({"key": f"k{n}", "value": "v"} for n in range(rows)))
    register.close()
    assert ("VACUUM" in asked) == compacted
