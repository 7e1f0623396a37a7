"""`frivillig beredskap next|call|arrive|leave|exclude|include`."""

from datetime import datetime
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.commands.beredskap_options import (
    ActivationOption,
    AsOption,
    AtOption,
    PersonOnList,
    ReasonOption,
    caller,
    change,
    choose,
    hint,
    moment,
)
from frivillig_cli.cli.complete import complete_outcome
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _

_NORWEGIAN = {
    "ja": "yes", "senere": "later", "siste-utvei": "last-resort", "nei": "no",
    "usikker": "unclear", "ikke-svar": "no-answer", "opptatt": "busy",
    "telefonsvarer": "voicemail", "feil-nummer": "wrong-number", "galt-nummer": "wrong-number",
}  # fmt: skip


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
    from frivillig_cli.work.beredskap import calls

    run = session.current()
    who = caller(as_)
    wanted = choose(activation)
    with change(wanted) as register:
        found = calls.claim_next(
            register, wanted, caller=who, now=run.now, any_skill=any_skill, new_round=new_round
        )
    run.out.result(found.to_json(), *_next_lines(found))
    if found.row.protected:
        command = f"frivillig person show {found.row.person_id}"
        run.out.hint(_("The number is protected. See it with: {command}", command=command))
    hint(
        wanted,
        _("Then: {command}", command=f"frivillig beredskap call {found.row.person_id} "
          "yes|later|last-resort|no|unclear|no-answer|busy|voicemail|wrong-number")
    )  # fmt: skip


def _next_lines(found: Any) -> list[str]:
    from frivillig_cli.cli.views import phone
    from frivillig_cli.records.activation.times import clock_time
    from frivillig_cli.records.response.model import ROLE_WORDS

    row = found.row
    groups = ", ".join(
        seat.name if seat.role == "member" else f"{_(ROLE_WORDS[seat.role])}, {seat.name}"
        for seat in row.groups
    )
    n, total = found.place
    labels = (_("CALL"), _("SAY"))
    width = max(map(len, labels)) + 2
    of = _("{n} of {total}", n=n, total=total)
    lines = [f"{labels[0]:<{width}}{row.name}  ({of})"]
    numbers = [phone(number) or "" for number in found.phones] or ["–"]
    lines += [f"{'':<{width}}{number}" for number in numbers]
    lines += [f"{'':<{width}}{about}" for about in (groups, ", ".join(row.skills)) if about]
    if found.shared_with:
        names = ", ".join(found.shared_with)
        lines.append(f"{'':<{width}}" + _("same number as {names}", names=names))
    if found.last_ring:
        time = clock_time(datetime.fromisoformat(found.last_ring[0]))
        text = _("This number was rung {time} for {name}.", time=time, name=found.last_ring[1])
        lines.append(f"{'':<{width}}{text}")
    return [*lines, f"{labels[1]:<{width}}«{found.say}»"]


