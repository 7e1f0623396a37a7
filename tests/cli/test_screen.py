"""Tables in a terminal: they fit, and what is pasted from them is whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.screen import draw_table, fit

WIDTHS = st.lists(st.tuples(st.integers(1, 90), st.integers(1, 90)), min_size=1, max_size=8)


@given(WIDTHS, st.integers(20, 200))
def test_columns_fit_and_no_word_is_broken_that_need_not_be(pairs, whole: int) -> None:
    natural = [max(pair) for pair in pairs]
    words = [min(pair) for pair in pairs]
    widths = fit(natural, words, whole)
    assert sum(widths) <= whole and all(width >= 1 for width in widths)
    assert all(width <= most for width, most in zip(widths, natural, strict=True))
    if sum(words) <= whole:
        assert all(width >= word for width, word in zip(widths, words, strict=True))


def test_names_of_templates_and_addresses_stay_whole_at_80_columns(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    columns = [Column(title) for title in ("Name", "Languages", "To", "Whose", "What it is for")]
    about = "Vennlig påminnelse til dem som ikke har svart på spørreskjemaet for i år"
    draw_table(columns, [["sporreskjema-folgebrev-lang", "nb nn", "associations", "yours", about]])
    drawn = capsys.readouterr().out
    assert "sporreskjema-folgebrev-lang" in drawn and "associations" in drawn
    assert max(map(len, drawn.splitlines())) <= 80
    columns = [Column("No.", right=True), *(Column(t) for t in ("Name", "Phone", "Place", "Mail"))]
    name = "Kristoffer-Aleksander Haugland-Bjørnstad den yngre"
    draw_table(
        columns,
        [["1", name, "90 11 12 22", "Tranby", "kristoffer.haugland@post.example"]],
    )
    drawn = capsys.readouterr().out
    assert "kristoffer.haugland@post.example" in drawn and "Haugland-Bjørnstad" in drawn
    assert max(map(len, drawn.splitlines())) <= 80
