"""Settings of this user and this book: letters, colours, backup, and the certificate with which returns are sealed."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from ui.settings.backups import BackupsCard
from ui.settings.certificate import certificate_card
from ui.shared.page import SheetPage, card
from ui.shared.surroundings import Surroundings
from ui.shared.theme import TEXT_SIZES
from ui.shared.words import button, label

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

CLERK = "clerk"


class SettingsPage(SheetPage):
    """设置."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__("设置")
        self._desk = desk
        self._around = around
        self.column.addWidget(self._looks())
        if desk.office.desk() == CLERK:
            self.column.addWidget(certificate_card(desk, around))
        self.backups = BackupsCard(desk, around)
        self.column.addWidget(self.backups)
        self.column.addStretch(1)

    def _looks(self) -> Any:
        made, column = card("显示")
        current = self._around.preferring.current
        sizes = [(text, percent, current.percent == percent) for text, percent in TEXT_SIZES.items()]
        themes = [("浅色", False, not current.is_dark), ("深色", True, current.is_dark)]
        column.addWidget(label("文字大小", "label"))
        column.addLayout(self._row([(t, on, {"percent": value}) for t, value, on in sizes]))
        column.addWidget(label("颜色", "label"))
        column.addLayout(self._row([(t, on, {"is_dark": value}) for t, value, on in themes]))
        return made

    def _row(self, options: list[tuple[str, bool, dict[str, Any]]]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, on, values in options:
            row.addWidget(self._option(text, on, values))
        row.addStretch(1)
        return row

    def _option(self, text: str, on: bool, values: dict[str, Any]) -> QPushButton:
        one = button(text, "choice")
        one.setCheckable(True)
        one.setChecked(on)
        one.clicked.connect(lambda: self._around.preferring.change(**values))
        return one

    def take_files(self, paths: list[Path], register: str = "", sheet: str = "") -> None:
        """Take a backup that was dropped on the window."""
        self.backups.panel.take(paths[0])
        self.area.ensureWidgetVisible(self.backups)
