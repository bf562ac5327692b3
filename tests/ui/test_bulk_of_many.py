"""The form for very many records: they are read and written beside the window, and reading them can be cancelled."""

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel

from tests.ui.pages import register_page
from ui.registers.bulk import QUICK, BulkEditor
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.records.facility import Facility
from xmdesk.services.desk import Desk

MANY = QUICK + 10


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    with desk.store.change("x") as change:
        change.save_many([Facility(name=f"健身点{at}", location="村口", built_year=2000) for at in range(MANY)])
    made = register_page(qtbot, desk, around, "facilities")
    made.search.setText("健身点")
    made.search.settle()
    made.search.returnPressed.emit()  # the form follows now, not in the middle of what comes
    block = QItemSelection(made.model.index(0, 0), made.model.index(MANY - 1, 0))
    made.table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    return made


def opened(page: RegisterPage) -> BulkEditor:
    page.act("bulk")
    assert page.sides.bulk is not None
    return page.sides.bulk


def idle(qtbot, around: Surroundings) -> None:
    qtbot.waitUntil(lambda: not around.work.is_busy, timeout=20_000)


def test_it_shows_what_all_have_in_common_when_they_are_read(qtbot, page: RegisterPage, around: Surroundings) -> None:
    bulk = opened(page)
    at_once = page.sides.currentWidget() is bulk
    idle(qtbot, around)

    assert not at_once
    assert page.sides.currentWidget() is bulk
    assert bulk.form.fields["location"].read() == "村口"
    assert bulk.form.fields["name"].aside == "各不相同"


def test_cancelled_it_leaves_the_form_of_the_record_in_front(qtbot, page: RegisterPage, around: Surroundings) -> None:
    around.work.started.connect(around.work.cancel)  # before the reading can be done
    bulk = opened(page)
    idle(qtbot, around)

    assert page.sides.currentWidget() is page.editor
    assert not bulk.has_ticks


def test_what_would_be_emptied_is_counted_beside_the_window_and_asked(
    qtbot, page: RegisterPage, desk: Desk, around: Surroundings
) -> None:
    bulk = opened(page)
    idle(qtbot, around)
    bulk.ticks["built_year"].setChecked(True)
    bulk.form.fields["built_year"].fill(None)

    bulk.save()
    idle(qtbot, around)
    asked = bulk.asking.words.text()
    bulk.asking.yes.click()
    idle(qtbot, around)

    assert asked == f"将清空 {MANY} 条的建成年份。"
    assert {one.built_year for one in desk.store.all(Facility) if one.name.startswith("健身点")} == {None}


def test_going_elsewhere_with_an_emptied_field_names_the_field(qtbot, page: RegisterPage, around: Surroundings) -> None:
    bulk = opened(page)
    idle(qtbot, around)
    bulk.ticks["built_year"].setChecked(True)
    bulk.form.fields["built_year"].fill(None)

    may_go = page.leave()

    assert not may_go
    assert bulk.asking.words.text() == f"打勾的 1 项还没有写入这 {MANY} 条，其中将清空 建成年份。"


def test_the_cursor_is_in_the_field_of_the_column_from_which_it_was_asked(
    qtbot, page: RegisterPage, around: Surroundings
) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    phone = [name for name, _ in page.model.columns].index("contact_phone")
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, phone))
    block = QItemSelection(page.model.index(0, phone), page.model.index(2, phone))
    page.table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    bulk = opened(page)

    here = page.window().focusWidget()
    assert here is not None
    assert bulk.form.fields["contact_phone"].isAncestorOf(here)


def test_the_rows_that_are_meant_stay_marked_though_another_is_clicked(
    qtbot, page: RegisterPage, around: Surroundings
) -> None:
    delegate = page.table.cell_delegate
    assert delegate is not None
    uids = set(page.table.selected_uids())
    bulk = opened(page)
    idle(qtbot, around)
    bulk.ticks["built_year"].setChecked(True)
    page.search.setText("")
    page.search.settle()

    page.table.setCurrentIndex(page.model.index(0, 1))
    refused = page.sides.currentWidget() is bulk
    marked = delegate.marked
    bulk.asking.declined.emit()

    assert refused
    assert marked == uids
    assert len(page.table.selected_uids()) < len(uids)
    assert delegate.marked == frozenset()
