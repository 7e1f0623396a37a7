"""`org import` and `volunteer import` as they are typed."""

import gzip
import json

import pytest

from frivillig_cli.cli import ask

CHOIR = [["Navn", "Tlf"], ["Lier sanglag", "32220100"]]


def test_a_dry_run_shows_and_changes_nothing(cli, write):
    assert "added" in cli.ok("org", "import", write(CHOIR), "--dry-run")
    assert cli.json("org", "list") == []


def test_without_a_terminal_it_refuses_unless_told_yes(cli, write):
    path = write(CHOIR)
    said = cli.refused("org", "import", path)
    assert "--yes" in said and "added" in said
    assert cli.json("org", "list") == []
    cli.ok("org", "import", path, "--yes")
    assert cli.json("org", "list")[0]["phone"] == "+4732220100"


def test_json_holds_the_keys_that_scripts_rely_on(cli, write):
    rows = [*CHOIR, ["leder@lag.example", "90111222"], ["Lier sanglag", ""]]
    done = cli("org", "import", write(rows), "--yes", "--json")
    data = json.loads(done.out)
    assert done.code == 3
    assert (data["created"], data["changed"], data["kept"], data["unchanged"]) == (1, 0, 0, 0)
    assert data["skipped"] == [{"row": 4, "why": "says the same as row 2"}]
    [refused] = data["rejected"]
    assert (refused["row"], refused["field"], refused["value"]) == (3, "name", "leder@lag.example")
    assert data["created_names"] == ["Lier sanglag"]
    assert (data["anomalies"], data["applied"]) == ([], True)


def test_the_same_file_again_is_done_and_changes_nothing(cli, write):
    path = write(CHOIR)
    cli.ok("org", "import", path, "--yes")
    data = cli.json("org", "import", path)
    assert (data["unchanged"], data["applied"]) == (1, False)
    cli.ok("org", "import", path, "--again", "--yes")


def test_an_import_is_one_entry_and_can_be_undone(cli, write):
    path = write([*CHOIR, ["Lier hagelag", ""]])
    cli.ok("org", "import", path, "--yes")
    cli.ok("undo", "--yes")
    assert cli.json("org", "list") == []
    assert cli.json("org", "import", path, "--yes")["created"] == 2


def test_volunteers_are_taken_in(cli, write):
    rows = [["Navn", "Mobil"], ["Kari Solli", "90 11 12 22 / 32 22 01 00"]]
    cli.ok("volunteer", "import", write(rows), "--yes")
    [kari] = cli.json("volunteer", "list")
    assert kari["phones"] == ["+4790111222", "+4732220100"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--fill", "--overwrite"], 2),
        (["--map", "Tlf"], 2),
        (["--map", "Fax=phone"], 2),
        (["--ask"], 1),
    ],
)
def test_wrong_use_changes_nothing_and_says_what_to_do(cli, write, words, code):
    said = cli.refused("org", "import", write(CHOIR), "--yes", *words, code=code)
    assert len(said.strip().splitlines()) >= 2


def test_ask_goes_through_what_differs(cli, write, monkeypatch):
    cli.ok("org", "add", "Lier sanglag", "--phone", "90111222", "--city", "Lier")
    monkeypatch.setattr(ask, "in_terminal", lambda: True)
    asked = []

    def choose(question, choices, default):
        asked.append(question)
        return "2"

    monkeypatch.setattr(ask, "choose", choose)
    rows = [[*CHOIR[0], "Sted"], [*CHOIR[1], "Lier"]]
    cli.ok("org", "import", write(rows), "--ask", "--yes")
    assert len(asked) == 1
    assert cli.json("org", "list")[0]["phone"] == "+4732220100"


def test_no_control_character_reaches_the_terminal(cli, write):
    items = [{"navn": "Lag\u001b[31m", "tlf": "x\u001b]0;y\u0007"}]
    done = cli("org", "import", write(items, "l.json"), "--yes")
    assert "\x1b" not in done.out + done.err and "\x07" not in done.out + done.err


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_what_the_program_lists_it_takes_in_again_unchanged(cli, tmp_path, ending):
    cli.ok(
        *("org", "add", "Lier sanglag", "--phone", "32220100", "--tag", "kor", "--tag", "sang"),
        *("--postcode", "0301", "--category", "1100", "--account", "8601.11.17947"),
    )
    path = tmp_path / f"lag.{ending}"
    path.write_text(cli.ok("org", "list", f"--{ending}"), encoding="utf-8")
    data = cli.json("org", "import", path, "--overwrite", "--dry-run")
    assert (data["unchanged"], data["rows"], data["changes"]) == (1, 1, [])


MANY = [["Navn", "Tlf"], *([f"Lag {n:03}", ""] for n in range(21))]


def test_more_than_twenty_rows_are_backed_up_first(cli, write, tmp_path):
    said = cli("org", "import", write(MANY), "--yes").err
    [backup] = cli.json("backup", "list")
    assert (backup["reason"], backup["path"] in said) == ("import", True)
    assert cli.json("--db", backup["path"], "org", "list") == []


def test_twenty_rows_and_a_dry_run_make_no_backup(cli, write):
    cli.ok("org", "import", write(MANY[:21]), "--yes")
    cli.ok("org", "import", write(MANY, "flere.csv"), "--dry-run")
    assert cli.json("backup", "list") == []


def test_a_backup_that_cannot_be_made_stops_no_import(cli, write, tmp_path):
    folder = tmp_path / "opptatt"
    folder.write_text("", encoding="utf-8")
    cli.ok("config", "set", "backup.folder", str(folder))
    done = cli("org", "import", write(MANY), "--yes")
    assert (done.code, "config set backup.folder" in done.err) == (0, True)
    assert len(cli.json("org", "list")) == 21


