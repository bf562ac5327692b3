"""Settings of this user and this book: letters, colours, backup, and the certificate with which returns are sealed."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton

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
        self.column.addWidget(self._backup())
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

    def _backup(self) -> Any:
        made, column = card("台账和备份")
        column.addWidget(label(f"台账放在：{self._desk.folder}", "muted", wraps=True))
        column.addWidget(
            label("每次导入和升级之前会自动备份。换电脑或重装系统之前，请再备份一次到 U 盘。", "muted", wraps=True)
        )
        row = QHBoxLayout()
        now, lock = button("立即备份", "primary"), button("锁定")
        lock.setToolTip("Ctrl+L")
        now.clicked.connect(self._back_up)
        lock.clicked.connect(lambda: self._around.travel.to("lock"))
        row.addWidget(now)
        row.addWidget(lock)
        row.addStretch(1)
        column.addLayout(row)
        return made

    def _back_up(self) -> None:
        folder = self._around.dialogs.choose_folder("备份到哪里（可以直接选 U 盘）")
        if folder is not None:
            job = lambda _: self._desk.upkeep.back_up("手动", folder)  # noqa: E731 - one use
            self._around.work.long("正在备份并核对", job, self._backed_up)

    def _backed_up(self, path: Any) -> None:
        self._around.changes.announce(f"已备份并核对：{path.name}")
