"""`frivillig letter labels` and `letter participants`, as they are typed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

MM = 72 / 25.4
LONG = "Foreningen for frivillighet, musikk og kultur i Øvre og Nedre Sylling med omegn"


@pytest.fixture
def office(cli, tmp_path):
    """Associations with an address, with e-mail only, with nothing; and three volunteers."""
    where = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
    cli.ok("org", "add", "Sylling songlag", *where)
    cli.ok("org", "add", "Ærfjell kor", "--postcode", "3420", "--city", "Ærfjell")
    cli.ok("org", "add", "Bare e-post", "--email", "post@lag.example")
    cli.ok("org", "add", "Uten adresse")
    cli.ok("contact", "add", "Sylling songlag", "Aud Kittilsen", "--role", "leader")
    cli.ok("volunteer", "add", "Ola Nordmann", *where)
    cli.ok("volunteer", "add", "Per Skjermet", *where)
    cli.ok("person", "edit", "Per Skjermet", "--protected", "--yes")
    cli.file = tmp_path / "ut.pdf"
    return cli


def words(file: Path) -> list[tuple[float, float, float, float, str, int]]:
    """Each word with its edges in mm from the sheet's top left corner, and its page."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    done = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], capture_output=True, encoding="utf-8", check=True
    )
    found, page = [], 0
    for line in done.stdout.splitlines():
        page += "<page " in line
        box = re.search(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*)</word>', line)
        if box:
            left, top, right, bottom = (float(box[n]) / MM for n in range(1, 5))
            found.append((left, top, right, bottom, box[5], page))
    return found


def labels(office, *more: object, code: int = 3) -> dict:
    done = office("letter", "labels", *more, "-o", office.file, "--overwrite", "--json")
    assert done.code == code, done.err
    return json.loads(done.out)


SHEETS = {  # left, top, width, height, columns, rows, from one to the next across
    "L7160": (7.21, 15.15, 63.5, 38.1, 3, 7, 66.04),
    "L7163": (4.65, 15.15, 99.1, 38.1, 2, 7, 101.6),
    "L7159": (7.21, 12.9, 63.5, 33.9, 3, 8, 66.04),
}


@pytest.mark.parametrize("name", list(SHEETS))
def test_each_address_stands_within_its_own_label(office, name: str) -> None:
    left, top, width, height, columns, rows, across = SHEETS[name]
    count = columns * rows
    where = ("--postcode", "3400", "--city", "Lier")
    for n in range(count):
        office.ok("org", "add", f"Lag{n:02}", "--street", f"Vei{n:02}", *where)
    made = labels(office, "city:Lier", "--sheet", name.lower(), "--skip", 4, code=0)
    assert made["sheets"] == 2 and len(made["printed"]) == count
    found = words(office.file)
    for n in range(count):
        place = (n + 4) % count
        x = left + place % columns * across
        y = top + place // columns * height
        page = 1 + (n + 4) // count
        here = [
            w for w in found if w[5] == page and x <= w[0] < x + width and y <= w[1] < y + height
        ]
        assert [w[4] for w in here] == [f"Lag{n:02}", f"Vei{n:02}", "3400", "Lier"]
        assert all(w[2] <= x + width - 3.9 and w[3] <= y + height - 2 for w in here)
        assert all(w[0] >= x + 3.9 and w[1] >= y + 2 for w in here)


def test_who_has_no_label_is_said_with_the_reason(office) -> None:
    made = labels(office)
    assert [row["name"] for row in made["printed"]] == ["Sylling songlag", "Ærfjell kor"]
    assert {row["name"]: row["why"] for row in made["skipped"]} == {
        "Bare e-post": "no_postal_address", "Uten adresse": "no_address",
    }  # fmt: skip
    done = office("letter", "labels", "-o", office.file, "--overwrite")
    assert re.search(r"Bare e-post +no postal address", done.out)
    assert "2 labels on 1 sheet of L7160" in done.out and "100 %" in done.err
    text = " ".join(w[4] for w in words(office.file))
    assert text == (
        "Sylling songlag Aud Kittilsen Bruveien 2 3410 Sylling Ærfjell kor 3420 Ærfjell"
    )


