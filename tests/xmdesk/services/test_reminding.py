"""What is due stands in one list, in the order of urgency, with the place to act; the calendar holds no persons."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.xmdesk.services.due_desk import TODAY, at_noon, duty, hold, keep, quiet, saved
from xmdesk.records.codes import DutyChange, FacilityKind, InspectionKind, IssueState, Post
from xmdesk.records.duty import Inspection
from xmdesk.records.facility import Facility
from xmdesk.records.keeping import ParkedRow
from xmdesk.records.people import DisasterOfficer, LegalHelper, Person
from xmdesk.records.shelter import Shelter
from xmdesk.records.submission import CollectionTask, CorrectionPoint, Direction, Submission, SubmissionState
from xmdesk.services.desk import Desk
from xmdesk.services.holding import SEAL_CERTIFICATE
from xmdesk.services.offices import REVIEWER
from xmdesk.services.reminding import ReminderKind, Reminding

WEEKLY = {"unit": "周", "times": 1}
MONTHLY = {"unit": "月", "times": 1}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with at_noon(tmp_path) as made:
        quiet(made)
        yield made


def told(desk: Desk, day: date | None = None) -> list[tuple[ReminderKind, date | None, bool]]:
    return [(one.kind, one.due_on, one.overdue) for one in Reminding(desk).today(day)]


def look(uid: str, at: str, **values: Any) -> Inspection:
    return Inspection.model_validate({"duty": uid, "at": at, "inspector": "郑小满", "is_normal": True, **values})


def test_a_quiet_book_has_nothing_due(desk: Desk) -> None:
    assert told(desk) == []


def test_a_return_counts_the_days_to_the_deadline_of_its_newest_task(desk: Desk) -> None:
    task = {"direction": Direction.RECEIVED, "period": "2026Q4"}
    keep(desk, CollectionTask(**task, due_on=date(2026, 12, 25), issued_at="2026-10-01T00:00:00Z"))
    keep(desk, CollectionTask(**task, due_on=date(2026, 12, 31), issued_at="2026-11-01T00:00:00Z"))

    (one,) = Reminding(desk).today()

    assert (one.kind, one.due_on, one.register, one.uid) == (
        ReminderKind.RETURN,
        date(2026, 12, 31),
        "returns",
        "2026Q4",
    )
    assert one.text == "2026年第四季度上报截止2026年12月31日，还有38天。"


@pytest.mark.parametrize("state", list(SubmissionState))
def test_a_return_is_due_until_it_is_sealed_and_again_when_it_comes_back(desk: Desk, state: SubmissionState) -> None:
    keep(desk, CollectionTask(direction=Direction.RECEIVED, period="2026Q4", due_on=date(2026, 11, 20)))
    keep(desk, Submission(period="2026Q4", state=state, payload_sha256="a" * 64, sequence=1))

    texts = [one.text for one in Reminding(desk).today()]

    answered = {SubmissionState.SEALED, SubmissionState.SENT, SubmissionState.ACCEPTED, SubmissionState.RECEIVED}
    assert (texts == []) == (state in answered)
    assert any("退回" in text for text in texts) == (state is SubmissionState.SENT_BACK)


@pytest.mark.parametrize(
    ("frequency", "last", "expected"),
    [
        (WEEKLY, "2026-11-10", (date(2026, 11, 17), True)),
        (WEEKLY, "2026-11-16", (TODAY, False)),
        (WEEKLY, "2026-11-17", (date(2026, 11, 24), False)),
        (WEEKLY, "2026-11-19", None),
        (MONTHLY, "2026-10-30", (date(2026, 11, 30), False)),
        (MONTHLY, "2026-11-02", None),
        ({"unit": "日", "times": 2}, "2026-11-22", (TODAY, False)),
        ({"unit": "按需", "times": 0}, "2020-01-01", None),
    ],
)
def test_an_inspection_is_named_when_its_cycle_runs_out(
    desk: Desk, frequency: dict[str, Any], last: str, expected: tuple[date, bool] | None
) -> None:
    (one,) = saved(desk, duty(frequency=frequency, confirmed=True))
    saved(desk, look(one.uid, last))

    assert told(desk) == ([(ReminderKind.INSPECTION, *expected)] if expected else [])


def test_objects_that_were_never_looked_at_are_one_line_together(desk: Desk) -> None:
    saved(desk, *(duty(f"路灯{number}", frequency=WEEKLY, confirmed=True) for number in range(30)))
    (one,) = Reminding(desk).today()
    assert one.text == "还有30项巡查到了日期，但从没登记过。"


def test_an_open_repair_is_due_on_its_day_or_without_one(desk: Desk) -> None:
    (one,) = saved(desk, duty(confirmed=True))
    trouble = {"is_normal": False, "kind": InspectionKind.REPORTED, "finding": "漏水"}
    late, free, done = saved(
        desk,
        look(one.uid, "2026-11-01", **trouble, state=IssueState.WORKING, due_on=date(2026, 11, 20)),
        look(one.uid, "2026-11-02", **trouble, state=IssueState.OPEN),
        look(one.uid, "2026-11-03", **trouble, state=IssueState.REPAIRED, due_on=date(2026, 11, 4)),
    )

    found = Reminding(desk).today()

    assert [(each.uid, each.overdue, each.due_on) for each in found] == [
        (late.uid, True, date(2026, 11, 20)),
        (free.uid, False, None),
    ]
    assert done.uid not in {each.uid for each in found}
    assert found[0].text == "村口公厕报修处理中，要求2026年11月20日完成，已过3天。"


@pytest.mark.parametrize("field", ["contract_to", "term_to"])
@pytest.mark.parametrize(("days", "shown"), [(-1, True), (0, True), (60, True), (61, False)])
def test_contracts_and_terms_are_named_sixty_days_ahead(desk: Desk, field: str, days: int, shown: bool) -> None:
    ends = TODAY + timedelta(days=days)
    (one,) = saved(desk, duty().changed(confirmed=True, **{field: ends}))
    found = Reminding(desk).today()
    assert [(each.uid, each.field, each.overdue) for each in found] == ([(one.uid, field, days < 0)] if shown else [])


def test_terms_of_ended_items_and_of_lists_gone_by_are_not_named(desk: Desk) -> None:
    saved(desk, duty("旧年", year=2025, term_to=TODAY))
    saved(desk, duty("已停", change=DutyChange.STOPPED, term_to=TODAY, confirmed=True), duty("现行", confirmed=True))
    assert told(desk) == []


@pytest.mark.parametrize(("days", "shown"), [(-1, True), (90, True), (91, False)])
def test_the_certificate_is_named_ninety_days_ahead(desk: Desk, days: int, shown: bool) -> None:
    hold(desk, TODAY + timedelta(days=days))
    expected = (ReminderKind.CERTIFICATE, TODAY + timedelta(days=days), days < 0)
    assert told(desk) == ([expected] if shown else [])


def test_an_office_without_a_certificate_is_told_until_it_has_one(desk: Desk) -> None:
    desk.holding.keep("换新密钥", {SEAL_CERTIFICATE: b""})
    (one,) = Reminding(desk).today()
    hold(desk, TODAY + timedelta(days=1800))

    assert (one.kind, one.due_on, one.register, one.field) == (
        ReminderKind.CERTIFICATE,
        None,
        "settings",
        "certificate",
    )
    assert "还没有开通上报证书" in one.text
    assert told(desk) == []


def test_the_practice_book_is_not_told_of_a_certificate_it_cannot_have(desk: Desk) -> None:
    desk.holding.keep("换新密钥", {SEAL_CERTIFICATE: b""})
    desk.office.set_setting("practice", True, label="练习")

    assert told(desk) == []


@pytest.mark.parametrize(
    ("day", "checked", "expected"),
    [
        (date(2026, 4, 1), "2025-05", None),
        (date(2026, 4, 2), "2025-05", False),
        (date(2026, 6, 1), "", False),
        (date(2026, 6, 2), "2025-12-31", True),
        (date(2026, 6, 2), "2026", None),
        (date(2026, 6, 2), "2026-01-03", None),
    ],
)
def test_a_shelter_is_checked_every_year_before_the_flood_season(
    desk: Desk, day: date, checked: str, expected: bool | None
) -> None:
    (one,) = saved(desk, Shelter(name="祖厝避灾点", checked_on=checked))
    found = [each for each in Reminding(desk).today(day) if each.uid == one.uid]
    assert [(each.due_on, each.overdue) for each in found] == (
        [] if expected is None else [(date(2026, 6, 1), expected)]
    )


@pytest.mark.parametrize(
    ("expires", "shown"), [("2026-11-22", True), ("2027-02", False), ("2027-02-21", True), ("2026", True), ("", False)]
)
def test_stores_are_named_ninety_days_before_they_expire(desk: Desk, expires: str, shown: bool) -> None:
    supply = {"item": "方便面", "quantity": "5", "unit": "箱", "expires": expires}
    saved(desk, Shelter(name="祖厝避灾点", checked_on="2026-05-01", supplies=[{"item": "棉被"}, supply]))
    found = [(one.title, one.field, one.inside) for one in Reminding(desk).today()]
    assert found == ([("祖厝避灾点的方便面", "supplies", "2/expires")] if shown else [])


def test_officers_in_post_are_confirmed_every_year_and_named_by_their_post(desk: Desk) -> None:
    person, gone = saved(desk, Person(name="洪淑真"), Person(name="郑水根"))
    saved(
        desk,
        DisasterOfficer(person=person.uid, post=Post.DEPUTY, confirmed_on=date(2025, 5, 1)),
        DisasterOfficer(person=gone.uid, post=Post.OTHER, ended_on="2026-01"),
    )
    (one,) = Reminding(desk).today()
    assert (one.kind, one.due_on, one.overdue) == (ReminderKind.OFFICER, date(2026, 6, 1), True)
    assert "B角灾害信息员" in one.text
    assert "洪淑真" not in one.text + one.title
    assert one.who == "洪淑真"


def test_vacancies_are_named_by_role(tmp_path: Path) -> None:
    with at_noon(tmp_path) as empty:
        hold(empty, TODAY + timedelta(days=1800))
        assert [one.text for one in Reminding(empty).today()] == [
            "在册法律明白人0名，少于3名。",
            "没有可用的自然灾害避灾点。",
            "没有在岗的A角灾害信息员。",
            "没有在岗的B角灾害信息员。",
        ]


def test_an_ended_deputy_and_a_helper_who_left_leave_vacancies(desk: Desk) -> None:
    deputy = desk.store.find(DisasterOfficer, post=Post.DEPUTY)[0]
    helper = desk.store.all(LegalHelper)[0]
    saved(desk, deputy.changed(ended_on="2026-10"), helper.changed(retired_on="2026-10"))
    assert [one.text for one in Reminding(desk).today()] == [
        "在册法律明白人2名，少于3名。",
        "没有在岗的B角灾害信息员。",
    ]


def test_a_helper_whose_own_entry_has_ended_leaves_a_vacancy(desk: Desk) -> None:
    helper = desk.store.all(LegalHelper)[0]
    desk.registers.retire("persons", helper.person, on="2026-10", reason="离任")
    assert "在册法律明白人2名，少于3名。" in [one.text for one in Reminding(desk).today()]


def test_a_person_with_more_than_three_roles_is_named(desk: Desk) -> None:
    person = desk.store.find(Person, name="郑小满")[0]
    saved(desk, Facility(name="书屋", kind=FacilityKind.LIBRARY, contact=person.uid))
    assert told(desk) == []

    saved(desk, duty(keeper_person=person.uid, confirmed=True))

    (one,) = Reminding(desk).today()
    assert (one.register, one.uid) == ("persons", person.uid)
    assert "4种职务：灾害信息员、法律明白人、管护责任人、设施负责人" in one.text


def test_parked_rows_and_unanswered_points_are_named_with_their_place(desk: Desk) -> None:
    keep(desk, *(ParkedRow(register="duties", row_no=number) for number in (3, 7)))
    point: dict[str, Any] = {"register": "shelters", "record": "u", "record_title": "榕下村避灾点", "field": "capacity"}
    keep(
        desk, CorrectionPoint(**point, label="可容纳人数", reason="请核对。"), CorrectionPoint(reason="x", is_done=True)
    )

    found = Reminding(desk).today()

    assert [(one.kind, one.register, one.uid, one.field) for one in found] == [
        (ReminderKind.CORRECTION, "shelters", "u", "capacity"),
        (ReminderKind.PARKED, "duties", "", ""),
    ]
    assert found[0].text == "退回单要求更正“榕下村避灾点”的可容纳人数：请核对。"
    assert found[1].text == "管护责任清单还有2行导入时没有进来。"


def test_a_list_that_was_not_rolled_forward_or_not_confirmed_is_named(desk: Desk) -> None:
    (old,) = saved(desk, duty(year=2025))
    assert [one.text for one in Reminding(desk).today()] == ["2026年度管护责任清单还没有建立。"]
    assert told(desk, date(2025, 11, 1)) == [(ReminderKind.ROLLING, None, False)]

    saved(desk, duty(item_no=old.item_no))

    assert [one.text for one in Reminding(desk).today()] == ["2026年度管护责任清单还有1项没有确认。"]


def test_the_list_is_in_order_of_urgency(desk: Desk) -> None:
    saved(desk, duty("早过", term_to=date(2026, 10, 1)), duty("近日", term_to=date(2026, 11, 28)))
    saved(desk, duty("以后", term_to=date(2027, 1, 5)), duty("刚过", term_to=date(2026, 11, 22)))

    assert [one.title.removesuffix("的管护期限") for one in Reminding(desk).today()] == [
        "早过",
        "刚过",
        "近日",
        "确认管护责任清单",
        "以后",
    ]


def test_a_month_shows_each_day_what_falls_on_it_however_far_ahead(desk: Desk) -> None:
    saved(
        desk,
        duty("甲", term_to=date(2027, 5, 3), confirmed=True),
        duty("乙", term_to=date(2027, 5, 3), contract_to=date(2027, 5, 30), confirmed=True),
    )
    found = Reminding(desk).month(2027, 5)
    assert {day: [one.title for one in some] for day, some in found.items()} == {
        date(2027, 5, 3): ["乙的管护期限", "甲的管护期限"],
        date(2027, 5, 30): ["乙的管护协议"],
    }
    assert Reminding(desk).month(2027, 6) == {}


def test_a_reviewers_book_is_reminded_of_its_certificate_only(tmp_path: Path) -> None:
    with at_noon(tmp_path) as desk:
        desk.office.set_setting("desk", REVIEWER)
        keep(desk, CorrectionPoint(reason="x"), ParkedRow(register="duties"))
        assert told(desk) == []


# the calendar file


def test_a_large_village_is_looked_through_whole(desk: Desk) -> None:
    duties = [duty(f"路灯{number}", frequency=WEEKLY, item_no=f"{number:018d}") for number in range(500)]
    desk.registers.save_all(duties, label="导入")
    desk.registers.save_all([look(one.uid, f"2026-11-{day:02d}") for one in duties for day in (3, 17)], label="导入")

    found = Reminding(desk).today()

    assert len([one for one in found if one.kind is ReminderKind.INSPECTION]) == 500
