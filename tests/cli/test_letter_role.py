"""The letter that tells those who can be called out what they are in which group."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Cli


@pytest.fixture
def town(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """Two groups: Kari in both, Ola (nynorsk) in one, one who is protected, one in no group."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok(
        "agreement", "add", "1", "Omsorgsberedskap", "--kind", "beredskap", "--from", "2026-01-01",
        "--to", "2028-12-31", "--caller", "kriseledelsen.", "--response-time", "innen én time.",
    )  # fmt: skip
    for name in ("Omsorg", "Vakt"):
        cli.ok("beredskap", "group", "add", name, "--org", "1")
    home = ("--street", "Bruveien 2", "--postcode", "3400", "--city", "Lier")
    for n, name in enumerate(("Kari Bakken", "Ola Vik", "Skjult Solli", "Utenfor Moen")):
        cli.ok("volunteer", "add", name, "--phone", f"9011122{n}", *home)
    cli.ok("person", "edit", "2", "--language", "nn")
    cli.ok("person", "edit", "3", "--protected")
    cli.ok("beredskap", "member", "add", "Omsorg", "1", "--role", "leader")
    cli.ok("beredskap", "member", "add", "Omsorg", "2", "3")
    cli.ok("beredskap", "member", "add", "Vakt", "1")
    return cli


def told(cli: Cli) -> dict[str, str | None]:
    return {
        f"{member['name']} {group['name']}": member["told"]
        for group in cli.json("beredskap", "group", "list")
        for member in cli.json("beredskap", "group", "show", group["id"])["members"]
    }


def never_told(cli: Cli) -> bool:
    done = cli("beredskap", "check", "--json")
    return '"never_told"' in done.out


def test_each_is_told_their_own_role_and_it_is_recorded_when_it_is_posted(town: Cli) -> None:
    assert never_told(town)
    done = town("letter", "render", "rolle-i-beredskap", "-o", "ut", "--format", "txt")
    assert done.code == 3 and "Skjult Solli  protected" in done.err + done.out
    letters = {path.name: path.read_text("utf-8") for path in Path("ut").glob("*.txt")}
    (kari,) = (text for name, text in letters.items() if "Kari" in name)
    (ola,) = (text for name, text in letters.items() if "Ola" in name)
    flat = " ".join(kari.split())
    assert "Omsorg i Lier sanitetsforening: Du er leder." in flat
    assert "Vakt i Lier sanitetsforening: Du er medlem." in flat
    assert ".." not in flat
    assert "kriseledelsen" in flat and "innen én time" in flat and "90 11 12 20" in flat
    assert "kan du si nei" in flat
    flat = " ".join(ola.split())
    assert "Kari Bakken leier gruppa" in flat and "90 11 12 21" in flat and "90 11 12 20" not in ola
    assert "kan du seie nei" in flat and "90 11 12 22" not in kari + ola
    assert not any(told(town).values()), "a draft tells nobody"

    town.ok("letter", "sent", "1", "--date", "2026-11-20")
    assert told(town) == {
        "Kari Bakken Omsorg": "2026-11-20", "Ola Vik Omsorg": "2026-11-20",
        "Skjult Solli Omsorg": None, "Kari Bakken Vakt": "2026-11-20",
    }  # fmt: skip
    assert never_told(town), "the protected one is told in another way"
    town.ok("beredskap", "told", "3")
    assert not never_told(town)
    town.ok("undo")
    town.ok("undo")
    assert not any(told(town).values())


def test_a_group_or_a_query_picks_them_and_nobody_gets_it_twice(town: Cli) -> None:
    def names(*words: object) -> list[str]:
        done = town.json("letter", "render", "rolle-i-beredskap", *words, "-o", "ut", "--dry-run")
        return [one["name"] for one in done["rendered"]]

    assert names("--group", "Vakt") == ["Kari Bakken"]
    assert names("ola") == ["Ola Vik"]
    town.ok("letter", "render", "rolle-i-beredskap", "kari", "-o", "ut")
    town.ok("letter", "sent", "1")
    assert "has got" in town.refused("letter", "render", "rolle-i-beredskap", "kari", "-o", "to")
    assert names("kari", "--again") == ["Kari Bakken"]
    assert "person list" in town.refused("letter", "render", "rolle-i-beredskap", "moen", "-o", "x")


