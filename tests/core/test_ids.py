"""Ids: random, and the same each time where the same work is to make the same files."""

from __future__ import annotations

from uuid import RFC_4122, UUID

from frivillig_cli.core.ids import new_uid, new_uids, repeatable_uids


def test_ids_are_random_and_repeat_only_within_the_block() -> None:
    with repeatable_uids("a"):
        first = [new_uid(), new_uid()]
    with repeatable_uids("a"):
        again = [new_uid(), new_uid()]
    after = new_uid()
    assert first == again and len({*first, after}) == 3
    assert all(len(one) == 32 and one[12] == "4" for one in first)


def test_an_id_is_a_uuid_of_version_4() -> None:
    made = [UUID(new_uid()) for _n in range(200)]
    assert {(one.version, one.variant) for one in made} == {(4, RFC_4122)}


def test_many_ids_at_once_are_those_that_come_one_by_one() -> None:
    with repeatable_uids("a"):
        one_by_one = [new_uid() for _ in range(5)]
    with repeatable_uids("a"):
        assert new_uids(5) == one_by_one
    drawn = new_uids(1000)
    assert len({*drawn}) == 1000
    assert all(UUID(hex=uid).version == 4 and UUID(hex=uid).hex == uid for uid in drawn)
