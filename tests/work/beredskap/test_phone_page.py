"""The call list on a phone without a network: tapped in a real browser, and taken in again."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from frivillig_cli.core.clock import oslo
from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import in_language
from frivillig_cli.documents.sheets_html import sheets_html
from frivillig_cli.documents.taps import script
from frivillig_cli.work.beredskap import files, sheets, steps, take_in
from frivillig_cli.work.beredskap.deal import deal
from frivillig_cli.work.beredskap.taps import read_given_back
from tests.browser import address, phone


def listed(world, group, people=4, **more):
    for n in range(people):
        world.person(f"Person {n}", f"+479011122{n}", group=group)
    return world.activate(needs={None: 2}, **more)


def page_of(world, activation, folder, **more):
    with in_language("nb"):
        seen = world.view(activation)
        done = files.write(seen, sheets.paper(world.register, seen, world.now), folder, **more)
    assert done.failed == []
    return [path for path in done.written if path.suffix == ".html"]


def tap(page, row, *buttons):
    for button in buttons:
        page.locator("tr[data-row]").nth(row).get_by_role("button", name=button, exact=True).tap()


def given(page):
    page.get_by_role("button", name="Gi svarene tilbake").tap()
    return page.locator("#given").input_value()


def test_what_is_tapped_is_kept_given_back_and_taken_in(world, group, tmp_path):
    activation = listed(world, group)
    [path] = page_of(world, activation, tmp_path)
    with phone() as page:
        faults = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.goto(address(path))
        tap(page, 0, "Svar", "ja", "30 min")
        tap(page, 1, "Svar", "ikke svar")
        tap(page, 2, "Svar", "nei")
        tap(page, 2, "Angre")
        page.wait_for_timeout(1000)  # the phone was put in a pocket; the browser stores in its time
        page.reload()
        tap(page, 3, "Svar", "fra kl. …")
        page.locator("tr[data-row]").nth(3).locator("input[type=time]").fill(
            f"{oslo(datetime.now(UTC) + timedelta(hours=2)):%H:%M}"
        )
        tap(page, 3, "Lagre svaret")
        assert "ringt 3 · ja 1 · nei 0" in page.locator("#tally").inner_text()
        text = given(page)
        page.locator("#by").fill("Kari")
        with page.expect_download() as download:
            page.get_by_role("button", name="Lagre filen").tap()
        saved = tmp_path / download.value.suggested_filename
        download.value.save_as(saved)
        assert faults == []
    assert text.replace("by ?", "by Kari") == saved.read_text("utf-8")
    found = read_given_back(saved.read_text("utf-8"))[0]
    assert [one.word for one in found.taps] == ["yes", "no-answer", "no", "undo", "later"]
    with world.change() as register:
        done = take_in.take_in(register, activation, found.taps, "phone", now=world.now)
    assert (len(done.new), done.undone, done.refused) == (3, 1, [])
    answers = {row.name: row.answer for row in world.view(activation).eligible}
    assert answers == {"Person 0": "yes", "Person 1": None, "Person 2": None, "Person 3": "later"}


def test_the_number_that_was_rung_goes_with_the_answer(world, group, tmp_path):
    world.person("Kari", "+4790111222", "+4790111223", group=group)
    [path] = page_of(world, world.activate(needs={None: 1}), tmp_path)
    with phone() as page:
        page.goto(address(path))
        page.evaluate("for (const a of document.querySelectorAll('a.tel'))"
                      " a.addEventListener('click', e => e.preventDefault())")  # fmt: skip
        page.get_by_role("link", name="90 11 12 23").tap()
        tap(page, 0, "Svar", "feil nummer")
        assert "number=+4790111223" in given(page)


def test_a_phone_that_keeps_nothing_says_so(world, group, tmp_path):
    [path] = page_of(world, listed(world, group), tmp_path)
    with phone() as page:
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})"
        )
        page.goto(address(path))
        tap(page, 0, "Svar", "nei")
        assert page.get_by_text("Denne telefonen glemmer svarene").is_visible()
        assert " no " in given(page)


def test_names_and_titles_never_become_code(world, group, tmp_path):
    hostile = "</script><script>document.title='x'</script><img src=x onerror=alert(1)>"
    world.person(hostile, "+4790111222", group=group)
    activation = world.activate(title=f"Flom {hostile}", needs={None: 1})
    [path] = page_of(world, activation, tmp_path)
    with phone() as page:
        page.goto(address(path))
        assert page.title() != "x" and page.locator("img").count() == 0
        tap(page, 0, "Svar", "nei")


def test_the_page_allows_its_own_script_alone(world, group):
    with in_language("nb"):
        seen = world.view(listed(world, group))
        made = sheets.call_list(seen, sheets.paper(world.register, seen, world.now))
    page = sheets_html(made, "nb")
    assert re.search(r"default-src 'none'.*script-src 'sha256-[\w+/=]+'\"", page)
    assert "fetch(" not in script() and "http" not in script()


def test_the_numbers_are_there_where_scripts_do_not_run(world, group, tmp_path):
    [path] = page_of(world, listed(world, group), tmp_path)
    text = path.read_text("utf-8")
    body = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert body.count('href="tel:') == 4 and body.count('href="sms:') == 4


def test_a_page_for_5000_people_is_under_2_megabytes(world, group, tmp_path):
    from dataclasses import replace

    seen = world.view(listed(world, group, 1))
    row = replace(seen.eligible[0], name="Anne-Margrethe Bekkedalshaugen")
    rows = [replace(row, id=n, row_code=f"{n:04}-1") for n in range(5000)]
    with in_language("nb"):
        many = replace(seen, rows=rows)
        made = sheets.call_list(many, sheets.paper(world.register, seen, world.now))
        assert len(sheets_html(made, "nb").encode()) < 2_000_000


# dealt to several callers


@pytest.mark.parametrize("callers", [2, 3, 7])
def test_a_list_is_dealt_like_cards_and_nobody_is_lost(world, group, callers):
    seen = world.view(listed(world, group, 9))
    parts = deal(seen, callers)
    dealt = [row for part in parts for row in part.rows]
    assert sorted(row.rank for row in dealt) == [row.rank for row in seen.eligible]
    assert [part.rows[0].rank for part in parts] == list(range(1, callers + 1))
    sizes = [len(part.rows) for part in parts]
    assert max(sizes) - min(sizes) <= 1


def test_people_on_one_number_go_to_one_caller(world, group):
    for n in range(6):
        world.person(f"Person {n}", f"+4790111{n // 2:03}", group=group)
    parts = deal(world.view(world.activate()), 2)
    numbers = [{row.usable[0] for row in part.rows} for part in parts]
    assert not numbers[0] & numbers[1]


@pytest.mark.parametrize("callers", [0, 1, -3, 21])
def test_a_number_of_callers_that_makes_no_sense_is_refused(world, group, callers):
    with pytest.raises(UsageError):
        deal(world.view(listed(world, group)), callers)


def test_each_caller_gets_a_page_and_a_pdf_of_their_own(world, group, tmp_path):
    activation = listed(world, group, 5)
    paths = page_of(world, activation, tmp_path, split=2)
    assert [path.name for path in paths] == [
        "2026-R-001-ringeliste-1-av-2.html", "2026-R-001-ringeliste-2-av-2.html",
    ]  # fmt: skip
    codes = [set(re.findall(r'data-row="([\d-]+)"', path.read_text("utf-8"))) for path in paths]
    assert len(codes[0]) == 3 and len(codes[1]) == 2 and not codes[0] & codes[1]
    assert len(list(tmp_path.glob("*.pdf"))) == 2


def test_what_was_tapped_in_an_episode_that_is_over_is_not_shown_in_the_next(
    world, group, tmp_path
):
    activation = listed(world, group)
    [first] = page_of(world, activation, tmp_path / "1")
    world.later(hours=1)
    with world.change() as register:
        steps.end(register, activation, by="anne", force=False, reason=None, now=world.now)
    world.later(hours=1)
    with world.change() as register:
        steps.reopen(register, activation, by="anne", reason="mer vann", now=world.now)
    [again] = page_of(world, activation, tmp_path / "2")
    with phone() as page:
        page.goto(address(first))
        tap(page, 0, "Svar", "nei")
        old = given(page)
        page.goto(address(again))
        assert "ringt 0" in page.locator("#tally").inner_text()
        tap(page, 1, "Svar", "ja", "30 min")
        new = given(page)
        page.goto(address(first))
        assert "ringt 1 · ja 0 · nei 1" in page.locator("#tally").inner_text()
    uid = world.view(activation).activation.uid
    found = [read_given_back(text)[0] for text in (old, new)]
    assert [(one.activation, one.episode) for one in found] == [(uid, 1), (uid, 2)]
    assert [[one.word for one in each.taps] for each in found] == [["no"], ["yes"]]
