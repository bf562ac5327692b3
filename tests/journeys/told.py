"""The program with a reader beside it: for each line on its standard input it prints what a screen reader would be told.

A screen reader asks over a bus that a screen of tests does not have. Here it is asked in the program and answered through a
pipe, and only asked: hands are those of xdotool.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QRect, QSocketNotifier, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QWidget

NAME, VALUE = QAccessible.Text.Name, QAccessible.Text.Value


def in_front() -> QWidget | None:
    """What takes the next click: a list that is open, a box, or the window."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()


def told(within: QAccessibleInterface, view: QRect) -> Iterator[dict[str, Any]]:
    """Everything in there that can be seen, in reading order, and where it is seen."""
    for at in range(within.childCount()):
        one = within.child(at)
        state: Any = one.state() if one is not None else None  # the stub has no states in it
        place = QRect() if one is None or state.invisible else one.rect() & view
        if one is None or place.isEmpty():
            continue
        more = {"value": one.text(VALUE), "has_cursor": bool(state.focused), "is_off": bool(state.disabled)}
        yield {**line(one.role().name, one.text(NAME), place), **more}
        table = one.object()
        if isinstance(table, QAbstractItemView):
            yield from heads(table)
            yield from cells(table)
        else:
            yield from told(one, place)


def line(role: str, name: str, place: QRect, *, has_cursor: bool = False) -> dict[str, Any]:
    """One thing as it is told."""
    where = (place.left(), place.top(), place.width(), place.height())
    return {"role": role, "name": name, "value": "", "place": where, "has_cursor": has_cursor, "is_off": False}


def heads(table: QAbstractItemView) -> Iterator[dict[str, Any]]:
    """The titles of the columns in view."""
    if isinstance(table, QTableView):
        head, model = table.horizontalHeader(), table.model()
        for at in range(head.count()):
            place = QRect(head.sectionViewportPosition(at), 0, head.sectionSize(at), head.height())
            shown = shown_in(head.viewport(), place)
            if not shown.isEmpty():
                yield line("ColumnHeader", str(model.headerData(at, Qt.Orientation.Horizontal)), shown)


def cells(table: QAbstractItemView) -> Iterator[dict[str, Any]]:
    """The cells in view, asked of what is shown: Qt forgets the cells that it told before only for a bus that listens."""
    model, root = table.model(), table.rootIndex()
    for row in range(model.rowCount(root)):
        for column in range(model.columnCount(root)):
            index = model.index(row, column, root)
            shown = shown_in(table.viewport(), table.visualRect(index))
            if not shown.isEmpty():
                is_here = table.hasFocus() and index == table.currentIndex()
                yield line("Cell", str(index.data() or ""), shown, has_cursor=is_here)


def shown_in(port: QWidget, place: QRect) -> QRect:
    """The part of a place that is in view, as the screen counts."""
    shown = place & port.rect()
    return QRect(port.mapToGlobal(shown.topLeft()), shown.size())


def answer() -> bool:
    """Answer one question; tells whether there was one."""
    if not sys.stdin.readline():
        return False
    front = in_front()
    met = QAccessible.queryAccessibleInterface(front) if front is not None else None
    sys.stdout.write(json.dumps(list(told(met, met.rect())) if met is not None else []) + "\n")
    sys.stdout.flush()
    return True


def main() -> int:
    """Run the window as its own entry does, and listen."""
    from ui.__main__ import settle

    settle()
    from ui.app import begin

    application, _window = begin(sys.argv)
    ear = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    ear.activated.connect(lambda: answer() or ear.setEnabled(False))
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
