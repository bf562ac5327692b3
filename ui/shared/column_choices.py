"""The columns of a foreign table, each with what belongs to it, how it is written, and why the program thinks so."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from ui.shared.fields.pick_line import Option
from ui.shared.icons import Icons
from ui.shared.option_line import OptionLine
from ui.shared.words import clear, label

SEPARATOR = "+"
"""Between the fields of one option that fills several."""


@dataclass(frozen=True)
class ColumnLine:
    """One column; ``value`` is the chosen option, ``formats`` are ways of writing (value, words) where there is a choice.

    ``is_needless``: nothing belongs there, and nobody has to look at it. ``sample`` is what stands in a column without title.
    """

    header: str
    value: str
    why: str
    formats: tuple[Option, ...] = ()
    format: str = ""
    is_needless: bool = False
    sample: str = ""


class ColumnChoices(QScrollArea):
    """``chosen`` carries a header and an option, ``formed`` a header and a way of writing."""

    chosen = Signal(str, str)
    formed = Signal(str, str)

    def __init__(self, heads: tuple[str, ...], icons: Icons, *, name: str) -> None:
        super().__init__()
        self._heads = heads
        self._icons = icons
        self.lines: Sequence[ColumnLine] = ()
        self.pickers: dict[str, OptionLine] = {}
        self.forms: dict[str, QComboBox] = {}
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet = QWidget()
        sheet.setObjectName("sheet")
        self._grid = QGridLayout(sheet)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self.setWidget(sheet)

    def show_lines(self, lines: Sequence[ColumnLine], options: Sequence[Option]) -> None:
        """Show these columns; whoever was being typed in keeps the focus."""
        here = next((name for name, one in self.pickers.items() if one.hasFocus()), "")
        place = self.verticalScrollBar().value()
        clear(self._grid)
        self.lines, self.pickers, self.forms = lines, {}, {}
        for at, text in enumerate(self._heads):
            self._grid.addWidget(label(text, "label"), 0, at)
        for row, one in enumerate(lines, 1):
            self._add(row, one, options)
        weights = (4, 4, 3, 4) if len(self._heads) > 3 else (4, 4, 5)
        for at, weight in enumerate(weights):
            self._grid.setColumnStretch(at, weight)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        if here in self.pickers:
            self.pickers[here].setFocus()
        self.verticalScrollBar().setValue(place)

    def _add(self, row: int, one: ColumnLine, options: Sequence[Option]) -> None:
        title = one.header.replace("\n", "")
        self._grid.addWidget(label(f"{title}：{one.sample}" if one.sample else title, wraps=True), row, 0)
        known = {value for value, _ in options}
        titles = dict(options)
        more = [(one.value, "、".join(titles.get(name, name) for name in one.value.split(SEPARATOR)))]
        picker = OptionLine(
            [*options, *(more if one.value not in known else [])],
            one.value,
            self._icons,
            name=f"{one.header} 对应的项目",
        )
        picker.picked.connect(lambda value: self.chosen.emit(one.header, value))
        self.pickers[one.header] = picker
        self._grid.addWidget(picker, row, 1)
        picker.show()  # Qt would do it a moment later, and give the cursor to none before
        if len(self._heads) > 3 and len(one.formats) > 1:
            self._grid.addWidget(self._form(one), row, 2)
        tone = "" if one.value or one.is_needless else "missing"
        self._grid.addWidget(label(one.why, "small", tone=tone, wraps=True), row, len(self._heads) - 1)

    def _form(self, one: ColumnLine) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"{one.header} 的写法")
        for value, words in one.formats:
            box.addItem(words, value)
        box.setCurrentIndex(max(box.findData(one.format), 0))
        box.activated.connect(lambda _: self.formed.emit(one.header, box.currentData()))
        self.forms[one.header] = box
        return box
