"""An agreement as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from frivillig_cli.core.i18n import N_
from frivillig_cli.core.names import fold

KINDS = ("beredskap", "cooperation")
PAYERS = ("association", "municipality", "rescue_service", "other")

KIND_WORDS = {
    "beredskap": N_("preparedness agreement"),
    "cooperation": N_("cooperation agreement"),
}
SHORT_WORDS = {"beredskap": N_("beredskap"), "cooperation": N_("cooperation")}
PAYER_WORDS = {
    "association": N_("the association"),
    "municipality": N_("the municipality"),
    "rescue_service": N_("the rescue service"),
    "other": N_("another"),
}
CONTRIBUTIONS = (
    "people", "premises", "food", "care", "transport", "equipment", "payment", "other",
)  # fmt: skip
CONTRIBUTION_WORDS = {
    "people": N_("people"),
    "premises": N_("premises"),
    "food": N_("food"),
    "care": N_("care"),
    "transport": N_("transport"),
    "equipment": N_("equipment"),
    "payment": N_("payment"),
    "other": N_("other"),
}
STATUS_WORDS = {
    "in_force": N_("in force"),
    "not_begun": N_("not begun"),
    "expired": N_("run out"),
    "ended": N_("ended"),
}


@dataclass(frozen=True)
class Agreement:
    """One agreement with its parties and what each contributes; dates are ISO.

    `values` are the columns of its row; `status` is in_force, not_begun, expired or ended;
    `exercise` the last exercise that called people by it: its number and day.
    """

    values: dict[str, Any]
    org: str
    status: str
    parties: list[dict[str, Any]]
    contributions: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    exercise: tuple[str, str] | None = None

    @property
    def last_exercised(self) -> str | None:
        """The day (ISO) it was last exercised: as called by the program, or as entered."""
        held = self.exercise[1] if self.exercise else ""
        return max(held, self.values["exercised"] or "") or None

    @property
    def other_payer(self) -> str | None:
        """Who pays where it is another: the only further party that has promised payment."""
        parties = {fold(one["name"]): one["name"] for one in self.parties}
        paying = {fold(one["party"]) for one in self.contributions if one["kind"] == "payment"}
        found = parties.keys() & paying
        return parties[found.pop()] if len(found) == 1 else None

    @property
    def lacks_payer(self) -> bool:
        """Whether another pays, and nothing says who."""
        payers = (self.exercise_payer, self.event_payer, self.rescue_payer)
        return "other" in payers and not self.other_payer

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on; what is not known is None."""
        hidden = ("uid", "name_sort", "name_search", "search", "from_date", "to_date")
        data = {key: value for key, value in self.values.items() if key not in hidden}
        return {
            **data,
            "org": self.org,
            "from": self.values["from_date"],
            "to": self.values["to_date"],
            "status": self.status,
            "exercised": self.last_exercised,
            "exercised_in": self.exercise[0] if self.exercise else None,
            "other_payer": self.other_payer,
            "parties": self.parties,
            "contributions": self.contributions,
            "groups": self.groups,
        }
