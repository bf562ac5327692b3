"""From starting Python to the first painted window: ours against a bare PySide6 window.

Both run from byte code, as the installed program does: the first start of each, which is not counted, compiles it.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tests.bench.child import ROOT, Values, temporary
from tests.bench.printing import Aim, Row, show

TITLE = "First paint of the window, from the start of the process (offscreen, alternating, median)"
MOST = 1.6


def run(*, quick: bool) -> list[Aim]:
    found: dict[str, list[Values]] = {"bare": [], "ours": []}
    with temporary() as compiled:
        for turn in range(2 if quick else 16):
            for name, outcomes in found.items():
                outcome = painted(name, compiled)
                if turn:  # the first start reads the disk and compiles
                    outcomes.append(outcome)
    bare, ours = (median(one["seconds"] for one in found[name]) for name in ("bare", "ours"))
    show(
        TITLE,
        [
            Row("bare PySide6 window", bare, 0, median(one["peak"] for one in found["bare"])),
            Row("xmdesk window", ours, ours / bare, median(one["peak"] for one in found["ours"])),
        ],
    )
    return [] if quick else [Aim("first paint against a bare window", ours / bare, MOST)]


def painted(name: str, compiled: str) -> Values:
    """Start a window in a fresh process and take the moment at which it says that it has painted.

    ``compiled`` is the folder that keeps the byte code.
    """
    with temporary() as folder:
        places = {"XMDESK_DATA": folder, "XMDESK_CACHE": folder, "QT_QPA_PLATFORM": "offscreen", "QT_API": "pyside6"}
        settled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        places["PYTHONPYCACHEPREFIX"] = compiled
        begun = time.time()
        command = [sys.executable, "-m", "tests.bench.painting", name]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**settled, **places},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
    moment, memory = done.stdout.split()[-2:]
    return {"seconds": float(moment) - begun, "peak": float(memory)}


def _bare() -> int:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1280, 800)
    _tell_first_paint(application, window)
    window.show()
    return application.exec()


def _ours() -> int:
    from ui.__main__ import settle

    settle()
    from ui import app

    made = app.Window

    def watched(application, *arguments):
        window = made(application, *arguments)
        window.resize(1366, 728)  # as on the screen of an office; the offscreen one is smaller
        _tell_first_paint(application, window)
        return window

    app.Window = watched
    return app.run(sys.argv[:1])


def _tell_first_paint(application, window) -> None:
    from PySide6.QtCore import QEvent, QObject

    class Watch(QObject):
        def eventFilter(self, seen, event) -> bool:  # noqa: N802 - Qt's name
            if seen is window and event.type() == QEvent.Type.UpdateRequest:
                window.removeEventFilter(self)
                window.event(event)
                _say_and_end(time.time())
            return False

    window.watch = Watch()
    window.installEventFilter(window.watch)


def _say_and_end(moment: float) -> None:
    """End at once: what comes after the first paint is not measured."""
    import resource

    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{moment:.4f} {memory:.0f}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    raise SystemExit(_bare() if sys.argv[1] == "bare" else _ours())
