"""Says that something was written and where: words on green, with the way to the file and its folder."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.shared.words import button, label
from xmdesk.files import shown_path


class DoneBanner(QFrame):
    """Hidden until there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "good")
        self._path = Path()
        self.words = label("", tone="good", wraps=True)
        self._open, self._folder = button("打开文件", "quiet"), button("打开所在文件夹", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(4)
        row.addWidget(self.words, 1)
        row.addWidget(self._open)
        row.addWidget(self._folder)
        self._open.clicked.connect(lambda: _show(self._path))
        self._folder.clicked.connect(lambda: _show(self._path.parent))
        self.hide()

    def say(self, words: str, path: Path) -> None:
        """Show words about a file that was written."""
        self._path = path
        self.words.setText(words)
        self.setToolTip(shown_path(path))
        self.show()


def _show(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
