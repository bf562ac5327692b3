"""The book is changed while a preview stands: what is written is what was shown, and what nobody saw is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.said import Said
from tests.ui.test_imports_begun import imports
from tests.ui.test_imports_page import sheet_of
from tests.ui.test_locking import visit
from tests.xmdesk.services.stories import saved
from ui.imports.page import PREVIEW, WRITTEN, ImportsPage
from ui.window import Window
from xmdesk.records.people import Person
from xmdesk.services.desk import Desk

HEADERS = ("姓名", "手机号码", "单位及职务")
NAME, PHONE = "游小禾", "13805920977"


@pytest.fixture
def known(desk: Desk) -> Person:
    return saved(desk.registers, Person(name=NAME, mobile=PHONE, post="组长"))


@pytest.fixture
def page(window: Window, desk: Desk, said: Said, known: Person, tmp_path: Path, settle) -> ImportsPage:
    """A preview of one known person with another post, and one new person; then another page."""
    window.open_desk(desk)
    made = imports(window)
    made.open_file(sheet_of(tmp_path, HEADERS, (NAME, PHONE, "村委会委员"), ("黄一", "", "")), "persons")
    settle()
    visit(window, "persons")
    return made


def change(desk: Desk, **values: str) -> None:
    (person,) = desk.store.find(Person, name=NAME)
    desk.registers.save(person.changed(**values))


def write(window: Window, settle: Callable[[], None]) -> ImportsPage:
    page = imports(window)
    QTest.keyClick(page.preview.go, Qt.Key.Key_Space)
    settle()
    return page


def test_an_address_that_was_filled_in_meanwhile_is_kept(window: Window, desk: Desk, page: ImportsPage, settle) -> None:
    change(desk, address="榕下村12号")

    page = write(window, settle)

    (person,) = desk.store.find(Person, name=NAME)
    assert (person.address, person.post) == ("榕下村12号", "村委会委员")
    assert page._stack.currentIndex() == WRITTEN


def test_one_who_was_retired_meanwhile_is_shown_before_anything_is_written(
    window: Window, desk: Desk, page: ImportsPage, settle
) -> None:
    change(desk, retired_on="2026-11-20", retired_reason="离任")

    page = write(window, settle)
    shown, words = page._stack.currentIndex(), page.preview._said.text()
    waiting, row = desk.store.find(Person, name="黄一"), page.preview.pairs.here
    page = write(window, settle)

    (person,) = desk.store.find(Person, name=NAME)
    assert (shown, waiting, row.row) == (PREVIEW, [], 2)
    assert "还没有写入" in words
    assert f"第 2 行 {NAME}：这一条已经停用" in words
    assert page._stack.currentIndex() == WRITTEN
    assert (person.retired_on, person.retired_reason, person.post) == ("2026-11-20", "离任", "村委会委员")


def test_one_who_was_added_by_hand_meanwhile_is_not_added_twice(
    window: Window, desk: Desk, page: ImportsPage, settle
) -> None:
    desk.registers.save(Person(name="黄一"))

    page = write(window, settle)
    words = page.preview._said.text()

    assert "第 3 行 黄一：台账里已经有了这一条" in words
    assert page.preview._banner.isVisible()
    assert len(desk.store.find(Person, name="黄一")) == 1


def test_decisions_and_corrected_cells_are_kept_when_it_is_shown_again(
    window: Window, desk: Desk, page: ImportsPage, settle
) -> None:
    page = imports(window)
    page.preview.corrected.emit(3, {"单位及职务": "会计"})
    settle()
    page.preview.pairs.sides.switched.emit("post")
    settle()
    desk.registers.save(Person(name="黄一"))

    write(window, settle)
    page = write(window, settle)

    assert page._stack.currentIndex() == WRITTEN
    posts = {one.name: one.post for one in desk.store.all(Person) if one.name in (NAME, "黄一")}
    assert posts == {NAME: "组长", "黄一": "会计"}
