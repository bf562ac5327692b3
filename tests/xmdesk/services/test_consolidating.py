from datetime import UTC, date, datetime

import openpyxl
import pytest

from tests.xmdesk.services.stories import DISTRICT, OTHER_VILLAGE, QUARTER, VILLAGE, Offices, keep, one_of
from xmdesk import clock
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import RosterOffice
from xmdesk.records.submission import CollectionTask
from xmdesk.services import consolidation_output
from xmdesk.services.consolidating import COUNTS, OfficeState, Totals
from xmdesk.services.reviewing import Point
from xmdesk.services.tasks import roster_from_divisions


@pytest.fixture
def two(offices: Offices) -> Offices:
    """A roster of two offices in two townships."""
    store = offices.district.store
    with store.change("名册") as change:
        for one in store.all(RosterOffice):
            change.remove(one)
        change.save(RosterOffice(code=VILLAGE, name="军营村", township="莲花镇"))
        change.save(RosterOffice(code=OTHER_VILLAGE, name="西坑村", township="汀溪镇"))
    return offices


def test_rooms_inside_a_building_add_no_area_and_totals_say_of_how_many(two: Offices) -> None:
    two.receive(two.seal().path)
    found = two.district.consolidating.consolidate(QUARTER)
    assert found.as_json() | {"digest": ""} == {
        "expected": 2,
        "included": 1,
        "missing": [{"code": OTHER_VILLAGE, "name": "西坑村"}],
        "totals": {
            "facilities": 2,
            "facility_area": "600",
            "duties": 1,
            "duty_funding": "0",
            "inspections": 0,
            "disaster_officers": 0,
            "shelters": 0,
            "shelter_capacity": 0,
            "legal_helpers": 0,
            "trainings": 0,
            "activities": 0,
        },
        "coverage": "应报2/实报1",
        "digest": "",
    }
    assert [(one.group, one.expected, one.included) for one in found.groups] == [("莲花镇", 1, 1), ("汀溪镇", 1, 0)]
    by_office = two.district.consolidating.consolidate(QUARTER, by="office")
    assert [one.group for one in by_office.groups] == ["军营村", "西坑村"]


def test_the_digest_is_the_same_whenever_it_is_counted_and_moves_with_the_data(two: Offices) -> None:
    two.receive(two.seal().path)
    consolidating = two.district.consolidating
    first = consolidating.consolidate(QUARTER).digest
    assert consolidating.consolidate(QUARTER, by="office").digest == first
    keep(two.village, one_of(two.village, Facility, parent="").changed(name="改名"))
    two.receive(two.seal().path)
    assert consolidating.consolidate(QUARTER).digest != first


def test_nothing_received_adds_up_to_nothing(two: Offices) -> None:
    found = two.district.consolidating.consolidate(QUARTER)
    assert (found.included, set(found.totals.counts.values())) == (0, {0, "0"})


def test_the_grid_tells_the_state_of_every_office(two: Offices) -> None:
    consolidating = two.district.consolidating
    assert consolidating.grid(QUARTER).states == {OfficeState.MISSING: 2}
    two.receive(two.seal().path)
    assert consolidating.grid(QUARTER).states == {OfficeState.RECEIVED: 1, OfficeState.MISSING: 1}
    (submission,) = two.district.inbox.submissions()
    two.district.reviewing.send_back(submission, [Point("", "", "", "改")], two.folder / "slip.pdf")
    assert consolidating.grid(QUARTER).states == {OfficeState.SENT_BACK: 1, OfficeState.MISSING: 1}


def test_after_the_day_of_the_task_what_is_missing_is_overdue(two: Offices) -> None:
    with two.district.store.change("任务") as change:
        change.save(CollectionTask(period=QUARTER.text, due_on=date(2026, 12, 31)))
    with clock.frozen(datetime(2027, 1, 2, tzinfo=UTC)):
        lines = two.district.consolidating.grid(QUARTER).lines
    assert {(one.state, one.late) for one in lines} == {(OfficeState.OVERDUE, True)}


@pytest.mark.parametrize(("hour", "is_late"), [(15, False), (17, True)])
def test_a_return_is_late_by_the_day_in_china(two: Offices, hour: int, is_late: bool) -> None:
    with two.district.store.change("任务") as change:
        change.save(CollectionTask(period=QUARTER.text, due_on=date(2026, 12, 31)))
    sealed = two.seal()
    with clock.frozen(datetime(2026, 12, 31, hour, tzinfo=UTC)):
        two.receive(sealed.path)
        lines = two.district.consolidating.grid(QUARTER).lines
    assert [one.late for one in lines if one.code == VILLAGE] == [is_late]


def test_a_return_of_an_office_that_is_not_on_the_roster_is_shown_apart(two: Offices) -> None:
    two.receive(two.seal().path)
    store = two.district.store
    with store.change("撤并") as change:
        change.save(store.find(RosterOffice, code=VILLAGE)[0].changed(valid_to=date(2026, 1, 1)))
    grid = two.district.consolidating.grid(QUARTER)
    assert ([one.code for one in grid.lines], grid.as_json()["not_on_roster"]) == ([OTHER_VILLAGE], [VILLAGE])


def test_the_workbook_and_the_summary_are_written(two: Offices) -> None:
    two.receive(two.seal().path)
    consolidating = two.district.consolidating
    xlsx, pdf = two.folder / "汇总.xlsx", two.folder / "汇总.pdf"
    consolidating.write(consolidating.consolidate(QUARTER), xlsx, pdf)
    cells = [str(cell) for sheet in openpyxl.load_workbook(xlsx) for row in sheet.values for cell in row if cell]
    assert any("应报2" in cell for cell in cells)
    assert {"军营村党群服务中心", "图书室"} <= set(cells)
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_a_new_district_expects_every_village_of_the_national_list(offices: Offices) -> None:
    roster = offices.district.tasks.roster()
    assert len(roster) > 100
    assert VILLAGE in {one.code for one in roster}
    assert {one.code[:6] for one in roster} == {DISTRICT}
    assert {one.township_code for one in roster_from_divisions("350212105")} == {"350212105"}


def test_a_group_nobody_reported_for_prints_a_dash_and_never_nought() -> None:
    silent = Totals("大同街道", 20, 0, dict.fromkeys((name for name, _ in COUNTS), 0))
    heard = Totals("莲花镇", 20, 1, dict.fromkeys((name for name, _ in COUNTS), 0))

    assert set(consolidation_output._printed(silent)[2:]) == {"—"}
    assert set(consolidation_output._totals_row(silent)[3:]) == {None}
    assert set(consolidation_output._printed(heard)[2:]) == {"0"}
