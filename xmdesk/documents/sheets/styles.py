"""Number formats that change what a date cell says: year and month only, and the East Asian built-in date formats.

Calamine knows neither: it gives the first of the month for 2025年11月, and bare day numbers for the formats 27–58.
"""

import re
from dataclasses import dataclass
from xml.parsers import expat

from xmdesk.errors import Refused

# ECMA-376 part 1, §18.8.30, the zh-cn list of implied formats.
_MONTH_FORMATS = frozenset({17, 27, 36, 50, 52, 57})
_DAY_FORMATS = frozenset({28, 29, 30, 31, 51, 53, 54, 58})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


@dataclass(frozen=True)
class DateStyles:
    """Numbers of cell styles (the ``s`` of a cell) that show a month only, or a day that calamine does not see."""

    months: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()

    def mentioned(self, xml: bytes) -> bool:
        """Tell by a byte search whether a worksheet may use any of them."""
        return any(f's="{number}"'.encode() in xml or f"s='{number}'".encode() in xml for number in self._all())

    def _all(self) -> frozenset[str]:
        return self.months | self.days


def read_styles(xml: bytes) -> DateStyles:
    """Read ``xl/styles.xml``; raises ``Refused`` when it is broken."""
    custom: dict[int, str] = {}
    cells: list[int] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        inside.append(tag)
        if tag == "numFmt":
            custom[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag == "xf" and "cellXfs" in inside:
            cells.append(_number(attributes.get("numFmtId")))

    def end(_: str) -> None:
        inside.pop()

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(xml, True)  # noqa: FBT003  # expat takes no keyword
    except expat.ExpatError:
        raise Refused("X-XML") from None
    months = frozenset(str(at) for at, number in enumerate(cells) if _shows_month(number, custom))
    days = frozenset(str(at) for at, number in enumerate(cells) if number in _DAY_FORMATS and number not in custom)
    return DateStyles(months, days)


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else 0


def _shows_month(number: int, custom: dict[int, str]) -> bool:
    if number not in custom:
        return number in _MONTH_FORMATS
    code = _QUOTED.sub("", custom[number].partition(";")[0]).lower()
    return "y" in code and "m" in code and "d" not in code and "h" not in code
