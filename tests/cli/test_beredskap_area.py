"""Those who are left off the list of an area as nobody knows where they live are named."""

from __future__ import annotations

from tests.conftest import Cli


def test_who_has_no_address_is_said_also_in_a_trial_run(cli: Cli, tmp_path) -> None:
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    cli.ok("volunteer", "add", "Kari Lie", "--phone", "90100001", "--postcode", "3400")
    cli.ok("volunteer", "add", "Ola Vik", "--phone", "90100002")
    cli.ok("volunteer", "add", "Per Aas", "--phone", "90100003", "--postcode", "0150")
    cli.ok("beredskap", "member", "add", 1, 1, 2, 3)
    words = ("beredskap", "activate", "Flom", "--area", "34", "-o", tmp_path / "ut")
    told = "1 person er ikke på listen, for registeret vet ikke hvor vedkommende bor: Ola Vik."
    for more in (("--dry-run",), ()):
        done = cli(*words, *more, lang="nb")
        assert done.code == 0 and told in " ".join(done.err.split())
        assert "1 person, 0 utelatt" in done.out
    assert "where they" not in cli("beredskap", "activate", "Ras", "-o", tmp_path / "ras").err


def test_who_may_have_the_licence_or_the_language_is_named(cli: Cli, tmp_path) -> None:
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    told = ("--driving-licence", "--speaks", "polsk")
    cli.ok("volunteer", "add", "Kari Lie", "--phone", "90100001", *told)
    cli.ok("volunteer", "add", "Ola Vik", "--phone", "90100002")
    cli.ok("volunteer", "add", "Per Aas", "--phone", "90100003", "--no-driving-licence",
           "--speaks", "arabisk")  # fmt: skip
    cli.ok("beredskap", "member", "add", 1, 1, 2, 3)

    def left(*wanted: str) -> str:
        done = cli("beredskap", "activate", "Flom", *wanted, "--dry-run", "--json")
        assert done.code == 0 and '"Kari Lie"' in done.out and "Per" not in done.err
        return " ".join(done.err.split())

    assert "does not know whether they have a driving licence: Ola Vik." in left(
        "--driving-licence"
    )
    assert "does not know what languages they speak: Ola Vik." in left("--language", "polsk")
    both = left("--driving-licence", "--language", "polsk")
    assert both.count("Ola Vik") == 1 and "languages they speak" in both
