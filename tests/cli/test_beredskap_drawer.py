"""Ready before it happens: what `check` finds, and the lists that are made ahead."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from frivillig_cli.documents import sheets_pdf
from frivillig_cli.documents.errors import DocumentError
from frivillig_cli.formats.tables import read_table
from frivillig_cli.formats.xlsx_read import read_workbook

HIDDEN = "90 11 12 99"


@pytest.fixture
def town(cli, tmp_path, monkeypatch):
    """A group with Kari (1, leader), Ola (2, deputy), Siv (3, protected), Per (4, away)."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("agreement", "add", 1, "Beredskap", "--kind", "beredskap", "--to", "2029-12-31")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    for name, number in (("Kari Vik", "90111222"), ("Ola Aas", "90111224"),
                         ("Siv Lund", "90111299"), ("Per Moe", "90111226")):  # fmt: skip
        cli.ok("volunteer", "add", name, "--phone", number)
    cli.ok("beredskap", "member", "add", 1, 1, "--role", "leader")
    cli.ok("beredskap", "member", "add", 1, 2, "--role", "deputy")
    cli.ok("beredskap", "member", "add", 1, 3, 4)
    cli.ok("person", "edit", 3, "--protected")
    cli.ok("beredskap", "absence", "add", 4, "--to", "2026-12-01")
    cli.ok("beredskap", "resource", "add", "Sanitetshuset", "--org", 1, "--key-holder", 1,
           "--second-key-holder", 3, "--capacity", 80)  # fmt: skip
    return cli


def found(cli, code=None):
    """The codes that `check` finds; the exit code says whether there are any."""
    done = cli("beredskap", "check", "--json")
    answer = json.loads(done.out)
    codes = [one["code"] for one in answer["findings"]]
    assert done.code == (3 if codes else 0) and answer["sound"] is (not codes)
    return codes if code is None else [one for one in answer["findings"] if one["code"] == code]


def make_ready(cli):
    cli.ok("beredskap", "revised", "--by", "Anne")
    cli.ok("agreement", "edit", 1, "--exercised", "2026-05-01")
    cli.ok("beredskap", "told", "--group", 1)
    for one in (1, 2, 3, 4):
        cli.ok("beredskap", "verify", one)
    cli.ok("beredskap", "plan", "-o", "plan.txt")
    cli.ok("beredskap", "pack", "drawer")


def test_one_who_is_ready_is_told_so(town) -> None:
    assert set(found(town)) == {
        "plan_not_revised", "no_exercise", "agreement_not_exercised", "never_told",
        "number_not_verified", "no_pack", "no_plan",
    }  # fmt: skip
    make_ready(town)
    assert found(town) == []
    assert "All is as it should be." in town.ok("beredskap", "check")
    shown = town.json("beredskap", "check")
    assert (shown["plan_revised"], shown["last_exercise"]) == ("2026-11-23", "2026-05-01")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("agreement_expires", ("agreement", "edit", 1, "--to", "2027-01-31")),
        ("agreement_expired", ("agreement", "edit", 1, "--to", "2026-11-22")),
        ("no_deputy", ("beredskap", "member", "add", 1, 2, "--role", "member")),
        ("no_leader", ("beredskap", "member", "add", 1, 1, "--role", "member")),
        ("empty_group", ("beredskap", "group", "add", "Vakt", "--org", 1)),
        ("no_number", ("person", "edit", 2, "--phone", "")),
        ("never_told", ("beredskap", "member", "add", 1, 5)),
        ("other_duty", ("beredskap", "duty", "add", 2, "Sivilforsvaret")),
        ("no_key_holder", ("beredskap", "resource", "edit", 1, "--key-holder", "")),
        ("number_not_verified", ("person", "edit", 2, "--callout-number", "90111333")),
    ],
)
def test_each_thing_that_is_wrong_is_found_with_the_way_out(town, code, words) -> None:
    town.ok("volunteer", "add", "Eva Ny", "--phone", "90111444")
    town.ok("beredskap", "verify", 5)
    make_ready(town)
    town.ok(*words)
    [one] = found(town, code)
    assert "frivillig" in one["way_out"]


