"""Every page of both desks with Tab alone: it begins where one can type, every stop is seen and named, and none is a trap."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QWidget

from tests.xmdesk.services.stories import fill, found
from ui.inbox.page import InboxPage
from ui.places import CLERK_PLACES, REVIEWER_PLACES
from ui.shared.reading_order import stops
from ui.window import Window
from xmdesk.services.desk import Desk

LONGEST = 400


class Flashes(QObject):
    """Notes every widget that comes up as a window of its own: shown before it has a parent, it flashes on the desktop."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


PLACES = [
    *(pytest.param("desk", one.id, id=f"clerk-{one.id}") for one in CLERK_PLACES),
    *(pytest.param("reviewer", one.id, id=f"reviewer-{one.id}") for one in REVIEWER_PLACES),
]


def without_choice(name: str) -> str:
    """The name of a stop; links to the sections of a form count as one, for the chosen one follows the cursor."""
    return "跳到" if name.startswith("跳到：") else name


def walked() -> list[str]:
    """Names of the controls that Tab visits until it comes back to where it began; each is seen and has one."""
    visited: list[str] = []
    cells: set[tuple[QWidget, int, int]] = set()
    for _ in range(LONGEST):
        here = QApplication.focusWidget()
        assert here is not None, f"the cursor is nowhere after {visited[-1:]}"
        index = here.currentIndex() if isinstance(here, QAbstractItemView) else None
        place = (here, index.row(), index.column()) if index is not None else (here, 0, 0)
        if place in cells:
            return visited
        assert here.isVisible(), f"an unseen stop after {visited[-1:]}"
        assert here.accessibleName(), f"a stop without a name after {visited[-1:]}"
        cells.add(place)
        visited.append(here.accessibleName())
        above = here.parentWidget()
        view = above.parentWidget() if above is not None else None
        if isinstance(view, QTableView):  # its first cell opened when Tab came to it
            visited.append(view.accessibleName())
        QTest.keyClick(here, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come round; the last stops: {visited[-5:]}")


@pytest.mark.parametrize(("kind", "place"), PLACES)
def test_tab_visits_every_control_of_a_page_and_comes_round(
    kind: str, place: str, window: Window, qapp, qtbot, request: pytest.FixtureRequest
) -> None:
    desk: Desk = request.getfixturevalue(kind)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    flashes = Flashes()
    qapp.installEventFilter(flashes)
    window.open_desk(desk)
    shell = window.shell
    assert shell is not None
    shell.go(place)
    qtbot.wait(50)
    qtbot.waitUntil(lambda: not window.work.is_busy, timeout=20_000)
    qtbot.wait(50)
    qapp.removeEventFilter(flashes)
    page = shell.pages[place]
    begun = QApplication.focusWidget()

    visited = walked()

    assert flashes.seen == []
    assert begun is not None
    assert page.isAncestorOf(begun)
    assert {without_choice(one.accessibleName()) for one in stops(page)} <= set(map(without_choice, visited))


def test_tab_visits_every_control_of_an_open_return_with_points(window: Window, qtbot, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    offices = found(tmp_path)
    fill(offices.village)
    offices.receive(offices.seal().path)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.open_desk(offices.district)
    assert window.shell is not None
    page = window.shell.pages["inbox"]
    assert isinstance(page, InboxPage)
    page.open_return(offices.district.inbox.submissions()[0].uid)
    qtbot.waitUntil(page.opened.inside.forms.hasFocus)
    page.opened.inside.pick.click()
    page.opened.points.whole.click()
    qtbot.wait(50)

    visited = walked()

    reasons = [one for one in visited if one.startswith("退回原因：")]
    assert len(reasons) == 2
    assert {one.accessibleName() for one in stops(page)} <= set(visited)
    places = [visited.index(one) for one in ("上报的表", "公共服务设施台账", reasons[0], "退回")]
    rolled = [places[(places.index(min(places)) + step) % len(places)] for step in range(len(places))]
    assert rolled == sorted(places)
    window.close_desk()
    offices.village.upkeep.close()
