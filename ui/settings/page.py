"""Settings of this user and this book: letters, colours, backup, and the certificate with which returns are sealed."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui.settings.backups import BackupsCard
from ui.settings.certificate import certificate_card
from ui.settings.secrets import SecretsCard
from ui.shared.page import SheetPage, card
from ui.shared.reading_order import stops
from ui.shared.surroundings import Surroundings
from ui.shared.theme import TEXT_SIZES, Theme
from ui.shared.words import button, label
from xmdesk.services.practising import is_practice

if TYPE_CHECKING:
    from xmdesk.services.desk import Desk

CLERK, CERTIFICATE = "clerk", "certificate"
WAITS = "选过的大字没有丢：这里先用放得下的，换到大屏幕上再打开就恢复。"


class SettingsPage(SheetPage):
    """设置."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__("设置")
        self._desk = desk
        self._around = around
        self.lock = button("锁定", "quiet")
        self.lock.setToolTip("合上台账册，回到输入密码（Ctrl+L）")
        self.lock.clicked.connect(lambda: around.travel.to("lock"))
        self.head.addWidget(self.lock)
        self.column.addWidget(self._looks())
        self.certificate: QWidget | None = None
        if not is_practice(desk):  # it can have no certificate, and its password is no secret
            self._add_own(desk)
        self.backups = BackupsCard(desk, around)
        self.column.addWidget(self.backups)
        self.column.addStretch(1)
        self.start_at = _chosen(self.sizes.values())

    def _add_own(self, desk: "Desk") -> None:
        if desk.office.desk() == CLERK:
            self.certificate = certificate_card(desk, self._around)
            self.column.addWidget(self.certificate)
        self.secrets = SecretsCard(desk.folder, self._around)
        self.column.addWidget(self.secrets)

    def show_record(self, uid: str, field: str = "") -> None:
        """Go to the card of the certificate."""
        card = self.certificate if field == CERTIFICATE else None
        if card is not None:
            self.area.ensureWidgetVisible(card)
            first = next(iter(stops(card)), card)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _looks(self) -> Any:
        made, column = card("显示")
        current = self._around.preferring.current
        column.addWidget(label("文字大小", "label"))
        worn = self._around.icons.theme.percent
        self.sizes = {
            percent: self._option(text, worn == percent, {"percent": percent}) for text, percent in TEXT_SIZES.items()
        }
        self.too_large = label("", "small", wraps=True)
        column.addLayout(self._row(self.sizes.values()))
        column.addWidget(self.too_large)
        column.addWidget(label("颜色", "label"))
        self.colours = [
            self._option(text, current.is_dark == value, {"is_dark": value})
            for text, value in (("浅色", False), ("深色", True))
        ]
        column.addLayout(self._row(self.colours))
        return made

    def hand_over(self) -> object:
        """The cursor stays among the colours: the next arrow must not change the letters."""
        return True if self.focusWidget() in self.colours else None

    def take_over(self, handed: Any) -> None:
        """Begin among the colours, where the cursor was."""
        self.start_at = _chosen(self.colours)

    def showEvent(self, event: Any) -> None:
        """Offer the sizes of letters for which the screen has room."""
        super().showEvent(event)
        self.offer_sizes(max(self.screen().availableSize().width(), self.window().width()))

    def offer_sizes(self, wide: int) -> None:
        """Offer the sizes with which every page fits into so many pixels; say why the others are not."""
        too_large = [percent for percent in self.sizes if Theme(percent=percent).least_window[0] > wide]
        for percent, one in self.sizes.items():
            one.setEnabled(percent not in too_large)
        names = "、".join(f"“{self.sizes[one].text()}”" for one in too_large)
        why = f"这个屏幕宽 {wide} 像素，放不下{names}，按钮会被切掉。"
        waits = self._around.preferring.current.percent in too_large
        self.too_large.setText(f"{why}{WAITS if waits else '请用小一些的文字。'}")
        self.too_large.setVisible(bool(too_large))

    def _option(self, text: str, on: bool, values: dict[str, Any]) -> QPushButton:
        one = button(text, "choice")
        one.setCheckable(True)
        one.setChecked(on)
        preferring = self._around.preferring
        # The page is made anew in other looks: not while this button is still at its key.
        one.clicked.connect(lambda: QTimer.singleShot(0, preferring, lambda: preferring.change(**values)))
        return one

    def take_files(self, paths: list[Path], register: str = "", sheet: str = "") -> None:
        """Take a backup that was dropped on the window."""
        self.backups.panel.take(paths[0])
        self.area.ensureWidgetVisible(self.backups)

    def _row(self, options: Iterable[QPushButton]) -> QHBoxLayout:
        """One of them holds, whichever is clicked."""
        row, group = QHBoxLayout(), QButtonGroup(self)
        row.setSpacing(8)
        for one in options:
            row.addWidget(one)
            group.addButton(one)
        row.addStretch(1)
        return row


def _chosen(options: Iterable[QPushButton]) -> QPushButton | None:
    """The one of them that holds."""
    return next((one for one in options if one.isChecked()), None)
