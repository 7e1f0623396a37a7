"""What one run carries: its choices, the register, the clock, the output. Opened on first use."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frivillig_cli.cli.output import Output
from frivillig_cli.core import clock
from frivillig_cli.core.i18n import _, ngettext

if TYPE_CHECKING:
    from frivillig_cli.core.query import Query
    from frivillig_cli.store.register import Register

# What these write was there before, comes from elsewhere, or is taken away: no answer to anything.
_SETTLE_NOTHING = frozenset({"org merge", "org sync", "person merge", "privacy erase"})


class Session:
    """One run of the program."""

    def __init__(self, *, debug: bool = False) -> None:
        self.debug = debug
        self.command = ""
        self.exit_code = 0
        self.db: Path | None = None
        self.yes = False
        self.limit: int | None = None
        self.sort: str | None = None
        self.asked: list[str] = []  # what was warned of, and answered
        self.out = Output()
        self._register: Register | None = None

    def choose(self, **choices: Any) -> None:
        """Keep what an option said (json and csv are the output's). Raises UsageError."""
        from frivillig_cli.core.errors import UsageError

        for name, value in choices.items():
            if name in ("json", "csv"):
                if self.out.mode not in ("text", name):
                    raise UsageError(
                        _("--json and --csv cannot be given together."), _("Choose one of them.")
                    )
                self.out.mode = name
            elif name == "db":
                if value is not None and not str(value).strip():
                    raise UsageError(
                        _("--db is given without the name of a file."),
                        _("Name the register's file, or leave --db out."),
                    )
                self.db = Path(value) if value else self.db
            elif name == "limit" and value < 0:
                raise UsageError(_("--limit must be 0 or more."), _("0 is all."))
            elif name != "lang":
                setattr(self, name, value)

    @property
    def path(self) -> Path:
        """The register's file."""
        from frivillig_cli.core.birthnumber import refuse_in_path
        from frivillig_cli.settings.paths import register_file

        path = register_file(self.db)
        refuse_in_path(path)
        return path

    @property
    def register(self) -> "Register":
        """The register, opened on first use."""
        if self._register is None:
            from frivillig_cli.store.opening import open_register

            self._register = open_register(self.path, backups=_backup_folder)
        return self._register

    @property
    def saved(self) -> bool:
        """Whether this run has changed the register."""
        return self._register is not None and self._register.saved

    @property
    def user(self) -> str:
        """The name in the history: FRIVILLIG_USER, `user` in config, the OS user."""
        from frivillig_cli.settings.who import user_name

        return user_name()

    @property
    def now(self) -> datetime:
        """The time now, UTC."""
        return clock.now()

    @property
    def today(self) -> date:
        """The date in Norway."""
        return clock.today()

    @contextmanager
    def change(
        self, *, dry_run: bool = False, command: str | None = None, settles: bool = True
    ) -> "Iterator[Register]":
        """One command's transaction on the register; `dry_run` rolls it back at the end.

        `command` is what it is called in the history, where that is not what was typed.
        `settles`: what it writes may be what an answer to a survey waits for.
        """
        from frivillig_cli.store.register import Command

        register, name = self.register, command or self.command
        settled = {}
        with register.transaction(Command(name, self.user, self.now), dry_run=dry_run):
            yield register
            if settles and not (dry_run or name in _SETTLE_NOTHING):
                settled = _settle_problems(register)
        for survey, count in settled.items():
            self.out.hint(
                ngettext(
                    "This settles {n} problem of survey {survey}: {command}",
                    "This settles {n} problems of survey {survey}: {command}",
                    count,
                    survey=survey,
                    command=f"frivillig survey problems {survey} --all",
                )
            )

    def incomplete(self) -> None:
        """Done, but not all of it: exit 3. What was left out has been listed."""
        self.exit_code = 3

    def page(self) -> int | None:
        """How many rows a list shows: --limit, else 50 in a terminal, else all (None)."""
        if self.limit is not None:
            return self.limit or None
        return 50 if self.out.mode == "text" and sys.stdout.isatty() else None

    def find(
        self,
        query: list[str] | None,
        find: Callable[..., list[Any]],
        count: Callable[..., int],
        table: str,
    ) -> tuple[list[Any], int | None]:
        """The page that a list shows of what `query` picks; and how many that is, if more than it.

        `find` and `count` are those of the kind's queries, `table` is where its rows are.
        """
        from frivillig_cli.core.query import parse_query

        wanted, limit = parse_query(query or []), self.page()
        self.tell_absent(wanted, table)
        found = find(self.register, wanted, sort=self.sort, limit=limit)
        full = limit and len(found) == limit
        return found, count(self.register, wanted) if full else None

    def tell_absent(self, query: "Query", table: str) -> list[int]:
        """Say which numbers of `id:4,999` no row of a table has; returns them.

        Members of a call-out group are people.
        """
        from frivillig_cli.core.query import ids_named

        if not (named := ids_named(query)):
            return []
        from frivillig_cli.store.resolve import absent

        gone = absent(self.register, "person" if table == "member" else table, named)
        if gone:
            numbers = ", ".join(map(str, gone))
            self.out.hint(
                ngettext(
                    "There is no number {numbers}.",
                    "There are no numbers {numbers}.",
                    len(gone),
                    numbers=numbers,
                )
            )
        return gone

    def close(self) -> None:
        """Close what was opened."""
        if self._register is not None:
            self._register.close()
            self._register = None


def _backup_folder(register: Path) -> Path:
    from frivillig_cli.settings.paths import backup_folder

    return backup_folder(register)


def _settle_problems(register: "Register") -> dict[int, int]:
    """The answers to surveys that waited for somebody to do what was now done: survey -> how many
    of its problems."""
    from frivillig_cli.records.survey.open_queries import orgs_to_settle

    if not (orgs := orgs_to_settle(register)):
        return {}
    from frivillig_cli.work.survey.settled import settle

    return settle(register, orgs)


_current = Session()


def start(*, debug: bool = False) -> Session:
    """Begin a run."""
    global _current
    _current = Session(debug=debug)
    return _current


def current() -> Session:
    """The run that is under way."""
    return _current


def resume(session: Session) -> None:
    """Go back to a run that another one has interrupted (the demonstration types commands)."""
    global _current
    _current = session
