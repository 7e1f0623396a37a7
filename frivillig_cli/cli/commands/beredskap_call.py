"""`frivillig beredskap next|call`."""

from datetime import datetime
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.call_lines import about_lines
from frivillig_cli.cli.callout import hint, pointed
from frivillig_cli.cli.commands import beredskap_call_group
from frivillig_cli.cli.commands.beredskap_call_group import Told
from frivillig_cli.cli.commands.beredskap_options import (
    ActivationOption,
    AsOption,
    AtOption,
    caller,
    change,
    choose,
    moment,
)
from frivillig_cli.cli.complete import complete_group, complete_outcome, complete_person
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.records.activation import calling


def next_(
    any_skill: Annotated[
        bool, typer.Option("--any-skill", help="Also those without the skill that is missing.")
    ] = False,
    new_round: Annotated[
        bool, typer.Option("--new-round", help="Begin another round of those not reached.")
    ] = False,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Say whom to call now, and keep others from calling them for ten minutes."""
    from frivillig_cli.work.beredskap import changes, claims

    run = session.current()
    who = caller(as_)
    wanted = choose(activation)
    with change(wanted) as register:
        found = claims.claim_next(
            register, wanted, caller=who, now=run.now, any_skill=any_skill, new_round=new_round
        )
    notes = changes.notes(register, wanted, found.row)
    run.out.result({**found.to_json(), "notes": notes}, *_next_lines(found, notes))
    if found.row.protected:
        command = f"frivillig person show {found.row.person_id}"
        run.out.hint(_("The number is protected. See it with: {command}", command=command))
    hint(
        wanted,
        _("Then: {command}", command=f"frivillig beredskap call {found.row.ref} "
          + _("yes|later|last-resort|no|unclear|no-answer|busy|voicemail|wrong-number"))
    )  # fmt: skip


def _next_lines(found: Any, notes: list[str]) -> list[str]:
    from frivillig_cli.cli.views import phone

    row = found.row
    n, total = found.place
    labels = (_("CALL"), _("SAY"))
    width = max(map(len, labels)) + 2
    of = _("{n} of {total}", n=n, total=total)
    lines = [f"{labels[0]:<{width}}{row.name}  ({of})"]
    numbers = [phone(number) or "" for number in found.phones] or ["–"]
    lines += [f"{'':<{width}}{number}" for number in numbers]
    lines += [f"{'':<{width}}{about}" for about in [*about_lines(found), *notes]]
    return [*lines, f"{labels[1]:<{width}}«{found.say}»"]


def call(
    person: Annotated[
        str | None,
        typer.Argument(
            metavar="PERSON",
            help="The number, row code, or enough of the name; without it, one key a call.",
            autocompletion=complete_person,
        ),
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Argument(
            metavar="OUTCOME",
            help="yes, later, last-resort, no, unclear, no-answer, busy, voicemail, wrong-number;"
            " also withdrew, other-person, sms-sent, network-down; undo takes the last one back.",
            autocompletion=complete_outcome,
        ),
    ] = None,
    eta: Annotated[
        str | None, typer.Option(metavar="30m|TIME", help="When they are there.")
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help="From when they can (later).")
    ] = None,
    at: AtOption = None,
    number: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="The number used, if it was another.")
    ] = None,
    skill: Annotated[
        str | None,
        typer.Option(
            "--for", metavar="SKILL", help="Counts for this need, though not registered with it."
        ),
    ] = None,
    how: Annotated[
        str, typer.Option(metavar="phone|in-person|via-leader", help="How the answer came.")
    ] = "phone",
    group: Annotated[
        str | None,
        typer.Option(
            metavar="REF",
            help="The leader answers for the whole group: with --coming.",
            autocompletion=complete_group,
        ),
    ] = None,
    coming: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="How many of the group come.")
    ] = None,
    of: Annotated[
        int | None, typer.Option("--of", metavar="N", min=0, help="Of how many in the group.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="It was another call, though the same was just said.")
    ] = False,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Record what came of a call; alone in a terminal, go through the list with one key a call.

    A yes counts only while something is missing. The same within a minute is counted once.
    """
    from frivillig_cli.cli import call_loop

    told = Told(eta, from_, at, number, skill, how, again)
    if group is not None or coming is not None or of is not None:
        undo = outcome is None and calling.NORWEGIAN.get(word := (person or "").lower(), word)
        if undo == calling.UNDO:
            beredskap_call_group.take_back(group, coming, of, told, as_, activation)
        else:
            beredskap_call_group.record(group, coming, of, person, told, as_, activation)
    elif person is None:
        call_loop.run(choose(activation), caller(as_))
    else:
        _one(person, outcome or _ask_outcome(person), told, as_, activation)


def _ask_outcome(person: str) -> str:
    """What came of it, asked for; an outcome in the person's place is told apart first."""
    from frivillig_cli.cli import ask

    word = person.strip().lower()
    if word in (*calling.SAID, *calling.NORWEGIAN, calling.UNDO):
        raise UsageError(
            _("Of whom is “{word}”?", word=word),
            _("Write the person first: {command}",
              command=typed(f"frivillig beredskap call PERSON {word}")),
        )  # fmt: skip
    return ask.text(_("What came of it?"), "OUTCOME", _outcome)


def _one(person: str, outcome: str, told: Told, as_: str | None, activation: str | None) -> None:
    from frivillig_cli.work.beredskap import calls, need_lines, view

    run = session.current()
    word, who = _outcome(outcome), caller(as_)
    if told.how not in ("phone", "in-person", "via-leader"):
        raise UsageError(
            _("{field} cannot be “{value}”.", field="--how", value=echo(told.how)),
            _("Choose one of: {known}.", known="phone, in-person, via-leader"),
        )
    if word == calling.UNDO:
        _take_back(person, told, who, activation)
        return
    wanted = choose(activation)
    from_ = told.from_
    if word == "later" and not (told.eta or from_):
        from_ = _from_when(moment(told.at, run.now) or run.now)
    with change(wanted) as register:
        now = run.now
        happened = moment(told.at, now)
        if told.skill:
            need_lines.skills_known(view.load(register, wanted, now), told.skill)
        there = _coming(word, told.eta, from_, happened or now)
        heard = calls.Heard(
            word, who, happened, there, told.number, told.skill, told.how, once=not told.again
        )
        result = calls.record_call(register, wanted, person, heard, now=now)
    _show_call(result, word)


def _take_back(person: str, told: Told, who: str, activation: str | None) -> None:
    from frivillig_cli.work.beredskap import calls, changes, need_lines, view_json

    if any((told.eta, told.from_, told.at, told.number, told.skill)) or told.how != "phone":
        raise UsageError(
            _("undo takes back what was recorded last, and goes with nothing else."),
            _("Leave the other options out."),
        )
    run = session.current()
    wanted = choose(activation)
    with change(wanted) as register:
        done = changes.take_back(register, wanted, person, by=who, now=run.now)
    data = {
        **view_json.row_json(done.view, done.row),
        "outcome": calling.UNDO,
        "taken_back": done.what,
    }
    text = _("{name}: «{what}» is taken back.", name=done.row.name, what=done.what)
    if stands := calls.answer_line(done.view, done.row.id):
        text += " " + _("What stands: {answer}.", answer=stands)
    run.out.result(
        {**data, "needs": view_json.needs_json(done.view), "covered": done.view.covered},
        text,
        need_lines.needs_line(done.view),
    )
    own = [need for need in done.view.needs if need.id == done.row.need_id]
    if own and own[0].confirmed > own[0].needed and done.row.deployment == "on_way":
        hint(wanted, _("That is more than is needed: agree with {name} whether they come.",
                       name=done.row.name))  # fmt: skip


def _outcomes() -> list[str]:
    """The outcomes as they are typed in the language of the run."""
    return [calling.as_typed(word) for word in (*calling.SAID, calling.UNDO)]


def _outcome(typed: str) -> str:
    from frivillig_cli.core.names import nearest

    word = typed.strip().lower().replace("_", "-")
    word = calling.NORWEGIAN.get(word, word)
    if word in calling.SAID or word == calling.UNDO:
        return word
    near = nearest(word, [*_outcomes(), *calling.SAID, calling.UNDO], 1)
    raise UsageError(
        _("“{word}” is not an outcome.", word=echo(typed)),
        _("Did you mean {names}?", names=near[0])
        if near
        else _("Choose one of: {known}.", known=", ".join(_outcomes())),
    )


def _from_when(said: datetime) -> str:
    """A later without a time says nothing: ask for it, or refuse where nobody can be asked."""
    from frivillig_cli.cli import ask
    from frivillig_cli.records.activation.times import parse_coming

    if not ask.in_terminal():
        raise UsageError(
            _("From when can they come?"), _("Say it with --from: call PERSON later --from 06:00")
        )
    return ask.text(_("From when can they come?"), "--from", lambda text: parse_coming(text, said))


def _coming(word: str, eta: str | None, from_: str | None, said: datetime) -> datetime | None:
    from frivillig_cli.records.activation.times import parse_coming

    if eta and from_:
        raise UsageError(_("--eta and --from do not go together."), _("Give one of them."))
    if (eta or from_) and word not in ("yes", "later"):
        raise UsageError(
            _("A time goes with yes (--eta) and later (--from) only."), _("Leave it out.")
        )
    text = eta or from_
    return parse_coming(text, said) if text else None


def _show_call(result: Any, word: str) -> None:
    from frivillig_cli.cli.call_lines import covered_line, repeated_line
    from frivillig_cli.records.activation.calling import CONTACT_WORDS, OUTCOME_WORDS, SAID
    from frivillig_cli.work.beredskap import calls, need_lines, twins, view_json

    run = session.current()
    row, decided, after = result.row, result.decided, result.view
    data = {
        **view_json.row_json(after, row),
        "outcome": SAID[word].outcome,
        "late": decided.late,
        "needs": view_json.needs_json(after),
        "covered": after.covered,
        "repeated": result.repeated is not None,
        "may_be": [one.row.row_code for one in result.twins],
        "crossed": list(result.crossed),
    }
    if SAID[word].answer:
        text = calls.answer_line(after, row.id)
    else:
        text = f"{_(OUTCOME_WORDS[SAID[word].outcome])} · {_(CONTACT_WORDS[row.contact])}"
    run.out.result(data, f"{row.name}: {text}", need_lines.needs_line(after))
    run.out.warn(
        *(pointed(one, after.activation.id) for one in twins.both_count(row, result.twins)),
        *(
            one if "--activation" in one else pointed(one, after.activation.id)
            for one in result.crossed
        ),
    )
    if result.repeated:
        run.out.hint(repeated_line(row, result))
    if decided.late:
        run.out.hint(_("The answer came after the stand-down and is marked late."))
    elif decided.answer == "reserve" and SAID[word].answer == "yes":
        run.out.hint(_reserve_line(row, after))
    if word == "wrong-number" and row.person_id:
        command = typed(f"frivillig person edit {row.person_id} --phone NUMBER")
        run.out.hint(_("Correct it in the register later: {command}", command=command))
    reserves = [one.name for one in after.in_reserve]
    if decided.answer in ("no", "withdrew") and reserves:
        run.out.hint(_("In reserve: {names}. Ask them again.", names=", ".join(reserves)))
    if after.activation.state == "active":
        hint(
            after.activation.id,
            covered_line(after)
            if after.covered
            else _("Next: {command}", command="frivillig beredskap next"),
        )
        if after.lacking:
            run.out.warn(
                _(
                    "Those who are left are not enough: {command}",
                    command=pointed("frivillig beredskap status", after.activation.id),
                )
            )


def _reserve_line(row: Any, after: Any) -> str:
    if after.covered:
        return _("The need is covered: {name} is in reserve. Say thanks.", name=row.name)
    return _("{name} has not the skill that is missing, and is in reserve. Count them all the same"
             " with: --for SKILL", name=row.name)  # fmt: skip
