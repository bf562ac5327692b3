"""What the page of a register shows while nothing is in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.shared.surroundings import Surroundings
from ui.shared.templates import save_template
from ui.shared.words import button, label
from xmdesk.records.registers import Register


class Blank(QWidget):
    """What an empty register says."""

    def __init__(self, register: Register, around: Surroundings) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(label(f"还没有{register.noun}", "heading"), 0, Qt.AlignmentFlag.AlignCenter)
        words = "一条一条新增，或者从已有的表格导入。没填完也能保存。"
        hint = label(words, "muted", wraps=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(hint)
        self.add = button(f"新增第一条{register.noun}", "primary")
        self.take, self.template = button("导入已有的表格"), button("空白模板", "quiet")
        self.template.setToolTip("存一张空表，发给别人填或在 WPS、Excel 里填，填好拖进来")
        for one in (self.add, self.take, self.template):
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)
        self.take.clicked.connect(lambda: around.travel.to("imports"))
        self.template.clicked.connect(lambda: save_template(register.name, around))
