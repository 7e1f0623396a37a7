"""What may be written in a letter template: the fields, with an explanation and an example.

The same names that are passed to `render_template`. A field that has no value for a recipient
is passed as None.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from frivillig_cli.core.i18n import N_, _

EVERYBODY = ("org", "volunteer", "agreement", "member")
_ORGS = ("org", "agreement")
_AGREEMENTS = ("agreement",)
_MEMBERS = ("member",)


class FieldInfo(NamedTuple):
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
        """How it is written in a template; of one that stands in a list, inside the loop."""
        group, _dot, kind = self.name.rpartition(".")
        suffix = _FILTERS.get(kind, "")
        if group.endswith("[]"):
            return f"{{{{ {ONE_OF[group[:-2]]}.{kind}{suffix} }}}}"
        if self.name in ONE_OF:
            return "{%% for %s in %s %%} … {%% endfor %%}" % (ONE_OF[self.name], self.name)  # noqa: UP031
        return f"{{{{ {self.name}{suffix} }}}}"


# What one of a list is called in the loops of our templates.
ONE_OF = {
    "agreement.parties": "party",
    "agreement.contributions": "part",
    "agreement.groups": "group",
    "agreement.premises": "place",
    "agreement.equipment": "thing",
    "member.seats": "seat",
}
_FILTERS = {
    "phone": " | phone",
    "orgnr": " | orgnr",
    "bank_account": " | account",
    "municipality_contact": " | phone",
    "municipality_stand_in": " | phone",
    "association_contact": " | phone",
    "association_stand_in": " | phone",
    "callout_number": " | phone",
    "callback": " | phone",
    "signed": " | date",
    "reviewed": " | date",
    "tags": ' | join(", ")',
    "facilities": ' | join(", ")',
    "address_lines": ' | join(", ")',
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
    FieldInfo("agreement.title", N_("the agreement's title"), "Beredskap", _AGREEMENTS),
    FieldInfo(
        "agreement.kind", N_("what kind of agreement it is"), "beredskapsavtale", _AGREEMENTS
    ),
    FieldInfo("agreement.case_number", N_("the case that it belongs to"), "2027/118", _AGREEMENTS),
    FieldInfo("agreement.from", N_("the first day of the agreement"), "2027-01-01", _AGREEMENTS),
    FieldInfo("agreement.to", N_("the last day of the agreement"), "2029-12-31", _AGREEMENTS),
    FieldInfo("agreement.signed", N_("when it was signed"), "2026-12-15", _AGREEMENTS),
    FieldInfo("agreement.reviewed", N_("when it was last gone through"), "2027-11-02", _AGREEMENTS),
    FieldInfo("agreement.caller", N_("who may call out"), "Kommunens kriseledelse", _AGREEMENTS),
    FieldInfo(
        "agreement.municipality_contact",
        N_("the municipality's number day and night"),
        "+4732220100",
        _AGREEMENTS,
    ),
    FieldInfo(
        "agreement.municipality_stand_in",
        N_("the number when nobody answers at the municipality's"),
        "+4732220111",
        _AGREEMENTS,
    ),
    FieldInfo(
        "agreement.association_contact",
        N_("the association's number day and night"),
        "+4790111222",
        _AGREEMENTS,
    ),
    FieldInfo(
        "agreement.association_stand_in",
        N_("the number when nobody answers at the association's"),
        "+4790111233",
        _AGREEMENTS,
    ),
    FieldInfo("agreement.response_time", N_("how fast they come"), "innen én time", _AGREEMENTS),
    FieldInfo(
        "agreement.insurance", N_("who insures whom"), "Kommunens ulykkesforsikring", _AGREEMENTS
    ),
    FieldInfo(
        "agreement.confidentiality",
        N_("what is agreed on confidentiality"),
        "De frivillige signerer foreningens taushetserklæring",
        _AGREEMENTS,
    ),
    FieldInfo(
        "agreement.exercise_payer",
        N_("who pays for exercises, in words"),
        "foreningen",
        _AGREEMENTS,
    ),
    FieldInfo(
        "agreement.event_payer", N_("who pays when it happens, in words"), "kommunen", _AGREEMENTS
    ),
    FieldInfo(
        "agreement.rescue_payer",
        N_("who pays in a search led by the police, in words"),
        "redningstjenesten",
        _AGREEMENTS,
    ),
    FieldInfo(
        "agreement.parties",
        N_("the parties beside the municipality, a list"),
        "Elvedal sanitetsforening",
        _AGREEMENTS,
    ),
    FieldInfo(
        "agreement.parties[].name", N_("a party's name"), "Elvedal sanitetsforening", _AGREEMENTS
    ),
    FieldInfo("agreement.parties[].role", N_("a party's role"), "foredragsholdere", _AGREEMENTS),
    FieldInfo(
        "agreement.contributions",
        N_("what each gives, a list"),
        "Kommunen: Ringer gruppen",
        _AGREEMENTS,
    ),
    FieldInfo("agreement.contributions[].party", N_("who gives it"), "Kommunen", _AGREEMENTS),
    FieldInfo("agreement.contributions[].what", N_("what it is"), "Ringer gruppen", _AGREEMENTS),
    FieldInfo(
        "agreement.contributions[].terms",
        N_("on which terms"),
        "Når kriseledelsen ber om det",
        _AGREEMENTS,
    ),
    FieldInfo(
        "agreement.groups",
        N_("the groups that can be called out, a list"),
        "Omsorgsberedskapsgruppen",
        _AGREEMENTS,
    ),
    FieldInfo(
        "agreement.groups[].name", N_("a group's name"), "Omsorgsberedskapsgruppen", _AGREEMENTS
    ),
    FieldInfo("agreement.groups[].leader", N_("a group's leader"), "Aud Kittilsen", _AGREEMENTS),
    FieldInfo(
        "agreement.groups[].deputy", N_("a group's deputy leader"), "Per Gunnar Aas", _AGREEMENTS
    ),
    FieldInfo("agreement.groups[].members", N_("how many a group has"), "24", _AGREEMENTS),
    FieldInfo(
        "agreement.premises", N_("the parties' premises, a list"), "Sanitetshuset", _AGREEMENTS
    ),
    FieldInfo(
        "agreement.premises[].name",
        N_("what the premises are called"),
        "Sanitetshuset",
        _AGREEMENTS,
    ),
    FieldInfo(
        "agreement.premises[].address",
        N_("the address of the premises"),
        "Bruveien 2, 3400 Elvedal",
        _AGREEMENTS,
    ),
    FieldInfo("agreement.premises[].capacity", N_("how many there is room for"), "80", _AGREEMENTS),
    FieldInfo(
        "agreement.premises[].facilities",
        N_("what the premises have, a list"),
        "kjøkken, varme, toaletter",
        _AGREEMENTS,
    ),
    FieldInfo(
        "agreement.premises[].key_holder", N_("who has the key"), "Ingrid Solli", _AGREEMENTS
    ),
    FieldInfo(
        "agreement.equipment",
        N_("the parties' vehicles and equipment, a list"),
        "Tilhenger",
        _AGREEMENTS,
    ),
    FieldInfo(
        "agreement.equipment[].name",
        N_("what the vehicle or equipment is called"),
        "Tilhenger",
        _AGREEMENTS,
    ),
    FieldInfo(
        "agreement.equipment[].kind",
        N_("whether it is a vehicle or equipment"),
        "kjøretøy",
        _AGREEMENTS,
    ),
    FieldInfo(
        "member.name", N_("the name of one who can be called out"), "Astrid Bakken", _MEMBERS
    ),
    FieldInfo(
        "member.callout_number", N_("the number that they are called on"), "90111222", _MEMBERS
    ),
    FieldInfo(
        "member.callback",
        N_("the number that they call the preparedness duty on"),
        "32220100",
        _MEMBERS,
    ),
    FieldInfo(
        "member.paused_until",
        N_("the day before which they have asked not to be called, if there is one"),
        "2027-12-31",
        _MEMBERS,
    ),
    FieldInfo(
        "member.other_duty",
        N_("whether they have another duty in a crisis, and are not called"),
        "ja",
        _MEMBERS,
    ),
    FieldInfo(
        "member.seats", N_("what they are in each group, a list"), "Omsorgsgruppen", _MEMBERS
    ),
    FieldInfo("member.seats[].group", N_("what the group is called"), "Omsorgsgruppen", _MEMBERS),
    FieldInfo("member.seats[].role", N_("what they are in it"), "medlem", _MEMBERS),
    FieldInfo("member.seats[].org", N_("whose group it is"), "Elvedal sanitetsforening", _MEMBERS),
    FieldInfo("member.seats[].leader", N_("who leads the group"), "Aud Kittilsen", _MEMBERS),
    FieldInfo(
        "member.seats[].caller",
        N_("who may call the group out, by its agreement"),
        "Kommunens kriseledelse",
        _MEMBERS,
    ),
    FieldInfo(
        "member.seats[].response_time",
        N_("how fast the group comes, by its agreement"),
        "innen én time",
        _MEMBERS,
    ),
    FieldInfo("survey.title", N_("the survey's title"), "Endringer våren 2027"),
    FieldInfo("survey.due", N_("the day when answers are due"), "2027-03-15"),
    FieldInfo("municipality.name", N_("the municipality's name"), "Elvedal kommune"),
    FieldInfo("municipality.number", N_("the municipality's number"), "3399"),
    FieldInfo("municipality.unit", N_("the unit that writes"), "Frivilligsentralen"),
    FieldInfo("municipality.phone", N_("the unit's phone number"), "32220100"),
    FieldInfo("municipality.email", N_("the unit's e-mail address"), "post@elvedal.example"),
    FieldInfo("municipality.website", N_("the unit's web address"), "elvedal.example"),
    FieldInfo("municipality.orgnr", N_("its organisation number"), "310000019"),
    FieldInfo("municipality.street", N_("the street or box of the unit's address"), "Postboks 12"),
    FieldInfo("municipality.postcode", N_("the postcode of the unit's address"), "3401"),
    FieldInfo("municipality.city", N_("the place of the unit's address"), "Elvedal"),
    FieldInfo("municipality.visit", N_("where the unit is visited"), "Torget 1, Elvedal"),
    FieldInfo(
        "municipality.logo",
        N_("the municipality's logo as a picture, in templates in Word alone"),
        "▣",
    ),
    FieldInfo("recipient.name", N_("to whom the letter goes"), "Elvedal songlag"),
    FieldInfo(
        "recipient.address_lines",
        N_("the address on the letter, a list of lines"),
        "Elvedal songlag, Bruveien 2, 3400 Elvedal",
    ),
    FieldInfo("sender.caseworker", N_("who signs"), "Kari Nordli"),
    FieldInfo("sender.title", N_("the title of who signs"), "koordinator"),
    FieldInfo("case_number", N_("the case number of this mailing"), "2027/1234"),
    FieldInfo("exempt", N_("why the public has no access, with --exempt"), "offl. § 13"),
    FieldInfo("today", N_("the letter's date"), "2027-02-15"),
)


def fields_for(recipients: str) -> list[FieldInfo]:
    """The fields of letters to `recipients` (org, volunteer, agreement or member)."""
    return [field for field in FIELDS if recipients in field.recipients]


def examples(recipients: str) -> dict[str, Any]:
    """A whole letter's fields with their examples: dates as dates, lists with one thing in each."""
    made: dict[str, Any] = {}
    for field in fields_for(recipients):
        place = made
        *parents, last = field.name.split(".")
        for name in parents:
            below = place[name[:-2]][0] if name.endswith("[]") else place.setdefault(name, {})
            place = below
        place[last] = [{}] if field.name in ONE_OF else _example(field)
    return made


def example_of(name: str) -> Any:
    """An example of the field of that name; a box for a name of a template's own."""
    return next((_example(field) for field in FIELDS if field.name == name), "□")


def _example(field: FieldInfo) -> Any:
    own_name = field.name.rpartition(".")[2]
    if own_name in _LISTS:
        return field.example.split(", ")
    if own_name in _NUMBERS:
        return int(field.example)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", field.example):
        return date.fromisoformat(field.example)
    return field.example


_LISTS = ("tags", "facilities", "address_lines")
_NUMBERS = ("members", "capacity")
