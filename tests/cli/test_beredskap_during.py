"""What is typed while a call-out goes on, beyond next and call."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cli


@pytest.fixture
def ready(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Flom under way: Kari (leader, omsorg), Ola (sjåfør) and Per (omsorg) in one group."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok(
        "agreement", "add", 1, "Beredskapsavtale", "--kind", "beredskap", "--from", "2020-01-01",
        "--to", "2099-12-31", "--event-payer", "municipality",
    )  # fmt: skip
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    cli.ok("volunteer", "add", "Kari Bakken", "--phone", "90111221", "--skill", "omsorg")
    cli.ok("volunteer", "add", "Ola Vik", "--phone", "90111222", "--skill", "sjåfør")
    cli.ok("volunteer", "add", "Per Aas", "--phone", "90111223", "--skill", "omsorg")
    cli.ok("beredskap", "member", "add", 1, 1, "--role", "leader")
    cli.ok("beredskap", "member", "add", 1, 2, 3)
    cli.ok("beredskap", "activate", "Flom", "--need", "omsorg=1", "-o", "ut", "--as", "anne")
    return cli


def test_a_leaders_report_is_taken_back_by_undo_in_either_language(ready: Cli) -> None:
    ready.ok("beredskap", "call", "--group", "omsorg", "--coming", 1, "--of", 3)
    back = ready.json("beredskap", "call", "--group", "omsorg", "angre")
    assert back["needs"] == [{"skill": "omsorg", "needed": 1, "confirmed": 0}]
    assert (back["outcome"], back["group_answers"]) == ("undo", [])
    assert "1 of 3 comes" in back["taken_back"]
    assert ready.json("beredskap", "next")["name"] == "Kari Bakken"
    ready.ok("beredskap", "call", "--group", 1, "--coming", 1)
    assert "taken back" in ready.ok("beredskap", "call", "Undo", "--group", 1)
    assert "No leader" in ready.refused("beredskap", "call", "--group", 1, "undo")
    assert "Leave" in ready("beredskap", "call", "--group", 1, "undo", "--coming", 2).err
    log = ready.ok("beredskap", "log")
    assert "[corrected in" in log and "written by mistake" in log


def test_members_are_asked_when_the_report_is_not_enough(ready: Cli) -> None:
    ready.ok("beredskap", "need", "omsorg=2")
    ready.ok("beredskap", "call", "--group", 1, "--coming", 1, "--of", 3)
    said = ready.ok("beredskap", "next")
    assert "Kari Bakken" in said and "Omsorg: 1 of 3 comes" in said and "ask them too" in said


def test_a_slip_is_taken_back_by_undo_in_either_language(ready: Cli) -> None:
    ready.ok("beredskap", "call", "kari", "yes")
    back = ready.json("beredskap", "call", "kari", "angre")
    assert (back["answer"], back["contact"], back["outcome"]) == (None, "pending", "undo")
    assert back["needs"] == [{"skill": "omsorg", "needed": 1, "confirmed": 0}]
    assert "nothing of Kari" in ready.refused("beredskap", "call", "kari", "undo")
    log = ready.json("beredskap", "log")
    assert (log[-1]["type"], log[-1]["supersedes"]) == ("correction", log[-2]["seq"])
    assert ready("doctor").code == 0


def test_the_need_grows_and_those_in_reserve_are_named(ready: Cli) -> None:
    ready.ok("beredskap", "call", "kari", "yes")
    ready.ok("beredskap", "call", "per", "yes")
    done = ready("beredskap", "need", "omsorg=2", "sjåfør=1")
    assert "omsorg 1/2  sjåfør 0/1" in done.out
    assert "Per Aas" in done.err
    assert ready.json("beredskap", "next")["name"] == "Per Aas"
    assert ready.json("beredskap", "need", "omsorg=1", "sjåfør=0")["covered"] is True


def test_a_group_answers_as_one_and_the_names_come_later(ready: Cli) -> None:
    said = ready.json("beredskap", "call", "--group", "omsorg", "--coming", 1, "--of", 3)
    assert said["needs"] == [{"skill": "omsorg", "needed": 1, "confirmed": 1}]
    assert said["group_answers"] == [
        {"group_id": 1, "name": "Omsorg", "coming": 1, "of": 3, "eta": None, "not_counted": 0}
    ]
    assert "Omsorg: 1 of 3 comes · omsorg · 0 named" in ready.ok("beredskap", "status")
    assert ready.json("beredskap", "call", "per", "yes", "--how", "via-leader")["answer"] == "yes"
    assert "1 named" in ready.ok("beredskap", "status")
    # Whoever says yes beyond what the leader promised is none of those promised.
    ready.ok("beredskap", "call", "kari", "yes")
    said = ready("beredskap", "status", lang="nb").out
    assert "Omsorg: 1 av 3 kommer · omsorg · 1 med navn, 1 til har sagt ja" in said


def test_one_whom_nobody_knows_is_let_in_at_the_door_or_into_the_register(ready: Cli) -> None:
    said = ready.refused("beredskap", "include", "Ukjent Person")
    assert "on the list of 2026-R-001 or in the register is called «Ukjent Person»" in said
    assert "frivillig beredskap arrive 'Ukjent Person' --walk-in" in said
    assert "frivillig volunteer add 'Ukjent Person'" in said and "include PERSON" not in said
    ready.ok("beredskap", "arrive", "Ukjent Person", "--walk-in")


def test_it_is_not_closed_while_a_group_has_people_out_whom_nobody_has_named(ready: Cli) -> None:
    ready.ok("beredskap", "call", "--group", "omsorg", "--coming", 2, "--of", 3)
    assert ready.json("beredskap", "end")["state"] == "standing_down"
    assert "Omsorg (2 without a name)" in ready.ok("beredskap", "log")
    said = ready.refused("beredskap", "end")
    assert "frivillig beredskap call --group 1 --coming 0" in said
    ready.ok("beredskap", "call", "--group", 1, "--coming", 0)
    assert ready.json("beredskap", "end")["state"] == "closed"


def test_a_walk_in_is_on_the_status_and_in_the_register_when_told(ready: Cli) -> None:
    came = ready.json(
        "beredskap", "arrive", "Jon Innom", "--walk-in", "--phone", "90111299", "--skill", "kokk"
    )
    assert (came["person_id"], came["walk_in"], came["deployment"]) == (None, True, "on_site")
    assert ready.json("person", "list", "Jon") == []
    kept = ready.json("beredskap", "arrive", came["row_code"], "--register")
    assert kept["person_id"] == ready.json("person", "list", "Jon")[0]["id"]
    assert ready.json("beredskap", "leave", "Jon", "--home")["deployment"] == "home_safe"
    ready.refused("beredskap", "arrive", "kari", "--phone", "90111299", code=2)


@pytest.mark.parametrize(
    ("language", "typed", "payer"),
    [("nb", "kommunen", "municipality"), ("nb", "Kommune", "municipality"),
     ("nb", "foreningen", "association"), ("nb", "rescue-service", "rescue_service"),
     ("en", "the municipality", "municipality"), ("en", "municipality", "municipality")],
)  # fmt: skip
def test_who_pays_is_typed_as_it_is_shown(
    ready: Cli, language: str, typed: str, payer: str
) -> None:
    done = ready("beredskap", "expense", "5", "x", "--payer", typed, lang=language)
    assert done.code == 0, done.err
    assert ready.json("beredskap", "expense")[-1]["payer"] == payer


def test_one_who_cannot_pay_is_told_with_those_who_can(ready: Cli) -> None:
    said = ready("beredskap", "expense", "5", "x", "--payer", "Kari", lang="nb").err
    assert "municipality (kommunen)" in said and "betaler ikke" not in said
    said = ready.refused("beredskap", "expense", "-100", "x", code=2)
    assert "expense 0 WHY --corrects NUMBER" in said


def test_expenses_are_listed_with_what_each_pays(ready: Cli) -> None:
    made = ready.json("beredskap", "expense", "1 250,50", "mat", "--receipt", "14")
    assert (made["amount_kroner"], made["amount_ore"]) == ("1250.50", 125050)
    assert (made["payer"], made["receipt"]) == ("municipality", "14")
    ready.ok("beredskap", "expense", "100", "bom", "--payer", "association")
    ready.ok("beredskap", "expense", "1200", "mat", "--corrects", made["id"])
    shown = ready("beredskap", "expense")
    assert "[corrected in 3] mat" in shown.out
    last = ready.json("beredskap", "expense")[-1]  # has the receipt, and the time, of the first
    assert (last["receipt"], last["happened"]) == ("14", made["happened"])
    assert "the municipality: 1,200 kroner" in shown.err
    lines = ready.json("beredskap", "expense")
    assert [(one["id"], one["supersedes"], one["corrected_by"]) for one in lines] == [
        (1, None, 3), (2, None, None), (3, 1, None),
    ]  # fmt: skip
    head, first, *_rest = ready.ok("beredskap", "expense", "--csv").splitlines()
    assert dict(zip(head.split(","), first.split(","), strict=True))["amount_kroner"] == "1250.50"
    ready.refused("beredskap", "expense", "100", code=2)
    ready.refused("beredskap", "expense", "mye", "mat")


def test_an_expense_that_is_corrected_is_marked_in_the_log(ready: Cli) -> None:
    for amount, what in (("349,50", "drivstoff"), ("100", "bom"), ("20", "is")):
        ready.ok("beredskap", "expense", amount, what)
    ready.ok("beredskap", "expense", "94,50", "bom til ferge", "--corrects", 2)
    log = [one for one in ready.json("beredskap", "log", "--limit", 0) if one["type"] == "expense"]
    first, second, third, last = log
    assert "bom" in second["text"] and last["supersedes"] == second["seq"]
    assert [one["supersedes"] for one in (first, second, third)] == [None, None, None]
    shown = ready.ok("beredskap", "log", "--limit", 0)
    assert f"[corrected in {last['seq']}] 100 kroner: bom" in shown
    assert f"Corrects {second['seq']}: 94.50 kroner: bom til ferge" in shown


def test_an_expense_is_written_down_after_it_is_over_too(ready: Cli) -> None:
    assert ready.json("beredskap", "end")["state"] == "closed"
    assert ready.json("beredskap", "expense", "100", "bom")["amount_kroner"] == "100.00"


def test_handing_over_names_who_is_in_charge(ready: Cli) -> None:
    assert ready.json("beredskap", "status")["in_charge"] == "anne"
    assert ready.json("beredskap", "handover", "Berit")["in_charge"] == "Berit"
    assert "Berit" in ready.ok("beredskap", "status")
    ready.refused("beredskap", "handover", "Berit")


def test_a_note_is_said_when_they_are_to_be_called(ready: Cli) -> None:
    ready.ok("beredskap", "note", "kari", "har henger")
    found = ready.json("beredskap", "next")
    assert (found["name"], found["notes"]) == ("Kari Bakken", ["har henger"])
    ready.refused("beredskap", "note", "kari", "01010750160")


def test_an_expired_agreement_needs_a_reason_to_be_passed_over(ready: Cli) -> None:
    ready.refused("beredskap", "activate", "Brann", "--include-expired", code=2)
    ready.refused("beredskap", "activate", "Brann", "--reason", "x", code=2)
    started = ready.json(
        "beredskap", "activate", "Brann", "--include-expired", "--reason", "haster", "--dry-run"
    )
    assert started["payer"] == "municipality"


def test_call_alone_needs_a_terminal_and_says_what_to_type(ready: Cli) -> None:
    assert "beredskap call PERSON" in ready.refused("beredskap", "call", code=2)
    ready.refused("beredskap", "call", "kari", code=2)
    for wrong in (["--coming", 2], ["--group", "omsorg"], ["kari", "--group", "omsorg"]):
        ready.refused("beredskap", "call", *wrong, code=2)


def test_when_the_need_is_covered_those_who_come_are_awaited_before_anybody_stands_down(
    ready: Cli,
) -> None:
    people = [row["person_id"] for row in ready.json("beredskap", "status")["calls"]]
    said = [ready("beredskap", "call", person, "yes").err for person in people]
    assert "beredskap arrive PERSON" in said[-1]
    assert "beredskap arrive PERSON" in ready("beredskap", "status").err
    for row in ready.json("beredskap", "status")["calls"]:
        if row["answer"] == "yes":
            ready.ok("beredskap", "arrive", row["person_id"])
    assert "Wind up with: frivillig beredskap end" in ready("beredskap", "status").err


def test_an_outcome_that_is_none_names_those_there_are_in_the_language_of_the_run(
    ready: Cli,
) -> None:
    person = ready.json("beredskap", "status")["calls"][0]["person_id"]
    assert "siste-utvei, nei" in ready("beredskap", "call", person, "hmmm", lang="nb").err
    assert "last-resort, no" in ready("beredskap", "call", person, "hmmm").err


def test_what_begins_after_midnight_stands_under_the_norwegian_day(
    ready: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready.ok("beredskap", "end", "--force", "--reason", "ferdig")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2028-01-01T00:30:00+01:00")
    ready.ok("beredskap", "activate", "Nyttår", "--exercise", "-o", ready.path.parent / "nytt")
    assert "01.01.2028" in ready.ok("beredskap", "list")
    for query, found in (("2028-01-01", 1), ("2028", 1), ("2027-12-31", 0), ("2027", 0)):
        assert len(ready.json("beredskap", "list", f"started:{query}")) == found, query
    assert len(ready.json("beredskap", "list", "started:2026-12-01..2027-12-31")) == 0
    assert "1 January 2028" in ready.ok("beredskap", "exercise", "compare")
    assert "2027" not in ready.ok("beredskap", "exercise", "compare")
    ready.ok("beredskap", "call", "kari", "no")
    ready.ok("beredskap", "end")
    assert "2030" in ready("beredskap", "exercise", "list").err


def test_only_those_in_reserve_who_fit_are_named_and_only_while_it_goes_on(ready: Cli) -> None:
    ready.ok("volunteer", "add", "Siv Moe", "--phone", "90111224", "--skill", "omsorg")
    ready.ok("beredskap", "include", "siv")
    ready.ok("beredskap", "call", "kari", "yes")
    for name in ("ola", "per"):  # a driver and a carer: what is needed is met
        assert ready.json("beredskap", "call", name, "yes")["answer"] == "reserve"
    hint = ready("beredskap", "call", "kari", "withdrew").err
    assert "In reserve: Per Aas. Ask them again." in hint
    assert "In reserve" not in ready("beredskap", "need", "omsorg=0", "sjåfør=0").err
    assert "Ola Vik" in ready("beredskap", "need", "sjåfør=1").err
    ready.ok("beredskap", "call", "siv", "yes")
    ready.ok("beredskap", "need", "omsorg=2")
    ready.ok("beredskap", "end")
    assert "In reserve" not in ready("beredskap", "call", "kari", "no").err


def test_one_is_said_in_the_singular(ready: Cli) -> None:
    ready.ok("beredskap", "need", "sjåfør=1")
    ready.ok("beredskap", "need", "omsorg=2")
    said = [one["text"] for one in ready.json("beredskap", "log")]
    assert "Sjåfør: 1 is needed." in said[-2] and "Omsorg: 2 are needed, not 1." in said[-1]
    ready.ok("beredskap", "exclude", "per")
    for name in ("kari", "ola"):
        ready.ok("beredskap", "call", name, "no")
    assert "1 is left out; take them in" in ready.refused("beredskap", "next")


def test_a_walk_in_is_not_counted_as_one_of_the_call_list(ready: Cli) -> None:
    ready.ok("beredskap", "arrive", "Berit Nes", "--walk-in")
    assert "3 people, 0 left out" in ready.ok("beredskap", "status")
