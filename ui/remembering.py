"""Where the person was: the window on the screen, and in each book the page and the records in front.

Only places and uids are kept; what people typed or looked for stays in the encrypted book.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.scaling import TITLE_BAR
from ui.shared.preferences import Preferring
from xmdesk import clock

MOST_BOOKS = 8


@dataclass(frozen=True)
class Spot:
    """A page of a book, and the record in front on each page that has records."""

    place: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)


def keep_window(window: QWidget, preferring: Preferring) -> None:
    """Keep size, place, and whether the window fills the screen."""
    shape = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    preferring.change(window=shape)


def put_window_back(window: QWidget, preferring: Preferring, *, usual: QSize) -> QSize:
    """Give the window its old shape, else the usual size, and return what its screen has room for.

    A window that is not on a screen any more is brought onto it by Qt; one that is larger than its screen is made to fit,
    so that its foot is not below the edge.
    """
    window.resize(usual)
    if preferring.current.window:
        window.restoreGeometry(QByteArray.fromBase64(preferring.current.window.encode("ascii")))
    screen = QGuiApplication.screenAt(window.geometry().center()) or window.screen()
    room = screen.availableSize()
    if not window.isMaximized():
        window.resize(window.size().boundedTo(room - QSize(0, TITLE_BAR)))
    return room


def keep_spot(book: str, spot: Spot, preferring: Preferring) -> None:
    """Keep where the person is in a book; books not opened for long are forgotten."""
    others = {name: kept for name, kept in preferring.current.spots.items() if name != book}
    here = {"place": spot.place, "marks": dict(spot.marks), "day": clock.today().isoformat()}
    preferring.change(spots=dict([*others.items(), (book, here)][-MOST_BOOKS:]))


def kept_spot(book: str, preferring: Preferring) -> Spot:
    """Return where the person was. A new day begins with the first page, which says what is due."""
    kept: Any = preferring.current.spots.get(book)
    if not isinstance(kept, dict):
        return Spot()
    marks = kept.get("marks")
    place = kept.get("place") if kept.get("day") == clock.today().isoformat() else ""
    return Spot(
        place if isinstance(place, str) else "",
        {str(name): str(uid) for name, uid in marks.items()} if isinstance(marks, dict) else {},
    )
