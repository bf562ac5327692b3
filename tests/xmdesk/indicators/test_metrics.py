"""Each target of the plan gives the number one would count by hand, and says so when nothing can be counted."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.xmdesk.checks.samples import (
    ACTIVITY,
    COMMUNITY,
    DUTY,
    HALL,
    HELPER,
    MAN,
    OFFICE,
    OFFICER,
    SHELTER,
    TRAINING,
    WEEK,
    WOMAN,
    snapshot,
)
from xmdesk.indicators.catalogue import METRICS
from xmdesk.indicators.judging import IndicatorResult, evaluate
from xmdesk.indicators.offices import Given, Metric, Offices
from xmdesk.indicators.sets import read_set
from xmdesk.records.base import Record
from xmdesk.snapshot import Snapshot

DAY = date(2026, 11, 23)


def at(day: date, *records: Record) -> Snapshot:
    return snapshot(*records, period=str(day.year), today=day)


def measured(name: str, *snapshots: Snapshot, expected: dict[str, int] | None = None, **given: Any) -> Metric:
    return METRICS[name](Offices(snapshots, expected or {}), Given(**given))


def parts(found: Metric) -> tuple[int | None, int, int]:
    """Value, numerator, denominator, as whole numbers."""
    return (None if found.value is None else int(found.value), int(found.numerator), int(found.denominator))


def results(*snapshots: Snapshot, day: date = DAY, district: str = "350212", **more: Any) -> dict[str, IndicatorResult]:
    return {one.id: one for one in evaluate(read_set(), Offices(snapshots, **more), day=day, district=district)}


CLINIC = HALL.changed(uid="c", kind="07", takes_insurance=True)
SHOP = HALL.changed(uid="p", kind="08")
GYM = HALL.changed(uid="g", kind="28")
TERMINAL = HALL.changed(uid="t", kind="25", in_use_on="2023-05")
GUIDANCE = [ACTIVITY.changed(uid=f"a{n}", from_on=f"2026-0{n}") for n in (3, 4)]
PRACTICE = [ACTIVITY.changed(uid=f"b{n}", kind="家教实践", from_on=f"2026-0{n}") for n in (3, 4)]
FAR = COMMUNITY.changed(
    urban_villages=[{"name": "后坑", "distance": 1000, "organisations": 2}, {"name": "前坑", "distance": 1500}]
)

BY_HAND: dict[str, tuple[str, dict[str, Any], list[Record], tuple[int | None, int, int]]] = {
    "a facility of a kind": ("facility_offices", {"kinds": ("01",)}, [HALL], (100, 1, 1)),
    "a facility of another kind": ("facility_offices", {"kinds": ("02",)}, [HALL], (0, 0, 1)),
    "all of three kinds": ("facility_offices", {"kinds": ("07", "08", "28"), "each": True}, [CLINIC, SHOP, GYM], (100, 1, 1)),
    "two of three kinds": ("facility_offices", {"kinds": ("07", "08", "28"), "each": True}, [CLINIC, SHOP], (0, 0, 1)),
    "one that says yes": ("facility_offices", {"kinds": ("07",), "field": "takes_insurance"}, [CLINIC], (100, 1, 1)),
    "one of unknown first day": (
        "facility_offices", {"kinds": ("25",), "dated": True}, [TERMINAL.changed(in_use_on="")], (0, 0, 1),
    ),
    "one under repair": ("facility_offices", {"kinds": ("01",)}, [HALL.changed(condition="维修中")], (0, 0, 1)),
    "how many": ("facility_count", {"kinds": ("01", "07")}, [HALL, CLINIC], (2, 2, 1)),
    "share that says yes": ("facility_share", {"field": "takes_insurance"}, [HALL, CLINIC], (50, 1, 2)),
    "share of nothing": ("facility_share", {"kinds": ("06",), "field": "police_effective"}, [HALL], (None, 0, 0)),
    "eight hours": ("open_long_enough", {"kinds": ("01",)}, [HALL], (100, 1, 1)),
    "eight hours in the building": (
        "open_long_enough", {"kinds": ("19",)}, [HALL, SHOP.changed(kind="19", parent=HALL.uid, hours={})], (100, 1, 1),
    ),
    "hours not known": ("open_long_enough", {"kinds": ("01",)}, [HALL.changed(hours={})], (0, 0, 1)),
    "hours nobody can read": ("open_long_enough", {"kinds": ("01",)}, [HALL.changed(hours={"1": ["?"]})], (0, 0, 1)),
    "closed on Sunday": ("open_at_weekend", {"kinds": ("01",)}, [HALL.changed(hours={**WEEK, "7": []})], (0, 0, 1)),
    "area for 500 households": ("centre_area", {"kinds": ("01",)}, [HALL], (120, 600, 500)),
    "a room of the centre counts once": (
        "centre_area", {"kinds": ("01",)}, [HALL, HALL.changed(uid="r", parent=HALL.uid)], (120, 600, 500),
    ),
    "area for no households": ("centre_area", {"kinds": ("01",)}, [OFFICE.changed(households=0), HALL], (None, 600, 0)),
    "area for unknown households": ("centre_area", {"kinds": ("01",)}, [OFFICE.changed(households=None), HALL], (None, 0, 0)),
    "activity area": (
        "activity_area", {"kinds": ("01",)}, [HALL, HALL.changed(uid="r", activity_area=None)], (66, 400, 600),
    ),
    "far villages with one staffed station": (
        "far_villages", {"scope": "C", "kinds": ("04",)},
        [FAR, HALL.changed(kind="04"), HALL.changed(uid="s", kind="04", staff_count=0)], (50, 1, 2),
    ),
    "three helpers": ("helper_offices", {"least": 3}, [HELPER, HELPER.changed(uid="h"), HELPER.changed(uid="i")], (100, 1, 1)),
    "two helpers": ("helper_offices", {"least": 3}, [HELPER, HELPER.changed(uid="h")], (0, 0, 1)),
    "a candidate is no helper": ("helper_count", {}, [HELPER, HELPER.changed(uid="h", status="候选")], (1, 1, 1)),
    "helpers of the women's federation": ("helper_count", {"field": "by_womens_federation"}, [HELPER], (0, 0, 1)),
    "an officer": ("officer_offices", {}, [OFFICER], (100, 1, 1)),
    "an officer who left": ("officer_offices", {}, [OFFICER.changed(ended_on="2026-05")], (0, 0, 1)),
    "a pair": ("officer_pairs", {}, [OFFICER, OFFICER.changed(uid="b", post="B")], (100, 1, 1)),
    "half a pair": ("officer_pairs", {}, [OFFICER], (0, 0, 1)),
    "trained by the list": ("officers_trained", {}, [OFFICER, TRAINING], (100, 1, 1)),
    "trained by the note": ("officers_trained", {}, [OFFICER.changed(trained_on="2026")], (100, 1, 1)),
    "trained too long ago": ("officers_trained", {}, [OFFICER.changed(trained_on="2025-10")], (0, 0, 1)),
    "trained in something else": ("officers_trained", {}, [OFFICER, TRAINING.changed(kind="社区工作者")], (0, 0, 1)),
    "a shelter": ("shelter_offices", {}, [SHELTER], (100, 1, 1)),
    "an earthquake site is no shelter": ("shelter_offices", {}, [SHELTER.changed(kind="地震应急避难场所")], (0, 0, 1)),
    "places for residents": ("shelter_capacity", {}, [SHELTER], (9, 150, 1600)),
    "a list": ("duty_list_offices", {"scope": "V"}, [DUTY], (100, 1, 1)),
    "a list of last year": ("duty_list_offices", {"scope": "V"}, [DUTY.changed(year=2025)], (0, 0, 1)),
    "items with a keeper": ("duties_kept", {"scope": "V"}, [DUTY, DUTY.changed(uid="d", keeper="")], (50, 1, 2)),
    "items with three rights": ("duties_with_rights", {"scope": "V"}, [DUTY, DUTY.changed(uid="d", manager="")], (50, 1, 2)),
    "items confirmed": (
        "duties_confirmed", {"scope": "V"},
        [DUTY, DUTY.changed(uid="d", confirmed=None), DUTY.changed(uid="e", confirmed=False, change="新增")], (66, 2, 3),
    ),
    "two and two": (
        "activity_offices", {"kinds": ("家教指导", "家教实践"), "least": 2}, [*GUIDANCE, *PRACTICE], (100, 1, 1),
    ),
    "three and one": (
        "activity_offices", {"kinds": ("家教指导", "家教实践"), "least": 2},
        [*GUIDANCE, PRACTICE[0], ACTIVITY.changed(uid="x")], (0, 0, 1),
    ),
    "activities of last year and of no day": (
        "activity_offices", {"kinds": ("家教指导",)},
        [ACTIVITY.changed(from_on="2025-12"), ACTIVITY.changed(uid="x", from_on="")], (0, 0, 1),
    ),
    "a legal evening": ("legal_service_offices", {"kinds": ("普法",)}, [ACTIVITY.changed(kind="普法")], (100, 1, 1)),
    "a helper's service": (
        "legal_service_offices", {"kinds": ("普法",)}, [HELPER.changed(services=[{"on": "2026-03-01"}])], (100, 1, 1),
    ),
    "a service of last year": (
        "legal_service_offices", {"kinds": ("普法",)}, [HELPER.changed(services=[{"on": "2025-03-01"}, {}])], (0, 0, 1),
    ),
    "a committee": (
        "flag_offices", {"field": "has_health_committee"}, [OFFICE.changed(has_health_committee=True)], (100, 1, 1),
    ),
    "an honour": ("honour_offices", {"kinds": ("绿色社区",)}, [OFFICE.changed(honours=[{"kind": "绿色社区", "year": 2024}])], (100, 1, 1)),
    "an honour to come": (
        "honour_offices", {"kinds": ("绿色社区",)}, [OFFICE.changed(honours=[{"kind": "绿色社区", "year": 2027}])], (0, 0, 1),
    ),
    "one officer and two auxiliaries": (
        "police_offices", {"scope": "C"}, [COMMUNITY.changed(police_count=1, auxiliary_count=2)], (100, 1, 1),
    ),
    "one officer and one auxiliary": (
        "police_offices", {"scope": "C"}, [COMMUNITY.changed(police_count=1, auxiliary_count=1)], (0, 0, 1),
    ),
    "one assistant": ("police_offices", {"scope": "V"}, [OFFICE.changed(police_assistant_count=1)], (100, 1, 1)),
    "grids": ("grids_staffed", {}, [OFFICE.changed(grids=[{"full_time_count": 1}, {"full_time_count": None}])], (50, 1, 2)),
    "no grids": ("grids_staffed", {}, [OFFICE.changed(grids=[])], (None, 0, 0)),
    "organisations": ("urban_villages_organised", {"scope": "C"}, [FAR], (50, 1, 2)),
    "smart compounds": (
        "smart_compounds", {"scope": "C"}, [COMMUNITY.changed(compound_count=4, smart_compound_count=3)], (75, 3, 4),
    ),
    "volunteers": ("volunteers", {}, [OFFICE.changed(volunteer_count=288)], (18, 288, 1600)),
    "volunteers not counted": ("volunteers", {}, [OFFICE], (None, 0, 0)),
    "community workers": ("community_workers", {"scope": "C"}, [COMMUNITY], (37, 6, 1600)),
}  # fmt: skip


@pytest.mark.parametrize(("name", "given", "records", "expected"), BY_HAND.values(), ids=BY_HAND)
def test_a_number_is_what_one_would_count_by_hand(
    name: str, given: dict[str, Any], records: list[Record], expected: tuple[int | None, int, int]
) -> None:
    assert parts(measured(name, at(DAY, *records), **given)) == expected


def test_every_metric_is_counted_by_hand_somewhere() -> None:
    assert {name for name, _, _, _ in BY_HAND.values()} == set(METRICS)


def test_offices_that_did_not_report_stay_in_the_denominator() -> None:
    found = measured("helper_offices", at(DAY, HELPER), expected={"VC": 4})

    assert parts(found) == (25, 1, 4)


def test_the_rows_behind_a_number_say_whether_they_count() -> None:
    other = OFFICE.changed(uid="o2", code="350212105202", name="黑水村民委员会")
    found = measured("officer_offices", at(DAY, OFFICER), at(DAY, other), scope="V")

    assert [one.as_json() for one in found.rows] == [
        {"office": OFFICE.code, "register": "disaster_officers", "uid": OFFICER.uid, "title": "林阿土", "counts": True},
        {"office": "350212105202", "register": "office", "uid": "o2", "title": "黑水村民委员会", "counts": False},
    ]


def test_sums_leave_out_the_office_that_did_not_answer() -> None:
    silent = OFFICE.changed(uid="o2", volunteer_count=None, residents=9999)
    found = measured("volunteers", at(DAY, OFFICE.changed(volunteer_count=16)), at(DAY, silent))

    assert parts(found) == (1, 16, 1600)
    assert [one.counts for one in found.rows] == [True, False]


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2023, 4, 30), 0), (date(2023, 12, 31), 100), (date(2025, 6, 30), 100), (date(2025, 7, 1), 0)],
)
def test_a_facility_counts_from_its_first_day_to_its_last(day: date, value: int) -> None:
    stopped = TERMINAL.changed(condition="停用", ended_on="2025-07-01")

    assert results(at(day, COMMUNITY, stopped), day=day)["A1-56"].value == value


@pytest.mark.parametrize(
    ("district", "day", "threshold", "verdict"),
    [
        ("350203", date(2023, 12, 31), 100, "未达标"),
        ("350212", date(2023, 12, 31), 50, "达标"),
        ("350212", date(2024, 12, 30), 50, "达标"),
        ("350212", date(2024, 12, 31), 80, "未达标"),
        ("350212", date(2025, 12, 31), 100, "未达标"),
        ("350212", date(2023, 12, 30), None, "参考"),
    ],
)
def test_terminals_are_held_against_the_districts_target_of_the_year(
    district: str, day: date, threshold: int | None, verdict: str
) -> None:
    without = at(day, COMMUNITY.changed(uid="o2"))
    found = results(at(day, COMMUNITY, TERMINAL), without, day=day, district=district)["A1-56"]

    assert (found.value, found.threshold, found.verdict) == (50, threshold, verdict)


def test_soft_words_are_never_missed() -> None:
    found = results(at(DAY, COMMUNITY, HALL.changed(floor_area=Decimal(10))))["A1-01"]

    assert (found.verdict, found.shown, found.threshold) == ("参考", "2㎡", 30)


def test_no_households_is_not_computable_and_not_zero() -> None:
    found = results(at(DAY, COMMUNITY.changed(households=0), HALL))["A1-01"]

    assert (found.verdict, found.shown, found.as_json()["value"]) == ("不可计算", "不可计算", None)


def test_a_citys_rate_is_informative_for_one_office_and_judged_over_many() -> None:
    alone = at(DAY, OFFICE.changed(volunteer_count=100))

    assert results(alone)["A1-44"].verdict == "参考"
    assert results(alone, expected={"VC": 2})["A1-44"].verdict == "未达标"


def test_a_target_just_met_is_met_and_shown_rounded() -> None:
    exact = at(DAY, OFFICE.changed(volunteer_count=288))
    short = at(DAY, OFFICE.changed(volunteer_count=287, residents=1595))
    many = {"VC": 3}

    assert (results(exact, expected=many)["A1-44"].verdict, results(exact)["A1-44"].shown) == ("达标", "18%")
    assert (results(short, expected=many)["A1-44"].verdict, results(short)["A1-44"].as_json()["value"]) == (
        "未达标",
        17.99,
    )


def test_a_result_says_what_was_expected_reported_and_whose_time_has_passed() -> None:
    found = results(at(DAY, HELPER), expected={"VC": 9})["A1-33"].as_json()
    chosen = {
        name: found[name] for name in ("clause", "threshold", "expected", "reported", "deadline", "unit", "strength")
    }

    assert chosen == {
        "clause": "3-2-(三)-6",
        "threshold": 100,
        "expected": 9,
        "reported": 1,
        "deadline": "2025-12-31",
        "unit": "%",
        "strength": "hard",
    }
    assert "2025年底" in found["note"]
    assert results(at(date(2024, 1, 1)), day=date(2024, 1, 1))["A1-33"].note == ""


def test_a_helper_who_left_later_counted_then() -> None:
    left = HELPER.changed(status="退出", left_on="2025-03-01", left_reason="迁出", person=MAN.uid)
    then, now = date(2024, 12, 31), date(2025, 3, 1)

    assert parts(measured("helper_count", at(then, left, WOMAN))) == (1, 1, 1)
    assert parts(measured("helper_count", at(now, left))) == (0, 0, 1)
