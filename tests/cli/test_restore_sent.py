"""A restore keeps what has gone out: no letter is forgotten, and nobody gets one twice."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cli.letter_outbox import NAMES, address, names, render, send, states
from tests.cli.restored import change, everything


def test_letters_that_were_mailed_since_stand_in_the_log_as_before(office, serve, stick) -> None:
    handler = serve()
    render(office, "--case-number", "2026/17")
    backup = stick()
    send(office)
    before = everything(office)
    done = office("restore", backup, "--yes")
    assert done.code == 0
    assert "4 letters of batch 1 (mal) went out after this backup was made" in done.err
    assert "nobody gets one twice" in done.err and "See them: frivillig letter log 1" in done.err
    assert everything(office) == before and len(before[2]) == 4
    assert office("doctor").code == 0 and not list(office.path.parent.glob(".*"))
    assert "No letter of it waits" in office("letter", "send", "1", "--yes").err
    assert "has got this letter" in office("letter", "render", "mal", "-o", office.folder / "x").err
    assert len(handler.got) == 4


def test_the_json_says_it_and_the_way_back_says_nothing(office, serve, stick) -> None:
    serve()
    render(office)
    backup = stick()
    send(office)
    done = office.json("restore", backup, "--yes")
    assert done["sent_since"] == [
        {"batch": 1, "template": "mal", "title": "Åpen dag", "letters": 4, "all": True,
         "in_doubt": 0, "last": "2026-11-23", "in_backup": True, "in_register": True, "number": 1,
         "unknown": [], "without_copy": 0, "numbered": 0, "corrected": 0,
         "documents_taken": []}
    ]  # fmt: skip
    assert done["sent_since_is_all"] is True and done["protected_since"] == []
    back = office("restore", done["aside"], "--yes")
    assert "went out" not in back.err
    assert office.json("restore", done["aside"], "--yes")["sent_since"] == []


def test_letters_that_were_posted_since_are_posted_in_bokmal_too(office, stick) -> None:
    render(office)
    backup = stick()
    office.ok("letter", "sent", "1", "--date", "2026-11-20")
    before = everything(office)
    said = office("restore", backup, "--yes", lang="nb").err
    assert "4 brev i bunke 1 (mal) ble sendt etter at denne sikkerhetskopien ble laget" in said
    assert "ingen får et brev to ganger" in said
    assert everything(office) == before
    assert "recorded as sent already" in office.refused("letter", "sent", "1")


def test_a_batch_that_the_backup_does_not_hold_comes_along_with_its_number(
    office, serve, stick
) -> None:
    handler = serve()
    render(office, "--case-number", "2026/17")
    office.ok("letter", "render", "mal", "-o", office.folder / "draft", "--format", "txt")
    backup = stick()
    render(office)
    send(office, batch=3)
    before = everything(office, 3)
    done = office("restore", backup, "--yes")
    assert "4 letters of batch 3 (mal) went out" in done.err
    assert everything(office, 3) == before and len(before[2]) == 4
    assert office("doctor").code == 0
    for batch in ("1", "2"):
        office("letter", "send", batch, "--yes")
    assert "has got this letter" in office("letter", "render", "mal", "-o", office.folder / "x").err
    assert len(handler.got) == 4


def test_drafts_that_never_went_out_do_not_come_along_and_their_numbers_are_not_used_again(
    office, stick
) -> None:
    backup = stick()
    render(office)
    render(office, "--format", "txt")
    render(office)
    last = office.json("letter", "show", "3")["letters"][-1]["number"]
    assert office.json("restore", backup, "--yes")["sent_since"] == []
    assert office.json("letter", "log") == []
    render(office)
    assert [one["id"] for one in office.json("letter", "log")] == [4]
    number = office.json("letter", "show", "4")["letters"][0]["number"]
    assert int(number.split("-")[1]) == int(last.split("-")[1]) + 1


def test_the_next_number_is_above_what_was_carried_over(office, stick) -> None:
    backup = stick()
    render(office, "--case-number", "2026/17")
    office.ok("letter", "sent", "1")
    office.ok("restore", backup, "--yes")
    office.folder = office.folder / "again"
    render(office, "--again", "--case-number", "2026/17")
    office.ok("letter", "sent", "2")
    rows = office.json("letter", "journal")
    assert (
        len({row["number"] for row in rows}) == len({row["document_number"] for row in rows}) == 8
    )


def test_an_association_that_came_since_is_named_and_its_number_is_nobody_elses(
    office, stick
) -> None:
    backup = stick()
    office.ok("org", "add", "Nyland kor", "--email", "nyland@lag.example")
    office.folder = office.folder / "ny"
    render(office)
    office.ok("letter", "sent", "1")
    done = office("restore", backup, "--yes")
    assert "under their names only: Nyland kor" in done.err
    row = next(r for r in office.json("letter", "log", "1") if r["name"] == "Nyland kor")
    assert row["org_id"] is None and row["state"] == "sent" and row["kept"]
    assert office.json("org", "add", "Sande lag", "--email", "sande@lag.example")["id"] == 6
    made = office("letter", "render", "mal", "-o", office.folder / "x", "--json")
    assert names(json.loads(made.out)["rendered"]) == ["Sande lag"]


def test_who_is_entered_again_after_a_restore_gets_it_only_when_somebody_says_so(
    office, stick
) -> None:
    backup = stick()
    office.ok("org", "add", "Nyland kor", "--email", "nyland@lag.example")
    office.folder = office.folder / "ny"
    render(office)
    office.ok("letter", "sent", "1")
    office.ok("restore", backup, "--yes")
    office.ok("org", "add", "NYLAND  KOR", "--email", "post@nyland.example", "--yes")
    words = ("letter", "render", "mal", "id:6", "-o", office.folder / "x")
    assert "may have got this letter" in office.refused(*words)
    assert office(*words, "--again").code == 0


def test_one_that_is_another_by_now_gets_no_letter_of_somebody_elses(office, stick) -> None:
    office.ok("org", "add", "Nyland kor", "--email", "nyland@lag.example")
    backup = stick()
    render(office)
    office.ok("letter", "sent", "1")
    change(backup, "UPDATE org SET uid = 'another', name = 'Annet lag' WHERE id = 5")
    done = office("restore", backup, "--yes")
    assert done.code == 0, done.err
    row = next(r for r in office.json("letter", "log", "1") if r["name"] == "Nyland kor")
    assert row["org_id"] is None


def test_what_is_in_doubt_stays_so_and_is_sent_again_only_when_somebody_says_so(
    office, serve, stick
) -> None:
    handler = serve({NAMES[0]: "drop"})
    render(office)
    backup = stick()
    send(office, code=3)
    before = everything(office)
    done = office("restore", backup, "--yes")
    assert "3 letters of batch 1 (mal) went out" in done.err
    assert (
        "1 letter of batch 1 (mal) may have gone out after this backup was made. It is" in done.err
    )
    assert everything(office) == before
    assert sorted(states(office).values()) == ["sending", "sent", "sent", "sent"]
    left = send(office, code=3)
    assert names(left["in_doubt"]) == ["Egge barnekor"] and len(handler.got) == 4
    handler.rules = {}
    send(office, "--in-doubt", "again")
    assert handler.to()[address("Egge barnekor")] == 2 and len(handler.got) == 5


@pytest.mark.parametrize("there", [True, False])
def test_of_a_batch_that_went_out_in_part_the_rest_can_still_be_sent(
    office, serve, stick, there: bool
) -> None:
    handler = serve({NAMES[1]: "550 5.1.1 No such user"})
    backup = None if there else stick()
    render(office)
    backup = backup or stick()
    send(office, code=3)
    done = office("restore", backup, "--yes")
    assert "3 letters of batch 1 (mal) went out" in done.err
    assert states(office)[NAMES[1]] == "draft"
    handler.rules = {}
    assert names(send(office)["sent"]) == [NAMES[1]]
    assert handler.to() == dict.fromkeys(map(address, NAMES), 1)


def test_whoever_is_unknown_and_was_not_reached_is_not_sent_to(office, serve, stick) -> None:
    office.ok("org", "add", "Nyland kor", "--email", "nyland@lag.example")
    handler = serve({"nyland@lag.example": "550 5.1.1 No such user"})
    backup = stick()
    office.ok("org", "add", "Sande lag", "--email", "sande@lag.example")
    handler.rules["sande@lag.example"] = "550 5.1.1 No such user"
    render(office)
    send(office, code=3)
    done = office("restore", backup, "--yes")
    assert "only: Sande lag" in done.err
    row = next(r for r in office.json("letter", "log", "1") if r["name"] == "Sande lag")
    assert row["why"] == "unknown"
    handler.rules = {}
    assert names(send(office)["sent"]) == ["Nyland kor"]


def test_a_letter_that_waited_in_the_backup_and_was_posted_since_is_not_mailed(
    office, serve, stick
) -> None:
    handler = serve({NAMES[0]: "450 4.2.1 Later"})
    render(office)
    send(office, code=3)
    assert states(office)[NAMES[0]] == "queued"
    backup = stick()
    office.ok("letter", "send", "1", "--withdraw")
    office.ok("letter", "sent", "1")
    before = everything(office)
    assert office.json("restore", backup, "--yes")["sent_since"][0]["letters"] == 1
    assert everything(office) == before
    handler.rules = {}
    send(office)
    assert len(handler.got) == 3


def test_a_run_that_is_under_way_is_carried_over_as_far_as_it_came(office, serve, stick) -> None:
    handler = serve()
    render(office)
    backup = stick()
    restored: list[int] = []

    def restore(step: str, what: str) -> None:
        if (step, what) == ("data", address(NAMES[2])) and not restored:
            command = [sys.executable, "-m", "frivillig_cli", "restore", str(backup), "--yes"]
            restored.append(subprocess.run(command, capture_output=True, check=False).returncode)

    handler.before = restore
    assert office("letter", "send", "1", "--yes").code == 1
    assert restored == [0]
    assert states(office) == dict(zip(NAMES, ("sent", "sent", "sending", "draft"), strict=True))
    send(office, "--in-doubt", "sent")
    assert handler.to() == dict.fromkeys(map(address, NAMES), 1)
    assert set(states(office).values()) == {"sent"} and office("doctor").code == 0


def test_what_was_entered_since_by_the_outbox_has_the_number_it_was_given(
    office, serve, stick
) -> None:
    serve()
    render(office, "--case-number", "2026/17")
    send(office)
    after = stick()
    change(office.path, "UPDATE letter SET sent = NULL, registered = NULL, sent_how = NULL,"
           " sent_to = NULL, kept = NULL, document = NULL",
           "UPDATE letter_batch SET status = 'draft', sent = NULL")  # fmt: skip
    backup = stick()
    office.ok("restore", after, "--yes")
    before = everything(office)
    assert office.json("restore", backup, "--yes")["sent_since"] == []
    assert everything(office) == before


def test_where_nothing_went_out_since_nothing_is_said(office, stick) -> None:
    render(office)
    office.ok("letter", "sent", "1")
    backup = stick()
    office.ok("org", "add", "Lier kor")
    assert "went out" not in office("restore", backup, "--yes").err
    assert office.json("restore", backup, "--yes")["sent_since"] == []


def test_it_is_one_command_in_the_history_and_cannot_be_undone(office, stick) -> None:
    render(office)
    backup = stick()
    office.ok("letter", "sent", "1")
    office.ok("restore", backup, "--yes")
    newest = office.json("history")[0]
    assert newest["command"] == "restore"
    assert {one["table"] for one in newest["changes"]} == {"letter", "letter_batch", "setting"}
    assert "moved aside" in office.refused("undo")
    rendered = next(one["id"] for one in office.json("history") if "render" in one["command"])
    office.refused("undo", rendered)
    assert set(states(office).values()) == {"sent"}