def test_with_yes_the_work_is_done_once(cli, write, monkeypatch):
    from frivillig_cli.work.imports import apply as module

    times = []
    real = module.apply
    monkeypatch.setattr(module, "apply", lambda *a, **k: times.append(1) or real(*a, **k))
    monkeypatch.setattr(
        "frivillig_cli.work.imports.job.apply", lambda *a, **k: times.append(2) or real(*a, **k)
    )
    cli.ok("org", "import", write(CHOIR), "--yes")
    assert times == [2]


def test_the_preview_and_the_work_say_the_same(cli, write):
    path = write([*CHOIR, ["Lier hagelag", "tull"], ["Egge kor", ""]])
    first = cli("org", "import", path, "--dry-run", "--json")
    then = cli("org", "import", path, "--yes", "--json")
    assert {**json.loads(first.out), "applied": True} == json.loads(then.out)
    assert first.code == then.code == 3


def test_a_csv_with_a_terminals_colours_is_read_and_cleaned(cli, write):
    path = write([["Navn", "Tlf"], ["\x1b[31mLier\x1b[0m sanglag", "\x1b[1m32220100\x1b[0m"]])
    cli.ok("org", "import", path, "--yes")
    [org] = cli.json("org", "list")
    assert (org["name"], org["phone"]) == ("Lier sanglag", "+4732220100")


def test_columns_that_were_chosen_are_proposed_for_the_next_file_of_the_shape(cli, write):
    head = ["Navn", "Gruppe", "Kode"]
    first = write([head, ["Lier sanglag", "kor", "x"]], "en.csv")
    cli.ok("org", "import", first, "--yes", "--map", "Gruppe=tags")
    for number, name in enumerate(["Lier hagelag", "Egge kor"]):
        path = write([head, [name, "hage", "y"]], f"{number}.csv")
        assert "time: Gruppe = tags" in cli.ok("org", "import", path, "--yes")
    last = write([head, ["Tranby vel", "vel", "z"]], "siste.csv")
    cli.ok("org", "import", last, "--yes", "--map", "gruppe=-", "--map", "Kode=tags")
    tags = {org["name"]: org["tags"] for org in cli.json("org", "list")}
    assert tags == {
        "Lier sanglag": ["kor"],
        "Lier hagelag": ["hage"],
        "Egge kor": ["hage"],
        "Tranby vel": ["z"],
    }


def test_macros_are_never_run_and_that_is_said(cli, write):
    import zipfile

    path = write(CHOIR, "liste.xlsx")
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"a macro")
    said = cli.ok("org", "import", path, "--dry-run")
    assert said.count("liste.xlsx holds macros; they were not run.") == 1


@pytest.mark.parametrize("name", ["-Fritt vilt", "=Likt", "@lag", "'=merket", "+pluss"])
def test_what_is_listed_as_csv_comes_back_as_it_was(cli, tmp_path, name):
    cli.ok("org", "add", "--", name)
    path = tmp_path / "lag.csv"
    path.write_text(cli.ok("org", "list", "--csv"), "utf-8")
    data = cli.json("org", "import", path, "--overwrite")
    assert (data["unchanged"], data["changed"], data["created"]) == (1, 0, 0)


def test_about_an_account_number_ask_warns_and_keeps_it_unless_told(cli, write, monkeypatch):
    cli.ok("org", "add", "Lier sanglag", "--city", "Lier", "--account", "8601.11.17947")
    monkeypatch.setattr(ask, "in_terminal", lambda: True)
    asked = []

    def choose(question, choices, default):
        asked.append(question)
        return default

    monkeypatch.setattr(ask, "choose", choose)
    rows = [["Navn", "Sted", "Kontonr"], ["Lier sanglag", "Lier", "12345678903"]]
    file = write(rows)
    shown = cli.ok("org", "import", file, "--dry-run")
    assert "stays: ring them first, then add --overwrite --confirm-account" in shown
    cli.ok("org", "import", file, "--ask", "--yes")
    assert len(asked) == 1 and "fraud" in asked[0] and "1234.56.78903 in the file" in asked[0]
    assert cli.json("org", "list")[0]["bank_account"] == "86011117947"


def test_a_folder_is_named_as_one(cli, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert f"{tmp_path} is a folder, not a file." in cli.refused("org", "import", ".")


@pytest.mark.parametrize("command", ["org import", "volunteer import", "org sync --from"])
@pytest.mark.parametrize("name", ["liste.csv", "liste.xlsx", "gammel.csv"])
def test_a_packed_list_is_refused_with_the_way_out(cli, write, name, command):
    encoding = "latin-1" if name == "gammel.csv" else "utf-8"
    plain = write([["Navn", "Sted"], ["Øvre kor", "Lier"]], name, encoding=encoding)
    packed = plain.with_name(f"{name}.gz")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    said = cli.refused(*command.split(), packed)
    assert f"{name}.gz is packed with gzip." in said and "Unpack it first" in said


@pytest.mark.parametrize("field", ["name", "navn", "Navn", "Lagets navn"])
def test_a_field_may_be_called_what_the_screen_calls_it(cli, write, field):
    path = write([["Kode", "Nr"], ["Lier kor", "90111222"], ["Egge vel", "90111223"]])
    words = ("--map", f"Kode={field}", "--map", "Nr=telefon", "--dry-run")
    said = cli("org", "import", path, *words, lang="nb")
    assert said.code == 0 and "Kode = navn, Nr = telefon" in said.out


def test_a_field_that_is_none_names_those_there_are_as_the_screen_does(cli, write):
    path = write([["Kode", "Nr"], ["Lier kor", "90111222"]])
    said = cli("org", "import", path, "--map", "Kode=navnet", lang="nb")
    assert said.code == 2 and "navn" in said.err and "organisasjonsnummer" in said.err
