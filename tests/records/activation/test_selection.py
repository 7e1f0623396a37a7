from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from frivillig_cli.records.activation.selection import (
    Candidate,
    Payers,
    Seat,
    exclusion,
    in_order,
    payer,
    shared_numbers,
)

TODAY = date(2026, 11, 23)
IN, OUT = Seat(1, "Omsorg", "member", 1, None), Seat(2, "Vakt", "member", 1, None, in_force=False)
KARI = Candidate(1, "Kari", ("+4790111222",), (IN,))


def test_one_whom_nothing_keeps_off_is_eligible():
    assert exclusion(KARI, TODAY) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"active": False}, "inactive"),
        ({"minor": True}, "minor"),
        ({"seats": (OUT,)}, "agreement_expired"),
        ({"opted_out_until": "2026-11-24"}, "opted_out_until"),
        ({"other_duty": True}, "other_duty"),
        ({"absent": True}, "absent"),
        ({"busy": True}, "busy_other_activation"),
        ({"numbers": ()}, "no_number"),
        ({"numbers": (), "protected": True}, "protected"),
    ],
)
def test_each_exclusion_is_named(change, reason):
    assert exclusion(replace(KARI, **change), TODAY) == reason


def test_a_protected_person_is_eligible():
    assert exclusion(replace(KARI, protected=True), TODAY) is None


def test_one_agreement_in_force_is_enough():
    assert exclusion(replace(KARI, seats=(OUT, IN)), TODAY) is None


def test_an_opt_out_that_is_over_excludes_nobody():
    assert exclusion(replace(KARI, opted_out_until="2026-11-23"), TODAY) is None


def test_leaders_come_first_then_deputies_then_members_in_their_own_order():
    def person(number, name, role, order=None, tier=1):
        return Candidate(number, name, ("1",), (Seat(1, "Omsorg", role, tier, order),))

    people = [
        person(1, "Åse", "member"),
        person(2, "Anne", "member"),
        person(3, "Zita", "member", 1),
        person(4, "Dag", "deputy"),
        person(5, "Yngve", "leader"),
        person(6, "Aud", "leader", tier=2),
    ]
    names = [one.name for one in in_order(people)]
    assert names == ["Yngve", "Dag", "Zita", "Anne", "Åse", "Aud"]


def test_a_person_in_two_groups_stands_where_they_come_first():
    both = Candidate(
        1, "Kari", ("1",), (Seat(1, "B", "member", 2, None), Seat(2, "A", "leader", 1, None))
    )
    other = Candidate(2, "Ola", ("1",), (Seat(2, "A", "member", 1, 1),))
    assert [one.name for one in in_order([other, both])] == ["Kari", "Ola"]


def test_the_payer_is_what_all_agreements_say():
    assert payer(["municipality", "municipality"]) == "municipality"
    assert payer(["municipality", "rescue_service"]) == "to_be_settled"
    assert payer(["municipality", None]) == "to_be_settled"
    assert payer([None]) == payer([]) == "to_be_settled"


def test_an_agreement_says_who_pays_for_each_kind_of_event():
    lier = Payers("association", "municipality", "other")
    assert (lier.of("exercise"), lier.of("contact_test")) == ("association", "association")
    assert (lier.of("real"), lier.of("real", rescue=True)) == ("municipality", "other")
    assert lier.of("exercise", rescue=True) == "association"


def test_in_a_search_led_by_the_police_the_rescue_service_pays_unless_it_is_said():
    assert Payers("association", "municipality").of("real", rescue=True) == "rescue_service"


def test_those_who_share_a_number_are_found():
    shared = shared_numbers([(1, ["a", "b"]), (2, ["b"]), (3, ["c"]), (4, ["b", "a"])])
    assert shared == {1: [4, 2], 2: [1, 4], 4: [1, 2]}
