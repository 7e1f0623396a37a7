"""How one thing, and one change, is written out for a person."""

from collections.abc import Iterable, Sequence
from typing import Any

from frivillig_cli.cli.output import DASH
from frivillig_cli.core.i18n import N_, _

ROLE_WORDS = {
    "leader": N_("leader"),
    "deputy": N_("deputy leader"),
    "treasurer": N_("treasurer"),
    "secretary": N_("secretary"),
    "board_member": N_("board member"),
    "deputy_member": N_("deputy board member"),
    "manager": N_("manager"),
    "auditor": N_("auditor"),
    "contact": N_("contact person"),
}
STATUS_WORDS = {"active": N_("active"), "archived": N_("archived")}
LANGUAGE_WORDS = {"nb": N_("bokmål"), "nn": N_("nynorsk"), "en": N_("English")}


def phone(number: str | None) -> str | None:
    """A phone number as Norwegians read it."""
    from frivillig_cli.core.phone import show_phone

    return show_phone(number) if number else None


def day(value: str | None) -> str | None:
    """A date as people say it."""
    from datetime import date

    from frivillig_cli.core.dates import show_date

    return show_date(date.fromisoformat(value[:10])) if value else None


def field_value(field: str, value: Any) -> str:
    """A stored value as a person reads it; a dash for none."""
    if value is None or value == "":
        return DASH
    if field == "phone":
        return phone(value) or DASH
    if field == "orgnr":
        from frivillig_cli.core.orgnr import show_orgnr

        return show_orgnr(value)
    if field == "bank_account":
        from frivillig_cli.core.account import show_account

        return show_account(value)
    if field in ("confirmed", "founded", "from_date", "to_date"):
        return day(value) or DASH
    if field == "status":
        return _(STATUS_WORDS.get(value, value))
    if field == "language":
        return _(LANGUAGE_WORDS.get(value, value))
    if field == "listed":
        return _("yes") if value else _("no")
    return str(value)


def change_lines(changes: Sequence[Any]) -> list[str]:
    """`  field   old → new`, a line a change; one line saying so where there is none."""
    from frivillig_cli.records.org.rules import LABELS

    if not changes:
        return [_("Nothing to change.")]
    labels = [_(LABELS.get(change.field, change.field)) for change in changes]
    width = max(len(label) for label in labels)
    return [
        f"  {label:<{width}}  {field_value(change.field, change.old)}"
        f" → {field_value(change.field, change.new)}"
        for label, change in zip(labels, changes, strict=True)
    ]


def contact_lines(contacts: Iterable[dict[str, Any]]) -> str:
    """Offices, a line each: role, name, phone, e-mail, and when it ended."""
    lines = []
    for contact in contacts:
        parts = [contact["name"], phone(contact["phone"]), contact["email"]]
        if contact["to"]:
            parts.append(_("until {date}", date=day(contact["to"])))
        role = _(ROLE_WORDS[contact["role"]])
        lines.append(f"{role}: {'  '.join(part for part in parts if part)}")
    return "\n".join(lines)


def address(values: dict[str, Any]) -> str | None:
    """Street, postcode and place on one line."""
    place = " ".join(values[key] for key in ("postcode", "city") if values.get(key))
    return ", ".join(part for part in (values.get("street"), place) if part) or None


def category(code: str | None) -> str | None:
    """`1200 Idrett`, or the code alone where it is not in the list."""
    if not code:
        return None
    from frivillig_cli.core.icnpo import NAMES, category_name

    return f"{code} {category_name(code)}" if code in NAMES else code


def org_fields(org: Any) -> list[tuple[str, str | None]]:
    """What `org show` says of an association."""
    from frivillig_cli.records.org.rules import LABELS

    def plain(field: str) -> tuple[str, str | None]:
        value = org.values[field]
        return _(LABELS[field]), None if value is None else field_value(field, value)

    shown = [
        plain("orgnr"),
        (_("category"), category(org.category)),
        plain("status"),
        (_("board"), contact_lines(org.contacts) or None),
        plain("email"),
        plain("phone"),
        plain("website"),
        (_("address"), address(org.values)),
        plain("language"),
        (_("tags"), " ".join(org.tags) or None),
        (_("umbrellas"), ", ".join(above["name"] for above in org.umbrellas) or None),
        (_("confirmed"), day(org.confirmed) or _("never")),
    ]
    extra = ("form", "bank_account", "founded", "members", "activities", "premises", "notes")
    return shown + [plain(field) for field in extra if org.values[field] is not None]
