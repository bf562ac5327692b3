"""The import rule ``ui -> xmdesk <- db`` holds; the sentences are the contracts' names in pyproject.toml."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import ROOT, imports, python_files, shown

LAYERS = ("services", "documents", "sealed", "trust", "checks", "indicators")


def contracts() -> list[dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]


def lint(folder: Path) -> str:
    """Output of import-linter for the packages found in a folder."""
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    command = [sys.executable, "-c", program, "--config", str(ROOT / "pyproject.toml"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def test_every_import_contract_is_kept() -> None:
    said = lint(ROOT)

    assert f"Contracts: {len(contracts())} kept, 0 broken." in said, said


VIOLATIONS = {
    "The work knows neither the window nor the database": {"xmdesk/ports.py": "import sqlite3"},
    "Faces and memory meet only in ui.compose": {"ui/window.py": "import db.store"},
    "Inside the work imports only go down: services, papers, judgements, nouns": {
        "xmdesk/records/duty.py": "import xmdesk.services.duties"
    },
    "There is no Qt below the window and none in the command line": {"ui/cli/main.py": "import PySide6.QtCore"},
    "Pages never import each other": {"ui/today/page.py": "import ui.inbox.page"},
    "Inside the work only the nouns know sqlmodel": {"xmdesk/services/duties.py": "import sqlmodel"},
}

SMALL_HOUSE = [
    "ui/compose.py", "ui/window.py", "ui/cli/main.py", "ui/today/page.py", "ui/inbox/page.py", "db/store.py",
    "xmdesk/ports.py", "xmdesk/services/duties.py", "xmdesk/records/duty.py", "xmdesk/documents/cover.py",
    "xmdesk/sealed/seal.py", "xmdesk/trust/keys.py", "xmdesk/checks/duty.py", "xmdesk/indicators/counts.py",
]  # fmt: skip


def build(folder: Path, texts: dict[str, str]) -> None:
    """Lay out a house of empty modules with these contents, enough for every contract to have its subject."""
    for name in SMALL_HOUSE:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts.get(name, ""), "utf-8")
        for parent in list(path.relative_to(folder).parents)[:-1]:
            (folder / parent / "__init__.py").touch()


@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_contract_catches_the_import_it_forbids(name: str, tmp_path: Path) -> None:
    build(tmp_path, {"ui/compose.py": "import db.store", "xmdesk/records/duty.py": "import sqlmodel"})
    before = lint(tmp_path)
    for path, text in VIOLATIONS[name].items():
        (tmp_path / path).write_text(text, "utf-8")

    after = lint(tmp_path)

    assert f"{name} KEPT" in before, before
    assert f"{name} BROKEN" in after, after


def test_each_contract_is_proved_by_a_violation() -> None:
    assert [contract["name"] for contract in contracts()] == list(VIOLATIONS)


def test_every_page_of_the_window_is_named_in_the_page_contract() -> None:
    listed = next(str(contract["layers"]) for contract in contracts() if contract["name"] == list(VIOLATIONS)[4])
    pages = [path.parent.name for path in (ROOT / "ui").glob("*/page.py") if path.parent.name != "shared"]

    assert [page for page in pages if f"({page})" not in listed] == []


def test_free_ground_in_xmdesk_leans_on_no_layer_but_the_records() -> None:
    layers = tuple(f"xmdesk.{layer}" for layer in LAYERS)
    leaning = [
        f"{shown(path, line)} {name}"
        for path in sorted((ROOT / "xmdesk").glob("*.py"))
        for line, name in imports(path)
        if name.startswith(layers)
    ]

    assert leaning == []


def test_package_files_hold_no_code() -> None:
    clever = [
        shown(path)
        for path in python_files("xmdesk", "db", "ui")
        if path.name == "__init__.py" and path.parent.name != "xmdesk" and "def " in path.read_text("utf-8")
    ]

    assert clever == []
