"""The title line of a register: how many records, the search, full numbers, and a new record."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.shared.icons import Icons
from ui.shared.search_line import SearchLine
from ui.shared.words import button, label
from xmdesk.records.registers import Register


class Head(QWidget):
    """The controls are wired by the page."""

    def __init__(self, register: Register, *, has_numbers: bool) -> None:
        super().__init__()
        self.count = label("", "beside")
        self.ended = button("已停用", "link")
        self.ended.setToolTip("停用的不删除，都在这里：可以看、可以重新启用")
        self.ended.hide()
        self.search = SearchLine("查找文字或拼音首字母", "查找文字或拼音", pause=0)
        self.reveal = button("显示完整号码", "quiet")
        self.reveal.setCheckable(True)
        if not has_numbers:
            self.reveal.hide()  # showing it here, without a parent yet, would flash a window of its own
        self.add = button(f"新增{register.noun}", "primary")
        self.add.setToolTip("Ctrl+N")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 16, 14)
        row.setSpacing(12)
        row.addWidget(label(register.title, "title"))
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.ended, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        row.addWidget(self.reveal)
        row.addWidget(self.search)
        row.addWidget(self.add)

    def show_count(self, shown: int, strays: int, *, is_asked: bool) -> None:
        """Say how many records there are; where something is asked, how many answer."""
        self.count.setText(f"找到 {shown - strays} 条" if is_asked else f"{shown} 条")

    def show_ended(self, count: int) -> None:
        """Say how many have ended, and lead to them; nothing where none has."""
        self.ended.setText(f"已停用 {count}")
        self.ended.setAccessibleName(f"看已停用的 {count} 条")
        self.ended.setVisible(bool(count))

    def dress(self, icons: Icons) -> None:
        """Wear the icons."""
        self.add.setIcon(icons.get("new", "on_accent"))
        self.reveal.setIcon(icons.get("eye", "accent"))
