"""Letters to the parties of agreements: each template takes its own kind, while it is in force."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def office(cli, tmp_path):
    """Three associations; a preparedness agreement, a cooperation, one run out and one ended."""
    for n, name in enumerate(("Lier sanitetsforening", "Lier turlag", "Tranby korps"), 1):
        cli.ok("org", "add", name, "--email", f"lag{n}@x.example")
    terms = ("--caller", "Kriseledelsen", "--exercise-payer", "association",
             "--event-payer", "municipality", "--from", "2026-01-01")  # fmt: skip
    cli.ok("agreement", "add", "1", "Omsorg", "--kind", "beredskap", *terms)
    cli.ok("agreement", "add", "2", "Besøk", "--kind", "cooperation", "--from", "2026-01-01")
    cli.ok("agreement", "add", "3", "Gammel", "--kind", "beredskap", *terms, "--to", "2026-06-30")
    cli.ok("agreement", "add", "3", "Sagt opp", "--kind", "beredskap", *terms)
    cli.ok("agreement", "end", "4", "--date", "2026-07-01", "--reason", "Ikke nok folk")
    cli.folder = tmp_path / "brev"
    return cli


def render(office, *words: str) -> tuple[int, list[str], dict[str, str]]:
    """The exit code, whose letters were written, and why the others' were not."""
    done = office("letter", "render", *words, "-o", office.folder, "--format", "txt", "--json")
    made = json.loads(done.out)
    why = {row["name"].partition(": ")[2]: row["why"] for row in made["skipped"]}
    return done.code, [row["name"].partition(": ")[2] for row in made["rendered"]], why


@pytest.mark.parametrize("template", ["beredskapsavtale", "planvedlegg"])
def test_what_has_run_out_or_is_ended_is_in_no_plan_and_nobody_signs_it(office, template) -> None:
    gone = {"Gammel": "expired", "Sagt opp": "ended"}
    assert render(office, template) == (3, ["Omsorg"], gone)
    said = office("letter", "render", template, "-o", office.folder, "--again").out
    assert "the agreement has run out" in said and "the agreement is ended" in said


def test_a_template_for_one_kind_of_agreement_takes_no_other(office) -> None:
    assert render(office, "samarbeidsavtale") == (0, ["Besøk"], {})
    code, made, why = render(office, "beredskapsavtale", "id:1..2", "--again")
    assert (code, made, why) == (3, ["Omsorg"], {"Besøk": "other_kind"})
    refused = office.refused("letter", "render", "samarbeidsavtale", "id:1", "-o", office.folder)
    assert "another kind of agreement" in refused and "letter templates" in refused
    assert "lacks" not in office("letter", "check", "samarbeidsavtale", "beredskapsavtale").out


def test_what_an_agreement_lacks_is_told_with_the_command_that_gives_it(office) -> None:
    office.ok("agreement", "add", "2", "Vakt", "--kind", "beredskap", "--from", "2026-01-01",
              "--caller", "Kriseledelsen")  # fmt: skip
    office.ok("agreement", "add", "2", "Tur", "--kind", "cooperation")
    said = office("letter", "render", "planvedlegg", "-o", office.folder).out
    assert "who pays for exercises is missing" in said
    assert "agreement edit 5 --exercise-payer …" in said and "planvedlegg.nb" not in said
    said = office("letter", "render", "samarbeidsavtale", "-o", office.folder).out
    assert "agreement edit 6 --from …" in said


def test_one_that_has_run_out_is_renewed_first(office) -> None:
    where = ("-o", office.folder)
    refused = office.refused("letter", "render", "planvedlegg", "id:3", *where)
    assert "run out" in refused and "agreement renew" in refused
    office.ok("agreement", "renew", "3", "--to", "2029-12-31")
    assert render(office, "planvedlegg", "id:3")[:2] == (0, ["Gammel"])


def own(tmp_path: Path, name: str, head: str) -> None:
    (tmp_path / "templates").mkdir(exist_ok=True)
    for language in ("nb", "nn"):
        text = f"---\ntitle: Brev\nlanguage: {language}\n{head}\n---\nHei, {{{{ org.name }}}}.\n"
        (tmp_path / "templates" / f"{name}.{language}.md").write_text(text, "utf-8")


