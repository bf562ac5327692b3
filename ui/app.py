"""Starts the window: fonts, crash watch, first paint. Imports nothing heavy."""

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QObject, Qt, QTimer, QTranslator
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from ui import crash, diagnosis
from ui.scaling import scaled
from ui.shared.preferences import read_preferences
from ui.shared.theme import FAMILIES
from ui.window import Window

NO_FONT = "No Chinese font. 电脑上没有中文字体，请安装“思源黑体”或“文泉驿”后重新打开。"


def make_application(arguments: list[str]) -> QApplication:
    """Return the application with its font; the style is Qt's own, so that it looks the same everywhere."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = scaled(lambda: QApplication(arguments))
    application.setApplicationName("xmdesk")
    application.setStyle("Fusion")
    speak_chinese(application)
    font = QFont(application.font())
    font.setFamilies([chinese_family() or font.family()])
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    application.setFont(font)
    return application


def speak_chinese(application: QApplication) -> None:
    """Let Qt's own boxes and menus (choosing a file, copy and paste) speak as the rest does."""
    translator = QTranslator(application)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)


@cache
def chinese_family() -> str:
    """Return the best Chinese font there is, or nothing when there is none."""
    known = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return next((one for one in FAMILIES if one in known), known[0] if known else "")


class _FirstPaint(QObject):
    """Starts the log and wakes the window behind its first paint; a timer of 0 ms would run before it."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint event, then step aside."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._window, diagnosis.start_log)
            QTimer.singleShot(0, self._window, self._window.wake)
        return False


def begin(arguments: list[str]) -> tuple[QApplication, Window]:
    """Open the window, at the book named first if there is one."""
    application = make_application(arguments)
    crash.watch(crash.show_crash, begin=diagnosis.start_log)
    named = Path(arguments[1]) if len(arguments) > 1 else None
    preferences = read_preferences()
    if named is not None and named.is_dir():
        preferences = replace(preferences, book=str(named))
    window = Window(application, preferences)
    window.installEventFilter(_FirstPaint(window))
    window.show()
    if not chinese_family():
        window.dialogs.tell("没有中文字体", NO_FONT)
    return application, window


def run(arguments: list[str]) -> int:
    """Open the window and stay until it closes."""
    application, _window = begin(arguments)
    return application.exec()


if __name__ == "__main__":
    sys.exit(run(sys.argv))
