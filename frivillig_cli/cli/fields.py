"""Options for the fields that several kinds of record have, and what was given of them."""

from typing import Annotated

import typer

Name = Annotated[str | None, typer.Option(metavar="NAME", help="The name.")]
Email = Annotated[str | None, typer.Option(metavar="ADDRESS", help="The e-mail address.")]
Street = Annotated[str | None, typer.Option(metavar="STREET", help="Street and number.")]
Postcode = Annotated[str | None, typer.Option(metavar="CODE", help="The postcode.")]
City = Annotated[str | None, typer.Option(metavar="PLACE", help="The place of the postcode.")]
Language = Annotated[str | None, typer.Option(metavar="nb|nn|en", help="The language to write in.")]
Notes = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Your own notes. Never about health.")
]


def given(**values: str | bool | None) -> dict[str, str]:
    """The fields that were given on the command line, as typed; yes and no for what is a switch.

    A whole address in --street, `Heia 3, 3400 Lier`, is a postcode and a place too, where none
    was given.
    """
    found = {
        field: ("yes" if value else "no") if isinstance(value, bool) else value
        for field, value in values.items()
        if value is not None
    }
    if found.get("street") and not {"postcode", "city"} & found.keys():
        from frivillig_cli.core.postcode import take_apart

        parts = take_apart(found["street"].strip())
        if parts and parts.street:
            found |= {field: part for field, part in parts._asdict().items() if part}
    return found
