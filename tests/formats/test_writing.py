"""Files are whole or not there, only where they were asked for, and harmless when opened."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.formats.csv_write import harmless, write_csv
from frivillig_cli.formats.files import make_folder, safe_join, write_atomic
from frivillig_cli.formats.json_io import dump, load
from frivillig_cli.formats.vcard import Card, vcards, write_vcards

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes and links")


def test_a_file_is_replaced_whole(tmp_path):
    path = tmp_path / "a.txt"
    write_atomic(path, b"one")
    write_atomic(path, lambda stream: stream.write(b"two"))
    assert path.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["a.txt"]


@posix
def test_a_private_file_is_for_its_owner_only(tmp_path):
    path = write_atomic(tmp_path / "a", b"x", private=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError(errno.ENOSPC, "full"), ValueError])
def test_an_interrupted_write_leaves_what_was_there(tmp_path, failure):
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")

    def write(stream):
        stream.write(b"half")
        raise failure

    wanted = RefusedError if isinstance(failure, OSError) else failure
    with pytest.raises(wanted) as caught:
        write_atomic(path, write)
    if wanted is RefusedError:
        assert "no room left" in caught.value.message
    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["a.txt"]


@posix
def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out.txt"
    inside.mkdir()
    outside.write_text("mine")
    (inside / "a.txt").symlink_to(outside)
    with pytest.raises(RefusedError, match="leads out of"):
        write_atomic(inside / "a.txt", b"x")
    assert outside.read_text() == "mine"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_what_is_no_file_is_not_written_to(tmp_path):
    (tmp_path / "d").mkdir()
    for path, said in [
        (tmp_path / "none" / "a", "no folder"),
        (tmp_path / "d", "is a folder"),
        (type(tmp_path)("/dev/full"), "not an ordinary file"),
        (tmp_path / ("x" * 300), "too long"),
    ]:
        with pytest.raises(RefusedError, match=said) as caught:
            write_atomic(path, b"x")
        assert caught.value.hint


def test_a_read_only_folder_is_said_so(tmp_path, monkeypatch):
    def refuse(*_args, **_more):
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(RefusedError, match="may not write"):
        write_atomic(tmp_path / "a", b"x")


def test_a_busy_file_is_tried_again(tmp_path, monkeypatch):
    from pathlib import Path

    real, tries = Path.replace, []

    def busy(self, target):
        tries.append(1)
        if len(tries) < 3:
            error = OSError("busy")
            error.winerror = 32
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    write_atomic(tmp_path / "a", b"x")
    assert len(tries) == 3


@given(st.text(max_size=400))
def test_a_name_from_outside_stays_in_its_folder(name):
    from pathlib import Path

    folder = Path("/made-up/folder")
    try:
        path = safe_join(folder, name)
    except RefusedError:
        return
    assert path.parent == folder
    assert path.name not in ("", ".", "..")
    assert len(path.name.encode("utf-8", "replace")) <= 255


def test_names_are_made_fit_for_windows():
    from pathlib import Path

    names = {"../../x": "-..-x", "CON.txt": "_CON.txt", "a<b>:c.pdf": "a-b--c.pdf", "Lag. ": "Lag"}
    for given_name, fitted in names.items():
        assert safe_join(Path("f"), given_name).name == fitted
    assert safe_join(Path("f"), "å" * 300 + ".xlsx").name.endswith("å.xlsx")


def test_a_folder_is_made_or_refused(tmp_path):
    assert make_folder(tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(RefusedError, match="not a folder"):
        make_folder(tmp_path / "file")


def test_csv_for_people_opens_in_excel_and_runs_nothing(tmp_path):
    path = write_csv(
        tmp_path / "a.csv", ["Navn"], [["=1+1"], ["+47 32 22 01 00"], ["-12,5"], [None]]
    )
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_text("utf-8-sig").splitlines() == [
        "Navn",
        "'=1+1",
        "+47 32 22 01 00",
        "-12,5",
        '""',
    ]
    for text in ("=x", "+cmd|x", "-1+1|x", "@SUM(A1)", "\t=1"):
        assert harmless(text) == f"'{text}"


@dataclass(frozen=True)
class Thing:
    name: str
    day: date


def test_json_is_readable_and_goes_round():
    moment = datetime(2027, 3, 15, 3, 10, tzinfo=UTC)
    data = [{"navn": "Ærfugl", "at": moment, "tags": {"b", "a"}, "x": float("nan")}]
    assert "Ærfugl" in dump(data)
    assert load(dump(data)) == [
        {"navn": "Ærfugl", "at": "2027-03-15T03:10:00+00:00", "tags": ["a", "b"], "x": None}
    ]
    assert json.loads(dump(Thing("a", date(2027, 3, 15)))) == {"name": "a", "day": "2027-03-15"}
    assert dump([]) == "[]"
    assert dump({"a": "\ud800"}).encode("utf-8")
    assert load("\ufeff[1]".encode("utf-16")) == [1]


def test_a_card_is_understood_by_another_program(tmp_path):
    card = Card(
        "Åse Ærfugl; Bø",
        ["+4790111222", "+4632220100"],
        org="Lier; hagelag",
        note="ØVELSE\nlinje, to " + "æøå" * 80,
        email="ase@lag.example",
        categories=["beredskap", "a,b"],
    )
    path = write_vcards(tmp_path / "a.vcf", [card, Card("Per\r\nEND:VCARD")])
    raw = path.read_bytes().decode("utf-8")
    assert all(len(line.encode()) <= 75 for line in raw.splitlines())
    assert "\r\n" in raw
    first, second = vobject.readComponents(raw)
    assert first.version.value == "3.0"
    assert first.fn.value == card.name
    assert [line.value for line in first.contents["tel"]] == list(card.phones)
    assert first.org.value == [card.org]
    assert first.note.value == card.note
    assert first.categories.value == list(card.categories)
    assert second.fn.value == "Per END:VCARD"
    assert vcards([]) == ""
