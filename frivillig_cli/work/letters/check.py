"""Every template tried against every recipient, in each language, before anybody is written to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from frivillig_cli.core.i18n import _
from frivillig_cli.core.patterns import JINJA
from frivillig_cli.core.query import Query
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.fields import examples
from frivillig_cli.documents.render import Tried
from frivillig_cli.documents.template import Template, find_links, missing_fields
from frivillig_cli.documents.tree import as_printed
from frivillig_cli.documents.typeset import Replaced, fitting
from frivillig_cli.documents.uses import unknown, uses
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters import library
from frivillig_cli.work.letters.batch import Plan, Request, assembled
from frivillig_cli.work.letters.examples import leftovers, untitled
from frivillig_cli.work.letters.misnamed import misnamed
from frivillig_cli.work.letters.recipients import Recipient
from frivillig_cli.work.letters.sender import SETTINGS, sender_lacking
from frivillig_cli.work.letters.unprinted import unprinted

PAIR = ("nb", "nn")
_IN_HEAD = ("attachments", "copies", "case_number", "your_reference", "your_date", "exempt",
            "by_hand", "layout")  # fmt: skip
_ENOUGH = 3  # letters that a template fails in the same way


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: what, where, the way out, and of a missing value for whom.

    `code` is broken, missing_sibling, different_fields, different_values, unknown_field,
    missing_value, unprinted or example; of all templates together, letterhead (then `field` is a
    setting) or, of what is registered, unprinted too.
    """

    code: str
    template: str
    file: str
    line: int
    sentence: str
    way_out: str
    field: str = ""
    tried: int = 0
    recipients: Sequence[str] = ()

    @property
    def place(self) -> str:
        """The file, and the line where it is known; nobody counts the paragraphs of Word."""
        counted = self.line and not self.file.endswith(".docx")
        return f"{self.file}:{self.line}" if counted else self.file or self.field

    def to_json(self) -> dict[str, Any]:
        """As scripts see it."""
        return {
            "code": self.code,
            "template": self.template or None,
            "file": self.file or None,
            "line": self.line or None,
            "field": self.field or None,
            "what": self.sentence,
            "way_out": self.way_out,
            "recipients": list(self.recipients),
            "tried": self.tried,
        }


@dataclass
class Checked:
    """What was found, and how many templates and letters were tried.

    `lacking`: what the font lacks of names, addresses and other values, and in whose letters.
    """

    findings: list[Finding] = field(default_factory=list)
    templates: int = 0
    letters: int = 0
    lacking: Replaced = field(default_factory=Replaced)


def check(register: Register, own: Path, names: Sequence[str], *, today: date) -> Checked:
    """Try the templates `names`, or all: then the shipped ones' examples are no finding."""
    done = Checked()
    letters: list[Template] = []
    for name in names or sorted({*library.names(own), *find_links(own)}):
        done.templates += 1
        try:
            found = library.templates(name, own)
            plan = assembled(register, _request(name, own, today))
        except TemplateError as error:
            if names and not error.file:
                raise  # there is no such template
            read, broken = library.each_alone(name, own)
            done.findings += [_of(each, name, "broken") for each in broken or [error]]
            for template in read if broken else ():
                done.findings += _named(template)[1]
            continue
        mine = any(template.path.parent == own for template in found.values())
        done.findings += _read(name, found, with_examples=mine or bool(names))
        done.letters += sum(_tried(plan, template, done) for template in found.values())
        letters += found.values()
    for name in names or ("",):
        done.findings += [_of(each, name, "broken") for each in misnamed(own, name)]
    if letters:
        done.findings += [
            Finding("letterhead", "", "", 0, one.sentence, one.way_out, one.setting)
            for one in sender_lacking(plan.sender, letters)
        ]
    if done.lacking.characters:
        done.findings.append(
            Finding(
                "unprinted", "", "", 0, done.lacking.sentence(),
                _("Write it otherwise where it is registered, or make those letters in Word: "
                  "{option}", option="--format docx"),
                recipients=list(dict.fromkeys(done.lacking.whose)),
            )
        )  # fmt: skip
    return done


def _request(name: str, own: Path, today: date) -> Request:
    return Request(name, Query(), own, today, case_number="2027/1234", again=True)


def _of(error: TemplateError, name: str, code: str, **more: Any) -> Finding:
    return Finding(code, name, error.file, error.line, error.said, error.hint, **more)


def _read(name: str, found: Mapping[str, Template], *, with_examples: bool) -> Iterator[Finding]:
    """What can be seen without a recipient."""
    used: dict[str, set[str]] = {}
    for language, template in found.items():
        names, wrong = _named(template)
        if names is None:
            continue  # told by the first letter, which meets it too
        used[language] = names
        yield from wrong
        for error in unprinted(template):
            yield _of(error, name, "unprinted")
        yield from _boxes(name, template)
        for error in [*untitled(template), *leftovers(template)] if with_examples else ():
            yield _of(error, name, "example")
    first = next(iter(found.values()))
    for language in PAIR:
        if language not in found:
            yield Finding(
                "missing_sibling", name, first.path.name, 0,
                _("It is not written in {language}.", language=language),
                _("Write it as {file}.", file=f"{name}.{language}{first.path.suffix}"),
            )  # fmt: skip
    if set(PAIR) <= set(used):
        yield from _differing(name, found, used)
        yield from _other_values(name, found)


