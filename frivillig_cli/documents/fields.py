"""What may be written in a letter template: the fields, with an explanation and an example.

The same names that are passed to `render_template`. A field that has no value for a recipient
is passed as None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frivillig_cli.core.i18n import N_, _

EVERYBODY = ("org", "volunteer", "agreement")
_ORGS = ("org", "agreement")


@dataclass(frozen=True)
class FieldInfo:
    """A field: its dotted name, what it is (a msgid), what it may look like, in which letters."""

    name: str
    explanation: str
    example: str
    recipients: Sequence[str] = EVERYBODY

    @property
    def explained(self) -> str:
        """The explanation in the language spoken now."""
        return _(self.explanation)

    @property
    def written(self) -> str:
        """How it is written in a template."""
        kind = self.name.rsplit(".", 1)[-1]
        suffix = _FILTERS.get(kind, "")
        return f"{{{{ {self.name}{suffix} }}}}"


_FILTERS = {
    "phone": " | phone",
    "orgnr": " | orgnr",
    "bank_account": " | account",
    "from": " | date",
    "to": " | date",
}

FIELDS: tuple[FieldInfo, ...] = (
    FieldInfo("org.name", N_("the association's name"), "Elvedal songlag", _ORGS),
    FieldInfo("org.orgnr", N_("its organisation number"), "310000003", _ORGS),
    FieldInfo(
        "org.contact_name", N_("its contact person, or else its leader"), "Aud Kittilsen", _ORGS
    ),
    FieldInfo("org.leader_name", N_("its leader"), "Per Gunnar Aas", _ORGS),
    FieldInfo("org.treasurer_name", N_("its treasurer"), "Ingrid Solli", _ORGS),
    FieldInfo("org.email", N_("its e-mail address"), "post@songlag.example", _ORGS),
    FieldInfo("org.phone", N_("its phone number"), "+4732220100", _ORGS),
    FieldInfo("org.website", N_("its web address"), "https://songlag.example", _ORGS),
    FieldInfo("org.street", N_("the street or box of its address"), "Bruveien 2", _ORGS),
    FieldInfo("org.postcode", N_("the postcode of its address"), "3400", _ORGS),
    FieldInfo("org.city", N_("the place of its address"), "Elvedal", _ORGS),
    FieldInfo("org.bank_account", N_("its account number"), "86011117947", _ORGS),
    FieldInfo("org.members", N_("how many members it has"), "48", _ORGS),
    FieldInfo("org.tags", N_("its tags, a list"), "kor, kultur", _ORGS),
    FieldInfo("volunteer.name", N_("the volunteer's name"), "Astrid Bakken", ("volunteer",)),
    FieldInfo(
        "volunteer.intro_course_completed",
        N_("when the volunteer completed the introductory course"),
        "2027-02-11",
        ("volunteer",),
    ),
    FieldInfo("agreement.title", N_("the agreement's title"), "Beredskap", ("agreement",)),
    FieldInfo("agreement.from", N_("the first day of the agreement"), "2027-01-01", ("agreement",)),
    FieldInfo("agreement.to", N_("the last day of the agreement"), "2029-12-31", ("agreement",)),
    FieldInfo(
        "agreement.case_number", N_("the case that it belongs to"), "2027/118", ("agreement",)
    ),
    FieldInfo("survey.title", N_("the survey's title"), "Endringer våren 2027"),
    FieldInfo("survey.due", N_("the day when answers are due"), "2027-03-15"),
    FieldInfo("municipality.name", N_("the municipality's name"), "Elvedal kommune"),
    FieldInfo("municipality.number", N_("the municipality's number"), "3399"),
    FieldInfo("municipality.unit", N_("the unit that writes"), "Frivilligsentralen"),
    FieldInfo("municipality.phone", N_("the unit's phone number"), "32220100"),
    FieldInfo("municipality.email", N_("the unit's e-mail address"), "post@elvedal.example"),
    FieldInfo("municipality.website", N_("the unit's web address"), "elvedal.example"),
    FieldInfo("sender.caseworker", N_("who signs"), "Kari Nordli"),
    FieldInfo("sender.title", N_("the title of who signs"), "koordinator"),
    FieldInfo("case_number", N_("the case number of this mailing"), "2027/1234"),
    FieldInfo("today", N_("the letter's date"), "2027-02-15"),
)


def fields_for(recipients: str) -> list[FieldInfo]:
    """The fields of letters to `recipients` (org, volunteer or agreement)."""
    return [field for field in FIELDS if recipients in field.recipients]
