"""The rows of a preview as its lists show them: those that go in, and those that wait with their reasons."""

from typing import Any

from ui.shared.plain_table import Line
from xmdesk.documents.sheets.places import within_row
from xmdesk.problems import Severity, joined_sentences

FATES = {"new": ("新增", "good"), "changed": ("修改", "explained"), "same": ("没有变化", ""), "left": ("不导入", "")}
OF_PEOPLE = {False: ("补充人员", "explained"), True: ("修改人员", "doubt")}
"""Nothing new of the register, but of the person behind the row: gaps filled, or values replaced."""


def reminders(preview: Any) -> dict[int, list[str]]:
    """What a person should look at in each row, by its number."""
    found: dict[int, list[str]] = {}
    for one in preview.problems:
        if one.severity is Severity.WARNING and one.where.row:
            found.setdefault(one.where.row, []).append(within_row(one.text, one.where.row))
    return found


def joined_line(one: Any, preview: Any, reminded: dict[int, list[str]], cells: list[str]) -> Line:
    """Return a row that goes in: what it is called, what becomes of it, its first ``cells`` and what to look at."""
    replaces = any(found.replaced for found in one.completed)
    words, tone = OF_PEOPLE[replaces] if one.is_of_people_only else FATES[str(one.fate)]
    if one.earlier:
        words = f"并入第 {one.earlier} 行"
    found = joined_sentences(reminded.get(one.number, ()))
    texts = (one.replace("\n", " ") for one in cells)
    return Line(str(one.number), (str(one.number), preview.title_of(one.record), words, *texts, found), tone=tone)


def parked_line(one: Any) -> Line:
    """Return a row that waits, with its reasons; what it waits for comes before what is only to be looked at."""
    ranked = sorted(one.problems, key=lambda found: found.severity is not Severity.ERROR)
    reasons = joined_sentences(_reason(found, one.number) for found in ranked)
    raw = "  ".join(str(value) for value in one.raw.values() if value)
    return Line(str(one.number), (str(one.number), reasons, raw), tone="missing", icon="missing")


def _reason(found: Any, number: int) -> str:
    place, text = found.where.label or found.where.column, within_row(found.text, number)
    return text if not place or place in text else f"{place}：{text}"
