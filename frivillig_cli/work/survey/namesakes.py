"""Two people of one name in one form: who is meant is asked, before anybody gets an office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from frivillig_cli.core.echo import echo
from frivillig_cli.core.i18n import _
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.survey.model import Outcome, Value
from frivillig_cli.records.survey.questions import OFFICES
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.known import match_of, reached
from frivillig_cli.work.survey.moment import Moment
from frivillig_cli.work.survey.newcomers import Doubt, named_here
from frivillig_cli.work.survey.offices import details_of, held_back, same_name
from frivillig_cli.work.survey.present import holders
from frivillig_cli.work.survey.verdict import Verdict

_BOTH = 2  # the phone and the e-mail


def namesakes(
    register: Register, org: Org, verdicts: Mapping[str, Verdict], at: Moment
) -> dict[str, Verdict]:
    """The verdicts, but for the offices of which it is open which of several people of one name
    takes them: neither the name is taken, nor the phone and e-mail that go with it."""
    done = dict(verdicts)
    for office in _new(org, verdicts):
        here = named_here(register, org, office, verdicts, at)
        doubt = here if isinstance(here, Doubt) else None
        known = match_of(register, str(verdicts[office].wanted), reached(office, verdicts))
        if here is None and not known.person_id:
            doubt = _twice(org, office, verdicts)
        if doubt:
            name = done[office]
            done[office] = name.rejected(doubt.code, doubt.words, echo(str(name.wanted)))
            done |= {
                field: held_back(verdict) for field, verdict in details_of(office, verdicts).items()
            }
    return done


def _new(org: Org, verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    """The offices that somebody else is to take by name."""
    held = holders(org)
    for office in OFFICES:
        name = verdicts.get(office)
        if name is None or name.outcome is not Outcome.APPLIED or name.wanted is None:
            continue
        if office not in held or not same_name(held[office].name, name.wanted):
            yield office


def _twice(org: Org, office: str, verdicts: Mapping[str, Verdict]) -> Doubt | None:
    """The question where a name that is new stands at an office above, with another phone and
    another e-mail."""
    name = str(verdicts[office].wanted)
    own = _said(office, verdicts)
    above = OFFICES[: OFFICES.index(office)]
    others = (one for one in _new(org, verdicts) if one in above)
    same = [_said(one, verdicts) for one in others if same_name(verdicts[one].wanted, name)]
    if not any(len(own) == len(theirs) == _BOTH and own.isdisjoint(theirs) for theirs in same):
        return None
    new = f'frivillig contact add {org.id} "{name}" --role {office} --new-person'
    words = _("{name} stands at two offices, with another phone and another e-mail at each. "
              "If it is one person: write the same at both. If not: {new}",
              name=echo(name), new=new)  # fmt: skip
    return Doubt("who", words)


def _said(office: str, verdicts: Mapping[str, Verdict]) -> set[Value]:
    return {verdict.wanted for verdict in details_of(office, verdicts).values()}
