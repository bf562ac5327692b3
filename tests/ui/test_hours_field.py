"""Opening hours in a form: how they were understood, and what they left out."""

import pytest

from tests.ui.test_fields import made
from tests.ui.typing import type_into
from xmdesk.records.facility import Facility


def test_hours_say_how_they_were_understood(qtbot) -> None:
    field = made(qtbot, Facility, "hours")

    type_into(field.line, "周一至周五 8:00-12:00 14:30-18:30")

    assert "每天开放 8 小时" in field.words


@pytest.mark.parametrize(
    ("typed", "daily"),
    [
        ("周一 18:00-8:00", "每天开放 14 小时"),
        ("周一至周五 8:00-17:00 9:00-11:00", "每天开放 9 小时"),
        ("周一至周五 8:00-17:00；周六 20:00-次日0:30", "每天开放 4.5–9 小时"),
    ],
)
def test_hours_over_midnight_and_overlapping_ones_are_counted_rightly(qtbot, typed: str, daily: str) -> None:
    field = made(qtbot, Facility, "hours")

    type_into(field.line, typed)

    assert daily in field.words


def test_what_hours_left_out_is_said_while_typing_and_afterwards(qtbot) -> None:
    field = made(qtbot, Facility, "hours")
    left_out = "节假日的时间或说明没有保留"

    field.line.setText("周一至周五 8:00-17:00；节假日 9:00-11:00")
    field.line.textEdited.emit(field.line.text())
    typing = field.words
    field.line.editingFinished.emit()
    tidied = field.words
    field.fill(field.read())
    saved = field.words
    field.forget()
    field.fill(field.read())

    assert all("每天开放 9 小时" in one and left_out in one for one in (typing, tidied, saved))
    assert left_out not in field.words


def test_hours_of_holidays_alone_are_refused(qtbot) -> None:
    field = made(qtbot, Facility, "hours")

    type_into(field.line, "节假日 9:00-11:00")

    assert field.line.text() == "节假日 9:00-11:00"
    assert "没有写周几开放" in field.words
