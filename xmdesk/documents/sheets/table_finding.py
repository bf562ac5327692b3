"""Finding the table in a sheet as villages keep it: titles above, one to three header rows, totals and notes below."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from xmdesk.documents.sheets import limits, lines, next_table
from xmdesk.documents.sheets.grid import Cell, Place, Sheet, cell_text
from xmdesk.documents.sheets.lines import LineKind
from xmdesk.documents.sheets.words import bare, is_unit, plain

SEARCHED_ROWS = 15
HEADER_ROWS = 3
_ENOUGH_TITLES = 3

Known = Callable[[tuple[str, ...]], object]


@dataclass(frozen=True)
class Header:
    """One column's titles from top to bottom, and where the column stands (0-based)."""

    path: tuple[str, ...]
    column: int

    @property
    def text(self) -> str:
        """Return the titles joined, as shown to people: 培训/日期."""
        return "/".join(self.path)


@dataclass(frozen=True)
class Skipped:
    """A row that is not a record, and why; ``number`` as the sheet shows it."""

    number: int
    kind: LineKind
    text: str


@dataclass(frozen=True)
class Merged:
    """A merged range in the data whose value was repeated downwards; numbers as the sheet shows them."""

    first: int
    last: int
    header: str
    sideways: bool = False


@dataclass(frozen=True)
class Row:
    """A row of data, cells in the order of the headers; ``places``: where each stands; ``group``: the title of its group of rows."""

    number: int
    cells: tuple[Cell, ...]
    places: tuple[Place, ...]
    group: str = ""


_PHONE = 7


