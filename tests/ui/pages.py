"""Opening a page of a register as the window does, for tests that need no window."""

from ui.registers.page import RegisterPage
from ui.shared.surroundings import Surroundings
from xmdesk.services.desk import Desk


def register_page(qtbot, desk: Desk, around: Surroundings, name: str) -> RegisterPage:
    """Return the shown page at the size it has on a small office screen."""
    page = RegisterPage(name, registers=desk.registers, checking=desk.checking, surroundings=around)
    page.resize(1160, 680)
    qtbot.addWidget(page)
    page.show()
    return page
