"""Asking a register: one condition, or one kept under a name with how many answer it now."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QVBoxLayout

from ui.shared.surroundings import Surroundings
from ui.shared.words import button, clear, label
from xmdesk.records.base import fields_of
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.services.finding import Filter
    from xmdesk.services.registers import Registers

LONGEST = 30


class Filters(QFrame):
    """``chosen`` carries the filter to look through, or None for everything."""

    chosen = Signal(object)

    def __init__(self, register: Register, registers: "Registers", around: Surroundings) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        from xmdesk.services.finding import Finding

        self.setProperty("role", "card")
        self._register = register
        self._around = around
        self._finding = Finding(registers.store)
        self.field, self.op, self.value = QComboBox(), QComboBox(), QLineEdit()
        for control, name in ((self.field, "哪一项"), (self.op, "怎么比"), (self.value, "内容")):
            control.setAccessibleName(name)
        for name, spec in fields_of(register.record).items():
            self.field.addItem(spec.label, name)
        self.value.setPlaceholderText("内容，照平常的写法")
        self.kept = QVBoxLayout()
        look, keep, everything = button("筛选", "primary"), button("筛选并存下来"), button("全部显示", "quiet")
        look.clicked.connect(self._look_now)
        keep.clicked.connect(lambda: self.look(keeps=True))
        everything.clicked.connect(lambda: self._choose(None))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(label("只看符合条件的", "section"))
        for one in (self.field, self.op, self.value, look, keep, everything):
            column.addWidget(one)
        column.addLayout(self.kept)
        self.field.currentIndexChanged.connect(self._offer)
        self.value.returnPressed.connect(self._look_now)
        self._offer()

    def open(self, place: QPoint) -> None:
        """Drop down above a place on the screen, with what is kept and how many answer it now."""
        clear(self.kept)
        for one in (*self._noted(), *self._finding.saved(self._register.name)):
            made = button(f"{one.name}（{self._finding.count(one)}）", "row")
            made.clicked.connect(lambda _=False, one=one: self._choose(one))
            self.kept.addWidget(made)
        self.adjustSize()
        self.move(place.x(), max(0, place.y() - self.height()))
        self.show()
        self.field.setFocus()

    def _noted(self) -> "list[Filter]":
        """The filter for records with notes, as long as there are any."""
        from xmdesk.services.finding import Filter

        noted = Filter(self._register.name, "有批注的", noted=True)
        return [noted] if self._finding.count(noted) else []

    def _look_now(self) -> None:
        self.look()

    def look(self, *, keeps: bool = False) -> None:
        """Look through the condition that stands here; ``keeps`` keeps it under a name made of its words."""
        from xmdesk.ports import Condition, Op
        from xmdesk.services.finding import Filter

        words = f"{self.field.currentText()} {self.op.currentText()} {self.value.text().strip()}".strip()[:LONGEST]
        asked = Condition(self.field.currentData(), Op(self.op.currentData()), self.value.text().strip())
        self._around.work.now(
            lambda: self._try(Filter(self._register.name, words, (asked,)), keeps=keeps), self._choose
        )

    def _try(self, wanted: "Filter", *, keeps: bool) -> "Filter":
        self._finding.count(wanted)
        if keeps:
            self._finding.save(wanted)
        return wanted

    def _choose(self, wanted: Any) -> None:
        self.hide()
        self.chosen.emit(wanted)

    def _offer(self) -> None:
        from xmdesk.services.finding import WORDS, ops_for

        spec = fields_of(self._register.record)[self.field.currentData()]
        self.op.clear()
        for one in ops_for(spec.kind):
            self.op.addItem(WORDS[one], one)
