"""Whoever is protected no more, or again, by a command that was about something else: said."""

from collections.abc import Set

from frivillig_cli.cli import session
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.store.register import Register


def protected() -> Set[str]:
    """Who is protected now, by what follows each of them for good."""
    from frivillig_cli.records.person import queries

    return queries.protected_uids(session.current().register)


def unprotected(register: Register, before: Set[str], *, dry_run: bool = False) -> list[str]:
    """A sentence on each who was protected `before`, and is not by now; or would not be."""
    from frivillig_cli.records.person import queries

    return [
        _would(queries.get(register, one).name) if dry_run else _is(register, one)
        for one in queries.unprotected(register, before)
    ]


def tell_of_protected(before: Set[str]) -> None:
    """Say of whoever is protected, and was not `before`, which associations show where they
    live."""
    from frivillig_cli.cli import seen_address
    from frivillig_cli.records.person import queries

    seen_address.tell(queries.protected_since(session.current().register, before))


def _would(name: str) -> str:
    return _(
        "{name} would be protected no more, and would stand in lists and files with address, "
        "phone and e-mail.",
        name=name,
    )


def _is(register: Register, person_id: int) -> str:
    from frivillig_cli.records.person import queries

    return _(
        "{name} is protected no more, and stands in lists and files with address, phone and "
        "e-mail. To protect them: {command}",
        name=queries.get(register, person_id).name,
        command=typed(f"frivillig person edit {person_id} --protected"),
    )