@dataclass(frozen=True)
class Table:
    """A table found in a sheet."""

    sheet: Sheet
    first_row: int
    header_rows: int
    headers: tuple[Header, ...]
    score: float
    titles: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    merged: tuple[Merged, ...] = ()
    blocks: int = 1
    next_table: int = 0

    @property
    def own_headers(self) -> tuple[Header, ...]:
        """Return the headers of the first block; further blocks repeat them."""
        return self.headers[: len(self.headers) // self.blocks]

    @property
    def matched(self) -> int:
        """How many headers are known."""
        return int(self.score)


def find_table(sheet: Sheet, known: Known, header_row: int = 0) -> Table | None:
    """Find the best header by how many different things its titles are ``known`` for; ``None`` when there is no header.

    ``header_row`` is where a person saw it begin, as the sheet counts; without it the header is looked for.
    The first rows are searched; further down only lines that begin with 序号, or, while little is known, any title line.
    """
    best: Table | None = None
    searched = range(header_row - 1, header_row) if header_row else range(min(len(sheet.rows), limits.BLANK_ROWS))
    for top in searched:
        if not header_row and top >= SEARCHED_ROWS and not _may_be_header(sheet.rows[top], known, best):
            continue
        for height in range(1, HEADER_ROWS + 1):
            table = _try_header(sheet, top, height, known)
            if header_row and height > 1 and table is not None and _holds_data(table):
                continue  # whoever points at a header does not mean the rows below it
            if table is not None and (best is None or table.score > best.score):
                best = table
    return None if best is None else with_body(best)


def _may_be_header(cells: Sequence[Cell], known: Known, best: Table | None) -> bool:
    first = next((cell for cell in cells if cell is not None), None)
    if not isinstance(first, str):
        return False
    if plain(first) in lines.ORDINALS:
        return True
    if best is not None and best.matched >= _ENOUGH_TITLES:
        return False
    return sum(bool(known((cell,))) for cell in cells if isinstance(cell, str)) >= _ENOUGH_TITLES


def _try_header(sheet: Sheet, top: int, height: int, known: Known) -> Table | None:
    if top + height > len(sheet.rows) or _spans(sheet, top, top + height):
        return None
    paths = _header_paths(sheet, top, height)
    if not any(column < len(sheet.rows[top + height - 1]) for column in paths) or _is_title(sheet, top, paths):
        return None
    headers = tuple(Header(path, column) for column, path in sorted(paths.items()))
    matched = len({target for header in headers if (target := known(header.path))})
    named = sum(1 for header in headers if all(not _looks_like_data(part) for part in header.path))
    if len(headers) < 2 and not matched:
        return None
    score = matched + named / (100 + len(headers)) * 0.5 - height / 1000 - top / 100_000
    if height > 1 and _holds_units(sheet.rows[top + height - 1]):
        score += 0.4
    if height > 1 and _covers_most(headers):
        score -= 0.6
    return Table(sheet, top, height, headers, score)


def _spans(sheet: Sheet, top: int, bottom: int) -> bool:
    """Tell whether a merged range is cut through by the edge of these header rows."""
    return any(first < top <= last or top <= first < bottom <= last for first, _, last, _ in sheet.merges)


def _header_paths(sheet: Sheet, top: int, height: int) -> dict[int, tuple[str, ...]]:
    """Return column → titles; a merged or unmerged group title counts for every column under it."""
    width = max(len(sheet.rows[row]) for row in range(top, top + height))
    filled = [_filled_titles(sheet, row, width, last=row == top + height - 1) for row in range(top, top + height)]
    paths: dict[int, tuple[str, ...]] = {}
    for column in range(width):
        parts: list[str] = []
        for line in filled:
            if line[column] and (not parts or parts[-1] != line[column]):
                parts.append(line[column])
        own = any(cell_text(sheet.cell(row, column)).strip() for row in range(top, top + height))
        if parts and (own or _in_merge(sheet, top, height, column)):
            paths[column] = tuple(parts)
    return paths


def _filled_titles(sheet: Sheet, row: int, width: int, *, last: bool) -> list[str]:
    """Return one header row with group titles repeated to the right, over their merged range or over blank cells."""
    titles = [_title(sheet.cell(row, column)) for column in range(width)]
    for first, left, bottom, right in sheet.merges:
        if first <= row <= bottom:
            for column in range(left, min(right, width - 1) + 1):
                titles[column] = _title(sheet.cell(first, left))
    if last:
        return titles
    for column in range(1, width):
        below = _title(sheet.cell(row + 1, column))
        alone = not titles[column] and below and _title(sheet.cell(row + 1, column - 1))
        if alone and not _in_merge(sheet, row, 1, column):
            titles[column] = titles[column - 1]
    return titles


def _title(cell: Cell) -> str:
    return "".join(cell_text(cell).split())


def _in_merge(sheet: Sheet, top: int, height: int, column: int) -> bool:
    return any(
        left <= column <= right and first < top + height and last >= top for first, left, last, right in sheet.merges
    )


def _is_title(sheet: Sheet, top: int, paths: dict[int, tuple[str, ...]]) -> bool:
    """A line of text over the table: the top row says one thing only."""
    return len({path[0] for path in paths.values()}) < 2 and len(paths) != 1


def _looks_like_data(text: str) -> bool:
    return len(text) > 30 or sum(letter.isdigit() for letter in text) * 2 > len(text)


def _holds_data(table: Table) -> bool:
    """A number as long as a phone's below the first line of a header is no title; a year may be one."""
    below = (part for header in table.headers for part in header.path[1:])
    return any(sum(letter.isdigit() for letter in part) >= _PHONE for part in below)


def _covers_most(headers: Sequence[Header]) -> bool:
    """One text over most of the columns is rather the title of the table than a group of columns."""
    roots = [header.path[0] for header in headers if len(header.path) > 1]
    return any(roots.count(root) * 5 > len(headers) * 3 for root in set(roots))


def _holds_units(cells: Sequence[Cell]) -> bool:
    """A line under the titles that says only in what they are counted."""
    filled = [cell for cell in cells if cell is not None]
    return bool(filled) and all(isinstance(cell, str) and is_unit(cell) for cell in filled)


def with_body(table: Table) -> Table:
    """Return a table with the rows under its header, and what is no row."""
    table = _split_blocks(table)
    sheet = table.sheet
    first = table.first_row + table.header_rows
    reader = _BodyReader(table)
    rows, skipped = reader.read(first)
    untitled = _untitled(table, rows)
    if untitled:
        table = replace(table, headers=tuple(sorted((*table.headers, *untitled), key=lambda one: one.column)))
        reader = _BodyReader(table)
        rows, skipped = reader.read(first)
    titles = tuple(
        text
        for row in range(max(0, table.first_row - SEARCHED_ROWS), table.first_row)
        for text in [" ".join(filter(None, (cell_text(cell).strip() for cell in sheet.rows[row])))]
        if text
    )
    return replace(
        table,
        titles=titles,
        rows=rows,
        skipped=skipped,
        merged=tuple(_merged(table, {row.number for row in rows})),
        next_table=reader.next_table,
    )


def _untitled(table: Table, rows: Sequence[Row]) -> list[Header]:
    """Return headers for columns that hold something but have no title, so that nothing in them is lost unseen."""
    if table.blocks > 1:
        return []
    titled = {one.column for one in table.headers}
    lines_read = [table.sheet.rows[row.number - 1] for row in rows]
    columns = {at for cells in lines_read for at, cell in enumerate(cells) if cell is not None} - titled
    return [Header((f"（第{at + 1}列，无表头）",), at) for at in sorted(columns)]


def _split_blocks(table: Table) -> Table:
    """Recognise a table printed in two or more columns side by side (双栏): the same headers repeated."""
    paths = [header.path for header in table.headers]
    for blocks in (2, 3, 4):
        size, rest = divmod(len(paths), blocks)
        if not rest and size >= 2 and paths == paths[:size] * blocks:
            return replace(table, blocks=blocks)
    return table


def _merged(table: Table, numbers: set[int]) -> Iterator[Merged]:
    columns = {header.column: header.text for header in table.headers}
    start = table.first_row + table.header_rows
    for first, left, last, right in table.sheet.merges:
        if first < start or left not in columns or not {first + 1, last + 1} & numbers:
            continue
        if last > first:
            yield Merged(first + 1, last + 1, columns[left])
        if right > left:
            yield Merged(first + 1, last + 1, columns[left], sideways=True)


class _BodyReader:
    """Reads the rows under a header and sorts out what is not a record."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._sheet = table.sheet
        self._downwards = self._anchors()
        self._size = len(table.headers) // table.blocks
        self._after_notes = False
        self._after_gap, self._has_rows = False, False
        self._own = {bare(part) for header in table.headers for part in header.path}
        self._start = table.first_row + table.header_rows
        self.next_table = 0
        self._group = ""
        self._titles = [
            [plain(cell_text(cell)) for cell in table.sheet.rows[row]]
            for row in range(table.first_row, table.first_row + table.header_rows)
        ]
        self._first_titles = lines.ORDINALS.union(*self._titles) - {""}
        self._columns = [one.column for one in table.headers]

    def read(self, first: int) -> tuple[tuple[Row, ...], tuple[Skipped, ...]]:
        """Return the records, block by block, and the listed rest."""
        blocks: list[list[Row]] = [[] for _ in range(self._table.blocks)]
        skipped: list[Skipped] = []
        for row in range(first, len(self._sheet.rows)):
            kind = self._kind(row)
            if kind is LineKind.NEXT_TABLE:
                self.next_table = row + 1
                header = next_table.header_of(self._sheet.rows, row)
                skipped.append(Skipped(row + 1, kind, lines.quoted(header)))
                break
            self._remember_gap(kind, self._sheet.rows[row])
            if kind is LineKind.RECORD:
                for number, block in enumerate(blocks):
                    block.extend(self._row(row, number))
            elif kind is not LineKind.BLANK:
                skipped.append(Skipped(row + 1, kind, lines.quoted(self._sheet.rows[row])))
                if kind is LineKind.GROUP:
                    self._group = " ".join(cell_text(cell) for cell in self._sheet.rows[row] if cell is not None)
        return tuple(row for block in blocks for row in block), tuple(skipped)

    def _kind(self, row: int) -> LineKind:
        cells = self._sheet.rows[row]
        if all(cell is None for cell in cells):
            return LineKind.BLANK
        if row in self._sheet.records:
            return LineKind.RECORD
        titles = self._as_titles(cells)
        if self._is_header(titles) or (row == self._start and lines.is_numbering(cells)):
            return LineKind.HEADER
        kind = lines.kind_of(cells, merged=self._merged_wide(row), columns=self._columns)
        if kind is LineKind.RECORD and lines.starts_other_table(titles):
            return LineKind.NEXT_TABLE
        if self._may_end(kind) and next_table.begins_at(self._sheet.rows, row, self._own):
            return LineKind.NEXT_TABLE
        kind = self._remember_notes(kind, cells)
        if kind is LineKind.RECORD and self._only_ordinal(cells):
            return LineKind.UNFILLED
        return kind

    def _as_titles(self, cells: Sequence[Cell]) -> list[str]:
        """Return the cells as titles if the first one could be a title; else nothing, which is quick."""
        first = next((cell for cell in cells if cell is not None), None)
        if not isinstance(first, str) or plain(first) not in self._first_titles:
            return []
        return [plain(cell_text(cell)) for cell in cells]

    def _is_header(self, titles: list[str]) -> bool:
        given = {title for title in titles if title}
        return len(given) >= 2 and any(
            len(given & set(line)) * 5 >= len(given) * 4 and len(given) * 2 > len({one for one in line if one})
            for line in self._titles
        )

    def _remember_notes(self, kind: LineKind, cells: Sequence[Cell]) -> LineKind:
        """After a note, a line with a single text is a further note."""
        if kind is LineKind.NOTE:
            self._after_notes = True
        elif kind is LineKind.RECORD and self._after_notes:
            filled = [cell for cell in cells if cell is not None]
            if len(filled) == 1 and isinstance(filled[0], str):
                return LineKind.NOTE
        return kind

    def _may_end(self, kind: LineKind) -> bool:
        """Another table has a name of its own or stands off from the rows above it."""
        return kind is LineKind.GROUP or (kind is LineKind.RECORD and self._after_gap)

    def _remember_gap(self, kind: LineKind, cells: Sequence[Cell]) -> None:
        """A blank row is a gap; so is, under rows of this table, whatever is no row or says one thing only."""
        self._has_rows = self._has_rows or kind in (LineKind.RECORD, LineKind.UNFILLED)
        alone = sum(cell is not None for cell in cells) < 2
        self._after_gap = kind is LineKind.BLANK or (self._has_rows and (kind is not LineKind.RECORD or alone))

    def _merged_wide(self, row: int) -> bool:
        return any(first <= row <= last and right - left >= 2 for first, left, last, right in self._sheet.merges)

    def _only_ordinal(self, cells: Sequence[Cell]) -> bool:
        """Numbered lines that wait to be filled in."""
        filled = {column for column, cell in enumerate(cells) if cell is not None}
        ordinals = {one.column for one in self._table.headers if plain(one.path[-1]) in lines.ORDINALS}
        return bool(filled) and filled <= ordinals

    def _row(self, row: int, block: int) -> list[Row]:
        headers = self._table.headers[block * self._size : (block + 1) * self._size]
        places = tuple(self._downwards.get((row, one.column), (row, one.column)) for one in headers)
        own = [self._sheet.cell(row, one.column) for one in headers]
        if self._table.blocks > 1 and all(cell is None for cell in own):
            return []
        return [Row(row + 1, tuple(self._sheet.cell(*place) for place in places), places, self._group)]

    def _anchors(self) -> dict[Place, Place]:
        """Return place → the cell whose value it repeats, for ranges merged downwards in the data."""
        start = self._table.first_row + self._table.header_rows
        found: dict[Place, Place] = {}
        for first, left, last, _ in self._sheet.merges:
            if first >= start and last > first:
                found.update({(row, left): (first, left) for row in range(first + 1, last + 1)})
        return found
