"""A look belongs to the list of the year in which it was made, whenever and however it comes into the book."""

import csv
from pathlib import Path

import pytest

from tests.xmdesk.services.due_desk import duty, keep, saved
from tests.xmdesk.services.years import by_subject, last_year
from xmdesk.periods import Period
from xmdesk.records.codes import InspectionKind
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.services import checking as checking_module
from xmdesk.services import drafting
from xmdesk.services.checking import Checking
from xmdesk.services.desk import Desk
from xmdesk.services.entering import Entering
from xmdesk.services.inspecting import Inspecting, Look, Round
from xmdesk.services.items_of_years import same_items
from xmdesk.services.rolling import Rolling

DECEMBER = "2025-12-30"
QUARTER = Period("2025Q4")
LATE = Round(DECEMBER, "郑小满", InspectionKind.DAILY)


@pytest.fixture
def rows(desk: Desk, rolling: Rolling) -> tuple[MaintenanceDuty, MaintenanceDuty]:
    """One item, in last year's list and in this one's."""
    (old,) = last_year(desk, "蓄水池")
    rolling.open_year(2026)
    return old, by_subject(rolling)["蓄水池"]


def look(duty_uid: str, at: str = DECEMBER) -> Inspection:
    return Inspection(duty=duty_uid, at=at, inspector="郑小满", kind=InspectionKind.DAILY, is_normal=True)


def told(desk: Desk, at: str = DECEMBER) -> list[str]:
    return [one.duty for one in desk.store.find(Inspection, at=at)]


def codes(desk: Desk, period: Period = QUARTER) -> list[str]:
    return [one.code for one in desk.checking.all(period) if one.where.register == "inspections"]


def test_a_walk_of_december_recorded_in_the_new_year_is_one_at_the_old_list(desk: Desk, rows) -> None:
    old, new = rows
    inspecting = Inspecting(desk)

    made = inspecting.record([Look(new.uid)], done=LATE)
    again = inspecting.record([Look(new.uid)], done=LATE)
    present = inspecting.record([Look(new.uid)], done=Round("2026-01-05", "郑小满"))

    assert [one.duty for one in made] == [old.uid]
    assert again == []
    assert [one.duty for one in present] == [new.uid]


def test_a_look_saved_from_its_form_or_moved_to_another_day_finds_its_list(desk: Desk, rows) -> None:
    old, new = rows
    (one,) = saved(desk, look(new.uid))
    (moved,) = saved(desk, one.changed(at="2026-01-05"))

    assert (one.duty, moved.duty) == (old.uid, new.uid)


def test_an_imported_look_is_at_the_item_of_its_year_and_is_known_again(desk: Desk, rows, tmp_path: Path) -> None:
    old, new = rows
    path = tmp_path / "巡查.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(
            [
                ("管护条目", "巡查时间", "巡查人", "类型", "是否正常"),
                ("蓄水池", "2025-12-30", "郑小满", "日常", "是"),
                ("蓄水池", "2026-01-05", "郑小满", "日常", "是"),
            ]
        )
    importing = desk.importing

    importing.write(importing.preview(path, "inspections"))
    again = importing.preview(path, "inspections")

    assert (told(desk), told(desk, "2026-01-05")) == ([old.uid], [new.uid])
    assert [str(one.fate) for one in again.joined] == ["same", "same"]


def test_a_book_that_holds_a_look_at_the_wrong_list_reports_it_right(desk: Desk, rows) -> None:
    """Older programs took the row of the list in force on the day of typing."""
    old, new = rows
    keep(desk, look(new.uid))

    draft = drafting.draft_of(desk.store, QUARTER)

    assert [one["duty"] for one in draft.registers["inspections"]] == [old.uid]
    assert "C-REFERENCE-ENDED" not in codes(desk)
    assert desk.checking.of_record(desk.store.find(Inspection, at=DECEMBER)[0]) == [
        one for one in desk.checking.all(QUARTER) if one.where.register == "inspections"
    ]


@pytest.mark.parametrize("large", [False, True])
def test_a_look_at_an_item_that_the_list_of_its_year_does_not_have_is_told_in_words_of_its_own(
    desk: Desk, rows, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    monkeypatch.setattr(checking_module, "LARGE", -1 if large else 5_000)
    (fresh,) = saved(desk, duty("今年新建的公厕"))
    (one,) = saved(desk, look(fresh.uid))

    (found,) = [each for each in Checking(desk.store).of_record(one) if each.where.field == "duty"]

    assert codes(desk) == ["C-DUTY-OTHER-YEAR"]
    assert (found.code, found.where.field) == ("C-DUTY-OTHER-YEAR", "duty")
    assert found.text == "这一条指的是2026年度的清单，2025年度的清单里没有同一项，上报时“管护条目”会空着。"


def test_a_look_at_something_that_is_gone_is_told_as_ever(desk: Desk, rows) -> None:
    keep(desk, look("nowhere"))

    assert codes(desk) == ["C-REFERENCE-ENDED"]


def test_what_was_taken_out_of_a_list_is_the_item_only_where_nothing_else_is(desk: Desk) -> None:
    (old,) = last_year(desk, "公厕")
    out, standing = saved(desk, duty("公厕", retired_on="2026-03-01", retired_reason="重复"), duty("公厕"))

    both = same_items(desk.store, [old.uid], 2026)
    with desk.store.change("去掉") as change:
        change.remove(standing)
    one = same_items(desk.store, [old.uid], 2026)

    assert (both, one) == ({old.uid: standing.uid}, {old.uid: out.uid})
    assert same_items(desk.store, [old.uid], 2031) == {}


def test_an_item_that_stands_in_two_lists_is_typed_into_a_cell_by_its_name(desk: Desk, rows) -> None:
    old, _ = rows
    (made,) = Inspecting(desk).record([Look(old.uid)], done=LATE)

    found = Entering(desk.registers).put("inspections", [made.uid], ["duty", "at"], [["蓄水池", DECEMBER]])

    assert found.refused == ()
    assert told(desk) == [old.uid]
