"""The small tables inside a form: lines are added, read, refused, and gone to."""

import pytest
from PySide6.QtTest import QTest

from tests.ui.test_fields import made
from ui.shared.fields.table import TableField
from ui.shared.theme import Theme, dress
from xmdesk.records.people import LegalHelper
from xmdesk.records.shelter import Shelter


def test_a_line_is_added_to_a_small_table_and_bad_cells_are_refused(qtbot) -> None:
    field: TableField = made(qtbot, Shelter, "supplies")
    field.model.add()

    field.model.setData(field.model.index(0, 0), "棉被")
    refused = field.model.setData(field.model.index(0, 1), "很多")
    field.model.setData(field.model.index(0, 1), "30")

    assert refused is False
    assert field.read()[0]["item"] == "棉被"
    assert field.read()[0]["quantity"] == "30"


def test_days_in_a_small_table_are_written_as_in_every_table(qtbot) -> None:
    field: TableField = made(qtbot, Shelter, "supplies")
    field.fill([{"item": "方便面", "expires": "2026-12-20"}, {"item": "水", "expires": "2027"}])

    expires = [one.name for one in field.model.specs].index("expires")
    shown = [field.model.index(row, expires).data() for row in (0, 1)]
    field.model.setData(field.model.index(1, expires), shown[1])

    assert shown == ["2026-12-20", "2027"]
    assert [one["expires"] for one in field.read()] == shown


def test_the_cursor_goes_to_a_cell_of_a_small_table_by_its_line_and_name(qtbot) -> None:
    field: TableField = made(qtbot, Shelter, "supplies")
    field.fill([{"item": "棉被", "expires": ""}, {"item": "方便面", "expires": "2027-02"}])

    field.go_inside("2/expires")
    there = field.view.currentIndex()
    field.go_inside("3/expires")

    assert (there.row(), field.model.specs[there.column()].name) == (1, "expires")
    assert field.view.currentIndex() == there


def test_empty_lines_of_a_small_table_are_not_kept(qtbot) -> None:
    field: TableField = made(qtbot, LegalHelper, "services")
    field.model.add()

    assert field.read() == []


@pytest.mark.parametrize("wide", [188, 700])
@pytest.mark.parametrize("percent", [100, 150])
def test_the_lines_of_a_small_table_are_whole_whatever_the_size_of_the_letters(
    qtbot, qapp, percent: int, wide: int
) -> None:
    dress(qapp, Theme(percent=percent))
    try:
        field: TableField = made(qtbot, Shelter, "supplies")
        field.fill([{"item": "棉被"}, {"item": "方便面"}])
        field.resize(wide, 300)
        field.show()
        QTest.qWait(10)
        last = field.view.visualRect(field.model.index(1, 0))
        room = field.view.viewport().rect()
    finally:
        dress(qapp, Theme())

    assert room.contains(last)
