"""An undo, or a redo, that takes somebody's protection away says so."""

from __future__ import annotations

import pytest

WORDS = "Gerd Engen is protected no more, and stands in lists and files"


@pytest.fixture
def lag(cli):
    cli.ok("org", "add", "Lier hagelag")
    cli.ok("contact", "add", "1", "Gerd Engen", "--role", "leader", "--phone", "90 10 00 83")
    return cli


def test_an_undo_that_takes_protection_away_says_so(lag) -> None:
    lag.ok("person", "edit", "1", "--protected")
    lag.ok("org", "edit", "1", "--city", "Lier")
    assert "protected" not in lag("undo").err
    would = lag("undo", "--dry-run").err
    assert "Gerd Engen would be protected no more" in would
    assert lag.json("person", "show", "1")["protected"] is True
    done = lag("undo")
    assert WORDS in done.err and "frivillig person edit 1 --protected" in done.err
    assert "protected" not in lag("redo").err
    assert lag.json("person", "show", "1")["protected"] is True


def test_so_does_a_redo(lag) -> None:
    lag.ok("person", "edit", "1", "--protected")
    lag.ok("person", "edit", "1", "--no-protected", "--yes")
    assert "protected" not in lag("undo").err
    assert WORDS in lag("redo").err


def test_an_undo_of_a_merge_says_it_of_whom_the_other_had_protected(lag) -> None:
    lag.ok("contact", "add", "1", "Gerd S. Engen", "--role", "deputy", "--new-person")
    lag.ok("person", "edit", "2", "--protected")
    lag.ok("person", "merge", "1", "2", "--yes")
    assert lag.json("person", "show", "1")["protected"] is True
    assert "is protected no more" in lag("undo").err
