"""What to type for an office that an import leaves to the coordinator."""

from __future__ import annotations

from collections.abc import Sequence

from frivillig_cli.core.echo import echo
from frivillig_cli.core.i18n import _
from frivillig_cli.records.contact.model import Contact
from frivillig_cli.work.imports.known import Known


def command(
    org: Known, role: str, name: str, ways: tuple[Sequence[str], str | None], *, replace: bool
) -> str:
    """`contact add` with all that the row says; `ways`: the phones, and the e-mail or None.

    An association that this very file brings has no number until the file is taken in.
    """
    phones, email = ways
    ref = f'"{echo(org.name)}"' if org.fresh else str(org.id)
    words = [f'frivillig contact add {ref} "{echo(name)}" --role {role}']
    words += [f'--phone "{phone}"' for phone in phones]
    words += [f"--email {email}"] if email else []
    words += ["--replace"] if replace else []
    return " ".join(words)


def same_name(add: str, ids: Sequence[int]) -> str:
    """Why, where one or more here have the name: is it one of them, or somebody new?"""
    if len(ids) == 1:
        return _(
            "somebody here has that name: {command}; or with --new-person in place of --person",
            command=f"{add} --person {ids[0]}",
        )
    return _(
        "several here have that name ({ids}): {command}, or with another of the numbers; or with"
        " --new-person in place of --person",
        ids=", ".join(map(str, ids)),
        command=f"{add} --person {ids[0]}",
    )


def near_name(add: str, near: Contact, name: str) -> str:
    """Why, where somebody of the board has nearly the name: a slip, a new surname, or another.

    A name with a letter for a word is no new one: nobody is called T. Dahl.
    """
    said = {"name": echo(near.name), "command": f"{add} --person {near.person_id}"}
    if min(len(word.strip(".")) for word in name.split()) < 2:
        return _(
            "nearly the name of {name}: {command}; or with --new-person in place of --person",
            **said,
        )
    return _(
        "nearly the name of {name}: {command}; or with --new-person in place of --person; if the"
        " name is a new one: {edit}",
        **said,
        edit=f'frivillig person edit {near.person_id} --name "{echo(name)}"',
    )
