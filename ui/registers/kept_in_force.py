"""A kept filter through which one looks goes with what is kept: undo takes it away, redo brings it back, a new name shows."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ui.registers.rows import RegisterRows

if TYPE_CHECKING:
    from xmdesk.services.finding import Filter


class KeptInForce:
    """Filters of the program itself, and conditions that nobody kept, are left alone."""

    def __init__(self, rows: RegisterRows) -> None:
        from xmdesk.services.finding import Finding

        self._rows = rows
        self._finding = Finding(rows.registers.store)  # that of the present, whatever moment the rows show
        self._before: Filter | None = None
        self._gone: Filter | None = None
        self._is_kept = rows.wanted is not None and rows.wanted in self._saved()

    def put(self, wanted: "Filter | None") -> None:
        """Look through this; where it is a kept one, what is looked through now comes back when it is kept no more."""
        self._gone = None
        self._is_kept = wanted is not None and wanted in self._saved()
        if self._is_kept and wanted != self._rows.wanted:
            self._before = self._rows.wanted
        self._rows.wanted = wanted

    def follow(self) -> bool:
        """Look anew at what is kept; tells whether something else is looked through now."""
        wanted, gone = self._rows.wanted, self._gone
        if self._is_kept and wanted is not None and wanted not in self._saved():
            renamed = next((one for one in self._saved() if _asks_the_same(one, wanted)), None)
            self._rows.wanted = renamed or self._before
            self._is_kept, self._gone = renamed is not None, wanted if renamed is None else None
        elif gone is not None and wanted == self._before and gone in self._saved():
            self._rows.wanted, self._is_kept, self._gone = gone, True, None
        return self._rows.wanted != wanted

    def _saved(self) -> "list[Filter]":
        return self._finding.saved(self._rows.name)


def _asks_the_same(one: "Filter", other: "Filter") -> bool:
    return replace(one, name="") == replace(other, name="")