def test_a_protected_volunteer_has_no_label_and_is_on_no_list(office, tmp_path) -> None:
    made = labels(office, "--for", "volunteer")
    assert [row["name"] for row in made["printed"]] == ["Ola Nordmann"]
    assert [row["why"] for row in made["skipped"]] == ["protected"]
    office.ok("beredskap", "group", "add", "Omsorg", "--org", "1")
    office.ok("beredskap", "member", "add", "Omsorg", "Ola Nordmann", "Per Skjermet")
    made = labels(office, "--for", "member")
    assert [row["name"] for row in made["printed"]] == ["Ola Nordmann"]
    for kind in ("volunteer", "person"):
        done = office("letter", "participants", "--for", kind, "-o", office.file, "--overwrite")
        assert done.code == 3 and "Per Skjermet  protected" in done.out
        assert "Skjermet" not in [w[4] for w in words(office.file)]


def test_a_protected_contact_person_is_off_the_list_and_that_is_said(office) -> None:
    office.ok("person", "edit", "Aud Kittilsen", "--protected", "--yes")
    done = office("letter", "participants", "sylling", "-o", office.file)
    assert done.code == 3 and "Aud Kittilsen  protected" in done.out
    shown = [w[4] for w in words(office.file)]
    assert "Sylling" in shown and "Kittilsen" not in shown


def test_a_number_stands_on_the_line_of_its_name(office) -> None:
    office.ok("letter", "participants", "sylling", "-o", office.file)
    at = {w[4]: w[3] for w in reversed(words(office.file))}  # the lower edges, of the first
    assert at["1"] == pytest.approx(at["Kittilsen"], abs=0.4)


def test_a_long_name_is_set_smaller_and_one_that_cannot_be_read_is_left_out(office) -> None:
    where = ("--postcode", "3400", "--city", "Lier")
    office.ok("org", "add", LONG, "--street", "c/o " + "Åse Marie " * 6, *where)
    office.ok("org", "add", "Ordet" * 24, *where)
    office.ok("org", "add", "WMWM " * 38, "--street", "WMWM " * 30, *where)
    made = labels(office, "city:Lier", "--sheet", "L7159")
    assert [row["why"] for row in made["skipped"]] == ["too_long"]
    assert made["skipped"][0]["name"].startswith("WMWM WMWM")
    left, top, width, height, *_rest = SHEETS["L7159"]
    found = words(office.file)
    assert {w[4] for w in found} >= {"Foreningen", "omegn", "c/o", "Lier"}
    assert "".join(w[4] for w in found).count("Ordet") == 24
    for w in found:
        column = 0 if w[0] < left + width else 1
        assert w[2] <= left + column * 66.04 + width - 3.9
        assert top + 2 <= w[1] and w[3] <= top + height - 2


def test_labels_for_a_batch_have_its_addresses_and_its_order(office, tmp_path) -> None:
    folder = tmp_path / "brev"
    office("letter", "render", "apen-dag", "-o", folder, "--to", "contact", "--format", "txt")
    office("letter", "render", "apen-dag", "-o", folder, "--format", "txt")
    made = labels(office, "--batch", 1)
    assert [row["name"] for row in made["printed"]] == ["Sylling songlag", "Ærfjell kor"]
    whys = {row["name"]: row["why"] for row in made["skipped"]}
    assert whys == {"Bare e-post": "no_postal_address", "Uten adresse": "no_letter"}
    office.refused("letter", "labels", "kor", "--batch", 1, "-o", tmp_path / "x.pdf", code=2)


