"""The shipped agreements with what coordinators write in their fields."""

from __future__ import annotations

from typing import Any

import pytest

from frivillig_cli.documents.fields import examples
from frivillig_cli.documents.render import render_text
from frivillig_cli.documents.template import SHIPPED, find_template, load_template, render_template
from frivillig_cli.documents.text import blocks

WRITTEN = {
    "caller": "Kriseledelsen.", "municipality_contact": "32220100.",
    "response_time": "Innen to timer.", "contributions": [],
}  # fmt: skip


TERMS = (
    "municipality_stand_in", "association_contact", "association_stand_in", "confidentiality",
    "rescue_payer",
)  # fmt: skip


def text_of(name: str, language: str, **more: Any) -> str:
    fields: dict[str, Any] = examples("agreement")
    fields["agreement"] = {**fields["agreement"], **WRITTEN, **more}
    template = load_template(find_template(name, language, [SHIPPED]))
    return blocks(render_template(template, fields).document.blocks, 72)


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("name", ["beredskapsavtale", "planvedlegg"])
def test_a_sentence_has_one_full_stop_and_a_number_is_in_groups(name: str, language: str) -> None:
    text = text_of(name, language, municipality_stand_in=None)
    assert ".." not in text and "Kriseledelsen. " not in text
    assert "32 22 01 00.\n" in text and "Innen to timer.\n" in text


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_what_is_agreed_is_in_the_agreement_and_in_the_plan(language: str) -> None:
    agreed = {
        "municipality_stand_in": "Legevakta 116117", "association_contact": "91112233",
        "association_stand_in": "Vara 91112244.", "rescue_payer": "redningstjenesten",
        "confidentiality": "Taushetserklæringen til NKS gjelder",
    }  # fmt: skip
    for name in ("beredskapsavtale", "planvedlegg"):
        text = " ".join(text_of(name, language, **agreed).split())
        assert "døgnet: 91 11 22 33, el" in text and "Vara 91112244. " in text
        assert "Legevakta 116117. " in text and "Det er redningstjenesten som dek" in text
        assert ".- " not in text and ".." not in text
    for name in ("beredskapsavtale", "samarbeidsavtale"):
        text = " ".join(text_of(name, language, **agreed).split())
        assert "Taushetserklæringen til NKS gjelder." in text
        assert "signerer en taushetserklæring" not in text
        assert "signerer ei teieplikterklæring" not in text


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_nothing_is_said_of_what_is_not_agreed(language: str) -> None:
    nothing = dict.fromkeys(TERMS)
    for name in ("beredskapsavtale", "planvedlegg"):
        text = text_of(name, language, **nothing)
        assert "None" not in text and "leteaksjon" not in text and "leiteaksjon" not in text
        assert "32 22 01 00.\n" in text
    text = text_of("beredskapsavtale", language, **nothing)
    assert "signerer en taushetserklæring" in text or "signerer ei teieplikterklæring" in text


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_plan_shows_what_each_party_gives_and_who_else_is_in_the_agreement(language) -> None:
    agreed = {
        "contributions": [
            {"party": "Sollia grendelag", "what": "Grendehuset, plass til 80", "terms": None}
        ],
        "parties": [{"name": "Elvedal songlag", "role": None},
                    {"name": "Sollia grendelag", "role": "eier av huset"}],
        "premises": [], "equipment": [],
    }  # fmt: skip
    text = text_of("planvedlegg", language, **agreed)
    assert "Grendehuset, plass til 80" in text and "- Sollia grendelag – eier av huset" in text
    assert "- Elvedal songlag" not in text and "ressursl" in text
    alone = text_of("planvedlegg", language, parties=[])
    assert " med:" not in alone and "artane bidreg" not in alone


