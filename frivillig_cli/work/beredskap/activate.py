"""`activate`: one transaction that takes the snapshot a whole call-out stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.core.names import fold, sort_key
from frivillig_cli.records import municipality
from frivillig_cli.records.activation import actions, queries
from frivillig_cli.records.activation.model import KIND_WORDS
from frivillig_cli.records.resource import queries as resources
from frivillig_cli.records.resource.actions import check_text
from frivillig_cli.records.response import queries as response
from frivillig_cli.records.response.model import RosterGroup
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import roster, view
from frivillig_cli.work.beredskap.wanted import Wanted

_MOST_NAMES = 10


@dataclass(frozen=True)
class Request:
    """What was asked for; texts as typed, groups, agreements and `continues` by id.

    `needs` is {skill: how many}; `rescue` a search that the police lead. `expired_because` is why
    people are called whose agreement is not in force.
    """

    title: str
    kind: str = "real"
    needs: Mapping[str | None, int] = field(default_factory=dict)
    groups: tuple[int, ...] = ()
    agreements: tuple[int, ...] = ()
    skills: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    driving_licence: bool = False
    rescue: bool = False
    expired_because: str | None = None
    asked_by: str | None = None
    decided_by: str | None = None
    external_ref: str | None = None
    place: str | None = None
    callback: str | None = None
    continues: int | None = None

    @property
    def wanted(self) -> Wanted:
        """Whom it is for."""
        return Wanted(self.skills, self.areas, self.languages, self.driving_licence)


def same_under_way(register: Register, request: Request) -> str | None:
    """The number of an activation of this kind and title that is under way, or None."""
    return queries.same_under_way(register, request.kind, fold(request.title))


def none_meanwhile(register: Register, request: Request, known: str | None) -> None:
    """Raise RefusedError where somebody has begun one of this title since `known` was looked for.

    Called inside the transaction: of two who begin it at the same moment, one does.
    """
    same = same_under_way(register, request)
    if same is None or same == known:
        return
    raise RefusedError(
        _("{number} was begun with this title just now, in another window.", number=same),
        _("Go on with it: {command}", command=f"frivillig beredskap next --activation {same}"),
    )


def activate(register: Register, request: Request, *, by: str, now: datetime) -> int:
    """Store the activation with everybody on its list; returns its id.

    Called inside a transaction; in a dry run the caller rolls it back, so that what is shown is
    what would have been stored. Raises RefusedError where there is no group to call, and where the
    groups and skills that were asked for leave nobody.
    """
    groups = response.groups_to_call(register, request.groups)
    if not groups:
        raise RefusedError(
            _("There is no group to call."),
            _("Make one with: frivillig beredskap group add NAME --org ASSOCIATION"),
        )
    if request.agreements:
        groups = _under(register, groups, request.agreements, now)
    found = roster.build(
        register, groups, kind=request.kind, wanted=request.wanted,
        expired_too=request.expired_because is not None, rescue=request.rescue,
        continues=request.continues, now=now,
    )  # fmt: skip
    if not found.people and (request.groups or request.agreements or request.wanted):
        raise _nobody_there(register, groups, request)
    place = check_text(request.place, _("place")) if request.place else None
    place_id = resources.named_place(register, place) if place else None
    if place_id:
        place = resources.get(register, place_id).name
    head = actions.Head(
        title=request.title,
        kind=request.kind,
        needs=request.needs,
        asked_by=request.asked_by,
        decided_by=request.decided_by,
        external_ref=request.external_ref,
        place=place,
        place_id=place_id,
        callback=request.callback or municipality.callback(register),
        continues_id=request.continues,
        in_charge=by,
    )
    new = actions.start(register, head, found.people, found.terms, now=now)
    _log_start(register, new, len([one for one in found.people if one.reason is None]), by, now)
    _log_choices(register, new, groups, request, by, now)
    return new


def _under(
    register: Register, groups: Sequence[RosterGroup], wanted: Sequence[int], now: datetime
) -> list[RosterGroup]:
    """The groups that are bound by one of these agreements. Raises RefusedError: none."""
    bound = roster.agreements_of(register, groups, now)
    chosen = [one for one in groups if one.id in bound and bound[one.id].id in wanted]
    if not chosen:
        raise RefusedError(
            _("No group is called in under that agreement."),
            _("See which groups have it: frivillig beredskap group list"),
        )
    return chosen


def unknown(register: Register, request: Request, now: datetime) -> list[str]:
    """What to say of those who are not on the list as nobody knows whether they fit."""
    groups = response.groups_to_call(register, request.groups)
    if request.agreements:
        groups = _under(register, groups, request.agreements, now)
    return _unknown(register, groups, request)


def _unknown(register: Register, groups: Sequence[RosterGroup], request: Request) -> list[str]:
    wanted = request.wanted
    if not (wanted.areas or wanted.languages or wanted.driving_licence):
        return []
    names: dict[str, list[str]] = {}
    for one in response.roster(register, groups=[group.id for group in groups]):
        blank = wanted.unknown(one) if one.active else None
        if blank:
            names.setdefault(blank, []).append(one.name)
    return [_UNKNOWN[blank](sorted(names[blank], key=sort_key)) for blank in sorted(names)]


def _first(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")


def _unplaced(names: Sequence[str]) -> str:
    return ngettext(
        "{n} person is not on the list, as the register does not know where they live:"
        " {names}.",
        "{n} people are not on the list, as the register does not know where they live:"
        " {names}.",
        len(names), names=_first(names),
    )  # fmt: skip


def _no_language(names: Sequence[str]) -> str:
    return ngettext(
        "{n} person is not on the list, as the register does not know what languages they speak:"
        " {names}.",
        "{n} people are not on the list, as the register does not know what languages they speak:"
        " {names}.",
        len(names), names=_first(names),
    )  # fmt: skip


def _no_licence(names: Sequence[str]) -> str:
    return ngettext(
        "{n} person is not on the list, as the register does not know whether they have a driving"
        " licence: {names}.",
        "{n} people are not on the list, as the register does not know whether they have a driving"
        " licence: {names}.",
        len(names), names=_first(names),
    )  # fmt: skip


_UNKNOWN = {"areas": _unplaced, "languages": _no_language, "driving_licence": _no_licence}


def _log_choices(
    register: Register, new: int, groups: Sequence[RosterGroup], request: Request, by: str,
    now: datetime,
) -> None:  # fmt: skip
    """What the list was narrowed by, and that agreements out of force were passed over."""
    activation = queries.get(register, new)
    texts = []
    if request.rescue:
        texts.append(_("It is a search led by the police."))
    if request.wanted:
        texts.append(_("Only those who fit: {what}.", what=request.wanted.told()))
        texts += _unknown(register, groups, request)
    if request.expired_because is not None:
        why = actions.needed_text(register, request.expired_because, _("reason"))
        titles = ", ".join(
            f"{one.title} ({one.org})" for one in roster.expired(register, groups, now=now)
        )
        texts.append(
            _("Called though the agreement is not in force: {agreements}. Why: {why}",
              agreements=titles or "–", why=why)
        )  # fmt: skip
    unpaid = without_agreement(view.load(register, new, now))
    if unpaid:
        texts.append(no_payer(unpaid))
    for text in texts:
        actions.write_log(register, activation, actions.NewEntry("decision", text, by), now=now)


def without_agreement(seen: view.View) -> list[str]:
    """The groups with people to call that no agreement says who pays for, where others have one."""
    agreements = seen.activation.agreements
    bound = {group for one in agreements for group in one.get("groups", ())}
    # who sits in a group with an agreement too is called by that one
    seats = {
        seat.id: seat.name
        for row in seen.eligible
        if not any(seat.id in bound for seat in row.groups)
        for seat in row.groups
    }
    return list(seats.values()) if bound else []


def no_payer(groups: Sequence[str]) -> str:
    """What is to be said of groups that no agreement says who pays for."""
    return _("Who pays is to be settled: {groups} has no agreement.", groups=", ".join(groups))


def _nobody_there(
    register: Register, groups: Sequence[RosterGroup], request: Request
) -> RefusedError:
    """Nobody is left by the groups and skills that were asked for: say what there is instead."""
    if not request.wanted:
        names = ", ".join(group.name for group in groups)
        return RefusedError(
            _("Nobody is in {group}.", group=names),
            _("Put people in it: frivillig beredskap member add {id} PERSON", id=groups[0].id),
        )
    if request.wanted != Wanted(request.skills):
        return RefusedError(
            _("Nobody who can be called fits: {what}.", what=echo(request.wanted.told())),
            " ".join(
                [
                    _(
                        "Ask for less: a postcode's first two digits, or without the language or"
                        " licence."
                    ),
                    *_unknown(register, groups, request),
                ]
            ),
        )
    wanted = ", ".join(map(echo, request.skills))
    known = roster.skills(register, groups)
    return RefusedError(
        _("Nobody who can be called has the skill “{skill}”.", skill=wanted),
        _("They have: {known}.", known=", ".join(known))
        if known
        else _("No skill is registered of them. Leave --skill out."),
    )


def _log_start(register: Register, new: int, eligible: int, by: str, now: datetime) -> None:
    activation = queries.get(register, new)
    text = _(
        "{number} {title} ({kind}) is activated. Asked by: {asked}. Decided by: {decided}."
        " On the list: {n}.",
        number=activation.number,
        title=activation.title,
        kind=_(KIND_WORDS[activation.kind]),
        asked=activation.asked_by or _("not stated"),
        decided=activation.decided_by or _("not stated"),
        n=eligible,
    )
    if activation.continues_id:
        before = queries.get(register, activation.continues_id)
        text += " " + _("Continues {number}.", number=before.number)
    actions.write_log(register, activation, actions.NewEntry("alert", text, by), now=now)
