"""Letter templates: Markdown with Jinja and a small front matter, one file per language.

    ---
    title: Tilskudd for {{ vars.year }}
    language: nb
    recipients: org
    vars:
      year: 2027
    ---
    Hei, {{ org.name }}

`title` and `language` (nb, nn, en) are required. `recipients` is org, volunteer, agreement or
member (org when left out). `attachments`, `copies` (lists), `case_number`, `your_reference`,
`your_date`, `exempt` (the legal ground when the public has no access), `by_hand: true` (signed on
paper: no greeting, and no line on electronic approval), `about` (a line for the list of templates)
and `layout` (`certificate`: a lying sheet to hang up, signed by hand; without it a letter) are
known by name; `vars` are the template's own fields, given as `vars.…`.

A Word document with Jinja in its text is a template too. Its first heading is the title; Word's
category (File > Info) says for whom it is, its comments there what it is for.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from frivillig_cli.core.birthnumber import find_birth_number, mask_birth_numbers
from frivillig_cli.core.i18n import LANGUAGES, _
from frivillig_cli.core.os_errors import why
from frivillig_cli.documents import front_matter
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.printed import date_of
from frivillig_cli.documents.render import Known, Missing, Tried, know, render_body, render_text
from frivillig_cli.documents.tree import Document

if TYPE_CHECKING:
    from frivillig_cli.documents.word_template import RenderedWord, WordTemplate

SHIPPED = Path(__file__).resolve().parent / "templates"
STARTERS = Path(__file__).resolve().parent / "starters"
RECIPIENTS = front_matter.RECIPIENTS
FILE_NAME = re.compile(r"(?P<name>[\w-]+)\.(?P<language>nb|nn|en)\.(?P<kind>md|docx)")
KINDS = ("md", "docx")


class Template(NamedTuple):
    """A template that was read. `sha256` is of the file's bytes; `folder` holds its pictures.

    `meta` is the whole front matter as written, before any field is filled in. `word` is the
    document where it is one of Word's; `body` is then its paragraphs, a line each.
    """

    name: str
    language: str
    title: str
    recipients: str
    meta: Mapping[str, Any]
    body: str
    body_line: int
    sha256: str
    path: Path
    head: str = ""
    word: "WordTemplate | None" = None

    @property
    def source(self) -> str:
        """The whole file: its head in as many lines as it has, and the body."""
        return self.head + self.body

    @property
    def about(self) -> str:
        """One line on what the template is for."""
        return str(self.meta.get("about", "") or self.title)


class Rendered(NamedTuple):
    """A template filled in: the text, and the front matter with its fields filled in."""

    document: Document
    meta: Mapping[str, Any]
    word: "RenderedWord | None" = None

    @property
    def attachments(self) -> tuple[str, ...]:
        """What the letter says it brings."""
        return _texts(self.meta.get("attachments"))

    @property
    def by_hand(self) -> bool:
        """Whether it is signed on paper, if at all."""
        return self.meta.get("by_hand") is True

    @property
    def layout(self) -> str:
        """One of LAYOUTS: how its sheets are set."""
        return str(self.meta.get("layout") or "letter")

    def said(self, name: str) -> str:
        """One of the front matter's texts, filled in; "" where it is not given."""
        value = self.meta.get(name)
        return "" if value is None else str(value).strip()

    @property
    def your_date(self) -> date | None:
        """The date of what the letter answers. TemplateError where it is none."""
        value = self.meta.get("your_date")
        if value in (None, "") or isinstance(value, date):
            return value or None
        return date_of(value)

    @property
    def copies(self) -> tuple[str, ...]:
        """Whom the letter says it also goes to."""
        return _texts(self.meta.get("copies"))


def load_template(path: Path) -> Template:
    """Read the template at `path` (`<name>.<nb|nn|en>.md`). TemplateError with line if broken."""
    refuse_number_in_name(path.name)
    found = FILE_NAME.fullmatch(path.name)
    if found and path.is_symlink():
        raise _link(path.name)
    if not found:
        raise TemplateError(
            _("{file} is not the name of a template.", file=path.name),
            _("Call it {example}.", example="name.nb.md"),
        )
    try:
        return _loaded(path, found["name"], _bytes(path))
    except TemplateError as error:
        raise error.at(path.name) from error


