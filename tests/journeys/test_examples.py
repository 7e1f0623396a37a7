"""The files in examples/ do what README says of them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Cli

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def test_the_saved_answer_and_the_list_are_taken_in_one_after_the_other(bare_cli: Cli) -> None:
    bare_cli.ok("init", "--kommune", "3399", "--name", "Elvdal kommune")
    first = bare_cli("org", "import", EXAMPLES / "enheter.json", "--yes", "--json")
    taken = json.loads(first.out)
    assert (first.code, taken["created"], len(taken["skipped"])) == (0, 4, 1)
    second = json.loads(bare_cli("org", "import", EXAMPLES / "lag.csv", "--yes", "--json").out)
    assert (second["created"], second["changed"]) == (2, 1)
    names = [org["name"] for org in bare_cli.json("org", "list")]
    assert names == [
        "Elvdal sjakklubb", "Nordbygda quiltelag", "Sollia mållag", "Strandvik kystlag",
        "Øvre Elvdal sauesankelag", "Åsgrend frisbeegolfklubb",
    ]  # fmt: skip
    assert bare_cli.json("org", "show", "sjakk")["phone"] == "+4732905011"
    assert bare_cli.json("org", "show", "mållag")["street"] == "Skoleveien 9"


def test_the_question_set_makes_a_survey(cli: Cli) -> None:
    made = cli.json("survey", "new", "Prøve", "--questions", EXAMPLES / "questions.toml")
    assert made["title"] == "Prøve"
