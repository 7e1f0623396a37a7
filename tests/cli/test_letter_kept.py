"""What went out is kept: shown again byte for byte, numbered in its case, told to the journal."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest


@pytest.fixture
def office(cli, tmp_path):
    """Two associations, and a template of one's own that says their names."""
    cli.ok("org", "add", "Sylling songlag", "--email", "post@sylling.example", "--language", "nn")
    cli.ok("org", "add", "Egge barnekor", "--email", "kor@egge.example")
    cli.own = tmp_path / "templates"
    cli.own.mkdir()
    write(cli, "Hei, {{ org.name }}.")
    cli.folder = tmp_path / "brev"
    return cli


def write(cli, body: str) -> None:
    for language, title in (("nb", "Åpen dag"), ("nn", "Open dag")):
        head = f"---\ntitle: {title}\nlanguage: {language}\n---\n{body}\n"
        (cli.own / f"mal.{language}.md").write_text(head, "utf-8")


def render(office, *words: object, folder: str = "brev") -> dict[str, Path]:
    done = office("letter", "render", "mal", *words, "-o", office.folder.parent / folder, "--json")
    assert done.code in (0, 3), done.err
    return {row["name"]: Path(row["file"]) for row in json.loads(done.out)["rendered"]}


def log(office, batch: int = 1) -> dict[str, dict]:
    return {row["name"]: row for row in office.json("letter", "log", batch)}


@pytest.mark.parametrize("format", ["pdf", "docx", "html", "txt"])
def test_what_was_sent_is_shown_byte_for_byte_whatever_happens_to_the_rest(
    office, tmp_path, format: str
) -> None:
    files = render(office, "--format", format)
    went_out = {name: path.read_bytes() for name, path in files.items()}
    office.ok("letter", "sent", "1")
    shutil.rmtree(office.folder)
    write(office, "Noe helt annet.")
    office.ok("config", "set", "municipality.name", "Nye kommune")
    office.ok("org", "edit", "2", "--name", "Egge jentekor", "--email", "ny@egge.example")
    for name, data in went_out.items():
        to = tmp_path / f"igjen.{format}"
        office.ok("letter", "show", "1", name, "-o", to, "--overwrite")
        assert to.read_bytes() == data
        assert "--overwrite" in office.refused("letter", "show", "1", name, "-o", to)
    office.ok("letter", "show", "1", "-o", tmp_path / "alle")
    office.ok("letter", "show", "1", "-o", tmp_path / "alle")  # the same files
    next((tmp_path / "alle").iterdir()).write_text("mitt")
    office.refused("letter", "show", "1", "-o", tmp_path / "alle")
    office.ok("letter", "show", "1", "-o", tmp_path / "alle", "--overwrite")
    found = {path.name: path.read_bytes() for path in (tmp_path / "alle").iterdir()}
    assert found == {files[name].name: data for name, data in went_out.items()}


def test_a_merged_file_is_kept_once_and_is_everybodys(office, tmp_path) -> None:
    file = render(office, "--merge")["Egge barnekor"]
    data = file.read_bytes()
    office.ok("letter", "sent", "1")
    office.ok("letter", "show", "1", "-o", tmp_path / "alle")
    assert [path.read_bytes() for path in (tmp_path / "alle").iterdir()] == [data]
    assert len({row["kept"] for row in log(office).values()}) == 1


def test_show_says_to_whom_when_how_and_from_which_template(office) -> None:
    render(office, "--case-number", "2026/1234", "--format", "txt", "--exempt", "offl. § 13")
    office.ok("letter", "sent", "1", "--date", "2026-11-20")
    shown = office.json("letter", "show", "1", "egge")
    assert shown["sent"] == "2026-11-20" and shown["sent_how"] == "post"
    assert shown["registered"] == "2026-11-23T10:00:00+00:00"
    assert shown["address"] == "Egge barnekor" and "Hei, Egge barnekor." in shown["text"]
    assert shown["kept"] == shown["sha256"] and shown["state"] == "sent"
    assert "offl. § 13" in shown["text"]
    said = office.ok("letter", "show", "1", "2")
    assert "20 November 2026 by post" in said and "2026/1234-1" in said
    whole = office.json("letter", "show", "1")
    assert whole["status"] == "sent" and len(whole["letters"]) == 2


