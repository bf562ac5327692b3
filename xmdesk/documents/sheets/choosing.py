"""Which table of a workbook is meant: the sheet asked for, else the one whose headers and name fit best."""

from collections.abc import Iterable, Sequence

from xmdesk.documents.sheets.columns import Register
from xmdesk.documents.sheets.grid import Sheet
from xmdesk.documents.sheets.mapping import Matcher, SavedMapping, map_headers
from xmdesk.documents.sheets.no_header import NO_HEADER, headless
from xmdesk.documents.sheets.table_finding import Table, find_table
from xmdesk.documents.sheets.template import Template, is_ours
from xmdesk.documents.sheets.unfolding import unfold
from xmdesk.documents.sheets.words import plain
from xmdesk.errors import Unfit, WrongUse

_SHOWN = 8


class Finder:
    """Looks for the table of one register in the sheets of one file."""

    def __init__(
        self,
        sheets: Sequence[Sheet],
        register: Register,
        matcher: Matcher,
        *,
        saved: SavedMapping | None = None,
        template: Template | None = None,
        header_row: int = 0,
    ) -> None:
        self._sheets = [sheet for sheet in sheets if not is_ours(sheet)]
        self._register, self._matcher = register, matcher
        self._saved, self._template, self._header_row = saved, template, header_row

    def choose(self, wanted: str = "") -> Table:
        """Return the table; raises ``Unfit`` when there is none and ``WrongUse`` when a person has to choose."""
        if wanted:
            return self._in_sheet(wanted)
        found = [table for sheet in self._readable() for table in [self._table(sheet)] if table is not None]
        fitting = self._best([table for table in found if self._fits(table)] or found)
        if not fitting or (len(found) > 1 and not fitting[0].matched):
            raise Unfit("SHEET-NONE", register=self._register.title, sheets=names(self._sheets))
        if len(fitting) > 1:
            shown = names(table.sheet for table in fitting)
            raise WrongUse("SHEET-CHOOSE", register=self._register.title, sheets=shown)
        return fitting[0]

    def kept_for(self, sheet: Sheet) -> SavedMapping | None:
        """Return the mapping to start from: one made earlier or by hand, else that of our own template."""
        if self._saved is not None:
            return self._saved
        return self._template.mapping_for(sheet.name) if self._template is not None else None

    def _readable(self) -> list[Sheet]:
        filled = [sheet for sheet in self._sheets if not sheet.is_empty]
        return [sheet for sheet in filled if sheet.state == "visible"] or filled

    def _in_sheet(self, wanted: str) -> Table:
        sheet = next((one for one in self._sheets if one.name.strip() == wanted.strip()), None)
        if sheet is None:
            raise WrongUse("SHEET-UNKNOWN", sheet=wanted[:40], sheets=names(self._sheets))
        table = self._table(sheet)
        if table is None:
            raise Unfit("SHEET-NONE", register=self._register.title, sheets=sheet.name)
        return table

    def _table(self, sheet: Sheet) -> Table | None:
        if self._header_row == NO_HEADER:
            return headless(sheet)
        kept = self.kept_for(sheet)

        def known(path: tuple[str, ...]) -> object:
            title = plain("/".join(path))
            return title if kept is not None and title in kept.plain_columns else self._matcher.fields_for(path)

        return find_table(sheet, known, self._header_row)

    def _fits(self, table: Table) -> bool:
        table = unfold(table, self._register)
        filled = map_headers(table.own_headers, self._register, self._matcher, self.kept_for(table.sheet)).fields()
        return all(one.field in filled for one in self._register.columns if one.required)

    def _best(self, tables: list[Table]) -> list[Table]:
        """Narrow down by the name on the tab, then by how many headers are known."""
        if len(tables) < 2:
            return tables
        tables = [table for table in tables if self._is_named(table)] or tables
        most = max(table.matched for table in tables)
        return [table for table in tables if table.matched * 3 > most * 2 or table.matched == most]

    def _is_named(self, table: Table) -> bool:
        known = {plain(name) for name in (self._register.title, *self._register.sheet_names)}
        own = plain(table.sheet.name)
        return any(name in own or own in name for name in known if name and own)


def names(sheets: Iterable[Sheet]) -> str:
    """Return the names of sheets for a sentence, the first few of them."""
    listed = [sheet.name for sheet in sheets]
    shown = "、".join(listed[:_SHOWN])
    return f"{shown}等 {len(listed)} 个" if len(listed) > _SHOWN else shown or "（没有）"
