"""Whatever a list holds, the rows add up and no birth number gets through."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frivillig_cli.formats.tables import TableRow
from frivillig_cli.work.imports import job
from frivillig_cli.work.imports.apply import apply
from frivillig_cli.work.imports.columns import find_columns
from frivillig_cli.work.imports.record import Plan, Record
from frivillig_cli.work.imports.result import Mode, Options
from frivillig_cli.work.imports.rows import read_row

from .conftest import NOW, command

TITLES = ["Navn", "Orgnr", "E-post", "Tlf", "Adresse", "Postnr", "Poststed", "Merknad"]
# few different values, so that rows meet; and anything at all
CELL = st.one_of(
    st.none(),
    st.sampled_from(
        ["Lier sanglag", "LIER SANGLAG", "Lier sanglaget", "974760673", "post@lag.example",
         "32220100", "90111222", "3400", "3425", "Lier", "Veien 1, 3400 Lier", "01017012343"]
    ),
    st.text(max_size=12),
)  # fmt: skip
ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(TITLES, CELL)), max_size=8)


@pytest.mark.parametrize("what", ["org", "volunteer"])
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(rows=ROWS, mode=st.sampled_from(Mode))
def test_rows_add_up_and_nothing_forbidden_is_stored(register, what, rows, mode):
    kind = job.kind_of(what, datetime(2027, 3, 1, tzinfo=UTC))
    columns = find_columns(TITLES, rows, kind.titles, {})
    plan = Plan(what, "x", "0", columns=columns, rows=len(rows))
    for number, row in enumerate(rows, start=2):
        found = read_row(TableRow(number, row), columns, kind)
        if isinstance(found, Record):
            plan.records.append(found)
        else:
            plan.rejected += found
    with register.transaction(command(), dry_run=True):
        result = apply(register, plan, kind, Options(mode), now=NOW)
        assert not register.rows("SELECT 1 FROM event WHERE after LIKE '%01017012343%'")
        again = apply(register, plan, kind, Options(mode), now=NOW)
    counted = result.created + result.changed + result.kept + result.unchanged
    assert counted + len(result.skipped) + result.rejected_rows == len(rows)
    assert "01017012343" not in str(result.to_json())
    assert again.created == 0
