"""The operating system's calls made to fail one after the other, where strace can do that."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from frivillig_cli.store.doctor import diagnose
from frivillig_cli.store.opening import open_register
from frivillig_cli.store.register import Register

SCRIPT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from frivillig_cli.core.errors import RegisterError
from frivillig_cli.store.opening import open_register
from frivillig_cli.store.register import Command
try:
    register = open_register(Path(sys.argv[1]))
    with register.transaction(Command("x", "y", datetime.now(UTC))):
        register.insert("setting", key="b", value="2")
except RegisterError as error:
    assert error.message and error.hint
    sys.exit(1)
"""
FAULTS = [
    f"{call}:error={error}:when={number}"
    for call, error in (("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fsync", "EIO"),
                        ("fdatasync", "EIO"), ("ftruncate", "EIO"))
    for number in (1, 2, 4)
]  # fmt: skip


def _may_trace() -> bool:
    strace = shutil.which("strace")
    return (
        bool(strace)
        and not subprocess.run(
            [strace, "-o", "/dev/null", "true"], check=False, capture_output=True
        ).returncode
    )


@pytest.mark.skipif(not _may_trace(), reason="strace is not here, or may not trace")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_call_that_fails_is_a_sentence_and_leaves_all_or_nothing(
    register: Register, change, fault: str
) -> None:
    change(a="1")
    register.close()
    done = _run_with(fault, register.path)
    assert done.returncode in (0, 1), done.stderr
    opened = open_register(register.path)
    saved = opened.value("SELECT count(*) FROM setting")
    assert saved == 2 if done.returncode == 0 else saved in (1, 2)
    assert diagnose(opened) == ()
    opened.close()


def _run_with(fault: str, path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["strace", "-f", "-o", "/dev/null", "-P", str(path), "-P", f"{path}-journal",
         "-e", f"inject={fault}", sys.executable, "-c", SCRIPT, str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
