"""A group of three, and a call-out of them: what several tests of `beredskap` begin with."""

from __future__ import annotations

from tests.conftest import Cli

THREE = ("Kari Bakken", "Ola Vik", "Per Aas")


def begin(cli: Cli, needed: int, *more: object) -> Cli:
    """Flom: Kari, Ola and Per are in one group, and nobody has been called."""
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    for number, name in enumerate(THREE):
        cli.ok("volunteer", "add", name, "--phone", f"9011122{number}")
        cli.ok("beredskap", "member", "add", 1, name)
    cli.ok("beredskap", "activate", "Flom", "--need", needed, "-o", "ut", *more)
    return cli
