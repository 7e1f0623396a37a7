"""How one thing, and one change, is written out for a person."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from frivillig_cli.cli.output import DASH
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.core.roles import ROLE_WORDS

STATUS_WORDS = {"active": N_("active"), "archived": N_("archived")}
LANGUAGE_WORDS = {"nb": N_("bokmål"), "nn": N_("nynorsk"), "en": N_("English")}
DATES = (
    "confirmed", "from_date", "to_date", "confidentiality_signed",
    "police_certificate_seen", "intro_course_completed", "opted_out_until",
    "no_mailings",
)  # fmt: skip
YES_NO = ("listed", "minor", "protected", "driving_licence")


def wide() -> bool:
    """Whether a table may have the columns that 80 characters have no room for."""
    import shutil
    import sys

    return not sys.stdout.isatty() or shutil.get_terminal_size().columns >= 110


def phone(number: str | None) -> str | None:
    """A phone number as Norwegians read it."""
    from frivillig_cli.core.phone import show_phone

    return show_phone(number) if number else None


def phone_list(numbers: Sequence[str]) -> str:
    """Phone numbers after one another, the first first."""
    return ", ".join(phone(number) or DASH for number in numbers)


def short_day(value: str | None) -> str | None:
    """A date as in tables."""
    from frivillig_cli.core.clock import norwegian_day
    from frivillig_cli.core.dates import show_date_short

    return show_date_short(norwegian_day(value)) if value else None


def period(start: str | None, end: str | None) -> str | None:
    """`from 15.03.2026`, `until 22.11.2026`, `15.03.2020–22.11.2026`; None where both are None."""
    if start and end:
        return f"{short_day(start)}–{short_day(end)}"
    if end:
        return _("until {date}", date=short_day(end))
    return _("from {date}", date=short_day(start)) if start else None


def role_words(roles: Iterable[Mapping[str, Any]]) -> str:
    """`leader Lier kor, treasurer Egge vel`: the offices that are held now."""
    held = [role for role in roles if not role["to"]]
    return ", ".join(f"{role_word(role['role'])} {role['org']}" for role in held)


def role_word(role: str) -> str:
    """An office in the user's language."""
    return _(ROLE_WORDS[role])


def day(value: str | None) -> str | None:
    """A date as people say it."""
    from frivillig_cli.core.dates import show_date

    return show_date(value) if value else None


def field_value(field: str, value: Any) -> str:
    """A stored value as a person reads it; a dash for none."""
    if value is None or value == "":
        return DASH
    if field in ("phone", "callout_number"):
        return phone(value) or DASH
    if field == "orgnr":
        from frivillig_cli.core.orgnr import show_orgnr

        return show_orgnr(value)
    if field == "bank_account":
        from frivillig_cli.core.account import show_account

        return show_account(value)
    if field == "phones":
        return phone_list(value) or DASH
    if field in DATES:
        return day(value) or DASH
    if field == "founded":  # a day or a year
        from frivillig_cli.core.dates import show_date

        return show_date(value)
    if field == "status":
        return _(STATUS_WORDS.get(value, value))
    if field == "language":
        return _(LANGUAGE_WORDS.get(value, value))
    if field == "annual_meeting_month":
        from frivillig_cli.core.dates import month_name

        return month_name(value)
    if field in YES_NO:
        return _("yes") if value else _("no")
    return str(value)


def change_lines(changes: Sequence[Any], *, protected: bool = False) -> list[str]:
    """`  field   old → new`, a line a change; one line saying so where there is none.

    `protected`: the person's contact data is not shown, only that it is another now.
    """
    from frivillig_cli.records.person.model import HIDDEN_WHEN_PROTECTED

    if not changes:
        return [_("Nothing to change.")]
    labels = [_(field_label(change.field)) for change in changes]
    width = max(len(label) for label in labels)
    kept_back = _("changed (protected)")
    hidden = ("phones", "callout_number", *HIDDEN_WHEN_PROTECTED) if protected else ()
    return [
        f"  {label:<{width}}  {kept_back}"
        if change.field in hidden
        else f"  {label:<{width}}  {field_value(change.field, change.old)}"
        f" → {field_value(change.field, change.new)}"
        for label, change in zip(labels, changes, strict=True)
    ]


