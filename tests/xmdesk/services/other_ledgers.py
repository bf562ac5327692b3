"""Workbooks as other villages keep them: laid out as text, built as files. All names and numbers are invented.

A line is a row, ``|`` parts its cells. ``#12.5`` is a number, ``@2024-03-05`` a date cell, ``ID`` before 17 digits an
identity number whose check digit is added, ``NL`` a line break. The first line may give the merged ranges: ``merge A1:F1``.
"""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Ledger:
    """One workbook: which register it is for, and what must become of its rows."""

    name: str
    register: str
    tables: dict[str, str]
    new: int
    parked: int = 0
    unknown: tuple[str, ...] = ()
    holds: tuple[tuple[str, str, Any], ...] = ()
    """(title of a record, field, value as text) that must have arrived."""
    suffix: str = ".xlsx"
    sheet: str = ""
    touch: Callable[[Worksheet], None] | None = None
    reasons: tuple[str, ...] = field(default_factory=tuple)


def identity(first: str) -> str:
    """Add the check digit of GB 11643-1999."""
    return first + "10X98765432"[sum(int(one) * weight for one, weight in zip(first, _WEIGHTS, strict=True)) % 11]


def value(text: str) -> Any:
    """Read one cell of the text."""
    text = text.strip().replace("NL", "\n")
    if text.startswith("#"):
        return float(text[1:]) if "." in text else int(text[1:])
    if text.startswith("@"):
        return datetime.fromisoformat(text[1:])
    return re.sub(r"ID(\d{17})", lambda found: identity(found[1]), text) or None


def rows(text: str) -> tuple[list[str], list[list[Any]]]:
    """Return the merged ranges and the cells."""
    lines = text.strip("\n").split("\n")
    merges = lines.pop(0).split()[1:] if lines[0].startswith("merge") else []
    return merges, [[value(cell) for cell in line.split("|")] for line in lines]


def build(ledger: Ledger, folder: Path) -> Path:
    """Write the file."""
    path = folder / f"{ledger.name}{ledger.suffix}"
    if ledger.suffix == ".csv":
        _, cells = rows(next(iter(ledger.tables.values())))
        with path.open("w", encoding="gb18030", newline="") as out:
            csv.writer(out).writerows(cells)
        return path
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, text in ledger.tables.items():
        sheet = book.create_sheet(name)
        merges, cells = rows(text)
        for line in cells:
            sheet.append(line)
        for merge in merges:
            sheet.merge_cells(merge)
        if ledger.touch is not None:
            ledger.touch(sheet)
    book.save(path)
    return path
