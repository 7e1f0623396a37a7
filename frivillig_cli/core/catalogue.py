"""A compiled gettext catalogue, searched where it lies.

The standard library reads every message before it gives one, which costs each command more
the more there is to say. The file keeps its messages sorted, so one is found by halving.
"""

from __future__ import annotations

# The file: seven 32-bit numbers (magic, revision, how many, where the index of the messages and
# that of the translations begin, …); an index holds a length and a place for each message.
# https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
_LITTLE = b"\xde\x12\x04\x95"


class Catalogue:
    """The messages of one language; what it lacks is looked up in `fallback`.

    `data` is a whole .mo file in UTF-8 whose plurals have two forms, the first for n = 1;
    b"" is a catalogue without messages.
    """

    def __init__(self, data: bytes, fallback: Catalogue | None = None) -> None:
        self._data = data
        self._fallback = fallback
        self._found: dict[str, list[str] | None] = {}
        self._order = "little" if data[:4] == _LITTLE else "big"
        self._count, self._messages, self._translations = (
            (self._number(8), self._number(12), self._number(16)) if data else (0, 0, 0)
        )

    def gettext(self, message: str) -> str:
        """The translation, or the message itself where there is none."""
        return (self._find(message) or [message])[0]

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form that fits `n`."""
        forms = self._find(one) or [one, many]
        return forms[0 if n == 1 else -1]

    def _find(self, message: str) -> list[str] | None:
        if message not in self._found:
            self._found[message] = self._search(message)
        return self._found[message]

    def _search(self, message: str) -> list[str] | None:
        wanted = message.encode("utf-8", "replace")
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._text(self._messages, middle).split(b"\0")[0] < wanted:
                low = middle + 1
            else:
                high = middle
        if low < self._count:
            found = self._text(self._messages, low).split(b"\0")[0]
            translated = self._text(self._translations, low)
            if found == wanted and translated:
                return translated.decode("utf-8").split("\0")
        return self._fallback._find(message) if self._fallback else None

    def _text(self, index: int, number: int) -> bytes:
        length, start = self._number(index + 8 * number), self._number(index + 8 * number + 4)
        return self._data[start : start + length]

    def _number(self, place: int) -> int:
        return int.from_bytes(self._data[place : place + 4], self._order)  # type: ignore[arg-type]
