"""The number of a letter in its case: the next one here, none that the archive may have given."""

from __future__ import annotations

import json

import pytest

from frivillig_cli.cli import ask
from tests.cli.letter_outbox import render, send

OLD, NEW, AGREED = "2024/118", "2026/99", "2026/7"


@pytest.fixture
def office(office):
    office.ok("agreement", "add", "Egge", "Samarbeid", "--kind", "cooperation",
              "--case-number", AGREED)  # fmt: skip
    return office


def write(office, case: str, folder: str, *words: str) -> None:
    office.folder = office.folder.parent / folder
    render(office, *words, "--case-number", case, "--again")


def numbers(office, batch: int) -> list[str | None]:
    return [row["document_number"] for row in office.json("letter", "log", batch)]


@pytest.mark.parametrize("case", [OLD, AGREED, "24/118", "2024-118"])
def test_a_case_that_was_begun_elsewhere_is_not_counted_from_one_unasked(office, case) -> None:
    write(office, case, "a", "egge")
    write(office, case, "b", "tranby")
    done = office("letter", "sent", 1)
    assert done.code == 0 and f"what is free in {case}" in done.err
    assert "letter sent 1 --first-document N" in done.err
    assert numbers(office, 1) == [None] and office.json("letter", "journal")[0]["number"] == "B1-1"
    assert office.json("letter", "sent", 1, "--first-document", 7)["numbered"] == 1
    assert numbers(office, 1) == [f"{case}-7"]
    done = office("letter", "sent", 2)  # now it is known here
    assert "document number" not in done.err and numbers(office, 2) == [f"{case}-8"]
    assert "recorded as sent already" in office.refused("letter", "sent", 1, "--first-document", 9)


def test_a_new_case_is_counted_from_one(office) -> None:
    write(office, NEW, "a")
    done = office("letter", "sent", 1, "--json")
    assert "document number" not in done.err
    given = [f"{NEW}-{n}" for n in (1, 2, 3, 4)]
    assert numbers(office, 1) == given
    assert [row["document_number"] for row in json.loads(done.out)["numbers"]] == given


def test_letters_of_several_cases_have_their_numbers_case_by_case(office) -> None:
    office.ok("agreement", "add", "Tranby", "Samarbeid", "--kind", "cooperation",
              "--case-number", OLD)  # fmt: skip
    head = "title: Avtale\nrecipients: agreement\ncase_number: '{{ agreement.case_number }}'"
    text = f"---\n{head}\nlanguage: nb\n---\nHei, {{{{ org.name }}}}.\n"
    (office.own / "avtale.nb.md").write_text(text, "utf-8")
    office.ok("letter", "render", "avtale", "-o", office.folder)
    assert "several cases" in office.refused("letter", "sent", 1, "--first-document", 5)
    assert "belongs to case 2020/1" in office.refused(
        "letter", "sent", 1, "--first-document", "2020/1=5"
    )
    for wrong in ("0", "tre", f"{OLD}=", f"{OLD}=-1"):
        office.refused("letter", "sent", 1, "--first-document", wrong, code=2)
    done = office("letter", "sent", 1, "--first-document", f"{OLD}=5")
    assert done.code == 0 and AGREED in done.err and OLD not in done.err
    assert set(numbers(office, 1)) == {None, f"{OLD}-5"}
    office.ok("letter", "sent", 1, "--first-document", 3)  # of the one that is left
    assert set(numbers(office, 1)) == {f"{AGREED}-3", f"{OLD}-5"}


def test_in_a_terminal_it_is_asked_for(office, monkeypatch) -> None:
    asked, answers = [], ["", "4"]
    monkeypatch.setattr(ask, "in_terminal", lambda: True)
    monkeypatch.setattr(ask, "_read", lambda said: asked.append(said) or answers.pop(0))
    for batch in (1, 2):
        write(office, OLD, f"{batch}", "egge")
        office.ok("letter", "sent", batch)
    write(office, OLD, "c", "egge")
    office.ok("letter", "sent", 3)
    assert numbers(office, 1) + numbers(office, 2) + numbers(office, 3) == [
        None, f"{OLD}-4", f"{OLD}-5",
    ]  # fmt: skip
    assert len(asked) == 2 and OLD in asked[0]


def test_letters_by_email_get_theirs_when_it_is_known(office, serve) -> None:
    serve()
    write(office, AGREED, "a", "egge", "--format", "pdf")
    assert send(office)["status"] == "sent" and numbers(office, 1) == [None]
    assert "--first-document N" in office("letter", "send", 1, "--yes").err
    office.ok("letter", "sent", 1, "--first-document", 12)
    assert numbers(office, 1) == [f"{AGREED}-12"]


