"""Who may sign: the district's authority with its digits, granting, and the list of certificates."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.certificates.granting import GrantCard
from ui.certificates.issued import IssuedPanel
from ui.certificates.root import RootCard
from ui.certificates.township import TownshipCard
from ui.shared.arranging import Beside
from ui.shared.page import SheetPage, card
from ui.shared.surroundings import Surroundings
from ui.shared.words import button, label

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.desk import Desk


class CertificatesPage(SheetPage):
    """开通与证书."""

    def __init__(self, desk: "Desk", around: Surroundings) -> None:
        super().__init__("开通与证书")
        self._desk = desk
        self._around = around
        self.root: RootCard | None = None
        self.granting: GrantCard | None = None
        self.issued: IssuedPanel | None = None
        self.township: TownshipCard | None = None
        self.found = button("建立签发机构", "primary")
        self._beginning = self._beginning_card()
        self.column.addWidget(self._beginning)
        self.found.clicked.connect(self._establish)
        self._arrange()
        around.changes.changed.connect(self.refresh)

    def _beginning_card(self) -> QWidget:
        made, column = card("先建立本区的签发机构")
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for words in (
            "建立之后，才能给各镇街、村（社区）办理开通，接收他们的上报件，出回执。",
            "只建一次。请两个人在这台不联网的电脑上一起办；建好会给出 20 位核对数字，印成通知发到每个村。",
        ):
            column.addWidget(label(words, wraps=True))
        row = QHBoxLayout()
        row.addWidget(self.found)
        row.addStretch(1)
        column.addLayout(row)
        return made

    def _arrange(self) -> None:
        """Show what this desk can do now: nothing yet, the whole authority, or a township's own certificate."""
        if not self._desk.office.is_district:
            self._beginning.hide()
            self.township = TownshipCard(self._desk, self._around)
            self.column.addWidget(self.township)
            self.column.addStretch(1)
        elif self._desk.enrolling.root() is None:
            self.column.addStretch(1)
        else:
            self._beginning.hide()
            self._show_authority()

    def _show_authority(self) -> None:
        self.root = RootCard(self._desk, self._around)
        self.granting = GrantCard(self._desk, self._around)
        self.issued = IssuedPanel(self._desk, self._around)
        row = Beside()
        row.add(self.granting, 5)
        row.add(self.root, 4)
        self.column.addWidget(row)
        self.column.addWidget(self.issued, 1)

    def act(self, name: str) -> bool:
        """Ctrl+F searches the certificates, F5 looks again."""
        if name == "search" and self.issued is not None:
            self.issued.search.setFocus()
        elif name == "check":
            self.refresh()
        return name in ("search", "check")

    def take_files(self, paths: list[Path], register: str = "", sheet: str = "") -> None:
        """Put requests that were dropped on the window in line for granting."""
        if self.granting is not None:
            self.granting.take(paths)

    def refresh(self) -> None:
        """Read everything anew."""
        for part in (self.root, self.issued, self.township):
            if part is not None:
                part.refresh()

    def _establish(self) -> None:
        enrolling = self._desk.enrolling

        def job(progress: "Progress") -> Any:
            progress.step(0, 1, "正在生成密钥和证书…")
            return enrolling.init()

        self._around.work.long("建立签发机构", job, self._established)

    def _established(self, _: Any) -> None:
        self._beginning.hide()
        self.column.takeAt(self.column.count() - 1)
        self._show_authority()
        self._around.changes.announce("已建立签发机构")
        if self.root is not None:
            self.root.notice.setFocus()
