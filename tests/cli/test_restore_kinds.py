"""What a restore carries over of each kind of letter: nobody of any kind gets one twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.letter_outbox import begin
from tests.cli.survey_round import begin as begin_survey
from tests.cli.survey_round import send as send_survey

HOME = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")


@pytest.fixture
def backup(cli, tmp_path: Path) -> Callable[[], Path]:
    """Makes a backup, and gives its file."""

    def make() -> Path:
        cli.ok("backup", "create", "-o", tmp_path / "stick")
        return max((tmp_path / "stick").glob("*.db"))

    return make


def render(cli, folder: Path, *words: object) -> tuple[list[str], dict[str, str]]:
    """Whose letters were written, and why the others' were not."""
    done = cli("letter", "render", *words, "-o", folder, "--format", "txt", "--json")
    if not done.out:
        return [], {"": done.err}
    made = json.loads(done.out)
    why = {row["name"]: row["why"] for row in made["skipped"]}
    return [row["name"] for row in made["rendered"]], why


def test_who_shares_the_letter_of_another_has_got_it_too(cli, tmp_path, backup) -> None:
    begin(cli, tmp_path)
    cli.ok("org", "add", "Vel", *HOME, "--yes")
    cli.ok("org", "add", "Velforbund", *HOME, "--yes")
    before = backup()
    made, _why = render(cli, tmp_path / "a", "mal", "id:5..6", "--one-per-address")
    assert made == ["Vel"]
    cli.ok("letter", "sent", "1")
    log = cli.json("letter", "log", "1")
    cli.ok("restore", before, "--yes")
    assert cli.json("letter", "log", "1") == log
    made, why = render(cli, tmp_path / "b", "mal", "id:5..6")
    assert made == [] and ("has got this letter" in why.get("", "") or set(why.values()))


def test_a_reminder_of_a_survey_is_one_of_the_same_survey(cli, tmp_path, backup) -> None:
    begin_survey(cli)
    send_survey(cli, tmp_path)
    for n in ("1", "2"):
        cli.ok("org", "edit", n, *HOME)
    cli.ok("config", "set", "letterhead.email", "post@kommune.example")
    before = backup()
    words = ("sporreskjema-folgebrev", "--survey", "1")
    made, _why = render(cli, tmp_path / "a", *words)
    assert len(made) == 2
    cli.ok("letter", "sent", "1")
    cli.ok("restore", before, "--yes")
    assert cli.json("letter", "log")[0]["survey_id"] == 1
    made, why = render(cli, tmp_path / "b", *words)
    assert made == [] and "has got this letter" in str(why)


def test_of_a_survey_that_came_since_the_letters_stand_without_it(cli, tmp_path, backup) -> None:
    before = backup()
    begin_survey(cli)
    send_survey(cli, tmp_path)
    cli.ok("org", "edit", "1", *HOME)
    cli.ok("config", "set", "letterhead.email", "post@kommune.example")
    render(cli, tmp_path / "a", "sporreskjema-folgebrev", "--survey", "1")
    cli.ok("letter", "sent", "1")
    told = cli.json("restore", before, "--yes")["sent_since"][0]
    assert told["letters"] == len(told["unknown"]) == 1
    assert cli.json("letter", "log")[0]["survey_id"] is None
    assert cli("doctor").code == 0


def test_letters_of_agreements_stay_theirs(cli, tmp_path, backup) -> None:
    cli.ok("org", "add", "Lier turlag", "--email", "lag@x.example")
    cli.ok("config", "set", "letterhead.email", "post@kommune.example")
    cli.ok("agreement", "add", "1", "Besøk", "--kind", "cooperation", "--from", "2026-01-01")
    before = backup()
    cli.ok("agreement", "add", "1", "Tur", "--kind", "cooperation", "--from", "2026-01-01")
    made, _why = render(cli, tmp_path / "a", "samarbeidsavtale")
    assert len(made) == 2
    cli.ok("letter", "sent", "1")
    told = cli.json("restore", before, "--yes")["sent_since"][0]
    assert [name.partition(": ")[2] for name in told["unknown"]] == ["Tur"]
    links = {(row["org_id"], row["agreement_id"]) for row in cli.json("letter", "log", "1")}
    assert links == {(1, 1), (1, None)}
    made, why = render(cli, tmp_path / "b", "samarbeidsavtale")
    assert made == [] and "has got" in str(why)
    cli.ok("agreement", "add", "1", "Tur", "--kind", "cooperation", "--from", "2026-02-01")
    made, why = render(cli, tmp_path / "b", "samarbeidsavtale")
    assert made == [] and "may have got" in str(why)


@pytest.mark.parametrize("there", [True, False])
def test_who_was_told_their_role_by_a_letter_has_been_told(cli, tmp_path, backup, there) -> None:
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok(
        "agreement", "add", "1", "Omsorgsberedskap", "--kind", "beredskap", "--from", "2026-01-01",
        "--to", "2028-12-31", "--caller", "kriseledelsen.", "--response-time", "innen én time.",
    )  # fmt: skip
    cli.ok("config", "set", "letterhead.email", "post@kommune.example")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", "1")
    cli.ok("volunteer", "add", "Kari Bakken", "--phone", "90111220", *HOME)
    cli.ok("beredskap", "member", "add", "Omsorg", "1", "--role", "leader")
    before = None if there else backup()
    render(cli, tmp_path / "a", "rolle-i-beredskap")
    before = before or backup()
    cli.ok("letter", "sent", "1", "--date", "2026-11-20")
    cli.ok("restore", before, "--yes")
    (member,) = cli.json("beredskap", "group", "show", "1")["members"]
    assert member["told"] == "2026-11-20"
    made, why = render(cli, tmp_path / "b", "rolle-i-beredskap")
    assert made == [] and "has got" in str(why)


@pytest.mark.parametrize("there", [True, False])
def test_who_has_become_one_with_another_since_has_got_their_own_letter(
    cli, tmp_path, backup, there
) -> None:
    begin(cli, tmp_path)
    before = None if there else backup()
    render(cli, tmp_path / "a", "mal")
    before = before or backup()
    cli.ok("letter", "sent", "1")
    cli.ok("org", "merge", "1", "2", "--yes")
    cli.ok("restore", before, "--yes")
    rows = cli.json("letter", "log", "1")
    assert sorted(row["org_id"] for row in rows) == [1, 2, 3, 4]
    assert {row["state"] for row in rows} == {"sent"}
    assert render(cli, tmp_path / "b", "mal")[0] == []


def test_a_letter_by_name_only_is_not_looked_for_by_an_id_without_a_word(
    cli, tmp_path, backup
) -> None:
    begin(cli, tmp_path)
    before = backup()
    cli.ok("org", "add", "Nye Lier", *HOME)
    assert render(cli, tmp_path / "a", "mal", "id:1,5")[0] == ["Egge barnekor", "Nye Lier"]
    cli.ok("letter", "sent", "1")
    cli.ok("letter", "show", "1", "5")
    cli.ok("restore", before, "--yes")
    said = cli.refused("letter", "show", "1", "5")
    assert "by name only" in said and "letter show 1 B1-2" in said
    assert "bare er ført på navnet" in cli("letter", "show", "1", "5", lang="nb").err
    cli.ok("letter", "show", "1", "B1-2")
    assert "by name only" not in cli.refused("letter", "show", "1", "Ingen")
