"""The templates and their fields, listed for those who choose and write them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from frivillig_cli.core.i18n import N_, language
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.fields import FIELDS, FieldInfo, fields_for
from frivillig_cli.documents.filter_info import FILTERS, FilterInfo
from frivillig_cli.documents.template import SHIPPED, find_links
from frivillig_cli.work.letters.library import checked_kind, template_paths, templates
from frivillig_cli.work.letters.misnamed import misnamed, strays


class ListedTemplate(NamedTuple):
    """A template in the list: name, languages, kind of recipient, what it is for, whose it is."""

    name: str
    title: str
    languages: list[str]
    recipients: str
    own: bool

    def to_json(self) -> dict[str, Any]:
        """As scripts see it."""
        return self._asdict()


def listed_templates(
    own: Path,
) -> tuple[list[ListedTemplate], list[TemplateError], list[TemplateError]]:
    """All templates by name, what is wrong with those that cannot be read, and files that may be
    some."""
    listed, broken = [], []
    for name in sorted({*template_paths(own), *find_links(own)}):
        try:
            found = templates(name, own)
        except TemplateError as error:
            broken.append(error)
            continue
        shown = found.get(language()) or next(iter(found.values()))
        mine = shown.path.parent != SHIPPED
        listed.append(ListedTemplate(name, shown.about, list(found), shown.recipients, mine))
    return listed, [*broken, *misnamed(own)], strays(own)


def known_fields(
    own: Path, template: str | None, kind: str | None
) -> Sequence[FieldInfo | FilterInfo]:
    """The fields of one template's letters, its own `vars` among them; or of a kind; or all.

    After them the filters, which every template may use.
    """
    if template is None:
        return [*(FIELDS if kind is None else fields_for(checked_kind(kind))), *FILTERS]
    found = next(iter(templates(template, own).values()))
    ours = [
        FieldInfo(f"vars.{name}", N_("the template's own"), _example(value), (found.recipients,))
        for name, value in (found.meta.get("vars") or {}).items()
    ]
    return [*fields_for(found.recipients), *ours, *FILTERS]


def _example(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(value)
    return str(len(value)) if isinstance(value, list) else str(value)