def test_a_group_that_shares_one_number_is_found(town) -> None:
    make_ready(town)
    town.ok("beredskap", "group", "add", "Par", "--org", 1)
    town.ok("volunteer", "add", "Eva Vik", "--phone", "90111222", "--new-person")
    town.ok("beredskap", "member", "add", "Par", 1, "--role", "leader")
    town.ok("beredskap", "member", "add", "Par", 5, "--role", "deputy")
    assert "Par" in found(town, "one_number")[0]["what"]


@pytest.mark.parametrize(
    ("later", "codes"),
    [
        ("2027-02-22T10:00:00+00:00", []),  # 91 days after
        ("2027-11-23T10:00:00+00:00", ["pack_old"]),
        (
            "2027-11-24T10:00:00+00:00",
            ["plan_not_revised", "number_not_verified", "pack_old", "plan_old"],
        ),
        (
            "2028-05-02T10:00:00+00:00",
            ["plan_not_revised", "no_exercise", "number_not_verified", "pack_old", "plan_old"],
        ),
    ],
)
def test_what_was_right_grows_old(town, monkeypatch, later, codes) -> None:
    town.ok("config", "set", "beredskap.pack_days", "91")
    make_ready(town)
    monkeypatch.setenv("FRIVILLIG_CLOCK", later)
    assert found(town) == codes


def test_an_old_pack_says_how_much_has_changed_since(town, monkeypatch) -> None:
    make_ready(town)
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-03-01T10:00:00+00:00")
    town.ok("org", "edit", 1, "--city", "Lier")  # stands on no list
    town.ok("beredskap", "duty", "add", 2, "Sykehuset")
    town.ok("person", "edit", 1, "--phone", "90111777")
    assert "98 days ago; 2 changes since" in found(town, "pack_old")[0]["what"]


def test_a_number_that_was_answered_is_known_to_be_right(town) -> None:
    make_ready(town)
    town.ok("person", "edit", 2, "--callout-number", "90111333")
    assert found(town) == ["number_not_verified"]
    town.ok("beredskap", "activate", "Test", "--contact-test", "-o", "test")
    town.ok("beredskap", "call", 2, "yes")
    assert found(town) == []


def test_an_exercise_counts_and_wants_an_evaluation(town) -> None:
    make_ready(town)
    town.ok("agreement", "edit", 1, "--exercised", "")
    assert set(found(town)) == {"no_exercise", "agreement_not_exercised"}
    number = town.json("beredskap", "activate", "Flom", "--exercise", "-o", "f")["number"]
    town.ok("beredskap", "call", 2, "no")
    assert "no_exercise" in found(town), "it is not over"
    town.ok("beredskap", "end", "--yes")
    assert found(town) == ["no_evaluation"]
    shown = town.json("agreement", "show", 1)
    assert (shown["exercised"], shown["exercised_in"]) == ("2026-11-23", number)
    assert len(town.json("agreement", "list", "exercised:2026")) == 1
    [one] = found(town, "no_evaluation")
    assert number in one["way_out"]
    town.ok("beredskap", "evaluate", number, "--well", "Alle kom")
    assert found(town) == []


def test_an_exercise_in_which_nobody_was_asked_was_not_held(town) -> None:
    make_ready(town)
    town.ok("agreement", "edit", 1, "--exercised", "")
    town.ok("beredskap", "activate", "Flom", "--exercise", "-o", "f")
    town.ok("beredskap", "end", "--yes")
    assert {"no_exercise", "agreement_not_exercised"} <= set(found(town))
    assert "No exercise has been held yet" in town("beredskap", "exercise", "list").err
    town.ok("beredskap", "reopen", "--reason", "nå ringer vi")
    town.ok("beredskap", "call", 2, "no")
    town.ok("beredskap", "call", 2, "undo")
    town.ok("beredskap", "end", "--yes")
    assert "no_exercise" in found(town)
    town.ok("beredskap", "reopen", "--reason", "nå ringer vi")
    town.ok("beredskap", "call", 2, "no")
    town.ok("beredskap", "end", "--yes")
    assert "no_exercise" not in found(town)
    assert "The last exercise was" in town("beredskap", "exercise", "list").err


