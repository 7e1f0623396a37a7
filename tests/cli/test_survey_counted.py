"""How answers are counted while some of them wait: in the status, and in how an import ends."""

from __future__ import annotations

from tests.cli.survey_round import answer, take_in


def test_the_status_adds_up_and_tells_who_has_changes_and_problems_both(
    lag, forms, tmp_path
) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", city="Lier", phone="tull"))
    take_in(lag, answer(forms[2], tmp_path / "b.xlsx", phone="tull"))
    counts = lag.json("survey", "status", "1")
    names = ("answered", "unchanged", "changed", "problems", "problems_with_changes")
    assert [counts[name] for name in names] == [2, 0, 0, 2, 1]
    shown = lag.ok("survey", "status", "1")
    assert "need a look          2   1 of them with changes too" in shown
    lag.ok("survey", "problems", "1", "--resolve", "1", "--resolve", "2")
    counts = lag.json("survey", "status", "1")
    assert [counts[name] for name in names] == [2, 1, 1, 0, 0]
    assert "of them" not in lag.ok("survey", "status", "1")


def test_a_file_that_comes_further_and_leaves_something_is_not_all_done(
    lag, forms, tmp_path
) -> None:
    lag.ok("org", "edit", "1", "--phone", "32 84 00 00")
    back = answer(forms[1], tmp_path / "a.xlsx", phone="32 84 11 11", bank_account="8601.11.17947")
    assert take_in(lag, back)[0].code == 3
    done = lag("survey", "import", "1", back, "--yes", "--confirm-account")
    assert done.code == 3 and "1 field changed" in done.err
    # and once nothing comes further, nothing is changed, and what waits is named
    done = lag("survey", "import", "1", back, "--yes", "--confirm-account")
    assert done.code == 0 and "Nothing new to take in" in done.err
    assert "What needs a look: frivillig survey problems 1" in done.err


def test_a_conflict_that_stands_is_shown_again_and_the_same_file_is_nothing_new(
    lag, forms, tmp_path
) -> None:
    lag.ok("org", "edit", "1", "--phone", "32 84 00 00")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="32 84 11 11")
    assert take_in(lag, back)[0].code == 3
    before = lag.json("history")
    for where in (back, tmp_path / "svar"):
        for how in ("--yes", "--dry-run"):
            done = lag("survey", "import", "1", where, how)
            assert done.code == 0 and "32 84 11 11" in done.out
            assert "Nothing new to take in" in done.err
    assert lag.json("history") == before
