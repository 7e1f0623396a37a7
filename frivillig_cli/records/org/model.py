"""An organisation as it is read."""

from typing import Any, NamedTuple


class Org(NamedTuple):
    """One organisation with what hangs on it. `values` are the columns of its row."""

    values: dict[str, Any]
    tags: list[str]
    umbrellas: list[dict[str, Any]]
    contacts: list[dict[str, Any]]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on; what is not known is None."""
        hidden = ("uid", "name_sort", "name_search", "search")
        data = {key: value for key, value in self.values.items() if key not in hidden}
        listed = data.pop("listed")
        return {
            **data,
            "listed": None if listed is None else bool(listed),
            "mailings": self.values["no_mailings"] is None,
            "tags": self.tags,
            "umbrellas": self.umbrellas,
            "contacts": self.contacts,
        }
