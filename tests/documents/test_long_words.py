"""A word that is too long for its cell is broken, and can be searched for and copied whole."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest

from frivillig_cli.documents.columns import columns
from frivillig_cli.documents.letter import Letter, Letterhead, Reference
from frivillig_cli.documents.pdf import letter_pdf, merged_pdf
from frivillig_cli.documents.sheets import (
    Boxes,
    Column,
    Facts,
    Items,
    Section,
    Sheets,
    Table,
    Text,
)
from frivillig_cli.documents.sheets_pdf import write_sheets_pdf
from frivillig_cli.documents.typeset import Replaced

LONG = "frivilligsentralen.post@elvedal.kommune.example"
TABLE = f"| Ordning | Frist | Hvem | Skriv til |\n|---|---|---|---|\n| a | b | c | {LONG} |\n"
CODE = f"`{LONG}{LONG}`"


@pytest.mark.parametrize("body", [TABLE, CODE, LONG.replace(".", "") * 3])
def test_a_long_word_is_broken_and_holds_nothing_but_itself(
    letter: Callable[..., Letter], poppler: Callable[..., str], body: str
) -> None:
    pdf = letter_pdf(letter(body))
    shown = poppler("pdftotext", pdf, "-raw")
    assert "\u200b" not in shown
    assert LONG.replace(".", "") in "".join(shown.split()).replace(".", "")
    where = poppler("pdftotext", pdf, "-bbox")
    edges = [float(line.split('xMax="')[1].split('"')[0]) for line in where.splitlines()
             if "xMax" in line]  # fmt: skip
    assert max(edges) < 595 - 70 + 1  # within the margin of the page
    short = poppler("pdftotext", letter_pdf(letter("kort")), "-raw")
    assert len(shown.splitlines()) > len(short.splitlines())  # it goes over two lines


@pytest.mark.parametrize("layout", ["letter", "certificate"])
@pytest.mark.parametrize("merged", [False, True])
def test_long_words_around_the_text_hold_nothing_but_themselves(
    letter: Callable[..., Letter],
    letterhead: Letterhead,
    poppler: Callable[..., str],
    layout: str,
    merged: bool,
) -> None:
    email, word = "frivilligsentralen@elvedalen.kommune.example", "Sanitetsforening" * 6
    more = {
        "letterhead": letterhead._replace(email=email, unit=word, name=f"{word} kommune"),
        "recipient": (word, "Bruveien 2", "3400 Elvedal"),
        "signed_by": word, "signed_title": word,
    }  # fmt: skip
    head = f"title: {word}\nlanguage: nb\nlayout: {layout}\nattachments: [{word}]\n"
    made = letter("Hei.\n\n## Til\n\nTekst", head, layout=layout, **more)
    pdf = merged_pdf([made, made], Replaced()) if merged else letter_pdf(made)
    shown = poppler("pdftotext", pdf, "-raw")
    assert "\u200b" not in shown and word in "".join(shown.split())
    if layout == "letter":
        assert email in shown
    info = poppler("pdfinfo", pdf)
    assert re.search(rf"Title:\s+{word}\n", info)
    assert re.search(rf"Author:\s+{word} kommune\n", info)
    assert "\u200b" not in poppler("pdfinfo", pdf, "-meta")


def test_long_words_of_a_list_hold_nothing_but_themselves(poppler: Callable[..., str]) -> None:
    word = "Sanitetsforening" * 8
    blocks = (
        Text(word), Text(word, "say"), Text(word, "note"), Text(word, "heading"),
        Items((word,)), Facts(((word, (word,)),)), Boxes(word, 2, word),
        Table((Column(word, share=1),), ((word,),), caption=word, legend=word, key=word),
    )  # fmt: skip
    sections = (Section(word, blocks), Section(word, blocks, follows=True))
    sheets = Sheets(word, sections, subtitle=word, frame=word, owner=word)
    pdf = write_sheets_pdf(sheets, "nb")
    assert "\u200b" not in poppler("pdftotext", pdf, "-raw")
    info = poppler("pdfinfo", pdf)
    assert re.search(rf"Title:\s+{word}\n", info) and re.search(rf"Author:\s+{word}\n", info)
    assert "\u200b" not in poppler("pdfinfo", pdf, "-meta")


def test_a_word_that_fits_its_line_is_one_word(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    table = "| Ordning | Frist |\n|---|---|\n| Oppstartstilskuddene | b |\n"
    assert ">Oppstartstilskuddene<" in poppler("pdftotext", letter_pdf(letter(table)), "-bbox")


def test_verapdf_finds_no_fault_where_words_are_broken(
    letter: Callable[..., Letter], verapdf: Callable[..., str]
) -> None:
    found = verapdf(letter_pdf(letter(f"{TABLE}\n{CODE}")))
    assert found.count("compliant=true") == 2, found


PARTIES = """| Part | Bidrar med |
|---|---|
| Kommunen | Ringer omsorgsberedskapsgruppen og frivillighetskoordinatoren |
| Elvedal sanitetsforening | Stiller med evakueringssentermannskap, kvernsteinshåndverkere |
"""
NARROW = (
    "| Når | Hvem | Hva | Hvor | Skriv til |\n|---|---|---|---|---|\n"
    "| mandager fra klokka ti | alle sammen | håndverkstradisjonsforeningen |"
    " frivillighetsentralbygningen | frivillighetskoordinatoren |\n"
)


def test_a_word_of_a_table_that_has_room_on_a_line_is_not_parted(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    shown = poppler("pdftotext", letter_pdf(letter(PARTIES)), "-bbox")
    for word in ("omsorgsberedskapsgruppen", "frivillighetskoordinatoren",
                 "evakueringssentermannskap,", "kvernsteinshåndverkere"):  # fmt: skip
        assert f">{word}<" in shown


def test_a_word_that_is_parted_in_a_table_is_parted_by_syllables_with_a_hyphen(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    shown = poppler("pdftotext", letter_pdf(letter(NARROW)), "-bbox")
    parts = [line.partition(">")[2].partition("<")[0] for line in shown.splitlines()
             if "<word" in line]  # fmt: skip
    for word in ("håndverkstradisjonsforeningen", "frivillighetskoordinatoren"):
        first = next(part for part in parts if word.startswith(part.rstrip("-\u00ad")))
        assert first == word or first[-1] in "-\u00ad", first


def test_a_long_name_is_parted_at_its_hyphen(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    reference = Reference(caseworker="Kari Nordli-Brekkhusæter")
    shown = poppler("pdftotext", letter_pdf(letter(reference=reference)), "-bbox")
    assert ">Brekkhusæter<" in shown


@pytest.mark.parametrize("address", [
    "tilskuddsportalen.example/organisasjonsutvikling",
    "frivillighetskoordinator@elvedal.kommune.example",
    "https://www.elvedal.example/frivillighetssentralen",
    "**frivillighetskoordinator@elvedal.example**",
])  # fmt: skip
def test_an_address_in_a_table_gets_no_hyphen(
    letter: Callable[..., Letter], poppler: Callable[..., str], address: str
) -> None:
    body = (
        "| Ordning | Lenke | Frist | Hvem | Hvor |\n|---|---|---|---|---|\n"
        f"| håndverkstradisjonsforeningen | {address} | mandager fra klokka ti | alle sammen |"
        " frivillighetsentralbygningen |\n"
    )
    shown = poppler("pdftotext", letter_pdf(letter(body)), "-bbox")
    words = [line.partition(">")[2].partition("<")[0] for line in shown.splitlines()
             if "<word" in line]  # fmt: skip
    bare = address.strip("*")
    parts = [word for word in words if len(word) > 3 and word.rstrip("-\u00ad") in bare]
    assert len(parts) > 1 and not [word for word in parts if word[-1] in "-\u00ad"], parts


def printed_words(pdf: str) -> list[str]:
    return re.findall(r"<word [^>]*>([^<]*)<", pdf)


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("word, parts", [
    ("FRIVILLIGHETSKOORDINATOREN2027", 2),
    ("Hallingskarvet/Nordmarksetrastølen-Frivillighetskoordinatoren", 3),
    ("håndverkstradisjonsforeningenogomsorgsberedskapsgruppeneivest", 3),
    ("(Kristoffersensandsengen)", 1),
])  # fmt: skip
def test_a_word_in_a_column_of_references_is_never_parted_without_a_hyphen_or_a_sign(
    letter: Callable[..., Letter], poppler: Callable[..., str],
    word: str, parts: int, language: str,
) -> None:  # fmt: skip
    others = "mandager fra klokka ti | alle sammen her | frivillighetsentralbygningen"
    body = "| Navn | Referanse | Når | Hvem | Hvor |\n|---|---|---|---|---|\n"
    body += f"| Bergljot Ødegårdstuen | {word} | {others} |\n"
    shown = poppler(
        "pdftotext", letter_pdf(letter(body, f"title: Brev\nlanguage: {language}\n")), "-bbox"
    )
    found, rest = [], word
    for part in printed_words(shown):
        bare = part.rstrip("-\u00ad")
        if bare and rest.startswith(bare):
            found.append(part)
            rest = rest[len(part) if rest.startswith(part) else len(bare) :]
    assert not rest and len(found) >= parts
    for part, after in itertools.pairwise(found):
        assert part[-1] in "-\u00ad/" or after[0].isdigit(), found


@pytest.mark.parametrize("word, whole", [
    ("Hallingskarvsæter", True),
    ("Kristoffersensandsengen", False),
    ("FRIVILLIGSENTRALENE-2027", False),
])  # fmt: skip
def test_a_word_of_the_references_in_the_head_is_whole_or_hyphenated(
    letter: Callable[..., Letter], poppler: Callable[..., str], word: str, whole: bool
) -> None:
    reference = Reference(ours=word, yours=f"Bergljot {word}", caseworker=word)
    shown = printed_words(poppler("pdftotext", letter_pdf(letter(reference=reference)), "-bbox"))
    if whole:
        assert shown.count(word) == 3
    first = [part for part in shown if len(part) > 4 and word.startswith(part.rstrip("-\u00ad"))]
    assert len(first) == 3 and all(part == word or part[-1] in "-\u00ad" for part in first), first


def test_a_name_of_two_gives_room_to_the_other_columns_where_it_is_parted_at_its_hyphen(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    body = (
        "| Navn | Sted | Hva | Hvem |\n|---|---|---|---|\n"
        "| Bergljot Ødegårdstuens-Kristoffersen | Hallingskarvet/Nordmarksetra |"
        " omsorgsberedskapsgrupper og andre | evakueringssentermannskap |\n"
    )
    shown = printed_words(poppler("pdftotext", letter_pdf(letter(body)), "-bbox"))
    for word in ("Ødegårdstuens-", "Kristoffersen", "Hallingskarvet/", "Nordmarksetra",
                 "omsorgsberedskapsgrupper", "evakueringssentermannskap"):  # fmt: skip
        assert word in shown


LINK = "https://www.elvedal.kommune.example/frivillighet/tilskudd"
LINKS = (
    "| Ordning | Frist | Lenke | Hvem |\n|---|---|---|---|\n"
    f"| Driftstilskudd til barn | 15. april | [les mer]({LINK}) | alle lag i kommunen |\n"
    "| Oppstart | hele året | [skriv](mailto:frivillighetskoordinator@elvedal.example) | nye |\n"
)


def test_the_address_that_is_printed_after_a_link_has_room_in_its_column(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    one = letter(LINKS)
    shown = printed_words(poppler("pdftotext", letter_pdf(one), "-bbox"))
    assert any(one.startswith("(frivillighetskoordinator@") for one in shown)
    assert any(one.endswith("frivillighet/tilskudd)") for one in shown)
    [table] = one.document.blocks
    shares = columns([table.header, *table.rows]).shares
    assert shares[2] / sum(shares) * 92 > 26  # in Word too


PHONES = "90 11 12 22", "+46 70 123 45 67", "8601.11.17947", "86011117947", "970 168 001"
MANY_NUMBERS = [
    (
        "Elvedal songlag",
        "Aud Kittilsen",
        PHONES[0],
        "Per Gunnar Aas",
        PHONES[1],
        *PHONES[2:4],
        "12",
    ),
    ("Nordbygda jeger- og fiskerforening", *PHONES, PHONES[0], PHONES[3]),
    (*PHONES, *PHONES[2:]),
]


@pytest.mark.parametrize("row", MANY_NUMBERS)
def test_numbers_are_whole_in_eight_columns_in_type_of_eight_points_or_more(
    letter: Callable[..., Letter], poppler: Callable[..., str], row: tuple[str, ...]
) -> None:
    body = f"| {' | '.join('ABCDEFGH')} |\n{'|---' * 8}|\n| {' | '.join(row)} |\n"
    one = letter(body)
    pdf = letter_pdf(one)
    shown = poppler("pdftotext", pdf, "-layout")
    for number in set(row) & set(PHONES):
        assert shown.count(number) == row.count(number), number
    [table] = one.document.blocks
    assert columns([table.header, *table.rows]).size * 0.95 * 11 >= 8
    assert_nothing_is_printed_on_another(poppler("pdftotext", pdf, "-bbox"))


def test_numbers_that_no_page_has_room_for_are_parted_at_their_signs(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    row = [PHONES[0]] * 7 + [PHONES[2]] * 7
    body = f"|{' A |' * 14}\n{'|---' * 14}|\n| {' | '.join(row)} |\n"
    boxes = poppler("pdftotext", letter_pdf(letter(body)), "-bbox")
    assert_nothing_is_printed_on_another(boxes)
    assert printed_words(boxes).count("17947") == 7


def assert_nothing_is_printed_on_another(boxes: str) -> None:
    found = re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', boxes
    )
    at = [tuple(map(float, word[:4])) for word in found]
    for n, (left, top, right, bottom) in enumerate(at):
        assert right < 595 - 70
        for other in at[:n]:
            apart = other[0] > right - 0.5 or other[2] < left + 0.5
            assert apart or other[1] > bottom - 4 or other[3] < top + 4, found[n]


def test_verapdf_finds_no_fault_in_tables_of_words_links_and_numbers(
    letter: Callable[..., Letter], verapdf: Callable[..., str]
) -> None:
    row = f"| {' | '.join('ABCDEFGH')} |\n{'|---' * 8}|\n| {' | '.join(MANY_NUMBERS[1])} |\n"
    files = [letter_pdf(letter(f"{LINKS}\n{row}\n{NARROW}"))]
    long = "".join(f"| {n} | b |\n" for n in range(60))
    signed = letter(f"## Om\n\n| A | B |\n|---|---|\n{long}\n## Slutt\n\nEn.", approved=False)
    found = verapdf(*files, letter_pdf(signed))
    assert found.count("compliant=true") == 4, found
