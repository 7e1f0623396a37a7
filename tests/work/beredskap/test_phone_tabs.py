"""The call list open in two tabs of one phone, and a time that has passed."""

from __future__ import annotations

from frivillig_cli.work.beredskap.taps import read_given_back
from tests.browser import address, phone
from tests.work.beredskap.test_phone_page import given, listed, page_of, tap


def test_two_tabs_of_one_phone_lose_no_tap(world, group, tmp_path):
    activation = listed(world, group)
    [path] = page_of(world, activation, tmp_path)
    with phone() as first:
        first.goto(address(path))
        second = first.context.new_page()
        second.goto(address(path))
        tap(first, 0, "Svar", "nei")
        tap(second, 1, "Svar", "ja", "30 min")
        tap(first, 2, "Svar", "ikke svar")
        tap(second, 0, "Angre")  # of a tap that was made in the other
        first.wait_for_function("document.querySelectorAll('tr.done').length === 1")
        assert "ringt 2 · ja 1 · nei 0" in first.locator("#tally").inner_text()
        told = read_given_back(given(first))[0]
        second.reload()
        assert given(second) == first.locator("#given").input_value()
    assert [one.word for one in told.taps] == ["no", "yes", "no-answer", "undo"]
    assert told.taps[3].of == told.taps[0].id and told.bad == []


def test_a_tab_that_asks_goes_on_asking_when_the_other_is_tapped(world, group, tmp_path):
    activation = listed(world, group)
    [path] = page_of(world, activation, tmp_path)
    with phone() as first:
        first.goto(address(path))
        second = first.context.new_page()
        second.goto(address(path))
        tap(first, 0, "Svar")
        tap(second, 1, "Svar", "nei")
        first.wait_for_function("document.querySelectorAll('tr.done').length === 1")
        tap(first, 0, "nei")
        assert "ringt 2 · ja 0 · nei 2" in first.locator("#tally").inner_text()


def test_a_time_that_has_passed_is_no_time_of_coming(world, group, tmp_path):
    activation = listed(world, group)
    [path] = page_of(world, activation, tmp_path)
    with phone() as page:
        page.clock.set_fixed_time("2026-11-27T03:58:00+01:00")
        page.goto(address(path))
        row = page.locator("tr[data-row]").first
        tap(page, 0, "Svar", "ja")
        row.locator("input[type=time]").fill("03:30")
        tap(page, 0, "Lagre svaret")
        assert "har vært" in row.inner_text() and "ringt 0" in page.locator("#tally").inner_text()
        row.locator("input[type=time]").fill("04:30")
        tap(page, 0, "Lagre svaret")
        tap(page, 1, "Svar", "fra kl. …")
        page.locator("tr[data-row]").nth(1).locator("input[type=time]").fill("20:00")
        tap(page, 1, "Lagre svaret")
        page.clock.set_fixed_time("2026-11-27T23:50:00+01:00")
        tap(page, 2, "Svar", "ja")
        page.locator("tr[data-row]").nth(2).locator("input[type=time]").fill("01:10")
        tap(page, 2, "Lagre svaret")
        told = read_given_back(given(page))[0].taps
    assert [f"{one.eta:%d %H:%M}" for one in told] == ["27 03:30", "27 19:00", "28 00:10"]


def test_of_what_another_tab_kept_only_the_rows_it_is_about_are_drawn_anew(world, group, tmp_path):
    activation = listed(world, group)
    [path] = page_of(world, activation, tmp_path)
    with phone() as first:
        first.goto(address(path))
        second = first.context.new_page()
        second.goto(address(path))
        tap(first, 0, "Svar", "nei")
        tap(second, 2, "Svar", "nei")
        first.wait_for_function("document.querySelectorAll('tr.done').length === 2")
        first.evaluate("document.querySelectorAll('td.taps > *').forEach(e => e.title = 'kept')")
        tap(second, 1, "Svar", "ja", "30 min")
        first.wait_for_function("document.querySelectorAll('tr.done').length === 3")
        tap(second, 0, "Angre")
        first.wait_for_function("document.querySelectorAll('tr.done').length === 2")
        drawn = first.eval_on_selector_all(
            "tr[data-row]", "rows => rows.map(r => !r.querySelector('[title=kept]'))"
        )
        assert drawn == [True, True, *[False] * (len(drawn) - 2)] and len(drawn) > 2
        assert "ringt 2 · ja 1 · nei 1" in first.locator("#tally").inner_text()