def test_labels_for_a_batch_are_for_those_alone_who_have_a_postal_address(office, tmp_path) -> None:
    office.ok("contact", "add", "Bare e-post", "Kari Nes", "--role", "leader")
    street = ("--email", "vei@lag.example", "--street", "Bruveien 2")
    office.ok("org", "add", "Bare gate", *street)
    office.ok("org", "add", "1905 Sylling", "--email", "stiftet@lag.example")
    what = ("letter", "render", "apen-dag", "--format", "txt", "-o", tmp_path / "brev")
    office(*what)
    for _again in range(2):
        made = labels(office, "--batch", 1)
        assert [row["name"] for row in made["printed"]] == ["Sylling songlag", "Ærfjell kor"]
        whys = {row["name"]: row["why"] for row in made["skipped"]}
        none = ("Bare e-post", "Bare gate", "1905 Sylling")
        assert whys == dict.fromkeys(none, "no_postal_address") | {"Uten adresse": "no_letter"}
        said = office("letter", "labels", "--batch", 1, "-o", office.file, "--overwrite").out
        assert re.search(r"Bare e-post +no postal address", said)
        office("letter", "sent", 1)


def test_labels_for_a_batch_leave_out_who_has_got_the_letter_in_another(office, tmp_path) -> None:
    office("letter", "render", "apen-dag", "-o", tmp_path / "brev", "--format", "txt")
    office.ok("letter", "render", "apen-dag", "Ærfjell", "-o", tmp_path / "to", "--format", "txt")
    office.ok("letter", "sent", 2)
    made = labels(office, "--batch", 1)
    assert [row["name"] for row in made["printed"]] == ["Sylling songlag"]
    assert {row["name"]: row["why"] for row in made["skipped"]}["Ærfjell kor"] == "already_sent"


def test_labels_of_what_was_posted_are_printed_whatever_was_posted_later(office, tmp_path) -> None:
    what = ("letter", "render", "apen-dag", "--format", "txt", "-o")
    office(*what, tmp_path / "brev")
    office("letter", "sent", 1)
    office(*what, tmp_path / "to", "--again")
    office("letter", "sent", 2)
    for batch in (1, 2):
        made = labels(office, "--batch", batch, "--overwrite")
        assert [row["name"] for row in made["printed"]] == ["Sylling songlag", "Ærfjell kor"]


def test_labels_for_a_batch_leave_out_who_may_not_be_written_to_any_more(office, tmp_path) -> None:
    where = ("--street", "Bruveien 4", "--postcode", "3410", "--city", "Sylling")
    office.ok("org", "add", "Lier hagelag", *where)
    office("letter", "render", "apen-dag", "-o", tmp_path / "brev", "--format", "txt")
    office.ok("org", "archive", "Sylling songlag")
    office.ok("org", "edit", "Ærfjell kor", "--no-mailings")
    made = labels(office, "--batch", 1)
    assert [row["name"] for row in made["printed"]] == ["Lier hagelag"]
    whys = {row["name"]: row["why"] for row in made["skipped"]}
    assert (whys["Sylling songlag"], whys["Ærfjell kor"]) == ("archived", "opted_out")
    said = office("letter", "labels", "--batch", 1, "-o", office.file, "--overwrite").out
    assert "archived" in said and "wants no mailings" in said


def test_labels_say_of_an_association_that_its_letter_names_somebody_protected(
    office, tmp_path
) -> None:
    words = ("letter", "render", "apen-dag", "--format", "txt", "-o", tmp_path / "brev")
    office(*words)
    office.ok("person", "edit", "Aud Kittilsen", "--protected", "--yes")
    made = labels(office, "--batch", 1)
    assert [row["name"] for row in made["printed"]] == ["Ærfjell kor"]
    whys = {row["name"]: row["why"] for row in made["skipped"]}
    assert whys["Sylling songlag"] == "names_protected"
    said = office("letter", "labels", "--batch", 1, "-o", office.file, "--overwrite").out
    assert "Sylling songlag  somebody whom the letter names is protected now: write it" in said
    office(*words, "--overwrite")
    made = labels(office, "--batch", 2)
    assert [row["name"] for row in made["printed"]] == ["Sylling songlag", "Ærfjell kor"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--sheet", "L9999"), 2),
        (("--skip", 21), 2),
        (("--skip", -1), 2),
        (("--for", "agreement"), 2),
        (("--batch", 99), 1),
        (("Uten",), 1),
        (("ingen",), 1),
    ],
)
def test_what_cannot_be_printed_is_refused_and_nothing_is_written(office, more, code) -> None:
    office.refused("letter", "labels", *more, "-o", office.file, code=code)
    assert not office.file.exists()


