"""The navigation on the left: places in groups, with counts."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.places import Place
from ui.shared.icons import Icons
from ui.shared.words import button, label, set_tone, shorten


class Side(QFrame):
    """``asked`` carries the id of the place the person wants."""

    asked = Signal(str)

    def __init__(self, places: Sequence[Place], icons: Icons) -> None:
        super().__init__()
        self.setObjectName("side")
        self._icons = icons
        self._buttons: dict[str, QPushButton] = {}
        self._counts: dict[str, QLabel] = {}
        self._office = label("", "heading")
        self._office.setWordWrap(True)
        self._desk = label("", "small")
        self._group = QButtonGroup(self)
        self._build(places)
        icons.changed.connect(self.dress)
        self.dress()

    def _build(self, places: Sequence[Place]) -> None:
        # Widgets get their look from where they stand, so every parent is in place before its children come.
        scroll = QScrollArea()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        head = QVBoxLayout()
        outer.addLayout(head)
        outer.addWidget(scroll, 1)
        inner = QWidget()
        scroll.setWidget(inner)
        column = QVBoxLayout(inner)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(1)
        last = ""
        for place in places:
            if place.group != last:
                last = place.group
                column.addWidget(label(last, "group", parent=inner))
            column.addWidget(self._button(place, inner))
        column.addStretch(1)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        head.setContentsMargins(20, 16, 12, 10)
        head.setSpacing(0)
        head.addWidget(self._office)
        head.addWidget(self._desk)

    def _button(self, place: Place, parent: QWidget) -> QPushButton:
        made = button(place.text, parent=parent)
        made.setCheckable(True)
        made.clicked.connect(lambda: self.asked.emit(place.id))
        self._group.addButton(made)
        count = label("", "count", parent=made)
        count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 10, 0)
        row.addStretch(1)
        row.addWidget(count)
        self._buttons[place.id] = made
        self._counts[place.id] = count
        return made

    def introduce(self, office: str, desk: str) -> None:
        """Say whose book is open."""
        self._office.setText(shorten(office, 20) or "未填单位名称")
        self._desk.setText(desk)

    def choose(self, place: str) -> None:
        """Mark where we are."""
        if place in self._buttons:
            self._buttons[place].setChecked(True)

    def set_count(self, place: str, count: int, *, is_trouble: bool = False) -> None:
        """Show how many stand in a place; nothing for 0."""
        words = self._counts.get(place)
        if words is None:
            return
        words.setText(str(count) if count else "")
        words.setVisible(bool(count))
        set_tone(words, "wrong" if is_trouble else "")
        name = self._buttons[place].text()
        self._buttons[place].setAccessibleName(f"{name}，{count}" if count else name)

    def dress(self) -> None:
        """Put icons on and fit the width to the text size."""
        theme = self._icons.theme
        self.setFixedWidth(theme.px(204) - (theme.percent - 100) * 56 // 100)
        for place, one in self._buttons.items():
            one.setIcon(self._icons.get(place, "side_text"))
            one.setIconSize(QSize(theme.px(18), theme.px(18)))
