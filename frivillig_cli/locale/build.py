"""Compiles the catalogues: every `<language>/*.po` into `<language>/LC_MESSAGES/messages.mo`.

Run by the build (hatch calls `initialize`), and by hand: `python -m frivillig_cli.locale.build`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def compile_all(folder: Path = HERE) -> list[Path]:
    """Compile each language folder below `folder`; returns the .mo files that were written."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = []
    for language in sorted(p for p in folder.iterdir() if p.is_dir() and any(p.glob("*.po"))):
        merged = Catalog(locale=language.name)
        for source in sorted(language.glob("*.po")):
            with source.open("rb") as file:
                for message in read_po(file, locale=language.name, abort_invalid=True):
                    if not message.id:
                        continue
                    before = merged.get(message.id)
                    if before and before.string != message.string:
                        raise ValueError(f"{source}: two translations of {message.id!r}")
                    merged.add(message.id, message.string, context=message.context)
        target = language / "LC_MESSAGES" / "messages.mo"
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, merged)
        written.append(target)
    return written


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # only the build has hatchling
    pass
else:

    class CatalogueBuildHook(BuildHookInterface):  # type: ignore[type-arg]
        """Compiles the catalogues before the wheel, or the editable install, is made."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            compile_all(Path(self.root) / "frivillig_cli" / "locale")


if __name__ == "__main__":
    compile_all()