def test_a_letter_tells_no_other_role_than_it_was_written_of(town: Cli) -> None:
    town.ok("letter", "render", "rolle-i-beredskap", "--group", "Vakt", "-o", "ut")
    town.ok("beredskap", "member", "add", "Vakt", "2")
    town.ok("letter", "sent", "1", "--date", "2026-11-20")
    done = {who for who, day in told(town).items() if day}
    assert done == {"Kari Bakken Vakt"}
    town.ok("letter", "render", "rolle-i-beredskap", "--group", "Omsorg", "-o", "to",
            "kari", "--format", "txt")  # fmt: skip
    (text,) = (one.read_text("utf-8") for one in Path("to").glob("*.txt"))
    assert "Omsorg" in text and "Vakt" not in text
    town.ok("letter", "sent", "2", "--date", "2026-11-21")
    done = {who: day for who, day in told(town).items() if day}
    assert done == {"Kari Bakken Vakt": "2026-11-20", "Kari Bakken Omsorg": "2026-11-21"}
    for words in (["kari"], ["kari", "--group", "Vakt"]):
        said = town.refused("letter", "render", "rolle-i-beredskap", *words, "-o", "x")
        assert "has got this letter" in said
    town.ok("beredskap", "group", "add", "Kjøring", "--org", "1")
    town.ok("beredskap", "member", "add", "Kjøring", "1")
    town.ok("letter", "render", "rolle-i-beredskap", "kari", "-o", "x", "--format", "txt")
    (text,) = (one.read_text("utf-8") for one in Path("x").glob("*.txt"))
    assert all(group in text for group in ("Omsorg", "Vakt", "Kjøring"))


@pytest.mark.parametrize("when", ["written", "sent"])
def test_who_gets_another_role_has_not_been_told_of_it(town: Cli, when: str) -> None:
    def lead() -> None:
        town.ok("beredskap", "member", "add", "Omsorg", "2", "--role", "deputy")

    town.ok("letter", "render", "rolle-i-beredskap", "-o", "ut", "ola", "--format", "txt")
    if when == "written":
        lead()
    town.ok("letter", "sent", "1")
    if when == "sent":
        assert told(town)["Ola Vik Omsorg"]
        lead()
    assert told(town)["Ola Vik Omsorg"] is None
    town.ok("letter", "render", "rolle-i-beredskap", "-o", "to", "ola", "--format", "txt")
    (text,) = (one.read_text("utf-8") for one in Path("to").glob("*.txt"))
    assert "nestleiar" in text
    town.ok("letter", "sent", "2")
    assert told(town)["Ola Vik Omsorg"]
    town.ok("beredskap", "member", "add", "Omsorg", "2", "--role", "deputy", "--order", "3")
    assert told(town)["Ola Vik Omsorg"], "the same role in another order"


@pytest.mark.parametrize("back", ["role", "group"])
def test_who_gets_a_role_back_is_told_once_more(
    town: Cli, monkeypatch: pytest.MonkeyPatch, back: str
) -> None:
    def send(day: int) -> None:
        monkeypatch.setenv("FRIVILLIG_CLOCK", f"2026-12-{day:02}T10:00:00+01:00")
        town.ok("letter", "render", "rolle-i-beredskap", "-o", f"ut{day}", "ola")
        town.ok("letter", "sent", day)

    send(1)
    if back == "role":
        town.ok("beredskap", "member", "add", "Omsorg", "2", "--role", "deputy")
        send(2)
        town.ok("beredskap", "member", "add", "Omsorg", "2", "--role", "member")
    else:
        town.ok("beredskap", "member", "remove", "Omsorg", "2")
        town.ok("beredskap", "member", "add", "Omsorg", "2")
    assert told(town)["Ola Vik Omsorg"] is None
    send(3 if back == "role" else 2)
    assert told(town)["Ola Vik Omsorg"] is not None
    town.refused("letter", "render", "rolle-i-beredskap", "-o", "x", "ola")


