"""The day of an import is the day in Norway, also in the hour when it is yesterday in UTC."""

from __future__ import annotations


def test_a_statement_signed_today_is_no_future_date_half_an_hour_past_midnight(
    cli, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-24T00:30:00+01:00")
    table = tmp_path / "frivillige.csv"
    table.write_text("Navn;Taushetserklæring\nAstrid Bakken;2026-11-24\n", "utf-8")
    done = cli("volunteer", "import", table, "--yes")
    assert done.code == 0, done
    assert cli.json("volunteer", "list")[0]["volunteer"]["confidentiality_signed"] == "2026-11-24"