def test_a_number_without_a_case_and_one_that_is_taken_are_refused(office) -> None:
    office.folder = office.folder.parent / "a"
    render(office, "egge")
    assert "belongs to a case" in office.refused("letter", "sent", 1, "--first-document", 2)
    write(office, OLD, "b", "tranby")
    office.ok("letter", "sent", 2)
    write(office, OLD, "c", "lier")
    office.ok("letter", "sent", 3, "--first-document", 9)
    assert "is taken" in office.refused("letter", "sent", 2, "--first-document", 9)
    assert numbers(office, 2) == [None]


def test_no_two_letters_get_one_number_by_an_undo_that_is_undone(office) -> None:
    write(office, NEW, "a", "egge")
    write(office, NEW, "b", "tranby")
    office.ok("letter", "sent", 1)
    office.ok("undo")
    taken_back = office.json("history")[0]["id"]
    office.ok("letter", "sent", 2)
    said = office.refused("undo", taken_back)
    assert f"Document 1 of case {NEW} is another letter's by now." in said
    assert "Give it another number: frivillig letter sent 1\n" in said
    assert numbers(office, 1) + numbers(office, 2) == [None, f"{NEW}-1"]
    office.ok("letter", "sent", 1)
    assert numbers(office, 1) == [f"{NEW}-2"]


def test_a_number_that_was_given_later_and_taken_back_is_not_done_again_where_it_is_taken(
    office,
) -> None:
    for batch, who in ((1, "egge"), (2, "tranby")):
        write(office, OLD, str(batch), who)
        office.ok("letter", "sent", batch)
    office.ok("letter", "sent", 1, "--first-document", 7)
    office.ok("undo")
    taken_back = office.json("history")[0]["id"]
    office.ok("letter", "sent", 2, "--first-document", 7)
    done = office("undo", taken_back, lang="nb")
    said = done.err
    assert done.code == 1 and f"Dokument 7 i sak {OLD} er et annet brev nå." in said
    assert "Gi det et annet nummer: frivillig letter sent 1 --first-document N" in said
    office.ok("letter", "sent", 1, "--first-document", 8)
    assert numbers(office, 1) + numbers(office, 2) == [f"{OLD}-8", f"{OLD}-7"]


def test_the_next_numbers_of_a_case_begun_elsewhere_are_told_with_how_to_change_them(
    office,
) -> None:
    write(office, OLD, "a", "egge")
    said = office("letter", "sent", 1, "--first-document", 3).err
    assert "known here" not in said  # somebody has said so
    write(office, OLD, "b")
    said = office("letter", "sent", 2).err
    assert f"after the last one that is known here: {OLD}-4 … {OLD}-7" in said
    assert "frivillig undo, then frivillig letter sent 2 --first-document N" in said
    refused = office.refused("letter", "sent", 2, "--first-document", 20)
    assert f"{OLD}-4 … {OLD}-7" in refused and "frivillig undo" in refused
    assert "letter sent 2 --first-document" in refused and "--again" not in refused
    office.ok("undo", "--yes")
    assert "known here" not in office("letter", "sent", 2, "--first-document", 20).err
    assert numbers(office, 2)[0] == f"{OLD}-20"


def test_of_a_new_case_no_numbers_are_told(office) -> None:
    write(office, NEW, "a", "egge")
    write(office, NEW, "b", "tranby")
    office.ok("letter", "sent", 1)
    assert "known here" not in office("letter", "sent", 2).err


def test_the_numbers_of_letters_by_email_are_told_and_are_changed_after_a_yes(
    office, serve, says
) -> None:
    serve()
    write(office, OLD, "a", "egge")
    office.ok("letter", "sent", 1, "--first-document", 3)
    write(office, OLD, "b", "^egge")
    said = office("letter", "send", 2, "--yes", lang="nb").err
    command = ("letter", "sent", 2, "--first-document")
    assert (
        f"kjent her: {OLD}-4" in said
        and f"Har arkivet andre numre: frivillig {' '.join(map(str, command))} N" in said
    )
    refused = office.refused(*command, 20)
    assert f"{OLD}-4 … {OLD}-6" in refused and "--yes" in refused
    assert "is taken" in office.refused(*command, 3, "--yes") and f"{OLD}-4" in numbers(office, 2)
    (asked,) = (says("y"), office.ok(*command, 5))[0]
    assert "Give them others?" in asked
    again = office(*command, 5, "--yes").err
    assert "Undo: frivillig undo" in again and "already" not in again
    office.ok("undo", "--yes")
    assert numbers(office, 2) == [f"{OLD}-{n}" for n in (5, 6, 7)]
    office.ok("undo", "--yes")
    assert numbers(office, 2) == [f"{OLD}-{n}" for n in (4, 5, 6)] and office("doctor").code == 0
