"""Tab leads from control to control as they are seen, and never into what is hidden."""

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.shared.reading_order import step_on


@pytest.fixture
def holder(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def pages(qtbot, holder: QWidget) -> QStackedWidget:
    """Two pages of three buttons each; the second is in front."""
    made = QStackedWidget(holder)
    for name in ("back", "front"):
        page = QWidget()
        column, line = QVBoxLayout(page), QHBoxLayout()
        column.addWidget(QPushButton(f"{name} 1"))
        column.addLayout(line)
        for number in (2, 3):
            line.addWidget(QPushButton(f"{name} {number}"))
        made.addWidget(page)
    made.setCurrentIndex(1)
    QVBoxLayout(holder).addWidget(made)
    holder.show()
    qtbot.waitUntil(holder.isActiveWindow)
    return made


def button(pages: QStackedWidget, words: str) -> QPushButton:
    return next(one for one in pages.findChildren(QPushButton) if one.text() == words)


def steps_from(pages: QStackedWidget, words: str, *, is_next: bool) -> list[str]:
    """Where three steps lead that begin at a button."""
    here: QWidget | None = button(pages, words)
    met = []
    for _ in range(3):
        step_on(pages.window(), here, is_next=is_next)
        here = QApplication.focusWidget()
        assert isinstance(here, QPushButton)
        met.append(here.text())
    return met


def test_tab_goes_round_in_the_page_in_front(pages: QStackedWidget) -> None:
    assert steps_from(pages, "front 2", is_next=True) == ["front 3", "front 1", "front 2"]
    assert steps_from(pages, "front 2", is_next=False) == ["front 1", "front 3", "front 2"]


def test_what_is_hidden_or_switched_off_is_passed_over(pages: QStackedWidget) -> None:
    button(pages, "front 2").hide()
    assert steps_from(pages, "front 1", is_next=True) == ["front 3", "front 1", "front 3"]

    button(pages, "front 2").show()
    button(pages, "front 3").setEnabled(False)
    assert steps_from(pages, "front 1", is_next=True) == ["front 2", "front 1", "front 2"]


def test_from_a_control_that_is_hidden_tab_goes_on_where_it_stood(pages: QStackedWidget) -> None:
    button(pages, "front 2").hide()

    assert steps_from(pages, "front 2", is_next=True)[0] == "front 3"
    assert steps_from(pages, "back 3", is_next=True)[0] == "front 1"
