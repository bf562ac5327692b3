"""Workbooks from Markdown tables, and registers like the program's own but frozen here."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.xmdesk.documents.sheets import samples
from xmdesk.child import Child
from xmdesk.documents.sheets.preview import Choices, Preview, open_bytes, preview

LEDGERS = Path(__file__).parents[3] / "data" / "ledgers"


@pytest.fixture(scope="session")
def child() -> Iterator[Child]:
    with Child() as worker:
        yield worker


@pytest.fixture
def look(child):
    """Preview bytes, a workbook or a Markdown table as a register (persons by default)."""

    def preview_of(given, register=samples.PERSONS, name="表.xlsx", **choices) -> Preview:
        if isinstance(given, str):
            given = samples.workbook_from_markdown(given)
        if isinstance(given, Workbook):
            given = saved(given)
        return preview(open_bytes(given, name, run=child.run), register, Choices(**choices))

    return preview_of


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
