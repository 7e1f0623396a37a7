"""Merged letters come in volumes, and no volume's memory is added to the next one's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from frivillig_cli.documents.letter import Letter, Letterhead
from frivillig_cli.documents.picture import read_picture
from frivillig_cli.documents.tree import Block, Cell, Document, Inline
from frivillig_cli.documents.volumes import LETTERS_IN_VOLUME, parted, weight
from tests.documents.pictures import png

_VOLUMES = """
from frivillig_cli.documents.letter import Letter, Letterhead
from frivillig_cli.documents.pdf import letter_pdf, merged_pdf
from frivillig_cli.documents.tree import Block, Document, Inline
from frivillig_cli.documents.typeset import Replaced
from pathlib import Path

def held():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1000

def letters(volume):
    for n in range(60):
        text = [Block("paragraph", children=(Inline("text", f"{volume} {n} {k} " + "ord " * 30),))
                for k in range(25)]
        yield Letter(Document("Brev", "nb", tuple(text)), Letterhead("Elvdal kommune"))

letter_pdf(next(letters(-1)), Replaced())
print(held())
for volume in range(4):
    merged_pdf(list(letters(volume)), Replaced())
    print(held())
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells what a process holds")
def test_the_memory_of_a_volume_is_free_for_the_next_one() -> None:
    done = subprocess.run([sys.executable, "-c", _VOLUMES], capture_output=True, text=True)
    before, first, *_others, last = map(int, done.stdout.split())
    assert last - before < 2 * (first - before), done.stdout


def a_letter(rows: int) -> Letter:
    """A letter with a table of so many rows."""
    cell = Cell((Inline("text", "Driftstilskudd til lag og foreninger"),))
    table = Block("table", header=(cell,) * 3, rows=((cell,) * 3,) * rows)
    return Letter(Document("Brev", "nb", (table,)), Letterhead("Elvdal kommune"))


def test_170_usual_letters_are_one_file_and_200_the_most() -> None:
    usual = weight(a_letter(8))
    assert list(parted([usual] * 170)) == [170]
    assert list(parted([weight(a_letter(1))] * (2 * LETTERS_IN_VOLUME + 1))) == [200, 200, 1]


def test_long_letters_come_in_smaller_volumes_and_each_letter_in_one() -> None:
    sizes = list(parted([weight(a_letter(150))] * 40))
    assert sum(sizes) == 40 and len(sizes) > 1 and max(sizes) < 25
    assert list(parted([1_000_000] * 3)) == [1, 1, 1]


def test_a_large_batch_leaves_room_for_what_it_takes_itself() -> None:
    usual = weight(a_letter(8))
    assert max(parted([usual] * 10_000)) < max(parted([usual] * 170))


def test_a_picture_is_held_once_however_many_letters_have_it(tmp_path) -> None:
    (tmp_path / "kart.png").write_bytes(png(20, 20))
    one, other = (read_picture("kart.png", alt, tmp_path) for alt in ("Kart", "Et kart"))
    assert one.data is other.data and one.alt != other.alt
