"""A house, a vehicle or equipment as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from frivillig_cli.core.i18n import N_

KINDS = ("premises", "equipment", "vehicle")
KIND_WORDS = {
    "premises": N_("premises"),
    "equipment": N_("equipment"),
    "vehicle": N_("vehicle"),
}
FACILITIES = ("kitchen", "heating", "generator", "toilets", "accessible")
FACILITY_WORDS = {
    "kitchen": N_("kitchen"),
    "heating": N_("heating"),
    "generator": N_("generator"),
    "toilets": N_("toilets"),
    "accessible": N_("step-free access"),
}


@dataclass(frozen=True)
class Resource:
    """One resource. A key-holder's phone is None where the key-holder is protected."""

    values: dict[str, Any]
    org: str
    key_holder: str | None
    key_holder_phone: str | None
    second_key_holder: str | None = None
    second_key_holder_phone: str | None = None

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on; what is not known is None."""
        data = {k: v for k, v in self.values.items() if k not in ("name_sort", "name_search")}
        yes_no = {key: None if data[key] is None else bool(data[key]) for key in FACILITIES}
        return {
            **data,
            **yes_no,
            "org": self.org,
            "key_holder": self.key_holder,
            "key_holder_phone": self.key_holder_phone,
            "second_key_holder": self.second_key_holder,
            "second_key_holder_phone": self.second_key_holder_phone,
        }

    @property
    def address(self) -> str | None:
        """Street, postcode and place on one line."""
        place = " ".join(self.values[key] for key in ("postcode", "city") if self.values[key])
        return ", ".join(part for part in (self.values["street"], place) if part) or None
