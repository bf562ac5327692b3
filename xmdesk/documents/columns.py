"""How wide the columns of a table are, in which size of type, and how their heads stand above each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from xmdesk.documents.fonts import SANS, SERIF, Font, units
from xmdesk.documents.lines import balanced
from xmdesk.documents.parts import Column

PAD = 3.2
"""Points between text and the line beside it."""
HEAD_PAD = 3.4
"""Points between a head and the lines above and below it."""
SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
"""Type sizes tried in turn, in points; smaller than 6.5 cannot be read on an office printer."""

_WHOLE = 4200
"""A text of four characters is not folded, in thousandths of the type size."""
_SHORT = 9000
"""Up to nine characters the widest text counts, beyond that what nine in ten texts need."""
_LONG = 40000
"""One very long text does not make its column wider than forty characters."""
_MOST_LINES = 4
_LONGEST_WORD = 11000
"""An identity number of 18 digits stays whole; longer words (addresses of web pages) are cut."""
_EASY = 8.0
"""Down to this size smaller type is preferred to folded cells."""
_SOLID = re.compile(r"[!-~]+")


@dataclass(frozen=True)
class Needs:
    """Widths of one column in thousandths of the type size: below ``least`` words break, ``wanted`` is one line."""

    least: int
    wanted: int

    def folded(self, lines: int) -> int:
        """Return the width at which most cells take this many lines; one character is lost to punctuation rules."""
        return self.wanted if lines == 1 else max(self.least, -(-self.wanted // lines) + 1000)


@dataclass(frozen=True)
class Grid:
    """The chosen type and the width of every column in points."""

    font: Font
    head: Font
    widths: tuple[float, ...]

    @property
    def leading(self) -> float:
        """Distance from line to line in points."""
        return self.font.size * 1.34


@dataclass(frozen=True)
class HeadCell:
    """A head over columns ``first``–``last`` and levels ``top``–``bottom`` (ends excluded), folded into lines."""

    lines: tuple[str, ...]
    first: int
    last: int
    top: int
    bottom: int


def needs_of(column: Column, cells: Sequence[str], total: str = "") -> Needs:
    """Measure what a column needs for these texts, its own head and its (bold) total."""
    texts = set(cells)
    widths = sorted(units(line, SERIF) for text in texts for line in text.split("\n")) or [0]
    solid = max((units(piece, SERIF) for text in texts for piece in _SOLID.findall(text)), default=0)
    leaf = column.heads[-1]
    head = max(
        [
            2000,
            -(-len(leaf) // 2) * 1000 if len(leaf) < 7 else 3500,
            *(units(piece, SANS) for piece in _SOLID.findall(leaf)),
        ]
    )
    least = max(min(solid, _LONGEST_WORD), min(widths[-1], _WHOLE), head, units(total, SANS))
    usual = max(widths[(len(widths) - 1) * 9 // 10], min(widths[-1] // 6, _LONG), min(widths[-1], _SHORT))
    return Needs(least, max(least, usual, min(units(leaf, SANS), 6000)))


def comfortable(needs: Sequence[Needs], size: float = SIZES[0]) -> float:
    """Return the width in points at which most cells stand on one line."""
    return sum(_points(one.wanted, size) for one in needs)


def fit(needs: Sequence[Needs], room: float) -> Grid:
    """Choose the largest type in which the columns stand without much folding, and share the room out."""
    plain = (size for size in SIZES if size >= _EASY and comfortable(needs, size) <= room)
    folded = (size for size in SIZES if _suits(needs, size, room))
    size = next(chain(plain, folded), SIZES[-1])
    return Grid(Font(SERIF, size), Font(SANS, size - 0.5), _widths(needs, size, room))


def _suits(needs: Sequence[Needs], size: float, room: float) -> bool:
    least = sum(_points(one.least, size) for one in needs)
    return least <= room and (size <= _EASY or max(_folding(needs, size, room)) <= _MOST_LINES)


def heads(columns: Sequence[Column], grid: Grid) -> list[HeadCell]:
    """Lay the heads out: a last head reaches down to the rows, an outer head covers neighbours with the same path."""
    depth = max(len(column.heads) for column in columns)
    cells: list[HeadCell] = []
    for level in range(depth):
        first = 0
        while first < len(columns):
            last = _reach(columns, first, level)
            path = columns[first].heads
            if len(path) > level:
                leaf = len(path) == level + 1
                lines = balanced(path[level], sum(grid.widths[first:last]) - 2 * PAD, grid.head)
                cells.append(HeadCell(lines, first, last, level, depth if leaf else level + 1))
            first = last
    return cells


def head_heights(cells: Sequence[HeadCell], grid: Grid) -> list[float]:
    """Return the height of each level of heads in points."""
    depth = max(cell.bottom for cell in cells)
    heights = [0.0] * depth
    for cell in sorted(cells, key=lambda one: one.bottom - one.top):
        wanted = len(cell.lines) * grid.head.size * 1.3 + 2 * HEAD_PAD
        lacking = wanted - sum(heights[cell.top : cell.bottom])
        if lacking > 0:
            heights[cell.bottom - 1] += lacking
    return heights


def _reach(columns: Sequence[Column], first: int, level: int) -> int:
    """Return the end of the run of columns that share the head at this level."""
    path = columns[first].heads
    last = first + 1
    if len(path) <= level + 1:
        return last
    while last < len(columns) and len(columns[last].heads) > level + 1:
        if columns[last].heads[: level + 1] != path[: level + 1]:
            break
        last += 1
    return last


def _points(thousandths: float, size: float) -> float:
    return thousandths * size / 1000 + 2 * PAD + 0.2


def _widths(needs: Sequence[Needs], size: float, room: float) -> tuple[float, ...]:
    lines = _folding(needs, size, room)
    widths = [_points(one.folded(count), size) for one, count in zip(needs, lines, strict=True)]
    spare = room - sum(widths)
    if spare < 0:
        return tuple([width * room / sum(widths) for width in widths])
    # What is left over goes to the folded columns, else to the wide ones: narrow stay narrow, like stay alike.
    folded = max(lines) > 1
    weights = [width * width if count > 1 or not folded else 0.0 for width, count in zip(widths, lines, strict=True)]
    return tuple([width + spare * weight / sum(weights) for width, weight in zip(widths, weights, strict=True)])


def _folding(needs: Sequence[Needs], size: float, room: float) -> list[int]:
    """Return into how many lines each column is folded: as few as possible, the widest columns first."""
    lines = [1] * len(needs)
    while sum(_points(one.folded(count), size) for one, count in zip(needs, lines, strict=True)) > room:
        able = [place for place, one in enumerate(needs) if one.folded(lines[place]) > one.least]
        if not able:
            break
        chosen = max(able, key=lambda place: needs[place].folded(lines[place]))
        lines[chosen] += 1
    return lines
