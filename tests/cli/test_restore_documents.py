"""A restore keeps the document numbers that letters got since, and no number stands twice."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.records.letter import carry_queries
from frivillig_cli.work.letters import since
from tests.cli.letter_outbox import render
from tests.cli.restored import change, everything

CASE, OLD = "2026/99", "2025/342"


def write(office, case: str, folder: str, *words: str) -> None:
    office.folder = office.folder.parent / folder
    render(office, *words, "--case-number", case, "--again")


def numbers(office, batch: int) -> list[str | None]:
    return [row["document_number"] for row in office.json("letter", "log", batch)]


def test_a_number_that_another_letter_has_there_is_left_out_and_told_and_the_rest_comes_along(
    office, stick
) -> None:
    write(office, CASE, "a", "egge")
    write(office, CASE, "b", "tranby")
    write(office, "2026/7", "c", "lier")
    office.ok("letter", "sent", 1)
    backup = stick()
    office.ok("undo")
    office.ok("letter", "sent", 2)
    office.ok("letter", "sent", 3)
    done = office("restore", backup, "--yes")
    assert done.code == 0 and "not known" not in done.err
    assert f"because another letter has it here: {CASE}-1. Ask the archive" in done.err
    assert "letter sent 2 --first-document N" in done.err
    assert numbers(office, 1) + numbers(office, 2) + numbers(office, 3) == [
        f"{CASE}-1", None, "2026/7-1",
    ]  # fmt: skip
    assert "recorded as sent already" in office.refused("letter", "sent", 2)
    office.ok("letter", "sent", 2, "--first-document", 4)
    assert numbers(office, 2) == [f"{CASE}-4"] and office("doctor").code == 0


def test_numbers_that_were_corrected_since_come_along_also_where_two_have_changed_places(
    office, stick
) -> None:
    for folder, name in (("a", "egge"), ("b", "tranby"), ("c", "lier")):
        write(office, CASE, folder, name)
    office.ok("letter", "sent", 1)
    office.ok("letter", "sent", 2)
    backup = stick()
    office.ok("undo")
    office.ok("undo")
    office.ok("letter", "sent", 2)
    office.ok("letter", "sent", 1)
    office.ok("letter", "sent", 3, "--first-document", 9)
    done = office("restore", backup, "--yes", lang="nb")
    assert "1 brev i bunke 1 (mal) fikk et annet dokumentnummer etter at" in done.err
    assert "1 brev i bunke 2 (mal) fikk et annet dokumentnummer etter at" in done.err
    held = [f"{CASE}-2", f"{CASE}-1", f"{CASE}-9"]
    assert [*numbers(office, 1), *numbers(office, 2), *numbers(office, 3)] == held
    told = office.json("restore", backup, "--yes")
    assert [one["corrected"] for one in told["sent_since"]] == [1, 1, 0]
    assert office.json("restore", told["aside"], "--yes")["sent_since"] == []
    assert office("doctor").code == 0


def test_the_way_back_from_a_backup_whose_number_is_older_keeps_the_newer(
    office, stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(office, CASE, "a", "egge")
    office.ok("letter", "sent", 1)
    backup = stick()
    office.ok("undo")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-24T11:00:00+00:00")
    office.ok("letter", "sent", 1, "--first-document", 4)
    now = stick()
    office.path.unlink()
    office.ok("restore", backup, "--yes")
    assert numbers(office, 1) == [f"{CASE}-1"]
    office.ok("restore", now, "--yes")
    assert numbers(office, 1) == [f"{CASE}-4"]


def test_with_a_corrected_number_comes_the_day_that_was_corrected_with_it(office, stick) -> None:
    write(office, CASE, "a", "^lier")
    office.ok("letter", "sent", 1)
    backup = stick()
    office.ok("undo")
    office.ok("letter", "sent", 1, "--first-document", 4, "--date", "2026-11-20")
    before = everything(office)
    office.ok("restore", backup, "--yes")
    assert everything(office) == before and office("doctor").code == 0


def test_a_corrected_number_that_another_letter_has_there_is_left_out_and_told(
    office, stick
) -> None:
    write(office, CASE, "a", "egge")
    write(office, CASE, "b", "tranby")
    office.ok("letter", "sent", 1)
    office.ok("letter", "sent", 2)
    backup = stick()
    office.ok("undo")
    office.ok("undo")
    office.ok("letter", "sent", 1, "--first-document", 2)
    done = office("restore", backup, "--yes")
    assert f"because another letter has it here: {CASE}-2. Ask the archive" in done.err
    assert numbers(office, 1) + numbers(office, 2) == [None, f"{CASE}-2"]


def test_a_number_that_was_given_since_to_a_letter_that_had_gone_comes_along(office, stick) -> None:
    write(office, OLD, "a", "egge")
    office.ok("letter", "sent", 1)
    backup = stick()
    office.ok("letter", "sent", 1, "--first-document", 7)
    done = office("restore", backup, "--yes")
    assert "1 letter of batch 1 (mal) got its document number after this backup" in done.err
    assert "went out" not in done.err and numbers(office, 1) == [f"{OLD}-7"]
    write(office, OLD, "b", "tranby")
    assert "is taken" in office.refused("letter", "sent", 2, "--first-document", 7)
    (told,) = office.json("restore", backup, "--yes")["sent_since"]
    assert (told["letters"], told["numbered"], told["documents_taken"]) == (0, 1, [])


def test_the_way_back_is_read_where_a_number_stands_in_both(office, stick, tmp_path: Path) -> None:
    write(office, OLD, "a", "egge")
    office.ok("letter", "sent", 1)
    found = tmp_path / "found.db"
    backup = stick()
    office.ok("letter", "sent", 1, "--first-document", 7)
    shutil.copy(office.path, found)
    office.path.unlink()
    office.ok("restore", backup, "--yes")
    write(office, OLD, "b", "tranby")
    office.ok("letter", "sent", 1001, "--first-document", 7)
    (told,) = office.json("restore", found, "--yes")["sent_since"]
    assert (told["batch"], told["letters"], told["documents_taken"]) == (1001, 1, [f"{OLD}-7"])
    assert numbers(office, 1) + numbers(office, 1001) == [f"{OLD}-7", None]


def test_a_batch_that_cannot_be_entered_is_told_of_by_itself(office, stick) -> None:
    write(office, CASE, "a", "egge")
    write(office, "2026/7", "b", "tranby")
    backup = stick()
    office.ok("letter", "sent", 1)
    office.ok("letter", "sent", 2)
    change(office.path, "PRAGMA ignore_check_constraints = ON",
           "UPDATE letter SET sent_how = 'pigeon' WHERE batch_id = 1")  # fmt: skip
    done = office("restore", backup, "--yes")
    assert "1 letter of batch 1 (mal) went out after this backup was made, and what is" in done.err
    assert "Do not send it again" in done.err
    assert "1 letter of batch 2 (mal) went out after this backup was made. It is" in done.err
    assert numbers(office, 2) == ["2026/7-1"] and office("doctor").code == 0


def test_where_the_people_cannot_be_read_it_is_said_and_the_letters_are_entered(
    office, stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(office, CASE, "a", "egge")
    backup = stick()
    office.ok("letter", "sent", 1)

    def damaged(_register) -> set[str]:
        raise RegisterError("damaged", "")

    monkeypatch.setattr(since, "protected_uids", damaged)
    done = office("restore", backup, "--yes")
    assert "not known whether anybody has been protected since" in done.err
    assert numbers(office, 1) == [f"{CASE}-1"]
    assert office.json("restore", backup, "--yes")["protected_since"] is None


def test_a_disk_that_fails_refuses_the_restore_and_says_why(
    office, stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(office, CASE, "a", "egge")
    backup = stick()
    office.ok("letter", "sent", 1)
    before = office.path.read_bytes()
    real = carry_queries.enter

    def full(register, row, mail) -> None:
        real(register, row, mail)
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise register._refusal(error)

    monkeypatch.setattr(carry_queries, "enter", full)
    assert "disk is full" in office.refused("restore", backup, "--yes")
    assert office.path.read_bytes() == before
