"""Four associations with e-mail, a batch of letters to them, and a real mail server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import Cli
from tests.mailserver import Handler, MailServer

NAMES = ("Egge barnekor", "Lier hagelag", "Sylling songlag", "Tranby vel")


def address(name: str) -> str:
    return f"{name.split()[0].lower()}@lag.example"


def begin(cli: Cli, folder: Path) -> Cli:
    """Four associations with an e-mail address, and a batch of PDFs to them."""
    for name in NAMES:
        cli.ok("org", "add", name, "--email", address(name))
    cli.ok("config", "set", "letterhead.unit", "Frivilligsentralen")
    cli.folder = folder / "brev"
    own = folder / "templates"
    own.mkdir()
    body = "---\ntitle: Åpen dag\nlanguage: nb\n---\nHei, {{ org.name }}.\n\n.punktum\n"
    (own / "mal.nb.md").write_text(body, "utf-8")
    cli.own = own
    return cli


@contextmanager
def serving(office: Cli) -> Iterator[Callable[..., Handler]]:
    """Starts a mail server and sets it up: `serve(rules)` gives its handler."""
    servers = []

    def start(rules: dict[str, str] | None = None, *, security: str = "none", **options) -> Handler:
        handler = Handler({address(n) if n in NAMES else n: r for n, r in (rules or {}).items()})
        server = MailServer(handler, **options)
        servers.append(server)
        settings = {"host": "127.0.0.1", "port": server.port, "security": security,
                    "from": "post@kommune.example", "per_minute": 10000}  # fmt: skip
        for key, value in settings.items():
            office.ok("config", "set", f"mail.{key}", value)
        return handler

    yield start
    for server in servers:
        server.stop()


def render(office, *words: object, code: int = 0) -> dict[str, Path]:
    done = office("letter", "render", "mal", *words, "-o", office.folder, "--json")
    assert done.code == code, done.err
    return {row["name"]: Path(row["file"]) for row in json.loads(done.out)["rendered"]}


def send(office, *words: object, code: int = 0, batch: int = 1) -> dict:
    done = office("letter", "send", batch, *words, "--yes", "--json")
    assert done.code == code, done.err
    return json.loads(done.out)


def names(rows: list[dict]) -> list[str]:
    return [row["name"] for row in rows]


def states(office, batch: int = 1) -> dict[str, str]:
    return {row["name"]: row["state"] for row in office.json("letter", "log", batch)}
