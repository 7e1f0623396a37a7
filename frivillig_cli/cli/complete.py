"""What Tab offers: names of associations and people, read from the register."""

from collections.abc import Callable
from typing import Any

import typer

from frivillig_cli.core.errors import FrivilligError

ACCEPT = ("all", "none", "ask")


class _Offer(str):
    """A name that the register has found to fit: Typer must not drop it for its case."""

    __slots__ = ()

    def startswith(self, *_rest: object) -> bool:
        """`lier` and `aas` fit `Lier kor` and `Per Aas`, which do not begin with them."""
        return True


def _offers(
    ctx: typer.Context, incomplete: str, find: Callable[[Any, str], list[tuple[int, str]]]
) -> list[str]:
    from collections import Counter

    from frivillig_cli.core.names import fold
    from frivillig_cli.settings.paths import register_file
    from frivillig_cli.store.opening import open_register

    try:
        register = open_register(register_file(ctx.find_root().params.get("db")))
    except (FrivilligError, OSError):
        return []
    try:
        found = find(register, fold(incomplete))
    except FrivilligError:
        return []
    finally:
        register.close()
    times = Counter(name for _number, name in found)
    return [_offer(name, number, once=times[name] == 1) for number, name in found]


def _offer(name: str, number: int, *, once: bool) -> _Offer:
    """A name (each shell quotes it, `shells`), or its number where the name would not do.

    A name that two have names neither, and what begins with a hyphen or is all digits would be
    read as something else.
    """
    not_a_name = not once or name.startswith("-") or name.replace(" ", "").isdigit()
    return _Offer(number if not_a_name else name)


def _named(ctx: typer.Context, incomplete: str, kind: Any) -> list[str]:
    from frivillig_cli.store.resolve import completions

    return _offers(ctx, incomplete, lambda register, folded: completions(register, folded, kind))


def complete_org(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of associations."""
    from frivillig_cli.records.org.queries import OFFERED

    return _named(ctx, incomplete, OFFERED)


def complete_person(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of people."""
    from frivillig_cli.records.person.queries import KIND

    return _named(ctx, incomplete, KIND._replace(label="name"))


def complete_holder(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of those who hold an office in the association that stands before on the line."""
    from frivillig_cli.core.names import fold
    from frivillig_cli.records.contact.queries import current
    from frivillig_cli.records.org.queries import org_id

    def find(register: Any, folded: str) -> list[tuple[int, str]]:
        held = current(register, org_id(register, ctx.params.get("org") or ""))
        names = {one.person_id: one.name for one in held}
        return [one for one in names.items() if f" {folded}" in f" {fold(one[1])}"]

    return _offers(ctx, incomplete, find)


def complete_volunteer(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of volunteers."""
    from frivillig_cli.records.person.queries import VOLUNTEER_KIND

    return _named(ctx, incomplete, VOLUNTEER_KIND._replace(label="name"))


def complete_agreement(ctx: typer.Context, incomplete: str) -> list[str]:
    """Titles of agreements."""
    from frivillig_cli.records.agreement.queries import KIND

    return _named(ctx, incomplete, KIND)


def complete_group(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of groups that can be called in."""
    from frivillig_cli.records.response.queries import OFFERED

    return _named(ctx, incomplete, OFFERED)


def complete_survey(ctx: typer.Context, incomplete: str) -> list[str]:
    """Titles of surveys."""
    from frivillig_cli.records.survey.queries import completions

    return _offers(ctx, incomplete, completions)


def complete_role(incomplete: str) -> list[str]:
    """The offices."""
    from frivillig_cli.core.roles import ROLES

    return [role for role in ROLES if role.startswith(incomplete)]


def complete_accept(incomplete: str) -> list[str]:
    """The answers to what an import of answers asks."""
    return [word for word in ACCEPT if word.startswith(incomplete.lower())]


def complete_activation(ctx: typer.Context, incomplete: str) -> list[str]:
    """Numbers of activations, those under way first."""
    from frivillig_cli.records.activation.queries import completions

    return _offers(ctx, incomplete, completions)


def complete_outcome(incomplete: str) -> list[str]:
    """What a call can come to."""
    from frivillig_cli.records.activation.calling import SAID, as_typed

    words = map(as_typed, SAID)
    return [word for word in words if word.startswith(incomplete.lower())]
