"""Where the files of a call list lie, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from unicodedata import normalize

from frivillig_cli.core.i18n import _, in_documents_language, typed
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


@in_documents_language()
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


def to_write(activation: Activation, written: Sequence[Path]) -> list[str]:
    """What to say, and type, where files of the list are not where they were put (`written` are).

    Text stands for a PDF. Of a call-out that is over nothing is asked for.
    """
    there = {file.suffix.lstrip(".") for file in written}
    there |= {"pdf"} if "txt" in there else set()
    lacking = [ending for ending in ENDINGS if ending not in there]
    if not lacking or activation.state not in ("active", "standing_down"):
        return []
    text = (
        _("Not among the files of the call list: {endings}.", endings=", ".join(lacking))
        if written
        else _("No call list lies in {folder}.", folder=activation.folder or "–")
    )
    return [f"{text} {anew()}"]


def anew() -> str:
    """How the list is written anew."""
    return _("Write it anew: {command}", command=typed("frivillig beredskap print -o DIR"))
