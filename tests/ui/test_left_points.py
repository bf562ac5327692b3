"""Points that were written on a version which is then replaced go along to the next one, or are given up; none gets lost."""

from pathlib import Path

import pytest

from tests.ui.pages import show_page
from tests.xmdesk.services.stories import Offices, hall, keep, one_of
from ui.inbox.page import InboxPage
from ui.inbox.points import CLOSED
from ui.shared.surroundings import Surroundings
from xmdesk.records.codes import FacilityKind
from xmdesk.records.facility import Facility
from xmdesk.records.people import Person
from xmdesk.records.submission import Submission
from xmdesk.services.answers_begun import AnswersBegun, Begun
from xmdesk.services.reviewing import Point

FULL_NAME, ROOM, PHOTO = "名称要写全称", "面积量错了", "附一张照片"


@pytest.fixture
def page(qtbot, offices: Offices, around: Surroundings) -> InboxPage:
    """The inbox after a first version with three points begun on it."""
    offices.receive(offices.seal().path)
    made = show_page(qtbot, InboxPage(offices.district, around))
    look_into(qtbot, made, around, version(offices, 1))
    for name, field, reason in (("军营村党群服务中心", "name", FULL_NAME), ("图书室", "floor_area", ROOM)):
        write(made, name, field, reason)
    made.opened.points.add(Point("", "", "", ""))
    made.opened.points._lines[-1].reason.insert(PHOTO)
    made.opened.points._lines[-1].reason.textEdited.emit(PHOTO)
    made.opened.home.click()
    return made


def give_up(page: InboxPage) -> None:
    assert page.opened.left.no is not None
    page.opened.left.no.click()


def look_into(qtbot, page: InboxPage, around: Surroundings, one: Submission) -> None:
    page.open_return(one.uid)
    qtbot.waitUntil(lambda: not around.work.is_at_work, timeout=20_000)


def write(page: InboxPage, title: str, field: str, reason: str) -> None:
    """Put the cell of a row into the list, with a reason."""
    inside = page.opened.left._inside
    assert inside is not None
    number = next(one for one in inside.numbers("facilities") if inside.title("facilities", one) == title)
    page.opened.points.add(inside.point("facilities", number, field))
    page.opened.points._lines[-1].reason.insert(reason)
    page.opened.points._lines[-1].reason.textEdited.emit(reason)


def version(offices: Offices, number: int) -> Submission:
    (found,) = (one for one in offices.district.inbox.submissions() if one.version == number)
    return found


def next_version(offices: Offices, around: Surroundings) -> None:
    """The village adds a facility and takes the room away: rows have other numbers now."""
    room, building = one_of(offices.village, Facility, name="图书室"), one_of(offices.village, Facility, parent="")
    with offices.village.store.change("登记错了") as change:
        change.remove(room)
    contact = one_of(offices.village, Person)
    keep(offices.village, hall(contact, name="爱心书屋", kind=FacilityKind.LIBRARY, parent=building.uid))
    offices.receive(offices.seal().path)
    around.changes.announce()


def begun(page: InboxPage, one: Submission) -> list[str]:
    return [point.reason for point in page.begun.of(one.uid).points]


def test_the_card_of_the_next_version_says_that_points_wait(
    page: InboxPage, offices: Offices, around: Surroundings
) -> None:
    next_version(offices, around)
    page.grid.selectRow(next(at for at, one in enumerate(page.grid.lines.lines) if one.key))

    assert page.answer._title.text().endswith("第 2 版")
    assert page.answer._list.text() == "第 1 版上写下的 3 处要改的没有退回，点“看内容”可以带到这一版。"