def _boxes(name: str, template: Template) -> Iterator[Finding]:
    """The lines that a PDF prints with □ in them, for what its font lacks."""
    source = as_printed(template.source)
    lines = JINJA.sub(lambda tag: "\n" * tag[0].count("\n"), source).split("\n")
    for number, line in enumerate(lines, 1) if template.word is None else ():
        if number <= template.body_line and line.lstrip().startswith(("#", "about:")):
            continue  # of the template, and in no letter
        lacking = Replaced()
        fitting(line.expandtabs(), lacking, len(line))
        if lacking.characters:
            yield Finding(
                "unprinted", name, template.path.name, number, lacking.sentence(),
                _("Write it in words."),
            )  # fmt: skip


def _named(template: Template) -> tuple[set[str] | None, list[Finding]]:
    """The fields that it names, None where it cannot be read; and what is wrong with that."""
    try:
        fields = uses(template.source)
    except TemplateError as error:
        return None, [_of(error.at(template.path.name), template.name, "broken")]
    wrong = unknown(fields, template.recipients, template.meta.get("vars") or {})
    return {one.name for one in fields}, [
        _of(error.at(template.path.name), template.name, "unknown_field") for error in wrong
    ]


def _differing(
    name: str, found: Mapping[str, Template], used: Mapping[str, set[str]]
) -> Iterator[Finding]:
    for here, there in (PAIR, PAIR[::-1]):
        if only := sorted(used[here] - used[there]):
            yield Finding(
                "different_fields", name, found[here].path.name, 0,
                _("It uses {fields}, and {file} does not.",
                  fields=", ".join(only), file=found[there].path.name),
                _("Say the same in both languages."),
                field=only[0],
            )  # fmt: skip
        unlike = [key for key in _IN_HEAD if _told(found[here], key) > _told(found[there], key)]
        if unlike:
            yield Finding(
                "different_fields", name, found[here].path.name, 0,
                _("Its front matter says more under {fields} than that of {file}.",
                  fields=", ".join(unlike), file=found[there].path.name),
                _("Say the same in both languages."),
                field=unlike[0],
            )  # fmt: skip


def _other_values(name: str, found: Mapping[str, Template]) -> Iterator[Finding]:
    """Where the front matter of a pair has other numbers: days, times and cases are no matter of
    language, and are easily changed in the one file only.
    """
    here, there = (found[language] for language in PAIR)
    own, other = (_values(template.meta) for template in (here, there))
    for key in own:
        if key in other and _numbers(own[key]) != _numbers(other[key]):
            yield Finding(
                "different_values", name, there.path.name, 0,
                _("{key} is {value} here, and {other} in {file}.", key=key,
                  value=other[key], other=own[key], file=here.path.name),
                _("Say the same in both languages."),
                field=key,
            )  # fmt: skip


def _values(meta: Mapping[str, Any]) -> dict[str, Any]:
    """What a letter may print of the front matter, by name: `vars` one by one."""
    values = {key: value for key, value in meta.items() if key not in ("about", "vars")}
    return {**values, **{f"vars.{key}": value for key, value in (meta.get("vars") or {}).items()}}


def _numbers(value: Any) -> list[str]:
    return re.findall(r"[0-9]+", JINJA.sub("", str(value)))


def _told(template: Template, key: str) -> int:
    """How many lines a letter gets of something in the front matter."""
    value = template.meta.get(key)
    return len(value) if isinstance(value, list) else int(bool(value))


def _tried(plan: Plan, template: Template, done: Checked) -> int:
    """Fill the template in for everybody; what is missing is put among the findings."""
    # what is in the title has a line only where it is read as text
    told = {(one.file, line, one.sentence) for one in done.findings for line in (0, one.line)}
    lacking: dict[tuple[int, str, str, str], list[str]] = {}
    everybody = [one for one in plan.recipients if not one.skipped]
    before = Tried()
    # as in a batch; what is only named when the batch is made has an example
    shared = {**plan.shared, "survey": examples(plan.kind)["survey"]}
    tried = 0
    for recipient in everybody:
        if any(not name and len(names) >= _ENOUGH for (_l, name, *_), names in lacking.items()):
            break  # each of them may take a second, and says the same
        tried += 1
        for missing in missing_fields(template, {**shared, **recipient.all_fields}, before):
            key = (missing.line, missing.field, missing.message, missing.hint)
            lacking.setdefault(key, []).append(recipient.name)
        if template.word is None:
            done.lacking.add(_unset(template, recipient, before), recipient.name)
    for (line, name, message, hint), names in lacking.items():
        file = template.path.name
        if (file, line, message) in told:
            continue
        code = "missing_value" if name else "broken"
        done.findings.append(
            Finding(
                code, template.name, file, line,
                _said(name, len(names), tried) if name else message,
                _way_out(plan, name, hint), name, tried, names,
            )
        )  # fmt: skip
    return tried


def _unset(template: Template, recipient: Recipient, before: Tried) -> Replaced:
    """What the font lacks of what the letter says of its recipient, and the template does not."""
    values, lacking = " ".join((*recipient.address, *before.values)), Replaced()
    fitting(values, lacking, len(values))
    lacking.characters -= set(template.source)
    return lacking


def _said(name: str, n: int, total: int) -> str:
    return _("{field} is missing for {n} of {total}.", field=name, n=n, total=total)


def _way_out(plan: Plan, name: str, hint: str) -> str:
    if name in SETTINGS:
        return _("Give it one: {command}", command=f"frivillig config set {SETTINGS[name]} …")
    return hint
