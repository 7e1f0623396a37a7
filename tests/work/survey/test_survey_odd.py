"""What comes back that is not quite an answer: old, untouched, half said, out of its time."""

from __future__ import annotations

import os
import re
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from frivillig_cli.records.org import queries as org_queries
from frivillig_cli.records.survey import queries
from frivillig_cli.records.survey.model import Outcome
from frivillig_cli.work.survey.reading import read_files

SAME = "f1.tick"


def outcomes(form) -> dict[str, str]:
    return {
        change.question.id: str(change.outcome)
        for change in form.changes
        if change.outcome is not Outcome.UNCHANGED
    }


def saved(path: Path, minute: int) -> Path:
    """The same answer, saved on that minute, as its own properties say."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    words = f">2026-03-01T09:{minute:02}:00Z</dcterms:modified>".encode()
    core = "docProps/core.xml"
    parts[core], changed = re.subn(rb">[^<]*</dcterms:modified>", words, parts[core])
    assert changed == 1
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def test_an_older_answer_that_comes_later_is_a_conflict_with_the_newer(tour, fill):
    form = tour.export()[0]
    older = saved(fill(form, "svar/kasserer.xlsx", email="en@lia.example", city="Lia"), 1)
    newer = saved(fill(form, "svar/leder.xlsx", email="to@lia.example"), 2)
    tour.take(newer)
    late = tour.one(older)
    assert outcomes(late) == {"email": "conflict", "city": "applied"}
    assert tour.values(1)["email"] == "to@lia.example"


def test_when_a_file_was_saved_is_what_it_says_itself(tour, fill):
    back = saved(fill(tour.export()[0], "svar/a.xlsx"), 7)
    os.utime(back, (4_000_000_000, 4_000_000_000))
    (read,) = read_files([back])
    assert read.written == datetime(2026, 3, 1, 9, 7, tzinfo=UTC)


def test_libreoffice_says_when_an_ods_was_saved(tour, fill, soffice, tmp_path):
    back = saved(fill(tour.export()[0], "svar/a.xlsx"), 7)
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "ods",
         "--outdir", str(tmp_path), str(back)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    made = tmp_path / "a.ods"
    os.utime(made, (4_000_000_000, 4_000_000_000))
    (read,) = read_files([made])
    # a conversion keeps the minute, a save by hand makes it anew: never the time of the copy
    assert datetime(2026, 3, 1, tzinfo=UTC) <= read.written < datetime(2090, 1, 1, tzinfo=UTC)


def test_a_file_that_is_as_it_was_sent_is_nobodys_answer(tour, fill):
    forms = tour.export()
    result = tour.take(*forms)
    assert {form.result for form in result.forms} == {"untouched"}
    assert (result.untouched, result.taken, result.complete) == (len(forms), [], True)
    assert queries.counts(tour.register, 1).answered == 0
    assert queries.confirmations(tour.register, 1) == {}
    tour.take(fill(forms[0], "svar/a.xlsx"))  # saved by somebody: it has come back
    assert queries.counts(tour.register, 1).answered == 1


def test_a_no_at_the_tick_that_says_nothing_more_is_asked_about(tour, fill):
    form = tour.one(fill(tour.export()[0], "svar/a.xlsx", **{SAME: "Nei"}))
    assert [problem.code for problem in form.problems] == ["unsaid"]
    assert queries.confirmations(tour.register, 1) == {}
    form = tour.one(fill(tour.export(to="b")[0], "svar/b.xlsx", **{SAME: "Nei", "city": "Lia"}))
    assert form.problems == ()


def test_the_number_that_goes_with_a_refused_name_is_listed_too(tour, fill):
    back = fill(tour.export()[0], "svar/a.xlsx", leader="90111444", leader_phone="90 11 14 44")
    form = tour.one(back)
    assert {problem.field for problem in form.problems} == {"leader", "leader_phone"}


@pytest.mark.parametrize(("day", "code"), [("12.03.1826", "invalid"), ("12.03.2023", "meeting")])
def test_nobody_takes_over_at_a_meeting_before_the_present_leaders_time(tour, fill, day, code):
    back = fill(tour.export()[0], "svar/a.xlsx", leader="Per Gunnar Aas", annual_meeting=day)
    form = tour.one(back)
    assert code in {problem.code for problem in form.problems}
    periods = {
        contact["name"]: (contact["from"], contact["to"])
        for contact in org_queries.get(tour.register, 1).contacts
        if contact["role"] == "leader"
    }
    if code == "meeting":
        assert periods == {"Aud Kittilsen": ("2024-03-01", None)}
    else:  # the date is asked about; the new leader counts from the day it was taken in
        assert periods["Per Gunnar Aas"] == ("2027-03-20", None)


def test_damaged_keys_are_one_line_a_file(tour, fill):
    from openpyxl import load_workbook

    back = fill(tour.export()[0], "svar/a.xlsx")
    book = load_workbook(back)
    for row in book.worksheets[0].iter_rows():
        if str(row[0].value or "").startswith("f1-"):
            row[0].value = row[0].value.replace("-1-", "-2-", 1)
    book.save(back)
    (form,) = tour.take(back).forms
    assert len(form.problems) == 1
    assert "a.xlsx" in form.problems[0].message


def test_two_files_in_one_import_are_taken_in_the_order_of_their_time(tour, fill):
    form = tour.export()[0]
    later = saved(fill(form, "svar/a.xlsx", email="to@lia.example"), 2)
    saved(fill(form, "svar/b.xlsx", email="en@lia.example"), 1)
    result = tour.take(later.parent)
    assert [form.file for form in result.forms] == ["b.xlsx", "a.xlsx"]
    assert tour.values(1)["email"] == "to@lia.example"


def test_members_are_asked_for_by_age_and_the_groups_are_no_more_than_all(tour, fill):
    form = tour.export()[0]
    back = fill(form, "svar/a.xlsx", members=42, members_0_5=2, members_6_12=20, members_13_19=20)
    assert tour.one(back).result == "changed"
    assert [tour.values(1)[name] for name in ("members_0_5", "members_6_12")] == [2, 20]
    more = tour.one(fill(form, "svar/b.xlsx", members_26=1))
    assert [problem.field for problem in more.problems] == ["members_26"]
    assert tour.values(1)["members_26"] is None


def struck_out(path: Path, field: str, to: str, *new: str) -> Path:
    """What the field holds struck out, with something new behind it, as one corrects on paper."""
    from openpyxl import load_workbook
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    book = load_workbook(path)
    (row,) = (row for row in book.worksheets[0].iter_rows() if row[1].value == field)
    old = TextBlock(InlineFont(strike=True), row[3].value)
    row[3].value = CellRichText(old, *new)
    book.save(path.with_name(to))
    return path.with_name(to)


@pytest.mark.parametrize("new", [[], [" Kari Berg"]])
def test_what_is_struck_out_is_neither_taken_nor_confirmed(tour, new):
    back = tour.one(struck_out(tour.export(1)[0], "leader", "svar.xlsx", *new))
    assert outcomes(back) == {"leader": "rejected"}
    (problem,) = queries.problems(tour.register, 1)
    assert "struck out" in problem.message
    assert tour.officers(1)["leader"] == "Aud Kittilsen"
    confirmed = queries.confirmations(tour.register, 1)
    assert "leader" not in confirmed and "email" in confirmed