def field_label(field: str) -> str:
    """The name of a field of an association, a person or a volunteer (not translated yet)."""
    from frivillig_cli.records.org.rules import LABELS as ORG
    from frivillig_cli.records.person.rules import LABELS as PERSON
    from frivillig_cli.records.volunteer.rules import LABELS as VOLUNTEER

    if field in ("phones", "callout_number"):
        return PERSON["phone"] if field == "phones" else N_("call-out number")
    return ORG.get(field) or PERSON.get(field) or VOLUNTEER.get(field) or field


def contact_lines(contacts: Iterable[dict[str, Any]]) -> str:
    """Offices, a line each: role, name, phone, e-mail, and when it ended."""
    lines = []
    for contact in contacts:
        parts = [contact["name"], phone(contact["phone"]), contact["email"]]
        parts.append(period(contact["from"], contact["to"]))
        role = role_word(contact["role"])
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
    from frivillig_cli.records.org.rules import AGE_GROUPS, LABELS

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
        (_("confirmed"), _confirmed(org)),
    ]
    ages = ("members_youth", *AGE_GROUPS, "members_local")
    extra = ("form", "bank_account", "founded", "members", *ages, "activities", "premises",
             "listed", "no_mailings", "notes")  # fmt: skip
    if org.values["annual_meeting_month"]:
        shown.append((_("annual meeting"), plain("annual_meeting_month")[1]))
    return shown + [plain(field) for field in extra if org.values[field] is not None]


def _confirmed(org: Any) -> str:
    """The day, or never; and since when they have been asked in vain."""
    known = day(org.confirmed) or _("never")
    if not org.unconfirmed_since:
        return known
    since = _("unconfirmed since {date}", date=day(org.unconfirmed_since))
    return f"{known}, {since}"


def person_phone(person: Any) -> str | None:
    """The number to ring, as a list shows it: of a protected person only that they are."""
    if person.protected:
        return _("protected")
    return phone(person.numbers[0]) if person.numbers else None


def person_fields(person: Any) -> list[tuple[str, str | None]]:
    """What `person show` and `volunteer show` say: with the contact data of a protected person."""
    whole = person.values
    shown = [
        (_("phone"), "\n".join(map(_number_line, person.phones)) or None),
        (_("e-mail"), whole["email"]),
        (_("address"), address(whole)),
        (_("language"), field_value("language", whole["language"])),
        (_("offices"), _office_lines(person.roles) or None),
    ]
    if person.protected:
        shown.insert(0, (_("protected"), _("yes: this data stands here only")))
    if person.minor:
        shown.append((_("under 18"), _("yes")))
    if person.no_mailings:
        shown.append((_("no mailings since"), day(person.no_mailings)))
    if person.volunteer is not None:
        shown += _volunteer_fields(person)
    if person.opted_out_until:
        shown.append((_("not to be called until"), day(person.opted_out_until)))
    if whole["notes"]:
        shown.append((_("notes"), whole["notes"]))
    return shown


def _number_line(one: Any) -> str:
    """A number, and what is known of it."""
    marks = [
        _("wrong number") if one.wrong else "",
        _("call-out number") if one.callout else "",
        _("verified {date}", date=short_day(one.verified)) if one.verified else "",
    ]
    return "  ".join([phone(one.number) or "", *filter(None, marks)])


def _office_lines(roles: Iterable[Mapping[str, Any]]) -> str:
    lines = []
    for role in roles:
        parts = (role_word(role["role"]), role["org"], period(role["from"], role["to"]))
        lines.append("  ".join(part for part in parts if part))
    return "\n".join(lines)


def _volunteer_fields(person: Any) -> list[tuple[str, str | None]]:
    from frivillig_cli.records.volunteer.rules import LABELS

    row = person.volunteer
    shown: list[tuple[str, str | None]] = [
        (_("volunteer"), field_value("status", row["status"])),
        (_("skills"), ", ".join(person.skills) or None),
    ]
    fields = ("availability", "languages", "driving_licence", "confidentiality_signed",
              "police_certificate_seen", "intro_course_completed")  # fmt: skip
    shown += [
        (_(LABELS[name]), None if row[name] is None else field_value(name, row[name]))
        for name in fields
    ]
    return shown
