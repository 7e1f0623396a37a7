"""`frivillig beredskap status|list`, and how an activation is shown."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.call_lines import covered_line, tally_line
from frivillig_cli.cli.callout import hint
from frivillig_cli.cli.commands.beredskap_options import ActivationOption
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import QueryArgument
from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _, ngettext, typed
from frivillig_cli.core.query import parse_query
from frivillig_cli.records.activation import queries
from frivillig_cli.records.activation.model import KIND_WORDS, PAYER_WORDS
from frivillig_cli.records.activation.states import STATE_WORDS, in_words

NAMES_SHOWN = 12
MOST_AGREEMENTS = 8


def status(
    activation: ActivationOption = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Everybody on the list, also those not called yet.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write it as a page for the wall."),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Again every five seconds, until Ctrl-C.")
    ] = False,
) -> None:
    """Show how the call-out stands: need, answers, who is where, who is left out.

    With -o, a page for the staff's wall that loads itself again; with --watch it is kept up to
    date. It names neither numbers, addresses nor protected people.
    """
    from frivillig_cli.cli import watch as watching
    from frivillig_cli.work.beredskap import enough, list_folder, view, view_json

    run = session.current()
    wanted = view.choose(run.register, activation, latest=True)
    if output is not None:
        _wall(wanted, output, watch=watch)
        return
    if watch:
        _must_be_a_terminal()
        watching.screen(lambda: _text(wanted, all_))
        return
    whole = all_ or run.out.mode != "text"
    seen = (view.load if whole else view.load_begun)(run.register, wanted, run.now)
    written = list_folder.existing(seen.activation)
    if run.out.mode != "text":
        run.out.json(view_json.to_json(seen, written))
        return
    run.out.lines(*head_lines(seen, written))
    rows = _shown_rows(seen, everybody=all_)
    if rows:
        run.out.lines("")
        run.out.table(_columns(), [_cells(row) for row in rows])
    if seen.excluded:
        run.out.lines("", *excluded_lines(seen, everybody=all_))
    hint(wanted, *list_folder.to_write(seen.activation, written))
    hint(wanted, *_unasked(seen), *enough.kept_off(seen), _next_line(seen))
    hint(wanted, *_nameless(seen), *enough.ways(seen))


def _shown_rows(seen: Any, *, everybody: bool) -> list[Any]:
    return [
        row
        for row in seen.eligible
        if everybody or row.called or row.deployment or row.contact != "pending"
    ]


def _unasked(seen: Any) -> list[str]:
    """Those who said yes in an episode that is over, and may be on the way without having been
    asked in this one.
    """
    names = [row.name for row in seen.out if row.deployment == "on_way" and row.answer is None]
    if not names or seen.activation.state != "active":
        return []
    return [_("Said yes before, and not told that it was over: {names}.", names=", ".join(names))]


def _must_be_a_terminal() -> None:
    import sys

    if session.current().out.mode != "text" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            _("--watch draws on a terminal, and there is none here."),
            _("Leave it out; or write a page for the wall with: -o status.html --watch"),
        )


def _text(wanted: int, everybody: bool) -> list[str]:
    """The status as lines for a screen that is drawn again and again, the latest calls first."""
    from shutil import get_terminal_size

    from frivillig_cli.cli.lines import hung, printable
    from frivillig_cli.cli.screen import plain_table
    from frivillig_cli.core.dates import show_time
    from frivillig_cli.work.beredskap import list_folder, view

    run = session.current()
    seen = (view.load if everybody else view.load_begun)(run.register, wanted, run.now)
    rows = sorted(
        _shown_rows(seen, everybody=everybody), key=lambda row: row.last_attempt or "", reverse=True
    )
    width = get_terminal_size().columns
    table = plain_table(_columns(), [[cell or "–" for cell in _cells(row)] for row in rows], width)
    written = list_folder.existing(seen.activation)
    told = [*head_lines(seen, written), "", *list_folder.to_write(seen.activation, written),
            _next_line(seen), *_nameless(seen)]  # fmt: skip
    ends = _("{time}  Every five seconds; q or Ctrl-C ends it.", time=show_time(run.now))
    lines = [hung(printable(line), width) for line in [ends, "", *told]]
    return [*lines, "", *(map(printable, table) if rows else [])]


def _wall(wanted: int, output: Path, *, watch: bool) -> None:
    from frivillig_cli.cli import watch as watching
    from frivillig_cli.formats.files import write_atomic
    from frivillig_cli.records.person.queries import protected_names
    from frivillig_cli.work.beredskap import view, wall

    run = session.current()

    def write() -> None:
        seen = view.load_begun(run.register, wanted, run.now)
        every = watching.SECONDS if watch else 30
        page = wall.page(seen, now=run.now, every=every, hidden=protected_names(run.register))
        write_atomic(output, page.encode("utf-8"), private=True)

    if not watch:
        write()
        run.out.result({"file": str(output)}, str(output))
        return
    run.out.hint(_("{file} is kept up to date. Ctrl-C ends it.", file=output))
    watching.again(write)


def _columns() -> list[Column]:
    return [
        Column(_("Row")), Column(_("Name")), Column(_("Contact")), Column(_("Answer")),
        Column(_("There")), Column(_("Where")), Column(_("Calls"), right=True),
    ]  # fmt: skip


def _cells(row: Any) -> tuple[str | None, ...]:
    from frivillig_cli.records.activation.calling import ANSWER_WORDS, CONTACT_WORDS
    from frivillig_cli.records.activation.row_actions import DEPLOYMENT_WORDS
    from frivillig_cli.records.activation.times import coming_time

    contact = _(CONTACT_WORDS[row.got])
    answer = _(ANSWER_WORDS[row.answer]) if row.answer else None
    there = coming_time(row.eta, row.last_attempt) if row.eta else None
    if row.answer == "later" and there:
        answer, there = _("from {time}", time=there), None
    if row.contact == "calling":
        contact = f"{contact} ({row.lease_by})"
    return (
        row.row_code,
        row.name,
        contact,
        answer,
        there,
        _(DEPLOYMENT_WORDS[row.deployment]) if row.deployment else None,
        str(row.called),
    )


def head_lines(seen: Any, written: Sequence[Path]) -> list[str]:
    """What stands over an activation: number, place, need, who pays, the list, the files."""
    from frivillig_cli.records.resource import queries as resources
    from frivillig_cli.work.beredskap import group_answers
    from frivillig_cli.work.beredskap.need_lines import needs_line

    activation = seen.activation
    started = _moment(activation.started)
    state = _("{kind}, {state}, from {time}", kind=_(KIND_WORDS[activation.kind]),
              state=in_words(activation), time=started)  # fmt: skip
    if activation.episode > 1:
        state += ", " + _("episode {n}", n=activation.episode)
    place = activation.place
    if activation.place_id:
        house = resources.get(session.current().register, activation.place_id)
        place = ", ".join(part for part in (house.name, house.address, _key(house)) if part)
    agreements = [str(one["id"]) for one in activation.agreements]
    payer = _(PAYER_WORDS[activation.payer])
    if len(agreements) > MOST_AGREEMENTS:
        payer += ", " + _("{n} agreements", n=len(agreements))
    elif agreements:
        payer += ", " + _("agreement {numbers}", numbers=", ".join(agreements))
    listed = ngettext(
        "{n} person, {out} left out", "{n} people, {out} left out", seen.listed,
        out=len(seen.excluded),
    )  # fmt: skip
    facts = [
        (_("Meet at"), place),
        (_("Call back"), activation.callback),
        (_("Need"), needs_line(seen)),
        *((_("Group"), group_answers.line(seen, told.group_id)) for told in seen.told),
        (_("In charge"), activation.in_charge),
        (_("Pays"), payer),
        (_("Call list"), listed),
        *((_("Episode {n}", n=one.activation.episode), _episode_line(one)) for one in seen.past),
        (_("Called"), tally_line(seen)),
        *apart(seen),
        (_("Files"), _files(written)),
    ]
    width = max(len(label) for label, _value in facts)
    exercise = {"exercise": "ØVELSE  ", "contact_test": ""}.get(activation.kind, "")
    lines = [f"{exercise}{activation.number}  {activation.title}  ({state})"]
    return lines + [f"  {label:<{width}}  {value}" for label, value in facts if value]


def _episode_line(past: Any) -> str:
    """`to 05:20: anyone 2/2 · called 7 · yes 4 · no 1`: what an episode that is over came to."""
    from frivillig_cli.work.beredskap.need_lines import needs_line

    ended = _("to {time}: {needs}", time=_moment(past.activation.ended), needs=needs_line(past))
    called = tally_line(past)
    rest = [f"{label.lower()} {value}" for label, value in apart(past)]
    if past.activation.called_off:
        ended = f"{_('called off')} · {ended}"
    return " · ".join(filter(None, (ended, called and _("called {tally}", tally=called), *rest)))


def _moment(stored: str) -> str:
    """A time of today as `03:10`, an earlier one with its date."""
    from frivillig_cli.core.clock import norwegian_day
    from frivillig_cli.core.dates import show_date
    from frivillig_cli.records.activation.times import clock_time

    moment = datetime.fromisoformat(stored)
    day = norwegian_day(moment)
    time = clock_time(moment)
    return time if day == session.current().today else f"{show_date(day)} {time}"


def _key(house: Any) -> str:
    from frivillig_cli.cli.views import phone

    if not house.key_holder:
        return ""
    number = phone(house.key_holder_phone)
    return _("key: {who}", who=f"{house.key_holder} {number}" if number else house.key_holder)


def _files(written: Sequence[Path]) -> str:
    if not written:
        return ""
    endings = dict.fromkeys(file.suffix[1:] for file in written)
    return f"{written[0].parent}/ " + " ".join(endings)


def apart(seen: Any) -> list[tuple[str, str]]:
    """Those who are among neither the called nor their answers: (what they are, how many)."""
    from frivillig_cli.work.beredskap.figure_lines import by_leaders

    came, carried, (said, unnamed) = seen.tally["came"], seen.tally["carried"], seen.by_leaders
    lines = [
        (_("Came without being called"), str(came) if came else ""),
        (_("Called in before"), str(carried) if carried else ""),
        (_("Reported by a group’s leader"), by_leaders(said, unnamed) if said else ""),
    ]
    return [(label, value) for label, value in lines if value]


def excluded_lines(seen: Any, *, everybody: bool = False) -> list[str]:
    """How many are left out, a line a reason, with their names (the first of many)."""
    from frivillig_cli.records.activation.selection import REASON_WORDS

    reasons: dict[str, list[str]] = {}
    free = {row.id for row in seen.free_again}
    for row in seen.excluded:
        why = _(REASON_WORDS[row.reason])
        if row.id in free:
            why = _("was called in to another activation, free again")
        reasons.setdefault(why, []).append(row.name)
    lines = [_("Left out: {n}", n=len(seen.excluded))] if reasons else []
    for why, names in reasons.items():
        shown = names if everybody else names[:NAMES_SHOWN]
        more = " …" if len(shown) < len(names) else ""
        lines.append(f"  {len(names):>3}  {why}: {', '.join(shown)}{more}")
    return lines


def _nameless(seen: Any) -> list[str]:
    """How to say of those whom leaders have promised, and nobody has named, that they are home."""
    from frivillig_cli.work.beredskap import group_answers

    return [] if seen.activation.state == "active" else group_answers.out_lines(seen)


def _next_line(seen: Any) -> str:
    from frivillig_cli.work.beredskap import enough, group_answers

    if seen.activation.state == "active" and not seen.covered:
        text = _("Next: {command}", command="frivillig beredskap next")
        told = enough.outlook(seen)
        return f"{text}   ({told})" if told else text
    if seen.activation.state == "active":
        return covered_line(seen)
    unnamed = group_answers.unnamed_lines(seen).values()
    if names := ", ".join([*(row.name for row in seen.out), *unnamed]):
        line = _("Not home yet: {names}.", names=names)
        if seen.out and seen.activation.state != "standing_down":
            line += " " + _("Tell them, and report them: {command}",
                            command=typed("frivillig beredskap leave PERSON --home"))  # fmt: skip
        return line
    if seen.activation.state == "standing_down" and seen.activation.called_off:
        return _("All are home. Next: {cancel}   (if it took place all the same: {end})",
                 cancel="frivillig beredskap cancel --reason …",
                 end="frivillig beredskap end")  # fmt: skip
    if seen.activation.state == "standing_down":
        return _("All are home. Next: {end}   (called off: {cancel})",
                 end="frivillig beredskap end",
                 cancel="frivillig beredskap cancel --reason …")  # fmt: skip
    return _(
        "The log: {command}",
        command=f"frivillig beredskap log --activation {seen.activation.number}",
    )


def list_(query: QueryArgument = None) -> None:
    """List the call-outs, the newest first."""
    from frivillig_cli.cli.views import short_day

    run = session.current()
    wanted = parse_query(query or [])
    limit = run.page()
    found = queries.find(run.register, wanted, sort=run.sort, limit=limit)
    total = queries.count(run.register, wanted) if limit and len(found) == limit else None
    keys = ("id", "number", "title", "kind", "state", "started", "ended", "payer", "episode",
            "asked_by", "decided_by", "external_ref", "place")  # fmt: skip
    run.out.listing(
        found,
        lambda one: {key: getattr(one, key) for key in keys},
        [
            Column(_("Number")), Column(_("Title")), Column(_("Kind")), Column(_("State")),
            Column(_("Started")), Column(_("Pays")),
        ],
        lambda one: (
            one.number, one.title, _(KIND_WORDS[one.kind]), _(STATE_WORDS[one.state]),
            short_day(one.started), _(PAYER_WORDS[one.payer]),
        ),
        total=total,
    )  # fmt: skip
