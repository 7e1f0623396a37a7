"""A list as CSV that holds nothing: its head alone, the same as above rows."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import begin


@pytest.mark.parametrize("noun", ["org", "person", "volunteer", "contact", "agreement"])
def test_an_empty_list_has_the_head_of_a_full_one(cli, noun: str) -> None:
    empty = cli.ok(noun, "list", "--csv")
    begin(cli)
    cli.ok("volunteer", "add", "Ola Vik")
    cli.ok("agreement", "add", "1", "Avtale", "--kind", "cooperation", "--from", "2026-01-01",
           "--to", "2028-01-01")  # fmt: skip
    full = cli.ok(noun, "list", "--csv").splitlines()
    assert len(full) > 1 and empty == cli.ok(noun, "list", "finnesikke", "--csv")
    assert empty.splitlines() == full[:1]
    assert cli.json(noun, "list", "finnesikke") == []
