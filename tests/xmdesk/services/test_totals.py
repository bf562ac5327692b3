"""The sums of number fields: exact, without what has ended, and none where nothing was answered."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from db.store import SqlStore, open_memory
from xmdesk.records.codes import DutyUnit
from xmdesk.records.duty import MaintenanceDuty
from xmdesk.services.finding import Filter
from xmdesk.services.grouping import Grouping
from xmdesk.services.registers import Registers
from xmdesk.services.totals import totals

PARK, POND, TOILET = (
    MaintenanceDuty(year=2026, subject="村主干道", quantity=Decimal("2.50"), unit=DutyUnit.KILOMETRE),
    MaintenanceDuty(year=2025, subject="蓄水池", quantity=Decimal("0.75"), unit=DutyUnit.KILOMETRE),
    MaintenanceDuty(year=2026, subject="村口公厕"),
)


@pytest.fixture
def store() -> Iterator[SqlStore]:
    made = open_memory()
    with made.change("x") as change:
        change.save_many([PARK, POND, TOILET])
    yield made
    made.close()


def shown(store: SqlStore, uids: list[str] | None = None) -> dict[str, str]:
    return {one.field: one.shown for one in totals(store, "duties", uids)}


def end(store: SqlStore, *records: MaintenanceDuty) -> None:
    for one in records:
        Registers(store).retire("duties", one.uid, on="2026-01-01", reason="拆除")


def test_numbers_are_summed_exactly(store: SqlStore) -> None:
    assert shown(store) == {"quantity": "3.25 公里"}
    assert shown(store, [POND.uid]) == {"quantity": "0.75 公里"}
    assert shown(store, []) == {}
    assert totals(store, "persons") == []


def test_what_has_ended_is_not_in_the_sum_of_all(store: SqlStore) -> None:
    end(store, POND)

    assert shown(store) == {"quantity": "2.5 公里"}
    assert shown(store, [POND.uid]) == {"quantity": "0.75 公里"}


def test_where_every_number_belongs_to_what_has_ended_there_is_no_sum(store: SqlStore) -> None:
    end(store, PARK, POND)

    assert shown(store) == {}


def test_a_sum_of_nought_that_was_answered_is_shown(store: SqlStore) -> None:
    end(store, PARK, POND)
    with store.change("x") as change:
        change.save(TOILET.changed(quantity=Decimal(0), unit=DutyUnit.SEAT))

    assert shown(store) == {"quantity": "0 座"}


def test_unlike_units_have_no_sum_but_money_has(store: SqlStore) -> None:
    with store.change("x") as change:
        change.save(TOILET.changed(quantity=Decimal(3), unit=DutyUnit.SEAT, funding_amount=Decimal(1200)))

    assert shown(store) == {"funding_amount": "1200"}
    assert shown(store, [PARK.uid, POND.uid]) == {"quantity": "3.25 公里"}
    assert shown(store, [TOILET.uid]) == {"quantity": "3 座", "funding_amount": "1200"}


def test_a_number_without_a_unit_is_not_added_to_others(store: SqlStore) -> None:
    with store.change("x") as change:
        change.save(TOILET.changed(quantity=Decimal(3)))

    assert shown(store) == {}
    assert shown(store, [TOILET.uid]) == {}


def test_the_unit_of_what_has_ended_does_not_count(store: SqlStore) -> None:
    with store.change("x") as change:
        change.save(TOILET.changed(quantity=Decimal(3), unit=DutyUnit.SEAT))
    end(store, PARK, POND)

    assert shown(store) == {"quantity": "3 座"}


def test_a_group_has_a_sum_where_it_has_one_unit(store: SqlStore) -> None:
    with store.change("x") as change:
        change.save(TOILET.changed(quantity=Decimal(3), unit=DutyUnit.SEAT))
    grouped = Grouping(store).grouped(Filter("duties"), "year")

    assert [(one.label, one.words.get("quantity", "")) for one in grouped.sections] == [
        ("2026", ""),
        ("2025", "数量/规模 0.75 公里"),
    ]
