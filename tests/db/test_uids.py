"""Uids packed into one text behave as a list of them."""

from contextlib import closing

import pytest

from db.store import open_memory
from db.uids import Uids, left_of
from xmdesk.records.base import new_uid
from xmdesk.records.people import Person

SOME = [new_uid() for _ in range(5)]


def test_packed_uids_read_like_a_list() -> None:
    packed = Uids.packed(SOME)

    assert isinstance(packed, Uids)
    assert (len(packed), packed[0], packed[-1], packed[1:3]) == (5, SOME[0], SOME[4], SOME[1:3])
    assert list(packed) == SOME
    assert packed == SOME
    assert packed == Uids.packed(SOME)
    assert packed != SOME[:4]
    assert packed[::-1] == SOME[::-1]


def test_packed_uids_find_their_places() -> None:
    packed = Uids.packed(SOME)

    assert [packed.index(one) for one in SOME] == [0, 1, 2, 3, 4]
    assert SOME[3] in packed
    assert (SOME[0] + SOME[1])[1:37] not in packed
    assert "" not in packed
    with pytest.raises(ValueError, match="0"):
        packed.index(SOME[0], 1)
    with pytest.raises(IndexError):
        packed[5]


def test_uids_that_are_gone_are_left_out_and_the_rest_stays_packed() -> None:
    left = left_of(Uids.packed(SOME), [SOME[1], SOME[4], new_uid()])

    assert isinstance(left, Uids)
    assert left == [SOME[0], SOME[2], SOME[3]]
    assert list(left_of(SOME, SOME)) == []
    assert left_of(SOME, ()) is SOME


def test_what_is_gone_from_many_ascending_uids_is_left_out_without_looking_at_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = sorted(new_uid() for _ in range(500))
    strangers = ["0" * 36, new_uid(), "z" * 36]
    for gone in (strangers, [many[0]], [many[-1], many[-2]], [many[7], many[300], many[8], *strangers]):
        looked = left_of(Uids.packed(many), gone)
        with monkeypatch.context() as changed:
            changed.setattr(Uids, "__iter__", None)
            quick = left_of(Uids.packed(many), gone, ascending=True)

        assert isinstance(quick, Uids)
        assert quick == looked == [one for one in many if one not in gone]


def test_uids_of_other_lengths_stay_a_list() -> None:
    assert Uids.packed(["u1", "u2"]) == ["u1", "u2"]
    assert Uids.packed([]) == []


def test_records_with_short_uids_are_found_in_order() -> None:
    with closing(open_memory()) as store:
        with store.change("x") as change:
            change.save_many([Person(uid="b"), Person(uid="a"), Person(uid=new_uid())])
        assert list(store.uids(Person))[1:] == ["a", "b"]
        assert list(store.uids(Person, descending=True))[:2] == ["b", "a"]
