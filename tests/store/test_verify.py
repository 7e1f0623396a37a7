from __future__ import annotations

import random
import shutil
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.store.doctor import check_content
from frivillig_cli.store.events import Event, read_events
from frivillig_cli.store.opening import open_register
from frivillig_cli.store.register import Register
from frivillig_cli.store.seal import Signed, commitment, link
from frivillig_cli.store.verify import verify

from .conftest import command, org_values


@pytest.fixture
def filled(register: Register, change) -> Register:
    with register.transaction(command("org import")):
        register.insert_many("org", (org_values(f"Lag {n}") for n in range(60)))
    for n in range(20):
        change(a=str(n))
    with register.transaction(command("org edit")):
        register.execute("UPDATE org SET notes = 'x', members = 3 WHERE id % 3 = 0")
        register.execute("DELETE FROM org WHERE id % 7 = 0")
    return register


def _codes(register: Register) -> set[str]:
    return {finding.code for finding in verify(register)}


def _outside(register: Register, *statements: str) -> None:
    other = sqlite3.connect(register.path, isolation_level=None)
    for statement in statements:
        other.execute(statement)
    other.close()


def test_what_the_program_wrote_is_sound(filled: Register) -> None:
    assert verify(filled) == ()


def test_another_programs_change_is_reported_until_it_is_undone(filled: Register, change) -> None:
    _outside(filled, "UPDATE org SET notes = 'theirs' WHERE id = 1")
    assert _codes(filled) == {"outside"}
    change(b="1")
    assert _codes(filled) == {"outside"}


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE org SET notes = 'theirs' WHERE id = 1", "org 1 is not as the history says"),
        ("DELETE FROM org WHERE id = 1", "org 1 is gone"),
        (
            "INSERT INTO org (id, uid, name, name_sort, name_search, created, updated)"
            " VALUES (99, 'u', 'n', 'n', 'n', '', '')",
            "org 99 is there, but not in the history",
        ),
    ],
)
def test_a_change_behind_a_dropped_trigger_is_reported(
    filled: Register, statement: str, sentence: str
) -> None:
    _outside(filled, *(f"DROP TRIGGER history_org_{kind}" for kind in "iud"), statement)
    (finding,) = verify(filled)
    assert finding.code == "replay"
    assert finding.sentence.startswith(sentence)
    assert finding.way_out


def test_a_cut_tail_is_reported_also_when_work_has_gone_on(filled: Register, change) -> None:
    _outside(
        filled,
        "DROP TRIGGER command_is_append_only_d",
        "DROP TRIGGER event_is_append_only_d",
        "DELETE FROM event WHERE seq > (SELECT last_seq FROM command WHERE id = 10)",
        "DELETE FROM command WHERE id > 10",
    )
    assert _codes(filled) == {"tail", "replay"}
    change(b="1")
    assert _codes(filled) == {"tail", "replay"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE command SET user = 'nobody' WHERE id = 4",
        "UPDATE command SET at = '2020-01-01T00:00:00+00:00' WHERE id = 4",
        "UPDATE command SET undoes = 2 WHERE id = 4",
        "DELETE FROM command WHERE id = 4",
        "UPDATE event SET row_id = 9 WHERE seq = 64",
        "UPDATE event SET at = at - 60 WHERE seq = 64",
        "DELETE FROM event WHERE seq = 64",
        'UPDATE event SET after = \'{"value":"77"}\' WHERE seq = 64',
        "UPDATE event SET salt = randomblob(16) WHERE seq = 64",
    ],
)
def test_a_rewritten_history_is_reported(filled: Register, statement: str) -> None:
    names = [f"{t}_is_append_only_{kind}" for t in ("command", "event") for kind in "ud"]
    _outside(filled, *(f"DROP TRIGGER {name}" for name in names), statement)
    assert "chain" in _codes(filled)


def test_erased_content_leaves_the_chain_whole(filled: Register) -> None:
    filled._connection.execute("PRAGMA query_only=OFF")
    for event in list(read_events(filled._connection, "row_id = 3")):
        filled._connection.execute(
            "UPDATE event SET before = NULL, after = NULL, salt = NULL, commitment = ?"
            " WHERE seq = ?",
            (commitment(event), event.seq),
        )
    assert verify(filled) == ()


def test_flipped_bits_are_found(filled: Register, tmp_path: Path) -> None:
    """Most single-bit flips are seen; those that are not lie where nothing is stored."""
    filled.close()
    whole = filled.path.read_bytes()
    chance = random.Random(1)
    used = [n for n, byte in enumerate(whole) if byte]
    found = 0
    tries = 60
    for _ in range(tries):
        content = bytearray(whole)
        content[chance.choice(used)] ^= 1 << chance.randrange(8)
        copy = tmp_path / "flipped.db"
        copy.write_bytes(content)
        found += _is_found(copy)
    assert found >= tries * 3 // 4


def test_a_flipped_bit_that_makes_bytes_of_the_schema_is_found(
    filled: Register, tmp_path: Path
) -> None:
    """SQLite reads it all the same, and finds nothing wrong with the pages."""
    filled.close()
    copy = tmp_path / "copy.db"
    shutil.copyfile(filled.path, copy)
    outside = sqlite3.connect(copy)
    outside.execute("PRAGMA writable_schema=ON")
    outside.execute(
        "UPDATE sqlite_master SET sql = CAST(replace(sql, 'name_sort', 'name') AS BLOB)"
        " WHERE name = 'org_by_name'"
    )
    outside.commit()
    outside.close()
    assert _is_found(copy)


def _is_found(copy: Path) -> bool:
    try:
        register = open_register(copy)
    except RegisterError:
        return True
    try:
        from frivillig_cli.store.doctor import diagnose

        return any(finding.code not in ("mode", "synced") for finding in diagnose(register))
    finally:
        register.close()


def test_a_flipped_letter_in_a_row_is_found(filled: Register, tmp_path: Path) -> None:
    filled.close()
    copy = tmp_path / "copy.db"
    shutil.copyfile(filled.path, copy)
    content = copy.read_bytes().replace(b"Lag 59", b"Lag 58")
    copy.write_bytes(content)
    register = open_register(copy)
    assert check_content(register)
    register.close()


def test_a_link_is_the_hash_of_plain_json_and_commitments() -> None:
    events = [
        Event(7, "org", 3, "i", 1_800_000_000, None, '{"name":"Ås"}', b"salt", None),
        Event(8, 'o"æ\n', -1, "d", 0, None, None, None, b"kept of what was erased"),
    ]
    told = b'[2,"at","org import","user","host","1.0",null]\n[7,"org",3,"i",1800000000]\n'
    content = sha256(b"salt" + b"\0" + '{"name":"Ås"}'.encode()).digest()
    told += content + b'[8,"o\\"\\u00e6\\n",-1,"d",0]\n' + b"kept of what was erased"
    signed = Signed("at", "org import", "user", "host", "1.0", None)
    assert link(b"before", 2, signed, events) == sha256(b"before" + told).digest()
