"""The first morning: a register is made and filled from what others send."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli


def unit(orgnr: str, name: str, municipality: str = "3312", **more: Any) -> dict[str, Any]:
    return {
        "organisasjonsnummer": orgnr,
        "navn": name,
        "organisasjonsform": {"kode": "FLI", "beskrivelse": "Forening/lag/innretning"},
        "maalform": "Bokmål",
        "forretningsadresse": {
            "adresse": ["c/o Kari Nordmann", "Bruveien 2"],
            "postnummer": "3400",
            "poststed": "LIER",
            "kommune": "LIER",
            "kommunenummer": municipality,
        },
        **more,
    }


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    units = [
        unit("310000019", "LIER SANGLAG"),
        unit("310000027", "LIERBYGDA SKOLEKORPS", telefon="32 22 01 00"),
        unit("310000035", "ANNA KOMMUNE IDRETTSLAG", "3301"),
        unit("310000001", "LAG MED FEIL NUMMER"),
    ]
    path = tmp_path / "enheter.json"
    page = {"size": 20, "totalElements": 4, "totalPages": 1, "number": 0}
    path.write_text(json.dumps({"_embedded": {"enheter": units}, "page": page}), "utf-8")
    return path


def test_a_saved_answer_is_shown_taken_in_and_changes_nothing_the_second_time(
    cli: Cli, answer: Path
) -> None:
    shown = cli("org", "import", answer, "--dry-run", "--json")
    assert shown.code == 3
    preview = json.loads(shown.out)
    counts = {key: preview[key] for key in ("created", "changed", "kept", "unchanged", "applied")}
    assert counts == {"created": 2, "changed": 0, "kept": 0, "unchanged": 0, "applied": False}
    assert len(preview["skipped"]) == 1 and preview["rejected"][0]["row"] == 4
    assert cli.json("org", "list") == []

    assert "--yes" in cli.refused("org", "import", answer)
    saved = cli("org", "import", answer, "--yes")
    assert saved.code == 3 and "310000001" in saved.out
    before = cli.json("org", "list")
    assert [org["name"] for org in before] == ["Lier sanglag", "Lierbygda skolekorps"]
    assert before[0]["street"] == "Bruveien 2", "the c/o line names a private person"
    assert before[1]["phone"] == "+4732220100"

    again = cli("org", "import", answer, "--yes", "--json")
    assert (again.code, json.loads(again.out)["created"]) == (0, 0)
    assert cli.json("org", "list") == before


def test_a_list_fills_blanks_and_never_erases_or_overwrites(cli: Cli, tmp_path: Path) -> None:
    cli.ok("org", "add", "Egge barnekor", "--phone", "91 65 43 21", "--city", "Lier")
    table = tmp_path / "lag.csv"
    table.write_text(
        "Navn;Telefon;E-post;Sted\n"
        "Egge barnekor;32 24 10 00;post@egge.example;Lier\nLier hagelag;;;\n",
        "latin-1",
    )
    done = cli("org", "import", table, "--yes")
    assert done.code == 0, done.err
    first, second = cli.json("org", "list")
    assert (first["phone"], first["email"]) == ("+4791654321", "post@egge.example")
    assert second["name"] == "Lier hagelag"
    assert "32 24 10 00" in done.out, "what was kept is named"


def test_everything_is_found_and_one_wrong_step_is_taken_back(cli: Cli) -> None:
    cli.ok("org", "add", "Ærfugl & Sønner <AS>", "--tag", "kor", "--city", "Åros")
    cli.ok("org", "add", "Lier blandakor", "--orgnr", "310 000 019", "--tag", "kor")
    cli.ok("contact", "add", "blandakor", "Odd Fagerli", "--role", "leader")
    assert [hit["name"] for hit in cli.json("search", "aerfugl sonner")] == ["Ærfugl & Sønner <AS>"]
    assert [org["name"] for org in cli.json("org", "list", "tag:kor")] == [
        "Lier blandakor",
        "Ærfugl & Sønner <AS>",
    ]
    assert cli.json("org", "show", "310000019")["contacts"][0]["name"] == "Odd Fagerli"
    cli.ok("org", "archive", "blandakor")
    assert len(cli.json("org", "list")) == 1
    cli.ok("undo")
    assert len(cli.json("org", "list")) == 2
    assert [entry["command"] for entry in cli.json("history")][:3] == [
        "undo",
        "org archive",
        "contact add",
    ]
    assert "sound" in cli.ok("doctor")
