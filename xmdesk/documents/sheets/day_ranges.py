"""Two days in one cell: 2026年5月12日-13日, 2026.5.12至2026.6.1. For compound columns such as 起止日期 and 培训时间."""

import re
from typing import Any

from xmdesk.documents.sheets.columns import Reader
from xmdesk.records.values.reading import Bad, Read

_BETWEEN = re.compile(r"\s*(?:至|到|—+|－+|–+|~+|～+|-+)\s*")
_YEAR = re.compile(r"^\s*(\d{4}\s*[年./-])")
_MONTH = re.compile(r"^\s*(\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-])")


def from_to(reader: Reader) -> Reader:
    """Return a reader of (first day, last day); a single day leaves the second empty, what is left out is taken over."""

    def read(raw: object) -> Read[tuple[Any, Any]]:
        try:
            single = reader(raw)
        except Bad:
            if isinstance(raw, str):
                found = _apart(raw, reader)
                if found is not None:
                    return found
            raise
        return Read((single.value, reader(None).value), single.notes)

    return read


def _apart(text: str, reader: Reader) -> Read[tuple[Any, Any]] | None:
    """Try every place where a word for "to" stands; both sides must be days."""
    for between in _BETWEEN.finditer(text):
        left, right = text[: between.start()], text[between.end() :]
        first = _tried(left, reader)
        if first is None or not right:
            continue
        last = _completed(left, right, reader)
        if last is not None:
            return Read((first.value, last.value), (*first.notes, *last.notes))
    return None


def _completed(left: str, right: str, reader: Reader) -> Read[Any] | None:
    """Read the last day as it stands, else with the year, else with year and month of the first."""
    matches = (pattern.match(left) for pattern in (_YEAR, _MONTH))
    heads = ["", *(match.group(1) for match in matches if match)]
    return next((day for head in heads if (day := _tried(f"{head}{right}", reader)) is not None), None)


def _tried(text: str, reader: Reader) -> Read[Any] | None:
    try:
        return reader(text)
    except Bad:
        return None
