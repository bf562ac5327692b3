"""Shows the pages of a PDF as they will be printed. Drawn by pdfium, which is loaded at first use."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.shared.words import clear, label

SHARPNESS = 2.0
MOST_PAGES = 40
MARGIN = 32


def page_images(content: bytes, scale: float = SHARPNESS) -> list[QImage]:
    """Draw the pages of a PDF (at most forty); ``scale`` 1 is 72 dots per inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        return [image_of(document[place], scale) for place in range(min(len(document), MOST_PAGES))]
    finally:
        document.close()


def image_of(page: Any, scale: float) -> QImage:
    """Draw one page."""
    bitmap = page.render(scale=scale, prefer_bgrx=True, rev_byteorder=True)
    view = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888)
    return view.copy()


class PdfView(QScrollArea):
    """Pages one below the other, as wide as the view. ``drawn`` carries how many are shown now."""

    drawn = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName("上报件预览")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._images: list[QImage] = []
        self._labels: list[QLabel] = []
        self._fitted = 0
        sheet = QWidget()
        sheet.setObjectName("sheet")
        self._column = QVBoxLayout(sheet)
        self._column.setSpacing(12)
        self._column.setContentsMargins(12, 12, 12, 12)
        self.setWidget(sheet)
        self.show_words("点“预览”看到的，就是密封后印出来的样子；短码和二维码密封后才有。")

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return len(self._images)

    def show_words(self, words: str) -> None:
        """Show words in place of pages."""
        self._images, self._labels = [], []
        clear(self._column)
        text = label(words, "muted", wraps=True)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(text, 1)
        self.drawn.emit(0)

    def show_pages(self, images: list[QImage]) -> None:
        """Show pages."""
        self._images, self._labels = images, []
        clear(self._column)
        for number in range(1, len(images) + 1):
            page = label("")
            page.setAccessibleName(f"第 {number} 页，共 {len(images)} 页")
            self._labels.append(page)
            self._column.addWidget(page)
        self._column.addStretch(1)
        self._fitted = 0
        self._fit()
        self.verticalScrollBar().setValue(0)
        self.drawn.emit(len(images))

    def resizeEvent(self, event: Any) -> None:
        """Fit the pages to the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # Whether the bar stands there must not change the width: the pages would grow and shrink in turn.
        width = max(200, self.width() - self.verticalScrollBar().sizeHint().width() - MARGIN)
        if width == self._fitted:
            return
        self._fitted = width
        ratio = self.devicePixelRatioF()
        for page, image in zip(self._labels, self._images, strict=True):
            drawn = image.scaledToWidth(int(width * ratio), Qt.TransformationMode.SmoothTransformation)
            drawn.setDevicePixelRatio(ratio)
            page.setPixmap(QPixmap.fromImage(drawn))
