"""A register can be asked one condition, and keeps it with how many answer it now."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton

from tests.ui.said import Said
from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk


@pytest.fixture
def page(qtbot, desk: Desk, around: Surroundings) -> RegisterPage:
    made = RegisterPage("persons", registers=desk.registers, checking=desk.checking, surroundings=around)
    qtbot.addWidget(made)
    made.show()
    return made


def ask(page: RegisterPage, label: str, value: str) -> None:
    page.filters.field.setCurrentText(label)
    page.filters.value.setText(value)


def test_a_condition_narrows_the_table_and_goes_away(page: RegisterPage) -> None:
    every = page.model.rowCount()
    ask(page, "姓名", "郑")

    page.filters.look()
    narrowed = page.model.rowCount()
    page.filters.chosen.emit(None)

    assert narrowed == 3
    assert page.model.rowCount() == every


def test_a_kept_filter_is_counted_anew(page: RegisterPage, desk: Desk) -> None:
    ask(page, "姓名", "郑")
    page.filters.look(keeps=True)
    person = desk.registers.person_for("郑大山")

    page.filters.open(QPoint(0, 0))
    texts = [one.text() for one in page.filters.findChildren(QPushButton)]
    page.filters.hide()

    assert person.name == "郑大山"
    assert "姓名 包含 郑（4）" in texts


def test_a_condition_without_a_value_is_told(page: RegisterPage, said: Said) -> None:
    every = page.model.rowCount()
    ask(page, "出生日期", "")

    page.filters.look()

    assert said.told
    assert page.model.rowCount() == every
