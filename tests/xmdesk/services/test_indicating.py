"""Indicators over a village's own book and, at the reviewer's desk, over the returns that count."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db.store import open_memory
from tests.xmdesk.checks.samples import COMMUNITY, HALL, HELPER, MAN, OFFICE, OFFICER, WOMAN
from tests.xmdesk.services.due_desk import InMemory
from xmdesk.indicators.judging import IndicatorResult
from xmdesk.ports import ReceivedRow
from xmdesk.records.base import Record
from xmdesk.records.keeping import RosterOffice
from xmdesk.records.office import Office
from xmdesk.records.submission import Direction, Submission
from xmdesk.sealed.canonical import canonical
from xmdesk.sealed.payload import row_of
from xmdesk.services.desk import Desk
from xmdesk.services.indicating import Indicating, expected_by_scope
from xmdesk.services.keyring import Keyring
from xmdesk.services.offices import REVIEWER
from xmdesk.snapshot import REGISTER_OF

DAY = date(2026, 11, 23)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = open_memory()
    opened = Desk(tmp_path, store, Keyring(tmp_path, label="白云村", password="未用到的口令"), InMemory(store))
    yield opened
    opened.upkeep.close()


def keep(desk: Desk, *records: Record) -> None:
    with desk.store.change("登记") as change:
        for one in records:
            change.save(one)


def results(desk: Desk, day: date = DAY) -> dict[str, IndicatorResult]:
    return {one.id: one for one in Indicating(desk).as_of(day)}


def receive(desk: Desk, period: str, *records: Record, effective: bool = True) -> None:
    """Keep rows as a received submission of the office among the records."""
    office = next(one for one in records if isinstance(one, Office))
    submission = Submission(
        direction=Direction.RECEIVED, office_code=office.code, period=period, is_effective=effective
    )
    rows = [
        ReceivedRow(submission.uid, office.code, REGISTER_OF[type(one)], one.uid, canonical(row_of(one)).decode())
        for one in records
    ]
    with desk.store.change("接收") as change:
        change.save(submission)
        change.put_received([*rows, ReceivedRow(submission.uid, office.code, "later_register", "x", "{}")])


def village(number: int) -> Office:
    return OFFICE.changed(uid=f"office{number}", code=f"35021210520{number}", name=f"第{number}村民委员会")


def test_a_village_sees_its_own_targets(desk: Desk) -> None:
    keep(desk, OFFICE, WOMAN, OFFICER, HELPER, HALL)
    found = results(desk)

    assert (found["A1-38"].verdict, found["A1-33"].verdict, found["A1-54"].verdict) == ("达标", "未达标", "达标")
    assert [(one.register, one.title, one.counts) for one in found["A1-38"].rows] == [
        ("disaster_officers", "林阿土", True)
    ]
    assert (found["A1-33"].expected, found["A1-33"].reported) == (1, 1)


def test_a_past_day_is_judged_by_the_dates_in_the_rows(desk: Desk) -> None:
    terminal = HALL.changed(uid="t", kind="25", in_use_on="2024-03", retired_on="2026-01-01")
    keep(desk, COMMUNITY, WOMAN, terminal)
    by_day = {
        day: results(desk, day)["A1-56"]
        for day in (date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31), date(2026, 1, 1))
    }

    assert [int(one.value or 0) for one in by_day.values()] == [0, 100, 100, 0]
    assert [one.verdict for one in by_day.values()] == ["未达标", "达标", "达标", "未达标"]


def test_a_districts_own_set_is_used_instead(desk: Desk, tmp_path: Path) -> None:
    keep(desk, OFFICE)
    own = tmp_path / "own.toml"
    own.write_text(
        'id="s"\ntitle="本区"\nsource="本区"\nvalid_from=2026-01-01\nvalid_to=2030-12-31\n'
        '[[indicator]]\nid="D-1"\nclause="1"\ntitle="法律明白人"\nmetric="helper_offices"\nscope="VC"\nstrength="hard"\n'
        'unit="%"\nthreshold=0\n',
        "utf-8",
    )

    assert [(one.id, one.verdict, one.note) for one in Indicating(desk).as_of(DAY, own)] == [("D-1", "达标", "")]


def test_the_reviewer_counts_the_roster_and_not_only_those_who_reported(desk: Desk) -> None:
    keep(desk, OFFICE.changed(code="350212", kind="6"), *(RosterOffice(code=village(n).code) for n in (1, 2, 3, 4)))
    desk.office.set_setting("desk", REVIEWER)
    receive(desk, "2026Q3", village(1), WOMAN, OFFICER)
    receive(desk, "2026Q3", village(2), WOMAN)
    receive(desk, "2026Q3", village(3), WOMAN, OFFICER, effective=False)
    receive(desk, "2026Q3", village(9), WOMAN, OFFICER)
    found = results(desk)["A1-38"]

    assert (found.expected, found.reported, found.numerator, found.value) == (4, 2, 1, 25)
    assert {(one.office, one.counts) for one in found.rows} == {("350212105201", True), ("350212105202", False)}


def test_the_newest_return_up_to_the_day_speaks_for_an_office(desk: Desk) -> None:
    keep(desk, OFFICE.changed(code="350212", kind="6"))
    desk.office.set_setting("desk", REVIEWER)
    receive(desk, "2026Q4", village(1), WOMAN, MAN, OFFICER, OFFICER.changed(uid="b", person="m", post="B"))
    receive(desk, "2026Q3", village(1), WOMAN, OFFICER)
    autumn, winter = results(desk, date(2026, 9, 30))["A1-38-AB"], results(desk)["A1-38-AB"]

    assert (autumn.value, winter.value) == (0, 100)


def test_an_office_that_is_silent_is_counted_by_its_roster_or_its_code() -> None:
    roster = [
        RosterOffice(code="350212105201"),
        RosterOffice(code="350212105001"),
        RosterOffice(code="350212105498"),
        RosterOffice(code="350212105202", office_kind="2"),
        RosterOffice(code="350212105203"),
        RosterOffice(code="odd"),
    ]
    reported = {"350212105203": COMMUNITY.kind}

    assert expected_by_scope(roster, reported) == {"V": 1, "C": 3, "VC": 6}
