"""The program as it is typed, run in this process on a register of its own."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from frivillig_cli.cli.app import run
from frivillig_cli.core.i18n import set_language

# A slow machine is not a wrong program: no test is held to a time.
settings.register_profile("frivillig", deadline=None)
settings.load_profile("frivillig")

CLOCK = "2026-11-23T10:00:00+00:00"


@dataclass(frozen=True)
class Result:
    """One run: its exit code, what it printed as result, and what it said beside it."""

    code: int
    out: str
    err: str


class Cli:
    """`cli("org", "list")` runs one command line on the register at `path`."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._capsys = capsys

    def __call__(self, *arguments: object, lang: str = "en") -> Result:
        self._capsys.readouterr()
        code = run(["--lang", lang, *map(str, arguments)])
        printed = self._capsys.readouterr()
        return Result(code, printed.out, printed.err)

    def json(self, *arguments: object) -> Any:
        """What a command that must succeed answers with --json."""
        done = self(*arguments, "--json")
        assert done.code == 0, done.err
        return json.loads(done.out)

    def ok(self, *arguments: object) -> str:
        """What a command that must succeed prints."""
        done = self(*arguments)
        assert done.code == 0, done.err
        return done.out

    def refused(self, *arguments: object, code: int = 1) -> str:
        """What a command that must refuse says; its stdout is empty, with --json too."""
        done = self(*arguments)
        assert (done.code, done.out) == (code, ""), done
        assert done.err.strip() and "Traceback" not in done.err
        return done.err


def _set_apart(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's own: no config, no state, no register, a clock that stands."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        patch.setenv(name, str(folder / "home"))
    patch.setenv("FRIVILLIG_DB", str(folder / "register.db"))
    patch.setenv("FRIVILLIG_CONFIG", str(folder / "config.toml"))
    patch.setenv("FRIVILLIG_CLOCK", CLOCK)
    patch.setenv("FRIVILLIG_USER", "tester")
    patch.delenv("FRIVILLIG_LANG", raising=False)
    patch.setenv("COLUMNS", "80")


@pytest.fixture(autouse=True)
def _english() -> None:
    """Each test begins in English, whatever the one before it spoke."""
    set_language("en")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where nothing may be skipped (CI), a skip is a failure; it is named above."""
    if os.environ.get("FRIVILLIG_NO_SKIPS") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("Skipped, and FRIVILLIG_NO_SKIPS is set.", red=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """See `pytest_terminal_summary`."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter is not None and reporter.stats.get("skipped")
    if os.environ.get("FRIVILLIG_NO_SKIPS") and skipped and exitstatus == 0:
        session.exitstatus = 1


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new register's file, made once; each test that needs one copies it."""
    folder = tmp_path_factory.mktemp("register")
    with pytest.MonkeyPatch.context() as patch:
        _set_apart(folder, patch)
        assert run(["init", "--kommune", "3312", "--name", "Lier kommune"]) == 0
    return folder / "register.db"


@pytest.fixture
def bare_cli(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Cli:
    """The program where no register has been made yet."""
    _set_apart(tmp_path, monkeypatch)
    return Cli(tmp_path / "register.db", capsys)


@pytest.fixture
def cli(bare_cli: Cli, empty_register: Path) -> Cli:
    """The program on an empty register."""
    shutil.copy(empty_register, bare_cli.path)
    return bare_cli
