"""另设周期: how often the ticked objects are also to be looked at, in looks of one kind."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.shared.asking import Asking
from ui.shared.fields.lines import LineField
from ui.shared.fields.picks import Referenced
from ui.shared.icons import Icons
from ui.shared.words import button, label
from xmdesk.records.codes import InspectionKind
from xmdesk.records.keeping import Cycle

ASKED = {"kind": 1, "frequency": 1}


class CycleStrip(QFrame):
    """``saved`` carries what was asked, ``dropped`` the kind whose cycle is to go; ``left`` fires at Escape."""

    saved = Signal(object)
    dropped = Signal(object)
    left = Signal()

    def __init__(self, icons: Icons, referenced: Referenced) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.asking = Asking(Cycle, ASKED, referenced=referenced, icons=icons)
        frequency = self.asking.fields["frequency"]
        if isinstance(frequency, LineField):
            frequency.line.hint("如 每周2次、每年1次", "如 每年1次")  # 按需 is no cycle
        self.save = button("保存", name="保存这个周期")
        self.drop = button("去掉这个周期", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 10)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label("给勾选的对象另设周期", "section"))
        head.addStretch(1)
        head.addWidget(self.drop)  # not beside the fields: Enter behind the last of them leads to saving
        column.addLayout(head)
        column.addWidget(
            label("只有这一类的巡查才算数。清单上的频次不变，另设的周期只在本单位用，不上报。", "muted", wraps=True)
        )
        column.addWidget(self.asking)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        column.addLayout(foot)
        self.save.clicked.connect(self._save)
        self.drop.clicked.connect(lambda: self.dropped.emit(self.asking.fields["kind"].read()))
        self.hide()

    def open(self, kind: InspectionKind | None, frequency: Mapping[str, Any]) -> None:
        """Show the strip with a cycle to begin from."""
        self.asking.fill(kind=kind or InspectionKind.SPECIAL, frequency=dict(frequency) if kind else {})
        self.show()
        self.asking.fields["kind"].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives the cycle up; a list that is down takes the first one."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _save(self) -> None:
        asked = self.asking.read()
        if asked is not None:
            self.saved.emit(asked)
