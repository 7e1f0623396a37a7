"""The number of a protected person stands nowhere in what a call-out shows and hands out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from frivillig_cli.cli import ask
from tests.conftest import Cli

FORMS = ("90111222", "90 11 12 22", "901 11 222")


@pytest.fixture
def called(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Mona, who did not answer and was noted with her number, is protected since; Per is not."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", "lier")
    for name, number in (("Mona Tangen", "90111222"), ("Per Tangen", "90111223")):
        cli.ok("volunteer", "add", name, "--phone", number)
        cli.ok("beredskap", "member", "add", "Omsorg", name)
    cli.ok("beredskap", "activate", "Flom", "-o", "ut")
    for name in ("mona", "per"):
        cli.ok("beredskap", "call", name, "no-answer")
    cli.ok("beredskap", "note", "mona", "ring +47 901 11 222 etter klokka 18")
    cli.ok("person", "edit", "mona", "--protected")
    return cli


def shown(text: str) -> bool:
    return any(form in text.replace("\u00a0", " ") for form in FORMS)


def test_a_number_that_was_rung_is_left_out_once_somebody_is_protected(called: Cli) -> None:
    told = called.ok("beredskap", "log")
    assert "Mona Tangen: no answer" in told and "ring [protected number] etter" in told
    assert not shown(told) and "Per Tangen (90 11 12 23)" in told
    assert not shown(str(called.json("beredskap", "log")))
    assert not shown(str(called.json("beredskap", "report")))
    for ending in ("html", "json", "pdf", "xlsx"):
        called.ok("beredskap", "report", "-o", f"r.{ending}")
    for ending in ("html", "json"):
        assert not shown(Path(f"r.{ending}").read_text("utf-8"))
    from openpyxl import load_workbook

    cells = [str(cell.value) for sheet in load_workbook("r.xlsx") for row in sheet for cell in row]
    assert any("Mona Tangen" in cell for cell in cells) and not shown("\n".join(cells))
    assert called("doctor").code == 0  # what is stored, and its seal, is as it was
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    pdf = subprocess.run(["pdftotext", "r.pdf", "-"], capture_output=True, text=True, check=True)
    assert "Mona Tangen" in pdf.stdout and not shown(pdf.stdout)


def test_one_who_shares_the_number_keeps_it_in_their_own_lines(called: Cli) -> None:
    called.ok("beredskap", "exclude", "per")
    called.ok("person", "edit", "per", "--phone", "90111222", "--yes")
    called.ok("beredskap", "include", "per")
    called.ok("beredskap", "call", "per", "no-answer", "--again")
    told = called.ok("beredskap", "log")
    assert "Per Tangen (90 11 12 22)" in told and "Mona Tangen: no answer" in told


def test_a_shared_number_is_left_out_of_the_line_of_who_took_over(cli: Cli, tmp_path: Path) -> None:
    for name in ("Mona Tangen", "Per Tangen"):
        cli.ok("volunteer", "add", name, "--phone", "90111222", "--new-person")
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", "lier")
    cli.ok("beredskap", "member", "add", "Omsorg", "per")
    cli.ok("beredskap", "activate", "Flom", "-o", tmp_path / "ut")
    cli.ok("beredskap", "handover", "Mona 90 11 12 22", "--note", "ring 901 11 222")
    assert shown(cli.ok("beredskap", "log"))
    cli.ok("person", "edit", "mona", "--protected")
    told = cli.ok("beredskap", "log")
    assert "Mona [protected number] is in charge" in told and "ring [protected number]" in told
    assert not shown(told + str(cli.json("beredskap", "log")))
    assert not shown(str(cli.json("beredskap", "report")["log"]))


@pytest.fixture
def hidden(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Mona is protected, and not on the list."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", "lier")
    for name, number in (("Mona Tangen", "90111222"), ("Per Tangen", "90111223")):
        cli.ok("volunteer", "add", name, "--phone", number)
    cli.ok("beredskap", "member", "add", "Omsorg", "per")
    cli.ok("person", "edit", "mona", "--protected")
    cli.ok("beredskap", "activate", "Flom", "-o", "ut")
    return cli


@pytest.mark.parametrize("name", ["Mona Tangen", "Mona"])
def test_a_walk_in_with_a_protected_persons_number_is_pointed_to_the_register(
    hidden: Cli, name: str
) -> None:
    said = hidden.refused("beredskap", "arrive", name, "--walk-in", "--phone", "901 11 222")
    assert "Mona Tangen" in said and "include 1 --reason" in said and not shown(said)
    hidden.ok("beredskap", "include", 1, "--reason", "er her")
    assert hidden.json("beredskap", "arrive", 1)["phones"] == []
    assert not shown(str(hidden.json("beredskap", "status")))


def test_a_walk_in_who_is_in_the_register_is_not_put_there_twice(hidden: Cli) -> None:
    code = hidden.json("beredskap", "arrive", "Mona Tangen", "--walk-in")["row_code"]
    said = hidden.refused("beredskap", "arrive", code, "--register")
    assert "somebody called Mona Tangen already" in said and "--new-person" in said
    assert len(hidden.json("person", "list", "Mona")) == 1


@pytest.mark.parametrize("number", ["+46701234567", "0046 70 123 45 67", "+46 70-123 45 67"])
def test_a_text_with_a_protected_persons_number_abroad_is_not_stored(
    hidden: Cli, number: str
) -> None:
    hidden.ok("person", "edit", 1, "--phone", "+46 70 123 45 67")
    said = hidden.refused("beredskap", "log", f"Mona tok ikke telefonen {number}")
    assert "Mona Tangen, who is protected" in said


@pytest.mark.parametrize("number", ["90111222", "+47 901 11 222", "90 11 12 22"])
def test_a_text_with_a_protected_persons_number_is_not_stored(hidden: Cli, number: str) -> None:
    before = hidden.json("beredskap", "log")
    for command in (["log", f"Mona tok ikke telefonen {number}"], ["log", "x", "--to", number],
                    ["note", "per", f"ring {number} også"]):  # fmt: skip
        said = hidden.refused("beredskap", *command)
        assert "Mona Tangen, who is protected" in said and "person 1" in said
    assert hidden.json("beredskap", "log") == before
    hidden.ok("beredskap", "log", "Ring 90111223, og Mona (person 1)")


def test_a_walk_in_who_is_protected_afterwards_keeps_the_number_nowhere(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", "lier")
    cli.ok("volunteer", "add", "Per Tangen", "--phone", "90111223")
    cli.ok("beredskap", "member", "add", "Omsorg", "per")
    cli.ok("beredskap", "activate", "Flom", "-o", "ut")
    cli.ok("beredskap", "arrive", "Mona Tangen", "--walk-in", "--phone", "90111222")
    assert shown(str(cli.json("beredskap", "status")))
    cli.ok("volunteer", "add", "Mona Tangen", "--phone", "90111222")
    cli.ok("person", "edit", "mona", "--protected")
    told = cli.json("beredskap", "status")
    assert [row["phones"] for row in told["calls"]] == [["+4790111223"], []]
    cli.ok("beredskap", "print", "-o", "liste")
    cli.ok("beredskap", "status", "-o", "side.html")
    files = [*Path("liste").rglob("*.html"), *Path("liste").rglob("*.vcf"), Path("side.html")]
    assert len(files) > 1 and not any(shown(one.read_text("utf-8")) for one in files)
    for word in ("call", "leave"):
        cli.ok("beredskap", word, "mona", *(["unclear"] if word == "call" else ["--home"]))
    assert not shown(str(cli.json("beredskap", "report"))) and cli("doctor").code == 0
    cli.ok("person", "edit", "mona", "--no-protected", "--yes")
    assert shown(str(cli.json("beredskap", "status"))), "it is stored as it was given"


@pytest.mark.parametrize(
    "command",
    [
        ["exclude", "per", "--reason", "Ring 90111222"],
        ["end", "--force", "--reason", "90 11 12 22 svarte"],
        ["cancel", "--yes", "--reason", "+47 90 11 12 22"],
        ["expense", "250", "Mat til 90111222"],
        ["expense", "250", "Mat", "--receipt", "90111222"],
        ["handover", "Berit", "--note", "Mona har 901 11 222"],
        ["evaluate", "--well", "90111222 var nyttig"],
        ["action", "add", "Flom", "Ring 90111222"],
        ["action", "add", "Flom", "Ring", "--owner", "Mona 90111222"],
        ["arrive", "Berit", "--walk-in", "--skill", "ring 90111222"],
        ["exercise", "plan", "2099-01-01", "Ring 90111222"],
        ["group", "add", "Mona 90111222", "--org", "lier"],
        ["duty", "add", "per", "vakt 90111222"],
        ["resource", "add", "Låven", "--org", "lier", "--notes", "nøkkel 90111222"],
    ],
)
def test_no_text_of_a_call_out_takes_a_protected_persons_number(
    hidden: Cli, command: list[str]
) -> None:
    before = hidden.json("beredskap", "status"), hidden.json("beredskap", "log")
    said = hidden.refused("beredskap", *command)
    assert "Mona Tangen, who is protected" in said and "person 1" in said
    assert (hidden.json("beredskap", "status"), hidden.json("beredskap", "log")) == before


@pytest.mark.parametrize("outcome", ["yes", "no-answer", "wrong-number"])
def test_a_call_is_recorded_without_the_number_where_that_is_a_protected_persons(
    hidden: Cli, outcome: str
) -> None:
    before = hidden.json("beredskap", "status")["calls"]
    done = hidden("beredskap", "call", "per", outcome, "--number", "90111222")
    assert done.code == 0 and "Mona Tangen is protected" in done.err
    status, log = hidden.json("beredskap", "status"), hidden.json("beredskap", "log")
    for was, row in zip(before, status["calls"], strict=True):
        assert row["called"] == was["called"] + row["name"].startswith("Per")
    assert not shown(str(status)) and not shown(str(log))


def test_an_agreement_takes_no_protected_number_and_prints_none(hidden: Cli) -> None:
    add = ["agreement", "add", "lier", "Avtale", "--kind", "beredskap", "--from", "2020-01-01",
           "--to", "2099-12-31", "--association-contact"]  # fmt: skip
    assert "Mona Tangen" in hidden.refused(*add, "Mona, 90 11 12 22")
    hidden.ok(*add, "Per, 90 11 12 23")
    assert "protected" in hidden.refused("agreement", "edit", 1, "--notes", "ring 90111222")
    assert "protected" in hidden.refused(
        "agreement", "contribution", 1, "Foreningen", "folk", "--terms", "ring 90111222"
    )
    hidden.ok("person", "edit", "per", "--protected")  # it stands there already
    hidden.ok("beredskap", "plan", "-o", "plan.xlsx")
    hidden.ok("beredskap", "pack", "pakke")
    from openpyxl import load_workbook

    book = load_workbook("plan.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row]
    assert "Per, [protected number]" in cells
    assert not any("90 11 12 23" in cell for cell in cells)


def test_the_usual_number_to_call_back_stops_nothing_once_it_is_a_protected_persons(
    hidden: Cli,
) -> None:
    hidden.ok("config", "set", "beredskap.callback", "90111222")
    begun = hidden("beredskap", "activate", "Ras", "-o", "ras", "--json")
    assert begun.code == 3 and json.loads(begun.out)["callback"] is None
    assert "Mona Tangen, who is protected" in begun.err and not shown(begun.err)
    assert "Number to call back: the call-out begins without it" in begun.err
    assert "config set beredskap.callback NUMBER" in begun.err
    given = hidden("beredskap", "activate", "Skred", "-o", "skred", "--callback", "90111223")
    assert given.code == 0 and "Mona" not in given.err
    ready = hidden("beredskap", "check")
    assert "The number to call back that is set" in ready.out and not shown(ready.out)
    hidden.ok("beredskap", "plan", "-o", "plan.html")
    assert not shown(Path("plan.html").read_text("utf-8"))


@pytest.mark.parametrize("spoken", ["nb", "en"])
def test_an_amount_is_no_telephone_number_and_a_receipt_is_one_only_where_it_is_theirs(
    hidden: Cli, spoken: str
) -> None:
    first = ("90111222", "leie av 90 11 12 24", "--receipt", "90111224")
    assert hidden("beredskap", "expense", *first, lang="nb").code == 0
    hidden.ok("beredskap", "log", "1 krone: ring 90 11 12 24", "--type", "expense")
    hidden.ok("beredskap", "expense", "901112,22", "bil", "--corrects", 1)
    hidden.ok("person", "edit", "mona", "--phone", "90111222", "--phone", "90111224")
    lines = hidden("beredskap", "log", lang=spoken).out
    own = hidden("beredskap", "expense", lang=spoken).out
    amount = "901 112,22 kroner" if spoken == "nb" else "901,112.22 kroner"
    assert amount in own and "901,112.22 kroner: bil" in lines and "90 111 222 kroner: " in lines
    for told in (own, lines):
        assert "90 11 12 24" not in told and "90111224" not in told


@pytest.mark.parametrize("text", ["Øvre vei 12B", "hentes i ØVRE VEI 12 b, blått hus"])
def test_a_text_with_a_protected_persons_address_is_not_stored(hidden: Cli, text: str) -> None:
    hidden.ok("person", "edit", "mona", "--street", "Øvre vei 12 B")
    before = hidden.json("beredskap", "log")
    for command in (["log", text], ["note", "per", text]):
        said = hidden.refused("beredskap", *command)
        assert "address of Mona Tangen, who is protected" in said and "person 1" in said
    assert hidden.json("beredskap", "log") == before
    hidden.ok("beredskap", "log", "Hentes i Øvre vei 12, 112 B og Nedre vei 12 B")
    hidden.ok("org", "edit", 1, "--street", "Øvre vei 12 B", "--own-address")  # no secret then
    hidden.ok("beredskap", "log", text)


@pytest.mark.parametrize("street", ["Elvegata 2", "Åsveien 12 B"])
def test_an_address_that_was_written_before_somebody_was_protected_is_left_out(
    hidden: Cli, street: str
) -> None:
    hidden.ok("beredskap", "activate", f"Ras ved {street}", "--asked-by", f"Per, {street.upper()}",
              "--callback", "90111223", "-o", "ras")  # fmt: skip
    ras = ("--activation", "2026-R-002")
    hidden.ok("beredskap", "expense", "10", f"Til Per, {street}", "--receipt", street, *ras)
    hidden.ok("beredskap", "note", "per", f"bor i {street.replace(' ', '')}, blått hus", *ras)
    hidden.ok("beredskap", "end", *ras)
    hidden.ok("beredskap", "evaluate", "2026-R-002", "--well", f"Rask hjelp i {street}")
    hidden.ok("beredskap", "action", "add", "2026-R-002", f"Brøyt {street}")
    hidden.ok("person", "edit", "per", "--street", street, "--protected")
    told = []
    for command in (["report"], ["log"], ["expense"], ["status"]):
        told += [hidden.ok("beredskap", *command, *ras[1:] * (command == ["report"]),
                           *ras * (command != ["report"]))]  # fmt: skip
    told += [hidden.ok("beredskap", "list"), hidden.ok("beredskap", "action", "list")]
    told.append(str(hidden.json("beredskap", "report", "2026-R-002")))
    for ending in ("html", "json", "xlsx"):
        hidden.ok("beredskap", "report", "2026-R-002", "-o", f"r.{ending}")
    from openpyxl import load_workbook

    told += [Path(f"r.{ending}").read_text("utf-8") for ending in ("html", "json")]
    told += [str(c.value) for sheet in load_workbook("r.xlsx") for row in sheet for c in row]
    every = "\n".join(told).casefold().replace(" ", "")
    assert street.casefold().replace(" ", "") not in every and not shown("\n".join(told))
    assert "[protectedaddress],blåtthus" in every and "rasved[protectedaddress]" in every
    assert hidden("doctor").code == 0  # what is stored, and its seal, is as it was


HEAD = (
    ("TITLE", "title", "Mona 90 11 12 22 ringer", "Mona [protected number] ringer"),
    ("--place", "place", "Hos Mona, Elvegata 2", "Hos Mona, [protected address]"),
    ("--asked-by", "asked_by", "90111222", None),
    ("--decided-by", "decided_by", "Mona (90111222)", "Mona"),
    ("--external-ref", "external_ref", "112: 90/11/12/22", "112: [protected number]"),
    ("--callback", "callback", "90111222", None),
)


@pytest.mark.parametrize(("option", "key", "given", "kept"), HEAD)
def test_a_call_out_begins_without_what_is_a_protected_persons(
    hidden: Cli, option: str, key: str, given: str, kept: str | None
) -> None:
    hidden.ok("person", "edit", "mona", "--street", "Elvegata 2")
    words = [given] if option == "TITLE" else ["Ras", option, given]
    tried = hidden("beredskap", "activate", *words, "--dry-run", "--json")
    begun = hidden("beredskap", "activate", *words, "-o", "ras", "--json")
    for done in (tried, begun):
        assert done.code == 3 and json.loads(done.out)[key] == kept
        assert "Mona Tangen, who is protected" in done.err and "begins without it" in done.err
    every = [*Path("ras").rglob("*.html"), *Path("ras").rglob("*.txt")]
    told = begun.out + begun.err + "".join(one.read_text("utf-8") for one in every)
    assert not shown(told) and "Elvegata" not in told and every


@pytest.mark.parametrize(("typed", "place"), [("Skolen\n", "Skolen"), ("\n", None)])
def test_in_a_terminal_only_that_text_is_asked_for_again(
    hidden: Cli, monkeypatch: pytest.MonkeyPatch, typed: str, place: str | None
) -> None:
    asked = []
    waiting = ["90111222\n", typed]

    def read(question: str) -> str:
        asked.append(question)
        return waiting.pop(0).strip()

    monkeypatch.setattr(ask, "in_terminal", lambda: True)
    monkeypatch.setattr(ask, "_read", read)
    begun = hidden("beredskap", "activate", "Ras", "--asked-by", "112", "--decided-by", "Anne",
                   "--place", "Mona 90111222", "-o", "ras", "--json")  # fmt: skip
    if place is None:
        place = "Mona [protected number]"
    assert begun.code == 0 and json.loads(begun.out)["place"] == place and waiting == []
    assert asked == ["Place again, or Enter to go on without it:"] * 2


def test_who_asked_is_asked_for_again_at_once_where_a_protected_number_is_typed(
    hidden: Cli, says: Callable[..., list[str]]
) -> None:
    asked = says("Mona 90111222", "Mona", "Anne")
    begun = hidden.json("beredskap", "activate", "Ras", "-o", "ras")
    assert (begun["asked_by"], begun["decided_by"]) == ("Mona", "Anne") and len(asked) == 3


def test_where_there_is_no_number_to_call_back_it_is_said_and_can_be_filled_in(
    hidden: Cli,
) -> None:
    done = hidden("beredskap", "activate", "Ras", "-o", "ras")
    assert done.code == 0 and "No number to call back" in done.err and "--callback" in done.err
    [page] = Path("ras").rglob("*.html")
    assert "Please%20call%20back%2C%20or%20answer" in page.read_text("utf-8")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    [pdf] = Path("ras").rglob("*.pdf")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True)
    assert re.search("Call back +________", text.stdout)


def test_a_reason_that_is_a_protected_number_alone_is_still_a_reason(hidden: Cli) -> None:
    hidden.ok("agreement", "add", "lier", "Gammel", "--kind", "beredskap", "--from", "2020-01-01",
              "--to", "2021-12-31")  # fmt: skip
    tried = hidden("beredskap", "activate", "Ras", "--include-expired", "--reason", "90111222",
                   "-o", "ras", "--json")  # fmt: skip
    assert tried.code == 3 and [row["name"] for row in json.loads(tried.out)["calls"]] == [
        "Per Tangen"
    ]
    assert "[protected number]" in hidden.ok("beredskap", "log", "--activation", "Ras")
