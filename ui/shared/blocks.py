"""Blocks of cells as text: how sheets put them on the clipboard and take them from it."""

from collections.abc import Sequence
from html import escape
from itertools import chain, repeat
from typing import TypeVar

T = TypeVar("T")

QUOTE, TAB, BREAK = '"', "\t", "\n"
AS_TEXT = " style=\"mso-number-format:'\\@'\""
"""So Excel and WPS keep the digits of a long number, and the 0 in front of it."""


def as_text(lines: Sequence[Sequence[str]]) -> str:
    """Return a block as sheets put it on the clipboard: tabs between cells, a line for each row; cells with breaks are quoted."""
    text = BREAK.join(TAB.join(map(_quoted, line)) for line in lines)
    return text + BREAK if lines and lines[-1] == [""] else text


def as_html(lines: Sequence[Sequence[str]], are_texts: Sequence[bool]) -> str:
    """Return a block as a table; ``are_texts`` names the columns whose numbers must not be read as quantities."""
    styles = [AS_TEXT if one else "" for one in are_texts]
    rows = (
        "".join(f"<td{style}>{_marked_up(cell)}</td>" for cell, style in zip(line, styles, strict=True))
        for line in lines
    )
    return '<meta charset="utf-8"><table>' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def from_text(text: str) -> list[list[str]]:
    """Return the block that a sheet put on the clipboard, every line as long as the longest."""
    if not text:
        return []
    text = text.replace("\r\n", BREAK).replace("\r", BREAK).removesuffix(BREAK)
    lines = _parsed(text) if QUOTE in text else [line.split(TAB) for line in text.split(BREAK)]
    wide = max(map(len, lines))
    return [[*one, *[""] * (wide - len(one))] for one in lines]


def repeated(grid: Sequence[Sequence[T]], rows: int, columns: int) -> list[list[T]]:
    """Return the grid as often as it fits into so many rows and columns; once, where it does not go in without a rest."""
    high, wide = len(grid), len(grid[0])
    if (rows > 1 and rows % high) or (columns > 1 and columns % wide):
        return [list(line) for line in grid]
    down, right = max(rows // high, 1), max(columns // wide, 1)
    return [list(chain.from_iterable(repeat(line, right))) for line in chain.from_iterable(repeat(grid, down))]


def _parsed(text: str) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    at = 0
    while True:
        cell, at = _quoted_cell(text, at) if text.startswith(QUOTE, at) else _plain_cell(text, at)
        lines[-1].append(cell)
        if at >= len(text):
            return lines
        if text[at] == BREAK:
            lines.append([])
        at += 1


def _plain_cell(text: str, at: int) -> tuple[str, int]:
    """Return a cell and where it ends."""
    ends = [place for place in (text.find(TAB, at), text.find(BREAK, at)) if place >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end


def _quoted_cell(text: str, at: int) -> tuple[str, int]:
    """As ``_plain_cell`` for a cell that begins with a quote: sheets quote where there is a break, a person quotes words."""
    end = text.find(QUOTE, at + 1)
    while text.startswith(QUOTE * 2, end) and end >= 0:
        end = text.find(QUOTE, end + 2)
    inner = text[at + 1 : end] if end >= 0 else ""
    is_quoted = BREAK in inner or TAB in inner or QUOTE in inner or not inner
    if end < 0 or not is_quoted or text[end + 1 : end + 2] not in ("", TAB, BREAK):
        return _plain_cell(text, at)
    return inner.replace(QUOTE * 2, QUOTE), end + 1


def _quoted(cell: str) -> str:
    is_odd = cell.startswith(QUOTE) and (QUOTE in cell[1:-1] or len(cell) == 2)
    return _in_quotes(cell) if is_odd or TAB in cell or BREAK in cell else cell


def _in_quotes(cell: str) -> str:
    inner = cell.replace(QUOTE, QUOTE * 2)
    return f'"{inner}"'


def _marked_up(cell: str) -> str:
    return escape(cell).replace(BREAK, '<br style="mso-data-placement:same-cell">')
