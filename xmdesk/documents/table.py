"""Tables over many pages: heads repeated, rows kept whole, the last rows kept together with what follows.

Open at both sides with a heavy rule above and below, as statistical forms are drawn.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from xmdesk.documents.columns import PAD, Grid, HeadCell, Needs, fit, head_heights, heads, needs_of
from xmdesk.documents.flow import Flow
from xmdesk.documents.fonts import SANS, Font
from xmdesk.documents.lines import fold
from xmdesk.documents.paper import HAIRLINE, HEAVY, RULE, Box, Page
from xmdesk.documents.parts import Align, Column

_ROW_PAD = 2.8
_KEPT = 2
"""Rows that stay with the totals and signatures after them."""
_FEWEST = 3
"""Lines of a cut row that stand together on a page."""
_WORTH_FILLING = 0.3
"""Part of a page that is not left white: the next row is cut instead."""
_EMPTY_HEIGHT = 34.0


@dataclass(frozen=True)
class Table:
    """Rows of strings under columns. ``empty`` is written across when there are no rows; ``lowest`` row in points."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] = ()
    empty: str = ""
    lowest: float = 17.0

    @cached_property
    def needs(self) -> list[Needs]:
        """What every column needs."""
        totals = self.totals or ("",) * len(self.columns)
        return [
            needs_of(column, [row[place] for row in self.rows], totals[place])
            for place, column in enumerate(self.columns)
        ]


@dataclass(frozen=True)
class _Row:
    """A row ready to draw: its texts, their folded lines and its height in points."""

    texts: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    height: float
    font: Font

    @property
    def lines(self) -> int:
        """Lines of the tallest cell."""
        return max(map(len, self.cells))


@dataclass(frozen=True)
class _Script:
    """How the lines of a cell are written; ``leading`` in points."""

    font: Font
    leading: float
    align: Align


@dataclass(frozen=True)
class _Layout:
    """Everything that stays the same from page to page."""

    table: Table
    grid: Grid
    heads: list[HeadCell]
    head_heights: list[float]
    left: float
    _scripts: dict[Font, list[_Script]] = field(default_factory=dict[Font, list[_Script]])

    @property
    def head_height(self) -> float:
        return sum(self.head_heights)

    @cached_property
    def edges(self) -> list[float]:
        """The x of every line between columns, both ends included."""
        found = [self.left]
        for width in self.grid.widths:
            found.append(found[-1] + width)
        return found

    def scripts(self, font: Font) -> list[_Script]:
        """How each column is written in the font of a row."""
        known = self._scripts.get(font)
        if known is None:
            leading = self.grid.leading
            known = self._scripts[font] = [_Script(font, leading, column.align) for column in self.table.columns]
        return known


def draw_table(flow: Flow, table: Table, *, tail: float = 0) -> None:
    """Draw a table from the present place on; ``tail`` points are kept free under its last rows."""
    grid = fit(table.needs, flow.width)
    cells = heads(table.columns, grid)
    layout = _Layout(table, grid, cells, head_heights(cells, grid), flow.left)
    waiting = deque(_rows(table, grid))
    if not waiting:
        flow.ensure(layout.head_height + _EMPTY_HEIGHT + tail)
        _draw_page(flow, layout, [])
    while waiting:
        rows = _take(flow, layout, waiting, tail)
        if rows:
            _draw_page(flow, layout, rows)
        if waiting:
            flow.next_page()


def _rows(table: Table, grid: Grid) -> Iterator[_Row]:
    for texts in table.rows:
        yield _row(texts, grid, grid.font, table.lowest)
    if table.totals:
        yield _row(table.totals, grid, Font(SANS, grid.font.size), table.lowest)


def _row(texts: tuple[str, ...], grid: Grid, font: Font, lowest: float) -> _Row:
    cells = tuple([fold(text, width - 2 * PAD, font) for text, width in zip(texts, grid.widths, strict=True)])
    return _Row(texts, cells, _height(max(map(len, cells)), grid.leading, lowest), font)


def _height(lines: int, leading: float, lowest: float) -> float:
    return max(lowest, lines * leading + 2 * _ROW_PAD)


def _take(flow: Flow, layout: _Layout, waiting: deque[_Row], tail: float) -> list[_Row]:
    """Take the rows for this page; none asks for a fresh one. What is cut off goes back to the front."""
    body = room = flow.room - layout.head_height
    taken: list[_Row] = []
    while waiting and waiting[0].height <= room:
        taken.append(waiting.popleft())
        room -= taken[-1].height
    if waiting and (room > flow.height * _WORTH_FILLING or (flow.fresh and not taken)):
        taken.extend(_cut(layout, waiting, int((room - 2 * _ROW_PAD) / layout.grid.leading)))
        if flow.fresh and not taken:
            taken.append(waiting.popleft())
    elif taken and 0 < len(waiting) < _KEPT:
        kept = min(_KEPT - len(waiting), len(taken) - 1 if flow.fresh else len(taken))
        waiting.extendleft([taken.pop() for _ in range(kept)])
    elif taken and not waiting and room < tail:
        kept = min(_KEPT, len(taken) - 1 if flow.fresh else len(taken))
        waiting.extendleft([taken.pop() for _ in range(kept)])
        if not kept and body < taken[0].height + tail:
            waiting.appendleft(taken.pop())
            taken.extend(_cut(layout, waiting, waiting[0].lines - _FEWEST) or [waiting.popleft()])
    return taken


