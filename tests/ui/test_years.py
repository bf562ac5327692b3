"""A day typed without its year is understood where its whole date is seen at once: in forms, in cells, in lines of a form."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.ui.sheets import go, letters, opened, press, record
from tests.ui.typing import type_into
from ui.shared.fields.field import Field
from ui.shared.fields.registry import field_for
from ui.shared.fields.table import TableField
from ui.shared.surroundings import Surroundings
from xmdesk.records.base import Record, fields_of
from xmdesk.records.duty import Inspection, MaintenanceDuty
from xmdesk.records.people import LegalHelper, Person
from xmdesk.records.shelter import Shelter
from xmdesk.services.desk import Desk
from xmdesk.services.entering import Entering

pytestmark = pytest.mark.usefixtures("clock")  # noon of 23 November 2026


class Nobody:
    """No records to choose from."""

    def search(self, register: str, text: str) -> list[tuple[str, str]]:
        return []

    def title(self, register: str, uid: str) -> str:
        return ""

    def add_person(self, name: str) -> str:
        return ""


def made(qtbot, record: type[Record], name: str) -> Any:
    field = field_for(fields_of(record)[name], Nobody())
    qtbot.addWidget(field)
    field.fill(record().model_dump().get(name))
    field.show()
    return field


def entered(field: Any, text: str) -> Any:
    type_into(field.line, text)
    return field.read()


def test_a_form_shows_the_whole_date_and_says_which_year_it_took(qtbot) -> None:
    field: Field = made(qtbot, MaintenanceDuty, "term_to")

    value = entered(field, "12.5")

    assert value == date(2026, 12, 5)
    assert field.line.text() == "2026年12月5日"  # type: ignore[attr-defined]  # a LineField
    assert field.words == "没有写年份，补的是2026年。"


def test_a_day_that_must_have_passed_is_one_of_last_year(qtbot) -> None:
    field = made(qtbot, Shelter, "checked_on")

    value = entered(field, "12月5日")

    assert (value, field.line.text()) == ("2025-12-05", "2025年12月5日")
    assert field.words == "没有写年份，补的是2025年。"


def test_a_moment_without_year_keeps_its_hour(qtbot) -> None:
    assert entered(made(qtbot, Inspection, "at"), "11.5 14:30") == "2026-11-05T14:30"


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("昨天8点", "2026-11-22T08:00", "记的是2026年11月22日。"),
        ("21号8点半", "2026-11-21T08:30", "没有写月份，补的是2026年11月。"),
        ("28日 9:00", "2026-10-28T09:00", "没有写月份，补的是2026年10月。"),
        ("8点", "2026-11-23T08:00", "没有写日期，补的是今天。"),
    ],
)
def test_a_moment_by_the_name_of_its_day_or_without_month_is_said(qtbot, text: str, value: str, words: str) -> None:
    field = made(qtbot, Inspection, "at")

    assert (entered(field, text), field.words) == (value, words)


def test_the_words_about_the_year_go_when_another_date_is_shown(qtbot) -> None:
    field = made(qtbot, MaintenanceDuty, "term_to")
    entered(field, "12.5")

    field.fill(date(2027, 1, 1))

    assert field.words == ""


def test_two_numbers_that_are_no_day_stay_and_ask_for_the_year(qtbot) -> None:
    field = made(qtbot, MaintenanceDuty, "term_to")

    type_into(field.line, "25.3")

    assert field.line.text() == "25.3"
    assert "缺年份" in field.words


def test_only_fields_of_days_get_a_year(qtbot) -> None:
    assert entered(made(qtbot, Person, "post"), "12.5") == "12.5"


def test_a_line_of_a_form_takes_a_day_without_year(qtbot) -> None:
    field: TableField = made(qtbot, LegalHelper, "services")
    field.model.add()

    field.model.setData(field.model.index(0, 0), "12/5")

    assert field.model.index(0, 0).data() == "2025-12-05"
    assert field.read()[0]["on"] == "2025-12-05"


def test_a_cell_takes_a_day_without_year(qtbot, desk: Desk, around: Surroundings) -> None:
    page = opened(qtbot, desk, around, "disaster_officers")
    go(page, 0, "started_on")

    letters(page, "12.5")
    press(page, Qt.Key.Key_Return)

    assert record(desk, page, 0).started_on == "2025-12-05"


def test_pasted_days_without_year_wait_for_their_year(qtbot, desk: Desk, around: Surroundings) -> None:
    uid = opened(qtbot, desk, around, "disaster_officers").model.uid(0)

    found = Entering(desk.registers).put("disaster_officers", [uid], ["started_on"], [["12.5"]])

    assert [one.code for one in found.refused] == ["V-DATE-NO-YEAR"]


@pytest.mark.parametrize("text", ["8:30", "8点半", "上午8点30分"])
def test_a_time_alone_is_that_time_today_and_says_so(qtbot, text: str) -> None:
    field = made(qtbot, Inspection, "at")

    assert entered(field, text) == "2026-11-23T08:30"
    assert field.line.text() == "2026年11月23日 08:30"
    assert field.words == "没有写日期，补的是今天。"


def test_a_moment_that_cannot_be_read_is_shown_as_typed_with_an_example(qtbot) -> None:
    field = made(qtbot, Inspection, "at")

    type_into(field.line, "2026-11-23 8点多")

    assert "“2026-11-23 8点多”" in field.words
    assert "11月23日 8:30" in field.words
