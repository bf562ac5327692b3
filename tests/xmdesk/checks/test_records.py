"""What the checks say of single records: nothing of complete ones, and of each mistake its own code at its own field."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.xmdesk.checks.samples import (
    ACTIVITY,
    COMMUNITY,
    COMPLETE,
    DUTY,
    GOOD_LOOK,
    HALL,
    HELPER,
    LIST,
    MAN,
    OFFICE,
    OFFICER,
    SHELTER,
    TODAY,
    TRAINING,
    TROUBLE,
    WEEK,
    WOMAN,
    said_of,
    snapshot,
)  # fmt: skip
from xmdesk.checks.everything import check_record
from xmdesk.records.base import Record
from xmdesk.records.codes import DutyClass
from xmdesk.snapshot import Parameters

SHORT_WEEK = {**{str(day): ["08:00-12:00", "14:30-17:30"] for day in range(1, 6)}, "6": [], "7": []}
TOMORROW = TODAY + timedelta(days=1)
CLINIC, POLICE, BOARD, TERMINAL, VILLAGE_HALL = (
    HALL.changed(uid=kind, kind=kind, has_sign=None, hours={}) for kind in ("07", "06", "17", "25", "02")
)


@pytest.mark.parametrize("record", COMPLETE, ids=lambda one: type(one).__name__)
def test_nothing_is_said_of_a_complete_record(record: Record) -> None:
    assert said_of(record) == set()


MISTAKES: dict[str, tuple[Record, dict[str, Any], str, str]] = {
    "a field without which the row means nothing": (HALL, {"name": ""}, "C-EMPTY", "name"),
    "a field asked before sending": (HALL, {"location": ""}, "C-MISSING", "location"),
    "a text too long": (HALL, {"remark": "字" * 501}, "C-TOO-LONG", "remark"),
    "a number below nothing": (HALL, {"floor_area": Decimal(-1)}, "C-NEGATIVE", "floor_area"),
    "a phone that is none": (HALL, {"contact_phone": "1380000811"}, "V-PHONE-LENGTH", "contact_phone"),
    "a day that is none": (HALL, {"ended_on": "2026-02-30"}, "V-DATE-DAY", "ended_on"),
    "a name of punctuation": (WOMAN, {"name": "……"}, "V-NAME-PUNCTUATION", "name"),
    "opening hours that are none": (HALL, {"hours": {"1": ["25:00-26:00"]}}, "V-HOURS-CLOCK", "hours"),
    "a frequency that is none": (DUTY, {"frequency": {"unit": "天天", "times": 1}}, "V-FREQUENCY", "frequency"),
    "a post whose person is gone": (OFFICER, {"person": "nobody"}, "C-REFERENCE-GONE", "person"),
    "a reference to something ended": (HALL, {"parent": "gone"}, "C-REFERENCE-ENDED", "parent"),
    "one of several references ended": (HALL, {"duties": ["gone"]}, "C-REFERENCE-ENDED", "duties"),
    "a line without its name": (SHELTER, {"supplies": [{"item": ""}]}, "C-LINE-EMPTY", "supplies"),
    "a line with a day that is none": (
        SHELTER, {"supplies": [{"item": "棉被", "expires": "2026-13"}]}, "V-DATE-MONTH", "supplies",
    ),
    "a line naming somebody who is gone": (TRAINING, {"attendees": [{"person": "x"}]}, "C-REFERENCE-ENDED", "attendees"),
    # persons
    "a wrong check digit": (WOMAN, {"id_no": "110105194912310021"}, "V-ID-CHECK", "id_no"),
    "a birth the number contradicts": (WOMAN, {"born_on": "1950-12"}, "C-PERSON-BIRTH", "born_on"),
    "a sex the number contradicts": (WOMAN, {"sex": "1"}, "C-PERSON-SEX", "sex"),
    "a number from nowhere": (WOMAN, {"id_no": "990105194912310023"}, "V-ID-REGION", "id_no"),
    "a landline as mobile": (WOMAN, {"mobile": "0592-7012345"}, "C-PERSON-MOBILE", "mobile"),
    "a self-made character": (WOMAN, {"name": "林\ue863土"}, "V-PRIVATE-CHARACTERS", "name"),
    "somebody born tomorrow": (WOMAN, {"born_on": "2027"}, "C-FUTURE", "born_on"),
    "somebody who left with posts": (WOMAN, {"left_on": "2026-01"}, "C-PERSON-LEFT", "left_on"),
    "an officer of unknown schooling": (WOMAN, {"education": None}, "C-MISSING", "education"),
    # facilities
    "more activity than floor": (HALL, {"activity_area": Decimal(601)}, "C-FACILITY-ACTIVITY-AREA", "activity_area"),
    "half a coordinate": (HALL, {"lat": None}, "V-DEGREES-HALF", "lat"),
    "the other half": (HALL, {"lng": None}, "V-DEGREES-HALF", "lng"),
    "a place outside China": (HALL, {"lng": Decimal(170)}, "V-DEGREES-RANGE", "lng"),
    "a latitude that is none": (HALL, {"lat": Decimal(91)}, "V-DEGREES-RANGE", "lat"),
    "a longitude that is none": (HALL, {"lng": Decimal(10)}, "V-DEGREES-RANGE", "lng"),
    "coordinates swapped": (HALL, {"lng": Decimal("24.6"), "lat": Decimal("118.1")}, "V-DEGREES-SWAPPED", "lng"),
    "built next year": (HALL, {"built_year": 2027}, "C-YEAR-FUTURE", "built_year"),
    "in use from tomorrow": (HALL, {"in_use_on": TOMORROW.isoformat()}, "C-FUTURE", "in_use_on"),
    "used before it was built": (HALL, {"built_year": 2019}, "C-FACILITY-BUILT", "built_year"),
    "ended before it began": (HALL, {"ended_on": "2017"}, "C-ORDER", "ended_on"),
    "ended and yet normal": (HALL, {"ended_on": "2025"}, "C-FACILITY-ENDED", "condition"),
    "stopped without a day": (HALL, {"condition": "停用"}, "C-MISSING", "ended_on"),
    "a fund in yuan": (HALL, {"fund_grant": Decimal(1_000_000)}, "C-FUND-UNIT", "fund_grant"),
    "seven hours a day": (HALL, {"hours": SHORT_WEEK}, "C-FACILITY-HOURS", "hours"),
    "closed at the weekend": (HALL, {"hours": SHORT_WEEK}, "C-FACILITY-WEEKEND", "hours"),
    "no hours at all": (HALL, {"hours": {}}, "C-MISSING", "hours"),
    "closed on all weekdays": (HALL, {"hours": {"6": ["08:00-17:00"]}}, "C-FACILITY-HOURS", "hours"),
    "no sign": (HALL, {"has_sign": False}, "C-FACILITY-SIGN", "has_sign"),
    "a sign nobody looked for": (HALL, {"has_sign": None}, "C-MISSING", "has_sign"),
    "a centre of unknown size": (HALL, {"floor_area": None}, "C-MISSING", "floor_area"),
    "a board without 12348": (BOARD, {"shows_12348": False}, "C-FACILITY-12348", "shows_12348"),
    "a board nobody looked at": (BOARD, {}, "C-MISSING", "shows_12348"),
    "an idle police room": (POLICE, {"police_effective": False}, "C-FACILITY-POLICE", "police_effective"),
    "who said it is effective": (POLICE, {"police_effective": True}, "C-MISSING", "police_effective_by"),
    "a terminal without number": (TERMINAL, {}, "C-MISSING", "terminal_no"),
    "a village hall nobody owns": (VILLAGE_HALL, {"hours": WEEK}, "C-MISSING", "owner"),
    "a building inside itself": (HALL, {"parent": HALL.uid}, "C-FACILITY-PARENT", "parent"),
    "a wrong credit code": (HALL, {"owner_code": "91350100M000100Y44"}, "V-CREDIT-CHECK", "owner_code"),
    # duties
    "an owner the same as the owner": (DUTY, {"owner": "同所有权人"}, "C-OWNER-SAME", "owner"),
    "a right of nobody": (DUTY, {"owner": "无"}, "C-RIGHT-OF-NOBODY", "manager"),
    "a code of nobody": (DUTY, {"owner": "无", "owner_code": "91350100M000100Y43"}, "C-OWNER-CODE-OF-NOBODY", "owner_code"),
    "a blank right": (DUTY, {"manager": ""}, "C-EMPTY", "manager"),
    "handed over before it was built": (DUTY, {"handed_over_on": "2019"}, "C-DUTY-BUILT", "handed_over_on"),
    "lamps by the kilometre": (DUTY, {"unit": "公里"}, "C-DUTY-UNIT", "unit"),
    "nothing to keep": (DUTY, {"quantity": Decimal(0)}, "C-DUTY-QUANTITY", "quantity"),
    "a change without reason": (DUTY, {"change": "变更"}, "C-MISSING", "change_reason"),
    "stopped and yet normal": (DUTY, {"change": "停用", "change_reason": "拆除"}, "C-DUTY-GONE", "run_state"),
    "scrapped and yet continued": (DUTY, {"run_state": "已报废"}, "C-DUTY-SCRAPPED", "change"),
    "not confirmed this year": (DUTY, {"confirmed": None}, "C-DUTY-UNCONFIRMED", "confirmed"),
    "confirmed no, without a year": (DUTY, {"confirmed": False, "year": None}, "C-DUTY-UNCONFIRMED", "confirmed"),
    "confirmed years ago": (DUTY, {"confirmed_on": date(2024, 1, 1)}, "C-DUTY-CONFIRMED-LONG-AGO", "confirmed_on"),
    "a contract that ran out": (DUTY, {"contract_to": date(2026, 1, 1)}, "C-DUTY-EXPIRED", "contract_to"),
    "a term about to run out": (DUTY, {"term_to": date(2026, 12, 1)}, "C-DUTY-EXPIRES", "term_to"),
    "a term backwards": (DUTY, {"term_from": date(2028, 1, 1), "term_to": date(2027, 1, 1)}, "C-ORDER", "term_to"),
    "a list still on notice": (LIST, {"state": "公示中"}, "C-LIST-NOT-FINAL", "state"),
    "a notice backwards": (LIST, {"notice_to": date(2026, 1, 1)}, "C-ORDER", "notice_to"),
    # inspections
    "an inspection tomorrow": (GOOD_LOOK, {"at": f"{TOMORROW}T08:00"}, "C-FUTURE", "at"),
    "trouble without words": (TROUBLE, {"finding": ""}, "C-INSPECTION-TROUBLE", "finding"),
    "trouble without state": (TROUBLE, {"state": None}, "C-INSPECTION-TROUBLE", "state"),
    "trouble for nobody": (TROUBLE, {"repair_person": ""}, "C-MISSING", "repair_person"),
    "done before it was found": (TROUBLE, {"done_on": date(2026, 10, 1)}, "C-ORDER", "done_on"),
    "done and yet open": (TROUBLE, {"state": "处理中"}, "C-INSPECTION-PENDING", "state"),
    "repaired on no day": (TROUBLE, {"state": "已修复", "done_on": None}, "C-MISSING", "done_on"),
    "rechecked by nobody": (TROUBLE, {"rechecked_by": ""}, "C-MISSING", "rechecked_by"),
    "overdue": (TROUBLE, {"state": "待处理", "done_on": None}, "C-INSPECTION-OVERDUE", "due_on"),
    "normal and yet open": (GOOD_LOOK, {"state": "待处理"}, "C-INSPECTION-NORMAL", "is_normal"),
    "normal or not is open": (GOOD_LOOK, {"is_normal": None}, "C-EMPTY", "is_normal"),
    "four photos": (GOOD_LOOK, {"photos": ["a", "b", "c", "d"]}, "C-INSPECTION-PHOTOS", "photos"),
    # officers
    "entered on a day and yet not": (OFFICER, {"in_national_system": False}, "C-OFFICER-ENTERED", "in_national_system"),
    "not entered": (
        OFFICER, {"in_national_system": False, "entered_on": ""}, "C-OFFICER-NOT-ENTERED", "in_national_system",
    ),
    "a district officer in a village": (OFFICER, {"tier": "区"}, "C-OFFICER-TIER", "tier"),
    "a phone switched off": (OFFICER, {"phone_on_24h": False}, "C-OFFICER-PHONE", "phone_on_24h"),
    "living elsewhere": (OFFICER, {"lives_here": False}, "C-OFFICER-ELSEWHERE", "lives_here"),
    "confirmed last year": (OFFICER, {"confirmed_on": date(2025, 4, 1)}, "C-OFFICER-CONFIRM", "confirmed_on"),
    "left before beginning": (OFFICER, {"ended_on": "2020"}, "C-ORDER", "ended_on"),
    # shelters
    "more shelter than room": (SHELTER, {"effective_area": Decimal(500)}, "C-SHELTER-AREA", "effective_area"),
    "too many for the area": (SHELTER, {"capacity": 301}, "C-SHELTER-CROWDED", "capacity"),
    "fewer than a hundred": (SHELTER, {"capacity": 99}, "C-SHELTER-SMALL", "capacity"),
    "one person twice": (SHELTER, {"deputy_person": WOMAN.uid}, "C-SHELTER-DEPUTY", "deputy_person"),
    "an odd name": (SHELTER, {"name": "白云村祠堂"}, "C-SHELTER-NAME", "name"),
    "usable and yet not": (SHELTER, {"check_result": "不可用"}, "C-SHELTER-UNUSABLE", "status"),
    "not checked this year": (SHELTER, {"checked_on": "2025-05"}, "C-SHELTER-CHECK", "checked_on"),
    "no room for women": (SHELTER, {"rooms": ["值班室", "男宿舍", "仓库", "厕所"]}, "C-SHELTER-ROOMS", "rooms"),
    "food out of date": (SHELTER, {"supplies": [{"item": "水", "expires": "2026-10"}]}, "C-SHELTER-EXPIRED", "supplies"),
    "opened tomorrow": (SHELTER, {"openings": [{"opened": "2027"}]}, "C-LINE-FUTURE", "openings"),
    "closed before opened": (
        SHELTER, {"openings": [{"opened": "2026-09-02", "closed": "2026-09-01"}]}, "C-LINE-ORDER", "openings",
    ),
    # helpers
    "certified before trained": (HELPER, {"certificate_on": "2022-02"}, "C-ORDER", "certificate_on"),
    "left and yet listed": (HELPER, {"left_on": "2026-01"}, "C-HELPER-LEFT", "status"),
    "left for no reason": (HELPER, {"status": "退出", "left_on": "2026-01"}, "C-MISSING", "left_reason"),
    "assessed twice": (
        HELPER, {"assessments": [{"year": 2025, "result": None}] * 2}, "C-HELPER-ASSESSED-TWICE", "assessments",
    ),
    "assessed in advance": (HELPER, {"assessments": [{"year": 2027}]}, "C-YEAR-FUTURE", "assessments"),
    # trainings and activities
    "more listed than came": (TRAINING, {"people_count": 0}, "C-TRAINING-PEOPLE", "people_count"),
    "a third of an hour": (TRAINING, {"hours": Decimal("3.3")}, "C-TRAINING-HOURS", "hours"),
    "listed twice": (
        TRAINING, {"attendees": [{"person": WOMAN.uid}] * 2}, "C-TRAINING-ATTENDEE-TWICE", "attendees",
    ),
    "over before it began": (ACTIVITY, {"to_on": "2026-05"}, "C-ORDER", "to_on"),
    # the office
    "more children than people": (OFFICE, {"aged_0_14": 1601}, "C-OFFICE-MORE", "aged_0_14"),
    "young and old more than all": (OFFICE, {"aged_0_14": 1500}, "C-OFFICE-AGES", "aged_65_up"),
    "more households than people": (OFFICE, {"households": 1601}, "C-OFFICE-HOUSEHOLDS", "residents"),
    "a committee of a day but none": (
        OFFICE, {"has_health_committee": False, "health_committee_on": date(2022, 1, 1)}, "C-OFFICE-COMMITTEE-DATE",
        "health_committee_on",
    ),
    "no health committee": (
        OFFICE, {"has_health_committee": False}, "C-OFFICE-HEALTH-COMMITTEE", "has_health_committee",
    ),
    "no property committee": (
        COMMUNITY, {"has_property_committee": False}, "C-OFFICE-PROPERTY-COMMITTEE", "has_property_committee",
    ),
    "no police officer": (COMMUNITY, {"police_count": 0}, "C-OFFICE-POLICE", "police_count"),
    "one auxiliary": (COMMUNITY, {"auxiliary_count": 1}, "C-OFFICE-AUXILIARY", "auxiliary_count"),
    "no assistant": (OFFICE, {"police_assistant_count": 0}, "C-OFFICE-ASSISTANT", "police_assistant_count"),
    "unknown community workers": (COMMUNITY, {"community_worker_count": None}, "C-MISSING", "community_worker_count"),
    "a grid without worker": (OFFICE, {"grids": [{"name": "一", "full_time_count": 0}]}, "C-OFFICE-GRID", "grids"),
    "two grids of one name": (OFFICE, {"grids": [{"name": "一"}, {"name": "一"}]}, "C-OFFICE-GRID-TWICE", "grids"),
    "one organisation": (
        COMMUNITY, {"urban_villages": [{"name": "后坑", "organisations": 1}]}, "C-OFFICE-ORGANISATIONS", "urban_villages",
    ),
    "exactly a thousand metres away": (
        COMMUNITY, {"urban_villages": [{"name": "后坑", "distance": 1000}]}, "C-OFFICE-FAR", "urban_villages",
    ),
    "an honour of next year": (OFFICE, {"honours": [{"kind": "绿色社区", "year": 2027}]}, "C-LINE-FUTURE", "honours"),
    "reviewed before it was given": (
        OFFICE, {"honours": [{"kind": "绿色社区", "year": 2024, "review_year": 2023}]}, "C-LINE-ORDER", "honours",
    ),
    "a wrong division code": (OFFICE, {"code": "3502121052"}, "V-DIVISION-LENGTH", "code"),
    "a village with the code of its district": (OFFICE, {"code": "350212"}, "V-DIVISION-LENGTH", "code"),
    "a district with the code of a township": (OFFICE, {"code": "350212105", "kind": "6"}, "V-DIVISION-LENGTH", "code"),
}  # fmt: skip


@pytest.mark.parametrize(("record", "changes", "code", "field"), MISTAKES.values(), ids=MISTAKES)
def test_each_mistake_is_named_at_its_field(record: Record, changes: dict[str, Any], code: str, field: str) -> None:
    assert (code, field) in said_of(record.changed(**changes))


FINE: dict[str, tuple[Record, dict[str, Any], str]] = {
    "area exactly the floor": (HALL, {"activity_area": Decimal(600)}, "C-FACILITY-ACTIVITY-AREA"),
    "a year that may still be right": (HALL, {"in_use_on": "2026"}, "C-FUTURE"),
    "planned for next year": (HALL, {"condition": "规划", "in_use_on": "2027", "built_year": 2027}, "C-FUTURE"),
    "a planned hall needs no staff yet": (HALL, {"condition": "在建", "staff_count": None}, "C-MISSING"),
    "a board needs no staff": (BOARD, {"shows_12348": True, "staff_count": None}, "C-MISSING"),
    "a clinic has no eight hours": (CLINIC, {"hours": {}}, "C-MISSING"),
    "a place not given": (HALL, {"lng": None, "lat": None}, "V-DEGREES-HALF"),
    "a community hall without rights": (VILLAGE_HALL, {"hours": WEEK, "owner": "村", "operator": "无", "manager": "无"}, "C-MISSING"),
    "hours past midnight": (HALL, {"hours": {str(day): ["09:00-01:00"] for day in range(1, 8)}}, "C-FACILITY-HOURS"),
    "an item of another class": (DUTY, {"kind": DutyClass.OTHER, "unit": "公里"}, "C-DUTY-UNIT"),
    "an item that was scrapped is not confirmed": (
        DUTY, {"confirmed": None, "change": "报废", "run_state": "已报废", "change_reason": "拆除"}, "C-DUTY-UNCONFIRMED",
    ),
    "a term far ahead": (DUTY, {"term_to": date(2028, 1, 1)}, "C-DUTY-EXPIRES"),
    "a stopped shelter is not inspected": (SHELTER, {"status": "停用", "checked_on": ""}, "C-MISSING"),
    "a place with no rooms stated is asked for them once": (SHELTER, {"rooms": []}, "C-SHELTER-ROOMS"),
    "an earthquake site of any name": (SHELTER, {"kind": "地震应急避难场所", "name": "广场"}, "C-SHELTER-NAME"),
    "a township shelter is not a village one": (SHELTER, {"grade": "镇街级", "capacity": 50}, "C-SHELTER-SMALL"),
    "sizes not known": (SHELTER, {"total_area": None, "effective_area": None}, "C-SHELTER-AREA"),
    "supplies without a date": (SHELTER, {"supplies": [{"item": "床"}]}, "C-SHELTER-EXPIRED"),
    "a candidate has no certificate": (HELPER, {"status": "候选", "certificate_no": ""}, "C-MISSING"),
    "an ended officer is not confirmed": (OFFICER, {"ended_on": "2024", "confirmed_on": None}, "C-MISSING"),
    "a training without a count": (TRAINING, {"people_count": None, "hours": None}, "C-TRAINING-PEOPLE"),
    "an attendee still to be chosen is no double": (TRAINING, {"attendees": [{"person": ""}] * 2}, "C-TRAINING-ATTENDEE-TWICE"),
    "police not answered": (COMMUNITY, {"police_count": None}, "C-OFFICE-POLICE"),
    "an urban village near by": (
        COMMUNITY, {"urban_villages": [{"name": "后坑", "distance": 999, "organisations": 2}]}, "C-OFFICE-FAR",
    ),
    "grids not named yet": (OFFICE, {"grids": [{"name": ""}, {"name": ""}]}, "C-OFFICE-GRID-TWICE"),
    "an honour of unknown year": (OFFICE, {"honours": [{"kind": "绿色社区"}]}, "C-LINE-FUTURE"),
    "a district with its six digits": (OFFICE, {"code": "350212", "kind": "6"}, "V-DIVISION-LENGTH"),
    "a township with its nine digits": (OFFICE, {"code": "350212105", "kind": "5"}, "V-DIVISION-LENGTH"),
    "population not known": (OFFICE, {"residents": None}, "C-OFFICE-AGES"),
    "a passport says nothing of birth": (WOMAN, {"document_kind": "3", "id_no": "E12345678"}, "C-PERSON-BIRTH"),
    "a sex not stated": (WOMAN, {"sex": "9"}, "C-PERSON-SEX"),
    "two mobiles": (WOMAN, {"mobile": "13800008117/13900008118"}, "C-PERSON-MOBILE"),
    "a phone that cannot be read is said once": (WOMAN, {"mobile": "138"}, "C-PERSON-MOBILE"),
    "no number yet": (WOMAN, {"id_no": ""}, "V-ID-LENGTH"),
    "no birth yet": (WOMAN, {"born_on": ""}, "C-PERSON-BIRTH"),
}  # fmt: skip


@pytest.mark.parametrize(("record", "changes", "code"), FINE.values(), ids=FINE)
def test_what_is_in_order_is_not_said(record: Record, changes: dict[str, Any], code: str) -> None:
    assert code not in {said for said, _ in said_of(record.changed(**changes))}


def test_a_room_keeps_the_hours_of_its_building() -> None:
    room = HALL.changed(
        uid="room", name="图书室", kind="19", facility_no="", parent=HALL.uid, hours={}, floor_area=None
    )

    assert said_of(room) == set()


def test_a_person_in_no_post_is_asked_for_a_name_only() -> None:
    nobody = MAN.changed(id_no="", sex=None, born_on="", political=None, education=None, post="", mobile="")

    assert said_of(nobody) == set()


def test_a_keeper_needs_a_phone_unless_it_stands_beside_the_name() -> None:
    keeper = MAN.changed(id_no="", sex=None, born_on="", political=None, education=None, post="", mobile="")

    assert said_of(keeper, DUTY.changed(uid="d", item_no="", keeper_person="m")) == set()
    assert said_of(keeper, DUTY.changed(uid="d", item_no="", keeper_person="m", keeper_phone="")) == {
        ("C-PERSON-PHONE", "mobile")
    }
    assert (
        said_of(
            keeper.changed(other_phone="0592-7012345"),
            DUTY.changed(uid="d", item_no="", keeper_person="m", keeper_phone=""),
        )
        == set()
    )


def test_somebody_who_left_every_post_is_not_reminded() -> None:
    assert said_of(MAN.changed(left_on="2026-01")) == set()


RETIRED = WOMAN.changed(retired_on="2026-10", retired_reason="离任")
STILL_THERE: dict[str, tuple[Record, str, str]] = {
    "an officer": (OFFICER, "C-REFERENCE-GONE", "person"),
    "a legal helper": (HELPER, "C-REFERENCE-GONE", "person"),
    "who answers for a facility": (HALL, "C-REFERENCE-ENDED", "contact"),
    "a keeper": (DUTY, "C-REFERENCE-ENDED", "keeper_person"),
    "who repairs": (TROUBLE.changed(state="处理中"), "C-REFERENCE-ENDED", "repair_person"),
    "a shelter's first": (SHELTER, "C-REFERENCE-GONE", "duty_person"),
    "the head of the office": (OFFICE, "C-REFERENCE-ENDED", "secretary"),
}


def of_retired(record: Record, **more: Any) -> set[tuple[str, str]]:
    around = [one for one in COMPLETE if one.uid not in (record.uid, WOMAN.uid)]
    return {(one.code, one.where.field) for one in check_record(record, snapshot(*around, RETIRED, **more))}


@pytest.mark.parametrize(("record", "code", "field"), STILL_THERE.values(), ids=STILL_THERE)
def test_a_person_whose_entry_has_ended_is_missing_wherever_a_record_names_them(
    record: Record, code: str, field: str
) -> None:
    assert (code, field) in of_retired(record)


@pytest.mark.parametrize(
    "record",
    [
        OFFICER.changed(ended_on="2026-10", ended_reason="离任"),
        HELPER.changed(status="退出", left_on="2026-10", left_reason="迁出"),
        HALL.changed(condition="停用", ended_on="2026-10"),
        TROUBLE,
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_has_ended_itself_may_name_a_person_whose_entry_has_ended(record: Record) -> None:
    assert not {code for code, _ in of_retired(record) if code.startswith("C-REFERENCE")}


def test_a_person_whose_entry_ends_later_is_still_there() -> None:
    later = WOMAN.changed(retired_on="2026-12")
    around = [one for one in COMPLETE if one.uid not in (OFFICER.uid, WOMAN.uid)]

    assert not {one.code for one in check_record(OFFICER, snapshot(*around, later))}


def test_nobody_whose_entry_has_ended_is_counted() -> None:
    around = [one for one in COMPLETE if one.uid != WOMAN.uid]
    seen = snapshot(*around, RETIRED)

    assert [one for one in (*seen.active_officers, *seen.active_helpers) if one.person == WOMAN.uid] == []


def test_the_district_decides_how_many_a_shelter_holds() -> None:
    small = SHELTER.changed(capacity=60)

    assert said_of(small, parameters=Parameters.chosen({"shelter_capacity": 50, "flood_season": 7, "odd": 1})) == set()


def test_a_shelter_is_not_reminded_before_the_flood_season() -> None:
    last_year = SHELTER.changed(checked_on="2025-05")

    assert said_of(last_year, period="2026Q1", today=date(2026, 3, 31)) == set()


def test_a_thousandfold_jump_since_the_last_return_is_named() -> None:
    before = {DUTY.uid: {"funding_amount": "1.2", "quantity": "120", "contract_amount": None}}

    assert said_of(DUTY, before=before) == {("C-JUMP", "funding_amount")}


def test_a_problem_tells_where_it_is() -> None:
    late = TROUBLE.changed(state="待处理", done_on=None)
    found = [one for one in check_record(late, snapshot(*COMPLETE)) if one.code == "C-INSPECTION-OVERDUE"]
    post = check_record(OFFICER.changed(tier="区"), snapshot(*COMPLETE))
    lost = check_record(OFFICER.changed(person="x", post=None), snapshot(*COMPLETE))

    assert found[0].where.as_json() == {
        "register": "inspections",
        "uid": late.uid,
        "field": "due_on",
        "label": "要求完成日",
        "title": "村道路灯 2026年10月8日",
    }
    assert post[0].where.title == "林阿土"
    assert {one.where.title for one in lost} == {""}


def test_an_inspection_of_nothing_on_no_day_is_still_told() -> None:
    assert ("C-EMPTY", "at") in said_of(GOOD_LOOK.changed(duty="", at=""))
