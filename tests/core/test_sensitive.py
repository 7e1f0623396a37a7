"""Words about health or evacuees are found; ordinary words that look like them are not."""

from __future__ import annotations

import pytest

from frivillig_cli.core.sensitive import evacuee_words, health_words


@pytest.mark.parametrize(
    "text",
    [
        "fikk diagnosen i vår", "sykdom i familien", "alvorlig sjukdom", "har kreft",
        "prostatakreft", "begynnende demens", "hun er dement", "må ha medisin kl 8",
        "tar hjertemedisiner", "psykisk syk", "Psykiske plager", "er gravid", "GRAVID i 7. måned",
        "funksjonsnedsettelse", "funksjonshemmet", "sykemeldt til jul", "sykmeldt", "sjukmeldt",
        "Kari er syk", "har diabetes", "epilepsi", "uføretrygdet", "angst", "rusmisbruk",
        "kneoperert i fjor", "hjerneslag", "bruker insulin", "rullestolbruker",
        "psykiatrisk pasient", "has cancer", "pregnant", "on sick leave", "mentally ill",
        "his medication", "a disability", "dementia", "wheelchair user", "demente mor",
        "har covid", "korona i huset", "influensa", "panikkangst", "innlagt på sykehus",
        "har brukket foten", "hun er skadet", "skadet seg i går", "vondt i ryggen",
        "vondt i hjertet", "har pacemaker", "pustevansker", "bruker rullestol", "har feber",
        "two were injured", "is in hospital",
    ],
)  # fmt: skip
def test_words_about_health_are_found(text):
    assert health_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "kommer på sykkel", "sykkelen er punktert", "ved sykehjemmet", "Elvdal sykehjem",
        "sykehuset", "legevakt", "møt ved legevakta", "sykepleier i turnus", "sykestua",
        "Kreftforeningen låner ut bil", "demensforeningen", "helsesenteret", "diabetesforbundet",
        "psykiatrisk avdeling er flyttet", "kjøpte mat og drivstoff", "apoteket er stengt",
        "førstehjelpsutstyr", "uforutsett utgift", "utforme en plan", "syklist", "sykling",
        "ledningsbrudd", "strøm innlagt", "opererer fra sanitetshuset", "rullestolrampe",
        "blindvei", "the alarm is disabled", "medisinskap i kjelleren", "gravemaskin", "gravlund",
        "hivert", "sikkerhet", "Medisinsk fakultet", "slagplan", "Syvert Sykerud",
        "bicycle", "the hospital", "Villa", "skill", "kommer kl. 03.30", "90 11 12 22",
        "feberredning", "taket er skadet", "bilen ble skadet", "broa er brukket", "the hospital",
    ],
)  # fmt: skip
def test_ordinary_words_are_left_alone(text):
    assert health_words(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Evakuert: Ola Nordmann",
        "to evakuerte barn",
        "list of evacuees",
        "was evacuated",
        "barnet er evakuert",
    ],
)
def test_those_who_were_evacuated_are_found(text):
    assert evacuee_words(text)


@pytest.mark.parametrize(
    "text", ["sjåfør til evakuering", "evakueringssenteret", "evakuert- og pårørendesenter",
             "evakuertsenter", "vi må evakuere Storgata", "evakueringsplan", "vakuum",
             "vannet er evakuert", "sykehjemmet ble evakuert", "skolen er evakuert"]
)  # fmt: skip
def test_the_work_of_evacuating_is_no_list_of_people(text):
    assert evacuee_words(text) == []


def test_each_word_is_told_once_as_it_was_written():
    assert health_words("Demens, demens og Kreft") == ["Demens", "demens", "Kreft"]
