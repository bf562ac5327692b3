"""Chinese texts that people read have Chinese marks: no half-width comma, colon or parenthesis touches a Chinese character."""

import ast
import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from inspect import getmembers, isclass
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

from tests.house.tree import PROGRAM, ROOT, python_files, shown, syntax
from xmdesk.records import codes
from xmdesk.records.base import fields_of
from xmdesk.records.duty import DutyList
from xmdesk.records.kinds import SubTable
from xmdesk.records.office import Office
from xmdesk.records.registers import REGISTERS

RESOURCES = ROOT / "resources"
FOREIGN = {"synonyms.toml"}
"""Titles as other people write them."""
READERS = (
    "xmdesk/documents/sheets/", "xmdesk/documents/lines.py", "xmdesk/records/codes/", "xmdesk/records/values/",
    "xmdesk/records/lines.py", "xmdesk/divisions/", "db/shown.py", "tests/",
)  # fmt: skip
"""Where texts of other people are read, and what is stored is written so that it can be read again."""
TITLES = {"OFFICE_TITLES", "COUNTS"}
"""Tables of titles."""

TOUCHES = "\u3400-\u9fff，。；：？！、（）“”《》"
HALF = re.compile(rf"[{TOUCHES}][,:;?!()]|[,:;?!()][{TOUCHES}]")
# The numbers of a plan's clauses, units of a column, patterns of file names in a dialog, a key, the letter of a column, open places.
CODES = re.compile(
    r"\d(-\d)*-\([一二三四五六七八九十]\)(-\d+)*|\((㎡|元|万元|米|人|处|次|项)\)|\((\*\.?\w+ ?|备份_\*\.db)+\)|;;|Ctrl\+;"
    r"|列\([A-Z]\)|\{[^{}]*\}|“\d{12}\([^“”]*\)”"
)


def half_width(text: str) -> list[str]:
    """The places in a text where a half-width mark touches Chinese; names stand as they are called when quoted, or alone."""
    if text in names() or not re.search(r"[\u3400-\u9fff]", text):
        return []
    bare = re.sub(r"“([^“”]*)”", lambda quoted: "“”" if quoted[1] in names() else quoted[0], text)
    return HALF.findall(CODES.sub("0", bare))


@cache
def names() -> frozenset[str]:
    """The values of closed lists and the labels of fields, by which books, forms and tables of others know them."""
    modules = [__import__(f"{codes.__name__}.{one.name}", fromlist=["*"]) for one in iter_modules(codes.__path__)]
    lists = {kind for module in modules for _, kind in getmembers(module, isclass) if issubclass(kind, StrEnum)}
    records: list[type[Any]] = [Office, DutyList, *(one.record for one in REGISTERS.values())]
    specs = [spec for record in records for spec in fields_of(record).values()]
    specs += [spec for one in specs if isinstance(one.kind, SubTable) for spec in fields_of(one.kind.line).values()]
    return frozenset({str(value) for kind in lists for value in kind} | {spec.label for spec in specs})


def in_tables(value: Any) -> Iterator[str]:
    """Every text in a table of a resource."""
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from in_tables(one)


def in_code(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module with its line: constants, f-strings as one text, what commands say of themselves."""
    tree = syntax(path)
    passed = {id(part) for node in ast.walk(tree) if _is_passed(node) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in passed:
            continue
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(_text(part) for part in node.values)
            passed |= {id(part) for part in node.values}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def _text(part: ast.expr) -> str:
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "{}"


def _is_passed(node: ast.AST) -> bool:
    """Patterns, tables of titles, and what is said to whoever reads the code."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "re"
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(one, ast.Name) and one.id in TITLES for one in targets)
    is_words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    return is_words and not str(node.value.value).endswith("。")  # type: ignore[attr-defined]  # a constant


def test_no_text_of_a_resource_mixes_marks() -> None:
    wrong = {
        f"{path.relative_to(RESOURCES)}: {text}": found
        for path in sorted(RESOURCES.rglob("*.toml"))
        if path.name not in FOREIGN
        for text in in_tables(tomllib.loads(path.read_text("utf-8")))
        if (found := half_width(text))
    }

    assert wrong == {}


@pytest.mark.parametrize("name", ["resources/help/manual.md", "CHANGELOG.md"])
def test_no_line_of_a_book_for_people_mixes_marks(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()

    assert {number: found for number, line in enumerate(lines, 1) if (found := half_width(line))} == {}


def test_no_text_of_the_program_mixes_marks() -> None:
    wrong = {
        shown(path, line): text
        for path in python_files(*PROGRAM)
        if not shown(path).startswith(READERS)
        for line, text in in_code(path)
        if half_width(text)
    }

    assert wrong == {}


@pytest.mark.parametrize("text", ["先看,再写", "村(社区)的人", "备注:无", "是不是?请看", "改了{count}行(不多)"])
def test_half_width_marks_are_found(text: str) -> None:
    assert half_width(text)


@pytest.mark.parametrize(
    "text",
    ["面积(㎡)", "“村(社区)”", "还没有公布（3-2-(三)-6）。", "12:30 开始", "表格 (*.xlsx)", "Yes, (no)?", "村(社区)"],
)
def test_numbers_names_units_and_latin_are_left_alone(text: str) -> None:
    assert half_width(text) == []
