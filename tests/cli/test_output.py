"""What is printed: plain in a pipe, drawn in a terminal, harmless everywhere."""

from __future__ import annotations

import io
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.cli.lines import Column, printable
from frivillig_cli.cli.output import Output

HOSTILE = "a\x1b[31mred\x1b]0;title\x07 [bold]b[/] \u202eturned\u2066 \x9b2J"


class Screen(io.StringIO):
    """A terminal that keeps what is written on it."""

    def isatty(self) -> bool:
        return True


def on_screen(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Screen:
    shown = Screen()
    monkeypatch.setattr(sys, "stdout", shown)
    for name, value in {"TERM": "xterm-256color", **settings}.items():
        monkeypatch.setenv(name, value)
    return shown


@given(st.text())
def test_nothing_that_is_printed_can_steer_a_terminal(text: str) -> None:
    shown = printable(text)
    assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) <= 0x9F for c in shown)
    assert not set(shown) & set(
        "\u061c\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069"
    )


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"], include_characters=" \n")))
def test_ordinary_text_is_printed_as_it_is(text: str) -> None:
    assert printable(text) == text


def test_hostile_text_is_shown_as_text_in_a_pipe(capsys) -> None:
    Output().table([Column("Name")], [[HOSTILE + "\nnext"]])
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 2
    assert "\\x1b[31mred" in out and "[bold]b[/]" in out and "\\u202eturned" in out


@pytest.mark.parametrize("columns", [80, 120, 40])
def test_a_table_in_a_terminal_fits_and_cuts_nothing(monkeypatch, columns: int) -> None:
    screen = on_screen(monkeypatch, COLUMNS=str(columns))
    name = "Lier og omegns velforening for bevaring av gamle stier, gjerder og kirkegårder"
    titles = [Column("No.", right=True), Column("Name"), Column("Place"), Column("Leader")]
    Output().table(titles, [["12345", name, "Sylling", "Kari Nordmann"], ["1", HOSTILE, None, ""]])
    assert "\x1b[31m" not in screen.getvalue() and "\u202e" not in screen.getvalue()
    lines = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue()).splitlines()  # bold titles
    assert max(map(len, lines)) <= columns
    letters = "".join(lines).replace(" ", "")
    assert "12345" in letters and "Sylling" in letters
    if columns > 40:
        assert all(word in " ".join(lines) for word in name.split())


def test_a_pipe_keeps_every_character_and_draws_nothing(capsys) -> None:
    Output().table([Column("Name"), Column("Place")], [["x" * 300, "Lier"]])
    out = capsys.readouterr().out
    assert "x" * 300 in out and out.isascii()


@pytest.mark.parametrize("settings", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_it_is_not_wanted(monkeypatch, settings) -> None:
    screen = on_screen(monkeypatch, **settings)
    Output().table([Column("Name")], [["Lier kor"]])
    assert not any(f"\x1b[{code}" in screen.getvalue() for code in ("3", "4", "9", "10"))


def test_a_long_value_is_wrapped_beside_its_label(monkeypatch) -> None:
    screen = on_screen(monkeypatch, COLUMNS="40")
    Output().record({}, [("notes", "one two three four five six seven eight nine")], title="1  X")
    lines = screen.getvalue().splitlines()
    assert max(map(len, lines)) <= 40
    assert all(line.startswith(" " * 9) for line in lines[2:])


def test_hints_come_after_the_result_also_in_one_file(monkeypatch) -> None:
    both = io.StringIO()
    monkeypatch.setattr(sys, "stdout", both)
    monkeypatch.setattr(sys, "stderr", both)
    out = Output()
    out.lines("result")
    out.hint("hint")
    assert both.getvalue() == "result\nhint\n"


def test_json_and_csv_modes_print_nothing_else(capsys) -> None:
    for mode in ("json", "csv"):
        out = Output()
        out.mode = mode
        out.lines("x")
        out.table([Column("a")], [["b"]])
        assert capsys.readouterr().out == ""


def test_a_progress_bar_is_for_long_work_in_a_terminal_only(monkeypatch) -> None:
    from frivillig_cli.cli import screen

    for seconds, terminal, wanted in ((1.0, True, False), (-1.0, True, True), (-1.0, False, False)):
        monkeypatch.setattr(screen, "SECONDS_UNSEEN", seconds)
        shown = Screen() if terminal else io.StringIO()
        monkeypatch.setattr(sys, "stderr", shown)
        with Output().progress("Reading [bold]", 3) as advance:
            for _number in range(3):
                advance()
        assert bool(shown.getvalue()) is wanted


def test_a_long_line_hangs_under_its_text_in_a_terminal_and_is_whole_in_a_pipe(monkeypatch) -> None:
    import io

    from frivillig_cli.cli.output import _hung

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "40")
    line = "SAY   " + "Can you come to the house? " * 3
    assert _hung(line, io.StringIO()) == line
    first, *rest = _hung(line, Terminal()).split("\n")
    assert rest and all(part.startswith("      ") and len(part) <= 40 for part in rest)
    assert " ".join([first, *(part.strip() for part in rest)]).split() == line.split()


def test_a_value_that_is_wrapped_hangs_below_its_first_line(monkeypatch) -> None:
    shown = on_screen(monkeypatch, COLUMNS="40")
    words = "Ringer gruppen når kriseledelsen ber om det"
    Output().record({}, [("members", f"1  {words}\n2  post@under-berg.example")])
    assert shown.getvalue().splitlines() == [
        "  members  1  Ringer gruppen når",
        "              kriseledelsen ber om det",
        "           2  post@under-berg.example",
    ]
