"""Walks through the clerk's window in a process of its own, whose screen and scale Qt was told from outside, and says in
JSON what is cut there and which icons are not drawn pixel by pixel.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QPushButton, QTableView, QWidget

from tests.conftest import NOON
from tests.journeys import tour
from tests.journeys.invented import fill, village_desk
from tests.ui.looking import called, is_inner, shown, truncated
from tests.ui.said import Said
from ui.app import make_application
from ui.shared.preferences import Preferences
from ui.window import Window
from xmdesk.clock import frozen

DECORATION = 1
ARROW_WIDE = 28


def blurred(window: QWidget) -> list[str]:
    """Return icons that have fewer pixels than the screen, or that stand on it in blocks."""
    ratio, picture = window.devicePixelRatioF(), window.grab().toImage()
    found = [name for name, icon, size in _icons(window) if not _is_sharp(icon, size, ratio)]
    return [*found, *(name for name, place in _drawn(window) if not _is_fine(picture, place, ratio))]


def _icons(window: QWidget) -> Iterator[tuple[str, QIcon, QSize]]:
    for one in shown(window, QAbstractButton):
        if not one.icon().isNull() and not is_inner(one):
            yield called(one), one.icon(), one.iconSize()
    for one in shown(window, QTableView):
        model = one.model()
        cells = [model.index(row, 0).data(DECORATION) for row in range(min(model.rowCount(), 5))]
        yield from ((f"{one.accessibleName()}, first column", icon, one.iconSize()) for icon in cells if icon)


def _is_sharp(icon: QIcon, size: QSize, ratio: float) -> bool:
    drawn = icon.pixmap(size, ratio)
    return drawn.devicePixelRatio() == ratio and drawn.size() == size * ratio


def _drawn(window: QWidget) -> Iterator[tuple[str, QRect]]:
    """Where buttons draw their icons and lists their arrows."""
    for one in shown(window, QAbstractButton):
        if not one.icon().isNull() and not one.text() and not is_inner(one):
            size = one.iconSize()
            corner = QPoint((one.width() - size.width()) // 2, (one.height() - size.height()) // 2)
            yield f"{called(one)} on the screen", QRect(one.mapTo(window, corner), size)
    for one in shown(window, QComboBox):
        right = one.mapTo(window, QPoint(one.width() - ARROW_WIDE, 4))
        yield f"the arrow of {called(one)}", QRect(right, QSize(ARROW_WIDE - 4, one.height() - 8))


def _is_fine(picture: QImage, place: QRect, ratio: float) -> bool:
    """Tell whether there is a detail smaller than one pixel of a plain screen; a part out of view shows nothing."""
    step = round(ratio)
    if not QRect(QPoint(), picture.deviceIndependentSize().toSize()).contains(place):
        return True
    columns = range(place.left() * step, (place.right() + 1) * step, step)
    rows = range(place.top() * step, (place.bottom() + 1) * step, step)
    return any(
        len({picture.pixel(x + right, y + down) for right in range(step) for down in range(step)}) > 1
        for x in columns
        for y in rows
    )


def walked(application: QApplication, percent: int, folder: Path) -> dict[str, object]:
    """Open a book, stop at every page and panel, and return what is wrong there."""
    desk = village_desk(folder / "village")
    fill(desk)
    window = Window(application, Preferences(percent=percent), dialogs=Said())
    window.show()
    window.wake()
    window.open_desk(desk)
    cut: dict[str, list[str]] = {}
    blunt: dict[str, list[str]] = {}
    stops: list[str] = []

    def stop(name: str) -> None:
        stops.append(name)
        cut.update({name: found} if (found := truncated(window)) else {})
        blunt.update({name: found} if (found := blurred(window)) else {})

    tour.walk_pages(window, stop)
    tour.walk_panels(window, stop)
    screen, frame = window.screen().availableSize(), window.size()
    window.close()
    sizes = {"screen": screen.toTuple(), "window": frame.toTuple(), "ratio": window.devicePixelRatioF()}
    return {"stops": stops, "cut": cut, "blunt": blunt, "coarse": blurred(_coarse()), **sizes}


def _coarse() -> QWidget:
    """A window with an icon of the pixels of a plain screen: whoever looks for blurred icons must find it."""
    made = QWidget()
    button = QPushButton(made)
    drawn = QPixmap(17, 17)
    drawn.fill(Qt.GlobalColor.red)
    button.setIcon(QIcon(drawn))
    made.resize(200, 80)
    made.show()
    return made


def main() -> int:
    """Walk at the text size named and tell."""
    application = make_application(["xmdesk"])
    with frozen(NOON), tempfile.TemporaryDirectory() as folder:
        told = walked(application, int(sys.argv[1]), Path(folder))
    sys.stdout.write(json.dumps(told, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
