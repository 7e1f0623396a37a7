"""The bytes that went out, by their SHA-256: the same letter is kept once.

Letters of one batch differ in a name and an address, so up to PIECE of them are packed together
with LZMA: 170 letters of 42 kB take 1.6 MB, a quarter of what they take each for itself.
"""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Callable, Collection, Iterator, Mapping

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.core.i18n import _
from frivillig_cli.store.register import Register

PIECE = 32  # files a pack
PIECE_BYTES = 16_000_000  # so that reading one never needs more memory than this


def keep(register: Register, files: Mapping[str, bytes], advance: Callable[[int], None]) -> None:
    """Keep files by their SHA-256; what is there already is not kept again."""
    new = {digest: data for digest, data in files.items() if not _is_kept(register, digest)}
    advance(len(files) - len(new))
    for part in _pieces(new):
        packed = lzma.compress(b"".join(data for _digest, data in part))
        pack = register.insert("letter_pack", packed=packed)
        start = 0
        for digest, data in part:
            register.insert("letter_file", sha256=digest, pack_id=pack, start=start, size=len(data))
            start += len(data)
        advance(len(part))


def _pieces(files: Mapping[str, bytes]) -> Iterator[list[tuple[str, bytes]]]:
    part: list[tuple[str, bytes]] = []
    size = 0
    for digest, data in files.items():
        if part and (len(part) == PIECE or size + len(data) > PIECE_BYTES):
            yield part
            part, size = [], 0
        part.append((digest, data))
        size += len(data)
    if part:
        yield part


def _is_kept(register: Register, digest: str) -> bool:
    return register.row("SELECT 1 FROM letter_file WHERE sha256 = ?", (digest,)) is not None


def kept(register: Register, digest: str) -> bytes:
    """The file with this SHA-256, byte for byte. RegisterError: it is not whole."""
    row = register.row(
        "SELECT f.start, f.size, p.packed FROM letter_file f JOIN letter_pack p ON p.id = f.pack_id"
        " WHERE f.sha256 = ?",
        (digest,),
    )
    try:
        data = lzma.decompress(row[2])[row[0] : row[0] + row[1]] if row else b""
    except lzma.LZMAError:
        data = b""
    if hashlib.sha256(data).hexdigest() != digest:
        raise RegisterError(
            _("The copy of the letter is not whole."),
            _("Look for it in a backup: frivillig backup list"),
        )
    return data


def take_over(source: Register, target: Register, digests: Collection[str]) -> set[str]:
    """Keep in one register what another keeps; returns the hashes of what is not whole there.

    What is packed together stays so, unless it is together with something else.
    """
    wanted = {digest for digest in digests if not _is_kept(target, digest)}
    missing = set(wanted)
    packs: dict[int, list[tuple[str, int, int]]] = {}
    for digest, pack, start, size in source.rows(
        "SELECT sha256, pack_id, start, size FROM letter_file ORDER BY pack_id, start"
    ):
        packs.setdefault(pack, []).append((digest, start, size))
    for pack, files in packs.items():
        if wanted.isdisjoint(digest for digest, _start, _size in files):
            continue
        try:
            packed = source.value("SELECT packed FROM letter_pack WHERE id = ?", (pack,))
            whole = lzma.decompress(packed or b"")
        except (RegisterError, lzma.LZMAError):  # damaged: the others are whole all the same
            continue
        sound = {
            digest: whole[start : start + size]
            for digest, start, size in files
            if digest in wanted
            and hashlib.sha256(whole[start : start + size]).hexdigest() == digest
        }
        missing -= sound.keys()
        if len(sound) < len(files):
            keep(target, sound, lambda _n: None)
            continue
        number = target.insert("letter_pack", packed=packed)
        for digest, start, size in files:
            target.insert("letter_file", sha256=digest, pack_id=number, start=start, size=size)
    return missing


def damaged(register: Register) -> Iterator[tuple[int, str]]:
    """(batch, recipient) of the letters whose copy is not there, or is not what went out."""
    wanted = "SELECT DISTINCT kept FROM letter WHERE kept IS NOT NULL"
    unsound = {row[0] for row in register.rows(wanted)} - set(_sound(register))
    for digest in sorted(unsound):
        for row in register.rows(
            "SELECT batch_id, recipient FROM letter WHERE kept = ? ORDER BY id", (digest,)
        ):
            yield row[0], row[1]


def _sound(register: Register) -> Iterator[str]:
    for pack in register.rows("SELECT id FROM letter_pack ORDER BY id"):
        packed = register.value("SELECT packed FROM letter_pack WHERE id = ?", (pack[0],))
        try:
            whole = lzma.decompress(packed)
        except lzma.LZMAError:
            continue
        for digest, start, size in register.rows(
            "SELECT sha256, start, size FROM letter_file WHERE pack_id = ?", (pack[0],)
        ):
            if hashlib.sha256(whole[start : start + size]).hexdigest() == digest:
                yield digest
