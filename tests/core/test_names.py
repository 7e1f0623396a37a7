from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.names import clean, clean_name, file_name, fold, nearest, sort_key

LETTERS = "aAbcdeEoOsStuxyYzæÆøØåÅäÄöÖüéÉèôčđŋþß -.,'&/()0129«»–"
ANY_TEXT = st.text(st.characters(), max_size=60) | st.text(LETTERS, max_size=30)

IN_ORDER = [
    "1. Lier speidergruppe",
    "Adriansen",
    "Arne",
    "arnesen",
    "Édith",
    "Egge barnekor",
    "Lier hagelag",
    "Lier mannskor",
    "Lierbygda skolekorps",
    "Mykland",
    "Müller",
    "Sylling songlag",
    "Zakariassen",
    "Ägir",
    "Ærfugl & Sønner",
    "Öst-Lier",
    "Østern",
    "Øvre Eiker",
    "Ågård",
    "Åkre",
    "Aakre",
    "Aas",
    "Åsen",
]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ærfugl & Sønner <AS>", "erfugl & sonner <as>"),
        ("Aasgård", "asgard"),
        ("Åsgaard", "asgard"),
        ("BODOE", "bodo"),
        ("Bodö", "bodo"),
        ("Haegebostad", "hegebostad"),
        ("Hägebostad", "hegebostad"),
        ("École  de\u00a0Paris\n", "ecole de paris"),
        ("Bo\u0308rje", "borje"),
        ("Mikkel\u200b Đorđe", "mikkel dorde"),
        ("", ""),
    ],
)
def test_fold_forgives_case_accents_and_spelling(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(ANY_TEXT)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_fold_gives_text_that_a_database_takes(text: str) -> None:
    fold(text).encode("utf-8")


@given(st.text(LETTERS, max_size=30))
def test_fold_reads_decomposed_text_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_sort_key_puts_names_in_norwegian_order() -> None:
    assert sorted(set(IN_ORDER), key=sort_key) == IN_ORDER


@pytest.mark.parametrize("pair", [("aas", "ås"), ("ære", "äre"), ("øl", "öl"), ("yl", "ül")])
def test_sort_key_takes_foreign_spellings_as_the_norwegian_letter(pair: tuple[str, str]) -> None:
    one, other = (sort_key(name).split(" ")[0] for name in pair)
    assert one == other


def test_accents_then_case_only_break_ties() -> None:
    assert sorted(["Éa", "éa", "Ea", "ea", "eb"], key=sort_key) == ["ea", "Ea", "éa", "Éa", "eb"]


@given(st.text(LETTERS), st.text(LETTERS))
def test_sort_key_orders_bytes_as_text(one: str, other: str) -> None:
    keys = sort_key(one), sort_key(other)
    assert (keys[0] < keys[1]) == (keys[0].encode() < keys[1].encode())


@given(ANY_TEXT)
def test_sort_key_never_fails_and_can_be_stored(text: str) -> None:
    sort_key(text).encode("utf-8")


@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium, for its ICU, is not here")
def test_sort_key_agrees_with_icu(tmp_path: Path) -> None:
    words = {
        "".join(w) for n in (1, 2) for w in itertools.product("aAoeéEyüzæäøöåÅ -.'1&", repeat=n)
    }
    words |= set(IN_ORDER) | set("ðđþłŋŧßœęčšžñ«»–%()?!/@+=_") | {"Aa", "AA", "Aas", "ÅS", "t-t"}
    # ICU takes the å in `aå` apart and reads the pair aa; no Norwegian word has that
    words = sorted({" ".join(w.split()) for w in words if not re.search("a[åä]", w, re.I)} - {""})
    page = tmp_path / "page.html"
    page.write_text(
        "<meta charset=utf-8><pre id=o></pre><script>const w="
        + repr(words)
        + ";w.sort(new Intl.Collator('nb').compare);"
        "document.getElementById('o').textContent=w.map(encodeURIComponent).join('\\n')</script>",
        encoding="utf-8",
    )
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()]
    try:
        shown = subprocess.run(command, capture_output=True, text=True, timeout=120).stdout
    except subprocess.TimeoutExpired:
        pytest.skip("chromium did not answer")
    found = re.search(r'<pre id="o">(.+?)</pre>', shown, re.S)
    if not found:
        pytest.skip("chromium did not run")
    from urllib.parse import unquote

    icu = [unquote(word) for word in found[1].split("\n")]
    assert sorted(icu, key=sort_key) == icu


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Lier\u00a0 hagelag\r\n", "Lier hagelag"),
        ("\x1b[31mRødt\x1b[0m", "Rødt"),
        ("\x1b]8;;http://x.example\x07lenke\x1b]8;;\x07", "lenke"),
        ("a\u202eb\u200bc\ufeff", "abc"),
        ("A\u030as", "Ås"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("\x1b", ""),
    ],
)
def test_clean_leaves_one_line_of_visible_text(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(ANY_TEXT)
def test_clean_gives_printable_text_or_refuses(text: str) -> None:
    try:
        cleaned = clean(text)
    except InvalidValueError:
        assert "\0" in text or any("\ud800" <= char <= "\udfff" for char in text)
        return
    assert clean(cleaned) == cleaned
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") for char in cleaned)


@pytest.mark.parametrize("text", ["a\0b", "a\ud800"])
def test_clean_refuses_what_is_not_text(text: str) -> None:
    with pytest.raises(InvalidValueError):
        clean(text)


def test_a_name_is_neither_empty_nor_over_200_characters() -> None:
    assert clean_name("x" * 200) == "x" * 200
    for text in ("", " \u200b ", "x" * 201):
        with pytest.raises(InvalidValueError):
            clean_name(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ærfugl & Sønner <AS>", "Ærfugl-&-Sønner-AS"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("COM¹", "_COM¹"),
        ("a. ", "a"),
        ("", "_"),
        ("...", "_"),
        ("x" * 100, "x" * 60),
    ],
)
def test_file_name_is_safe_and_keeps_norwegian_letters(text: str, name: str) -> None:
    assert file_name(text) == name


@given(ANY_TEXT)
def test_file_name_is_always_a_file_on_every_system(text: str) -> None:
    name = file_name(text)
    name.encode("utf-8")
    assert 1 <= len(name) <= 60
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert name[-1] not in ". " and name[0] not in ".- "
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])", name.split(".")[0])
    assert file_name(name) == name


def test_nearest_offers_slips_of_the_finger_and_no_more() -> None:
    assert nearest("emial", ["email", "name", "orgnr"]) == ["email"]
    assert nearest("hagelg", ["Lier hagelag", "Lier kor"]) == ["Lier hagelag"]
    assert nearest("AASEN", ["Åsen", "Vik"]) == ["Åsen"]
    assert nearest("nam", ["n", "name"]) == ["name"]
    assert nearest("xyz", ["email", "name"]) == []
    assert len(nearest("lag", ["lag1", "lag2", "lag3", "lag4"])) == 3
