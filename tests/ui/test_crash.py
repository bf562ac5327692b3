"""Our own mistakes reach a log and a window, and the diagnosis holds nothing that was typed."""

import logging
import subprocess
import sys

import pytest

from tests.house.tree import ROOT
from ui import crash, diagnosis


def failure(secret: str) -> tuple[type[BaseException], BaseException]:
    with pytest.raises(KeyError) as caught:
        {}[secret]
    return caught.type, caught.value


def test_the_diagnosis_names_places_and_no_contents() -> None:
    kind, error = failure("郑小满 13805920000")

    text = diagnosis.diagnosis(kind, error.__traceback__)

    assert "KeyError" in text
    assert "test_crash.py" in text
    assert "郑小满" not in text
    assert "1380592" not in text


def test_an_exception_nobody_caught_reaches_log_and_window(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    crash.watch(shown.append)
    kind, error = failure("x")

    with caplog.at_level(logging.CRITICAL):
        sys.excepthook(kind, error, error.__traceback__)

    assert len(shown) == 1
    assert "KeyError" in caplog.text


def test_a_second_exception_while_showing_is_only_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    def show(text: str) -> None:
        shown.append(text)
        sys.excepthook(*failure("again"), None)

    crash.watch(show)
    sys.excepthook(*failure("first"), None)

    assert len(shown) == 1


def test_the_program_ends_in_order_after_a_mistake_in_a_slot(tmp_path) -> None:
    program = (
        "import sys; from PySide6.QtCore import QTimer; from ui import app, crash, diagnosis\n"
        "application = app.make_application(['xmdesk']); diagnosis.start_log(); crash.watch(crash.show_crash)\n"
        "QTimer.singleShot(0, lambda: 1 // 0)\n"
        "sys.exit(application.exec())"
    )

    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False, timeout=60)

    assert ran.returncode == 1
    log = tmp_path / "user-data" / "logs" / "xmdesk.log"
    assert "ZeroDivisionError" in log.read_text("utf-8")
