"""Which associations are found only by a secret: how somebody protected is reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from frivillig_cli.store import secret_words
from frivillig_cli.store.register import Register

_SEARCHED = secret_words.Searched(
    "org",
    ("activities", "notes"),
    ("name", "orgnr", "email", "phone", "website", "street", "postcode", "city"),
)


def by_a_secret(
    register: Register, words: Iterable[str], among: Collection[int] | None = None
) -> dict[str, list[int]]:
    """Word → the associations that have it only in a protected person's phone, e-mail or address.

    `among`: only these associations are looked at.
    """
    return secret_words.by_a_secret(register, words, _SEARCHED, among)
