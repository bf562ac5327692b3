"""The only place that opens a box in front of the window. Tests put their own object in its place."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Dialogs:
    """Telling, asking, and choosing files; every box belongs to one window."""

    def __init__(self, window: "QWidget") -> None:
        self._window = window

    def tell(self, heading: str, happened: str, to_do: str = "") -> None:
        """Say what could not be done when no window is left to say it in."""
        from ui.shared.box import Box

        Box(self._window, heading, [happened, to_do], yes="知道了").exec()

    def confirm(self, heading: str, question: str, *, yes: str, no: str = "取消") -> bool:
        """Ask one question whose buttons are verbs."""
        from ui.shared.box import Box

        return bool(Box(self._window, heading, [question], yes=yes, no=no).exec())

    def choose_file(self, title: str, pattern: str) -> Path | None:
        """Let the person choose one file to read."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(self._window, title, "", pattern)
        return Path(name) if name else None

    def choose_files(self, title: str, pattern: str) -> list[Path]:
        """Let the person choose several files to read."""
        from PySide6.QtWidgets import QFileDialog

        names, _ = QFileDialog.getOpenFileNames(self._window, title, "", pattern)
        return [Path(name) for name in names]

    def choose_folder(self, title: str) -> Path | None:
        """Let the person choose a folder."""
        from PySide6.QtWidgets import QFileDialog

        name = QFileDialog.getExistingDirectory(self._window, title)
        return Path(name) if name else None

    def save_file(self, title: str, suggested: str, pattern: str) -> Path | None:
        """Let the person choose where to write; the system asks before an existing file is taken."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getSaveFileName(self._window, title, suggested, pattern)
        return Path(name) if name else None

    def save_file_as(self, title: str, suggested: str, kinds: Sequence[str]) -> tuple[Path, str] | None:
        """As :meth:`save_file`, with what kind of file was chosen among several."""
        from PySide6.QtWidgets import QFileDialog

        name, kind = QFileDialog.getSaveFileName(self._window, title, suggested, ";;".join(kinds))
        return (Path(name), kind or kinds[0]) if name else None

    def print_text(self, title: str, text: str) -> None:
        """Print a few lines in large letters on one page; the system asks for the printer."""
        from PySide6.QtGui import QFont, QTextDocument
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        if not QPrintDialog(printer, self._window).exec():
            return
        document = QTextDocument()
        font = QFont(self._window.font())
        font.setPointSize(16)
        document.setDefaultFont(font)
        document.setPlainText(text)
        document.print_(printer)

    def print_document(self, title: str, content: bytes) -> bool:
        """Print the pages of a PDF; the system asks for the printer. Tells whether it went to one."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from ui.shared.printing import print_pages

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        if not QPrintDialog(printer, self._window).exec():
            return False
        print_pages(printer, content)
        return True
