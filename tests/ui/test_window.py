"""The whole window: what it loads, what every control is called, and the acts that work everywhere."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from tests.house.tree import ROOT
from tests.ui.said import Said
from tests.ui.typing import type_into
from ui.actions import ACTS, CELL_ACTS
from ui.places import CLERK_PLACES, REGISTER_PLACES, REVIEWER_PLACES
from ui.registers.page import RegisterPage
from ui.shared.record_table import RegisterTable
from ui.shared.words import LineButton
from ui.shell import Shell
from ui.window import Window
from xmdesk.records.registers import REGISTERS
from xmdesk.services.desk import Desk

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "pandas",
    "numpy",
    "reportlab",
    "pyhanko",
    "pikepdf",
    "openpyxl",
    "qtawesome",
)
CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTableView)


def in_a_fresh_process(program: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_the_first_paint_loads_nothing_heavy() -> None:
    program = (
        "import sys; from ui.app import make_application; from ui.window import Window\n"
        "from ui.shared.preferences import Preferences\n"
        "application = make_application(['xmdesk']); window = Window(application, Preferences())\n"
        "window.show(); application.processEvents(); window.grab()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    assert in_a_fresh_process(program) == "[]"


@pytest.mark.parametrize(
    ("chosen", "keep", "used"),
    [("fcitx", "", "ibus"), ("fcitx5", "", "ibus"), ("fcitx", "1", "fcitx"), ("ibus", "", "ibus")],
)
def test_chinese_can_be_typed_whatever_the_desktop_chose(
    monkeypatch: pytest.MonkeyPatch, chosen: str, keep: str, used: str
) -> None:
    import os

    from ui.__main__ import choose_input_method

    monkeypatch.setenv("QT_IM_MODULE", chosen)
    monkeypatch.delenv("XMDESK_KEEP_IM", raising=False)
    if keep:
        monkeypatch.setenv("XMDESK_KEEP_IM", keep)

    choose_input_method()

    assert os.environ["QT_IM_MODULE"] == used


def test_the_input_method_is_chosen_before_qt_is_loaded() -> None:
    program = "import sys, ui.__main__; print('PySide6' in sys.modules)"

    assert in_a_fresh_process(program) == "False"


def test_shortcuts_are_unique() -> None:
    keys = [one.keys for one in (*ACTS.values(), *CELL_ACTS.values())]

    assert len(set(keys)) == len(keys)


def test_every_register_has_a_place() -> None:
    assert [name for name, _ in REGISTER_PLACES] == list(REGISTERS)


def opened(window: Window, desk: Desk) -> Window:
    window.wake()
    window.open_desk(desk)
    return window


def people_table(shell: Shell) -> RegisterTable:
    page = shell.pages["persons"]
    assert isinstance(page, RegisterPage)
    return page.table


def nameless(page: QWidget) -> list[str]:
    """Controls a person can reach that a screen reader could not name."""
    found = []
    for control in page.findChildren(QWidget):
        reachable = isinstance(control, CONTROLS) and control.focusPolicy() != Qt.FocusPolicy.NoFocus
        inside = isinstance(control.parentWidget(), QComboBox | QTableView)
        if reachable and not inside and not control.accessibleName():
            found.append(f"{type(control).__name__} {control.objectName()}")
    return found


@pytest.mark.parametrize("place", [one.id for one in CLERK_PLACES])
def test_every_control_of_the_clerks_pages_has_a_name(window: Window, desk: Desk, place: str) -> None:
    shell = opened(window, desk).shell
    assert shell is not None

    shell.go(place)

    assert shell.here == place
    assert nameless(shell.pages[place]) == []


@pytest.mark.parametrize("place", [one.id for one in REVIEWER_PLACES])
def test_every_control_of_the_reviewers_pages_has_a_name(window: Window, reviewer: Desk, place: str) -> None:
    shell = opened(window, reviewer).shell
    assert shell is not None

    shell.go(place)

    assert shell.here == place
    assert nameless(shell.pages[place]) == []


def test_f1_says_on_any_page_what_belongs_into_the_field_with_the_cursor(window: Window, desk: Desk) -> None:
    window.open_desk(desk)
    assert window.shell is not None
    window.shell.go("office")
    field = window.shell.pages["office"].form.fields["prepared_by"]  # type: ignore[attr-defined]  # the page of the office
    window.activateWindow()
    field.setFocus()

    window.act("help")

    assert "最多" in field.rule_words


def test_counts_stand_in_the_navigation(window: Window, desk: Desk) -> None:
    shell = opened(window, desk).shell
    assert shell is not None

    assert shell.side._counts["facilities"].text() == str(desk.registers.count("facilities"))


def test_undo_and_redo_are_named_and_work(window: Window, desk: Desk) -> None:
    shell = opened(window, desk).shell
    assert shell is not None
    shell.go("facilities")
    field = shell.pages["facilities"].editor.form.fields["name"]  # type: ignore[attr-defined]  # a register page
    before = field.read()
    type_into(field.line, "改过的名字")
    window.act("save")
    offered = shell.foot._undo.text()

    window.act("undo")
    after_undo, offered_redo = field.read(), shell.foot._redo.text()
    window.act("redo")

    assert offered == "撤销 修改设施 改过的名字"
    assert after_undo == before
    assert offered_redo == "恢复 修改设施 改过的名字"
    assert field.read() == "改过的名字"


def test_undo_shows_the_record_that_it_changed(window: Window, desk: Desk) -> None:
    shell = opened(window, desk).shell
    assert shell is not None
    shell.go("facilities")
    page = shell.pages["facilities"]
    first, last = page.model.uid(0), page.model.uid(page.model.rowCount() - 1)  # type: ignore[attr-defined]  # a register page
    page.show_record(last)
    type_into(page.editor.form.fields["name"].line, "改过的名字")  # type: ignore[attr-defined]  # a register page
    window.act("save")
    page.show_record(first)

    window.act("undo")

    assert page.mark == last
    assert shell.foot._words.text().startswith("已撤销：修改设施 ")


def test_undo_from_another_page_leaves_what_is_in_front(window: Window, desk: Desk) -> None:
    shell = opened(window, desk).shell
    assert shell is not None
    person = desk.registers.rows("persons", desk.registers.uids("persons"))[0]
    desk.registers.save(person.changed(post="护林员"))
    shell.go("facilities")
    before = shell.pages["facilities"].mark

    window.act("undo")

    assert shell.pages["facilities"].mark == before
    assert shell.foot._words.text() == f"已撤销：修改人员 {person.title()}"


def test_the_place_in_front_is_in_view_in_the_navigation(qtbot, window: Window, desk: Desk) -> None:
    shell = opened(window, desk).shell
    assert shell is not None
    window.resize(960, 400)
    window.show()
    qtbot.waitUntil(lambda: shell.side._scroll.verticalScrollBar().maximum() > 0)

    shell.go("settings")

    assert not shell.side._buttons["settings"].visibleRegion().isEmpty()


def test_closing_saves_what_was_typed(window: Window, desk: Desk) -> None:
    from tests.journeys.invented import PASSWORD
    from ui.compose import open_book

    shell = opened(window, desk).shell
    assert shell is not None
    shell.go("office")
    type_into(shell.pages["office"].form.fields["address"].line, "榕下村99号")  # type: ignore[attr-defined]  # the office page
    window.close()

    again = open_book(desk.folder, PASSWORD)

    assert again.office.office().address == "榕下村99号"
    again.upkeep.close()


def test_locking_closes_the_book_and_asks_for_the_password(window: Window, desk: Desk) -> None:
    from ui.start.unlock import Unlock

    opened(window, desk)

    window.act("lock")

    assert window.desk is None
    assert window.findChild(Unlock) is not None


def test_locking_forgets_what_was_copied(window: Window, desk: Desk) -> None:
    shell = opened(window, desk).shell
    assert shell is not None
    shell.go("persons")
    table = people_table(shell)
    table.asked.emit("copy")
    was_there = window.around.copied.is_there

    window.act("lock")

    assert was_there
    assert not window.around.copied.is_there
    assert window.around.copied.uids == ()


def test_f2_in_an_open_cell_of_the_table_does_not_lead_into_the_form(window: Window, desk: Desk, qtbot) -> None:
    shell = opened(window, desk).shell
    assert shell is not None
    shell.go("persons")
    table = people_table(shell)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_F2)
    line = table.open_line

    qtbot.keyClick(line, Qt.Key.Key_F2)

    assert line is not None
    assert table.open_line is line
    assert line.hasFocus()


def test_larger_letters_and_dark_colours_are_worn_at_once(window: Window, desk: Desk, tmp_path: Path) -> None:
    from ui.shared.preferences import read_preferences

    shell = opened(window, desk).shell
    assert shell is not None
    shell.go("settings")

    window.preferring.change(percent=150, is_dark=True)

    assert window.shell is not None
    assert window.shell.here == "settings"
    assert window.icons.theme.percent == 150
    assert window.shell.side.font().pixelSize() > 0
    assert (read_preferences().percent, read_preferences().is_dark) == (150, True)
    window.preferring.change(percent=100, is_dark=False)


def test_letters_too_large_for_this_screen_wait_for_a_larger_one(qapp: QApplication, qtbot, said: Said) -> None:
    """The offscreen screen is narrow: a program that was left with large letters opens with those that fit."""
    from ui.shared.preferences import Preferences

    made = Window(qapp, Preferences(percent=150), dialogs=said)
    qtbot.addWidget(made)
    opened_with = made.icons.theme.percent
    made.preferring.change(is_dark=True)
    narrow = made.screen().availableSize().width()
    made.resize(1366, 728)
    made.preferring.change(is_dark=False)

    assert narrow < 960
    assert (opened_with, made.preferring.current.percent) == (100, 150)
    assert made.icons.theme.percent == 150
    made.preferring.change(percent=100)


def test_unreadable_preferences_fall_back(tmp_path: Path) -> None:
    from ui.shared.preferences import Preferences, read_preferences
    from xmdesk.paths import user_data

    user_data().mkdir(parents=True)
    (user_data() / "preferences.json").write_text('{"percent": "huge", "is_dark": true}', "utf-8")
    odd = read_preferences()
    (user_data() / "preferences.json").write_text("not json", "utf-8")

    assert odd == Preferences(is_dark=True)
    assert read_preferences() == Preferences()


def test_a_running_act_keeps_the_window_open(window: Window, qtbot) -> None:
    import threading

    gate = threading.Event()
    window.work.long("很久", lambda _: gate.wait(10))

    window.close()
    still = window.isVisible()
    gate.set()

    qtbot.waitUntil(lambda: not window.work.is_busy)
    assert still


def cut(page: QWidget) -> list[str]:
    """Buttons and labels in view whose text finds no room."""
    buttons = [one for one in page.findChildren(QPushButton) if not isinstance(one, LineButton)]
    labels = [one for one in page.findChildren(QLabel) if not one.wordWrap()]
    shown = [one for one in (*buttons, *labels) if one.isVisible() and one.text()]
    return [one.text() for one in shown if one.width() < one.minimumSizeHint().width() - 1]


def settled(qtbot, page: QWidget) -> list[str]:
    """What is still cut when the page has had time to lay itself out."""
    words = cut(page)
    for _ in range(40):
        if not words:
            break
        qtbot.wait(25)
        words = cut(page)
    return words


@pytest.mark.parametrize("percent", [100, 150])
def test_no_word_is_cut_on_a_small_office_screen(window: Window, desk: Desk, qtbot, percent: int) -> None:
    window.preferring.change(percent=percent)
    shell = opened(window, desk).shell
    assert shell is not None
    cut_words: dict[str, list[str]] = {}

    for one in CLERK_PLACES:
        shell.go(one.id)
        cut_words[one.id] = settled(qtbot, shell.pages[one.id])

    window.preferring.change(percent=100)
    assert {place: words for place, words in cut_words.items() if words} == {}
