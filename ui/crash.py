"""What happens when we made a mistake: a line in the log, a window that offers a diagnosis, an orderly close."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from ui.diagnosis import diagnosis

log = logging.getLogger(__name__)


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
        words = "程序遇到了没有预料到的情况，需要关闭。已经保存的内容都在，重新打开即可继续。"
        if dialogs.confirm("程序要关闭了", words, yes="保存诊断文件", no="直接关闭"):
            path = dialogs.save_file("保存诊断文件", "xmdesk-诊断.txt", "文本文件 (*.txt)")
            if path is not None:
                path.write_text(text, "utf-8")
    QCoreApplication.exit(1)
