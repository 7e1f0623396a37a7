"""What of a batch is finished: kept beside its files, so that a run can go on from another's.

A file is used again only where the letter is the same to the letter, and the file as it was
written: whatever has been changed in the register meanwhile is in the batch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from frivillig_cli.core.version import __version__
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.typeset import Replaced
from frivillig_cli.work.letters.recipients import Recipient
from frivillig_cli.work.letters.sender import sender_address

if TYPE_CHECKING:
    from frivillig_cli.work.letters.batch import Plan

_LIST = ".ready"


class Finished(NamedTuple):
    """A file that is finished: the mark of what it holds, its SHA-256, what its font lacked."""

    mark: str
    sha256: str
    lacking: str


class Ready:
    """The files in a staging folder that are finished; `reused` of them from an earlier run."""

    def __init__(self, staged: Path, folder: Path) -> None:
        self._staged, self._folder = staged, folder
        self._known = _read(staged / _LIST)
        self._list = (staged / _LIST).open("a", encoding="utf-8")
        self.reused = 0

    def close(self) -> None:
        """Let go of the list."""
        self._list.close()

    def mark(self, this: Plan, recipients: Sequence[Recipient], letters: Sequence[Letter]) -> str:
        """By what a file is known again: all that its letters say and show, from whom, to whom."""
        import pickle  # for a large batch alone

        versions = sorted(template.sha256 for template in this.templates.values())
        to = [(one.id, one.email) for one in recipients]
        texts = [dict(one.word.texts) if one.word else None for one in letters]
        plain = [one._replace(word=None) if one.word else one for one in letters]
        said = (versions, _sender(this), to, texts, plain)
        return hashlib.sha256(pickle.dumps(said)).hexdigest()[:32]

    def reuse(self, name: str, mark: str, replaced: Replaced) -> str | None:
        """The SHA-256 of a file that is finished and holds just this, or None.

        One that a run had moved to its place already, and not recorded, is copied back.
        """
        found = self._known.get(name)
        if found is None or found.mark != mark:
            return None
        here = self._staged / name
        for path in (here, self._folder / name):
            try:
                data = path.read_bytes()
            except OSError:
                continue
            if hashlib.sha256(data).hexdigest() == found.sha256:
                if path is not here:
                    here.write_bytes(data)
                replaced.characters |= set(found.lacking)
                self.reused += 1
                return found.sha256
        return None

    def note(self, name: str, mark: str, sha256: str, lacking: str) -> None:
        """A file is finished."""
        self._list.write(json.dumps([name, mark, sha256, lacking]) + "\n")
        self._list.flush()

    def gone(self) -> dict[str, str]:
        """The files (name: SHA-256) where each of them has left the staging folder, else {}."""
        if any((self._staged / name).exists() for name in self._known):
            return {}
        return {name: found.sha256 for name, found in self._known.items()}


def finished(staged: Path) -> int:
    """How many files in a staging folder are finished."""
    return len(_read(staged / _LIST))


def _read(path: Path) -> dict[str, Finished]:
    found: dict[str, Finished] = {}
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return found
    for line in lines:
        try:
            name, *rest = json.loads(line)
            found[name] = Finished(*rest)
        except (ValueError, TypeError):
            continue  # the line that a kill cut off
    return found


def batch_mark(this: Plan, folder: Path) -> str:
    """By what the same batch is known again: template, format, place and program."""
    said = (this.request.template, this.request.format, this.request.merge,
            str(folder.resolve()), __version__)  # fmt: skip
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _sender(this: Plan) -> str:
    if this.request.format != "eml":
        return ""
    return sender_address(this.sender)
