"""The titles of columns, in Norwegian and English, by the field that they tell of."""

from __future__ import annotations

# Titles, folded and with nothing but letters and digits left.
_COMMON = {
    "id": "id frivilligid registernr registernummer",
    "email": "epost epostadresse email emailadresse emailaddress mail mailadresse ep epostlag",
    "phone": "telefon telefonnummer telefonnr tlf tlfnr tlfnummer tel phone phonenumber telephone"
    " mobil mobilnr mobilnummer mobiltelefon mobiltlf mob mobile cell cellphone fasttelefon"
    " telefondag telefonkveld phones",
    "street": "adresse gate gateadresse gatenavn postadresse adr address street streetaddress"
    " postadr besoksadresse bostedsadresse vei veiadresse vegadresse adresselinje adresse1"
    " adresselinje1",
    "postcode": "postnr postnummer postkode postcode zip zipcode postalcode",
    "city": "poststed sted by stad city town place poststad postst",
    "postplace": "postnrogsted postnrsted postnummerogsted postnummerpoststed postnrpoststed"
    " postnummersted postadressested poststedogpostnummer",
    "language": "malform sprak sprakform skriftsprak language lang",
    "protected": "skjermet skjerma protected adressesperre adressesperret sperretadresse"
    " hemmeligadresse skjermetadresse fortrolig fortroligadresse kode6 kode7 kode67",
    "notes": "",  # free text may hold health or family: only with --map
}
# Offices that a list of associations has columns for: the words in its titles.
OFFICES = {
    "leader": "leder leiar styreleder styreleiar formann styreformann leader chair chairperson",
    "deputy": "nestleder nestleiar nestl nestformann varaleder varaleiar deputy",
    "treasurer": "kasserer kasserar kassar treasurer okonomiansvarlig",
    "secretary": "sekretær sekretar sekr secretary",
    "contact": "kontaktperson kontakt contact contactperson",
}
_NAMED = ("{0}", "{0}navn", "{0}ensnavn", "{0}snavn", "navn{0}", "navnpa{0}", "{0}name")
# A name in two columns: Leder fornavn, Leder etternavn.
NAME_PARTS = ("_first", "_last")
FIRST_NAMES = "fornavn fornamn firstname"
LAST_NAMES = "etternavn etternamn lastname surname"
_DETAIL = ("{0}{1}", "{0}s{1}", "{0}ens{1}", "{1}{0}", "{1}til{0}", "{1}for{0}")
_PHONES = (
    "telefon telefonnummer telefonnr tlf tlfnr tel mob mobil mobilnr mobiltelefon phone mobile"
)
_EMAILS = "epost epostadresse mail email mailadresse"
DETAILS = dict.fromkeys(_PHONES.split(), "phone") | dict.fromkeys(_EMAILS.split(), "email")


def _office_titles() -> dict[str, str]:
    """office, office_phone, office_email → every title for it: "Leders tlf.", "E-post leder"."""
    titles = {}
    for office, names in OFFICES.items():
        words = names.split()
        titles[office] = " ".join(shape.format(w) for w in words for shape in _NAMED)
        for detail, kinds in (
            ("phone", _PHONES),
            ("email", _EMAILS),
            ("first", FIRST_NAMES),
            ("last", LAST_NAMES),
        ):
            shapes = [s.format(w, k) for w in words for k in kinds.split() for s in _DETAIL]
            titles[f"{office}_{detail}"] = " ".join(shapes)
    return titles


ORG_TITLES = {
    **_COMMON,
    "orgnr": "orgnr orgnummer organisasjonsnr organisasjonsnummer orgno orgnumber"
    " organisationnumber organizationnumber foretaksnummer brregnr",
    "name": "navn namn name lag laget lagetsnavn lagsnavn forening foreningen foreningsnavn klubb"
    " klubbnavn organisasjon organisasjonsnavn organization organisation association club"
    " orgnavn lagforening lagogforening lagogforeninger navnpalag navnpalaget navnpaforening"
    " lageller forening lagellerforening navnpaorganisasjon tittel"
    " idrettslag idrettslaget idrettslagklubb klubbidrettslag klubblag lagklubb klubben"
    " navnpaklubb navnpaklubben navnpaidrettslag navnpaidrettslaget foreningklubb",
    "form": "organisasjonsform orgform form selskapsform organisasjonsformkode legalform",
    "category": "kategori category icnpo icnpokode icnponummer aktivitetskategori",
    "website": "hjemmeside nettside nettsted nettadresse web webside website webadresse www url"
    " heimeside internett internettadresse homepage",
    "municipality": "kommunenr kommunenummer knr municipality municipalitynumber komnr",
    "bank_account": "kontonummer kontonr konto kto ktonr bankkto bankkonto bankkontonummer account"
    " accountnumber bankaccount",
    "founded": "stiftelsesdato stiftet founded",
    "members": "medlemmer medlemstall antallmedlemmer members medlemer medlemstal medl medlem"
    " medltall antmedl antmedlemmer medltotalt medlemmertotalt medlemmerialt antallmedlemmertotalt",
    "annual_meeting_month": "arsmote arsmotemaned arsmotetsmaned manedforarsmote annualmeeting"
    " annualmeetingmonth",
    "activities": "aktivitet aktiviteter activities activity formal virksomhet",
    "premises": "lokale lokaler premises motested",
    "listed": "offentlig kanvises listed vispublikt synlig samtykkepublisering",
    "tags": "tag tags stikkord merke merker etikett etiketter",
    **_office_titles(),
}
VOLUNTEER_TITLES = {
    **_COMMON,
    "name": "navn namn name fulltnavn fullnavn fullname frivillig volunteer person deltaker",
    "first_name": "fornavn fornamn firstname givenname first",
    "last_name": "etternavn etternamn lastname surname familyname last",
    "skills": "kompetanse ferdighet ferdigheter skills skill",
    "availability": "tilgjengelig tilgjengelighet availability narkandu tidspunkt",
    "languages": "andresprak sprakkunnskaper languages snakker",
    "confidentiality_signed": "teieplikt taushetsplikt taushetserkleringsignert"
    " taushetserklering confidentialitysigned",
    "police_certificate_seen": "politiattest politiattestvist policecertificateseen",
    "intro_course_completed": "introkurs introduksjonskurs introcoursecompleted",
}
