"""The life of one record beside the table: when, who, and what each field showed before and after."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal

from ui.registers.reading_panel import ReadingPanel
from ui.shared.due import said_time
from ui.shared.words import button, clear, frame, label
from xmdesk.records.registers import Register

if TYPE_CHECKING:
    from xmdesk.services.past import Happening
    from xmdesk.services.registers import Registers

MOST = 60
EMPTY = "（空）"


class HistoryPanel(ReadingPanel):
    """``closed`` fires when the person goes back to the form, ``wanted`` carries a moment to see the register at."""

    closed = Signal()
    wanted = Signal(str)

    def __init__(self, register: Register, registers: "Registers") -> None:
        back = button("回到内容", "quiet")
        super().__init__("修改记录", back)
        from xmdesk.services.past import Past

        self._register = register
        self._past = Past(registers)
        self.back = back
        self.back.clicked.connect(self.closed)

    def open(self, uid: str) -> None:
        """Show what happened to a record."""
        self.show_happenings(self._past.of(self._register.name, uid))
        self.back.setFocus()

    def show_happenings(self, found: "list[Happening]") -> None:
        """Show these, the newest first."""
        clear(self.lines)
        self.title.setText("修改记录")
        for one in found[:MOST]:
            self._add(one)
        if len(found) > MOST:
            self.lines.addWidget(label(f"更早的还有 {len(found) - MOST} 次", "small"))
        if not found:
            self.lines.addWidget(label("还没有保存过", "muted"))
        self.lines.addStretch(1)

    def _add(self, one: Any) -> None:
        who = f"  {one.by}" if one.by else ""
        self.lines.addWidget(label(f"{said_time(one.at)}{who}  {one.label}", "section", wraps=True))
        self.lines.addWidget(frame("rule"))
        see = button("看当时的台账", "text", name=f"看 {said_time(one.at)} 时的台账")
        see.clicked.connect(lambda: self.wanted.emit(one.at))
        for change in one.changes:
            words = f"{change.label}：{change.before or EMPTY} → {change.after or EMPTY}"
            self.lines.addWidget(label(words, wraps=True))
        self.lines.addWidget(see, 0, Qt.AlignmentFlag.AlignLeft)
