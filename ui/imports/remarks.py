"""提醒: what a person should know of the sheet as a whole before anything is written, each with what can be done about it."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.shared.words import button, clear, frame, label, set_role

NAME = "这张表要留意的地方"
NOTHING = "这张表没有要特别留意的。"
DONE = "另外，读表时已经这样处理："
OTHER = "一次导入一张表：可以现在就改读那一张，也可以这张写入以后接着读。"
WRITTEN = "那张表刚才已经写入。"
LEFT_OUT = "要导入的，点“隐藏的行也导入”。"
TAKEN_IN = "不要的，点“隐藏的行不导入”。"


class RemarksPanel(QWidget):
    """``other`` asks for another table of the sheet (the row of its titles), ``hidden`` to leave hidden rows out or not, ``columns``,
    ``sheets`` and ``pairs`` to look there; ``seen``: the person has read all of it.
    """

    other = Signal(int)
    hidden = Signal(bool)
    columns = Signal()
    sheets = Signal()
    pairs = Signal()
    seen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_seen = True
        self.count = 0
        self._inside = QWidget()
        self._lines = QVBoxLayout(self._inside)
        self._lines.setContentsMargins(0, 0, 12, 0)
        self._lines.setSpacing(8)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(NAME)
        self.area.setWidget(self._inside)
        self.read = button("看过了，接着往下", "primary")
        self.read.clicked.connect(self._read)
        row = QHBoxLayout()
        row.addWidget(self.read)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.area, 1)
        column.addLayout(row)

    def show_remarks(self, preview: Any, *, written: Collection[int], again: bool) -> None:
        """Show what is to be said of a table; ``written`` are the titles' rows of tables that went in already.

        ``again``: it is the same table, read otherwise.
        """
        from xmdesk.services.remarks import remarks_on

        found = remarks_on(preview)
        self.count = len(found.asked)
        self.is_seen = (self.is_seen and again) or not found.asked
        clear(self._lines)
        for place, one in enumerate(found.asked):
            if place:
                self._lines.addWidget(frame("rule"))
            self._lines.addWidget(self._remark(one, preview, written))
        if found.done:
            self._lines.addWidget(
                label(DONE if found.asked else NOTHING + DONE.removeprefix("另外，"), "muted", wraps=True)
            )
            for one in found.done:
                self._lines.addWidget(label(f"· {one.text}", "muted", wraps=True))
        self._lines.addStretch(1)
        told = "".join(one.text for one in (*found.asked, *found.done))
        self.area.setAccessibleDescription(told)
        self.read.setAccessibleDescription("".join(f"{one.text}{one.to_do}" for one in found.asked))
        self.read.setVisible(bool(found.asked))
        set_role(self.read, "" if self.is_seen else "primary")
        self.setEnabled(bool(found.asked or found.done))

    def begin(self) -> None:
        """Put the cursor where one goes on; whoever hears the window hears all remarks there."""
        self.read.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        self.is_seen = True
        set_role(self.read, "")
        self.seen.emit()

    def _remark(self, one: Any, preview: Any, written: Collection[int]) -> QWidget:
        """The sentence, what to do, and the act if there is one."""
        to_do, act = self._act(one, preview, written)
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        column = QVBoxLayout()
        column.setSpacing(2)
        row.addLayout(column, 1)
        for text, role in ((one.text, ""), (to_do, "muted")):
            column.addWidget(label(text, role, wraps=True))
        if act is not None:
            act.setAccessibleName(f"{act.text()}：{one.text}")
            row.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _act(self, one: Any, preview: Any, written: Collection[int]) -> tuple[str, Any]:
        from xmdesk.services.remarks import HIDDEN_ROWS, OTHER_TABLE, PEOPLE_CHANGED

        if one.code == OTHER_TABLE:
            row = one.facts["header_row"]
            if row in written:
                return WRITTEN, None
            act = button("改读那张表")
            act.clicked.connect(lambda: self.other.emit(row))
            return OTHER, act
        if one.code == HIDDEN_ROWS:
            skips = preview.choices.skip_hidden
            act = button("隐藏的行也导入" if skips else "隐藏的行不导入")
            act.clicked.connect(lambda: self.hidden.emit(not skips))
            return LEFT_OUT if skips else TAKEN_IN, act
        looks = {
            PEOPLE_CHANGED: ("逐行看", self.pairs),
            "SHEET-HIDDEN-COLUMNS": ("看列的对应", self.columns),
            "SHEET-HIDDEN-SHEETS": ("选工作表", self.sheets),
        }
        if one.code not in looks:
            return one.to_do, None
        words, asked = looks[one.code]
        act = button(words)
        act.clicked.connect(asked)
        return one.to_do, act
