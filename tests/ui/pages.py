"""Opening a page as the window does, for tests that need no window."""

from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk

P = TypeVar("P", bound=QWidget)


def show_page(qtbot, page: P) -> P:
    """Show a page at the size it has on a small office screen."""
    page.resize(1160, 680)
    qtbot.addWidget(page)
    page.show()
    return page


def show_fresh(qtbot, page: P) -> P:
    """Show a page, and let it read the book at once."""
    reading: Any = show_page(qtbot, page)
    reading.refresh()
    return page


def register_page(qtbot, desk: Desk, around: Surroundings, name: str) -> RegisterPage:
    """Return the shown page of a register."""
    return show_page(qtbot, RegisterPage(name, registers=desk.registers, checking=desk.checking, surroundings=around))
