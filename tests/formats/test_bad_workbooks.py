"""Every bad file ends in one sentence, in bounded memory; none is read as fewer rows."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from frivillig_cli.core.errors import FileFormatError, NotFoundError
from frivillig_cli.formats.cells import CellKind, problem, text
from frivillig_cli.formats.xlsx_read import read_workbook

_spec = importlib.util.spec_from_file_location(
    "bad_files", Path(__file__).with_name("bad_files.py")
)
assert _spec
assert _spec.loader
bad_files = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(bad_files)

_READER = """
import json, resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.formats.xlsx_read import read_workbook
for name in sys.argv[1:]:
    try:
        book = read_workbook(Path(name))
        said = ["read", [len(sheet.rows) for sheet in book.sheets], ""]
    except FileFormatError as error:
        said = ["refused", error.message, error.hint]
    except BaseException as error:
        said = ["crashed", repr(error), ""]
    if sys.platform == "darwin":
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 << 20)
    else:  # Linux lets a child inherit the peak of the process that started it in ru_maxrss
        status = Path("/proc/self/status").read_text()
        peak = int(status.split("VmHWM:")[1].split()[0]) // 1024
    print(json.dumps([name, *said, peak, time.process_time()]), flush=True)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory, kit):
    made = tmp_path_factory.mktemp("bad")
    bad_files.make_all(made, kit)
    return made


@pytest.fixture(scope="module")
def ends(folder):
    if sys.platform == "win32":
        pytest.skip("memory is limited with POSIX means")
    names = [str(folder / name) for name in bad_files.EXPECTED]
    command = [sys.executable, "-c", _READER, *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len(names), done.stderr
    return {Path(name).name: rest for name, *rest in lines}


@pytest.mark.parametrize("name", bad_files.EXPECTED)
def test_a_bad_file_is_refused_by_name_or_read_right(ends, name):
    how, said, hint, peak, _clock = ends[name]
    wanted = bad_files.EXPECTED[name]
    if wanted is None:
        assert how == "read", said
        assert sum(said) > 0
    else:
        assert how == "refused", said
        assert wanted in said
        assert name in said or "password" in said
        assert hint
        assert "\n" not in said
    assert peak < 300


def test_what_can_be_read_is_read_whole(folder):
    for name in ("strict.xlsx", "backslash.xlsx", "utf16.xlsx", "full-merge.xlsx"):
        sheet = read_workbook(folder / name).sheets[0]
        assert text(sheet.cell("A2")) == "Lier hagelag", name
        assert text(sheet.cell("B2")) == "32220100", name
    assert text(read_workbook(folder / "xfd.xlsx").sheets[0].cell("XFD1048576")) == "x"
    assert len(read_workbook(folder / "lying-dimension-small.xlsx").sheets[0].rows) == 2


def test_macros_and_links_are_flagged_and_the_data_is_read(folder):
    macro = read_workbook(folder / "macro.xlsm")
    assert macro.has_macros
    assert not macro.has_links
    assert len(macro.sheets[0].rows) == 2
    assert read_workbook(folder / "external.xlsx").has_links


def test_a_formula_or_an_error_is_never_blank(folder):
    sheet = read_workbook(folder / "formulas.xlsx").sheets[0]
    kinds = {ref: sheet.cell(ref).kind for ref in ("A1", "B1", "C1", "D1", "E1", "F1")}
    assert kinds.pop("E1") is CellKind.ERROR
    assert set(kinds.values()) == {CellKind.FORMULA}
    assert sheet.cell("A1").value == "2"
    assert sheet.cell("B1").value is None
    assert text(sheet.cell("B1")) == "=NOW()"
    assert sheet.cell("C1").value == "ab"
    assert all(problem(cell) for cell in sheet.rows[0].cells)
    errors = read_workbook(folder / "errors.xlsx").sheets[0]
    assert [cell.kind for cell in errors.rows[0].cells] == [CellKind.ERROR] * 2
    assert text(errors.cell("A1")) == "#N/A"


def test_what_is_no_file_is_named(tmp_path):
    with pytest.raises(NotFoundError, match="There is no file"):
        read_workbook(tmp_path / "x.xlsx")
    with pytest.raises(FileFormatError, match="is a folder"):
        read_workbook(tmp_path)
    if sys.platform != "win32":
        import os

        os.mkfifo(tmp_path / "pipe.xlsx")
        with pytest.raises(FileFormatError, match="not an ordinary file"):
            read_workbook(tmp_path / "pipe.xlsx")