def _cut(layout: _Layout, waiting: deque[_Row], lines: int) -> list[_Row]:
    """Cut that many lines off the first row; nothing when either part would be too small to be worth it."""
    row = waiting[0]
    lines = min(lines, row.lines - _FEWEST)
    if lines < _FEWEST:
        return []
    waiting.popleft()
    waiting.appendleft(_part(layout, row, slice(lines, None)))
    return [_part(layout, row, slice(lines))]


def _part(layout: _Layout, row: _Row, lines: slice) -> _Row:
    """Return some lines of a row; merged cells are shown in every part."""
    cells = tuple(
        cell if column.merged else cell[lines] or ("",)
        for cell, column in zip(row.cells, layout.table.columns, strict=True)
    )
    height = _height(max(map(len, cells)), layout.grid.leading, layout.table.lowest)
    return _Row(row.texts, cells, height, row.font)


def _draw_page(flow: Flow, layout: _Layout, rows: Sequence[_Row]) -> None:
    page, edges, top = flow.page, layout.edges, flow.y
    body = y = top - layout.head_height
    page.lines(_draw_heads(page, layout, top), HAIRLINE)
    extents = _extents(rows, layout.table.columns)
    strokes: list[tuple[float, float, float, float]] = []
    for number, row in enumerate(rows):
        if number:
            strokes.extend(_line_above(edges, y, [column[number] > 0 for column in extents]))
        _draw_row(page, layout, row, y, _heights(rows, extents, number))
        y -= row.height
    if rows:
        strokes.extend((x, body, x, y) for x in edges[1:-1])
    else:
        y -= _EMPTY_HEIGHT
        page.text_centred((edges[0] + edges[-1]) / 2, y + 13, layout.table.empty, Font(SANS, 11))
    page.lines(strokes, HAIRLINE)
    page.lines([(edges[0], body, edges[-1], body)], RULE)
    page.lines([(edges[0], top, edges[-1], top), (edges[0], y, edges[-1], y)], HEAVY)
    flow.down(top - y)


def _draw_heads(page: Page, layout: _Layout, top: float) -> list[tuple[float, float, float, float]]:
    """Write the heads and return the lines between them."""
    edges, font = layout.edges, layout.grid.head
    levels = [top]
    for height in layout.head_heights:
        levels.append(levels[-1] - height)
    strokes: list[tuple[float, float, float, float]] = []
    for cell in layout.heads:
        left, right, upper, lower = edges[cell.first], edges[cell.last], levels[cell.top], levels[cell.bottom]
        box = Box(left, lower, right - left, upper - lower)
        _write(page, cell.lines, box, _Script(font, font.size * 1.3, Align.CENTRE))
        if cell.last < len(edges) - 1:
            strokes.append((right, upper, right, lower))
        if cell.bottom < len(layout.head_heights):
            strokes.append((left, lower, right, lower))
    return strokes


def _heights(rows: Sequence[_Row], extents: Sequence[Sequence[int]], number: int) -> list[float]:
    """Height of each cell of a row; 0 when it belongs to the cell above."""
    height = rows[number].height
    reaches = [column[number] for column in extents]
    return [
        height if reach == 1 else sum([one.height for one in rows[number : number + reach]]) if reach else 0.0
        for reach in reaches
    ]


def _draw_row(page: Page, layout: _Layout, row: _Row, top: float, heights: Sequence[float]) -> None:
    """Write the cells of a row, each in the middle of its height; a height of 0 belongs to the cell above."""
    edges, scripts = layout.edges, layout.scripts(row.font)
    for place, lines in enumerate(row.cells):
        height = heights[place]
        if height and lines != ("",):
            box = Box(edges[place], top - height, edges[place + 1] - edges[place], height)
            _write(page, lines, box, scripts[place])


def _write(page: Page, lines: Sequence[str], box: Box, script: _Script) -> None:
    """Write lines into a cell, in the middle of its height. The em box of the fonts is 880 above, 120 below."""
    font, leading = script.font, script.leading
    y = box.top - (box.height - len(lines) * leading) / 2 - (leading - font.size) / 2 - 0.88 * font.size
    for line in lines:
        if script.align is Align.LEFT:
            page.text(box.left + PAD, y, line, font)
        elif script.align is Align.RIGHT:
            page.text_right(box.right - PAD, y, line, font)
        else:
            page.text_centred(box.left + box.width / 2, y, line, font)
        y -= leading


def _extents(rows: Sequence[_Row], columns: Sequence[Column]) -> list[list[int]]:
    """For each column and row: over how many rows the cell reaches; 0 when it belongs to the cell above."""
    alone = [1] * len(rows)
    found: list[list[int]] = []
    joined = [number > 0 for number in range(len(rows))]
    for place, column in enumerate(columns):
        if not column.merged:
            found.append(alone)
            continue
        joined = [
            same and rows[number].texts[place] == rows[number - 1].texts[place] != ""
            for number, same in enumerate(joined)
        ]
        found.append(_reaches(joined))
    return found


def _reaches(joined: Sequence[bool]) -> list[int]:
    reaches = [0] * len(joined)
    first = 0
    for number, same in enumerate(joined):
        if not same:
            first = number
        reaches[first] += 1
    return reaches


def _line_above(
    edges: Sequence[float], y: float, begins: Sequence[bool]
) -> Iterator[tuple[float, float, float, float]]:
    """Draw the line above a row, leaving out the columns in which a merged cell goes on."""
    start: float | None = None
    for place, drawn in enumerate([*begins, False]):
        if drawn and start is None:
            start = edges[place]
        elif not drawn and start is not None:
            yield (start, y, edges[place], y)
            start = None
