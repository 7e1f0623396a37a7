"""The numbers that a template's lines begin with are those that are printed."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from tests.cli.test_letter_check import findings

HEAD = "---\ntitle: Datoer\nlanguage: nb\n---\n"
DAYS = "15. mars\n22. april\n5. juni\n"


@pytest.fixture
def write(cli):
    cli.ok("org", "add", "Egge barnekor", "--email", "kor@egge.example")
    cli.ok("config", "set", "letterhead.unit", "Frivilligsentralen")
    own = cli.path.parent / "templates"
    own.mkdir(exist_ok=True)

    def made(body: str) -> str:
        for name in ("nb", "nn"):
            text = HEAD.replace("nb", name) + body
            (own / f"tall.{name}.md").write_text(text, "utf-8")
        return cli.ok("letter", "preview", "tall", "1")

    return made


@pytest.mark.parametrize("before", ["", "Vi møtes:\n\n", "Vi møtes:\n", "1. Først\n", "- Så\n\n"])
def test_days_line_by_line_are_printed_as_they_are_written(write, cli, before: str) -> None:
    assert DAYS in write(before + DAYS)
    assert not [one for one in findings(cli, "tall") if one["code"] == "unprinted"]


def test_days_are_kept_in_the_files_too(write, cli, tmp_path) -> None:
    cli.ok("config", "set", "letterhead.email", "post@kommune.example")
    write(DAYS + "\n" + "1. mai\n17. mai\n")
    cli.ok("letter", "preview", "tall", "1", "-o", tmp_path / "x.eml")
    mail = message_from_bytes((tmp_path / "x.eml").read_bytes(), policy=policy.default)
    html = mail.get_body(("html",)).get_content().replace("\u00a0", " ")
    assert "<ol" not in html and "22. april<br" in html and "17. mai" in html


@pytest.mark.parametrize("day", ["1. MARCH", "3. des.", "17. Mai"])
def test_a_day_in_another_writing_is_no_item(write, cli, day: str) -> None:
    assert f"{day}\n20. mai" in write(f"{day}\n20. mai\n")


def test_one_day_in_running_text_breaks_no_line(write) -> None:
    assert "Fristen er 15. mars i år" in write("Fristen er\n15. mars i år.\n")


def test_numbers_that_do_not_count_on_are_kept_and_named(write, cli) -> None:
    said = write("Punkter:\n\n4. Regnskap\n7. Valg\n8. Annet\n")
    assert "4. Regnskap" in said and "7. Valg\n8. Annet" in said
    (one,) = [one for one in findings(cli, "tall") if one["file"] == "tall.nb.md"
              and one["code"] == "unprinted"]  # fmt: skip
    assert one["line"] == 7 and "4, 7, 8" in one["what"]


@pytest.mark.parametrize("marks", ["1. 1. 1.", "3. 4. 5."])
def test_a_list_that_counts_is_counted(write, cli, marks: str) -> None:
    items = "\n".join(f"{mark} Sak" for mark in marks.split())
    first = int(marks[0])
    assert "\n".join(f"{first + n}. Sak" for n in range(3)) in write(items + "\n")
    assert not [one for one in findings(cli, "tall") if one["code"] == "unprinted"]
