"""Which templates there are."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from frivillig_cli.core.i18n import language
from frivillig_cli.documents.template import Template, find_templates, load_template
from frivillig_cli.work.letters.batch import folders


@dataclass(frozen=True)
class ListedTemplate:
    """A template in the list: its name, languages, kind of recipient, and what it is for."""

    name: str
    title: str
    languages: list[str]
    recipients: str

    def to_json(self) -> dict[str, Any]:
        """As scripts see it."""
        return asdict(self)


def listed_templates(own: Path) -> list[ListedTemplate]:
    """All templates by name, each with the languages in which it is written."""
    by_name: dict[str, list[Template]] = {}
    for path in find_templates(folders(own)):
        template = load_template(path)
        by_name.setdefault(template.name, []).append(template)
    listed = []
    for name, found in by_name.items():
        shown = next((t for t in found if t.language == language()), found[0])
        languages = [template.language for template in found]
        listed.append(ListedTemplate(name, shown.about, languages, shown.recipients))
    return listed
