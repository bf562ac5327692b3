"""ReportLab's reader of a font file, without its habit of copying all outlines (14 MB) for every document."""

from io import BytesIO
from typing import Any

from reportlab.pdfbase.ttfonts import TTFontFace


class OutlineFace(TTFontFace):
    """A font file whose outlines are read where they lie."""

    def get_table(self, tag: str) -> Any:
        """Return the bytes of a table; for the outlines something that is sliced like them (``makeSubset`` does only that)."""
        font: Any = super()
        if tag != "glyf":
            return font.get_table(tag)
        start, _ = font.get_table_pos(tag)
        return _Outlines(self.__dict__["_ttf_data"], start)


class _Outlines:
    def __init__(self, data: bytes, start: int) -> None:
        self._data = data
        self._start = start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


def read_outlines(data: bytes) -> OutlineFace:
    """Return the reader of a font file given as bytes."""
    return OutlineFace(BytesIO(data))