def load_word(
    path: Path, parts: Mapping[str, bytes], texts: tuple[str, ...], sha256: str
) -> Template:
    """The template of a judged Word document at `path`; `texts` name the parts that hold text.

    TemplateError, with the paragraph, where it is broken.
    """
    from frivillig_cli.documents.word_template import properties_of, read_word_template

    refuse_number_in_name(path.name)
    found = FILE_NAME.fullmatch(path.name)
    if not found or path.is_symlink():
        raise _link(path.name)
    try:
        word = read_word_template(parts, texts)
        _refuse_birth_number(word.text)
        known = properties_of(word)
        title = word.heading or known["title"] or found["name"]
        meta: dict[str, Any] = {"title": title, "language": found["language"]}
        meta["recipients"] = known["category"] or "org"
        if known["description"]:
            meta["about"] = known["description"]
        front_matter.check(meta, {})
    except TemplateError as error:
        raise error.at(path.name) from error
    if meta["recipients"] == "agreement":
        meta["case_number"] = "{{ agreement.case_number | default('') }}"
    return Template(
        found["name"], found["language"], title, meta["recipients"], meta, word.text, 0, sha256,
        path, word=word,
    )  # fmt: skip


def refuse_number_in_name(name: str) -> None:
    """TemplateError, with the number masked, for a name that holds a birth number."""
    if find_birth_number(name):
        raise TemplateError(
            _("The name of the template {file} holds a birth number.",
              file=mask_birth_numbers(name)),
            _("Give the file another name."),
        )  # fmt: skip


def refuse_links(name: str, folder: Path) -> None:
    """TemplateError where a template of that name in `folder` is a symbolic link."""
    for language in LANGUAGES:
        for kind in KINDS:
            path = folder / f"{name}.{language}.{kind}"
            if FILE_NAME.fullmatch(path.name) and path.is_symlink():
                raise _link(path.name)


def find_links(folder: Path) -> list[str]:
    """The names of the templates in `folder` that are symbolic links, in order."""
    paths = folder.glob("*.*") if folder.is_dir() else ()
    found = {
        match["name"] for p in paths if p.is_symlink() and (match := FILE_NAME.fullmatch(p.name))
    }
    return sorted(found)


def _link(name: str) -> TemplateError:
    return TemplateError(
        _("The template is a link to a file elsewhere, and is not followed."),
        _("Put the file itself into the folder."),
        file=name,
    )


