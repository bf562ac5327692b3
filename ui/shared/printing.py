"""Prints the pages of a sealed file as they stand in it, each in its own orientation."""

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from ui.shared.pdf_view import image_of

SHARPEST = 200
"""Dots per inch: sharp to the eye; more only makes the printer slow."""
POINTS = 72


def print_pages(printer: QPrinter, content: bytes) -> int:
    """Draw every page of a PDF to a printer and return how many; nothing is left out."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    painter = QPainter()
    try:
        for number in range(len(document)):
            page = document[number]
            _lay(printer, *page.get_size())
            if number:
                printer.newPage()
            else:
                painter.begin(printer)
            image = image_of(page, min(printer.resolution(), SHARPEST) / POINTS)
            painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), image)
        return len(document)
    finally:
        painter.end()
        document.close()


def _lay(printer: QPrinter, width: float, height: float) -> None:
    """Turn the sheet as the page lies; drawing reaches the edges, the pages bring their own margins."""
    size = QPageSize(
        QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch
    )
    lies = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageSize(size)
    printer.setPageOrientation(lies)
