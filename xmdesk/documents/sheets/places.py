"""Problems found in a sheet, with their place both as data and in words: 第 7 行“联系电话”：…"""

from collections.abc import Iterable
from dataclasses import replace

from xmdesk.documents.sheets.grid import Sheet
from xmdesk.problems import Problem, Severity, Where

_SHOWN_ROWS = 5


def in_row(found: Problem, number: int, header: str = "", *, sheet: Sheet | None = None) -> Problem:
    """Put a problem into a row (as the sheet counts) and, if given, under a header; the sentence says so too."""
    file, name = (sheet.file, sheet.name) if sheet is not None else ("", "")
    text = f"第 {number} 行“{header}”：{found.text}" if header else f"第 {number} 行{found.text}"
    where = Where(file=file, sheet=name, row=number, column=header)
    return Problem(found.code, found.severity, where, text, found.to_do, found.facts)


def within_row(text: str, number: int) -> str:
    """Return the sentence about a row for a place that names the row already."""
    return text.removeprefix(f"第 {number} 行")


def in_column(found: Problem, header: str) -> Problem:
    """Put a problem under a header, for findings about a whole column."""
    return replace(found.at(column=header), text=f"“{header}”：{found.text}")


def in_file(problems: Iterable[Problem], file: str, sheet: str) -> list[Problem]:
    """Fill in the file and the sheet where they are not known yet."""
    return [one if one.where.file else one.at(file=file, sheet=sheet) for one in problems]


def condensed(problems: Iterable[Problem]) -> list[Problem]:
    """Join notices of one kind in one column into one line with the first rows and their number."""
    result: list[Problem] = []
    groups: dict[tuple[str, str], list[Problem]] = {}
    for one in problems:
        if one.severity is Severity.NOTICE and one.text.startswith(f"第 {one.where.row} 行“"):
            groups.setdefault((one.code, one.where.column), []).append(one)
        else:
            result.append(one)
    return [*result, *(group[0] if len(group) == 1 else _joined(group) for group in groups.values())]


def _joined(group: list[Problem]) -> Problem:
    first = group[0]
    numbers = "、".join(str(one.where.row) for one in group[:_SHOWN_ROWS])
    more = f"等 {len(group)} 行" if len(group) > _SHOWN_ROWS else "行"
    _, _, sentence = first.text.partition("：")
    return replace(first, text=f"第 {numbers} {more}“{first.where.column}”：{sentence}")
