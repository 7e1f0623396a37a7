"""The filters that a template may use, with an explanation and an example of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from frivillig_cli.core.i18n import N_, _
from frivillig_cli.documents.fields import EVERYBODY


class FilterInfo(NamedTuple):
    """A filter: its name, what it does (a msgid), how it is written, and what that gives."""

    name: str
    explanation: str
    use: str
    example: str
    recipients: Sequence[str] = EVERYBODY

    @property
    def explained(self) -> str:
        """The explanation in the language spoken now."""
        return _(self.explanation)

    @property
    def written(self) -> str:
        """How it is written in a template."""
        return f"{{{{ {self.use} }}}}"


_PARTIES = "[{'what': 'kake', 'n': 2}, {'what': 'kaffe', 'n': 1}]"

FILTERS: tuple[FilterInfo, ...] = (
    FilterInfo("date", N_("a date in words; short: in digits; time: the time of day"),
               'today | date("short")', "15.02.2027"),
    FilterInfo("phone", N_("a phone number as people read it"),
               '"+4732220100" | phone', "32 22 01 00"),
    FilterInfo("orgnr", N_("an organisation number in groups of three"),
               '"310000003" | orgnr', "310 000 003"),
    FilterInfo("account", N_("an account number with full stops"),
               '"86011117947" | account', "8601.11.17947"),
    FilterInfo("amount", N_("an amount in kroner"), "1250 | amount", "1 250 kroner"),
    FilterInfo("default", N_("what to write where a field is empty"),
               "case_number | default('–')", "2027/1234"),
    FilterInfo("join", N_("a list with something between"),
               'recipient.address_lines | join(", ")',
               "Elvedal songlag, Bruveien 2, 3400 Elvedal"),
    FilterInfo("markdown", N_("the text with its own headings, links and bold"),
               '"songlag" | markdown', "songlag"),
    FilterInfo("upper", N_("in capital letters"), "recipient.name | upper", "ELVEDAL SONGLAG"),
    FilterInfo("lower", N_("in small letters"), "recipient.name | lower", "elvedal songlag"),
    FilterInfo("title", N_("each word with a capital letter"),
               "recipient.name | title", "Elvedal Songlag"),
    FilterInfo("capitalize", N_("the first letter as a capital, the others small"),
               "recipient.name | capitalize", "Elvedal songlag"),
    FilterInfo("trim", N_("without spaces before and after"),
               "recipient.name | trim", "Elvedal songlag"),
    FilterInfo("truncate", N_("at most so many characters, cut between words"),
               '"Elvedal songlag og kor" | truncate(12)', "Elvedal..."),
    FilterInfo("replace", N_("one piece of text instead of another"),
               'recipient.name | replace("songlag", "kor")', "Elvedal kor"),
    FilterInfo("string", N_("a number or a date as text"), "48 | string", "48"),
    FilterInfo("length", N_("how many a list has, or how many letters a text has"),
               "recipient.address_lines | length", "3"),
    FilterInfo("count", N_("the same as length"), "recipient.address_lines | count", "3"),
    FilterInfo("first", N_("the first of a list"),
               "recipient.address_lines | first", "Elvedal songlag"),
    FilterInfo("last", N_("the last of a list"),
               "recipient.address_lines | last", "3400 Elvedal"),
    FilterInfo("sort", N_("a list in order"),
               'recipient.address_lines | sort | join(", ")',
               "3400 Elvedal, Bruveien 2, Elvedal songlag"),
    FilterInfo("reverse", N_("a list from the end"),
               'recipient.address_lines | reverse | join(", ")',
               "3400 Elvedal, Bruveien 2, Elvedal songlag"),
    FilterInfo("unique", N_("a list with each thing once"),
               '["a", "b", "a"] | unique | join(", ")', "a, b"),
    FilterInfo("list", N_("something that is gone through, as a list"),
               'range(3) | list | join(", ")', "0, 1, 2"),
    FilterInfo("map", N_("another filter, or one field, of each in a list"),
               'recipient.address_lines | map("upper") | join(", ")',
               "ELVEDAL SONGLAG, BRUVEIEN 2, 3400 ELVEDAL"),
    FilterInfo("select", N_("those in a list that a test fits"),
               '[1, 2, 3] | select("odd") | join(", ")', "1, 3"),
    FilterInfo("reject", N_("those in a list that a test does not fit"),
               '[1, 2, 3] | reject("odd") | join(", ")', "2"),
    FilterInfo("selectattr", N_("those in a list whose field a test fits"),
               f'{_PARTIES} | selectattr("n", "gt", 1) | join(", ", "what")', "kake"),
    FilterInfo("rejectattr", N_("those in a list whose field a test does not fit"),
               f'{_PARTIES} | rejectattr("n", "gt", 1) | join(", ", "what")', "kaffe"),
    FilterInfo("groupby", N_("a list in groups by one field, to go through"),
               f'{_PARTIES} | groupby("n") | map("first") | join(", ")', "1, 2"),
    FilterInfo("dictsort", N_("names and values in order by name, to go through"),
               "{'b': 2, 'a': 1} | dictsort | map(\"first\") | join(\", \")", "a, b"),
    FilterInfo("items", N_("names and values, to go through"),
               "{'b': 2, 'a': 1} | items | map(\"first\") | join(\", \")", "b, a"),
    FilterInfo("round", N_("a number rounded"), '2.5 | round(0, "floor")', "2,0"),
    FilterInfo("int", N_("a whole number"), '"48" | int + 2', "50"),
    FilterInfo("float", N_("a number with decimals"), '"2.5" | float', "2,5"),
    FilterInfo("abs", N_("a number without its minus"), "-5 | abs", "5"),
    FilterInfo("sum", N_("the numbers of a list added up"), "[1, 2, 3] | sum", "6"),
    FilterInfo("min", N_("the least of a list"), "[1, 2, 3] | min", "1"),
    FilterInfo("max", N_("the greatest of a list"), "[1, 2, 3] | max", "3"),
)  # fmt: skip


def how(name: str) -> str:
    """How the filter of that name is written."""
    return next(one.written for one in FILTERS if one.name == name)
