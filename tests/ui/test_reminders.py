"""A line about a person names them on the screen, so that several lines do not look the same."""

from datetime import date

from PySide6.QtWidgets import QPushButton

from ui.today.reminders import ReminderRow
from xmdesk.services.reminding import Reminder, ReminderKind


def test_a_line_about_a_person_says_the_name(qtbot) -> None:
    one = Reminder(
        ReminderKind.OFFICER,
        date(2026, 6, 1),
        overdue=True,
        text="灾害信息员应在2026年6月1日汛期前确认在岗，已过175天。",
        title="灾害信息员",
        who="洪淑真",
    )
    row = ReminderRow(one, date(2026, 11, 23), lambda *_: None)
    qtbot.addWidget(row)
    row.resize(600, 30)
    row.show()

    line = row.findChild(QPushButton)

    assert line is not None
    assert line.text() == "灾害信息员 洪淑真"
    assert line.accessibleName().startswith("洪淑真：灾害信息员应在")
