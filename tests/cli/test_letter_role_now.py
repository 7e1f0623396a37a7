"""A letter on a role says what is true now: agreements in force, pauses, other duties."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.letter_outbox import serving
from tests.conftest import Cli

RENDER = ("letter", "render", "rolle-i-beredskap", "-o", "ut", "--format", "txt")


@pytest.fixture
def town(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """Kari in both groups, Ola in the second: each group follows an agreement of its own."""
    monkeypatch.chdir(tmp_path)
    home = ("--street", "Bruveien 2", "--postcode", "3400", "--city", "Lier")
    for n, (org, group) in enumerate((("Lier sanitet", "Omsorg"), ("Lier hundelag", "Leting")), 1):
        cli.ok("org", "add", org)
        cli.ok("agreement", "add", str(n), group, "--kind", "beredskap", "--from", "2024-01-01")
        cli.ok("beredskap", "group", "add", group, "--org", str(n), "--agreement", str(n))
    for n, name in enumerate(("Kari Bakken", "Ola Vik")):
        cli.ok("volunteer", "add", name, "--phone", f"9011122{n}", *home)
    cli.ok("beredskap", "member", "add", "Omsorg", "1")
    cli.ok("beredskap", "member", "add", "Leting", "1", "2")
    return cli


def letter(name: str) -> str:
    (path,) = Path("ut").glob(f"*{name}*.txt")
    return " ".join(path.read_text("utf-8").split())


@pytest.mark.parametrize(
    ("how", "why"),
    [
        (("--to", "2025-12-31"), "expired"),
        (("--from", "2031-01-01"), "not_begun"),
        (None, "ended"),
    ],
)
def test_no_letter_tells_a_role_by_an_agreement_that_is_not_in_force(town, how, why) -> None:
    town.ok(*(("agreement", "edit", "2", *how) if how else ("agreement", "end", "2", "--yes")))
    done = town(*RENDER, "--json")
    made = json.loads(done.out)
    assert done.code == 3 and [row["name"] for row in made["rendered"]] == ["Kari Bakken"]
    assert [(row["name"], row["why"]) for row in made["skipped"]] == [("Ola Vik", why)]
    assert "Omsorg i Lier sanitet" in letter("Kari") and "Leting" not in letter("Kari")
    town.ok("letter", "sent", "1")
    told = {
        group: [one["told"] for one in town.json("beredskap", "group", "show", group)["members"]]
        for group in ("Omsorg", "Leting")
    }
    assert all(told["Omsorg"]) and told["Leting"] == [None, None]


def test_the_letter_says_of_a_pause_and_of_another_duty_that_we_do_not_call(town) -> None:
    town.ok("beredskap", "opt-out", "set", "Kari", "--until", "2030-12-31")
    town.ok("beredskap", "duty", "add", "Ola", "Brannvesenet")
    town.ok(*RENDER)
    assert "ringer deg ikke før 31. desember 2030" in letter("Kari")
    assert "annen oppgave når det er krise. Så" in letter("Ola")
    assert "pause, så" not in letter("Ola") and "Vi har notert" not in letter("Kari")


def test_who_has_left_the_group_since_it_was_written_is_not_called_archived(town) -> None:
    town.ok("config", "set", "letterhead.email", "post@lier.example")
    town.ok("person", "edit", "Ola", "--email", "ola@vik.example")
    town.ok(*RENDER, "Ola")
    town.ok("beredskap", "member", "remove", "Leting", "Ola")
    for lang, words in (("en", "is not in the group any more"), ("nb", "er ikke med i gruppen")):
        assert f"Ola Vik  {words}" in town("letter", "send", 1, "--dry-run", lang=lang).out
    told = json.loads(town("letter", "send", 1, "--dry-run", "--json").out)
    assert [row["why"] for row in told["skipped"]] == ["left_group"]


@pytest.mark.parametrize("left", [True, False])
def test_what_waits_in_the_outbox_for_who_has_left_the_group_is_not_sent(town, left) -> None:
    town.ok("config", "set", "letterhead.email", "post@lier.example")
    town.ok("person", "edit", "Ola", "--email", "ola@vik.example")
    town.ok(*RENDER, "Ola")
    with serving(town) as serve:
        handler = serve({"ola@vik.example": "450 later"})
        town("letter", "send", 1, "--yes")
        assert [row["state"] for row in town.json("letter", "log", 1)] == ["queued"]
        handler.rules = {}
        if left:
            town.ok("beredskap", "member", "remove", "Leting", "Ola")
        done = json.loads(town("letter", "send", 1, "--yes", "--json").out)
        assert [row["why"] for row in done["skipped"]] == (["left_group"] if left else [])
        assert len(done["sent"]) == (0 if left else 1)


@pytest.fixture
def queued(town: Cli) -> Iterator[tuple[Cli, Any]]:
    """The letter to Kari, in both groups, and that to Ola lie in the outbox: (town, server)."""
    town.ok("config", "set", "letterhead.email", "post@lier.example")
    for name in ("Kari", "Ola"):
        town.ok("person", "edit", name, "--email", f"{name.lower()}@vik.example")
    town.ok(*RENDER)
    with serving(town) as serve:
        handler = serve({f"{name}@vik.example": "450 later" for name in ("kari", "ola")})
        town("letter", "send", 1, "--yes")
        assert {row["state"] for row in town.json("letter", "log", 1)} == {"queued"}
        handler.rules = {}
        yield town, handler


def outcome(town: Cli) -> dict[str, str]:
    done = json.loads(town("letter", "send", 1, "--dry-run", "--json").out)
    said = {row["name"]: row["why"] for row in done["skipped"]}
    return said | {row["name"]: "" for row in done["would_send"]}


@pytest.mark.parametrize(
    ("then", "why"),
    [
        (("beredskap", "member", "remove", "Leting", "1"), {"Kari Bakken": "changed"}),
        (("beredskap", "member", "add", "Leting", "1", "--role", "leader"),
         {"Kari Bakken": "changed"}),
        (("agreement", "end", "2", "--yes"), {"Kari Bakken": "changed", "Ola Vik": "ended"}),
        (("agreement", "edit", "2", "--to", "2025-12-31"),
         {"Kari Bakken": "changed", "Ola Vik": "expired"}),
    ],
)  # fmt: skip
def test_no_letter_goes_out_of_the_outbox_with_a_role_that_is_no_more(queued, then, why) -> None:
    town, _handler = queued
    town.ok(*then)
    told = town("letter", "send", 1, "--yes")
    assert "Write them anew" in told.err + told.out
    log = {row["name"]: row["state"] for row in town.json("letter", "log", 1)}
    assert {name for name, state in log.items() if state != "sent"} == set(why)
    assert outcome(town) == why


@pytest.mark.parametrize("in_outbox", [True, False])
def test_an_agreement_that_has_run_out_since_holds_the_letter_back(
    town, request, monkeypatch, in_outbox
) -> None:
    town.ok("agreement", "edit", "2", "--to", "2026-12-31")
    if in_outbox:
        request.getfixturevalue("queued")
    else:
        town.ok("config", "set", "letterhead.email", "post@lier.example")
        for name in ("Kari", "Ola"):
            town.ok("person", "edit", name, "--email", f"{name.lower()}@vik.example")
        town.ok(*RENDER)
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-01-02T10:00:00+01:00")
    assert outcome(town) == {"Kari Bakken": "changed", "Ola Vik": "expired"}
