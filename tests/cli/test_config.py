"""Settings: of this machine in a file, of the municipality in the register."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def file(cli) -> Path:
    return Path(os.environ["FRIVILLIG_CONFIG"])


def test_a_setting_is_kept_and_taken_away(cli, file: Path) -> None:
    file.write_text('# mine\nother = 1\n[backup]\nkeep = "x"\n', "utf-8")
    assert cli.json("config", "set", "user", "Kari") == {"user": "Kari"}
    assert cli.ok("config", "get", "user") == "Kari\n"
    assert cli.json("config", "set", "backup.folder", "") == {"backup.folder": None}
    assert cli.json("config", "set", "user", "") == {"user": None}
    assert cli.ok("config", "get", "user") == "–\n"
    assert file.read_text("utf-8").split() == '# mine other = 1 [backup] keep = "x"'.split()


def test_the_municipality_s_settings_follow_the_register_and_can_be_undone(cli, file: Path) -> None:
    cli.ok("config", "set", "letterhead.unit", "Frivilligsentralen")
    assert not file.exists()
    assert cli.json("config", "get", "letterhead.unit")["letterhead.unit"] == "Frivilligsentralen"
    cli.ok("undo")
    assert cli.json("config", "get", "letterhead.unit")["letterhead.unit"] is None


def test_the_list_shows_every_setting_also_without_a_register(bare_cli) -> None:
    shown = bare_cli.json("config", "list")
    assert {"db", "language", "backup.folder", "municipality.name"} <= set(shown)
    assert set(shown.values()) == {None}


def test_the_language_of_the_file_is_spoken(cli, file: Path, monkeypatch) -> None:
    from frivillig_cli.cli.app import run

    monkeypatch.setenv("LC_ALL", "C")
    cli.ok("config", "set", "language", "nb")
    assert run(["org", "show", "ingen"]) == 1
    assert "Ingenting" in cli._capsys.readouterr().err


@pytest.mark.parametrize(
    ("key", "value"),
    [("language", "xx"), ("nonsense", "1"), ("municipality.number", "12"), ("user", "13097248022")],
)
def test_a_value_that_cannot_be_is_refused(cli, key: str, value: str) -> None:
    assert "13097248022" not in cli.refused("config", "set", key, value)


@pytest.mark.parametrize("text", ["db = ", "[[[", "a = 1\na = 2\n", "\xff\xfe"])
def test_a_broken_file_is_refused_in_each_language_and_left_alone(cli, file, text: str) -> None:
    file.write_bytes(text.encode("latin-1"))
    for lang, word in (("nb", "Innstillingene"), ("en", "The settings")):
        for words in (("config", "list"), ("config", "set", "user", "Kari")):
            done = cli(*words, lang=lang)
            assert (done.code, done.out) == (1, "")
            assert word in done.err and str(file) in done.err
    assert file.read_bytes() == text.encode("latin-1")
    assert cli("org", "list").code == 0


def test_a_value_where_a_folder_of_settings_belongs_is_refused(cli, file: Path) -> None:
    file.write_text("backup = 1\n", "utf-8")
    assert "backup.folder" in cli.refused("config", "set", "backup.folder", "x")
    assert file.read_text("utf-8") == "backup = 1\n"


def test_a_folder_is_kept_whole(cli, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    kept = cli.json("config", "set", "backup.folder", "kopier")["backup.folder"]
    assert kept == str(tmp_path / "kopier")


def test_the_file_of_the_register_may_stand_in_the_config(cli, tmp_path, monkeypatch) -> None:
    other = tmp_path / "there" / "r.db"
    cli.ok("config", "set", "db", str(other))
    monkeypatch.delenv("FRIVILLIG_DB")
    assert str(other) in cli.refused("org", "list")
    assert cli.json("init")["path"] == str(other)


def test_the_file_is_on_the_disk_before_it_takes_its_name(cli, file: Path, monkeypatch) -> None:
    (file.parent / "config.toml.tmp").mkdir()  # what another program calls its own
    real, synced = os.fsync, []
    monkeypatch.setattr(os, "fsync", lambda number: (synced.append(file.exists()), real(number)))
    cli.ok("config", "set", "user", "Kari")
    assert synced[0] is False
    assert "Kari" in file.read_text("utf-8")


def test_what_cannot_take_its_name_leaves_the_file_as_it_was(cli, file: Path, monkeypatch) -> None:
    cli.ok("config", "set", "user", "Kari")
    before = set(file.parent.iterdir())

    def full(*_names: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    cli.refused("config", "set", "user", "Ola")
    assert "Kari" in file.read_text("utf-8")
    assert set(file.parent.iterdir()) == before
