"""One record as it was, beside the table of that time: every answered field in its section, to be read only."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from ui.registers.reading_panel import ReadingPanel
from ui.shared.layout import layout_of
from ui.shared.words import clear, frame, label
from xmdesk.records.base import fields_of
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.services.past import PastRegister


class PastRecord(ReadingPanel):
    """Shows what a person may read and copy; numbers are masked."""

    def __init__(self, register: Register) -> None:
        super().__init__("当时的内容", label("当时的内容", "chip", tone="explained"))
        self._register = register
        self._wide = 0

    def show_record(self, past: "PastRegister", uid: str) -> None:
        """Show the record as it was, with its notes of that time."""
        from xmdesk.services.field_notes import FieldNotes

        clear(self.lines)
        registers = past.registers
        record = registers.get(self._register.name, uid)
        if record is None:
            self.title.setText("")
            self.lines.addWidget(label("那时还没有这一条", "muted"))
            self.lines.addStretch(1)
            return
        shown = registers.shown(record)
        self.title.setText(shown.get(record.title_field) or registers.title_of(record))
        notes = FieldNotes(past.store).texts(uid)
        specs = fields_of(self._register.record)
        self._wide = max(self.fontMetrics().horizontalAdvance(one.label) for one in specs.values())
        for section in layout_of(self._register.name).sections:
            told = [(specs[name].label, shown[name], notes.get(name, "")) for name in section.fields]
            self._add(section.title, [one for one in told if one[1] or one[2]])
        self.lines.addStretch(1)

    def _add(self, title: str, told: list[tuple[str, str, str]]) -> None:
        if not told:
            return
        self.lines.addWidget(label(title, "section"))
        self.lines.addWidget(frame("rule"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, self._wide)
        grid.setColumnStretch(1, 1)
        for row, (name, text, note) in enumerate(told):
            words = "\n".join(filter(None, (text, f"批注：{note}" if note else "")))
            grid.addWidget(label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_selectable(words), row, 1)
        self.lines.addLayout(grid)


def _selectable(text: str) -> QLabel:
    made = label(text, wraps=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
