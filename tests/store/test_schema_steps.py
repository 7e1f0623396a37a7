"""Steps that move what is recorded: it stands where it belongs, and the history still holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.records.survey.queries import confirmations
from frivillig_cli.store import migrations, reach
from frivillig_cli.store.doctor import diagnose
from frivillig_cli.store.failures import ConstraintError
from frivillig_cli.store.history import history
from frivillig_cli.store.opening import create_register, open_register
from frivillig_cli.store.register import Register
from frivillig_cli.store.undo import undo
from frivillig_cli.store.verify import verify

from .conftest import command

NAMED = {"uid": "k", "name": "Kari", "name_sort": "kari", "name_search": "kari"}
STAMPS = {"created": "2026-11-01T10:00:00+00:00", "updated": "2026-11-01T10:00:00+00:00"}
BATCH = {
    "template": "takk", "versions": "{}", "title": "Takk", "format": "pdf",
    "recipients": "org", "folder": "/x", "created": STAMPS["created"],
}  # fmt: skip

Older = Callable[[str], Register]


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Older]:
    """Makes a register as it was before a step; after it, steps run as they are."""
    whole = migrations.steps()

    def make(step: str) -> Register:
        before = {name: script for name, script in whole.items() if name < step}
        with monkeypatch.context() as patch:
            patch.setattr(migrations, "steps", lambda: before)
            patch.setattr(reach, "schema_version", lambda: len(before))
            return create_register(tmp_path / "old.db")

    return make


def upgraded(register: Register) -> Register:
    register.close()
    opened = open_register(register.path)
    assert verify(opened) == ()
    assert history(opened)[0].command == "migrate"
    return opened


def test_an_opt_out_moves_from_the_volunteer_to_the_person(older: Older) -> None:
    register = older("0012")
    with register.transaction(command()):
        person = register.insert("person", **NAMED, **STAMPS)
        register.insert("volunteer", id=person, opted_out_until="2027-03-01", **STAMPS)
    with closing(upgraded(register)) as opened:
        assert opened.value("SELECT opted_out_until FROM person") == "2027-03-01"


def test_associations_stand_as_they_were_when_a_year_is_enough_to_be_founded_in(
    older: Older,
) -> None:
    register = older("0028")
    with register.transaction(command("org add")):
        org = register.insert(
            "org", **NAMED, **STAMPS, orgnr="200000001", founded="1923-05-17", members_26=3
        )
        gone = register.insert("org", **{**NAMED, "uid": "l"}, **STAMPS)
        register.insert("org_tag", org_id=org, tag="kor")
        register.delete("org", gone)
    with register.transaction(command("org edit")):
        register.update("org", org, name="Kari kor", name_search="kari kor")
    register.close()
    with closing(open_register(register.path)) as opened:
        assert verify(opened) == () and diagnose(opened) == ()
        found = opened.row("SELECT orgnr, founded, members_26 FROM org")
        assert found is not None and tuple(found) == ("200000001", "1923-05-17", 3)
        searched = "SELECT rowid FROM search WHERE search MATCH 'kar' AND title = ' kari kor'"
        assert opened.value(searched) == org * 8 + 1
        with opened.transaction(command("org edit")):
            opened.update("org", org, founded="1923", name_search="lier kor")
        assert opened.value(searched) is None  # the index hears of it still
        with opened.transaction(command("undo")):
            undo(opened)
        with opened.transaction(command("undo")):
            undo(opened)  # what was done before the step
        assert opened.value("SELECT name || founded FROM org") == "Kari1923-05-17"
        with pytest.raises(ConstraintError), opened.transaction(command()):
            opened.update("org", org, founded="0923")
        with opened.transaction(command()):
            assert opened.insert("org", **{**NAMED, "uid": "m"}, **STAMPS) == gone + 1
        assert verify(opened) == ()


def test_what_was_confirmed_field_by_field_is_kept_answer_by_answer(older: Older) -> None:
    register = older("0016")
    with register.transaction(command("survey import")):
        org = register.insert("org", **NAMED, **STAMPS)
        for field, source in (("email", "survey:1"), ("phone", "survey:2"), ("city", "survey:1")):
            register.insert(
                "field_confirmation", org_id=org, field=field, confirmed="2026-01-01", source=source
            )
    with closing(upgraded(register)) as opened:
        assert confirmations(opened, org) == {
            "email": ("2026-01-01", "survey:1"),
            "city": ("2026-01-01", "survey:1"),
            "phone": ("2026-01-01", "survey:2"),
        }
        assert opened.value("SELECT count(*) FROM confirmation") == 2
        with pytest.raises(RefusedError) as refused, opened.transaction(command("undo")):
            undo(opened, 1)
        assert "another version" in str(refused.value.rows)


def test_batches_keep_their_numbers_and_letters_when_those_called_out_get_letters_too(
    older: Older,
) -> None:
    batch = {
        "template": "takk", "versions": "{}", "title": "Takk", "format": "pdf",
        "recipients": "volunteer", "folder": "/x", "created": STAMPS["created"],
    }  # fmt: skip
    register = older("0017")
    with register.transaction(command()):
        register.insert("letter_batch", **BATCH)
        gone = register.insert("letter_batch", **BATCH)
        register.delete("letter_batch", gone)
        register.insert("letter", batch_id=1, recipient="Kari", language="nb", file="x.pdf")
    register.close()
    with closing(open_register(register.path)) as opened:
        assert verify(opened) == ()
        assert opened.value("SELECT count(*) FROM letter JOIN letter_batch b ON b.id = batch_id")
        with opened.transaction(command()):
            assert opened.insert("letter_batch", **{**batch, "recipients": "member"}) == gone + 1


def test_call_lists_stand_as_they_were_when_a_row_can_be_the_second_of_a_person(
    older: Older,
) -> None:
    register = older("0019")
    with register.transaction(command()):
        person = register.insert("person", **NAMED, **STAMPS)
        flood = register.insert(
            "activation", uid="a", number="2026-R-001", title="Flom", name_sort="flom",
            name_search="flom", kind="real", state="closed", started=STAMPS["created"],
            ended=STAMPS["created"], payer="municipality", agreements="[]",
        )  # fmt: skip
        row = {"activation_id": flood, "name": "Kari", "phones": "[]", "groups": "[]",
               "skills": "[]", "selection": "eligible"}  # fmt: skip
        first = register.insert("callout", **row, person_id=person, row_code="001-1", rank=1)
        gone = register.insert("callout", **row, row_code="002-1", rank=2, walk_in=1)
        register.delete("callout", gone)
    register.close()
    with closing(open_register(register.path)) as opened:
        assert verify(opened) == ()
        with opened.transaction(command()):
            second = opened.insert(
                "callout", **row, person_id=person, row_code="003-1", rank=3, twin_of=first
            )
        assert second == gone + 1
        assert opened.value("SELECT person_id FROM callout WHERE id = ?", (first,)) == person


@pytest.mark.parametrize(("state", "freed"), [("active", [0, 1, 1]), ("closed", [0, 0, 1])])
def test_who_had_left_stands_for_what_there_was_room_for_where_it_is_over(
    older: Older, state: str, freed: list[int]
) -> None:
    register = older("0022")
    with register.transaction(command()):
        flood = register.insert(
            "activation", uid="a", number="2026-R-001", title="Flom", name_sort="flom",
            name_search="flom", kind="real", state=state, started=STAMPS["created"],
            payer="municipality", agreements="[]",
        )  # fmt: skip
        need = register.insert("activation_need", activation_id=flood, skill=None, needed=2)
        for rank, deployment in enumerate(("on_site", "home_safe", "released"), start=1):
            register.insert(
                "callout", activation_id=flood, row_code=f"00{rank}-1", rank=rank, name="Kari",
                phones="[]", groups="[]", skills="[]", selection="eligible", walk_in=1,
                answer="yes", need_id=need, deployment=deployment,
            )  # fmt: skip
    with closing(upgraded(register)) as opened:
        assert [row[0] for row in opened.rows("SELECT freed FROM callout ORDER BY id")] == freed


def test_when_the_stand_down_of_each_episode_began_is_what_its_log_tells(older: Older) -> None:
    register = older("0024")
    times = [f"2026-11-01T1{n}:00:00+00:00" for n in range(6)]
    with register.transaction(command()):
        flood = register.insert(
            "activation", uid="a", number="2026-R-001", title="Flom", name_sort="flom",
            name_search="flom", kind="real", state="closed", started=times[0], ended=times[5],
            payer="municipality", agreements="[]", episode=3,
        )  # fmt: skip
        for seq, (kind, sender) in enumerate(
            [("stand_down", "Kari"), ("stand_down", None), ("stand_down", None),
             ("decision", None), ("decision", None)], start=1,
        ):  # fmt: skip
            register.insert(
                "log_entry", activation_id=flood, seq=seq, happened=times[seq], type=kind,
                registered=times[seq], sender=sender, text="x", by="anne", salt="s",
                commitment="c", chain="k",
            )  # fmt: skip
        for episode, last in ((1, 3), (2, 4)):
            register.insert(
                "episode", activation_id=flood, episode=episode, ended=times[last], last_seq=last,
                needs="[]",
            )  # fmt: skip
    with closing(upgraded(register)) as opened:
        found = [row[0] for row in opened.rows("SELECT stood_down FROM episode ORDER BY episode")]
        assert found == [times[2], times[4]]
        assert opened.value("SELECT stood_down FROM activation") == times[5]


def test_a_line_of_the_log_is_of_the_one_of_that_name_whom_it_was_recorded_of(
    older: Older,
) -> None:
    register = older("0026")
    with register.transaction(command()):
        flood = register.insert(
            "activation", uid="a", number="2026-R-001", title="Flom", name_sort="flom",
            name_search="flom", kind="real", state="active", started=STAMPS["created"],
            payer="municipality", agreements="[]",
        )  # fmt: skip
        rows = [
            register.insert(
                "callout",
                activation_id=flood,
                row_code=f"00{rank}-1",
                rank=rank,
                name=name,
                phones="[]",
                groups="[]",
                skills="[]",
                selection="eligible",
                walk_in=1,
            )
            for rank, name in enumerate(("Kari", "Kari", "Ola"), start=1)
        ]
        times = [f"2026-11-01T1{n}:00:00+00:00" for n in range(5)]
        register.insert(
            "attempt", activation_id=flood, callout_id=rows[1], episode=1, round=1, caller="anne",
            happened=times[1], registered=times[1], outcome="in_person", answer="yes",
        )  # fmt: skip
        lines = [("alert", None, None), ("answer", "Kari", None), ("call", None, "Ola"),
                 ("stand_down", None, None), ("observation", "Kari", None)]  # fmt: skip
        for seq, (kind, sender, receiver) in enumerate(lines):
            register.insert(
                "log_entry", activation_id=flood, seq=seq + 1, happened=times[seq], type=kind,
                registered=times[seq], sender=sender, receiver=receiver, text="x", by="anne",
                salt="s", commitment="c", chain="k",
            )  # fmt: skip
    with closing(upgraded(register)) as opened:
        found = [row[0] for row in opened.rows("SELECT callout_id FROM log_entry ORDER BY seq")]
        assert found == [None, rows[1], rows[2], None, None]


def test_of_batches_before_it_is_known_where_one_letter_an_address_left_somebody_out(
    older: Older,
) -> None:
    register = older("0027")
    with register.transaction(command()):
        for skipped in ("same_address", "archived", None):
            number = register.insert("letter_batch", **BATCH)
            register.insert(
                "letter", batch_id=number, recipient="Lier kor", language="nb", skipped=skipped,
                shared_with="Egge kor" if skipped == "same_address" else None,
                file=None if skipped else "x.pdf",
            )  # fmt: skip
    with closing(upgraded(register)) as opened:
        said = opened.rows("SELECT one_per_address FROM letter_batch ORDER BY id")
        assert [row[0] for row in said] == [1, 0, 0]


def test_of_letters_before_it_is_known_by_the_day_who_wanted_no_mailings_when_it_was_written(
    older: Older,
) -> None:
    register = older("0030")
    with register.transaction(command()):
        days = ("2026-10-31", "2026-11-01", "2026-11-05", None)
        orgs = [
            register.insert("org", **{**NAMED, "uid": f"{n}"}, **STAMPS, no_mailings=day)
            for n, day in enumerate(days)
        ]
        for told in (0, 1):
            number = register.insert("letter_batch", **BATCH, also_opted_out=told)
            for org in orgs:
                register.insert(
                    "letter", batch_id=number, org_id=org, recipient="x", language="nb",
                    file="x.pdf",
                )  # fmt: skip
    with closing(upgraded(register)) as opened:
        found = opened.rows("SELECT batch_id, org_id, opted_out FROM letter WHERE opted_out <> ''")
        assert [tuple(row) for row in found] == [(2, 1, "2026-10-31")]


def test_of_letters_before_it_is_told_by_the_email_of_now_whom_a_shared_one_did_not_reach(
    older: Older,
) -> None:
    register = older("0030")
    with register.transaction(command()):
        emails = ("a@x.example", "A@x.example", "b@x.example", None)
        orgs = [
            register.insert("org", **{**NAMED, "uid": f"{n}"}, **STAMPS, email=email)
            for n, email in enumerate(emails)
        ]
        for how in ("email", "post", None):  # sent, posted, in doubt
            number = register.insert("letter_batch", **BATCH, one_per_address=1)
            host = register.insert(
                "letter", batch_id=number, org_id=orgs[0], recipient="x", language="nb",
                file="x.pdf", sent=how and STAMPS["created"], sent_how=how,
                sent_to="a@x.example" if how == "email" else None,
            )  # fmt: skip
            for org in orgs[1:]:
                register.insert(
                    "letter", batch_id=number, org_id=org, recipient="x", language="nb",
                    skipped="same_address", same_as=host,
                )  # fmt: skip
        register.insert(
            "letter_mail", letter_id=host, message_id="m", address="a@x.example",
            state="sending", at=STAMPS["created"],
        )  # fmt: skip
    with closing(upgraded(register)) as opened:
        missed = opened.rows("SELECT id FROM letter WHERE skipped = 'not_reached'")
        assert [row[0] for row in missed] == [3, 4]
        assert opened.value("SELECT reaches FROM letter_mail") == "[10]"


def test_of_two_letters_with_one_number_in_a_case_the_first_keeps_it(older: Older) -> None:
    register = older("0032")
    sent = {"sent": "2026-11-01", "sent_how": "post", "registered": "2026-11-01", "file": "a.pdf",
            "sha256": "f" * 64, "language": "nb", "recipient": "Kari"}  # fmt: skip
    with register.transaction(command("letter sent")):
        batch = register.insert("letter_batch", **BATCH)
        for case, number in (("2026/1", 1), ("2026/1", 2), ("2026/2", 1), ("2026/1", 1)):
            uid = f"k{register.value('SELECT count(*) FROM org')}"
            org = register.insert("org", **{**NAMED, "uid": uid}, **STAMPS)
            register.insert(
                "letter", batch_id=batch, org_id=org, case_number=case, document=number, **sent
            )
    with closing(upgraded(register)) as opened:
        found = opened.rows("SELECT case_number, document FROM letter ORDER BY id")
        assert list(map(tuple, found)) == [
            ("2026/1", 1), ("2026/1", 2), ("2026/2", 1), ("2026/1", None),
        ]  # fmt: skip
        with pytest.raises(ConstraintError), opened.transaction(command()):
            opened.update("letter", 4, document=2)


def test_twice_the_letters_take_twice_the_work_to_look_for_numbers_that_stand_twice() -> None:
    script = migrations.steps()["0032_document_once.sql"]

    def steps(letters: int) -> int:
        seen = [0]
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as there:
            there.execute("CREATE TABLE letter (id INTEGER PRIMARY KEY, case_number, document)")
            there.executemany("INSERT INTO letter (case_number, document) VALUES ('2026/1', ?)",
                              [(number,) for number in range(letters)])  # fmt: skip
            there.set_progress_handler(lambda: seen.__setitem__(0, seen[0] + 1), 100)
            for statement in migrations.statements(script):
                there.execute(statement)
        return seen[0]

    assert steps(1000) < 3 * steps(500)
