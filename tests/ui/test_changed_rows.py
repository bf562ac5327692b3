"""Of a further version the reviewer sees which rows changed, are new or gone, and what stood there before, by keys alone."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest

from tests.conftest import NOON
from tests.ui.pages import show_page
from tests.xmdesk.services.stories import Offices, fill, found, hall, keep, one_of
from ui.inbox.page import InboxPage
from ui.inbox.rows import PayloadTable, RowsView
from ui.shared.surroundings import Surroundings
from ui.window import Window
from xmdesk.clock import frozen
from xmdesk.records.facility import Facility

SPOKEN, DECORATION = Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DecorationRole


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Closed books: of a second version one facility was changed, one is gone, and one is new."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "out").mkdir()
    with frozen(NOON):
        pair = found(folder)
        fill(pair.village)
        pair.receive(pair.seal().path)
        registers = pair.village.registers
        building = one_of(pair.village, Facility, name="军营村党群服务中心")
        registers.save(building.changed(floor_area=Decimal(640), owner=""))
        registers.retire("facilities", one_of(pair.village, Facility, name="图书室").uid, on="2026-11", reason="并入")
        keep(pair.village, hall(name="军营村卫生室"))
        pair.receive(pair.seal().path)
        pair.close()
    return folder


@pytest.fixture
def offices(prepared: Path, noon: object, tmp_path: Path) -> Iterator[Offices]:
    pair = Offices.reopened(prepared, tmp_path)
    yield pair
    pair.close()


@pytest.fixture
def page(qtbot, offices: Offices, around: Surroundings) -> InboxPage:
    around.icons.wake()
    made = show_page(qtbot, InboxPage(offices.district, around))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    open_version(qtbot, made, offices, around, 2)
    return made


def open_version(qtbot, page: InboxPage, offices: Offices, around: Surroundings, version: int) -> None:
    page.open_return(next(one for one in offices.district.inbox.submissions() if one.version == version).uid)
    qtbot.waitUntil(lambda: not around.work.is_at_work, timeout=20_000)


def rows_of(page: InboxPage) -> RowsView:
    view = page.opened.inside._front
    assert isinstance(view, RowsView)
    return view


def lines_of(table: PayloadTable) -> list[dict[str, str]]:
    """Number, change, name and area as they are shown."""
    model = table.payload_model
    names = [name for name, _ in model.columns]
    wanted = ("#", "±", "name", "floor_area", "owner")
    places = {name: names.index(name) for name in wanted}
    return [{name: model.index(row, at).data() for name, at in places.items()} for row in range(model.rowCount())]


def test_rows_are_marked_by_a_word_with_an_icon_and_their_cells_say_old_and_new(page: InboxPage) -> None:
    table = rows_of(page).table
    changed, fresh, gone = sorted(lines_of(table), key=lambda one: ["修改 2 项", "新增", "不再上报"].index(one["±"]))

    assert (changed["floor_area"], changed["owner"]) == ("600 → 640", "军营村民委员会 → 空")
    assert (fresh["name"], fresh["floor_area"]) == ("军营村卫生室", "600")
    assert (gone["#"], gone["name"]) == ("", "图书室")
    icons = [table.payload_model.index(row, 1).data(DECORATION) for row in range(3)]
    assert all(isinstance(one, QIcon) and not one.isNull() for one in icons)


def test_what_was_changed_is_heard_and_read_by_keys_alone(page: InboxPage) -> None:
    view = rows_of(page)
    view.table.setFocus()
    row = [one["±"] for one in lines_of(view.table)].index("修改 2 项")
    view.table.setCurrentIndex(view.table.payload_model.index(0, 1))
    for _ in range(row):
        QTest.keyClick(view.table, Qt.Key.Key_Down)

    told = page.opened.inside._here.text()
    assert told.endswith("修改：建筑面积(㎡) 600 → 640；所有权 军营村民委员会 → 空")
    assert "军营村党群服务中心" in told
    assert view.table.currentIndex().data(SPOKEN) == "修改 2 项"


def test_what_is_compared_with_what_is_said_below_and_beside_the_forms(page: InboxPage) -> None:
    words = "和第 1 版相比：新增 1 行，修改 1 行，不再上报 1 行"
    forms = page.opened.inside.forms
    assert page.opened.inside._count.text() == "2 行，变动 3"
    assert page.opened.inside._count.toolTip() == words
    assert dict(rows_of(page).table.payload_model.columns)["±"].label == "比第 1 版"
    line = next(one for one in forms.lines.lines if one.key == "facilities")
    assert (line.cells[1], line.icon, line.tip) == ("2 行", "own", words)


def test_only_rows_that_moved_are_shown_on_demand(page: InboxPage) -> None:
    inside = page.opened.inside
    inside.forms.selectRow([one.key for one in inside.forms.lines.lines].index("duties"))
    assert rows_of(page).only_moved.isHidden()
    inside.forms.selectRow([one.key for one in inside.forms.lines.lines].index("facilities"))
    view = rows_of(page)
    view.table.payload.moved = view.table.payload.moved[:1]
    view.only_moved.click()
    narrow = len(lines_of(view.table))
    view.only_moved.click()

    assert (narrow, len(lines_of(view.table))) == (1, 3)


def test_a_row_that_is_gone_is_no_place_for_a_point(page: InboxPage) -> None:
    view = rows_of(page)
    row = [one["±"] for one in lines_of(view.table)].index("不再上报")
    view.table.setCurrentIndex(view.table.payload_model.index(row, 2))
    QTest.keyClick(view.table, Qt.Key.Key_Return)

    assert not page.opened.inside.pick.isEnabled()
    assert page.opened.points.points == ()
    assert page.opened.inside._here.text().startswith("图书室 · 不再上报 · ")


def test_the_column_of_changes_makes_a_point_of_the_whole_row(page: InboxPage) -> None:
    view = rows_of(page)
    view.table.setCurrentIndex(view.table.payload_model.index(0, 1))
    QTest.keyClick(view.table, Qt.Key.Key_Return)

    (point,) = page.opened.points.points
    assert (point.register, point.row_no, point.field) == ("facilities", 1, "")


def test_a_first_version_has_no_column_of_changes(qtbot, page: InboxPage, offices: Offices, around) -> None:
    page.close_return()
    open_version(qtbot, page, offices, around, 1)

    assert "±" not in [name for name, _ in rows_of(page).table.payload_model.columns]
    assert page.opened.inside._count.text() == "2 行"


def test_with_large_letters_everything_above_the_rows_finds_room(qtbot, offices: Offices, window: Window) -> None:
    window.resize(1366, 768)
    window.preferring.change(percent=150)
    window.open_desk(offices.district)
    window.show()
    assert window.shell is not None
    window.shell.go("inbox")
    page = window.shell.pages["inbox"]
    assert isinstance(page, InboxPage)
    open_version(qtbot, page, offices, window.around, 2)
    view = rows_of(page)
    row = (view.search, view.only_moved, page.opened.inside.whole, page.opened.inside.pick)
    qtbot.waitUntil(lambda: all(one.isVisible() for one in row))

    assert [one.text() for one in row[1:] if one.width() < one.sizeHint().width()] == []
    assert view.search.width() > view.only_moved.width()
