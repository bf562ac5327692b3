"""Where rows that wait came from: the file, the order of its columns, and which of them names the object."""

from typing import Any

from xmdesk.ports import Store
from xmdesk.records.keeping import ImportBatch, ParkedRow, SavedMapping
from xmdesk.records.registers import REGISTERS

ORDER = "order"
"""Beside the columns of a kept mapping: the headers as they stand in the sheet, for what is stored forgets the order."""


class Origins:
    """Looks each import up once; for one look at the list."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._batches: dict[str, ImportBatch | None] = {}
        self._mappings: dict[str, dict[str, Any]] = {}

    def file_of(self, row: ParkedRow) -> str:
        """Return the name of the file a row came from."""
        batch = self._batch(row)
        return batch.file_name if batch else ""

    def in_order(self, row: ParkedRow) -> dict[str, str]:
        """Return the cells of a row in the order of its sheet."""
        known = [name for name in self._mapping(row).get(ORDER, ()) if name in row.raw]
        return {name: row.raw[name] for name in dict.fromkeys([*known, *row.raw])}

    def title_of(self, row: ParkedRow) -> str:
        """Return what the row says it is about, "" where no column was taken for that."""
        field = REGISTERS[row.register].record.title_field if row.register in REGISTERS else ""
        columns: dict[str, Any] = self._mapping(row).get("columns", {})
        header = next((name for name, fields in columns.items() if _names(fields, field)), "")
        return row.raw.get(header, "").replace("\n", "")

    def _batch(self, row: ParkedRow) -> ImportBatch | None:
        if row.batch not in self._batches:
            self._batches[row.batch] = self._store.get(ImportBatch, row.batch)
        return self._batches[row.batch]

    def _mapping(self, row: ParkedRow) -> dict[str, Any]:
        if row.batch not in self._mappings:
            batch = self._batch(row)
            known = {"register": row.register, "fingerprint": batch.fingerprint if batch else ""}
            kept = self._store.find(SavedMapping, **known) if batch else []
            self._mappings[row.batch] = kept[0].mapping if kept else {}
        return self._mappings[row.batch]


def _names(fields: Any, title: str) -> bool:
    told = [fields] if isinstance(fields, str) else fields or ()
    return any(one in (title, f"{title}.name") for one in told)
