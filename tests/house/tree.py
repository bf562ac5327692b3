"""The files of this checkout and their syntax trees, as the house tests look at them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("xmdesk", "db", "ui")


def python_files(*folders: str) -> list[Path]:
    """Python files below these folders of the checkout, sorted; generated caches are left out."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "__pycache__" not in path.parts)


@cache
def syntax(path: Path) -> ast.Module:
    """Parse one file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def shown(path: Path, line: int | None = None) -> str:
    """Path as a person types it from the checkout, with the line when there is one."""
    name = path.relative_to(ROOT).as_posix()
    return name if line is None else f"{name}:{line}"


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything a file imports, also inside functions."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call in a file."""
    return (node for node in ast.walk(syntax(path)) if isinstance(node, ast.Call))


def called_name(call: ast.Call) -> str:
    """Last word of what is called: ``problem`` for both ``problem()`` and ``problems.problem()``."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


@cache
def tracked_files() -> list[Path]:
    """Files that git keeps, as they lie in the work tree."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    names = [name for name in listing.decode("utf-8").split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


@cache
def tracked_texts() -> list[tuple[Path, str]]:
    """Tracked files that are UTF-8 text, with their content."""
    found: list[tuple[Path, str]] = []
    for path in tracked_files():
        try:
            found.append((path, path.read_bytes().decode("utf-8")))
        except UnicodeDecodeError:
            continue
    return found