def test_a_cancelled_exercise_is_none(town) -> None:
    make_ready(town)
    town.ok("agreement", "edit", 1, "--exercised", "")
    town.ok("beredskap", "activate", "Flom", "--exercise", "-o", "f")
    town.ok("beredskap", "cancel", "--reason", "feil", "--yes")
    assert "agreement_not_exercised" in found(town)


# the plan's annex


@pytest.mark.parametrize("ending", ["pdf", "html", "xlsx", "txt"])
def test_the_plan_is_written_in_the_format_of_its_name(town, tmp_path, ending) -> None:
    made = town.json("beredskap", "plan", "-o", f"plan.{ending}", "--responsible", "Anne Berg")
    path = tmp_path / f"plan.{ending}"
    assert path.stat().st_size and (made["responsible"], made["people"]) == ("Anne Berg", 4)
    assert made["files"][0]["rows"] == 6  # four people, one agreement, one house
    text = as_text(path)
    for words in ("Kari Vik", "90 11 12 22", "Siv Lund", "protected", "Sanitetshuset"):
        assert words in text
    assert HIDDEN not in text and "90111299" not in text
    if ending != "xlsx":
        assert "Responsible: Anne Berg" in text and "Data as of 23 November 2026" in text


def as_text(path) -> str:
    if path.suffix == ".pdf":
        if shutil.which("pdftotext") is None:
            pytest.skip("poppler is not installed")
        done = subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        )
        return done.stdout
    if path.suffix == ".xlsx":
        sheets = read_workbook(path).sheets
        return "\n".join(str(row) for sheet in sheets for row in sheet.rows)
    return path.read_text("utf-8")


def test_a_plan_without_a_known_ending_or_folder_is_refused(town, tmp_path) -> None:
    town.refused("beredskap", "plan", "-o", "plan.doc")
    town.refused("beredskap", "plan", "-o", "nowhere/plan.pdf")
    assert "no_plan" in found(town)
    assert not list(tmp_path.glob("plan*"))