def _refuse_birth_number(text: str) -> None:
    for line, said in enumerate(text.split("\n"), start=1):
        if masked := find_birth_number(said):
            raise TemplateError(
                _("The template holds a birth number ({masked}).", masked=masked),
                _("Remove it: no letter may hold one."),
                line=line,
            )


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TemplateError(
            _("The template cannot be read: {why}.", why=why(error)),
            _("See which there are: frivillig letter templates"),
        ) from error
    if len(data) > front_matter.MOST_BYTES:
        raise TemplateError(
            _("The template is larger than {n} kB.", n=front_matter.MOST_BYTES // 1000),
            _("Shorten it. Pictures lie in files beside it."),
        )
    return data


def _loaded(path: Path, name: str, data: bytes) -> Template:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise TemplateError(
            _("The template is not saved as UTF-8."),
            _("Save it again, with the encoding UTF-8."),
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error
    _refuse_birth_number(text)
    meta, body, body_line = front_matter.split(text)
    title, language = str(meta.get("title") or "").strip(), str(meta.get("language") or "")
    recipients = str(meta.get("recipients") or "org")
    return Template(
        name=name,
        language=language,
        title=title,
        recipients=recipients,
        meta=meta,
        body=body,
        body_line=body_line,
        sha256=hashlib.sha256(data).hexdigest(),
        path=path,
        head=text[: len(text) - len(body)],
    )


def find_templates(folders: Iterable[Path], begin: str = "") -> list[Path]:
    """The template files in `folders`, by name; an earlier folder's file hides a later one's.

    Left out are symbolic links, and names that do not begin with `begin`.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        for path in folder.iterdir() if folder.is_dir() else ():
            named = path.name.startswith(begin) and FILE_NAME.fullmatch(path.name)
            if named and path.is_file() and not path.is_symlink():
                found.setdefault(path.name, path)
    return [found[name] for name in sorted(found)]


def find_template(name: str, language: str, folders: Iterable[Path]) -> Path:
    """The file of one template in one language. TemplateError with "did you mean"."""
    from frivillig_cli.core.names import nearest

    paths = {path.name: path for path in find_templates(folders)}
    for kind in KINDS:
        if (path := paths.get(f"{name}.{language}.{kind}")) is not None:
            return path
    names = sorted({path.name.split(".")[0] for path in paths.values()})
    if name in names:
        raise TemplateError(
            _("The template “{name}” is not written in {language}.", name=name, language=language),
            _("Write it as {file}.", file=f"{name}.{language}.md"),
        )
    close = nearest(name, [known for known in names if not find_birth_number(known)])
    raise TemplateError(
        _("There is no template “{name}”.", name=mask_birth_numbers(name)[:60]),
        _("Did you mean {names}?", names=", ".join(close))
        if close
        else _("See which there are: frivillig letter templates"),
    )


def render_template(
    template: Template, fields: Mapping[str, Any], tried: Tried | None = None
) -> Rendered:
    """Fill in `template` with `fields` (names to texts, numbers, dates, mappings, lists).

    A None in `fields` is a known field without a value: refused where it is printed, by name.
    `fields["vars"]` goes before the template's own. Dates and amounts are written in the
    template's language, errors in the user's. Raises
    TemplateError (file, line, a sentence): unknown or missing field, bad syntax, endless loop,
    what the sandbox forbids, headings that skip a level, pictures from elsewhere.
    """
    try:
        known = know(fields, template.language)
        own = _filled(template.meta.get("vars") or {}, template.language, known)
        given = know({"vars": _over(own, fields.get("vars") or {})}, template.language)
        everything = Known({**known, **given})
        head = {name: value for name, value in template.meta.items() if name != "vars"}
        meta = _filled(head, template.language, everything)
        if template.word is not None:
            from frivillig_cli.documents.word_template import render_word

            word = render_word(template.word, template.language, everything)
            blocks = word.blocks()
        else:
            word = None
            source = "\n" * template.body_line + template.body
            folder = template.path.parent
            blocks = render_body(source, template.language, everything, folder, tried)
    except TemplateError as error:
        raise error.at(template.path.name) from error
    title = str(meta["title"]).strip()
    if not title:
        raise TemplateError(
            _("The letter's title is empty when its fields are filled in."),
            _("Write a title with words of its own."),
            file=template.path.name,
        )
    document = Document(title, template.language, blocks)
    return Rendered(document, meta, word)


def missing_fields(
    template: Template, fields: Mapping[str, Any], tried: Tried | None = None
) -> list[Missing]:
    """Everything that stops `render_template`, found one after the other: for `letter check`.

    Each field that is missing is named once, and each picture; another kind of error ends the
    search. `tried` is kept between the recipients of one template.
    """
    from frivillig_cli.documents.fields import example_of

    tried = tried or Tried()
    tried.values = ()
    found: list[Missing] = []
    given: dict[str, Any] = dict(fields)
    while len(found) < 50:
        try:
            render_template(template, given, tried)
            break
        except TemplateError as error:
            found.append(Missing(error.missing, error.line, error.said, error.hint))
            if not error.missing or not _fill(
                given, error.missing.split("."), example_of(error.missing)
            ):
                break
    return found + tried.told()


def _fill(fields: dict[str, Any], path: list[str], value: Any) -> bool:
    """Put `value` at a dotted name, in copies of the mappings on the way."""
    *parents, last = path
    place = fields
    for name in parents:
        below = place.get(name)
        if not isinstance(below, Mapping):
            return False
        place[name] = place = dict(below)  # type: ignore[assignment]
    known = last in place and place[last] is None
    place[last] = value
    return known


def _filled(value: Any, language: str, fields: Mapping[str, Any]) -> Any:
    """The front matter with the fields in its texts filled in."""
    if isinstance(value, str):
        return render_text(value, language, fields) if "{" in value else value
    if isinstance(value, dict):
        return {str(name): _filled(item, language, fields) for name, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, language, fields) for item in value]
    return value


def _over(own: Any, given: Any) -> Any:
    """`own` with what was `given` put over it, mapping by mapping."""
    if isinstance(own, Mapping) and isinstance(given, Mapping):
        return {**own, **{name: _over(own.get(name), item) for name, item in given.items()}}
    return given


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)):
        return tuple(str(item) for item in value if item not in (None, ""))
    return (str(value),) if value else ()