def test_a_letter_of_ones_own_may_be_about_what_has_run_out(office, tmp_path) -> None:
    own(tmp_path, "fornye", "recipients: agreement")
    code, made, why = render(office, "fornye")
    assert (code, sorted(made), why) == (3, ["Besøk", "Gammel", "Omsorg"], {"Sagt opp": "ended"})
    assert render(office, "fornye", "Gammel", "--again")[:2] == (0, ["Gammel"])
    assert "fornye id:4" in office.refused(
        "letter", "render", "fornye", '"Sagt opp"', "-o", office.folder
    )
    assert render(office, "fornye", "id:3..4", "--again")[:2] == (0, ["Gammel", "Sagt opp"])
    assert json.loads(office("letter", "send", "3", "--dry-run", "--json").out)["skipped"] == []


def test_a_document_of_ones_own_to_sign_is_of_those_in_force(office, tmp_path) -> None:
    own(tmp_path, "avtale", "recipients: agreement\nby_hand: true")
    assert render(office, "avtale", "id:1..4")[1:] == (
        ["Besøk", "Omsorg"], {"Gammel": "expired", "Sagt opp": "ended"}
    )  # fmt: skip
    assert render(office, "avtale", "to:..2026-12-31", "--again")[:2] == (0, ["Gammel"])


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("recipients: agreement\nkind: coopration", "Write one of: beredskap, cooperation"),
        ("recipients: org\nkind: beredskap", "this one is for “org”"),
    ],
)
def test_a_kind_that_there_is_not_is_refused_with_its_line(office, tmp_path, head, said) -> None:
    own(tmp_path, "feil", head)
    done = office.refused("letter", "render", "feil", "-o", office.folder)
    assert said in done and "feil.nb.md, line 5" in done


def test_both_languages_are_for_the_same_kind(office, tmp_path) -> None:
    own(tmp_path, "ulike", "recipients: agreement\nkind: beredskap")
    path = tmp_path / "templates" / "ulike.nn.md"
    path.write_text(path.read_text("utf-8").replace("kind: beredskap\n", ""), "utf-8")
    refused = office.refused("letter", "render", "ulike", "-o", office.folder)
    assert "Write the same kind: in both." in refused


def test_the_terms_of_an_agreement_can_be_written(office) -> None:
    office.ok(
        "agreement", "edit", "1", "--confidentiality", "NKS sin erklæring gjelder",
        "--municipality-contact", "32220100", "--municipality-stand-in", "Legevakta 116117",
        "--association-contact", "91112233", "--association-stand-in", "Vara",
        "--rescue-payer", "rescue_service",
    )  # fmt: skip
    told = " ".join(office.ok("letter", "preview", "beredskapsavtale", "1").split())
    for said in (
        "NKS sin erklæring gjelder.", "32 22 01 00, ellers Legevakta 116117.",
        "91 11 22 33, ellers Vara.", "Det er redningstjenesten som dekker",
    ):  # fmt: skip
        assert said in told
    known = office.ok("letter", "fields", "beredskapsavtale")
    for name in ("confidentiality", "association_stand_in", "rescue_payer"):
        assert f"agreement.{name}" in known


@pytest.mark.parametrize("template", ["beredskapsavtale", "planvedlegg"])
def test_what_an_agreement_lacks_is_told_in_words_with_how_to_give_it(office, template) -> None:
    office.ok("agreement", "edit", "1", "--caller", "")
    done = office("letter", "render", template, "-o", office.folder)
    assert "who may call out is missing: frivillig agreement edit 1 --caller" in done.out + done.err


def test_an_agreement_that_is_ended_after_the_letter_is_not_recorded_as_sent(
    office, monkeypatch
) -> None:
    assert render(office, "beredskapsavtale", "id:1")[1] == ["Omsorg"]
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-12-01T10:00:00+01:00")
    office.ok("agreement", "end", "1", "--date", "2026-07-02", "--reason", "Flyttet")
    said = office.refused("letter", "sent", "1")
    assert "the agreement is ended" in said and "--also-left-out" in said