def test_a_plan_that_cannot_be_typeset_is_refused_and_nothing_is_recorded(
    town, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(sheets_pdf, "write_sheets_pdf", broken)
    said = town.refused("beredskap", "plan", "-o", "plan.pdf")
    assert ".html" in said and ".." not in said and "no_plan" in found(town)
    assert not list(tmp_path.glob("*plan*"))
    told = town("--debug", "beredskap", "plan", "-o", "plan.pdf").err
    assert "DocumentError" in told and said in told


def broken(*_rest):
    raise DocumentError("The document cannot be typeset.")


# the pack


def test_the_pack_holds_every_list_and_says_how_old_it_is(town, tmp_path) -> None:
    town.ok("config", "set", "beredskap.responsible", "Anne Berg")
    made = town.json("beredskap", "pack", "drawer")
    folder = tmp_path / "drawer"
    names = {path.name for path in folder.iterdir()}
    assert names == {one["file"].rpartition("/")[2] for one in made["files"]}
    assert names == {
        "0-Read-this-first.pdf", "0-Read-this-first.txt", "Call-list-Omsorg.pdf",
        "Call-list-Omsorg.html", "Call-list-Omsorg.xlsx", "Call-list-Omsorg.vcf",
        "Resource-overview.pdf", "Resource-overview.html", "Plan-annex.pdf", "Plan-annex.html",
        "Plan-annex.xlsx", "Log-sheet.pdf",
    }  # fmt: skip
    rows = {one["file"].rpartition("/")[2]: one["rows"] for one in made["files"]}
    assert (rows["Call-list-Omsorg.xlsx"], rows["Call-list-Omsorg.vcf"]) == (4, 2)
    assert made["too_old_after"] == "2027-02-21" and made["failed"] == []
    for path in folder.glob("*.pdf"):
        pages = as_text(path).split("\f")[:-1]
        assert all("Data as of 23 November 2026" in page for page in pages), path
        assert all("Too old after 21 February 2027" in page for page in pages), path
    for path in folder.iterdir():
        assert HIDDEN not in as_text(path) and "+4790111299" not in as_text(path), path


def test_one_who_is_away_stands_apart_with_the_number_for_later(town, tmp_path) -> None:
    town.ok("beredskap", "duty", "add", 2, "Sykehuset")
    town.ok("beredskap", "pack", "drawer")
    rows = read_table(tmp_path / "drawer" / "Call-list-Omsorg.xlsx").rows
    text = {name: str(row) for row in rows for name in ("Per Moe", "Ola Aas") if name in str(row)}
    assert "away" in text["Per Moe"] and "has another duty in a crisis" in text["Ola Aas"]
    page = (tmp_path / "drawer" / "Call-list-Omsorg.html").read_text("utf-8")
    after = page[page.index("Left out</h2>") :]
    assert "90 11 12 26" in after and "01.12.2026" in after  # away until then
    assert "90 11 12 24" not in page  # bound elsewhere: not to be called


def test_a_pack_without_a_typesetter_has_text_in_its_place(town, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(sheets_pdf, "write_sheets_pdf", broken)
    done = town("beredskap", "pack", "drawer")
    assert done.code == 3 and "could not be made" in done.err
    names = {path.name for path in (tmp_path / "drawer").iterdir()}
    assert {"Call-list-Omsorg.txt", "Call-list-Omsorg.html", "Log-sheet.txt"} <= names
    assert not any(name.endswith(".pdf") for name in names)
    text = (tmp_path / "drawer" / "Call-list-Omsorg.txt").read_text("utf-8")
    assert "90 11 12 22" in text and HIDDEN not in text


def test_a_stick_that_cannot_be_written_to_is_refused_and_not_remembered(
    town, tmp_path, monkeypatch
) -> None:
    (tmp_path / "stick").mkdir()
    make = Path.mkdir

    def read_only(path, *rest, **more):
        if path.parent.name == "stick":
            raise OSError(errno.EROFS, "Read-only file system")
        make(path, *rest, **more)

    monkeypatch.setattr(Path, "mkdir", read_only)
    assert "may not write" in town.refused("beredskap", "pack", "stick")
    assert "no_pack" in found(town) and not list((tmp_path / "stick").iterdir())


def test_a_pack_is_whole_or_not_there(town, tmp_path, monkeypatch) -> None:
    town.ok("beredskap", "pack", "drawer")
    before = {path.name: path.read_bytes() for path in (tmp_path / "drawer").iterdir()}
    town.ok("person", "edit", 1, "--name", "Kari Nilsen")
    (tmp_path / "drawer" / "Plan-annex.pdf").unlink()
    (tmp_path / "drawer" / "Plan-annex.pdf").mkdir()  # it cannot be put in place
    del before["Plan-annex.pdf"]
    town.refused("beredskap", "pack", "drawer")
    after = {p.name: p.read_bytes() for p in (tmp_path / "drawer").iterdir() if p.is_file()}
    assert after == before


def test_files_of_an_earlier_pack_are_pointed_out(town, tmp_path) -> None:
    town.ok("beredskap", "pack", "drawer")
    town.ok("beredskap", "group", "edit", 1, "--name", "Vakt")
    left = town.json("beredskap", "pack", "drawer")["left_from_before"]
    assert sorted(path.rpartition("/")[2] for path in left) == [
        f"Call-list-Omsorg.{ending}" for ending in ("html", "pdf", "vcf", "xlsx")
    ]


def test_two_groups_of_one_name_get_files_of_their_own(town, tmp_path) -> None:
    town.ok("org", "add", "Lier Røde Kors")
    town.ok("beredskap", "group", "add", "Omsorg", "--org", 2)
    town.ok("beredskap", "pack", "drawer")
    assert len(list((tmp_path / "drawer").glob("Call-list-Omsorg*.pdf"))) == 2


def test_in_bokmal_the_files_have_bokmal_names(town, tmp_path) -> None:
    done = town("beredskap", "pack", "skuff", lang="nb")
    assert done.code == 0
    names = {path.name for path in (tmp_path / "skuff").iterdir()}
    assert {"0-Les-dette-først.pdf", "Ringeliste-Omsorg.pdf", "Loggark.pdf"} <= names


# agreements


def test_an_agreement_says_who_calls_whom_and_who_pays_a_search(town) -> None:
    made = town.json(
        "agreement", "edit", 1, "--municipality-contact", "32 22 01 00", "--municipality-stand-in",
        "Brannvakten", "--association-contact", "Kari, 90 11 12 22", "--association-stand-in",
        "Ola", "--confidentiality", "signert", "--event-payer", "municipality",
    )  # fmt: skip
    assert (made["association_contact"], made["confidentiality"]) == (
        "Kari, 90 11 12 22", "signert",
    )  # fmt: skip
    flood = town.json("beredskap", "activate", "Flom", "--dry-run")
    search = town.json("beredskap", "activate", "Leting", "--search", "--dry-run")
    assert (flood["payer"], search["payer"]) == ("municipality", "rescue_service")
    town.ok("agreement", "edit", 1, "--rescue-payer", "other")
    search = town.json("beredskap", "activate", "Leting", "--search", "--dry-run")
    assert (search["payer"], search["agreements"][0]["payer"]) == ("other", "other")
    town.refused("beredskap", "activate", "X", "--search", "--exercise", "--dry-run", code=2)


def test_another_who_pays_is_named_in_the_plan(town, tmp_path) -> None:
    town.ok("agreement", "edit", 1, "--event-payer", "other")
    town.ok("beredskap", "plan", "-o", "before.txt")
    town.ok("agreement", "party", 1, "--name", "Lier Røde Kors")
    town.ok("agreement", "contribution", 1, "Lier Røde Kors", "alt", "--kind", "payment")
    town.ok("beredskap", "plan", "-o", "after.txt")
    before, after = ((tmp_path / f"{name}.txt").read_text("utf-8") for name in ("before", "after"))
    assert "incident: another" in before and "incident: Lier Røde Kors" in after


def test_a_search_is_told_in_the_log(town) -> None:
    town.ok("beredskap", "activate", "Leting", "--search", "-o", "l")
    assert "search led by the police" in town.ok("beredskap", "log")


def test_what_is_promised_can_be_found(town) -> None:
    town.ok("agreement", "contribution", 1, "Sanitet", "Huset", "--kind", "premises")
    made = town.json("agreement", "contribution", 1, "Sanitet", "Folk", "--kind", "people")
    assert [one["kind"] for one in made["contributions"]] == ["premises", "people"]
    assert len(town.json("agreement", "list", "promises:premises")) == 1
    assert town.json("agreement", "list", "promises:food") == []
    town.refused("agreement", "contribution", 1, "Sanitet", "Annet", "--kind", "tull", code=2)
    town.ok("agreement", "party", 1, "--name", "Lier kommune")
    assert len(town.json("agreement", "list", "party:kommune")) == 1


def test_a_pack_of_one_person_says_so(town) -> None:
    town.ok("beredskap", "member", "remove", 1, 2, 3, 4)
    assert " filer i skuff, med 1 person.\n" in town("beredskap", "pack", "skuff", lang="nb").out
    town.ok("beredskap", "member", "add", 1, 2)
    assert " files in skuff, of 2 people.\n" in town.ok("beredskap", "pack", "skuff")


def test_groups_whose_names_differ_in_case_only_have_a_file_each(town) -> None:
    done = town("beredskap", "group", "add", "OMSORG", "--org", 1)
    assert "is called the same" in done.err and "group edit 2 --name NAME" in done.err
    assert "is called the same" not in town("beredskap", "group", "add", "Ny", "--org", 1).err
    town.ok("beredskap", "pack", "skuff")
    names = [path.name.casefold() for path in Path("skuff").iterdir()]
    assert len(set(names)) == len(names)
    assert "call list omsorg 2.pdf" in {name.replace("-", " ") for name in names}


def test_one_who_is_archived_is_told_as_that_and_asked_about_as_nothing_else(town) -> None:
    make_ready(town)
    town.ok("volunteer", "add", "Eva Ny", "--phone", "90111444")
    town.ok("volunteer", "archive", "Eva Ny")
    assert "(archived)" in town.ok("beredskap", "member", "add", 1, "Eva Ny")
    shown = town.json("beredskap", "group", "show", 1)["members"]
    assert [one["name"] for one in shown if one["archived"]] == ["Eva Ny"]
    [one] = found(town, "archived_member")
    assert "Eva Ny" in one["what"] and "volunteer restore 5" in one["way_out"]
    assert set(found(town)) == {"archived_member"}  # neither never told, nor not verified
    town.ok("beredskap", "member", "remove", 1, "Eva Ny")
    assert found(town) == []
