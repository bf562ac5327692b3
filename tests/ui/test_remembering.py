"""The window comes back as it was left: its shape, and in each book the page and the records."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from tests.conftest import NOON
from tests.journeys.invented import PASSWORD
from tests.ui.said import Said
from ui.compose import open_book
from ui.remembering import MOST_BOOKS, Spot, keep_spot, kept_spot
from ui.shared.preferences import Preferences, Preferring, read_preferences
from ui.window import Window
from xmdesk.clock import frozen
from xmdesk.ports import Condition, Op
from xmdesk.services.desk import Desk
from xmdesk.services.finding import Filter, Finding

Opening = Callable[[], Window]


@pytest.fixture
def again(qapp: QApplication, qtbot, said: Said) -> Iterator[Opening]:
    """Open the program with what was kept; close it to keep more."""
    made: list[Window] = []

    def open_program() -> Window:
        window = Window(qapp, read_preferences(), dialogs=said)
        said.hear(window.work)
        made.append(window)
        qtbot.addWidget(window)
        window.show()
        return window

    yield open_program
    for one in made:
        one.close_desk()


def reopened(again: Opening, folder: Path) -> Window:
    window = again()
    window.open_desk(open_book(folder, PASSWORD))
    return window


def test_the_window_comes_back_in_its_old_shape(again: Opening) -> None:
    first = again()
    first.resize(800, 655)
    first.close()

    assert (again().width(), again().height()) == (800, 655)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as text")
def test_a_book_in_a_folder_whose_name_is_no_utf8_is_found_again(again: Opening, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode("榕下村".encode("gbk"))
    shutil.copytree(desk.folder, folder)
    reopened(again, folder).close()

    window = again()

    assert read_preferences().book == str(folder)
    assert "/榕下村" in " ".join(one.text() for one in window.findChildren(QLabel))
    assert reopened(again, folder).shell is not None


def test_a_window_that_filled_the_screen_fills_it_again(again: Opening) -> None:
    first = again()
    first.showMaximized()
    first.close()

    assert again().isMaximized()


def test_page_and_record_are_in_front_again(again: Opening, desk: Desk) -> None:
    first = again()
    first.open_desk(desk)
    assert first.shell is not None
    first.shell.go("persons")
    page: Any = first.shell.pages["persons"]
    page.table.setCurrentIndex(page.model.index(3, 0))
    uid = page.editor.uid
    first.close()

    shell = reopened(again, desk.folder).shell

    assert shell is not None
    assert shell.here == "persons"
    assert shell.pages["persons"].mark == uid


def test_a_new_day_begins_with_what_is_due_and_still_knows_the_record(again: Opening, desk: Desk) -> None:
    first = again()
    first.open_desk(desk)
    assert first.shell is not None
    first.shell.go("persons")
    page: Any = first.shell.pages["persons"]
    page.table.setCurrentIndex(page.model.index(3, 0))
    uid = page.editor.uid
    first.close()

    with frozen(NOON + timedelta(days=1)):
        shell = reopened(again, desk.folder).shell
        assert shell is not None
        begun = shell.here
        shell.go("persons")

    assert begun == "today"
    assert shell.pages["persons"].mark == uid


def test_a_record_that_is_gone_is_not_looked_for(again: Opening, desk: Desk) -> None:
    preferring = Preferring(read_preferences())
    keep_spot(str(desk.folder), Spot("persons", {"persons": "0" * 32}), preferring)
    window = again()

    window.open_desk(desk)

    assert window.shell is not None
    page: Any = window.shell.pages["persons"]
    assert page.mark == page.model.uid(0)


def test_a_window_of_a_larger_screen_fits_this_one(again: Opening) -> None:
    first = again()
    first.resize(1900, 1000)
    first.close()

    window = again()

    assert window.width() <= window.screen().availableSize().width() < 1900
    assert window.height() <= window.screen().availableSize().height()


def test_larger_letters_keep_the_record(again: Opening, desk: Desk) -> None:
    window = again()
    window.resize(1366, 728)
    window.open_desk(desk)
    assert window.shell is not None
    window.shell.go("persons")
    page: Any = window.shell.pages["persons"]
    page.table.setCurrentIndex(page.model.index(2, 0))
    uid = page.editor.uid

    window.preferring.change(percent=125)

    after = window.shell.pages["persons"].mark
    worn = window.icons.theme.percent
    window.preferring.change(percent=100)
    assert (after, worn) == (uid, 125)


def test_filter_and_order_are_in_force_again(again: Opening, desk: Desk) -> None:
    first = again()
    first.open_desk(desk)
    assert first.shell is not None
    first.shell.go("facilities")
    page: Any = first.shell.pages["facilities"]
    page.look_through(Filter("facilities", conditions=(Condition("name", Op.CONTAINS, "村"),)))
    page.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    shown, folder = list(page.model.all_uids), desk.folder
    first.close()
    second = reopened(again, folder)
    assert second.shell is not None
    second.shell.go("facilities")
    fresh: Any = second.shell.pages["facilities"]

    assert 0 < len(shown) < desk_count(second)
    assert list(fresh.model.all_uids) == shown
    assert "村" in fresh.standing.filter.accessibleName()
    assert fresh.table.horizontalHeader().sortIndicatorSection() == 1
    fresh.look_through(None)
    second.shell.keep()
    assert Finding(second.desk.store).in_front("facilities") is None  # type: ignore[union-attr]  # a book is open


def test_an_order_that_cannot_be_read_is_passed_over(again: Opening, desk: Desk) -> None:
    window = again()
    window.preferring.change(tables={"facilities": {"sort": "name"}, "persons": {"sort": ["gone", True]}})
    window.open_desk(desk)
    assert window.shell is not None

    for place in ("facilities", "persons"):
        window.shell.go(place)
        page: Any = window.shell.pages[place]
        assert page.table.horizontalHeader().sortIndicatorSection() == -1


def desk_count(window: Window) -> int:
    assert window.desk is not None
    return window.desk.registers.count("facilities")


def test_what_was_looked_for_is_not_written_down(again: Opening, desk: Desk) -> None:
    from xmdesk.paths import user_data

    window = again()
    window.open_desk(desk)
    assert window.shell is not None
    window.shell.go("persons")
    page: Any = window.shell.pages["persons"]
    page.search.setText("郑小满")
    page.search.settle()
    window.close()

    assert "郑小满" not in (user_data() / "preferences.json").read_text("utf-8")


def test_only_some_books_are_remembered_and_rubbish_is_passed_over() -> None:
    preferring = Preferring(Preferences(spots={"damaged": "rubbish"}))
    for number in range(MOST_BOOKS + 3):
        keep_spot(f"book {number}", Spot("returns"), preferring)

    assert kept_spot("damaged", preferring) == Spot()
    assert len(preferring.current.spots) == MOST_BOOKS
    assert kept_spot("book 0", preferring) == Spot()
    assert kept_spot(f"book {MOST_BOOKS}", preferring) == Spot("returns")