def test_a_file_that_is_there_is_kept_and_another_ending_refused(office, tmp_path) -> None:
    office.file.write_text("mine")
    for command in ("labels", "participants"):
        assert "--overwrite" in office.refused("letter", command, "-o", office.file)
        office.refused("letter", command, "-o", tmp_path / "x.docx", code=2)
    assert office.file.read_text() == "mine"


def test_the_same_labels_are_the_same_bytes_and_private(office) -> None:
    labels(office)
    first = office.file.read_bytes()
    labels(office)
    assert office.file.read_bytes() == first and office.file.stat().st_mode & 0o077 == 0


def test_a_list_of_participants_has_room_to_sign(office) -> None:
    words_ = ("--title", "Informasjonsdag", "--when", "Kulturhuset 15. mars", "--blank", 3)
    made = office.json("letter", "participants", *words_, "-o", office.file)
    assert [(row["association"], row["name"]) for row in made["participants"]] == [
        ("Bare e-post", None), ("Sylling songlag", "Aud Kittilsen"), ("Uten adresse", None),
        ("Ærfjell kor", None),
    ]  # fmt: skip
    found = words(office.file)
    text = " ".join(w[4] for w in found)
    assert "Informasjonsdag" in text and "Kulturhuset 15. mars" in text and "Signature" in text
    assert text.index("Sylling songlag") < text.index("Ærfjell kor")
    made = office.json("letter", "participants", "--for", "person", "Aud", "-o", office.file,
                       "--overwrite")  # fmt: skip
    assert made["participants"][0]["association"] == "Sylling songlag"


def test_the_lines_of_a_long_name_stand_equally_far_apart(office) -> None:
    name = "linje " * 16 + "kor"
    office.ok("org", "edit", "Sylling songlag", "--name", name)
    office.ok("letter", "participants", "id:1", "-o", office.file)
    tops = sorted({round(word[1], 1) for word in words(office.file) if word[4] == "linje"})
    steps = [below - above for above, below in pairwise(tops)]
    assert len(steps) > 1 and max(steps) - min(steps) < 0.3


@pytest.mark.parametrize(
    ("lang", "said"),
    [("nb", ["Deltakerliste", "Navn", "Lag"]), ("nn", ["Deltakarliste", "Namn", "Lag"])],
)
def test_a_list_speaks_the_language_of_who_writes_it(office, lang: str, said: list[str]) -> None:
    office("letter", "participants", "-o", office.file, lang=lang)
    assert set(said) <= {w[4] for w in words(office.file)}


def test_a_list_as_a_workbook_has_the_same_rows(office, tmp_path) -> None:
    file = tmp_path / "liste.xlsx"
    office.ok("letter", "participants", "kor", "-o", file)
    sheet = openpyxl.load_workbook(file).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["No.", "Name", "Association", "Signature"]
    assert rows[1][2] == "Ærfjell kor" and len(rows) == 2


def test_participants_are_taken_from_a_file_and_who_is_unknown_is_said(office, tmp_path) -> None:
    refs = tmp_path / "refs.txt"
    refs.write_text("Ærfjell\nSylling songlag\nIngen\n", "utf-8")
    done = office("letter", "participants", "--refs", refs, "-o", office.file, "--json")
    made = json.loads(done.out)
    assert done.code == 3 and made["skipped"] == [{"name": "Ingen", "why": "unknown"}]
    assert [row["association"] for row in made["participants"]] == [
        "Ærfjell kor", "Sylling songlag",
    ]  # fmt: skip
    office.refused("letter", "participants", "ingen-slik", "-o", tmp_path / "y.pdf")
    assert not (tmp_path / "y.pdf").exists()


def test_a_name_that_two_fit_is_listed_with_their_ids(office, tmp_path) -> None:
    refs = tmp_path / "refs.txt"
    refs.write_text("Uten adresse\ne\n", "utf-8")
    done = office("letter", "participants", "--refs", refs, "-o", office.file)
    assert done.code == 3 and re.search(r"fits more than one: \d+, \d+", done.out)
