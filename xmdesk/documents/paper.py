"""Sheets of A4 and what is drawn on them, in points from the lower left corner; pages are kept until all are known.

Drawn as PDF operators straight into ReportLab's page streams: a register of 1,000 rows is some 25,000 strings. The same
calls give the same bytes on every machine (``invariant``), which is how a receiver proves that page and data agree.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple

from xmdesk.documents.embedding import EmbeddedFont, Flate
from xmdesk.documents.fonts import Font, runs

MM = 72 / 25.4
A4_PORTRAIT = (210 * MM, 297 * MM)
A4_LANDSCAPE = (297 * MM, 210 * MM)

_CONTENTS_LEVEL = 4
"""Effort of compressing what is drawn: level 6 takes three times as long and saves 1 % of a file."""

HAIRLINE = 0.35
RULE = 0.6
HEAVY = 1.2

_writing = threading.Lock()
"""ReportLab's reader of a font keeps a position in the file, so that only one document is finished at a time."""


class Box(NamedTuple):
    """A rectangle in points."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.bottom + self.height


class Paper:
    """A document in the making: its pages, its fonts and its pictures (drawn once, shown on many pages).

    ``under`` draws what lies below everything else on each new page.
    """

    def __init__(self, under: Callable[["Page"], None] | None = None) -> None:
        self._under = under
        self._fonts: dict[str, EmbeddedFont] = {}
        self._shown: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
        self._pictures: dict[str, str] = {}

    def page(self, *, landscape: bool = False) -> "Page":
        """Take a new sheet; it belongs to the document when it is handed to :meth:`write`."""
        page = Page(self, *(A4_LANDSCAPE if landscape else A4_PORTRAIT))
        if self._under:
            self._under(page)
        return page

    def picture(self, name: str, operators: str) -> None:
        """Keep a picture of one by one point under a name."""
        self._pictures[name] = operators

    def shown(self, text: str, face: str) -> tuple[tuple[str, str], ...]:
        """Return (typeface, hexadecimal string) pieces that show one line of text."""
        key = (text, face)
        pieces = self._shown.get(key)
        if pieces is None:
            pieces = tuple([(holder, self._font(holder).shown(part)) for holder, part in runs(text, face)])
            self._shown[key] = pieces
        return pieces

    def write(self, pages: Iterable["Page"], *, title: str = "", author: str = "") -> bytes:
        """Write the pages as a PDF; nothing of the machine or the moment goes in."""
        target = BytesIO()
        with _writing:
            canvas = _canvas(target, list(self._fonts.values()))
            canvas.setTitle(title)
            canvas.setAuthor(author)
            for name, operators in self._pictures.items():
                canvas.beginForm(name, 0, 0, 1, 1)
                canvas.addLiteral(operators)
                canvas.endForm()
            for page in pages:
                _emit(canvas, page)
            canvas.save()
        return target.getvalue()

    def _font(self, face: str) -> EmbeddedFont:
        if face not in self._fonts:
            self._fonts[face] = EmbeddedFont(face)
        return self._fonts[face]


@dataclass
class Page:
    """One sheet: text and lines; ``pictures`` are (name, place) pairs."""

    paper: Paper
    width: float
    height: float
    pictures: list[tuple[str, Box]] = field(default_factory=list[tuple[str, Box]])
    _operators: list[str] = field(default_factory=list[str])
    _font: tuple[str, float] = ("", 0)
    _shade: float = 0

    def text(self, x: float, y: float, text: str, font: Font) -> None:
        """Write one line with its baseline beginning at x, y."""
        if not text:
            return
        pieces = self.paper.shown(text, font.face)
        if len(pieces) == 1 and self._font == (pieces[0][0], font.size):
            self._operators.append(f"BT {x:.2f} {y:.2f} Td <{pieces[0][1]}> Tj ET")
            return
        parts = [f"BT {x:.2f} {y:.2f} Td"]
        for face, code in pieces:
            if self._font != (face, font.size):
                self._font = (face, font.size)
                parts.append(f"/{face} {font.size:g} Tf")
            parts.append(f"<{code}> Tj")
        parts.append("ET")
        self._operators.append(" ".join(parts))

    def text_right(self, x: float, y: float, text: str, font: Font) -> None:
        """Write one line that ends at x."""
        self.text(x - font.width(text), y, text, font)

    def text_centred(self, x: float, y: float, text: str, font: Font) -> None:
        """Write one line around x."""
        self.text(x - font.width(text) / 2, y, text, font)

    def shade(self, grey: float) -> None:
        """Ink for what follows: 0 black, 1 white."""
        if grey != self._shade:
            self._shade = grey
            self._operators.append(f"{grey:g} g {grey:g} G")

    def lines(self, strokes: Iterable[tuple[float, float, float, float]], width: float, dash: str = "") -> None:
        """Draw straight lines (x1, y1, x2, y2) of one width; ``dash`` is a PDF dash array such as ``1 2``."""
        path = " ".join(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l" for x1, y1, x2, y2 in strokes)
        if path:
            self._operators.append(f"{width:g} w [{dash}] 0 d {path} S")

    def frame(self, box: Box, width: float, dash: str = "") -> None:
        """Draw the outline of a rectangle."""
        rectangle = f"{box.left:.2f} {box.bottom:.2f} {box.width:.2f} {box.height:.2f} re"
        self._operators.append(f"{width:g} w [{dash}] 0 d {rectangle} S")

    def slanted(self, x: float, y: float, text: str, font: Font) -> None:
        """Write one line around x, y, rising by 30 degrees (watermarks)."""
        cosine, sine = 0.8660, 0.5
        self._operators.append(f"q {cosine} {sine} {-sine} {cosine} {x:.2f} {y:.2f} cm")
        self._font = ("", 0)
        self.text_centred(0, -font.size / 3, text, font)
        self._operators.append("Q")
        self._font = ("", 0)

    def operators(self) -> str:
        """Return what was drawn, as PDF operators."""
        return "\n".join(self._operators)


def _canvas(target: BytesIO, fonts: list[EmbeddedFont]) -> Any:
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    # PDF/A wants no ASCII85 (ISO 19005-3 6.1.7); the setting can only be given for the whole process.
    rl_config.useA85 = 0
    canvas: Any = _plain(Canvas)(target, pagesize=A4_PORTRAIT, invariant=1, pageCompression=0)
    canvas.take(fonts, Flate(_CONTENTS_LEVEL))
    return canvas


def _plain(canvas: Any) -> Any:
    """Return ReportLab's canvas without its opening lines, which name a font (Helvetica) that is not embedded."""

    class PlainCanvas(canvas):
        def _make_preamble(self) -> None:
            self._preamble = ""

        def take(self, fonts: list[EmbeddedFont], packing: Flate) -> None:
            self._doc.delayedFonts.extend(fonts)
            self._doc.defaultStreamFilters = [packing]

    return PlainCanvas


def _emit(canvas: Any, page: Page) -> None:
    canvas.setPageSize((page.width, page.height))
    canvas.addLiteral(page.operators())
    for name, box in page.pictures:
        canvas.saveState()
        canvas.transform(box.width, 0, 0, box.height, box.left, box.bottom)
        canvas.doForm(name)
        canvas.restoreState()
    canvas.showPage()