def test_letters_to_a_group_are_sent_as_they_were_written(town: Cli) -> None:
    town.ok("person", "edit", "1", "--email", "kari@bakken.example")
    for key, value in {"host": "127.0.0.1", "from": "post@kommune.example"}.items():
        town.ok("config", "set", f"mail.{key}", value)
    for n, group in enumerate(("Vakt", "Omsorg"), 1):
        town("letter", "render", "rolle-i-beredskap", "--group", group, "-o", f"ut{n}", "kari")
        ready = town.json("letter", "send", n, "--dry-run")
        assert [one["name"] for one in ready["would_send"]] == ["Kari Bakken"], ready
        town.ok("letter", "sent", n)
    town.ok("undo")
    town.ok("beredskap", "member", "add", "Omsorg", "1", "--role", "member")
    changed = town("letter", "send", 2, "--dry-run", "--json")
    assert [one["why"] for one in json.loads(changed.out)["skipped"]] == ["changed"]


def test_a_letter_from_before_that_was_kept_told_of_all(town: Cli) -> None:
    town.ok("letter", "render", "rolle-i-beredskap", "kari", "-o", "ut")
    with closing(sqlite3.connect(town.path)) as other, other:
        other.execute("UPDATE letter SET told_seats = NULL")
    town.ok("letter", "sent", "1")
    assert {who for who, day in told(town).items() if day} == {
        "Kari Bakken Vakt", "Kari Bakken Omsorg"
    }  # fmt: skip
    town.refused("letter", "render", "rolle-i-beredskap", "kari", "-o", "x")
    town.ok("beredskap", "group", "add", "Kjøring", "--org", "1")
    town.ok("beredskap", "member", "add", "Kjøring", "1")
    town.ok("letter", "render", "rolle-i-beredskap", "kari", "-o", "x")


@pytest.mark.parametrize(
    "words",
    [
        ["rolle-i-beredskap", "--one-per-address"],
        ["rolle-i-beredskap", "--to", "contact"],
        ["takk-frivillig", "--group", "Vakt"],
        ["kursbevis", "--one-per-address"],
    ],
)
def test_what_does_not_suit_such_a_letter_is_refused(town: Cli, words: list[str]) -> None:
    town.refused("letter", "render", *words, "-o", "ut", code=2)


def test_the_shipped_letter_is_whole_for_everybody(town: Cli) -> None:
    for key, value in {"caseworker": "Kari Nordli", "email": "post@kommune.example"}.items():
        town.ok("config", "set", f"letterhead.{key}", value)
    done = town.json("letter", "check", "rolle-i-beredskap")
    assert done["findings"] == [] and done["letters"] == 4
    town.ok("letter", "preview", "rolle-i-beredskap", "Kari", "-o", "brev.pdf")
    town.ok("letter", "new", "min-rolle", "--for", "member")
    town.ok("letter", "render", "min-rolle", "-o", "ut", "--dry-run", "--group", "Vakt")


def test_one_who_is_named_and_has_no_seat_is_left_out_with_the_reason(town: Cli) -> None:
    Path("hvem.txt").write_text("1\n4\n", encoding="utf-8")
    data = town("letter", "render", "rolle-i-beredskap", "-o", "ut", "--refs", "hvem.txt", "--json")
    done = json.loads(data.out)
    assert [row["name"] for row in done["rendered"]] == ["Kari Bakken"], done
    assert [(row["name"], row["why"]) for row in done["skipped"]] == [("Utenfor Moen", "no_member")]


def test_a_number_to_call_back_that_is_a_protected_persons_stands_in_no_letter(town: Cli) -> None:
    for number, there in (("90111220", True), ("90111222", False)):
        town.ok("config", "set", "beredskap.callback", number)
        folder = f"ut{number}"
        town("letter", "render", "rolle-i-beredskap", "-o", folder, "--format", "txt")
        (ola,) = (one.read_text("utf-8") for one in Path(folder).glob("*Ola*.txt"))
        assert ("ringje tilbake" in " ".join(ola.split())) == there
        assert "90 11 12 22" not in ola
    town.ok("beredskap", "plan", "-o", "plan.txt")
    assert "90 11 12 22" not in Path("plan.txt").read_text("utf-8")
