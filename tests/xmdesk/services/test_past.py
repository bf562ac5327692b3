"""Looking back: any day as people type it, a register as it stood with what it refers to, searched and sorted as ever."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.conftest import NOON
from tests.xmdesk.services.stories import Offices, hall, saved, woman
from xmdesk.clock import BEIJING, frozen
from xmdesk.errors import Fault
from xmdesk.ports import Store
from xmdesk.problems import problem
from xmdesk.records.facility import Facility
from xmdesk.records.values.reading import Bad
from xmdesk.services.past import Past, PastMoment, PastRegister, end_of, read_moment
from xmdesk.services.registers import Registers
from xmdesk.services.totals import totals

YESTERDAY = PastMoment("昨天", NOON - timedelta(days=1))


@pytest.fixture
def then(store: Store) -> Iterator[PastRegister]:
    """A book in which everything was renamed today, looked at as of yesterday."""
    registers = Registers(store)
    with frozen(NOON - timedelta(days=2)):
        person = saved(registers, woman())
        first = saved(registers, hall(person, name="农家书屋", floor_area=Decimal(100)))
        second = saved(registers, hall(person, name="村卫生室", floor_area=Decimal(20)))
    with frozen(NOON):
        registers.save(person.changed(name="林改名"))
        registers.save(first.changed(name="新书屋", floor_area=Decimal(1)))
        registers.retire("facilities", second.uid, on="2026-11-23", reason="拆除")
        registers.save(hall(name="后来才有的"))
    found = Past(registers).at("facilities", YESTERDAY)
    yield found
    found.close()


def names(registers: Registers, **asked: object) -> list[str]:
    return [one.title() for one in registers.rows("facilities", registers.uids("facilities", **asked))]  # type: ignore[arg-type]  # search, order_by


def test_a_register_stands_as_it_was_with_the_names_of_that_time(then: PastRegister) -> None:
    rows = then.registers.rows("facilities", then.registers.uids("facilities"))

    shown = then.registers.shown_many(rows)

    assert [(one["name"], one["contact"]) for one in shown] == [("农家书屋", "林阿土"), ("村卫生室", "林阿土")]
    assert not any(one.retired_on for one in rows)


def test_it_is_searched_sorted_and_summed_as_ever(then: PastRegister) -> None:
    assert names(then.registers, search="njsw") == ["农家书屋"]
    assert names(then.registers, search="新书屋") == []
    assert names(then.registers, order_by="floor_area") == ["村卫生室", "农家书屋"]
    assert names(then.registers, order_by="floor_area", descending=True) == ["农家书屋", "村卫生室"]
    area = next(one for one in totals(then.store, "facilities") if one.field == "floor_area")
    assert area.value == Decimal(120)


def test_nothing_can_be_written_into_the_past(then: PastRegister, store: Store) -> None:
    before = store.audit_head()

    with pytest.raises(Fault, match="DB-READONLY"):
        then.registers.save(hall(name="偷偷加的"))

    assert store.audit_head() == before
    assert names(then.registers) == ["农家书屋", "村卫生室"]


def test_before_the_first_record_there_is_nothing(store: Store) -> None:
    with frozen(NOON):
        saved(Registers(store), hall())

    long_ago = Past(Registers(store)).at("facilities", read_moment("2019"))

    assert len(long_ago.registers.uids("facilities")) == 0
    long_ago.close()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025.12.31", date(2025, 12, 31)),
        ("2026年3月", date(2026, 3, 31)),
        ("2025", date(2025, 12, 31)),
        ("2026", date(2026, 11, 23)),
        ("20261123", date(2026, 11, 23)),
    ],
)
def test_a_day_is_typed_as_people_type_days(clock: object, typed: str, day: date) -> None:
    assert read_moment(typed).at == end_of(day)


@pytest.mark.parametrize("typed", ["2026.11.22 10:30", "2026年11月22日10点30分"])
def test_a_time_of_a_day_is_that_minute_to_its_end(clock: object, typed: str) -> None:
    moment = read_moment(typed)

    assert moment.words == "2026年11月22日 10:30"
    assert moment.at == datetime(2026, 11, 22, 10, 30, 59, 999_999, BEIJING)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("2026.11.23 23:58", "V-PAST-AHEAD"), ("2026.11.24", "V-PAST-AHEAD"), ("2027", "V-PAST-AHEAD"), ("", "V-DATE")],
)
def test_days_to_come_and_no_day_are_refused_in_words(clock: object, typed: str, code: str) -> None:
    with pytest.raises(Bad) as why:
        read_moment(typed)

    assert why.value.code == code
    assert problem(code, **why.value.facts).text


def test_the_moments_people_look_back_to_have_names(offices: Offices) -> None:
    before = [one.words for one in Past(offices.village.registers).moments()]
    with frozen(NOON + timedelta(hours=3)):
        offices.seal()

    after = Past(offices.village.registers).moments()

    assert before == ["去年底（2025年12月31日）", "上季末（2026年9月30日）"]
    assert [one.words for one in after] == ["上次上报时（2026年11月23日）", *before]
    assert after[0].at == NOON + timedelta(hours=3)
    assert [one.at for one in after[1:]] == [end_of(date(2025, 12, 31)), end_of(date(2026, 9, 30))]


def test_what_was_sealed_last_can_be_seen_after_it_changed(offices: Offices) -> None:
    desk = offices.village
    offices.seal()
    hall_then = desk.store.find(Facility, name="军营村党群服务中心")[0]
    with frozen(NOON + timedelta(days=1)):
        desk.registers.save(hall_then.changed(name="改名以后"))

    past = Past(desk.registers)
    then = past.at("facilities", past.moments()[0])

    assert "军营村党群服务中心" in names(then.registers)
    then.close()
