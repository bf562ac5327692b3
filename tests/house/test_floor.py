"""The ground we stand on: the pinned Qt, and a start that loads nothing heavy."""

import subprocess
import sys
from importlib.metadata import version

import pytest

from tests.house.tree import ROOT

HEAVY = ["pandas", "numpy", "reportlab", "pikepdf", "pyhanko", "openpyxl", "sqlmodel", "sqlalchemy", "pydantic"]


def in_a_fresh_process(program: str) -> str:
    command = [sys.executable, "-c", program]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_qt_is_the_release_that_runs_on_the_oldest_supported_system() -> None:
    assert version("PySide6-Essentials") == version("shiboken6") == "6.9.3"
    assert "pyside6-essentials==6.9.3 " in (ROOT / "requirements.txt").read_text("utf-8")


def test_many_calls_into_qt_do_not_kill_the_process() -> None:
    """PySide6 6.12.0 drops a reference to None in each call and ends Python 3.11 after some thousands."""
    program = (
        "from PySide6.QtWidgets import QApplication, QLabel\n"
        "application = QApplication([]); label = QLabel()\n"
        "for _ in range(300_000): label.setText('村')\n"
        "print(label.text())"
    )

    assert in_a_fresh_process(program) == "村"


def heavy_after(module: str) -> list[str]:
    program = f"import sys, {module}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    return in_a_fresh_process(program).split()


@pytest.mark.skipif(not (ROOT / "ui" / "window.py").exists(), reason="the window is not built yet")
def test_the_first_paint_loads_nothing_heavy() -> None:
    assert heavy_after("ui.app, ui.window") == []


@pytest.mark.parametrize("module", ["xmdesk.problems", "xmdesk.errors", "xmdesk.jobs", "xmdesk.paths", "xmdesk.clock"])
def test_shared_ground_is_light(module: str) -> None:
    assert heavy_after(module) == []


@pytest.mark.skipif(not (ROOT / "ui" / "cli" / "__main__.py").exists(), reason="the command line is not built yet")
def test_the_command_line_starts_without_qt_and_without_the_heavy_libraries() -> None:
    program = "import sys, ui.cli.__main__; print(*[name for name in sys.modules if name.split('.')[0] == 'PySide6'])"

    assert in_a_fresh_process(program) == ""
    assert set(heavy_after("ui.cli.__main__")) <= {"sqlmodel", "sqlalchemy", "pydantic"}


def test_tests_stand_on_their_own_folders(tmp_path) -> None:
    from xmdesk import paths

    assert paths.user_data() == tmp_path / "user-data"
    assert paths.user_cache().is_absolute()


def test_the_held_clock_stands_still(clock) -> None:
    from xmdesk import clock as program_clock

    assert program_clock.now() == clock
    assert program_clock.stamp() == "2026-11-23T04:00:00Z"
    assert program_clock.today().isoformat() == "2026-11-23"
