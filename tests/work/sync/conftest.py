"""A register, units of the state's register, and one call that compares them."""

import json
from datetime import UTC, datetime

import pytest

from frivillig_cli.records.municipality import put
from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command
from frivillig_cli.work.sync import queries
from frivillig_cli.work.sync.gather import from_files
from frivillig_cli.work.sync.take_in import sync

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
# numbers of the made-up kind (2…), with right check digits
FIRST, SECOND, THIRD, FOURTH = "200000021", "200000048", "200000056", "200000064"


def command(name="org sync"):
    return Command(name, "test", NOW)


def unit(orgnr, name, **over):
    return {
        "organisasjonsnummer": orgnr,
        "navn": name,
        "organisasjonsform": {"kode": "FLI"},
        "epostadresse": "post@lag.example",
        "telefon": "32 22 01 00",
        "forretningsadresse": {
            "adresse": ["Bruveien 2"], "postnummer": "3400", "poststed": "LIER",
            "kommunenummer": "3312", "kommune": "LIER",
        },
        **over,
    }  # fmt: skip


def address(street, postcode, city, municipality="3312"):
    return {
        "adresse": [street] if street else [], "postnummer": postcode, "poststed": city,
        "kommunenummer": municipality,
    }  # fmt: skip


@pytest.fixture
def register(tmp_path):
    opened = create_register(tmp_path / "register.db")
    with opened.transaction(command("init")):
        put(opened, {"municipality.number": "3312"})
    yield opened
    opened.close()


@pytest.fixture
def compare(register, tmp_path):
    """Compare with saved answers: previewed, then done; the two must be the same."""

    def compare(*answers, new=False):
        path = tmp_path / "svar.json"
        path.write_text("\n".join(json.dumps(answer) for answer in answers), "utf-8")
        heard = from_files([path], "3312", queries.held(register))
        with register.transaction(command(), dry_run=True):
            preview = sync(register, heard, "3312", take_new=new, now=NOW)
        with register.transaction(command()):
            result = sync(register, heard, "3312", take_new=new, now=NOW)
        assert _without_new_ids(preview) == _without_new_ids(result)
        assert (register.last_command_id is not None) is result.changes_anything
        return result

    return compare


def _without_new_ids(result):
    data = result.to_json()
    return data | {"proposed": [one | {"id": one["id"] is None} for one in data["proposed"]]}


@pytest.fixture
def take_over(compare):
    """Units into the empty register, as the register's own."""

    def take_over(*units):
        assert len(compare(*units, new=True).proposed) == len(units)

    return take_over


@pytest.fixture
def org(register):
    """One organisation's row by its name; None when it is not there."""

    def org(name):
        row = register.row("SELECT * FROM org WHERE name = ?", (name,))
        return dict(row) if row else None

    return org


@pytest.fixture
def edit(register):
    from frivillig_cli.records.org import actions

    def edit(name, **values):
        wanted = register.value("SELECT id FROM org WHERE name = ?", (name,))
        with register.transaction(command("org edit")):
            actions.edit(register, wanted, values, now=NOW)

    return edit


@pytest.fixture
def add(register):
    from frivillig_cli.records.org import actions

    def add(**values):
        with register.transaction(command("org add")):
            return actions.add(register, values, now=NOW)

    return add