def test_a_draft_and_one_left_out_have_gone_nowhere(office) -> None:
    office.ok("org", "add", "Uten adresse")
    render(office)
    assert "has not gone out" in office.refused("letter", "show", "1", "egge")
    assert "was left out" in office.refused("letter", "show", "1", "uten")
    office.refused("letter", "show", "1", "finnes ikke")
    assert "fits 2" in office.refused("letter", "show", "1", "g")
    office.refused("letter", "show", "9")
    office.ok("letter", "sent", "1")
    office.refused("letter", "show", "1", "egge", "-o", office.folder / "x.docx", code=2)


def test_each_letter_of_a_case_gets_the_next_number_of_it(office) -> None:
    for folder in ("a", "b"):
        render(office, "--case-number", "2026/1234", "--again", folder=folder)
    render(office, "--case-number", "2026/99", "--again", folder="c")
    assert log(office, 1)["Egge barnekor"]["document_number"] is None
    office.ok("letter", "sent", "2", "--first-document", "7")
    office.ok("letter", "sent", "1")
    office.ok("letter", "sent", "3")
    numbers = [
        [row["document_number"] for row in office.json("letter", "log", n)] for n in (1, 2, 3)
    ]
    assert numbers == [
        ["2026/1234-9", "2026/1234-10"], ["2026/1234-7", "2026/1234-8"],
        ["2026/99-1", "2026/99-2"],
    ]  # fmt: skip
    render(office, "--case-number", "2026/99", "--again", folder="d")
    assert "is taken" in office.refused("letter", "sent", "4", "--first-document", "2")


def test_files_that_were_changed_or_are_gone_are_not_recorded_unseen(office, tmp_path) -> None:
    files = render(office, "--format", "txt")
    changed = files["Egge barnekor"]
    changed.write_bytes(b"rettet for hand")
    assert changed.name in office.refused("letter", "sent", "1")
    files["Sylling songlag"].unlink()
    said = office.refused("letter", "sent", "1", "--as-they-are")
    assert files["Sylling songlag"].name in said
    done = office("letter", "sent", "1", "--as-they-are", "--no-copy")
    assert done.code == 0 and "1 of them have no copy" in done.err
    office.ok("letter", "show", "1", "egge", "-o", tmp_path / "x.txt")
    assert (tmp_path / "x.txt").read_bytes() == b"rettet for hand"
    assert "no copy" in office.refused("letter", "show", "1", "sylling")
    assert office("letter", "show", "1", "-o", tmp_path / "alle").code == 3