def test_points_go_along_to_the_same_records_and_what_has_none_is_named(
    qtbot, page: InboxPage, offices: Offices, around: Surroundings
) -> None:
    next_version(offices, around)
    second = version(offices, 2)
    look_into(qtbot, page, around, second)
    offered = page.opened.left.words.text()

    page.opened.left.yes.click()

    building = one_of(offices.village, Facility, name="军营村党群服务中心")
    points = page.opened.points.points
    assert offered.startswith("第 1 版上写下的 3 处要改的还没有退回。其中 1 处所指的行这一版里没有了，带不过来：")
    assert (f"（{ROOM}）" in offered, "图书室" in offered) == (True, True)
    assert [(one.uid, one.field, one.reason) for one in points] == [(building.uid, "name", FULL_NAME), ("", "", PHOTO)]
    assert points[0].title == building.name
    assert begun(page, version(offices, 1)) == [ROOM]
    assert page.opened.left.words.text().startswith("第 1 版上写下的 1 处要改的还没有退回。")
    assert page.opened.left.yes.isHidden()

    give_up(page)

    assert page.opened.left.isHidden()
    assert AnswersBegun(offices.district.store).of(version(offices, 1).uid) == Begun()
    assert [one.reason for one in AnswersBegun(offices.district.store).of(second.uid).points] == [FULL_NAME, PHOTO]


def test_carried_points_go_out_in_one_slip(
    qtbot, page: InboxPage, offices: Offices, around: Surroundings, said
) -> None:
    next_version(offices, around)
    look_into(qtbot, page, around, version(offices, 2))
    page.opened.left.yes.click()
    out: Path = offices.folder / "退回单.pdf"
    said.answers = [out]

    page.opened.row.send_back.click()
    qtbot.waitUntil(lambda: not around.work.is_at_work, timeout=20_000)

    assert [one.reason for one in offices.village.reviewing.take(out).points] == [FULL_NAME, PHOTO]


def test_a_replaced_version_is_only_looked_at_and_leads_to_the_one_that_stands(
    qtbot, page: InboxPage, offices: Offices, around: Surroundings
) -> None:
    next_version(offices, around)
    look_into(qtbot, page, around, version(offices, 1))
    opened = page.opened
    words, yes = opened.left.words.text(), opened.left.yes.text()
    is_closed = [one.isHidden() for one in (opened.inside.pick, opened.inside.whole, opened.points.whole)]
    lines = [(one.reason.isReadOnly(), one.remove.isHidden()) for one in opened.points._lines]

    opened.left.yes.click()
    qtbot.waitUntil(lambda: not around.work.is_at_work, timeout=20_000)

    assert words == "这一版已被第 2 版更正，不能再退回。写下的 3 处要改的还留着。"
    assert yes == "带到第 2 版"
    assert (is_closed, lines) == ([True] * 3, [(True, True)] * 3)
    assert opened.uid == version(offices, 2).uid
    assert [one.reason for one in opened.points.points] == [FULL_NAME, PHOTO]


def test_the_words_of_a_closed_list_name_no_button_that_is_not_there(
    qtbot, page: InboxPage, offices: Offices, around: Surroundings
) -> None:
    next_version(offices, around)
    look_into(qtbot, page, around, version(offices, 1))

    assert page.opened.points.words.text() == CLOSED
    assert page.opened.row.send_back.isHidden()


def test_points_can_be_given_up_where_they_were_written(
    qtbot, page: InboxPage, offices: Offices, around: Surroundings
) -> None:
    next_version(offices, around)
    look_into(qtbot, page, around, version(offices, 1))

    give_up(page)

    assert page.opened.points.isHidden()
    assert page.opened.left.yes.text() == "去看第 2 版"
    assert AnswersBegun(offices.district.store).of(version(offices, 1).uid) == Begun()


def test_a_list_that_stands_open_closes_when_its_version_is_replaced(
    qtbot, page: InboxPage, offices: Offices, around: Surroundings
) -> None:
    look_into(qtbot, page, around, version(offices, 1))
    next_version(offices, around)

    assert page.opened.left.yes.text() == "带到第 2 版"
    assert page.opened.inside.pick.isHidden()
