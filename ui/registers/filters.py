"""Asking a register beside its table: conditions, how many records answer now, and questions kept under a name."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.registers.conditions import ConditionLine
from ui.registers.kept import KeptFilters
from ui.shared.reading_order import put_in_reading_order
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, clear, frame, label
from xmdesk.records.base import FieldSpec
from xmdesk.records.registers import Register
from xmdesk.records.values.reading import Bad

if TYPE_CHECKING:
    from xmdesk.services.finding import Filter
    from xmdesk.services.registers import Registers

COUNT_PAUSE_MS = 150
MOST = 8


class FilterPanel(QWidget):
    """``chosen`` carries the filter to look through, or None for everything; ``closed`` fires to go back to the form.

    ``is_large`` tells whether counting takes long enough to be done aside.
    """

    chosen = Signal(object)
    closed = Signal()

    def __init__(
        self, register: Register, registers: "Registers", specs: dict[str, FieldSpec], around: Surroundings
    ) -> None:
        super().__init__()
        from xmdesk.services.entering import Entering
        from xmdesk.services.finding import Finding

        self._register = register
        self._specs = specs
        self._around = around
        self._entering: Entering = Entering(registers)
        self._finding = Finding(registers.store)
        self._asked = 0
        self.is_large: Callable[[], bool] = lambda: False
        self.lines: list[ConditionLine] = []
        self.kept = KeptFilters(register, self._finding, around)
        self._pause = QTimer(self, singleShot=True, interval=COUNT_PAUSE_MS)
        self._build()
        self._connect()
        self._add()

    def _build(self) -> None:
        self.close_panel = button("回到内容", "quiet")
        self.all_of, self.any_of = (self._way(words) for words in ("全部符合", "符合一条就行"))
        self.all_of.setChecked(True)
        self.more = button("再加一个条件", "quiet")
        self.more.setIcon(self._around.icons.get("new", "accent"))
        self.look_now, self.everything = button("筛选", "primary"), button("全部显示", "quiet")
        self.count = label("", "muted")
        self._conditions = QVBoxLayout()
        self._conditions.setSpacing(14)
        sheet = QWidget()
        sheet.setObjectName("sheet")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(16, 8, 16, 16)
        inside.setSpacing(10)
        inside.addLayout(_row(self.all_of, self.any_of))
        inside.addLayout(self._conditions)
        inside.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addLayout(_row(self.look_now, self.everything, self.count))
        inside.addWidget(self.kept)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(sheet)
        panel = frame("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 6)
        head.addWidget(label("筛选", "heading"))
        head.addStretch(1)
        head.addWidget(self.close_panel)
        column.addLayout(head)
        column.addWidget(frame("rule"))
        column.addWidget(area, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(panel)

    def _way(self, words: str) -> QPushButton:
        made = button(words, "choice", name=f"几个条件时：{words}")
        made.setCheckable(True)
        made.setAutoExclusive(True)
        made.clicked.connect(self._recount)
        return made

    def _connect(self) -> None:
        self.close_panel.clicked.connect(self.closed)
        self.more.clicked.connect(self._add_more)
        self.look_now.clicked.connect(self.look)
        self.everything.clicked.connect(lambda: self.chosen.emit(None))
        self._pause.timeout.connect(self._count)
        self.kept.chosen.connect(self._take)
        self.kept.asked.connect(self._keep)
        self._around.changes.changed.connect(self._changed)

    def open(self, wanted: "Filter | None") -> None:
        """Show what is in force, and what is kept."""
        self._show(wanted)
        self.kept.refresh(is_large=self.is_large())
        self.lines[0].field.setFocus()

    def _show(self, wanted: "Filter | None") -> None:
        from xmdesk.services.filter_words import value_words

        if wanted is None:
            return
        clear(self._conditions)
        self.lines.clear()
        (self.any_of if wanted.is_any else self.all_of).setChecked(True)
        for one in wanted.conditions:
            if one.field in self._specs:
                self._add().show_condition(one, value_words(self._finding.store, wanted.register, one))
        if not self.lines:
            self._add()
        self._recount()

    def _add(self) -> ConditionLine:
        line = ConditionLine(self._specs, self._entering, self._around.icons)
        line.changed.connect(self._recount)
        line.entered.connect(self.look)
        line.removed.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._conditions.addWidget(line)
        self._arrange()
        return line

    def _add_more(self) -> None:
        self._add().field.setFocus()

    def _remove(self, line: ConditionLine) -> None:
        place = self.lines.index(line)
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        if not self.lines:
            self._add()
        self._arrange()
        self.lines[min(place, len(self.lines) - 1)].field.setFocus()
        self._recount()

    def _arrange(self) -> None:
        """Tab goes through the conditions as they stand; all or any is asked from the second on."""
        put_in_reading_order(self)
        before: QWidget = self.any_of
        for line in self.lines:
            for one in line.stops:
                QWidget.setTabOrder(before, one)
                before = one
        for one in (self.more, self.look_now, self.everything):
            QWidget.setTabOrder(before, one)
            before = one
        for one in (self.all_of, self.any_of):
            one.setVisible(len(self.lines) > 1)
        self.more.setEnabled(len(self.lines) < MOST)

    def look(self) -> None:
        """Look through the conditions; one that cannot be read says so in its place."""
        wanted = self._judged()
        if wanted is not None:
            self.chosen.emit(wanted)

    def _judged(self) -> "Filter | None":
        wrong = [one for one in self.lines if not one.judge()]
        if wrong:
            wrong[0].value.setFocus()
            return None
        return self._filter()

    def _filter(self) -> "Filter":
        """Return what is asked; conditions without a value are left out. Raises ``Bad``."""
        from xmdesk.services.finding import Filter

        conditions = tuple(one.condition() for one in self.lines if one.is_complete)
        return Filter(self._register.name, "", conditions, is_any=self.any_of.isChecked())

    def _recount(self) -> None:
        self._propose()
        self._pause.start()

    def _propose(self) -> None:
        from xmdesk.services.filter_words import proposed_name

        try:
            wanted = self._filter()
        except Bad:
            return
        self.kept.propose(proposed_name(self._finding.store, wanted) if wanted.conditions else "")

    def _count(self) -> None:
        """Count what answers now; of several questions only the last gets its answer shown."""
        self._asked += 1
        number = self._asked
        try:
            wanted = self._filter()
        except Bad:
            self.count.setText("")
            return
        if not wanted.conditions:
            self.count.setText("")
            return

        def told(found: int) -> None:
            if number == self._asked:
                self.count.setText(f"符合的有 {found} 条")

        read = self._around.work.aside if self.is_large() else self._around.work.now
        read(lambda: self._finding.count(wanted), told)

    def _keep(self, name: str) -> None:
        wanted = self._judged()
        if wanted is not None:
            named = replace(wanted, name=name)
            self._around.work.now(lambda: self._finding.save(named), lambda _: self._kept(named))

    def _kept(self, wanted: "Filter") -> None:
        self.kept.refresh(is_large=self.is_large())
        self._around.changes.announce(f"已存下筛选：{wanted.name}")
        self.chosen.emit(wanted)

    def _take(self, wanted: Any) -> None:
        self._show(wanted)
        self.chosen.emit(wanted)

    def _changed(self) -> None:
        if self.isVisible():
            self.kept.refresh(is_large=self.is_large())
            self._pause.start()


def _row(*widgets: QWidget) -> QHBoxLayout:
    made = QHBoxLayout()
    made.setSpacing(8)
    for one in widgets:
        made.addWidget(one)
    made.addStretch(1)
    return made
