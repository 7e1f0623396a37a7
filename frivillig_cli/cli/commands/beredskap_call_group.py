"""`frivillig beredskap call --group`: a leader answers for the whole group."""

from typing import Any, NamedTuple

from frivillig_cli.cli import session
from frivillig_cli.cli.callout import hint
from frivillig_cli.cli.commands.beredskap_options import caller, change, choose, moment
from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.records.activation import calling


class Told(NamedTuple):
    """What is said of an outcome besides itself, as typed."""

    eta: str | None = None
    from_: str | None = None
    at: str | None = None
    number: str | None = None
    skill: str | None = None
    how: str = "phone"
    again: bool = False


def record(
    group: str | None, coming: int | None, of: int | None, person: str | None, told: Told,
    as_: str | None, activation: str | None,
) -> None:  # fmt: skip
    """Record what a group's leader answers for all of them, as typed."""
    from frivillig_cli.records.activation.times import parse_coming
    from frivillig_cli.records.response.queries import group_id
    from frivillig_cli.work.beredskap import group_answers, need_lines, view

    if group is None or coming is None or person is not None or told.from_ or told.number:
        raise UsageError(
            _("A group's answer is: --group GROUP --coming N, and --of N, --eta and --for."),
            _("Write it as: frivillig beredskap call --group GROUP --coming 8 --of 14"),
        )
    run = session.current()
    who, wanted = caller(as_), choose(activation)
    found = group_id(run.register, group)
    with change(wanted) as register:
        now = run.now
        at = moment(told.at, now)
        eta = parse_coming(told.eta, at or now) if told.eta else None
        before = view.load(register, wanted, now)
        promise = group_answers.Promise(coming, who, of, told.skill, eta, at)
        after = group_answers.record(register, wanted, found, promise, now=now)
    run.out.result(
        _shown(after),
        group_answers.line(after, found),
        need_lines.needs_line(after),
    )
    run.out.hint(*group_answers.replaced(before, after, found))
    if coming:
        hint(
            wanted,
            _("Fill in the names as you get them: {command}",
              command=typed(f"frivillig beredskap call PERSON {calling.as_typed('yes')}"
                            " --how via-leader"))
        )  # fmt: skip


def take_back(
    group: str | None, coming: int | None, of: int | None, told: Told, as_: str | None,
    activation: str | None,
) -> None:  # fmt: skip
    """Take back what was recorded last of a group."""
    from frivillig_cli.records.response.queries import group_id
    from frivillig_cli.work.beredskap import group_answers, need_lines

    if group is None or (coming, of) != (None, None) or told != Told(how=told.how):
        raise UsageError(
            _("undo takes back what was recorded last, and goes with nothing else."),
            _("Leave the other options out."),
        )
    run = session.current()
    who, wanted = caller(as_), choose(activation)
    found = group_id(run.register, group)
    with change(wanted) as register:
        what, after = group_answers.take_back(register, wanted, found, by=who, now=run.now)
    run.out.result(
        {**_shown(after), "outcome": calling.UNDO, "taken_back": what},
        _("«{what}» is taken back.", what=what),
        need_lines.needs_line(after),
    )


def _shown(after: Any) -> dict[str, Any]:
    """What scripts see of an activation when a group has answered."""
    from frivillig_cli.work.beredskap import view_json

    data = view_json.to_json(after, [])
    return {key: data[key] for key in ("number", "needs", "covered", "group_answers")}