def call(
    person: PersonOnList,
    outcome: Annotated[
        str,
        typer.Argument(
            metavar="OUTCOME",
            help="yes, later, last-resort, no, unclear, no-answer, busy, voicemail, wrong-number;"
            " also withdrew, other-person, sms-sent, network-down.",
            autocompletion=complete_outcome,
        ),
    ],
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
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Record what came of a call. A yes counts only while something is missing."""
    from frivillig_cli.work.beredskap import calls, view

    run = session.current()
    word, who = _outcome(outcome), caller(as_)
    if how not in ("phone", "in-person", "via-leader"):
        raise UsageError(
            _("{name} must be one of: {known}.", name="--how", known="phone, in-person, via-leader")
        )
    wanted = choose(activation)
    if word == "later" and not (eta or from_):
        from_ = _from_when(moment(at, run.now) or run.now)
    with change(wanted) as register:
        now = run.now
        happened = moment(at, now)
        if skill:
            calls.skills_known(view.load(register, wanted, now), skill)
        coming = _coming(word, eta, from_, happened or now)
        heard = calls.Heard(word, who, happened, coming, number, skill, how)
        result = calls.record_call(register, wanted, person, heard, now=now)
    _show_call(result, word)


def _outcome(typed: str) -> str:
    from frivillig_cli.core.names import nearest
    from frivillig_cli.records.activation.calling import SAID

    word = typed.strip().lower().replace("_", "-")
    word = _NORWEGIAN.get(word, word)
    if word in SAID:
        return word
    near = nearest(word, list(SAID), 1)
    raise UsageError(
        _("“{word}” is not an outcome.", word=echo(typed)),
        _("Did you mean {names}?", names=near[0])
        if near
        else _("Choose one of: {known}.", known=", ".join(SAID)),
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
    from frivillig_cli.records.activation.calling import CONTACT_WORDS, OUTCOME_WORDS, SAID
    from frivillig_cli.work.beredskap import calls, view

    run = session.current()
    row, decided, after = result.row, result.decided, result.view
    data = {
        **view.row_json(after, row),
        "outcome": SAID[word].outcome,
        "late": decided.late,
        "needs": view.needs_json(after),
        "covered": after.covered,
    }
    if SAID[word].answer:
        text = calls.answer_line(after, row.id)
    else:
        text = f"{_(OUTCOME_WORDS[SAID[word].outcome])} · {_(CONTACT_WORDS[row.contact])}"
    run.out.result(data, f"{row.name}: {text}", calls.needs_line(after))
    if decided.late:
        run.out.hint(_("The answer came after the stand-down and is marked late."))
    elif decided.answer == "reserve" and SAID[word].answer == "yes":
        run.out.hint(_reserve_line(row, after))
    if word == "wrong-number":
        command = f"frivillig person edit {row.person_id} --phone NUMBER"
        run.out.hint(_("Correct it in the register later: {command}", command=command))
    reserves = [one.name for one in after.eligible if one.answer == "reserve"]
    if decided.answer in ("no", "withdrew") and reserves and not after.covered:
        run.out.hint(_("In reserve: {names}. Ask them again.", names=", ".join(reserves)))
    if after.activation.state == "active":
        hint(
            after.activation.id,
            _("The need is covered. Wind up with: frivillig beredskap end")
            if after.covered
            else _("Next: {command}", command="frivillig beredskap next"),
        )


def _reserve_line(row: Any, after: Any) -> str:
    if after.covered:
        return _("The need is covered: {name} is in reserve. Say thanks.", name=row.name)
    return _("{name} has not the skill that is missing, and is in reserve. Count them all the same"
             " with: --for SKILL", name=row.name)  # fmt: skip


def arrive(
    person: PersonOnList,
    at: AtOption = None,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Note that somebody is on site."""
    from frivillig_cli.work.beredskap import steps

    run = session.current()
    who = caller(as_)
    wanted = choose(activation)
    with change(wanted) as register:
        now = run.now
        row, after = steps.arrive(register, wanted, person, by=who, at=moment(at, now), now=now)
    _show_row(row, after)


def leave(
    person: PersonOnList,
    home: Annotated[bool, typer.Option("--home", help="They are home, safe.")] = False,
    no_show: Annotated[bool, typer.Option("--no-show", help="They never came.")] = False,
    at: AtOption = None,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Note that somebody is told they may go; with --home, that they are home."""
    from frivillig_cli.work.beredskap import steps

    run = session.current()
    if home and no_show:
        raise UsageError(_("--home and --no-show do not go together."), _("Give one of them."))
    to = "home_safe" if home else "no_show" if no_show else "released"
    who = caller(as_)
    wanted = choose(activation)
    with change(wanted) as register:
        now = run.now
        row, after = steps.leave(register, wanted, person, to, by=who, at=moment(at, now), now=now)
    _show_row(row, after)
    if to == "released":
        command = f"frivillig beredskap leave {row.person_id} --home"
        hint(wanted, _("When they are home: {command}", command=command))


def exclude(
    person: PersonOnList,
    reason: ReasonOption = None,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Leave somebody out of this activation; the list still names them."""
    from frivillig_cli.work.beredskap import steps

    _choose_by_hand(steps.exclude, person, reason, as_, activation)


def include(
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help="The number, or enough of the name.")
    ],
    reason: ReasonOption = None,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Take in somebody who was left out, or put one of the register's people on the list."""
    from frivillig_cli.work.beredskap import steps

    _choose_by_hand(steps.include, person, reason, as_, activation)


def _choose_by_hand(
    step: Any, person: str, reason: str | None, as_: str | None, activation: str | None
) -> None:

    run = session.current()
    who = caller(as_)
    wanted = choose(activation)
    with change(wanted) as register:
        row, after = step(register, wanted, person, by=who, reason=reason, now=run.now)
    now_row = next(one for one in after.rows if one.id == row.id)
    _show_row(now_row, after)


def _show_row(row: Any, after: Any) -> None:
    from frivillig_cli.records.activation.row_actions import DEPLOYMENT_WORDS
    from frivillig_cli.records.activation.selection import REASON_WORDS
    from frivillig_cli.work.beredskap import view

    if row.selection == "excluded":
        state = _("left out: {why}", why=_(REASON_WORDS[row.reason]))
    elif row.deployment:
        state = _(DEPLOYMENT_WORDS[row.deployment])
    else:
        state = _("on the list")
    data = {**view.row_json(after, row), "needs": view.needs_json(after)}
    session.current().out.result(data, f"{row.name}: {state}")
