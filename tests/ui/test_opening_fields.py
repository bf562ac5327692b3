"""Fields that open: the hours of each day, and lists with the letters that find a line."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QStyledItemDelegate

from tests.ui.test_fields import made
from tests.ui.typing import type_into
from ui.shared.fields.hours import HoursField
from ui.shared.fields.pick_line import letters_of
from ui.shared.fields.picks import ChoiceField
from xmdesk.records.facility import Facility

KNOWN = {"u-1": "郑小满", "u-2": "郑建新"}


def test_hours_are_written_day_by_day_and_stand_in_the_line(qtbot) -> None:
    field: HoursField = made(qtbot, Facility, "hours")
    edits: list[str] = []
    field.edited.connect(lambda: edits.append(field.line.text()))

    QTest.keyClick(field.line, Qt.Key.Key_Down)
    assert field.days is not None
    type_into(field.days.lines[0], "8:00-12:00 14:30-17:30")
    next(one for one in field.days.findChildren(QPushButton) if "周五" in one.text()).click()
    type_into(field.days.lines[5], "9-12点")

    week = field.read()
    assert week["1"] == week["5"] == ["08:00-12:00", "14:30-17:30"]
    assert (week["6"], week["7"]) == (["09:00-12:00"], [])
    assert edits
    assert "每天开放" in field.words


def test_the_days_show_what_the_line_says_and_fold_again(qtbot) -> None:
    field: HoursField = made(qtbot, Facility, "hours")
    type_into(field.line, "周一至周五 8:00-12:00")

    field.turn()
    assert field.days is not None
    shown = [one.text() for one in field.days.lines]
    for one in field.days.lines:
        one.editingFinished.emit()
    field.turn()

    assert shown == ["8:00-12:00"] * 5 + ["", ""]
    assert field.line.text().startswith("周一至周五")
    assert not field.days.isVisible()


def test_a_day_that_runs_past_midnight_stays_so_when_another_is_changed(qtbot) -> None:
    field: HoursField = made(qtbot, Facility, "hours")
    type_into(field.line, "周一 8:00-次日2:00")

    field.turn()
    assert field.days is not None
    type_into(field.days.lines[1], "9-12")

    assert (field.read()["1"], field.read()["2"]) == (["08:00-02:00"], ["09:00-12:00"])


def test_a_list_shows_the_letters_that_find_each_line(qtbot) -> None:
    field: ChoiceField = made(qtbot, Facility, "kind")
    field.resize(420, 60)
    field.line.offer_all()
    popup = field.line._completer.popup()
    with_letters = popup.grab().toImage()

    popup.setItemDelegate(QStyledItemDelegate(popup))

    assert letters_of("图书室/农家书屋") == "tssnjsw"
    assert letters_of("e政务终端（24小时）") == "zwzdxs"
    assert with_letters != popup.grab().toImage()
    popup.hide()
