"""放大看: the pages take the whole width while the head of the office reads them."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.returns.stations import Stations
from ui.shared.pdf_view import PdfView
from ui.shared.words import button

LARGE, SMALL = "放大看", "缩回去"


class Enlarging(QObject):
    """``button`` is there while pages are shown; a way to any station brings back what stands ``beside`` them."""

    def __init__(self, beside: QWidget, pages: PdfView, stations: Stations) -> None:
        super().__init__(pages)
        self._beside = beside
        self.button = button(LARGE)
        self.button.setCheckable(True)
        self.button.setToolTip("右边的页面占满，字大些；再点一次缩回去")
        self.button.hide()
        self.button.toggled.connect(self._turn)
        pages.drawn.connect(self._follow)
        stations.asked.connect(lambda _: self.end())
        for one in (pages, self.button):
            one.installEventFilter(self)

    def end(self) -> None:
        """Bring back what stands beside the pages."""
        self.button.setChecked(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It ends with Esc, and when the person goes elsewhere."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and event.type() == QEvent.Type.KeyPress and self.button.isChecked():
            self.end()
            return True
        if event.type() == QEvent.Type.Hide:
            self.end()
        return super().eventFilter(watched, event)

    def _follow(self, count: int) -> None:
        self.button.setVisible(bool(count))
        if not count:
            self.button.setChecked(False)

    def _turn(self, on: bool) -> None:
        self.button.setText(SMALL if on else LARGE)
        self.button.setAccessibleName(self.button.text())
        self._beside.setVisible(not on)
