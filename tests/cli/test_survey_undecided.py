"""`frivillig survey results` where an association has answered in two ways in one file."""

from __future__ import annotations

from openpyxl import load_workbook

from tests.cli.survey_round import answer, copy_sheet


def figures(lag, tmp_path) -> dict[str, list[tuple[object, ...]]]:
    lag.ok("survey", "results", "1", "-o", tmp_path / "r.xlsx", "--overwrite")
    book = load_workbook(tmp_path / "r.xlsx")
    found: dict[str, list[tuple[object, ...]]] = {}
    block: list[tuple[object, ...]] = []
    for row in book["Figures"].iter_rows(min_row=3, max_col=2, values_only=True):
        if row[0] and row[1] is None and not str(row[0])[0].isdigit():
            block = found.setdefault(str(row[0]), [])
        elif row[0]:
            block.append(row)
    heads = [cell.value for cell in book["Answers"][4]]
    found["answers"] = [
        (heads[at], row[at])
        for row in book["Answers"].iter_rows(min_row=5, values_only=True)
        for at in range(4, len(heads))
        if row[at] is not None
    ]
    return found


def test_an_undecided_answer_is_counted_as_undecided_and_its_last_when_it_is_chosen(
    lag, forms, tmp_path, says
) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", annual_meeting_month="mars", members=30)
    copy_sheet(back, "annual_meeting_month", "april")
    copy_sheet(back, "members", 40)
    lag("survey", "import", "1", back, "--accept", "all")
    found = figures(lag, tmp_path)
    month = dict(found["Month of the annual meeting"])
    assert (month["March"], month["April"], month["undecided"], month["no answer"]) == (0, 0, 1, 0)
    assert ("1 Culture and recreation", 0) in found["Members in all"]
    assert ("1 association has answered in two ways, and is not counted.", None) in (
        found["Members in all"]
    )
    answers = dict(found["answers"])
    assert answers["Members in all"] == answers["Month of the annual meeting"] == "undecided"
    says("1", "3")
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    found = figures(lag, tmp_path)
    month = dict(found["Month of the annual meeting"])
    assert month["March"] == 1 and "undecided" not in month
    assert "Members in all" not in dict(found["answers"])  # neither of them, they said


def test_a_note_beside_a_row_is_no_answer_in_the_results(lag, tmp_path) -> None:
    lag.ok("survey", "export", "1", "-o", tmp_path / "alle.xlsx")
    book = load_workbook(tmp_path / "alle.xlsx")
    book.worksheets[1]["BZ4"].value = "ringt, ikke svar"
    book.save(tmp_path / "b.xlsx")
    lag("survey", "import", "1", tmp_path / "b.xlsx", "--accept", "all")
    done = lag.ok("survey", "results", "1", "-o", tmp_path / "r.xlsx")
    assert done.startswith("0 associations’ answers")
