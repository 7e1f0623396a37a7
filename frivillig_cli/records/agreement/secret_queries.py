"""Which agreements are found only by a secret: how somebody protected is reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from frivillig_cli.store import secret_words
from frivillig_cli.store.register import Register

_SEARCHED = secret_words.Searched(
    "agreement",
    ("notes",),
    ("title", "(SELECT o.name FROM org o WHERE o.id = agreement.org_id)", "case_number"),
)


def by_a_secret(
    register: Register, words: Iterable[str], among: Collection[int] | None = None
) -> dict[str, list[int]]:
    """Word → the agreements that have it only in a protected person's phone, e-mail or address.

    `among`: only these agreements are looked at.
    """
    return secret_words.by_a_secret(register, words, _SEARCHED, among)