@pytest.mark.parametrize(
    ("language", "our", "their"),
    [("nb", "Kontakt i kommunen:", "Kontakt i foreningen:"),
     ("nn", "Kontakt i kommunen:", "Kontakt i foreininga:")],
)  # fmt: skip
def test_a_cooperation_tells_how_the_parties_reach_each_other(
    language: str, our: str, their: str
) -> None:
    def said(given: dict[str, Any], **more: Any) -> list[str]:
        fields: dict[str, Any] = examples("agreement")
        for name, value in given.items():
            owner, field = name.split(".")
            fields[owner] = {**fields[owner], field: value}
        fields["agreement"] = {**fields["agreement"], **more}
        template = load_template(find_template("samarbeidsavtale", language, [SHIPPED]))
        text = blocks(render_template(template, fields).document.blocks, 200)
        return [line for line in text.splitlines() if line.startswith("- Kontakt")]

    nobody = dict.fromkeys(
        ("municipality_contact", "municipality_stand_in", "association_contact",
         "association_stand_in")
    )  # fmt: skip
    agreed = {
        "municipality_contact": "Kari Nordli, 32 22 01 00", "municipality_stand_in": "32220111",
        "association_contact": "+4790111222", "association_stand_in": None,
    }  # fmt: skip
    assert said({}, **agreed) == [
        f"- {our} Kari Nordli, 32 22 01 00, eller 32 22 01 11, post@elvedal.example",
        f"- {their} 90 11 12 22, post@songlag.example",
    ]
    alone = {**nobody, "association_stand_in": "Ola Vik 90111222"}
    without = {"org.contact_name": None, "org.phone": None}
    assert said(without, **alone)[1] == f"- {their} Ola Vik 90111222, post@songlag.example"
    assert said({}, **nobody) == [
        f"- {our} Kari Nordli, 32 22 01 00, post@elvedal.example",
        f"- {their} Aud Kittilsen, 32 22 01 00, post@songlag.example",
    ]
    unknown = {
        "sender.caseworker": None, "municipality.phone": None, "municipality.email": None,
        "org.contact_name": None, "org.phone": None, "org.email": None,
    }  # fmt: skip
    assert said(unknown, **nobody) == []
    assert said({**unknown, "org.email": "x@lag.example"}, **nobody) == [f"- {their} x@lag.example"]


@pytest.mark.parametrize(
    ("name", "language", "shown"),
    [("samarbeidsavtale", "nb", "Avtalt om forsikring: Kommunen."),
     ("samarbeidsavtale", "nn", "Avtalt om teieplikt: Erklæring."),
     ("beredskapsavtale", "nb", "Taushetsplikt: Erklæring."),
     ("beredskapsavtale", "nn", "Forsikring: Kommunen."),
     ("planvedlegg", "nb", "kan kalles ut av: Kriseledelsen."),
     ("planvedlegg", "nn", "kan kallast ut av: Kriseledelsen.")],
)  # fmt: skip
def test_a_term_of_one_word_says_what_it_is_about(name: str, language: str, shown: str) -> None:
    text = text_of(name, language, insurance="Kommunen.", confidentiality="Erklæring")
    assert shown in text and "\nKommunen." not in text and "\nErklæring" not in text


def test_an_agreement_without_contributions_says_that_they_are_to_be_agreed_on() -> None:
    assert "Partene blir enige om hva" in text_of("beredskapsavtale", "nb")
    assert "Partane blir samde om kva" in text_of("beredskapsavtale", "nn")


@pytest.mark.parametrize(
    ("written", "shown"),
    [("32220100", "32 22 01 00"), ("901 11 222", "90 11 12 22"), ("116117", "116 117"),
     ("Vakta, 32220100", "Vakta, 32220100"), ("12", "12"), ("+4732220100", "32 22 01 00")],
)  # fmt: skip
def test_a_number_without_its_country_code_is_shown_in_groups_too(written, shown) -> None:
    assert render_text(f'{{{{ "{written}" | phone }}}}', "nb", {}) == shown


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_another_who_pays_is_named_as_it_is_written(language: str) -> None:
    for name in ("beredskapsavtale", "planvedlegg"):
        text = " ".join(text_of(name, language, exercise_payer="Lier Røde Kors").split())
        assert "Det er Lier Røde Kors som dek" in text
