"""Which of two answers is the later one, where a file does not say in which zone its clock was."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.cli.survey_round import answer, send, take_in
from tests.work.survey.test_survey_odd import saved


def as_ods(path: Path, clock: str, packed: tuple[int, int, int]) -> Path:
    """The workbook as LibreOffice makes an ods of it; its own clock, and the one of its zip."""
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOffice (soffice) is not installed")
    home = path.parent / "lo"
    subprocess.run(
        [soffice, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", "ods",
         "--outdir", path.parent, path],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    made = path.with_suffix(".ods")
    with zipfile.ZipFile(made) as book:
        parts = {info.filename: book.read(info) for info in book.infolist()}
    stamp = f"<dc:date>2026-03-01T{clock}</dc:date>".encode()
    parts["meta.xml"], changed = re.subn(rb"<dc:date>[^<]*</dc:date>", stamp, parts["meta.xml"])
    assert changed == 1
    with zipfile.ZipFile(made, "w") as book:
        for name, content in parts.items():
            book.writestr(zipfile.ZipInfo(name, (2026, 3, 1, *packed)), content)
    return made


# In March the clock on the wall in Norway is an hour before UTC, which the others say.
@pytest.mark.parametrize(
    ("clock", "packed", "members"),
    [
        ("10:30:01", (9, 30, 2), 20),  # saved by hand
        ("09:30:01", (9, 30, 5), 20),  # converted when it was saved
        ("09:59:00", (8, 59, 2), 10),  # saved by hand, before the other
        ("09:30:01", (15, 0, 0), None),  # converted later: either
        ("11:30:01", (15, 0, 0), 20),  # the later one in either zone
    ],
)
@pytest.mark.parametrize("together", [True, False])
def test_the_later_answer_is_the_one_that_was_saved_later(
    lag, forms, tmp_path, clock, packed, members, together
) -> None:
    first = saved(Path(answer(forms[1], tmp_path / "a.xlsx", members=10)), 20)
    other = as_ods(Path(answer(forms[1], tmp_path / "b.xlsx", members=20)), clock, packed)
    if together:
        done, result = take_in(lag, first, other)
    else:
        take_in(lag, first)
        done, result = take_in(lag, other)
    conflict = members is None or (members == 10 and not together)
    assert (done.code, result["conflicts"]) == ((3, 1) if conflict else (0, 0)), result
    assert lag.json("org", "show", "1")["members"] == (members or 10)


@pytest.mark.parametrize("first", [11, "SLETT"])
def test_a_later_answer_follows_one_that_changed_and_one_that_removed(lag, tmp_path, first) -> None:
    lag.ok("org", "edit", "1", "--members", "10")
    form = send(lag, tmp_path / "to")[1]
    take_in(lag, saved(Path(answer(form, tmp_path / "a.xlsx", members=first)), 10))
    later = saved(Path(answer(form, tmp_path / "b.xlsx", members=12)), 20)
    done, told = take_in(lag, later)
    assert (done.code, told["applied"], told["conflicts"]) == (0, 1, 0)
    assert lag.json("org", "show", "1")["members"] == 12
