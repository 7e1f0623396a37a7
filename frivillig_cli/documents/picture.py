"""Pictures that may stand in a document: read from one folder only, by their content."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Literal

from frivillig_cli.core.i18n import _
from frivillig_cli.documents.errors import TemplateError

MOST_BYTES = 5_000_000


class Picture:
    """The bytes of a picture, what kind it is, and what it shows in words: its value."""

    def __init__(self, data: bytes, kind: Literal["png", "jpg", "svg"], alt: str) -> None:
        self.data, self.kind, self.alt = data, kind, alt

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Picture) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((self.data, self.kind, self.alt))

    @property
    def mime(self) -> str:
        """The media type, for HTML."""
        return {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}[self.kind]

    @property
    def name(self) -> str:
        """A file name that is the same for the same content only."""
        return f"{hashlib.sha256(self.data).hexdigest()}.{self.kind}"


def picture_of(data: bytes, alt: str) -> Picture:
    """A picture from its bytes; PNG, JPEG or SVG by what they hold, else TemplateError."""
    if len(data) > MOST_BYTES:
        raise TemplateError(
            _("The picture is {n} MB; {most} MB is the most.", n=len(data) // 10**6, most=5),
            _("Save it smaller, and try again."),
        )
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Picture(data, "png", alt)
    if data.startswith(b"\xff\xd8\xff"):
        return Picture(data, "jpg", alt)
    if (
        re.match(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!--|<svg|<!DOCTYPE svg)", data)
        and b"<svg" in data
    ):
        return Picture(data, "svg", alt)
    raise TemplateError(
        _("The picture is neither PNG, JPEG nor SVG."), _("Save it as PNG or SVG, and try again.")
    )


def read_picture(name: str, alt: str, folder: Path | None) -> Picture:
    """The picture `name` inside `folder`. Refuses other places, links, and pictures unnamed."""
    if not alt.strip():
        raise TemplateError(
            _("The picture “{name}” has no description.", name=name),
            _("Say what it shows, for those who cannot see it: ![what it shows](file.png)"),
        )
    path = inside(folder, name) if folder else None
    if path is None and folder and "/" not in name and (folder / name).is_symlink():
        raise TemplateError(
            _(
                "The picture “{name}” is a link to a file elsewhere, and is not followed.",
                name=name,
            ),
            _("Put the file itself into the folder."),
        )
    if path is None or not path.is_file():
        raise TemplateError(
            _("There is no picture “{name}” in the template folder.", name=name),
            _("Put the file beside the template and write only its name."),
        )
    return picture_of(_once(path.read_bytes()), alt)


@lru_cache(maxsize=16)
def _once(data: bytes) -> bytes:
    """The same bytes: held once, however many letters have the picture."""
    return data


def inside(folder: Path, name: str) -> Path | None:
    """`name` within `folder`, or None where it, or a link on the way, leads out of it."""
    pure = PurePosixPath(name.replace("\\", "/"))
    if not name or pure.is_absolute() or ".." in pure.parts or ":" in name or "\0" in name:
        return None
    root = folder.resolve()
    path = root.joinpath(*pure.parts)
    return path if path.resolve() == path else None
