"""The navigation on the left: places in groups, with counts."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.places import Place
from ui.shared.icons import Icons
from ui.shared.words import button, label, set_tone, shorten

MOST_COUNTED, MOST_IN_ALL = 99, 999
GAP = 6
COUNT = 17
"""The room for the number of records: what stands before it is in line, whether there is a number or not."""


class Side(QFrame):
    """``asked`` carries the id of the place the person wants; ``problems`` asks for the panel of problems."""

    asked = Signal(str)
    problems = Signal()

    def __init__(self, places: Sequence[Place], icons: Icons, *, shows_problems: bool = False) -> None:
        super().__init__()
        self.setObjectName("side")
        self._icons = icons
        self._buttons: dict[str, QPushButton] = {}
        self._counts: dict[str, QLabel] = {}
        self._troubles: dict[str, QLabel] = {}
        self._told: dict[str, str] = {}
        self._office = label("", "heading")
        self._office.setWordWrap(True)
        self._desk = label("", "small")
        self._group = QButtonGroup(self)
        self.sum_up = button("问题", "sum")
        self._errors, self._warnings = _trouble(tone="wrong"), _trouble(tone="missing")
        self._build(places)
        self._build_sum()
        self.sum_up.setVisible(shows_problems)
        icons.changed.connect(self.dress)
        self.dress()

    def _build(self, places: Sequence[Place]) -> None:
        # Widgets get their look from where they stand, so every parent is in place before its children come.
        self._scroll = scroll = QScrollArea()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        head = QVBoxLayout()
        outer.addLayout(head)
        outer.addWidget(scroll, 1)
        outer.addWidget(self.sum_up)
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

    def _build_sum(self) -> None:
        """The line below the places: all errors and warnings, and the way to them."""
        self.sum_up.setToolTip("看所有的问题（F5）")
        self.sum_up.clicked.connect(self.problems)
        row = QHBoxLayout(self.sum_up)
        row.setContentsMargins(0, 0, 10, 0)
        row.setSpacing(4)
        row.addStretch(1)
        for one in (self._errors, self._warnings):
            row.addWidget(one)

    def _button(self, place: Place, parent: QWidget) -> QPushButton:
        made = button(place.text, parent=parent)
        made.setCheckable(True)
        made.clicked.connect(lambda: self.asked.emit(place.id))
        self._group.addButton(made)
        count = label("", "count", parent=made)
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        trouble = _trouble(parent=made)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 10, 0)
        row.setSpacing(GAP)
        row.addStretch(1)
        row.addWidget(trouble)
        row.addWidget(count)
        made.installEventFilter(self)
        self._troubles[place.id] = trouble
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
            self._scroll.ensureWidgetVisible(self._buttons[place], 0, GAP)

    def resizeEvent(self, event: Any) -> None:
        """Where there is less room, the place in front stays in view."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_chosen)

    def _show_chosen(self) -> None:
        chosen = self._group.checkedButton()
        if chosen is not None:
            self._scroll.ensureWidgetVisible(chosen, 0, GAP)

    def set_count(self, place: str, count: int) -> None:
        """Show how many stand in a place; nothing for 0."""
        words = self._counts.get(place)
        if words is None:
            return
        words.setText(str(count) if count else "")
        self._fit(place)
        self._name(place)

    def set_troubles(self, found: Mapping[str, tuple[int, int]]) -> None:
        """Show beside each place how many errors stand there, or where there are none how many warnings; and the sums."""
        for place, chip in self._troubles.items():
            errors, warnings = found.get(place, (0, 0))
            _show_count(chip, errors or warnings)
            set_tone(chip, "wrong" if errors else "missing")
            self._told[place] = _trouble_words(errors, warnings)
            self._buttons[place].setToolTip(self._told[place])
            self._fit(place)
            self._name(place)
        errors, warnings = (sum(one[side] for one in found.values()) for side in (0, 1))
        _show_count(self._errors, errors, most=MOST_IN_ALL)
        _show_count(self._warnings, warnings, most=MOST_IN_ALL)
        words = _trouble_words(errors, warnings) or "没有"
        self.sum_up.setAccessibleName(f"问题：{words}")
        self.sum_up.setToolTip(f"{words}。看所有的问题（F5）")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Numbers stand where there is room beside the name of a place."""
        if event.type() == QEvent.Type.Resize:
            for place, one in self._buttons.items():
                if one is watched:
                    self._fit(place)
        return super().eventFilter(watched, event)

    def _fit(self, place: str) -> None:
        """Of the two numbers the one of the records gives way, with its room."""
        chip, count = self._troubles[place], self._counts[place]
        wanted = self._buttons[place].sizeHint().width() + max(count.sizeHint().width(), count.minimumWidth())
        wanted += 0 if chip.isHidden() else chip.sizeHint().width() + GAP
        count.setVisible(wanted <= self._buttons[place].width())

    def _name(self, place: str) -> None:
        made, count = self._buttons[place], self._counts[place].text()
        made.setAccessibleName("，".join(filter(None, (made.text(), count, self._told.get(place, "")))))

    def dress(self) -> None:
        """Put icons on and fit the width to the text size."""
        theme = self._icons.theme
        self.setFixedWidth(theme.px(212) - (theme.percent - 100) * 30 // 100)
        self.sum_up.setIcon(self._icons.get("doubt", "side_text"))
        self.sum_up.setIconSize(QSize(theme.px(18), theme.px(18)))
        for place, one in self._buttons.items():
            one.setIcon(self._icons.get(place, "side_text"))
            one.setIconSize(QSize(theme.px(18), theme.px(18)))
            self._counts[place].setMinimumWidth(theme.px(COUNT))


def _trouble(*, tone: str = "", parent: QWidget | None = None) -> QLabel:
    """A small pill with a number; mouse clicks go to the button it stands on."""
    made = label("", "trouble", tone=tone, parent=parent)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    made.hide()
    return made


def _show_count(chip: QLabel, count: int, *, most: int = MOST_COUNTED) -> None:
    chip.setText(str(count) if count <= most else f"{most}+")
    chip.setVisible(bool(count))


def _trouble_words(errors: int, warnings: int) -> str:
    told = (f"{errors} 处错误" if errors else "", f"{warnings} 处待填或提醒" if warnings else "")
    return "，".join(filter(None, told))
