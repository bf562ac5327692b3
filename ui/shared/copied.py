"""What was copied last in this book: where it stands, never what; the clipboard itself carries masked numbers."""

import os
from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

MARK = "application/x-xmdesk-copied"


class Copied:
    """Remembers the cells behind the text on the clipboard, as long as nobody else puts something there."""

    def __init__(self) -> None:
        self.forget()

    def put(self, text: str, html: str) -> None:
        """Put a text on the clipboard behind which nothing stands."""
        self.forget()
        self._put(text, html, b"")

    def put_cells(
        self, text: str, html: str, *, register: str, uids: Sequence[str], paths: Sequence[str], is_cut: bool = False
    ) -> None:
        """Put the text of these cells on the clipboard and remember where they stand."""
        self.register, self.uids, self.paths, self.is_cut = register, tuple(uids), tuple(paths), is_cut
        self._mark = os.urandom(16)
        self._put(text, html, self._mark)

    @property
    def is_there(self) -> bool:
        """Whether what stands on the clipboard is what was copied last from this book."""
        found = QGuiApplication.clipboard().mimeData()
        return bool(self._mark) and found is not None and found.data(MARK).data() == self._mark

    def forget(self) -> None:
        """Remember nothing: the book is closed, or what was cut has been put down."""
        self.register, self._mark = "", b""
        self.uids: tuple[str, ...] = ()
        self.paths: tuple[str, ...] = ()
        self.is_cut = False

    def _put(self, text: str, html: str, mark: bytes) -> None:
        content = QMimeData()
        content.setText(text)
        content.setHtml(html)
        if mark:
            content.setData(MARK, mark)
        QGuiApplication.clipboard().setMimeData(content)
