"""What a person should know of a sheet as a whole before its rows are written, and which of its rows were passed over."""

from dataclasses import dataclass

from xmdesk.documents.sheets.grid import cell_text
from xmdesk.documents.sheets.lines import LineKind
from xmdesk.problems import Problem, Severity, problem
from xmdesk.services.import_preview import ImportPreview

OTHER_TABLE, HIDDEN_ROWS = "SHEET-OTHER-TABLE", "SHEET-HIDDEN-ROWS"
PEOPLE_CHANGED = "IMPORT-PEOPLE-CHANGED"
_FIRST = (OTHER_TABLE, HIDDEN_ROWS, PEOPLE_CHANGED, "SHEET-TOTAL")
_MOST_NAMED = 3
_ASKED = frozenset({"SHEET-CUT", "SHEET-ENCODING"})
"""Notices at which a person is asked to look."""
_SKIPPED = "SHEET-SKIP-"


@dataclass(frozen=True)
class Remarks:
    """``asked``: what a person has to look at; ``done``: how the sheet was read otherwise, for whoever wants to know."""

    asked: tuple[Problem, ...]
    done: tuple[Problem, ...]


@dataclass(frozen=True)
class PassedOver:
    """A row that looks like no data: its number as the sheet shows it, as what, and its text.

    ``is_read``: a person said that it is data.
    """

    number: int
    kind: LineKind
    text: str
    is_read: bool = False


def remarks_on(preview: ImportPreview) -> Remarks:
    """Return what no row that goes in or waits says of itself, each sentence once."""
    joined = {one.number for one in preview.joined}
    waiting = [found for one in preview.parked for found in one.problems]
    asked: dict[str, Problem] = {}
    done: dict[str, Problem] = {}
    for one in (*preview.problems, *_people_changed(preview)):
        if one.severity is Severity.ERROR or one.code.startswith(_SKIPPED) or one in waiting:
            continue
        is_asked = one.severity is Severity.WARNING or one.code in _ASKED
        if not is_asked:
            done.setdefault(one.text, one)
        elif one.where.row not in joined or one.code == OTHER_TABLE:
            asked.setdefault(one.text, one)
    first = sorted(asked.values(), key=lambda one: _FIRST.index(one.code) if one.code in _FIRST else len(_FIRST))
    return Remarks(tuple(first), tuple(done.values()))


def _people_changed(preview: ImportPreview) -> list[Problem]:
    """Say of how many people the sheet replaces what is known, and of the first of them what."""
    told = [
        f"第 {row.number} 行 {one.before.name}：{one.words}"
        for row in preview.joined
        for one in row.completed
        if one.replaced
    ]
    if not told:
        return []
    more = f"；另有 {len(told) - _MOST_NAMED} 行" if len(told) > _MOST_NAMED else ""
    return [problem(PEOPLE_CHANGED, number=preview.people_counts["changed"], told="；".join(told[:_MOST_NAMED]) + more)]


def passed_over(preview: ImportPreview) -> list[PassedOver]:
    """Return the rows that were passed over, and those that were until a person said that they are data."""
    said = preview.choices.records
    found = {one.number: PassedOver(one.number, one.kind, _text(preview, one.number)) for one in preview.found.skipped}
    read = (PassedOver(number, LineKind.RECORD, _text(preview, number), is_read=True) for number in said)
    return sorted([*(one for one in found.values() if one.number not in said), *read], key=lambda one: one.number)


def _text(preview: ImportPreview, number: int) -> str:
    cells = preview.found.table.sheet.rows[number - 1]
    return "  ".join(" ".join(cell_text(cell).split()) for cell in cells if cell is not None)
