"""How the table in front is read: what a person said of it, and the jobs that read it so."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xmdesk.errors import XmError
from xmdesk.records.registers import REGISTERS

if TYPE_CHECKING:
    from xmdesk.jobs import Progress
    from xmdesk.services.import_begun import BegunImport
    from xmdesk.services.importing import Importing


@dataclass(frozen=True)
class ReadSo:
    """What a person said of columns, cells and header (0: it was found), of hidden rows and of rows that look like no data."""

    mapping: Mapping[str, list[str]] = field(default_factory=dict[str, list[str]])
    corrections: Mapping[tuple[int, str], str] = field(default_factory=dict[tuple[int, str], str])
    header_row: int = 0
    skip_hidden: bool = False
    records: frozenset[int] = frozenset()

    @classmethod
    def of(cls, begun: "BegunImport") -> "ReadSo":
        """Return how a table was read that was begun before."""
        return cls(begun.mapping, begun.corrections, begun.header_row, begun.skip_hidden, begun.records)

    @property
    def is_otherwise(self) -> bool:
        """Whether rows are read otherwise than the file has them."""
        return bool(self.corrections or self.skip_hidden or self.records)

    def reread(self, importing: "Importing", preview: Any) -> Any:
        """Read the same table so."""
        return importing.reread(preview, dict(self.corrections), skip_hidden=self.skip_hidden, records=self.records)


def reading_so(importing: "Importing", before: Any, sheet: str, register: str, so: ReadSo) -> Callable[[Any], Any]:
    """Return the job that reads a table for a register so; what was decided stands while it is the same table."""
    from xmdesk.services.without_header import preview_seen

    mapping = json.dumps(so.mapping, ensure_ascii=False) if so.mapping else ""

    def job(_: "Progress") -> Any:
        found = preview_seen(importing, before.file, register, sheet=sheet, mapping=mapping, header_row=so.header_row)
        found = so.reread(importing, found) if so.is_otherwise else found
        is_same = (before.register, before.found.sheet) == (register, sheet)
        return importing.decide(found, before.decisions) if is_same and before.decisions else found

    return job


def best_register(
    importing: "Importing",
    opened: Any,
    progress: "Progress",
    *,
    sheet: str = "",
    register: str = "",
    header_row: int = 0,
) -> Any:
    """Return the preview for a register, or for the one that understands a sheet, or the first table, best.

    Of several, the one that the table is named after, else that of persons. ``header_row``: of the table that begins there.
    """
    from xmdesk.services.recognising import is_named, lacking, understood
    from xmdesk.services.without_header import best_without_header, preview_seen

    if register:
        return preview_seen(importing, opened, register, sheet=sheet)
    bare = None if header_row else best_without_header(importing, opened, sheet)
    if bare is not None:
        return bare
    found: list[tuple[tuple[float, bool, bool], Any]] = []
    for done, name in enumerate(REGISTERS):
        progress.step(done, len(REGISTERS), f"正在辨认：{REGISTERS[name].title}")
        try:
            preview = importing.preview(opened, name, sheet=sheet, header_row=header_row)
        except XmError:
            continue
        mapping, named = preview.found.mapping, is_named(preview.found.table, name, preview.file.name)
        found.append(((understood(mapping) - 5 * lacking(mapping), named, name == "persons"), preview))
    if not found:
        return importing.preview(opened, "facilities", sheet=sheet, header_row=header_row)
    return max(found, key=lambda one: one[0])[1]
