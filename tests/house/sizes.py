"""How long files and functions may be; ``xm check`` runs this as a program, a test runs it as a test.

Lines are counted from ``def`` to the last line of the body. A function that only lists the boxes of an official form may
be longer when it stands in ``GEOMETRY`` with the reason.
"""

import ast
import sys
from pathlib import Path

from tests.house.tree import PROGRAM, ROOT, python_files, shown, syntax

FILE_LINES = 400
FUNCTION_LINES = 40
SHORTER_FILES = {"ui/window.py": 300}
GEOMETRY: dict[str, str] = {}


def long_file(path: Path) -> list[str]:
    """Say that a file is too long."""
    name = shown(path)
    lines, limit = len(path.read_text("utf-8").splitlines()), SHORTER_FILES.get(name, FILE_LINES)
    return [f"{name}: {lines} lines, allowed {limit}"] if lines > limit else []


def long_functions(path: Path) -> dict[str, str]:
    """Name each function that is too long, as ``path:function``, with what to say about it."""
    found: dict[str, str] = {}
    for node in ast.walk(syntax(path)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > FUNCTION_LINES:
            place = shown(path, node.lineno)
            found[f"{shown(path)}:{node.name}"] = f"{place} {node.name}: {lines} lines, allowed {FUNCTION_LINES}"
    return found


def findings() -> list[str]:
    """Everything in the checkout that is too long, and exceptions that are no longer needed."""
    said: list[str] = []
    long: dict[str, str] = {}
    for path in [*python_files(*PROGRAM, "tests"), ROOT / "xm"]:
        said += long_file(path)
        long |= long_functions(path)
    said += [text for name, text in long.items() if name not in GEOMETRY]
    return said + [f"{name}: excused in GEOMETRY but not long" for name in GEOMETRY if name not in long]


def main() -> int:
    """Print the findings, one a line."""
    found = findings()
    sys.stdout.writelines(f"{line}\n" for line in found or ["files and functions are short enough"])
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
