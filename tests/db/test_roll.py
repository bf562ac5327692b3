"""Texts held in memory give the very answers of the file, whatever was changed since they were read."""

from contextlib import closing

import pytest

from db.roll import FEW, SHARED_BY, Roll
from db.rolls import Rolls
from db.store import open_memory
from xmdesk.ports import Condition, Op
from xmdesk.records.facility import Facility

NAMES = [f"{hamlet}{noun}{at}" for at, (hamlet, noun) in enumerate([("榕下", "书屋"), ("桥头", "卫生室")] * 10)]
QUERIES = ("书屋", "sw", "shuwu", "卫生 桥头", "cun", "rxc", "没有", "1", "榕下 书屋1", "军y")


@pytest.fixture
def store():
    with closing(open_memory()) as made:
        with made.change("x") as change:
            change.save_many([Facility(name=name, owner="榕下村委会") for name in NAMES])
        yield made


def answers(store, **more) -> list[list[str]]:
    return [list(store.uids(Facility, search=query, **more)) for query in QUERIES]


def test_a_warm_register_answers_as_a_cold_one(store) -> None:
    cold, sorted_cold = answers(store), answers(store, order_by="name", descending=True)
    store.warm(Facility)

    assert store._rolls.has("facilities")
    assert answers(store) == cold
    assert answers(store, order_by="name", descending=True) == sorted_cold
    assert sum(map(len, cold)) > 40


def test_changes_are_seen_at_once(store) -> None:
    store.warm(Facility)
    first = next(iter(store.all(Facility)))
    with store.change("x") as change:
        change.save(first.changed(name="改名亭"))
        change.save(Facility(name="新亭"))

    assert first.uid in store.uids(Facility, search="gmt")
    assert len(store.uids(Facility, search="亭")) == 2
    store.undo()
    assert not store.uids(Facility, search="亭")
    assert first.uid in store.uids(Facility, search="书屋")


def test_what_was_rolled_back_leaves_no_trace(store) -> None:
    store.warm(Facility)

    def break_off() -> None:
        with store.change("x") as change:
            change.save(Facility(name="新亭"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert not store.uids(Facility, search="新亭")


def test_filters_work_with_a_warm_search_and_follow_changes(store) -> None:
    store.warm(Facility)
    holding = (Condition("name", Op.CONTAINS, "榕下"),)
    before = list(store.where(Facility, holding, search="sw"))
    with store.change("x") as change:
        change.save(Facility(name="榕下书屋新"))

    assert len(before) == 10
    assert len(store.where(Facility, holding, search="sw")) == 11


def test_the_whole_register_stands_in_its_order_with_changes_laid_over(store) -> None:
    store.warm(Facility)
    records = list(store.all(Facility))
    with store.change("x") as change:
        change.save(records[2].changed(name="改名亭"))
        change.save(Facility(name="新亭"))
        change.remove(records[5])
    told = list(store.uids(Facility)), list(store.uids(Facility, descending=True))
    store._rolls = Rolls()

    assert len(told[0]) == len(NAMES)
    assert told == (list(store.uids(Facility)), list(store.uids(Facility, descending=True)))


def test_an_empty_register_answers_nothing() -> None:
    roll = Roll([])

    assert list(roll.every()) == []
    assert list(roll.find(["书"])) == []
    assert roll.lay_over({"u1": "书屋"})
    assert list(roll.find(["书"])) == ["u1"]


def test_too_many_changes_are_not_laid_over() -> None:
    roll = Roll([(f"u{at}", "甲\n乙") for at in range(SHARED_BY)])

    assert roll.lay_over({"u1": "丙"})
    assert roll.find(["乙"]) == [f"u{at}" for at in range(SHARED_BY) if at != 1]
    assert roll.find(["丙"]) == ["u1"]
    assert not roll.lay_over({f"n{at}": "丁" for at in range(FEW)})
