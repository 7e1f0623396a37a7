"""Which answer counts where a form is sent once more after an answer has come in."""

from __future__ import annotations

from datetime import timedelta

from frivillig_cli.work.survey.export import Target, export_forms
from frivillig_cli.work.survey.tally import gather
from tests.work.survey.conftest import BACK


def test_a_form_that_was_sent_after_an_answer_is_the_later_word(tour, fill) -> None:
    first, later = BACK, BACK + timedelta(days=2)
    tour.take(fill(tour.export(1)[0], "a.xlsx", members=60), at=first)
    tour.edit(1, members="55")  # as they say on the phone
    with tour.change():
        done = export_forms(tour.register, tour.survey, (1,), Target(tour.folder / "to"), now=later)
    tour.take(fill(done.files[0][1], "b.xlsx", same="Ja"), at=later + timedelta(days=1))
    (given,) = gather(tour.register, tour.survey)
    assert given.values["members"] == tour.values(1)["members"] == 55
