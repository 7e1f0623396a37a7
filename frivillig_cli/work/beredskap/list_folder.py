"""Where the files of a call list lie, and what they are called."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import file_name
from frivillig_cli.records.activation.model import Activation
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import script

ENDINGS = ("pdf", "html", "xlsx", "vcf")


def default_folder(activation: Activation) -> Path:
    """Where the lists go when no folder was named: one named after the activation, here."""
    return Path(file_name(f"{activation.number} {activation.title}"))


def keep_folder(register: Register, activation_id: int, folder: Path) -> None:
    """Remember where the lists are put. Called in the transaction that makes the activation."""
    from frivillig_cli.records.activation import actions

    actions.set_folder(register, activation_id, str(folder))


def paths(activation: Activation, folder: Path, part: str = "") -> dict[str, Path]:
    """The files of an activation, by ending; an exercise says so in each name.

    `part` is the share of one caller, where the list is dealt to several.
    """
    named = (script.mark(activation.kind), activation.number, _("call list"), part)
    stem = file_name(" ".join(filter(None, named)))
    return {ending: folder / f"{stem}.{ending}" for ending in (*ENDINGS, "txt")}


def existing(activation: Activation) -> list[Path]:
    """The files of an activation that are still where they were written, in any language."""
    if not activation.folder:
        return []
    folder = Path(activation.folder)
    try:
        found = [
            file for file in folder.iterdir() if activation.number in normalize("NFC", file.name)
        ]
    except OSError:
        return []
    order = {f".{ending}": place for place, ending in enumerate((*ENDINGS, "txt"))}
    return sorted(
        (file for file in found if file.suffix in order),
        key=lambda file: (order[file.suffix], file.name),
    )
