"""The yearly list that people look at is the one in force; with one list alone nothing is asked."""

from collections.abc import Iterator
from datetime import date

import pytest

from db.store import SqlStore, open_memory
from xmdesk.records.duty import DutyList, MaintenanceDuty
from xmdesk.records.facility import Facility
from xmdesk.services.years import Years, of_year

DAY = date(2026, 11, 23)


@pytest.fixture
def store() -> Iterator[SqlStore]:
    made = open_memory()
    yield made
    made.close()


def lists(store: SqlStore, *years: int) -> Years:
    with store.change("登记") as change:
        change.save_many([DutyList(year=year) for year in years])
    return Years(store)


@pytest.mark.parametrize(
    ("years", "in_force"),
    [((2025, 2026, 2027), 2026), ((2024, 2025), 2025), ((2027, 2028), 2027), ((), None)],
)
def test_the_newest_list_not_after_the_day_is_in_force(
    store: SqlStore, years: tuple[int, ...], in_force: int | None
) -> None:
    assert lists(store, *years).in_force(DAY) == in_force


def test_one_list_and_other_registers_are_looked_at_whole(store: SqlStore) -> None:
    one = lists(store, 2026)
    alone = one.usual("duties", DAY)
    lists(store, 2027)

    assert alone is None
    assert one.usual("duties", DAY) == of_year(2026)
    assert one.usual("facilities", DAY) is None


def test_the_other_list_is_the_newest_and_from_there_the_one_in_force(store: SqlStore) -> None:
    known = lists(store, 2025, 2026, 2027)

    assert known.other(of_year(2026), DAY) == of_year(2027)
    assert known.other(of_year(2027), DAY) == of_year(2026)


def test_records_of_several_years_are_mixed(store: SqlStore) -> None:
    first, second, other = MaintenanceDuty(year=2026), MaintenanceDuty(year=2026), MaintenanceDuty(year=2027)
    with store.change("登记") as change:
        change.save_many([first, second, other])
    years = Years(store)

    assert years.are_mixed("duties", [first.uid, second.uid, other.uid])
    assert not years.are_mixed("duties", [first.uid, second.uid])
    assert not years.are_mixed("duties", [])
    assert not years.are_mixed("facilities", [first.uid, other.uid])


def test_an_item_leads_to_its_list(store: SqlStore) -> None:
    item, loose = MaintenanceDuty(year=2027), MaintenanceDuty()
    with store.change("登记") as change:
        change.save_many([item, loose])

    assert Years(store).of_item(item.uid) == of_year(2027)
    assert Years(store).of_item(loose.uid) is None


def test_of_several_lists_the_one_in_force_is_counted(store: SqlStore) -> None:
    years = lists(store, 2026)
    with store.change("登记") as change:
        change.save_many([MaintenanceDuty(year=year) for year in (2026, 2026, 2027, 2027, 2027)])
        change.save(MaintenanceDuty(year=2026, retired_on="2026-05-01"))
        change.save(Facility(name="党群服务中心"))
    alone = years.count("duties", DAY)

    both = lists(store, 2027)

    assert (alone, both.count("duties", DAY), both.count("duties", date(2027, 1, 1))) == (5, 2, 3)
    assert both.count("facilities", DAY) == 1