def test_sent_can_be_undone_and_done_again(office, tmp_path) -> None:
    files = render(office, "--case-number", "2026/1")
    office.ok("letter", "sent", "1")
    office.ok("undo")
    row = log(office)["Egge barnekor"]
    assert (row["state"], row["document_number"], row["kept"]) == ("draft", None, None)
    assert office.json("letter", "journal") == []
    office.ok("redo")
    office.ok("letter", "show", "1", "egge", "-o", tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes() == files["Egge barnekor"].read_bytes()
    assert office("doctor").code == 0


def test_a_copy_that_is_damaged_is_found_and_never_shown(office) -> None:
    import sqlite3

    render(office)
    office.ok("letter", "sent", "1")
    with sqlite3.connect(office.path) as damaged:
        damaged.execute("UPDATE letter_file SET start = start + 1")
    damaged.close()
    assert "not whole" in office.refused("letter", "show", "1", "egge")
    done = office("doctor", "--json")
    assert done.code == 3 and "letter_copy" in done.out


def test_the_log_of_one_batch_is_in_the_order_of_the_names(office) -> None:
    for name in ("Ås kor", "Aker kor", "Ørje kor"):
        office.ok("org", "add", name, "--email", "kor@kor.example", "--yes")
    office.ok("org", "archive", "Aker kor", "--yes")
    render(office)
    names = ["Aker kor", "Egge barnekor", "Sylling songlag", "Ørje kor", "Ås kor"]
    shown = [row["name"] for row in office.json("letter", "log", "1")]
    assert [name for name in shown if name in names] == names
    assert [row["name"] for row in office.json("letter", "log", "1", "--sort", "name")] == shown
    assert [row["name"] for row in office.json("letter", "show", "1")["letters"]] == shown
    turned = office.json("letter", "log", "1", "--sort", "-name")
    assert [row["name"] for row in turned] == shown[::-1]


def test_the_log_is_filtered_as_lists_are(office) -> None:
    render(office, "egge", "--case-number", "2026/1", folder="a")
    render(office, "sylling", folder="b")
    office.ok("letter", "sent", "1")
    picked = lambda *words: [row["id"] for row in office.json("letter", "log", *words)]  # noqa: E731
    assert picked() == [2, 1] and picked("status:draft") == [2] and picked("case:2026/1") == [1]
    assert picked("recipient:sylling") == [2] and picked("egge") == [1]
    assert picked("sent:2026-11") == [1] and picked("template:mal", "^id:1") == [2]
    assert picked("sent:") == [2]
    office.refused("letter", "log", "farge:blå")
    office.refused("letter", "log", "status:borte")


def test_the_journal_has_what_the_regulation_asks_for(office, tmp_path) -> None:
    render(office, "--case-number", "2026/1234", "--exempt", "offl. § 13", folder="a")
    render(office, "sylling", "--again", folder="b")
    assert office.json("letter", "journal") == []
    done = office("letter", "sent", "1", "--date", "2026-11-20")
    assert done.code == 0 and "dated 23 November 2026, after the day" in done.err
    assert office.json("letter", "log", "id:1")[0]["sent"] == "2026-11-20"
    office.ok("letter", "sent", "2")
    entries = office.json("letter", "journal")
    assert [entry["number"] for entry in entries] == ["B1-1", "B1-2", "B2-3"]
    first = entries[0]
    assert first["document_number"] == "2026/1234-1" and first["title"] == "Åpen dag"
    assert first["recipient"] == "Egge barnekor" and first["direction"] == "U"
    assert first["document_date"][:10] == "2026-11-23" and first["sent"] == "2026-11-20"
    assert first["registered"] and first["exempt"] == "offl. § 13"
    assert [e["number"] for e in office.json("letter", "journal", "sylling", "^case:")] == ["B1-2"]
    assert len(office.json("letter", "journal", "mal")) == 3  # by its template
    assert len(office.json("letter", "journal", "--to", "2026-11-21")) == 2
    assert len(office.json("letter", "journal", "--from", "2026-11-21")) == 1
    assert "2026/1234-2" in office.ok("letter", "journal", "--csv")
    done = office("letter", "journal", "-o", tmp_path / "j.csv", lang="nb")
    assert done.code == 0, done.err
    with (tmp_path / "j.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert rows[0]["Dokumentnummer"] == "2026/1234-1"
    assert rows[0]["Unntatt offentlighet"] == "offl. § 13"
    assert rows[0]["Registrert"] == "2026-11-23T11:00+01:00"
    assert rows[2]["Unik id"] == "B2-3" and rows[2]["Dokumentdato"] == "2026-11-23"
    office.refused("letter", "journal", "-o", tmp_path / "j.xlsx", code=2)
    office.refused("letter", "journal", "--from", "noe")


def test_the_address_of_who_became_protected_is_shown_no_more(office) -> None:
    (office.own / "fr.nb.md").write_text(
        "---\ntitle: Takk\nlanguage: nb\nrecipients: volunteer\n---\nHei.\n", "utf-8"
    )
    office.ok("volunteer", "add", "Kari Nordli", "--street", "Hjemme 1", "--postcode", "3410",
              "--city", "Sylling")  # fmt: skip
    office.ok("letter", "render", "fr", "-o", office.folder, "--format", "html")
    office.ok("letter", "sent", "1")
    assert "Hjemme 1" in office.json("letter", "show", "1", "kari")["address"]
    office.ok("person", "edit", "kari", "--protected")
    assert office.json("letter", "show", "1", "kari")["address"] is None


def test_170_letters_are_kept_in_a_quarter_of_their_size(office) -> None:
    for n in range(40):
        office.ok("org", "add", f"Lag {n:02}", "--email", "x@x.example")
    files = render(office)
    before = office.path.stat().st_size
    office.ok("letter", "sent", "1")
    whole = sum(path.stat().st_size for path in files.values())
    assert office.path.stat().st_size - before < whole / 3


def test_letters_are_found_by_the_norwegian_day_they_were_sent(office, monkeypatch) -> None:
    render(office)
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-12-02T00:30:00+01:00")
    office.ok("letter", "sent", "1")
    for command in (("letter", "log"), ("letter", "journal")):
        assert office.json(*command, "sent:2026-12-01") == []
        assert len(office.json(*command, "sent:2026-12-02")) == len(office.json(*command)) > 0
    assert office.json("letter", "journal", "registered:..2026-12-01") == []
    assert len(office.json("letter", "journal", "registered:2026-12-02")) == 2
