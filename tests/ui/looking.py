"""What tests can see of a window: who is shown, what finds no room, in which order things stand, how strong the colours are."""

import math
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)

CUT = "…"
SLACK = 1


def shown(root: QWidget, kind: type[QWidget] = QWidget) -> list[Any]:
    """Return the widgets of a kind that are visible, in the order in which they were made."""
    return [one for one in seen(root) if isinstance(one, kind)]


def seen(root: QWidget) -> Iterator[QWidget]:
    """Walk over what is visible in a widget; what is hidden hides all that stands in it."""
    for one in root.children():
        if isinstance(one, QWidget) and one.isVisible():
            yield one
            yield from seen(one)


def called(widget: QWidget) -> str:
    """Return a name by which a person finds a widget in a failing test."""
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else widget.objectName()
    return f"{type(widget).__name__} {words or widget.accessibleName()!r}"


def truncated(root: QWidget) -> list[str]:
    """Return what is cut off in a window: words without room, controls pushed over an edge or over each other."""
    looks: list[tuple[type[QWidget], Callable[[Any], Iterator[str]]]] = [
        (QLabel, _label_faults),
        (QAbstractButton, _button_faults),
        (QComboBox, _combo_faults),
        (QLineEdit, _line_faults),
        (QTableView, _table_faults),
    ]
    found = [fault for kind, look in looks for one in shown(root, kind) if not is_inner(one) for fault in look(one)]
    return [*found, *_pushed_out(root), *_overlapping(root)]


def _label_faults(one: QLabel) -> Iterator[str]:
    if not one.text() or one.size().isEmpty():
        if one.text():
            yield f"{called(one)}: no room at all"
        return
    if one.text().endswith(CUT):
        if one.text().split(CUT)[0] not in one.toolTip():
            yield f"{called(one)}: cut without a tip"
        return
    if one.wordWrap():
        needed = one.heightForWidth(one.width())
        if one.height() < needed - SLACK:
            yield f"{called(one)}: {one.height()} high, needs {needed}"
        return
    needed_size = one.minimumSizeHint() if one.hasScaledContents() else one.sizeHint()
    if one.width() < needed_size.width() - SLACK or one.height() < needed_size.height() - SLACK:
        yield f"{called(one)}: {one.width()}×{one.height()}, needs {needed_size.width()}×{needed_size.height()}"


def _button_faults(one: QAbstractButton) -> Iterator[str]:
    if not one.text():
        return
    if CUT in one.text():
        if one.text().split(CUT)[0] not in one.toolTip():
            yield f"{called(one)}: cut without a tip"
        return
    needed = one.sizeHint()
    is_line = one.property("role") == "line"
    if (not is_line and one.width() < needed.width() - SLACK) or one.height() < needed.height() - SLACK:
        yield f"{called(one)}: {one.width()}×{one.height()}, needs {needed.width()}×{needed.height()}"


def _combo_faults(one: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    one.initStyleOption(option)
    complex_control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = one.style().subControlRect(complex_control, option, part, one).width()
    needed = one.fontMetrics().horizontalAdvance(one.currentText())
    if room < needed:
        yield f"{called(one)}: {one.currentText()} needs {needed}, has {room}"


def _line_faults(one: QLineEdit) -> Iterator[str]:
    words = one.text() or one.placeholderText()
    if not words or (one.text() and not one.isReadOnly()):  # what people type scrolls under the cursor
        return
    margins = one.textMargins()
    style = one.style()
    from PySide6.QtWidgets import QStyleOptionFrame

    option = QStyleOptionFrame()
    one.initStyleOption(option)
    room = style.subElementRect(QStyle.SubElement.SE_LineEditContents, option, one).width()
    room -= margins.left() + margins.right() + 4 + (28 if one.actions() else 0)
    shown_words = "●" * len(words) if one.text() and one.echoMode() != QLineEdit.EchoMode.Normal else words
    needed = one.fontMetrics().horizontalAdvance(shown_words)
    if needed > room and words not in one.toolTip():
        yield f"{called(one)}: “{words}” needs {needed}, has {room}"


def _table_faults(one: QTableView) -> Iterator[str]:
    head = one.horizontalHeader()
    if head.isVisible():
        yield from _head_faults(one, head)
    model = one.model()
    for row in range(min(model.rowCount(), 30)):
        for column in range(model.columnCount()):
            if one.isColumnHidden(column):
                continue
            words = str(model.index(row, column).data() or "")
            tip = str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "")
            room = one.columnWidth(column) - 2 * 8
            if one.fontMetrics().horizontalAdvance(words) > room and words not in tip:
                yield f"{one.accessibleName()}: cell “{words}” is cut without a tip"


def _head_faults(one: QTableView, head: QHeaderView) -> Iterator[str]:
    font = QFont(head.font())
    font.setWeight(QFont.Weight.DemiBold)
    font.setPixelSize(math.ceil(font.pixelSize() * 13 / 15))
    metrics = QFontMetrics(font)
    for column in range(head.count()):
        if head.isSectionHidden(column):
            continue
        words = str(one.model().headerData(column, Qt.Orientation.Horizontal) or "")
        needed = max(metrics.horizontalAdvance(line) for line in words.split("\n")) + 11 + 8
        if words and head.sectionSize(column) < needed - SLACK:
            yield f"{one.accessibleName()}: heading “{words}” needs {needed}, has {head.sectionSize(column)}"


def _pushed_out(root: QWidget) -> list[str]:
    """Return widgets of which a part lies where nobody can bring it into view."""
    faults = []
    for one in shown(root):
        parent = one.parentWidget()
        if parent is None or isinstance(one, QHeaderView) or _scrolls(one) or is_inner(one):
            continue
        if one.isWindow() or not isinstance(one, QLabel | QAbstractButton | QLineEdit | QComboBox | QTableView):
            continue
        if not QRect(QPoint(), parent.size()).adjusted(-2, -2, 2, 2).contains(one.geometry()):
            faults.append(f"{called(one)}: reaches out of its {type(parent).__name__}")
    for area in shown(root, QScrollArea):
        inner = area.widget()
        if inner is None or area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            continue
        if inner.width() > area.viewport().width() + SLACK:
            faults.append(
                f"{area.parentWidget().metaObject().className()}: {inner.width()} in {area.viewport().width()}"
            )
    return faults


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is not None and isinstance(parent.parentWidget(), QAbstractScrollArea)


def is_inner(widget: QWidget) -> bool:
    """Tell whether a widget is a part of another control."""
    return isinstance(widget.parentWidget(), QComboBox | QAbstractItemView | QLineEdit | QHeaderView)


def _overlapping(root: QWidget) -> list[str]:
    """Return pairs of controls or words that lie over each other."""
    leaves = (QLabel, QPushButton, QLineEdit, QComboBox)
    faults = []
    parents = {one.parentWidget() for one in shown(root) if isinstance(one, leaves)}
    for parent in parents:
        if parent is None or isinstance(parent, leaves):
            continue
        children = [one for one in parent.children() if isinstance(one, leaves) and one.isVisible() and _is_laid(one)]
        for place, one in enumerate(children):
            for other in children[place + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > 2 and common.height() > 2:
                    faults.append(f"{called(one)} and {called(other)} lie over each other")
    return faults


def _is_laid(one: QWidget) -> bool:
    return one.size() != QSize() and bool(one.text() if isinstance(one, QLabel) else True)
