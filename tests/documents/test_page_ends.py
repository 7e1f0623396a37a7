"""What a page's end may part, and what not: signatures, short sections, and names in tables."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from frivillig_cli.documents.columns import columns
from frivillig_cli.documents.docx import letters_docx
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.pdf import letter_pdf
from frivillig_cli.documents.tree import Cell, Inline
from tests.documents.test_docx import part

NAMES = [f"For part {n}" for n in range(3)]
SIGNING = "## Underskrifter\n\n" + "\n\n".join(
    f"### {name}\n\n&nbsp;\\\nSted og dato: ____" for name in NAMES
)


def body(lines: int, ending: str) -> str:
    return "## Om\n\n" + "Vi er enige.\n\n" * lines + f"## Varighet\n\nEtt år.\n\n{ending}\n"


@pytest.mark.parametrize("ending", [SIGNING, "## Utgifter\n\nKommunen betaler."])
@pytest.mark.parametrize("lines", range(14, 32, 2))
def test_the_last_two_sections_are_on_one_page(
    letter: Callable[..., Letter], poppler: Callable[..., str], lines: int, ending: str
) -> None:
    """So neither signatures nor a line of text stand alone on a sheet."""
    pdf = letter_pdf(letter(body(lines, ending), approved=False, signed_by="", signed_title=""))
    pages = poppler("pdftotext", pdf).split("\f")
    last = next(page for page in pages if "Varighet" in page)
    for said in NAMES if ending == SIGNING else ["Kommunen betaler"]:
        assert said in last


@pytest.mark.parametrize("first, last", [(50, 50), (30, 40), (2, 70), (70, 2)])
def test_sections_that_are_higher_than_a_page_lose_no_line(
    letter: Callable[..., Letter], poppler: Callable[..., str], first: int, last: int
) -> None:
    def section(title: str, lines: int) -> str:
        return f"## {title}\n\n" + "".join(f"- {title}-{n}.\n" for n in range(lines)) + "\n"

    text = section("Om", first) + section("Varighet", last) + "Til slutt."
    boxes = poppler("pdftotext", letter_pdf(letter(text, approved=False)), "-bbox")
    at = {w: float(y) for y, w in re.findall(r'yMax="([\d.]+)">([\w-]+)\.<', boxes)}
    names = {f"Om-{n}" for n in range(first)} | {f"Varighet-{n}" for n in range(last)}
    assert names <= at.keys()
    assert max(at[name] for name in names) < 842 - 60  # above the foot of the page


def test_a_heading_has_the_same_room_above_it_where_it_is_kept_whole(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    text = "## Om\n\nVi er enige.\n\n## Avtale\n\nEtt år.\n\n## Varighet\n\nNå.\n\n## Slutt\n\nTil."
    boxes = poppler("pdftotext", letter_pdf(letter(text, approved=False)), "-bbox")
    at = {w: float(y) for y, w in re.findall(r'yMin="([\d.]+)" [^>]*>(\w+)\.?<', boxes)}
    gaps = [at[b] - at[a] for a, b in [("enige", "Avtale"), ("år", "Varighet"), ("Nå", "Slutt")]]
    assert max(gaps) - min(gaps) < 0.5


def test_in_word_too_what_is_signed_goes_together(letter: Callable[..., Letter]) -> None:
    table = "| A | B |\n|---|---|\n| a | b |\n\n1. en\n2. to\n\n> sitat\n\n"
    xml = part(
        letters_docx(
            [letter(body(2, table + SIGNING), approved=False, signed_by="", signed_title="")]
        )
    )
    whole = xml[xml.index("Varighet") :]
    kept = re.findall(r"<w:p>(?:<w:pPr>(?:<w:pStyle [^>]*/>)?(<w:keepNext/>)?)?", whole)
    assert len(kept) > 15 and all(kept)
    before = xml[xml.index("Om<") : xml.index("Vi er enige.<")]
    assert "keepNext" not in before
    assert not re.search(r"<w:keepNext/>\s*<w:keepNext/>", xml)


@pytest.mark.parametrize("lines", [18, 22, 26])
def test_libreoffice_keeps_signatures_together(
    letter: Callable[..., Letter],
    as_pdf: Callable[[bytes], bytes],
    poppler: Callable[..., str],
    lines: int,
) -> None:
    made = letters_docx(
        [letter(body(lines, SIGNING), approved=False, signed_by="", signed_title="")]
    )
    pages = poppler("pdftotext", as_pdf(made)).split("\f")
    last = next(page for page in pages if "Varighet" in page)
    assert all(name in last for name in NAMES)


def test_a_name_in_a_table_is_never_parted(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    names = ["Sissel Linda Ektvedt", "Kristoffer Sandsengen", "Bergljot Ødegårdstuen"]
    rows = "".join(
        f"| {'Elvdal sanitetshus ' * 3} | {'kjøkken, ' * 6} | {n} | 8 |\n" for n in names
    )
    text = f"| Lokale | Har | Nøkkel | Plass til |\n|---|---|---|--:|\n{rows}"
    shown = poppler("pdftotext", letter_pdf(letter(text)), "-raw")
    for word in " ".join(names).split():
        assert word in shown
    assert not re.search(r"\w[-\u00ad\u2010]\n", shown)


def test_a_narrow_column_has_room_for_its_longest_word() -> None:
    def row(*lengths: int) -> tuple[Cell, ...]:
        return tuple(Cell((Inline("text", "x" * n if n < 30 else "xxx " * 20),)) for n in lengths)

    shares = columns([row(99, 99, 15, 99)]).shares
    assert shares[2] / sum(shares) * 92 >= 15 + 1.9
    assert shares[0] == shares[1] == shares[3] > shares[2]
    assert columns([row(20, 20, 20, 20, 20)]).shares == [24] * 5  # there is room for nobody


def test_no_word_of_a_title_stands_alone_below_the_others(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    titles = [
        "Beredskapsavtale mellom Elvdal kommune og Elvdal sanitetsforening",
        "Påminnelse: Vi har ikke fått svar fra Nordbygda jeger- og fiskerforening",
    ]
    for title in titles:
        one = letter()
        pdf = letter_pdf(one._replace(document=one.document._replace(title=title)))
        lines = poppler("pdftotext", pdf, "-layout").splitlines()
        first = next(n for n, line in enumerate(lines) if title.startswith(line.strip() or "?"))
        shown = [line.strip() for line in lines[first : first + 2]]
        assert " ".join(shown) == title and " " in shown[1]


def test_no_word_stands_alone_on_the_last_line_of_a_paragraph_or_a_cell(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    said = "Fristen var 15. november 2026, men vi vil fortsatt gjerne ha svar fra dere. Det tar"
    cell = "Ringer gruppen når kriseledelsen ber om det"
    table = (
        f"| Hvem | Bidrar med | Vilkår |\n|---|---|---|\n| Elvdal | {cell} | Er bundet til det |"
    )
    pdf = letter_pdf(letter(f"{said} omtrent ti minutter.\n\n{table}"))
    shown = poppler("pdftotext", pdf, "-layout")
    assert re.search(r"\n *ti minutter\.\n", shown) and not re.search(r"\n +det\n", shown)


POINTS = "".join(f"- punkt {n} i lista\n" for n in range(1, 6))


def test_the_last_point_of_a_list_is_never_alone_on_a_page(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    parted = 0
    for n in range(20, 40):
        body = "En linje\\\n" * n + "til.\n\nDette gjelder:\n\n" + POINTS + "\n" + "Mer.\n\n" * 4
        pages = poppler("pdftotext", letter_pdf(letter(body)), "-layout").split("\f")
        [last] = [page for page in pages if "punkt 5" in page]
        assert "punkt 4" in last
        parted += "Dette gjelder" not in last
    assert parted  # a page's end was tried on it


def test_the_last_points_of_a_list_go_together_in_word(letter: Callable[..., Letter]) -> None:
    written = re.findall(r"<w:p>.*?</w:p>", part(letters_docx([letter(POINTS)])))
    kept = ["<w:keepNext/>" in one for one in written if "punkt" in one]
    assert kept[3] and not any(kept[:3])


BELOW = {"attachments": ("Program", "Kart"), "copies": ("Elvedal idrettsråd",)}


def test_a_short_list_of_attachments_and_copies_stands_with_the_name(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    pages_of = []
    for n in range(6, 26):
        one = letter("En linje\n\n" * n + "Dette er det siste.", **BELOW)
        pages = poppler("pdftotext", letter_pdf(one), "-layout").split("\f")
        [last] = [page for page in pages if "Kopi til" in page]
        assert "Vedlegg" in last and "Kari Nordli" in last
        pages_of.append(len(pages) - 1)
    assert set(pages_of) == {1, 2}


def test_a_short_list_of_attachments_and_copies_goes_with_the_name_in_word(
    letter: Callable[..., Letter],
) -> None:
    written = re.findall(r"<w:p>.*?</w:p>", part(letters_docx([letter(**BELOW)])))
    after = [one for one in written if any(said in one for said in (
        "Kari Nordli", ">koordinator<", "godkjent", ">Program<", ">Kart<",
        "idrettsråd"))]  # fmt: skip
    assert ["<w:keepNext/>" in one for one in after] == [True] * 5 + [False]


MANY = "".join(f"- punkt {n} i lista\n" for n in range(1, 16))


@pytest.mark.parametrize("after", ["", "Mer.\n\n" * 16])
def test_the_last_two_points_of_a_long_list_are_on_one_page_and_no_room_is_lost(
    letter: Callable[..., Letter], poppler: Callable[..., str], after: str
) -> None:
    parted = []
    for n in range(2, 34):
        body = "En linje\\\n" * n + "til.\n\n" + MANY + "\n" + after
        pages = poppler("pdftotext", letter_pdf(letter(body)), "-layout").split("\f")
        here = [len(re.findall("punkt", page)) for page in pages[:2]]
        assert sum(here) == 15 and here[1] != 1 and "Kari Nordli" in pages[1 if pages[1] else 0]
        parted.append(here[1])
    assert 2 in parted and 7 in parted  # as many as there is room for stand before
    assert parted == sorted(parted)


def test_a_long_last_paragraph_is_parted_with_two_lines_or_more_beside_the_name(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    words = " ".join(f"ord{n}" for n in range(200))
    parted = []
    for n in range(2, 32):
        one = letter("En linje\\\n" * n + f"til.\n\n{words}", **BELOW)
        pages = poppler("pdftotext", letter_pdf(one), "-layout").split("\f")
        here = [len(re.findall("^ord", page, re.MULTILINE)) for page in pages[:2]]
        last = pages[1] or pages[0]
        assert here[0] > 1 and here[1] != 1 and "koordinator" in last and "Kopi til" in last
        parted.append(here[1])
    assert parted[0] == 0 and parted.count(2) > 5 and parted == sorted(parted)


TABLE = "| Navn | Sted |\n|---|---|\n" + "".join(f"| rad-{n} | Elvedal |\n" for n in range(8))


@pytest.mark.parametrize(
    "after, signed", [("", False), ("Slutt på det.", False), ("## Utgifter\n\nEn.", True)]
)
def test_a_long_table_begins_where_it_stands_and_goes_on_with_its_head(
    letter: Callable[..., Letter], poppler: Callable[..., str], after: str, signed: bool
) -> None:
    """Where its heading, its head and two rows have room; the last row goes with what follows."""
    by_hand = {"approved": False, "signed_by": "", "signed_title": ""} if signed else {}
    first = []
    for n in range(12, 30):
        body = "En linje\\\n" * n + f"til.\n\n## Partene\n\n{TABLE}\n{after}\n"
        pages = poppler("pdftotext", letter_pdf(letter(body, **by_hand)), "-layout").split("\f")
        here = [len(re.findall("rad-", page)) for page in pages[:2]]
        assert sum(here) == 8 and here[0] != 1
        for page, rows in zip(pages, here, strict=False):
            assert ("Navn" in page) == bool(rows)
        assert ("Partene" in pages[0]) == bool(here[0])
        if signed:
            assert "rad-7" in next(page for page in pages if "Utgifter" in page)
        first.append(here[0])
    assert first == sorted(first, reverse=True) and set(first) >= {8, 7, 6, 5, 4, 3, 2, 0}


def test_a_short_table_is_not_parted_and_no_row_of_a_long_one_is(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    row = "| {} | " + "to linjer er det i denne ruten av tabellen " * 2 + "slutt-{} |\n"
    for rows in (3, 9):
        table = "| A | B |\n|---|---|\n" + "".join(row.format(f"rad-{n}", n) for n in range(rows))
        split = 0
        for n in range(10, 30):
            one = letter("En linje\\\n" * n + f"til.\n\n{table}\nMer.\n\nMer.\n\nMer.")
            pages = poppler("pdftotext", letter_pdf(one), "-layout").split("\f")
            found = [re.findall(r"(rad|slutt)-(\d)", page) for page in pages]
            assert all(
                {n for what, n in page if what == "rad"}
                == {n for what, n in page if what == "slutt"}
                for page in found
            )
            split += sum(map(bool, found)) > 1
        assert bool(split) == (rows == 9)


def test_the_line_below_a_tables_last_row_is_where_the_row_ends(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    """Also where room below it is kept for what goes with it."""
    gaps = []
    for after in ("## Utgifter\n\nEn.\n\n## Mer\n\nTo.", "## Utgifter\n\nEn."):
        one = letter(f"## Om\n\n{TABLE}\n{after}", approved=False, signed_by="", signed_title="")
        boxes = poppler("pdftotext", letter_pdf(one), "-bbox")
        at = {w: float(y) for y, w in re.findall(r'yMin="([\d.]+)" [^>]*>([\w-]+)<', boxes)}
        gaps.append(at["Utgifter"] - at["rad-7"])
    assert abs(gaps[0] - gaps[1]) < 1.5


def test_the_first_two_rows_of_a_long_table_go_together_in_word_and_the_last_with_what_follows(
    letter: Callable[..., Letter],
) -> None:
    one = letter(f"## Om\n\n{TABLE}\n## Utgifter\n\nEn.", approved=False, signed_by="")
    rows = re.findall(r"<w:tr>.*?</w:tr>", part(letters_docx([one])))
    kept = ["<w:keepNext/>" in row for row in rows if "rad-" in row or "Navn" in row]
    assert kept == [True, True, False, False, False, False, False, True, True]


@pytest.mark.parametrize("signed", [True, False])
def test_no_page_ends_with_a_heading_and_a_line_across(
    letter: Callable[..., Letter], poppler: Callable[..., str], signed: bool
) -> None:
    by_hand = {} if signed else {"approved": False, "signed_by": "", "signed_title": ""}
    moved = 0
    for n in range(18, 34):
        text = "En linje\\\n" * n + "til.\n\n## Enighet\n\n---\n\nVi er enige.\n\n## Mer\n\nNoe."
        pages = poppler("pdftotext", letter_pdf(letter(text, **by_hand)), "-layout").split("\f")
        [page] = [page for page in pages if "Enighet" in page]
        assert "Vi er enige" in page
        moved += page != pages[0]
    assert 0 < moved < 16


def test_a_line_across_below_a_heading_goes_with_what_follows_in_word(
    letter: Callable[..., Letter],
) -> None:
    xml = part(letters_docx([letter("Hei.\n\n---\n\n## Enighet\n\n---\n\nVi er enige.")]))
    rules = re.findall(r'<w:pPr><w:pStyle w:val="Rule"/>(<w:keepNext/>)?', xml)
    assert rules == ["", "<w:keepNext/>"]
