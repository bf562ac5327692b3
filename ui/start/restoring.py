"""Before a book is open: a backup becomes a new book, because the old one is damaged, lost or on another computer."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.backups_panel import BackupsPanel
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, frame, label
from xmdesk.files import shown_path


class Restoring(QWidget):
    """``wanted`` carries the folder of the restored book, ``back`` returns."""

    wanted = Signal(object)
    back = Signal()

    def __init__(self, around: Surroundings, book: Path | None) -> None:
        super().__init__()
        self.panel = BackupsPanel(around, book)
        self.panel.wanted.connect(self.wanted)
        card = frame("card")
        card.setMaximumWidth(around.icons.theme.px(920))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(28, 24, 28, 16)
        inside.setSpacing(10)
        inside.addWidget(label("从备份恢复", "title"))
        where = (
            f"{shown_path(book)} 里的备份；别处的备份也可以选，或者直接拖进来。"
            if book
            else "选 U 盘里的备份文件，或者直接拖进来。"
        )
        inside.addWidget(label(where, "small", wraps=True))
        inside.addWidget(self.panel)
        leave = button("返回", "quiet")
        leave.clicked.connect(self.back)
        row = QHBoxLayout()
        row.addWidget(leave)
        row.addStretch(1)
        inside.addLayout(row)
        middle = QHBoxLayout()
        middle.addStretch(0)
        middle.addWidget(card, 1)
        middle.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.addStretch(1)
        column.addLayout(middle)
        column.addStretch(1)
        self.setFocusProxy(self.panel.list if book else self.panel.other)
        self.panel.refresh()
