"""A group of four, and how a command is typed: what tests of `beredskap` begin with."""

from __future__ import annotations

import json

import pytest

from frivillig_cli.cli.app import run


@pytest.fixture
def do(tmp_path, monkeypatch, capsys):
    """Type one command; returns what it printed as JSON (or its lines), checks the exit code."""
    monkeypatch.setenv("FRIVILLIG_DB", str(tmp_path / "register.db"))
    monkeypatch.setenv("FRIVILLIG_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("FRIVILLIG_LANG", "en")
    monkeypatch.setenv("FRIVILLIG_USER", "anne")
    monkeypatch.chdir(tmp_path)

    def do(*words, code=0, as_json=True):
        found = run([*map(str, words), *(["--json"] if as_json else [])])
        done = capsys.readouterr()
        assert found == code, done.err
        if code in (1, 2):
            assert done.out == ""
            assert "Traceback" not in done.err
            return done.err
        return json.loads(done.out) if as_json else done.out

    do("init", "--kommune", "3312", "--name", "Lier kommune")
    return do


@pytest.fixture
def group(do):
    """A group (1) with Kari (1, leader), Ola (2, protected), Per (3, the same number as Kari)."""
    do("org", "add", "Lier sanitetsforening")
    do(
        "agreement",
        "add",
        1,
        "Beredskapsavtale",
        "--kind",
        "beredskap",
        "--from",
        "2020-01-01",
        "--to",
        "2099-12-31",
        "--exercise-payer",
        "association",
        "--event-payer",
        "municipality",
    )
    do("beredskap", "group", "add", "Omsorg", "--org", 1)
    do("volunteer", "add", "Kari Bakken", "--phone", "90111221", "--skill", "omsorg")
    do("volunteer", "add", "Ola Skjult", "--phone", "90111222", "--street", "Skjultveien 9")
    do("volunteer", "add", "Per Aas", "--phone", "90111221", "--new-person")
    do("volunteer", "add", "Taus Uten")
    do("person", "edit", 2, "--protected")
    do("beredskap", "member", "add", 1, 1, "--role", "leader")
    do("beredskap", "member", "add", 1, 2, 3, 4)
    return 1  # fmt: skip
