"""An office with a letterhead and three associations, and what a person does with letters there."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Cli

BODY = "Hei, {{ org.name }}."


def begin(cli: Cli, folder: Path) -> Cli:
    """A municipality with a letterhead and three associations: nb, nn and one with no address.

    Letters are written to `folder`.
    """
    for key, value in {"unit": "Frivilligsentralen", "caseworker": "Kari Nordli"}.items():
        cli.ok("config", "set", f"letterhead.{key}", value)
    where = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
    cli.ok("org", "add", "Sylling songlag", *where, "--language", "nn")
    cli.ok("org", "add", "Egge barnekor", "--email", "kor@egge.example")
    cli.ok("org", "add", "Uten adresse")
    cli.folder = folder
    return cli


def write(folder: Path, name: str, body: str = BODY, language: str = "nb", **head: str) -> Path:
    """Write a template of the coordinator's own: `write(folder, "mal", body, title=…)`."""
    folder.mkdir(exist_ok=True)
    head = {"title": "Et brev", "language": language, **head}
    lines = [f"{key}: {value}" for key, value in head.items()]
    path = folder / f"{name}.{language}.md"
    path.write_text("\n".join(["---", *lines, "---", body, ""]), "utf-8")
    return path


def render(office, *words: object, code: int = 3) -> dict:
    """`letter render … --json` as text files, unless another format is given."""
    more = () if "--format" in words else ("--format", "txt")
    done = office("letter", "render", *words, "-o", office.folder, *more, "--json")
    assert done.code == code, done.err
    return json.loads(done.out)


def why(made: dict) -> dict[str, str]:
    return {row["name"]: row["why"] for row in made["skipped"]}


def text_of(made: dict, name: str) -> str:
    row = next(row for row in made["rendered"] if row["name"] == name)
    return Path(row["file"]).read_text("utf-8")
