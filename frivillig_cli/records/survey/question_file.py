"""Further questions from a TOML file, checked so that the mistake is named and found."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.core.i18n import LANGUAGES, _
from frivillig_cli.core.names import clean, fold, nearest
from frivillig_cli.records.survey.model import FREE_KINDS, Choice, Kind, Question
from frivillig_cli.records.survey.questions import FURTHER, default_questions, ordered

MOST_QUESTIONS = 60
MOST_OPTIONS = 40
MOST_TEXT = 300
# As it is folded: fødselsnummer, personnummer, fnr, D-number.
_BIRTH_NUMBER = re.compile(
    r"fodsels(?:og personnummer|n(?:umme)?r)|\bperson(?:nummer|nr)|\bfnr\b|\bd-?nummer"
    r"|birth number|national id(?:entity)? number"
)
_NOT = re.compile(r"\b(?:ikke|ikkje|aldri|uten|utan|not|never|without)\b")
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
# The machine's own words in a workbook: a column that is called so would be taken for one of them.
RESERVED = ("key", "field", "answer", "correction", "now", "tick", "survey", "title")
EXAMPLE = '[[question]]  id = "open_day"  kind = "yes_no"  text = "Vil dere ha en stand?"'
_TOP = ("default", "question")
_KEYS = ("id", "kind", "text", "help", "options")
_OPTION_KEYS = ("id", "text")


def read_questions(source: bytes, name: str) -> tuple[Question, ...]:
    """All questions of a survey: the default ones and those of the file `name`.

    `default` in the file is true (all, the default), false (none) or a list of their ids.
    Raises FileFormatError naming the file and the question.
    """
    return _Reader(name).questions(source)


def _asks_for_one(words: str) -> bool:
    return _BIRTH_NUMBER.search(fold(words)) is not None


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.where = ""

    def questions(self, source: bytes) -> tuple[Question, ...]:
        data = self._parse(source)
        self._known(data, _TOP)
        if not data:
            raise self._wrong(_("It holds no questions."))
        kept = self._default(data.get("default", True))
        rows = data.get("question", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self._wrong(_("Questions are written as [[question]]."))
        if len(rows) > MOST_QUESTIONS:
            raise self._wrong(_("It holds more than {n} questions.", n=MOST_QUESTIONS))
        added = [self._question(row, number) for number, row in enumerate(rows, 1)]
        self.where = ""
        everything = (*kept, *added)
        if not everything:
            raise self._wrong(_("It leaves no question to ask."))
        taken = {question.id for question in default_questions()}
        for question in added:
            if question.id in taken:
                raise self._wrong(
                    _("The id {id} belongs to a default question.", id=question.id),
                    _("Choose another, such as {id}.", id=f"our_{question.id}"),
                )
        self._once([question.id for question in everything])
        return ordered(everything)

    def _parse(self, source: bytes) -> Mapping[str, Any]:
        if len(source) > 1_000_000:
            raise self._wrong(_("It is too big to be a question set."))
        try:
            return tomllib.loads(source.decode("utf-8-sig"))
        except (UnicodeDecodeError, RecursionError) as error:
            raise self._wrong(_("It is not text in UTF-8.")) from error
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+), column (\d+)", str(error))
            words = _("It is not TOML: it ends in the middle of something.")
            if place:
                words = _("It is not TOML: line {line} cannot be read from character {n}.",
                          line=place[1], n=place[2])  # fmt: skip
            raise self._wrong(words) from error

    def _default(self, wanted: object) -> tuple[Question, ...]:
        known = {question.id: question for question in default_questions()}
        if wanted is True:
            return tuple(known.values())
        if wanted is False:
            return ()
        if not isinstance(wanted, list) or not all(isinstance(one, str) for one in wanted):
            raise self._wrong(_("“default” is true, false or a list of question ids."))
        for one in wanted:
            if one not in known:
                raise self._wrong(
                    _("There is no default question {id}.", id=clean(one)), self._meant(one, known)
                )
        return tuple(question for name, question in known.items() if name in wanted)

    def _question(self, row: Mapping[str, Any], number: int) -> Question:
        self.where = _("question {n}", n=number)
        self._known(row, _KEYS)
        name = self._own_id(row.get("id"))
        self.where = _("question {n} ({id})", n=number, id=name)
        kind = self._kind(row.get("kind"))
        options = self._options(row.get("options", []))
        if kind in (Kind.ONE_OF, Kind.MANY_OF) and len(options) < 2:
            raise self._wrong(
                _("It needs at least two options to choose from."), _options_written()
            )
        if kind not in (Kind.ONE_OF, Kind.MANY_OF) and options:
            raise self._wrong(_("Only one_of and many_of have options."))
        text = self._texts(row.get("text"), "text")
        more = self._texts(row["help"], "help") if "help" in row else {}
        helping = [one for words in more.values() for one in re.split(r"[.!?\n]", words)]
        if any(map(_asks_for_one, text.values())) or any(
            _asks_for_one(words) and not _NOT.search(fold(words)) for words in helping
        ):
            raise self._wrong(
                _("It asks for a birth number, and none may be kept here."),
                _("Ask for what you need it for: a name, an age group, a yes or a no."),
            )
        return Question(name, kind, FURTHER, text, more, options)

    def _id(self, value: object) -> str:
        if not isinstance(value, str) or not _ID.fullmatch(value):
            raise self._wrong(
                _("It has no usable id."),
                _("Write an id of small letters, digits and _, such as open_day."),
            )
        return value

    def _own_id(self, value: object) -> str:
        name = self._id(value)
        if name in RESERVED:
            raise self._wrong(
                _("The id {id} is one of the workbook's own words.", id=name),
                _("Choose another, such as {id}.", id=f"our_{name}"),
            )
        return name

    def _kind(self, value: object) -> Kind:
        if isinstance(value, str) and value in tuple(FREE_KINDS):
            return Kind(value)
        known = ", ".join(FREE_KINDS)
        shown = clean(str(value)) if value is not None else "–"
        raise self._wrong(
            _("The kind {kind} is not known.", kind=shown),
            _("Choose one of: {known}.", known=known),
        )

    def _options(self, rows: object) -> tuple[Choice, ...]:
        if not isinstance(rows, list) or len(rows) > MOST_OPTIONS:
            raise self._wrong(_("Options are a list of at most {n}.", n=MOST_OPTIONS))
        choices = []
        for row in rows:
            if not isinstance(row, dict):
                raise self._wrong(_("An option has an id and a text."), _options_written())
            self._known(row, _OPTION_KEYS)
            choices.append(Choice(self._id(row.get("id")), self._texts(row.get("text"), "text")))
        self._once([choice.id for choice in choices])
        for language in LANGUAGES:
            self._once([choice.text[language].casefold() for choice in choices])
        return tuple(choices)

    def _texts(self, value: object, key: str) -> dict[str, str]:
        """One text for every language, or one for each; bokmål stands in for a missing one."""
        if isinstance(value, str):
            value = dict.fromkeys(LANGUAGES, value)
        if not isinstance(value, dict) or not value:
            raise self._wrong(
                _("It has no {key}.", key=key),
                _('Write {key} = "…", or {key}.nb and {key}.nn.', key=key),
            )
        self._known(value, LANGUAGES)
        texts = {}
        for language, text in value.items():
            if not isinstance(text, str) or not clean(text) or len(text) > MOST_TEXT:
                raise self._wrong(
                    _("{key} is a text of 1 to {n} characters.", key=key, n=MOST_TEXT)
                )
            texts[language] = clean(text)
        spare = texts.get("nb") or next(iter(texts.values()))
        return {language: texts.get(language, spare) for language in LANGUAGES}

    def _once(self, ids: list[str]) -> None:
        for one in ids:
            if ids.count(one) > 1:
                raise self._wrong(_("“{id}” stands there twice.", id=one))

    def _known(self, row: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        for key in row:
            if key not in keys:
                raise self._wrong(
                    _("The key {key} is not known.", key=clean(key)), self._meant(key, keys)
                )

    def _meant(self, word: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
        near = nearest(word, known, 1)
        if near:
            return _("Did you mean {word}?", word=near[0])
        return _("Choose one of: {known}.", known=", ".join(known))

    def _wrong(self, what: str, hint: str = "") -> FileFormatError:
        where = f"{self.name}, {self.where}" if self.where else self.name
        message = _("{where}: {what}", where=where, what=what)
        return FileFormatError(
            message,
            hint
            or _("A question is written so, each part on its own line: {example}", example=EXAMPLE),
        )


def _options_written() -> str:
    example = 'options = [{ id = "day", text = "Dag" }, { id = "evening", text = "Kveld" }]'
    return _("Options are written so: {example}", example=example)
