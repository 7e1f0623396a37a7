"""A call in lines of text: what to know of whom one rings, what it came to, how it goes on."""

from datetime import datetime
from typing import Any

from frivillig_cli.core.i18n import N_, _, typed


def about_lines(found: Any) -> list[str]:
    """Groups, skills, who shares the number, and what was said or rung before."""
    from frivillig_cli.records.activation.times import clock_time, coming_time
    from frivillig_cli.records.response.model import ROLE_WORDS

    groups = ", ".join(
        seat.name if seat.role == "member" else f"{_(ROLE_WORDS[seat.role])}, {seat.name}"
        for seat in found.row.groups
    )
    lines = [part for part in (groups, ", ".join(found.row.skills)) if part]
    if found.row.answer == "later" and found.row.eta:
        time = coming_time(found.row.eta, None)
        lines.insert(0, _("could come from {time}: ask whether they come now", time=time))
    if found.kept_off:
        from frivillig_cli.records.activation.selection import REASON_WORDS

        lines.insert(0, _("by the register now: {why}", why=_(REASON_WORDS[found.kept_off])))
    if found.engaged:
        who, name = found.engaged
        lines.insert(
            0,
            _("{who} is ringing this number now, for {name}: ask them, or wait.", who=who,
              name=name),
        )  # fmt: skip
    if found.sharers:
        lines.append(_("same number as {names}", names=", ".join(found.sharers)))
    if found.last_ring:
        time = clock_time(datetime.fromisoformat(found.last_ring[0]))
        lines.append(
            _("This number was rung {time} for {name}.", time=time, name=found.last_ring[1])
        )
    return [*lines, *found.reported, *(one.line() for one in found.twins)]


def tally_line(seen: Any) -> str:
    """`7 · yes 4 · no 1 · not reached 2`: how many were called, and what came of it.

    Those who have left stand by that: `released 1`, and not among those who said yes.
    """
    from frivillig_cli.records.activation.calling import ANSWER_WORDS, CONTACT_WORDS
    from frivillig_cli.records.activation.model import LEFT
    from frivillig_cli.records.activation.row_actions import DEPLOYMENT_WORDS

    tally = seen.tally
    if not tally["called"]:
        return ""
    words = {**ANSWER_WORDS, "not_reached": CONTACT_WORDS["not_reached"],
             "given_up": CONTACT_WORDS["given_up"],
             **{code: DEPLOYMENT_WORDS[code] for code in LEFT},
             "left_out": N_("left out")}  # fmt: skip
    shown = [f"{_(word)} {tally[code]}" for code, word in words.items() if tally[code]]
    return " · ".join([str(tally["called"]), *shown])


def covered_line(seen: Any) -> str:
    """What comes after the last yes: they arrive, and only when it is over one stands down."""
    if any(row.deployment == "on_way" for row in seen.out):
        return _("The need is covered. When they come: {arrive}. When it is over: {end}",
                 arrive=typed("frivillig beredskap arrive PERSON"),
                 end="frivillig beredskap end")  # fmt: skip
    return _("The need is covered. Wind up with: frivillig beredskap end")


def repeated_line(row: Any, result: Any) -> str:
    """That the same had been recorded already, by whom, and how another call is recorded.

    Where there is another number, that may be the one that was rung: both are named.
    """
    from frivillig_cli.core.phone import show_phone
    from frivillig_cli.records.activation.calling import number_to_ring
    from frivillig_cli.records.activation.times import clock_time

    at, who, number = result.repeated
    other = number_to_ring(row) if number else None
    if number and other and other != number:
        return _("{name}: {who} recorded the same of {number} at {time}, and it counts once. If you"
                 " rang {other}, write it with {option}. If it was another call: --again.",
                 name=row.name, who=who, number=show_phone(number), other=show_phone(other),
                 time=clock_time(datetime.fromisoformat(at)),
                 option=f"--number {other.removeprefix('+47')}")  # fmt: skip
    return _("{name}: {who} recorded the same at {time}, and it counts once. If it was another"
             " call, write it with --again.", name=row.name, who=who,
             time=clock_time(datetime.fromisoformat(at)))  # fmt: skip
