"""What happens when we made a mistake: a line in the log, a window that offers a diagnosis, an orderly close.

The diagnosis names places in the program and never what was typed: messages of unknown exceptions may hold names.
"""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from xmdesk import __version__, clock, paths

log = logging.getLogger(__name__)


def start_log() -> None:
    """Write what happens to a rotating file in the user's folder; once, though asked again."""
    from logging.handlers import RotatingFileHandler

    if any(isinstance(one, RotatingFileHandler) for one in logging.getLogger().handlers):
        return
    folder = paths.user_data() / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "xmdesk.log", maxBytes=500_000, backupCount=3, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)


def diagnosis(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return what a programmer needs and nobody minds showing: versions and places in the code."""
    import platform
    import traceback

    places = [
        f"  {one.filename.rsplit('xmdesk', 1)[-1]}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)
    ]
    head = [f"xmdesk {__version__}", f"Python {platform.python_version()}", platform.platform(), clock.stamp()]
    return "\n".join([*head, kind.__name__, *places]) + "\n"


def watch(show: Callable[[str], None], *, begin: Callable[[], None] | None = None) -> None:
    """Send every exception nobody caught to the log and to ``show``; a second one while showing only to the log.

    ``begin`` starts a log that may not have been started yet: that waits for the first paint.
    """
    showing = threading.Lock()

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        text = diagnosis(kind, trace)
        if begin is not None:
            begin()
        log.critical("%s", text)
        if not isinstance(error, KeyboardInterrupt) and showing.acquire(blocking=False):
            try:
                show(text)
            finally:
                showing.release()

    sys.excepthook = caught


def show_crash(text: str) -> None:
    """Open the crash window, let the diagnosis be saved, then close the program in order."""
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QApplication

    from ui.shared.dialogs import Dialogs

    windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    if windows:
        dialogs = Dialogs(windows[0])
        words = "程序遇到了没有预料到的情况,需要关闭。已经保存的内容都在,重新打开即可继续。"
        if dialogs.confirm("程序要关闭了", words, yes="保存诊断文件", no="直接关闭"):
            path = dialogs.save_file("保存诊断文件", "xmdesk-诊断.txt", "文本文件 (*.txt)")
            if path is not None:
                path.write_text(text, "utf-8")
    QCoreApplication.exit(1)
